package lsh

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/short"
)

// brute is the join by its definition.
func brute(postings []Posting, near int) (pairs []Pair) {
	byKey := map[uint64]map[uint64]Posting{} // of each document its first posting
	marks := map[uint64]uint16{}
	for _, p := range postings {
		if byKey[p.Key] == nil {
			byKey[p.Key] = map[uint64]Posting{}
		}
		if old, ok := byKey[p.Key][p.Doc]; !ok || p.Pos < old.Pos {
			byKey[p.Key][p.Doc] = p
		}
		marks[p.Key] |= p.Mark
	}
	for key, docs := range byKey {
		var order []Posting
		for _, p := range docs {
			order = append(order, p)
		}
		slices.SortFunc(order, func(a, b Posting) int { return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Doc, b.Doc)) })
		for i, a := range order {
			for _, b := range order[i+1 : min(i+1+near, len(order))] {
				if first := a; b.Doc < first.Doc {
					pairs = append(pairs, Pair{b.Doc, first.Doc, b.Pos, first.Pos, uint32(len(order)), marks[key]})
				} else {
					pairs = append(pairs, Pair{first.Doc, b.Doc, first.Pos, b.Pos, uint32(len(order)), marks[key]})
				}
			}
		}
	}
	slices.SortFunc(pairs, comparePairs)
	return pairs
}

func comparePairs(a, b Pair) int {
	return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.DF, b.DF), cmp.Compare(a.Mark, b.Mark), cmp.Compare(a.PosB, b.PosB))
}

// fataler is what *testing.T and *rapid.T have in common.
type fataler interface{ Fatal(...any) }

func joined(t fataler, j *Join, postings []Posting) (pairs []Pair) {
	for _, p := range postings {
		if err := j.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	for p, err := range j.Drain() {
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// randomPostings are many documents with few keys; each document has one time.
func randomPostings(rng *rand.Rand, n, keys, docs, days int) []Posting {
	postings := make([]Posting, n)
	for i := range postings {
		doc := rng.Uint64N(uint64(docs))
		postings[i] = Posting{
			Key:  rng.Uint64N(uint64(keys)) * 0x9e3779b97f4a7c15,
			Time: int32(doc*7919%uint64(days)) - int32(days/2),
			Doc:  doc,
			Pos:  rng.Uint32N(50),
			Mark: 1 << rng.UintN(16) & uint16(rng.Uint32()),
		}
	}
	return postings
}

// TestJoinOracle: the pairs are those of the definition, whatever the memory, the
// number of entries held at once and the order of adding.
func TestJoinOracle(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		postings := randomPostings(rng,
			rapid.IntRange(0, 300).Draw(t, "postings"), rapid.IntRange(1, 40).Draw(t, "keys"),
			rapid.IntRange(1, 100).Draw(t, "documents"), rapid.IntRange(1, 30).Draw(t, "days"))
		near := rapid.IntRange(1, 12).Draw(t, "near")
		memory := rapid.SampledFrom([]int64{1000, 3000, 1 << 20}).Draw(t, "memory")
		j := NewJoin(JoinOptions{Near: near, Temp: dir, Memory: memory})
		defer j.Close()
		j.groupSize = rapid.SampledFrom([]int{1, 2, 5, 16, 1 << 16}).Draw(t, "group")
		want := brute(postings, near)
		if got := joined(t, j, postings); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestJoinOrder: shuffled postings and little memory give the same pairs.
func TestJoinOrder(t *testing.T) {
	short.Alone(t)
	rng := rand.New(rand.NewPCG(1, 2))
	postings := randomPostings(rng, 20_000, 900, 3000, 365)
	want := joined(t, NewJoin(JoinOptions{}), postings)
	if len(want) < 20_000 {
		t.Fatalf("only %d pairs", len(want))
	}
	for _, memory := range []int64{0, 50_000} {
		rng.Shuffle(len(postings), func(i, k int) { postings[i], postings[k] = postings[k], postings[i] })
		j := NewJoin(JoinOptions{Temp: t.TempDir(), Memory: memory})
		defer j.Close()
		if !slices.Equal(joined(t, j, postings), want) {
			t.Errorf("shuffled, memory %d: other pairs", memory)
		}
	}
}

// TestJoinLate: a document that comes late changes only pairs within reach of it.
func TestJoinLate(t *testing.T) {
	var postings []Posting
	for doc := range uint64(50) {
		postings = append(postings, Posting{Key: 1, Time: int32(doc), Doc: doc})
	}
	with := joined(t, NewJoin(JoinOptions{Near: 3}), postings)
	without := joined(t, NewJoin(JoinOptions{Near: 3}), slices.Delete(slices.Clone(postings), 20, 21))
	for _, p := range with {
		p.DF = 49
		if p.B < 20 || p.A > 20 {
			if !slices.Contains(without, p) {
				t.Errorf("%v is gone", p)
			}
		}
	}
	for _, p := range without {
		p.DF = 50
		if !slices.Contains(with, p) && (p.A < 17 || p.B > 23) {
			t.Errorf("%v is new", p)
		}
	}
}

// TestJoinHotKey: one key in many documents takes bounded memory and as many pairs
// as the window allows, each once, with the right frequency.
func TestJoinHotKey(t *testing.T) {
	short.Alone(t)
	const docs, near = 100_000, 3
	j := NewJoin(JoinOptions{Near: near, Temp: t.TempDir(), Memory: 1 << 20})
	defer j.Close()
	for doc := range uint64(docs) {
		if err := j.Add(Posting{Key: 9, Doc: doc, Pos: uint32(doc)}); err != nil {
			t.Fatal(err)
		}
	}
	n := uint64(0)
	for p, err := range j.Drain() {
		if err != nil {
			t.Fatal(err)
		}
		if want := (Pair{A: n / near, B: n/near + 1 + n%near, Pos: uint32(n / near), PosB: uint32(n/near + 1 + n%near), DF: docs}); p != want && want.B < docs {
			t.Fatalf("pair %d is %v, want %v", n, p, want)
		}
		n++
	}
	if want := uint64(docs*near - near*(near+1)/2); n != want {
		t.Errorf("%d pairs, want %d", n, want)
	}
}

func TestJoinEdges(t *testing.T) {
	big := Posting{Key: math.MaxUint64, Time: math.MaxInt32, Doc: MaxDoc, Pos: math.MaxUint32, Mark: 1}
	small := Posting{Key: math.MaxUint64, Time: math.MinInt32, Doc: MaxDoc - 1, Pos: 0x01020304, Mark: 0x8000}
	zero := Posting{} // key 0 is a key
	other := Posting{Doc: 1, Pos: 3}
	got := joined(t, NewJoin(JoinOptions{}), []Posting{big, zero, small, other})
	want := []Pair{{0, 1, 0, 3, 2, 0}, {MaxDoc - 1, MaxDoc, 0x01020304, math.MaxUint32, 2, 0x8001}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for range joined(t, NewJoin(JoinOptions{}), nil) {
		t.Error("an empty join gives a pair")
	}
	again := Posting{Key: 5, Doc: 2, Time: 1}
	if got := joined(t, NewJoin(JoinOptions{}), []Posting{again, again, {Key: 5, Doc: 2, Time: 2}}); got != nil {
		t.Errorf("a document meets itself: %v", got)
	}
	if err := NewJoin(JoinOptions{}).Add(Posting{Doc: MaxDoc + 1}); err == nil {
		t.Error("document number too large: no error")
	}
}

func TestJoinClosed(t *testing.T) {
	j := NewJoin(JoinOptions{})
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := j.Add(Posting{}); err == nil {
		t.Error("Add after Close: no error")
	}
	n := 0
	for p, err := range j.Drain() {
		if n++; err == nil {
			t.Errorf("closed join gives %v", p)
		}
	}
	if n != 1 {
		t.Errorf("%d errors", n)
	}
}

// TestDrain: after the last pair there is neither a pair nor a file left.
func TestDrain(t *testing.T) {
	for _, memory := range []int64{2000, 1 << 20} {
		dir := t.TempDir()
		j := NewJoin(JoinOptions{Near: 3, Temp: dir, Memory: memory})
		if len(joined(t, j, randomPostings(rand.New(rand.NewPCG(3, 4)), 500, 10, 100, 9))) == 0 {
			t.Error("no pairs")
		}
		for p, err := range j.Drain() {
			if err == nil {
				t.Errorf("drained join gives %v", p)
			}
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
}

// TestPairsLeft: leaving the loop early leaves no file behind.
func TestPairsLeft(t *testing.T) {
	dir := t.TempDir()
	j := NewJoin(JoinOptions{Temp: dir, Memory: 2000})
	for _, p := range randomPostings(rand.New(rand.NewPCG(1, 2)), 500, 10, 100, 9) {
		if err := j.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	for range j.Drain() {
		break
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// BenchmarkJoin has 3 million postings, three in four of them of a key that no other
// document has.
func BenchmarkJoin(b *testing.B) {
	const n = 3_000_000
	for _, memory := range []int64{512 << 20, 32 << 20} {
		b.Run(fmt.Sprintf("memory=%dMiB", memory>>20), func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 2))
			pairs := 0
			for b.Loop() {
				j := NewJoin(JoinOptions{Temp: b.TempDir(), Memory: memory})
				for i := range n {
					p := Posting{Key: rng.Uint64(), Time: int32(i / 3000), Doc: uint64(i / 30), Pos: uint32(i % 30)}
					if i%4 == 0 {
						p.Key %= n / 8
					}
					if err := j.Add(p); err != nil {
						b.Fatal(err)
					}
				}
				pairs = 0
				for _, err := range j.Drain() {
					if err != nil {
						b.Fatal(err)
					}
					pairs++
				}
				j.Close()
			}
			b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mpostings/s")
			b.ReportMetric(float64(pairs), "pairs")
		})
	}
}
