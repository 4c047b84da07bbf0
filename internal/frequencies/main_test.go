package main

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// The same collection gives the same bytes, in the form that package reuse
// reads: stems ascending, each with the logarithm of its documents.
func TestLanguage(t *testing.T) {
	docs, n, err := count([]string{"../../testdata/newsroom/docs.jsonl"})
	if err != nil {
		t.Fatal(err)
	}
	if docs != 88 {
		t.Errorf("%d documents", docs)
	}
	b := appendLanguage(nil, docs, n)
	if !bytes.Equal(b, appendLanguage(nil, docs, n)) {
		t.Error("not the same bytes again")
	}
	stems := int(binary.LittleEndian.Uint32(b[4:]))
	if got := binary.LittleEndian.Uint32(b); int(got) != docs || len(b) != 8+5*stems || stems < 100 {
		t.Fatalf("%d documents, %d stems, %d bytes", got, stems, len(b))
	}
	for i := range stems {
		stem, level := binary.LittleEndian.Uint32(b[8+4*i:]), b[8+4*stems+i]
		if n[stem] < leastDocuments || i > 0 && stem <= binary.LittleEndian.Uint32(b[4+4*i:]) {
			t.Fatalf("stem %d stands in %d documents", i, n[stem])
		}
		if level < 25 || int(level) > 16*7 { // of 3 and of 88 documents
			t.Fatalf("stem %d has level %d", i, level)
		}
	}
}

func TestNoCollection(t *testing.T) {
	if _, _, err := count([]string{"nowhere.jsonl"}); err == nil {
		t.Error("no error for a file that is not there")
	}
}
