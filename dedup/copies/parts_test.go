package copies

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/press"
	"reprint/internal/short"
	"reprint/internal/spill"
)

// The token store gives back the upper halves of what was put in.
func TestTokens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		var docs [][]uint64
		var w tokenWriter
		w.reset(nil)
		for range rapid.IntRange(0, 20).Draw(t, "documents") {
			doc := make([]uint64, rng.IntN(800))
			for i := range doc {
				doc[i] = rng.Uint64()
			}
			docs = append(docs, doc)
			w.add(doc)
		}
		var b tokenBlock
		raw := w.block()
		need, err := b.open(raw[len(raw)-4:], len(raw))
		if check(t, err); need != tokenTable(len(docs)) {
			t.Fatalf("the table of %d documents takes %d bytes, said are %d", len(docs), tokenTable(len(docs)), need)
		}
		_, err = b.open(raw[len(raw)-need:], len(raw))
		check(t, err)
		if b.docs() != len(docs) {
			t.Fatalf("%d documents, want %d", b.docs(), len(docs))
		}
		for i, want := range docs {
			for j := range want {
				want[j] >>= 32
			}
			from, to := b.span(i)
			check(t, b.check(i, raw[from:to]))
			if to > from {
				other := slices.Clone(raw[from:to])
				if other[rng.IntN(len(other))]++; b.check(i, other) == nil {
					t.Fatal("damage is not noticed")
				}
			}
			if got := appendUnits(nil, raw[from:to]); !slices.Equal(got, want) {
				t.Fatalf("document %d of %d: %d units, want %d", i, len(docs), len(got), len(want))
			}
		}
	})
}

// What no run writes is an error and no crash.
func FuzzTokens(f *testing.F) {
	var w tokenWriter
	w.add([]uint64{1, 2, 1})
	w.add(nil)
	f.Add(w.block())
	w.reset(nil)
	f.Add(w.block())
	f.Fuzz(func(t *testing.T, b []byte) {
		var block tokenBlock
		if need, err := block.open(b, len(b)); err != nil || need > len(b) {
			return
		}
		for i := range block.docs() {
			from, to := block.span(i)
			_ = block.check(i, b[from:to])
		}
	})
}

// Measures are those of a slow comparison.
func TestMeasure(t *testing.T) {
	short.Alone(t)
	p := press.New(5)
	texts := []string{"", "ein", "ein Wort", bridge, bridge + harbour, bridge + bridge, storm + bridge}
	for _, r := range p.Records(12, 60) {
		texts = append(texts, r.Text)
	}
	for range 30 { // that say much again
		few := make([]string, p.IntN(50))
		for i := range few {
			few[i] = []string{"eins", "zwei", "drei"}[p.IntN(3)]
		}
		texts = append(texts, strings.Join(few, " "))
	}
	x := measurer{length: Newswire.Length}
	ready := map[string]*text{}
	for i, s := range texts {
		ready[s] = &text{units: hashes(s), again: i%2 == 0}
	}
	for _, a := range texts {
		for _, b := range texts {
			var e edge
			x.measure(&e, ready[a], ready[b])
			gotA, gotB := e.shares()
			wantA, jaccard := held(a, b)
			wantB, _ := held(b, a)
			if gotA != wantA || gotB != wantB || e.jaccard() != jaccard {
				t.Fatalf("%q and %q: %v %v %v, want %v %v %v", a, b, gotA, gotB, e.jaccard(), wantA, wantB, jaccard)
			}
		}
	}
}

// Components are those of a union of the edges.
func TestComponents(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "documents")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		c := newComponents(spill.Options{Dir: dir, Memory: rapid.SampledFrom([]int64{2000, 1 << 20}).Draw(t, "memory")})
		defer func() { c.close() }()
		root := make([]int, n)
		for i := range root {
			root[i] = i
		}
		linked := make([]bool, n)
		add := func(a, b int) {
			check(t, c.add(uint64(a), uint64(b)))
			linked[a], linked[b] = true, true
			ra, rb := root[a], root[b]
			for i := range root {
				if root[i] == ra || root[i] == rb {
					root[i] = min(ra, rb)
				}
			}
		}
		chain := rapid.Bool().Draw(t, "chain")
		for i := range rapid.IntRange(0, n).Draw(t, "edges") {
			if a, b := rng.IntN(n), rng.IntN(n); !chain && a != b {
				add(a, b)
			} else if chain && i+1 < n {
				add(i, i+1)
			}
		}
		labels, err := c.labels()
		check(t, err)
		defer labels.Close()
		at := 0
		for rec, err := range unique(labels) {
			check(t, err)
			for !linked[at] {
				at++
			}
			if string(rec) != string(pair(uint64(at), uint64(root[at]), false)) {
				t.Fatalf("%x, want document %d in component %d", rec, at, root[at])
			}
			at++
		}
		for ; at < n; at++ {
			if linked[at] {
				t.Fatalf("document %d is left out", at)
			}
		}
	})
	empty(t, dir)
}

// Parts share all of the work, each thing once.
func TestParts(t *testing.T) {
	for _, things := range []int{0, 1, 7, 256} {
		for _, n := range []int{1, 2, 3, 16, 300} {
			at := 0
			for p := range parts(n) {
				check(t, p.Validate())
				from, to := p.span(things)
				if from != at || to < from {
					t.Errorf("%v of %d: %d to %d, want from %d", p, things, from, to, at)
				}
				at = to
			}
			if at != things {
				t.Errorf("%d parts share %d of %d", n, at, things)
			}
		}
	}
	for _, p := range []Part{{0, 1}, {2, 1}, {1, 0}, {1, maxParts + 1}} {
		if p.Validate() == nil {
			t.Errorf("%v is valid", p)
		}
	}
}
