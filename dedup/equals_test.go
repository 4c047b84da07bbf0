package dedup

import (
	"fmt"
	"testing"

	"reprint/reuse"
)

const storm = "Der Sturm hat in der Nacht zum Freitag drei Dächer am Fischmarkt abgedeckt. " +
	"Die Feuerwehr war mit vierzig Leuten im Einsatz, verletzt wurde niemand."

// repeated makes n documents of the same bytes, one after the other.
func repeated(n int, text string) []record {
	list := make([]record, n)
	for i := range list {
		list[i] = record{ID: fmt.Sprintf("copy-%03d", i), Source: fmt.Sprintf("outlet-%d", i%3), Text: text}
	}
	return list
}

// Of equal texts up to fifty are matched one by one, of more each one with
// the first, and the match says how many they are.
func TestEqualTexts(t *testing.T) {
	for _, text := range []struct{ name, text string }{
		{"article", storm},
		{"one word", "Sturm"},
		{"no word", " - "},
		{"empty", ""},
		{"thai", "ตลาดเช้าริมแม่น้ำเปิดอีกครั้งในวันเสาร์"},
		{"emoji", "🌊🌊🌊"},
	} {
		for _, n := range []int{1, 2, 50, 51, 300} {
			t.Run(fmt.Sprintf("%s %d", text.name, n), func(t *testing.T) {
				other := record{ID: "other", Text: "Im Rathaus wird heute über den neuen Haushalt der Stadt beraten."}
				r := scan(t, collect(t, append(repeated(n, text.text), other)...), Options{})
				rows, sign := n*(n-1)/2, 0
				if n > maxEqual {
					rows, sign = n-1, n
				}
				equalRows(t, r, rows, sign, n > maxEqual)
				clusters := all(t, r.Clusters())
				if n == 1 && len(clusters) != 0 || n > 1 && (len(clusters) != 1 || len(clusters[0].Members) != n || clusters[0].MinSimilarity != 1) {
					t.Errorf("clusters: %+v", clusters)
				}
				if got := r.Summary().Copies; got != n-1 {
					t.Errorf("%d copies, want %d", got, n-1)
				}
			})
		}
	}
}

// equalRows fails if there are not so many matches, each of the same bytes,
// with the first document if star.
func equalRows(t *testing.T, r *Results, rows, copies int, star bool) {
	t.Helper()
	matches := all(t, r.Matches())
	if len(matches) != rows || r.Summary().Matches[reuse.Duplicate] != rows {
		t.Errorf("%d matches, %d in the summary, want %d", len(matches), r.Summary().Matches[reuse.Duplicate], rows)
	}
	a, b := -1, 0
	for _, m := range matches {
		if m.Kind != reuse.Duplicate || m.ShareA != 1 || m.ShareB != 1 || m.Jaccard != 1 || m.Copies != copies {
			t.Fatalf("%+v, want a duplicate in all figures, of %d", *m, copies)
		}
		if m.A < a || m.A == a && m.B <= b || m.A >= m.B || star && m.A != 0 {
			t.Fatalf("%d and %d follow %d and %d", m.A, m.B, a, b)
		}
		a, b = m.A, m.B
	}
}

// Groups of equal texts that lie in between each other stay apart, whatever
// their sizes, and one that is close to a large group is matched with its
// first member.
func TestGroupsOfEqualTexts(t *testing.T) {
	var records []record
	for i := range 120 {
		records = append(records,
			record{ID: fmt.Sprint("a", i), Text: storm},
			record{ID: fmt.Sprint("b", i), Text: "Ganz anders ging es im Hafen zu, wo die Fähre nach Almina zwei Stunden später als geplant ablegte."})
		if i%40 == 0 {
			records = append(records, record{ID: fmt.Sprint("c", i), Text: "Nur dreimal stand dieser Satz über den Bau der neuen Brücke in den Blättern der Region."})
		}
	}
	records = append(records, record{ID: "near", Text: storm + " Ein Baum fiel auf die Gleise."})
	r := scan(t, collect(t, records...), Options{})
	pairs := map[string]int{}
	for _, m := range all(t, r.Matches()) {
		pairs[m.IDA[:1]+m.IDB[:1]]++
	}
	if want := map[string]int{"aa": 119, "bb": 119, "cc": 3, "an": 1}; fmt.Sprint(pairs) != fmt.Sprint(want) {
		t.Errorf("matches %v, want %v", pairs, want)
	}
	if clusters := all(t, r.Clusters()); len(clusters) != 3 || len(clusters[0].Members) != 121 {
		t.Errorf("%d clusters", len(clusters))
	}
}

// Ten thousand copies of a page are as many rows, not their square.
func TestTenThousandCopies(t *testing.T) {
	c := collect(t, repeated(10_000, storm)...)
	r := scan(t, c, Options{})
	equalRows(t, r, 9_999, 10_000, true)
	if n := r.Summary().Candidates; n != 9_999 {
		t.Errorf("%d pairs were looked at", n)
	}
}

// Equal texts of different outlets are duplicates though each outlet has
// furniture of its own; the passages leave out what is furniture for one.
func TestEqualTextsWithFurniture(t *testing.T) {
	text := storm + "\n\nMehr zum Thema: Hochwasser im Tal"
	m := all(t, scan(t, collect(t, record{ID: "a", Source: "a", Text: text}, record{ID: "b", Source: "b", Text: text}), Options{}).Matches())
	if len(m) != 1 || len(m[0].Passages) == 0 {
		t.Fatalf("%+v", m)
	}
	for _, p := range m[0].Passages {
		if p.A != p.B || p.Type != reuse.Verbatim || p.Similarity != 1 || p.A.End > len(text) {
			t.Errorf("%+v", p)
		}
	}
	if end := m[0].Passages[len(m[0].Passages)-1].A.End; end > len(storm) {
		t.Errorf("the teaser belongs to the passage: %q", text[:end])
	}
}

// An id that occurs twice is told apart by its place in every output; ids
// that differ in case only are different.
func TestIDs(t *testing.T) {
	records := []record{
		{ID: "x", Source: "one", Text: storm},
		{ID: "x", Source: "two", Text: storm},
		{Source: "three", Text: storm},
		{ID: "X", Source: "four", Text: storm},
		{ID: "Straße", Source: "five", Text: storm},
		{ID: "Strasse", Source: "six", Text: storm},
	}
	path := write(t, "docs.jsonl", records...)
	c := open(t, path)
	r := scan(t, c, Options{})
	want := []string{"x@" + path + ":1", "x@" + path + ":2", path + ":3", "X", "Straße", "Strasse"}
	sameIDs(t, "clusters", want, all(t, r.Clusters())[0].IDs)
	ids := map[int]string{}
	for _, m := range all(t, r.Matches()) {
		ids[m.A], ids[m.B] = m.IDA, m.IDB
	}
	sameIDs(t, "matches", want, byNumber(ids))
	for _, x := range all(t, r.Recurrences()) {
		for _, at := range x.At {
			ids[at.Doc] = at.ID
		}
	}
	sameIDs(t, "recurrences", want, byNumber(ids))
	for doc := range want {
		info, err := r.Info(doc)
		check(t, err)
		ids[doc] = info.ID
	}
	sameIDs(t, "info", want, byNumber(ids))
	if n := r.Summary().SameIDs; n != 2 {
		t.Errorf("%d documents share an id, want 2", n)
	}
}

// Removals name documents like all other outputs.
func TestIDsOfRemovals(t *testing.T) {
	text := storm + "\n\nMehr zum Thema: Hochwasser im Tal"
	path := write(t, "docs.jsonl", record{ID: "x", Text: text}, record{Text: text}, record{ID: "x", Text: text})
	var ids []string
	for _, x := range all(t, scan(t, open(t, path), Options{}).Removals()) {
		ids = append(ids, x.ID)
	}
	sameIDs(t, "removals", []string{"x@" + path + ":1", path + ":2", "x@" + path + ":3"}, ids)
}

// The same record in two files is told apart by the file.
func TestSameIDInTwoFiles(t *testing.T) {
	a, b := write(t, "a.jsonl", record{ID: "x", Text: storm}), write(t, "b.jsonl", record{ID: "x", Text: storm})
	m := all(t, scan(t, open(t, a, b), Options{}).Matches())
	if len(m) != 1 || m[0].IDA != "x@"+a+":1" || m[0].IDB != "x@"+b+":1" {
		t.Errorf("%+v", m)
	}
}

// byNumber lists ids by the numbers of their documents.
func byNumber(ids map[int]string) []string {
	list := make([]string, len(ids))
	for doc, id := range ids {
		list[doc] = id
	}
	clear(ids)
	return list
}

func sameIDs(t *testing.T, what string, want, got []string) {
	t.Helper()
	if fmt.Sprint(want) != fmt.Sprint(got) {
		t.Errorf("%s: ids %q, want %q", what, got, want)
	}
}

// An empty collection gives empty results.
func TestNothing(t *testing.T) {
	r := scan(t, collect(t), Options{})
	if s := r.Summary(); s.Documents != 0 || s.Clusters != 0 || len(s.Matches) != 0 || len(all(t, r.Matches())) != 0 {
		t.Errorf("%+v", s)
	}
}

// Documents without words are counted, and are no near-duplicates.
func TestWordless(t *testing.T) {
	r := scan(t, collect(t, record{Text: ""}, record{Text: "-"}, record{Text: "\n"}, record{Text: storm}), Options{})
	if s := r.Summary(); s.Documents != 4 || s.Empty != 3 || len(s.Matches) != 0 {
		t.Errorf("%+v", s)
	}
}
