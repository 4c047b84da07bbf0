package dedup

import (
	"reprint/internal/spill"
	"reprint/lsh"
	"reprint/reuse"
)

// rareKeys holds keys of which most stand in one document alone, until all are known.
// Those need not be sorted then: they make no pair.
type rareKeys struct {
	records *spill.Blobs
	twice   *lsh.Twice
	hashes  []uint64 // scratch, as is what follows
	places  []uint32
	has     []bool
	buf     []byte
}

// A record is, as varints but for the hashes of 8 bytes: the number of the document, its
// day, the number of keys, and for each its hash and the words since the key before.

// rareBytes is how many bytes tell of a word's keys whether they are there again: of
// couples, of which there is one for each five words, one in ten that is not passes.
const rareBytes = .5

// newRareKeys makes room for the keys of so many words.
func newRareKeys(o Options, words int64) rareKeys {
	return rareKeys{records: spill.NewBlobs(o.spill(32)), twice: lsh.NewTwice(min(o.Memory/64, int64(rareBytes*float64(words))))}
}

// add takes in the keys of a document, in the order of their places.
func (k *rareKeys) add(doc uint64, day int32, keys []reuse.Key) error {
	if len(keys) == 0 {
		return nil
	}
	w := writer{k.buf[:0]}
	w.uint(doc)
	w.int(int(day))
	w.uint(uint64(len(keys)))
	last := 0
	k.hashes = k.hashes[:0]
	for _, key := range keys {
		w.fixed(key.Hash)
		w.uint(uint64(key.Pos - last))
		last = key.Pos
		k.hashes = append(k.hashes, key.Hash)
	}
	k.buf = w.b
	k.twice.AddAll(k.hashes)
	_, err := k.records.Append(w.b)
	return err
}

// join gives the keys that were there more than once to j, and lets go of all.
func (k *rareKeys) join(j *lsh.Join) error {
	for b, err := range k.records.All() {
		if err == nil {
			err = k.post(b, j)
		}
		if err != nil {
			return err
		}
	}
	k.twice = nil
	return k.Close()
}

// post gives those of a record to j.
func (k *rareKeys) post(b []byte, j *lsh.Join) error {
	r := reader{b: b}
	p := lsh.Posting{Doc: r.uint(), Time: int32(r.int())}
	k.hashes, k.places = k.hashes[:0], k.places[:0]
	for range r.length(9) {
		k.hashes = append(k.hashes, r.fixed())
		p.Pos += uint32(r.uint())
		k.places = append(k.places, p.Pos)
	}
	k.has = k.twice.HasAll(k.has[:0], k.hashes)
	for i, has := range k.has {
		if !has {
			continue
		}
		p.Key, p.Pos = k.hashes[i], k.places[i]
		if err := j.Add(p); err != nil {
			return err
		}
	}
	return r.err
}

// Close removes what was spilled.
func (k *rareKeys) Close() error {
	if k.records == nil {
		return nil
	}
	err := k.records.Close()
	k.records = nil
	return err
}
