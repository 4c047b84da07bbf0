package dedup

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"

	"reprint/boilerplate"
	"reprint/dedup/pool"
	"reprint/internal/spill"
	"reprint/lsh"
	"reprint/minhash"
	"reprint/reuse"
	"reprint/shingle"
)

const (
	// shingleWords is the length of the shingles of a signature.
	shingleWords = 5

	// seedNear and bandNear are how many partners a document finds through
	// one key on each side, nearest in time first. Twenty bound the work
	// for a run of words that everybody prints; whole texts alike are linked
	// to their neighbours, which is enough to say why they are no reuse.
	seedNear = 20
	bandNear = 2

	// coupleNear is the same for couples of rare words, of which a text has
	// many that stand in many others.
	coupleNear = 3

	// fewDocuments are so few that a couple leads to all that share it, and
	// that a pair with any couple in common is compared.
	fewDocuments = 128

	// seedJoins share the seeds, so that they are sorted side by side.
	seedJoins = 2

	// maxEqual is how many documents with the same bytes are matched one by
	// one; of more, each is matched with the first.
	maxEqual = 50
)

// background is what verdicts rest on besides two texts.
type background struct {
	learnt  *boilerplate.Learnt
	archive *reuse.Archive // nil: only the collection is known
	version string
}

// keying is what the second pass, over the token store, leaves behind.
type keying struct {
	masks     *spill.Blobs         // stretches of furniture and, behind them, the language and words' rarities, by document
	furniture *spill.Sorter        // (hash of a stretch, document, from, to), for recurrences
	seeds     [seedJoins]*lsh.Join // rare word runs, by their highest bits
	couples   *lsh.Join            // couples of rare words
	rare      rareKeys             // all couples, until it is known which stand in one document alone
	bands     *lsh.Join            // bands of the whole text's signature
	few       bool                 // there are fewDocuments at most
}

func newKeying(o Options) *keying {
	k := &keying{
		masks:     spill.NewBlobs(o.spill(16)),
		furniture: spill.NewSorter(o.spill(16), stretchBytes),
		bands:     lsh.NewJoin(o.join(bandNear, 8)),
	}
	for i := range k.seeds {
		k.seeds[i] = lsh.NewJoin(o.join(seedNear, 4*seedJoins))
	}
	return k
}

// expect makes the join of couples, for so many documents and words.
func (k *keying) expect(o Options, docs, words int64) {
	near := coupleNear
	if k.few = docs <= fewDocuments; k.few {
		near = fewDocuments
	}
	k.couples = lsh.NewJoin(o.join(near, 8))
	k.rare = newRareKeys(o, words)
}

// stretchBytes is the size of a furniture record: the hash of its words (8),
// document (8), first and last byte (4 each).
const stretchBytes = 24

// Close removes what was spilled.
func (k *keying) Close() error {
	err := errors.Join(k.masks.Close(), k.furniture.Close(), k.bands.Close())
	if k.couples != nil {
		err = errors.Join(err, k.couples.Close(), k.rare.Close())
	}
	for _, j := range k.seeds {
		err = errors.Join(err, j.Close())
	}
	return err
}

// keyed is one document as a worker leaves it.
type keyed struct {
	mask      []byte
	stretches [][stretchBytes]byte
	kinds     []boilerplate.Kind // of the stretches
	seeds     []lsh.Posting
	couples   []reuse.Key
	bands     []uint64
	count     int // of keys, with those that no other document has
	own       int
	day       int32
}

// keyedMemory holds what was stored, for the next documents.
var keyedMemory = sync.Pool{New: func() any { return new(keyed) }}

// keyer is the scratch memory of one worker.
type keyer struct {
	marker    boilerplate.PageMarker
	d         stored
	hits      finds
	stretches []boilerplate.Stretch
	marks     []boilerplate.Mark
	mask      []bool
	keys      []reuse.Key
	scratch   []uint64
	signature minhash.Signature

	twice       *lsh.Twice
	has         []bool
	frequencies *reuse.Frequencies
	memo        reuse.Memo
	archive     *reuse.Archive
}

func newKeyer(r *reading, bg *background) *keyer {
	w := &keyer{archive: bg.archive, twice: r.twice, frequencies: &r.freq, signature: minhash.New(bands.B * bands.R)}
	w.marker.Marker = boilerplate.Marker{Rules: r.o.Rules, Learnt: bg.learnt}
	w.hits = finds{blobs: r.hits, learnt: bg.learnt}
	return w
}

// key masks the furniture of a document and gives its keys, in out's memory.
func (w *keyer) key(out *keyed, doc uint64, b []byte) (err error) {
	if err := w.d.read(b); err != nil {
		return err
	}
	t := &w.d.Text
	if w.marker.Hits, err = w.hits.of(doc, t.Len()); err != nil {
		return err
	}
	w.stretches = w.marker.Furniture(w.stretches[:0], w.d.full, t, w.d.found, w.d.Site)
	w.marks = w.marker.Marks(w.marks[:0], w.d.full, t, w.stretches)
	w.mask = append(w.mask[:0], make([]bool, t.Len())...)
	w.d.Mask = mask(w.mask, w.stretches)
	w.d.Rarity = w.frequencies.Rarities(w.d.Rarity[:0], t, &w.memo)
	out.mask = append(append(appendStretches(out.mask[:0], w.stretches), byte(w.memo.Tongue)), w.d.Rarity...)
	out.own, out.day = w.d.Own(), int32(w.d.Day)
	out.stretches, out.kinds = w.records(out.stretches[:0], doc), out.kinds[:0]
	for _, m := range w.marks {
		out.kinds = append(out.kinds, m.Kind)
	}
	w.keys = w.d.Keys(w.keys[:0], &w.scratch)
	out.count = len(w.keys)
	w.keys = w.shared(w.keys)
	out.seeds = postings(out.seeds[:0], w.keys, out.day, doc)
	for i := range out.seeds {
		out.seeds[i].Mark = uint16(w.archive.Run(out.seeds[i].Key))
	}
	out.couples = w.d.Couples(out.couples[:0])
	out.count += len(out.couples)
	w.signature.Reset()
	w.signature.FoldFunc(shingles(w.scratch, t), shingle.Second)
	out.bands = bands.AppendKeys(out.bands[:0], w.signature.Lanes())
	return nil
}

// shingles returns the shingles of a text's signature, given the runs of words that Keys
// made keys of: they are the same runs, but for a text that is shorter than one.
func shingles(runs []uint64, t *shingle.Text) []uint64 {
	if len(runs) > 0 {
		return runs
	}
	return shingle.Append(runs[:0], t.Hash, shingleWords)
}

// shared keeps the keys that other documents may hold. All are looked up before
// any is moved, so that the processor need not wait for one after the other.
func (w *keyer) shared(keys []reuse.Key) []reuse.Key {
	w.has = w.has[:0]
	for _, k := range keys {
		w.has = append(w.has, w.twice.Has(k.Hash))
	}
	n := 0
	for i, has := range w.has {
		if has {
			keys[n] = keys[i]
			n++
		}
	}
	return keys[:n]
}

// postings appends the keys of a document as the joins take them.
func postings(dst []lsh.Posting, keys []reuse.Key, day int32, doc uint64) []lsh.Posting {
	for _, k := range keys {
		dst = append(dst, lsh.Posting{Key: k.Hash, Time: day, Doc: doc, Pos: uint32(k.Pos)})
	}
	return dst
}

// records appends what recurrences need of the stretches.
func (w *keyer) records(out [][stretchBytes]byte, doc uint64) [][stretchBytes]byte {
	out = append(out, make([][stretchBytes]byte, len(w.stretches))...)
	for i, s := range w.stretches {
		h := uint64(s.To - s.From)
		for _, word := range w.d.Text.Hash[s.From:s.To] {
			h = shingle.Second(h ^ word)
		}
		binary.BigEndian.PutUint64(out[i][0:], h)
		binary.BigEndian.PutUint64(out[i][8:], doc)
		binary.BigEndian.PutUint32(out[i][16:], uint32(w.marks[i].Start))
		binary.BigEndian.PutUint32(out[i][20:], uint32(w.marks[i].End))
	}
	return out
}

// keys runs the second pass.
func (k *keying) keys(ctx context.Context, r *reading, bg *background, eq *equals, tell *Teller) error {
	workers := make([]*keyer, r.o.Threads)
	r.freq.Know(bg.archive)
	for i := range workers {
		workers[i] = newKeyer(r, bg)
	}
	work := func(w int, b *packet) (out []*keyed, err error) {
		defer b.free()
		out = make([]*keyed, 0, len(b.list))
		for doc, record := range b.records() {
			d := keyedMemory.Get().(*keyed)
			if err := workers[w].key(d, doc, record); err != nil {
				return nil, err
			}
			out = append(out, d)
			if len(record) > longText {
				workers[w] = newKeyer(r, bg)
			}
		}
		return out, nil
	}
	k.expect(r.o, int64(r.n), r.summary.Words)
	tell.Stage("keys", "documents", int64(r.n))
	doc, keys := 0, int64(0)
	for batch, err := range pool.Ordered(ctx, r.o.Threads, r.o.Memory/8, packets(r.texts), (*packet).size, work) {
		if err != nil {
			return err
		}
		for _, d := range batch {
			if err := k.keep(uint64(doc), d, eq.apart(uint64(doc)), r.summary); err != nil {
				return err
			}
			keys += int64(d.count + len(d.bands))
			keyedMemory.Put(d)
			doc++
		}
		tell.At(int64(doc))
	}
	if err := k.rare.join(k.couples); err != nil {
		return err
	}
	tell.Done(keys)
	return nil
}

// keep stores the furniture and the keys of a document; apart is true for
// one whose keys another document with the same bytes stands for.
func (k *keying) keep(doc uint64, d *keyed, apart bool, s *Summary) error {
	_, err := k.masks.Append(d.mask)
	for i := range d.stretches {
		s.Removed[d.kinds[i]]++
		err = errors.Join(err, k.furniture.Add(d.stretches[i][:]))
	}
	s.Own += int64(d.own)
	if len(d.stretches) > 0 {
		s.Marked++
	}
	if apart {
		return err
	}
	for _, p := range d.seeds {
		if e := k.seeds[p.Key>>63].Add(p); e != nil {
			return e
		}
	}
	if e := k.rare.add(doc, d.day, d.couples); e != nil {
		return e
	}
	for _, key := range d.bands {
		if e := k.bands.Add(lsh.Posting{Key: key, Time: d.day, Doc: doc}); e != nil {
			return e
		}
	}
	return err
}
