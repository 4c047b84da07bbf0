package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"reprint/internal/press"
	"reprint/internal/spill"
)

// askedFor runs keys of documents, of which each has so many at least, through the joining
// of keys and the choice of pairs.
func askedFor(t *testing.T, keys map[uint64][]uint64, bands int) (asked [][2]uint64) {
	t.Helper()
	o := spill.Options{Dir: t.TempDir()}
	sorted, found, out := spill.NewSorter(o, 16), spill.NewSorter(o, foundPair), spill.NewSorter(o, askBytes)
	defer closeAll(sorted, found, out)
	for key, docs := range keys {
		for _, doc := range docs {
			check(t, sorted.Add(pair(key, doc, false)))
		}
	}
	check(t, chained(sorted, found))
	c := chooser{asked: out, bands: bands}
	n := int64(0)
	for b, err := range counted(found.Sorted(), &n) {
		check(t, err)
		check(t, c.add(b))
	}
	check(t, c.end())
	for b, err := range out.Sorted() {
		check(t, err)
		asked = append(asked, [2]uint64{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])})
	}
	return asked
}

// Documents of a rare key are all paired in a chain; of hot ones each is paired with few,
// and with none if it has many other keys, and with those that have a rare key in common as
// well in any case.
func TestHotKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	keys := map[uint64][]uint64{1: {3, 9, 4}, 2: {4, 9}, 3: {700, 20}, 4: {7}}
	for key := uint64(100); key < 116; key++ {
		for doc := range uint64(1000) {
			if rng.IntN(2) == 0 {
				keys[key] = append(keys[key], doc)
			}
		}
	}
	for _, bands := range []int{4, 40} {
		rare := map[[2]uint64]bool{{3, 4}: true, {4, 9}: true, {20, 700}: true}
		hot := map[uint64]int{}
		for _, p := range askedFor(t, keys, bands) {
			if rare[p] {
				delete(rare, p)
			} else if hot[p[1]]++; hot[p[1]] > maxHot || p[0] >= p[1] {
				t.Errorf("%d keys: %v, the %dth of its hot ones", bands, p, hot[p[1]])
			}
		}
		if len(rare) > 0 || bands == 4 && len(hot) < 990 || bands == 40 && len(hot) > 0 {
			t.Errorf("%d keys: %v are missing; %d documents are in pairs of hot keys", bands, rare, len(hot))
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
	for _, limit := range []int64{1 << 10, 100 << 10, 200 << 10} {
		o := Options{TempLimit: limit}
		o.Temp = t.TempDir()
		r, err := Run(context.Background(), c, o)
		if err == nil {
			r.Close()
		}
		if !errors.Is(err, spill.ErrQuota) {
			t.Errorf("%d bytes: %v", limit, err)
		}
		empty(t, o.Temp)
	}
}
