package corpus

import (
	"slices"
	"testing"
)

// What no document has as source or site is told, however the collection is cut, but only
// when all documents were looked into.
func TestAbsent(t *testing.T) {
	const lines = `{"text":"a","source":"Kurier"}
{"text":"b","source":"Bote"}
{"text":"c","url":"https://www.talbote.example/1"}
{"text":"d","source":"Bote"}
`
	path := put(t, t.TempDir(), "a.jsonl", lines)
	for _, c := range []struct {
		names, absent, present []string
		documents              int
	}{
		{[]string{"kurier", "TALBOTE.example"}, nil, nil, 4},
		{[]string{"Nosuch", "bote", "Kurir"}, []string{"Nosuch", "Kurir"}, []string{"Bote", "Kurier", "talbote.example"}, 4},
		{[]string{"Nosuch"}, nil, nil, 5},
		{nil, nil, nil, 4},
	} {
		all, cut := open(t, Options{}, path), open(t, Options{}, path)
		all.Expect(c.names)
		cut.Expect(c.names)
		for _, err := range all.All() {
			if err != nil {
				t.Fatal(err)
			}
		}
		readBackward(t, cut)
		for _, col := range []*Collection{all, cut} {
			absent, present := col.Absent(c.documents)
			if !slices.Equal(absent, c.absent) || !slices.Equal(present, c.present) {
				t.Errorf("%q: absent %q, present %q; want %q, %q", c.names, absent, present, c.absent, c.present)
			}
		}
	}
}
