package dedup

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"reprint/boilerplate"
	"reprint/corpus"
)

// Clusters are the components of the duplicate and republished matches that
// are no bridges, and of nothing else; by first member, each with its lowest
// share.
func TestClustersAreComponents(t *testing.T) {
	for name, c := range map[string]*corpus.Collection{
		"newsroom":  open(t, newsroom),
		"generated": collect(t, newPress(5).Records(200, 80)...),
	} {
		t.Run(name, func(t *testing.T) {
			r := scan(t, c, Options{})
			want, least := components(r.Summary().Documents, all(t, r.Matches()))
			got := all(t, r.Clusters())
			if len(got) != len(want) || len(got) == 0 || r.Summary().Clusters != len(got) {
				t.Fatalf("%d clusters, want %d", len(got), len(want))
			}
			for i, c := range got {
				if c.Number != i+1 || !slices.Equal(c.Members, want[i]) || c.MinSimilarity != least[i] {
					t.Errorf("cluster %d: %+v, want members %v and %g", i+1, *c, want[i], least[i])
				}
				if !slices.Contains(c.Members, c.Keep) || c.Reason != reasonOf(t, r, c) || len(c.IDs) != len(c.Members) {
					t.Errorf("cluster %+v", *c)
				}
			}
		})
	}
}

// reasonOf returns why a document of a cluster stays: as the earliest, if another one begins
// later, or as the first.
func reasonOf(t *testing.T, r *Results, c *Cluster) string {
	for _, doc := range c.Members {
		kept, err := r.Info(c.Keep)
		check(t, err)
		other, err := r.Info(doc)
		check(t, err)
		if begins(&kept) < begins(&other) {
			return "earliest"
		}
	}
	return "first"
}

// components groups documents by painting them over, the slow way.
func components(n int, matches []*Match) (members [][]int, least []float64) {
	colour := make([]int, n)
	for i := range colour {
		colour[i] = i
	}
	bridges := bridgesAmong(matches)
	joins := func(m *Match) bool { return m.Kind.Copy() && !bridges[[2]int{m.A, m.B}] }
	for _, m := range matches {
		if !joins(m) {
			continue
		}
		from, to := max(colour[m.A], colour[m.B]), min(colour[m.A], colour[m.B])
		for i := range colour {
			if colour[i] == from {
				colour[i] = to
			}
		}
	}
	for first := range colour {
		var group []int
		lowest := 1.0
		for i := range colour {
			if colour[i] == first {
				group = append(group, i)
			}
		}
		for _, m := range matches {
			if joins(m) && colour[m.A] == first {
				lowest = min(lowest, max(m.ShareA, m.ShareB))
			}
		}
		if len(group) > 1 {
			members, least = append(members, group), append(least, lowest)
		}
	}
	return members, least
}

const bridge = "Die alte Steinbrücke über die Lahre wird von Montag an für sechs Wochen gesperrt. " +
	"Nach Angaben des Bauamts müssen zwei Pfeiler mit neuem Mörtel verfugt und das Geländer erneuert werden. " +
	"Fußgänger können einen Steg am rechten Ufer benutzen, für Autos gilt eine Umleitung über Tiefenrode. " +
	"Die Arbeiten kosten rund zweihunderttausend Euro, die Hälfte davon trägt das Land."

// Every policy names the document that stays; ties go to the earlier one in
// the input, and what has no date comes after what has one.
func TestPolicies(t *testing.T) {
	longer := bridge + " Der Markt bleibt offen."
	docs := map[string]record{
		"undated":  {Source: "Bote", Text: bridge},
		"monday":   {Source: "Kurier", Published: "2024-05-06", Text: bridge},
		"noon":     {Source: "Tagblatt", Published: "2024-05-06T12:00:00Z", Text: bridge},
		"morning":  {Source: "Anzeiger", Published: "2024-05-06T07:00:00Z", Text: longer},
		"earlier":  {Source: "Bote", Published: "2024-05-06T08:30:00+02:00", Text: bridge}, // 06:30 UTC
		"tuesday":  {Source: "Kurier", Published: "2024-05-07", Text: longer},
		"year":     {Source: "Rundschau", Published: "2023", Text: bridge},
		"anywhere": {Text: bridge},
	}
	for _, test := range []struct {
		keep, want string
		order      []string
		tied       bool // the policy prefers none
	}{
		{"earliest", "morning", []string{"noon", "morning", "tuesday"}, false},
		{"earliest", "earlier", []string{"noon", "morning", "earlier"}, false},
		{"earliest", "monday", []string{"undated", "tuesday", "monday"}, false},
		{"earliest", "monday", []string{"tuesday", "noon", "monday", "morning"}, false}, // its first moment
		{"earliest", "tuesday", []string{"year", "undated", "tuesday"}, false},          // a year is no day
		{"earliest", "undated", []string{"undated", "anywhere"}, true},
		{"", "morning", []string{"noon", "morning"}, false},
		{"first", "tuesday", []string{"tuesday", "monday", "undated"}, true},
		{"first", "undated", []string{"undated", "monday"}, true},
		{"longest", "morning", []string{"noon", "morning", "tuesday"}, false},
		{"longest", "tuesday", []string{"noon", "tuesday", "morning"}, false},
		{"longest", "noon", []string{"noon", "monday", "undated"}, true},
		{"source:Tagblatt,Kurier", "noon", []string{"monday", "undated", "noon", "tuesday"}, false},
		{"source:tagblatt,kurier", "monday", []string{"morning", "monday", "tuesday"}, false},
		{"source:Anderswo", "undated", []string{"undated", "monday"}, true},
		{"source:Kurier, Bote", "undated", []string{"noon", "undated", "earlier"}, false},
		{"source:,Bote", "undated", []string{"anywhere", "undated"}, false},
	} {
		t.Run(fmt.Sprint(test.keep, test.order), func(t *testing.T) {
			var records []record
			for _, id := range test.order {
				r := docs[id]
				r.ID = id
				records = append(records, r)
			}
			clusters := all(t, scan(t, collect(t, records...), Options{Keep: test.keep}).Clusters())
			if len(clusters) != 1 {
				t.Fatalf("%d clusters", len(clusters))
			}
			c := clusters[0]
			if got := c.IDs[slices.Index(c.Members, c.Keep)]; got != test.want {
				t.Errorf("%s stays, want %s", got, test.want)
			}
			reason := cmp.Or(test.keep, "earliest")
			if test.tied {
				reason = "first"
			}
			if c.Reason != reason {
				t.Errorf("reason %q, want %q", c.Reason, reason)
			}
		})
	}
}

// A match says who was first where the dates tell, and how sure that is.
func TestDirection(t *testing.T) {
	for _, test := range []struct {
		a, b, first string
		sure        float64
	}{
		{"2024-05-06", "2024-05-08", "a", .9526},
		{"2024-05-08", "2024-05-06", "b", .9526},
		{"2024-05-06T07:00:00Z", "2024-05-06T09:00:00Z", "a", .7685},
		{"2024-05-06T12:00:00+05:00", "2024-05-06T08:00:00Z", "a", .7685},
		{"2024-05-06", "2024-05-06T09:00:00Z", "", 0},
		{"2024-05-06", "2024-05-06", "", 0},
		{"2024-05-06", "", "", 0},
		{"2023", "2024-05-06", "", 0},
	} {
		m := all(t, scan(t, collect(t, record{Published: test.a, Text: bridge}, record{Published: test.b, Text: bridge}), Options{}).Matches())
		if len(m) != 1 {
			t.Fatalf("%q and %q: %d matches", test.a, test.b, len(m))
		}
		if m[0].First != test.first || m[0].FirstConfidence != test.sure || (m[0].FirstBy == "date") != (test.first != "") {
			t.Errorf("%q and %q: %+v", test.a, test.b, m[0])
		}
	}
}

// Without dates a credit line tells who was first, and the texts themselves
// do; they never speak against the dates.
func TestDirectionUndated(t *testing.T) {
	lead := "Am Dienstag wurde in Tiefenrode eine neue Fähre getauft, die vierzig Menschen und sechs Wagen fasst. Die Reederei sprach von einem großen Tag für den Ort. "
	for _, test := range []struct {
		a, b      record
		first, by string
	}{
		{record{Text: "Brakenau (dpa) - " + bridge}, record{Text: bridge}, "a", "credit"},
		{record{Text: bridge}, record{Text: "Brakenau (dpa) - " + bridge}, "b", "credit"},
		{record{Text: "Brakenau (dpa) - " + bridge}, record{Text: "Brakenau (AFP) - " + bridge}, "", ""},
		{record{Text: bridge}, record{Text: lead + bridge}, "a", "text"},
		{record{Text: lead + bridge}, record{Text: bridge}, "b", "text"},
		{record{Text: bridge, Published: "2024-05-06"}, record{Text: lead + bridge, Published: "2024-05-06"}, "a", "text"},
		{record{Text: bridge, Published: "2024-05-06"}, record{Text: lead + bridge, Published: "2024-05-07"}, "a", "date"},
		{record{Text: bridge, Published: "2024-05-07"}, record{Text: lead + bridge, Published: "2024-05-06"}, "b", "date"},
		{record{Text: bridge, Published: "2024-05-06T09:00:00Z"}, record{Text: lead + bridge, Published: "2024-05-06T08:00:00Z"}, "", ""},
	} {
		m := all(t, scan(t, collect(t, test.a, test.b), Options{}).Matches())
		if len(m) != 1 || m[0].First != test.first || m[0].FirstBy != test.by || m[0].FirstConfidence > 0 != (test.first != "") {
			t.Errorf("%+v: %+v, want %q by %q", test, m, test.first, test.by)
		}
	}
}

// Who asks for a document that there is not is told so.
func TestInfo(t *testing.T) {
	r := scan(t, collect(t, record{ID: "x", Text: bridge}), Options{})
	for doc, there := range map[int]bool{-1: false, 0: true, 1: false} {
		if info, err := r.Info(doc); (err == nil) != there || there != (info.ID == "x") {
			t.Errorf("%d: %+v, %v", doc, info, err)
		}
	}
}

// The agencies of a match are those of both credits, each once.
func TestCredit(t *testing.T) {
	m := all(t, scan(t, collect(t,
		record{Text: "Brakenau (dpa) - " + bridge},
		record{Text: "Tiefenrode (AFP) - " + bridge}), Options{}).Matches())
	if len(m) != 1 {
		t.Fatalf("%d matches", len(m))
	}
	if fmt.Sprint(m[0].Credit) != "[AFP dpa]" {
		t.Errorf("credits %q", m[0].Credit)
	}
}

// All faults of the options are reported at once.
func TestValidate(t *testing.T) {
	if err := (Options{}).Validate(); err != nil {
		t.Error(err)
	}
	good := Options{Keep: "source:a", Threads: 3, Memory: minMemory}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for _, bad := range []Options{
		{Keep: "newest"}, {Keep: "source:"}, {Keep: "source: ,"},
		{Threads: -1}, {Threads: MaxThreads + 1}, {Memory: 1}, {Memory: -1},
		{Temp: "clusters_test.go"}, {Spare: map[boilerplate.Kind]bool{"adverts": true}},
	} {
		if err := bad.Validate(); err == nil {
			t.Errorf("%+v is valid", bad)
		}
	}
	err := Options{Keep: "newest", Threads: -1, Memory: 1}.Validate()
	if list, ok := err.(interface{ Unwrap() []error }); !ok || len(list.Unwrap()) != 3 {
		t.Errorf("%v, want three faults", err)
	}
}

// TestRejected: the summary counts what was left out, also if the collection was read before.
func TestRejected(t *testing.T) {
	path := write(t, "docs.jsonl", record{ID: "x", Text: bridge}, record{ID: "y", Text: bridge})
	lines, err := os.ReadFile(path)
	check(t, err)
	check(t, os.WriteFile(path, append(lines, "no record\n"...), 0o600))
	c, err := corpus.Open(corpus.Options{Skip: true}, path)
	check(t, err)
	defer c.Close()
	for range 2 {
		r, err := Scan(context.Background(), c, Options{})
		check(t, err)
		s := r.Summary()
		if s.Documents != 2 || s.Rejected != 1 || len(s.Rejections) != 1 || s.Rejections[0].Record != 3 {
			t.Errorf("%d documents, %d left out: %+v", s.Documents, s.Rejected, s.Rejections)
		}
		check(t, r.Close())
	}
}
