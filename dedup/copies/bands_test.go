package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"reprint/corpus"
	"reprint/internal/press"
	"reprint/internal/spill"
)

// askedFor runs keys of documents, of which each has so many at least, through the joining
// of keys and the choice of pairs: those that are asked for or held, and those with a head.
func askedFor(t *testing.T, keys map[uint64][]uint64, bands int) (chosen, heads [][2]uint64) {
	t.Helper()
	o := spill.Options{Dir: t.TempDir()}
	w := &work{temp: o.Dir}
	c := chooser{w: w, to: none, crowds: w.newCrowds(), rank: func(uint64) (uint64, error) { return 0, nil }, bands: bands}
	c.asked, c.held = spill.NewSorter(o, askBytes), spill.NewSorter(o, heldBytes)
	sorted := spill.NewSorter(o, pairBytes)
	defer closeAll(sorted, c.asked, c.held)
	defer c.crowds.free()
	check(t, w.readPairs(chainsOf(t, w, keys), sorted))
	check(t, w.candidates(t.Context(), sorted, bands, c.take))
	u := binary.BigEndian
	for b, err := range c.asked.Sorted() {
		check(t, err)
		chosen = append(chosen, [2]uint64{u.Uint64(b), u.Uint64(b[8:])})
	}
	for b, err := range c.crowds.members.Sorted() {
		check(t, err)
		m := readMember(b)
		heads = append(heads, [2]uint64{m.head, m.doc})
	}
	for b, err := range c.held.Sorted() {
		check(t, err)
		chosen = append(chosen, [2]uint64{u.Uint64(b[8:]), u.Uint64(b)})
	}
	return chosen, heads
}

// chainsOf writes the pairs that keys of documents make, and returns the name of the file.
func chainsOf(t *testing.T, w *work, keys map[uint64][]uint64) string {
	t.Helper()
	sorted := spill.NewSorter(spill.Options{Dir: w.temp}, 16)
	defer closeAll(sorted)
	for key, docs := range keys {
		for _, doc := range docs {
			check(t, sorted.AddNumbers([]uint64{key, doc}))
		}
	}
	w.dir = w.temp
	out, err := w.create("bands-1of1", "band")
	check(t, err)
	c := chain{out: out, buf: make([]byte, 0, 10*pairBytes)}
	check(t, c.chained(sorted))
	check(t, c.flush())
	check(t, w.finish(out, note{Pairs: c.pairs}))
	return "bands-1of1"
}

// Documents of a rare key are all paired in a chain; of hot ones each is paired with few,
// and with none if it has many other keys, and with those that have a rare key in common as
// well in any case. A document with some hot keys is paired with the first one of one of them.
func TestHotKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	keys := map[uint64][]uint64{1: {3, 9, 4}, 2: {4, 9}, 3: {700, 20}, 4: {7}}
	for key := uint64(100); key < 228; key++ {
		for doc := range uint64(1000) {
			if rng.IntN(2) == 0 {
				keys[key] = append(keys[key], doc)
			}
		}
	}
	for _, bands := range []int{4, 200} {
		rare := map[[2]uint64]bool{{3, 4}: true, {4, 9}: true, {20, 700}: true}
		hot := map[uint64]int{}
		chosen, heads := askedFor(t, keys, bands)
		for _, p := range chosen {
			if rare[p] {
				delete(rare, p)
			} else if hot[p[1]]++; hot[p[1]] > maxHot || p[0] >= p[1] {
				t.Errorf("%d keys: %v, the %dth of its hot ones", bands, p, hot[p[1]])
			}
		}
		if len(rare) > 0 || bands == 4 && len(hot) < 990 || bands == 200 && len(hot) > 0 {
			t.Errorf("%d keys: %v are missing; %d documents are in pairs of hot keys", bands, rare, len(hot))
		}
		of := map[uint64]bool{}
		for _, p := range heads {
			if p[0] >= p[1] || p[0] > 20 {
				t.Errorf("%d keys: %v, and the second one is no head", bands, p)
			}
			of[p[0]] = true
		}
		if bands == 200 && (len(heads) < 800 || len(of) > 8) {
			t.Errorf("%d documents are paired with %d heads", len(heads), len(of))
		}
	}
}

// Of documents that have very many keys in common with all others each has the same head, and is
// paired with the one before it.
func TestManyDocuments(t *testing.T) {
	const docs = 2000
	keys := map[uint64][]uint64{}
	for key := range uint64(40) {
		for doc := range uint64(docs) {
			keys[mix(key)] = append(keys[mix(key)], doc)
		}
	}
	chosen, heads := askedFor(t, keys, 40)
	asked := map[[2]uint64]bool{}
	for _, p := range slices.Concat(chosen, heads) {
		asked[p] = true
	}
	for doc := uint64(1); doc < docs; doc++ {
		if !asked[[2]uint64{0, doc}] || !asked[[2]uint64{doc - 1, doc}] {
			t.Errorf("%d is not paired with both 0 and %d", doc, doc-1)
		}
	}
	if len(chosen)+len(heads) > 2*docs {
		t.Errorf("%d pairs of %d documents", len(chosen)+len(heads), docs)
	}
	w := &work{temp: t.TempDir()}
	f, n, err := w.open(chainsOf(t, w, keys), "band")
	check(t, err)
	defer f.Close()
	pairs := int64(0)
	for _, b := range f.Blocks(0) {
		pairs += int64(b.Size / pairBytes)
	}
	if pairs != n.Pairs || pairs > 40*docs*3/4 {
		t.Errorf("%d pairs, and %d are noted", pairs, n.Pairs)
	}
}

// In a key's pairs each document stands behind the one before it, the first one being the head;
// behind the first of many there are pairs only of one key in manyKeys, which stand for as many.
func TestChained(t *testing.T) {
	for _, docs := range []uint64{2, hotKey, hotKey + 1, 3 * hotKey} {
		for key := range uint64(20) {
			var list []uint64
			for doc := range docs {
				list = append(list, 3+2*doc, 3+2*doc) // a key may stand in a document twice
			}
			w := &work{temp: t.TempDir()}
			sorted := spill.NewSorter(spill.Options{}, pairBytes)
			check(t, w.readPairs(chainsOf(t, w, map[uint64][]uint64{mix(key): list}), sorted))
			last, sum := docs, 0
			if mix(mix(key))%manyKeys != 0 {
				last = min(docs, hotKey)
			}
			n := uint64(1)
			for list, err := range sorted.Numbers() {
				check(t, err)
				for ; len(list) > 0; list = list[3:] {
					head, keys := headOf(list[2])
					if list[0] != 3+2*n || list[1] != list[0]-2 || head&^hotMark != 3 || (head != 3) != (docs > hotKey) || (keys > 1) != (n >= hotKey) {
						t.Errorf("%d documents: pair %d: %d, %d, %x", docs, n, list[0], list[1], list[2])
					}
					n++
					sum += keys
				}
			}
			if n != last || last == docs && docs > hotKey && sum != int(hotKey-1+manyKeys*(docs-hotKey)) {
				t.Errorf("%d documents: %d pairs that stand for %d", docs, n-1, sum)
			}
			closeAll(sorted)
		}
	}
}

// A run that needs more disk than it may have is an error, and leaves nothing behind.
func TestTempLimit(t *testing.T) {
	p := press.New(17)
	var records []record
	for i := range 400 {
		records = append(records, record{ID: fmt.Sprint(i), Text: p.Records(1, 200)[0].Text})
	}
	c := collect(t, records...)
	for _, test := range []struct {
		c     *corpus.Collection
		limit int64
	}{{c, 1 << 10}, {c, 100 << 10}, {c, 200 << 10}, {collect(t, records[:1]...), 100}, {collect(t, records[:5]...), 1000}} {
		o, limit := Options{TempLimit: test.limit}, test.limit
		o.Temp = t.TempDir()
		r, err := Run(context.Background(), test.c, o)
		if err == nil {
			r.Close()
		}
		if !errors.Is(err, spill.ErrQuota) {
			t.Errorf("%d bytes: %v", limit, err)
		}
		empty(t, o.Temp)
	}
}
