package reuse

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// article reads one of the articles on one event that came with the task.
func article(t *testing.T, name string) (*Document, string) {
	t.Helper()
	files, err := filepath.Glob("../testdata/articles/" + name + "_*.txt")
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return tokenised(string(b)), string(b)
}

// TestRetold: three sentences on a treaty that one article tells in its own
// words, in the order of the other, without four words in a row that are the
// same.
func TestRetold(t *testing.T) {
	a, textA := article(t, "000")
	b, textB := article(t, "002")
	m := compare(a, b)
	if m.Kind != Partial || m.Evidence.Retold != 3 || m.Evidence.Words != 0 || len(m.Passages) != 3 {
		t.Fatalf("%+v", m)
	}
	want := [][2]string{
		{"Gerassimow betonte, der Kampfeinsatz stehe im Einklang", "Dennoch versicherte Gerassimow, dass diese Kooperation"},
		{"In dem Abkommen gibt es auch einen Passus", "Der besagte Vertrag umfasst Klauseln"},
		{"Ein öffentlich bekanntes Beistandsgesuch", "Interessanterweise wurde jedoch keine offizielle Anforderung"},
	}
	for i, p := range m.Passages {
		if p.Type != Reworded || textA[p.A.Start:][:len(want[i][0])] != want[i][0] || textB[p.B.Start:][:len(want[i][1])] != want[i][1] {
			t.Errorf("passage %d: %+v", i, p)
		}
	}
	if !(m.ShareA > 0 && m.ShareB > m.ShareA && m.ShareB < .2) {
		t.Errorf("shares %v, %v", m.ShareA, m.ShareB)
	}
}

// TestRetoldBySource: a source tells its own story again and again.
func TestRetoldBySource(t *testing.T) {
	a, _ := article(t, "000")
	b, _ := article(t, "002")
	a.Site, b.Site = 7, 7
	if m := compare(a, b); m.Kind != "" || m.Evidence.Retold != 0 {
		t.Errorf("%+v", m)
	}
}

// TestReportsAreNotRetold: what was written on one event without sight of the
// other reports.
func TestReportsAreNotRetold(t *testing.T) {
	for _, pair := range [][2]string{{"000", "003"}, {"001", "003"}, {"002", "003"}, {"003", "004"}} {
		a, _ := article(t, pair[0])
		b, _ := article(t, pair[1])
		if m := compare(a, b); m.Evidence.Retold != 0 {
			t.Errorf("%s and %s: %+v", pair[0], pair[1], m.Evidence)
		}
	}
}

const mill = `The old water mill at Sandvik was built by a merchant named Tolley in the spring of 1741.
Its great wheel measured nearly nine metres and was carved from the oaks of the royal forest.
For a century the millers paid their rent in flour, which the parish handed to widows and orphans.
A flood carried the sluice away in one night, and nobody in the valley had money to replace it.
The building stood empty until a painter bought the ruin and turned the granary into a studio.
Her portraits of the last miller hang in the town hall today, beside the iron key of the sluice.`

const millRetold = `A merchant called Tolley had the water mill at Sandvik put up in 1741, in spring.
The wheel was nearly nine metres across; oaks of the royal forest were carved for it.
Rent was paid in flour by the millers for a century: widows and orphans got it from the parish.
Then in one night the sluice was carried off by a flood, and to replace it the valley had no money.
A painter later bought what was an empty ruin and made a studio of the granary.
You can see the last miller on her portraits in the town hall, where the iron key hangs too.`

// TestWholeTextRetold: sentence by sentence in other words and another order of
// words.
func TestWholeTextRetold(t *testing.T) {
	m := compare(tokenised(mill), tokenised(millRetold))
	if !m.Kind.Reuse() || m.Evidence.Retold < rowLeast || m.Evidence.Words >= MinEvidence {
		t.Errorf("%s, %+v", m.Kind, m.Evidence)
	}
}

// TestListsAreNotRetold: names in a row are no running text.
func TestListsAreNotRetold(t *testing.T) {
	const first = "Almquist Sikov Rotpuller Martschinko Vukojevic. Holzhauser Gorgon Kayode Zulechner Hadzikic. Stronati Serbest Meilinger Friesenbichler Kehat."
	const second = "Almquist Rotpuller Sikov Vukojevic Martschinko. Gorgon Holzhauser Zulechner Kayode Hadzikic. Serbest Stronati Friesenbichler Meilinger Kehat."
	if m := compare(tokenised(first), tokenised(second)); m.Evidence.Retold != 0 {
		t.Errorf("%+v", m.Evidence)
	}
}

// TestGrid compares the grid with one that is filled cell by cell, and checks
// that nothing stays in it.
func TestGrid(t *testing.T) {
	var g grid
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var p, q profile
		p.fill(a, new(wordScratch))
		q.fill(b, new(wordScratch))
		if len(p.mass) == 0 || len(q.mass) == 0 {
			return
		}
		defer g.wipe()
		both := wordsInBoth(nil, p.index.stem, q.index.stem)
		g.enough(&p, &q, both)
		g.fill(&p, &q, both)
		for s := range p.mass {
			for u := range q.mass {
				if want, got := meeting(&p, &q, s, u), float64(g.at(s, u)); math.Abs(want-got) > 1e-3 {
					t.Fatalf("sentences %d and %d share %v, want %v", s, u, got, want)
				}
			}
		}
		for s := range p.mass {
			if row := g.mass[s*g.m : (s+1)*g.m]; g.bestA[s] != slices.Max(row) {
				t.Fatalf("sentence %d shares %v at most, of %v", s, g.bestA[s], row)
			}
		}
		for u := range q.mass {
			most := float32(0)
			for s := range p.mass {
				most = max(most, g.at(s, u))
			}
			if g.bestB[u] != most {
				t.Fatalf("sentence %d of the right one shares %v at most, want %v", u, g.bestB[u], most)
			}
		}
		g.wipe()
		for _, v := range g.mass[:cap(g.mass)] {
			if v != 0 {
				t.Fatal("something stayed in the grid")
			}
		}
	})
}

// meeting is what two sentences share, as grid.enough says it.
func meeting(p, q *profile, s, u int) (sum float64) {
	has := func(r *profile, s int) map[uint32]float64 {
		held := map[uint32]float64{}
		for _, e := range r.figures(append([]entry(nil), r.stemsOf(s)...), s) {
			held[e.stem()] = float64(e.rarity())
		}
		return held
	}
	count := func(r *profile, stem uint32) (n int) {
		for s := range r.mass {
			if _, ok := has(r, s)[stem]; ok {
				n++
			}
		}
		return n
	}
	other := has(q, u)
	for stem, r := range has(p, s) {
		if v, ok := other[stem]; ok {
			if n := count(p, stem) * count(q, stem); n <= maxMeetings {
				sum += min(r, v) / math.Sqrt(float64(n))
			}
		}
	}
	return sum
}
