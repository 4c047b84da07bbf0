package dedup

import (
	"fmt"
	"slices"
	"testing"

	"reprint/internal/press"
	"reprint/shingle"
)

// words are the hashes of a text's words: equal for texts that differ in
// case, quotation marks or normal form only.
func words(text string) []uint64 {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	return t.Hash
}

// A passage that three outlets print, a statement that others quote, and
// what one outlet prints below every article are three repeated texts, with
// every place where they stand.
func TestRecurrences(t *testing.T) {
	const passage = "Der Deich am Nordufer stammt aus dem Jahr der großen Flut und ist seither zweimal erhöht worden, zuletzt vor zwanzig Jahren."
	const passageNFD = "Der Deich am Nordufer stammt aus dem Jahr der großen Flut und ist seither zweimal erho\u0308ht worden, zuletzt vor zwanzig Jahren."
	const quote = "„Wir haben in diesem Sommer mehr Boote gezählt als in allen Jahren zuvor, und noch immer kommen neue dazu“"
	const furniture = "Dieser Beitrag erschien zuerst in der gedruckten Ausgabe des Boten vom Lahretal"
	p := newPress(41)
	own := func() string { return press.Paragraphs(p.Article(60)) }
	docs := []record{
		{ID: "p1", Source: "eins", Text: own() + "\n\n" + passage + "\n\n" + own()},
		{ID: "q1", Source: "zwei", Text: own() + "\n\n" + quote + ", sagte die Hafenmeisterin."},
		{ID: "p2", Source: "drei", Text: passageNFD + "\n\n" + own()},
		{ID: "q2", Source: "vier", Text: "Die Hafenmeisterin sprach am Abend: " + quote + ". " + own()},
		{ID: "p3", Source: "fünf", Text: own() + "\n\n" + passage},
	}
	for day := 1; day <= 6; day++ {
		docs = append(docs, record{ID: fmt.Sprint("f", day), Source: "bote", Published: fmt.Sprintf("2024-05-%02d", day), Text: own() + "\n\n" + furniture})
	}
	r := scan(t, collect(t, docs...), Options{})
	want := []struct {
		kind, text string
		ids        []string
		sources    int
	}{
		{"passage", passage, []string{"p1", "p2", "p3"}, 3},
		{"quote", quote, []string{"q1", "q2"}, 2},
		{"boilerplate", furniture, []string{"f1", "f2", "f3", "f4", "f5", "f6"}, 1},
	}
	got := all(t, r.Recurrences())
	if len(got) != len(want) {
		t.Fatalf("%d repeated texts, want %d", len(got), len(want))
	}
	for i, w := range want {
		x := got[i]
		var ids []string
		for _, at := range x.At {
			ids = append(ids, at.ID)
			if text := docs[at.Doc].Text[at.Start:at.End]; !slices.Equal(words(text), words(w.text)) {
				t.Errorf("%s: %q, want %q", at.ID, text, w.text)
			}
		}
		if x.Kind != w.kind || x.Count != len(w.ids) || x.Sources != w.sources || !slices.Equal(ids, w.ids) {
			t.Errorf("%+v, want %+v", *x, w)
		}
	}
	if n := r.Summary().Passages; n["passage"] != 1 || n["quote"] != 1 || n["boilerplate"] != 1 {
		t.Errorf("the summary counts %v", n)
	}
}

// The places of a repeated text are whole stretches of its documents, in
// order and apart; furniture has the same words in all of them.
func TestPlaces(t *testing.T) {
	for name, paths := range map[string]string{"newsroom": newsroom, "generated": write(t, "docs.jsonl", newPress(42).Records(200, 80)...)} {
		c := open(t, paths)
		docs := documents(t, c)
		r := scan(t, c, Options{})
		var last Place
		kinds := map[string]int{}
		for _, x := range all(t, r.Recurrences()) {
			kinds[x.Kind]++
			if x.Count != len(x.At) || x.Count < 2 || x.Sources < 1 || x.Sources > x.Count || standsBefore(x.At[0], last) {
				t.Errorf("%s: %+v after %+v", name, *x, last)
			}
			last = x.At[0]
			first := words(docs[x.At[0].Doc].Text[x.At[0].Start:x.At[0].End])
			for i, at := range x.At {
				if at.Start < 0 || at.End <= at.Start || at.End > len(docs[at.Doc].Text) {
					t.Fatalf("%s: %+v", name, at)
				}
				if i > 0 && (standsBefore(at, x.At[i-1]) || at.Doc == x.At[i-1].Doc && at.Start < x.At[i-1].End) {
					t.Errorf("%s: %+v after %+v", name, at, x.At[i-1])
				}
				if text := docs[at.Doc].Text[at.Start:at.End]; x.Kind == "boilerplate" && !slices.Equal(words(text), first) {
					t.Errorf("%s: %s: %q is not the furniture of %s", name, at.ID, text, x.At[0].ID)
				}
			}
		}
		if fmt.Sprint(kinds) != fmt.Sprint(r.Summary().Passages) || kinds["passage"] == 0 || kinds["quote"] == 0 || kinds["boilerplate"] == 0 {
			t.Errorf("%s: kinds %v, in the summary %v", name, kinds, r.Summary().Passages)
		}
	}
}

// standsBefore reports whether a stands before b.
func standsBefore(a, b Place) bool { return a.Doc < b.Doc || a.Doc == b.Doc && a.Start < b.Start }

// The passages of a match hold the same words on both sides if they are
// verbatim in full, lie in their texts, and are apart on both sides.
func TestPassages(t *testing.T) {
	c := open(t, newsroom)
	docs := documents(t, c)
	n := 0
	for _, m := range all(t, scan(t, c, Options{}).Matches()) {
		end := 0
		for _, p := range m.Passages {
			n++
			a, b := docs[m.A].Text[p.A.Start:p.A.End], docs[m.B].Text[p.B.Start:p.B.End]
			if p.A.Start < end || a == "" || b == "" {
				t.Errorf("%s and %s: %+v", m.IDA, m.IDB, p)
			}
			if p.Similarity == 1 && !slices.Equal(words(a), words(b)) {
				t.Errorf("%s and %s: %q is not %q", m.IDA, m.IDB, a, b)
			}
			end = p.A.End
		}
	}
	if n < 50 {
		t.Errorf("%d passages", n)
	}
}
