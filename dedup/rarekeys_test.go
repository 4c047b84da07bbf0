package dedup

import (
	"slices"
	"testing"

	"reprint/internal/spill"
	"reprint/lsh"
	"reprint/reuse"
)

// Of the keys of all documents those that are there twice make the pairs that all would
// make; most others are not joined at all.
func TestRareKeys(t *testing.T) {
	o := Options{Memory: 32 << 20, Temp: t.TempDir()}.filled()
	all, some := lsh.NewJoin(lsh.JoinOptions{}), lsh.NewJoin(lsh.JoinOptions{})
	defer all.Close()
	defer some.Close()
	const docs, each = 500, 40
	k := newRareKeys(o, docs*each)
	for doc := range uint64(docs) {
		var keys []reuse.Key
		for i := range uint64(each) {
			hash := (doc*each + i) * 0x9e3779b97f4a7c15
			if i%10 == 3 {
				hash = (doc/2*each + i) * 0xd6e8feb86659fd93 // and of one other document
			}
			keys = append(keys, reuse.Key{Hash: hash, Pos: int(3 * i)})
			check(t, all.Add(lsh.Posting{Key: hash, Doc: doc, Time: -int32(doc % 7), Pos: uint32(3 * i)}))
		}
		check(t, k.add(doc, -int32(doc%7), keys))
	}
	check(t, k.add(docs, 0, nil))
	check(t, k.join(some))
	if got, want := drained(t, some), drained(t, all); len(want) != docs/2*each/10 || !slices.Equal(got, want) {
		t.Errorf("%d pairs, of all keys %d", len(got), len(want))
	}
	check(t, k.Close())
}

func drained(t *testing.T, j *lsh.Join) (pairs []lsh.Pair) {
	for p, err := range j.Drain() {
		check(t, err)
		pairs = append(pairs, p)
	}
	return pairs
}

// A record that was cut off is an error.
func TestRareKeysShort(t *testing.T) {
	k := newRareKeys(Options{Memory: 32 << 20, Temp: t.TempDir()}.filled(), 10)
	check(t, k.add(3, 1, []reuse.Key{{Hash: 5, Pos: 1}, {Hash: 6, Pos: 2}}))
	b, err := k.records.Get(0, nil)
	check(t, err)
	short := newRareKeys(Options{Memory: 32 << 20, Temp: t.TempDir()}.filled(), 10)
	short.records = spill.NewBlobs(spill.Options{Dir: t.TempDir()})
	_, err = short.records.Append(b[:len(b)-1])
	check(t, err)
	j := lsh.NewJoin(lsh.JoinOptions{})
	defer j.Close()
	if err := short.join(j); err == nil {
		t.Error("no error")
	}
	check(t, short.Close())
	check(t, k.Close())
}
