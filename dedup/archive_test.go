package dedup

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/reuse"
)

// archiveOf learns an archive of records.
func archiveOf(t *testing.T, o Options, records ...record) *reuse.Archive {
	t.Helper()
	_, a, err := Learn(context.Background(), collect(t, records...), o)
	check(t, err)
	return a
}

// bytesOf returns the bytes of an archive.
func bytesOf(a *reuse.Archive) []byte {
	var b bytes.Buffer
	if err := a.Write(&b); err != nil {
		panic(err) // a buffer has none
	}
	return b.Bytes()
}

// What an archive knows is asked for in a scan: what many of its documents hold is
// no evidence. A statement that it holds in quotation marks is running text where
// nobody quotes it.
func TestScanWithArchive(t *testing.T) {
	p := newPress(3)
	said := "Wir haben den Deich zu spät erhöht und werden das im nächsten Jahr mit allen Mitteln nachholen, die uns die Stadt gibt"
	common := "Die nächste Sitzung des Rates ist wie immer am ersten Dienstag des Monats um achtzehn Uhr im großen Saal des Rathauses."
	var old []record
	for range 200 {
		old = append(old, record{Text: p.Sentence(40) + " " + common + " " + p.Sentence(60)})
	}
	old = append(old, record{Text: p.Sentence(50) + " „" + said + "“, hieß es. " + p.Sentence(30)})
	a := archiveOf(t, Options{}, old...)
	if a.Docs() != len(old) {
		t.Fatalf("%d documents, want %d", a.Docs(), len(old))
	}
	for _, test := range []struct {
		name, text string
		without    reuse.Kind
		with       reuse.Kind
	}{
		{"a known quotation", said + ".", reuse.Partial, reuse.Partial},
		{"what everybody prints", common, reuse.Partial, ""},
		{"what nobody knows", p.Sentence(20), reuse.Partial, reuse.Partial},
	} {
		docs := []record{{ID: "a", Text: p.Sentence(60) + " " + test.text + " " + p.Sentence(70)}, {ID: "b", Text: p.Sentence(50) + " " + test.text + " " + p.Sentence(80)}}
		c := collect(t, docs...)
		for _, o := range []Options{{}, {Archive: a}} {
			want := test.without
			if o.Archive != nil {
				want = test.with
			}
			got := reuse.Kind("")
			for _, m := range all(t, scan(t, c, o).Matches()) {
				got = m.Kind
			}
			if got != want {
				t.Errorf("%s, with an archive %v: %q, want %q", test.name, o.Archive != nil, got, want)
			}
			pair, err := Compare(&corpus.Document{ID: "a", Text: docs[0].Text}, &corpus.Document{ID: "b", Text: docs[1].Text}, o)
			check(t, err)
			if pair.Match.Kind != want {
				t.Errorf("%s, compared with an archive %v: %q, want %q", test.name, o.Archive != nil, pair.Match.Kind, want)
			}
		}
	}
}

// An archive does not depend on threads, memory or the order of its
// documents, and names itself in the results.
func TestArchiveOrder(t *testing.T) {
	records := newPress(8).Records(120, 90)
	one := archiveOf(t, Options{Threads: 1}, records...)
	turned := append(append([]record(nil), records[60:]...), records[:60]...)
	for _, a := range []*reuse.Archive{archiveOf(t, Options{Threads: 3, Memory: minMemory}, records...), archiveOf(t, Options{}, turned...)} {
		if !bytes.Equal(bytesOf(a), bytesOf(one)) {
			t.Errorf("versions %s and %s", a.Version(), one.Version())
		}
	}
	r := scan(t, collect(t, records[:5]...), Options{Archive: one})
	if !strings.Contains(r.Summary().Background, one.Version()) {
		t.Errorf("background %q does not name %s", r.Summary().Background, one.Version())
	}
}

// What is known of words stands in the file beside the furniture file.
func TestArchiveBeside(t *testing.T) {
	f, a, err := Learn(context.Background(), collect(t, newPress(9).Records(60, 80)...), Options{})
	check(t, err)
	var file bytes.Buffer
	version, err := WriteBeside(&file, f, a)
	check(t, err)
	for _, beside := range []boilerplate.Beside{{}, {File: "words", Version: version}} {
		back, err := ReadBeside(bytes.NewReader(file.Bytes()), int64(file.Len()), &boilerplate.Furniture{Beside: beside})
		check(t, err)
		if !bytes.Equal(bytesOf(back), bytesOf(a)) {
			t.Errorf("%+v: words known: %v", beside, back.Docs())
		}
	}
	for _, beside := range []boilerplate.Beside{{File: "words"}, {File: "words", Version: "0123"}} {
		if _, err := ReadBeside(bytes.NewReader(file.Bytes()), int64(file.Len()), &boilerplate.Furniture{Beside: beside}); !errors.Is(err, ErrBeside) {
			t.Errorf("%+v: %v", beside, err)
		}
	}
	if _, err := ReadBeside(bytes.NewReader(file.Bytes()), int64(file.Len()-1), &boilerplate.Furniture{}); err == nil {
		t.Error("a file cut short is read")
	}
}
