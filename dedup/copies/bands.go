package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"reprint/dedup"
	"reprint/dedup/pool"
	"reprint/internal/spill"
	"reprint/lsh"
)

// partDocs is how many documents make a part of the keys more, so that what is lost when
// a run is killed is a matter of a minute; there are minBands parts at least.
const (
	partDocs = 400_000
	minBands = 16
)

// bandsParts is in how many parts the keys of a collection are joined in one process.
func bandsParts(docs int64) int { return int(min(max(docs/partDocs, minBands), keyParts)) }

// A pair in the bands stage is 24 bytes: its second document and its first one, and the head of
// the key of which it was made, 8 bytes each, big-endian. They come in the order of the keys.
//
// The head of a key is the first document that has it, with hotMark if it is hot: if more than
// hotKey documents have it, as those that bear a license, a page's furniture, the one story of
// which there are a thousand versions. Behind the first hotKey of a key's documents it makes
// pairs only if it is one of half of all keys, and then with manyMark, which says that it
// stands for manyKeys of them: whatever so many have in common they have at many keys.
const (
	pairBytes = 24
	hotKey    = 64
	hotMark   = 1 << 63
	manyMark  = 1 << 62
	manyKeys  = 2
)

func bandsFile(p Part) string { return fmt.Sprintf("bands-%v", p) }

// joiner joins keys. It serves one goroutine at a time.
type joiner struct {
	w      *work
	absent bitmap // documents for which another with the same bytes stands
	docs   int64
	keys   *spill.Sorter
	filter lsh.Twice
	batch  []uint64 // keys and documents on their way to the sorter
	buf    []byte
}

// keyBatch is how many keys are handed to the sorter at a time.
const keyBatch = 256

func (w *work) newJoiner(absent bitmap, docs int64) *joiner {
	return &joiner{w: w, absent: absent, docs: docs, keys: spill.NewSorter(w.share(2), 16), batch: make([]uint64, 0, 2*keyBatch)}
}

func (j *joiner) close() { closeAll(j.keys) }

// part joins the keys of one part: documents with equal keys become pairs.
func (j *joiner) part(ctx context.Context, p Part) error {
	w := j.w
	if w.done(bandsFile(p), "band") {
		return nil
	}
	out, err := w.create(bandsFile(p), "band")
	if err != nil {
		return err
	}
	c := chain{out: out, buf: make([]byte, 0, outBlock)}
	from, to := p.span(keyParts)
	for step := j.atOnce(); from < to; from += step {
		if err := j.join(ctx, from, min(from+step, to), &c); err != nil {
			return errors.Join(err, out.Abort())
		}
	}
	if err := c.flush(); err != nil {
		return errors.Join(err, out.Abort())
	}
	return w.finish(out, note{Pairs: c.pairs})
}

// atOnce is how many of the keyParts are joined at a time: as many as have room in the
// filter, if all of it is used.
func (j *joiner) atOnce() int {
	one := max(j.docs*int64(j.w.m.Bands.B)/keyParts, 1)
	return int(min(max(filterKeys/one, 1), keyParts))
}

// join makes pairs of the keys of some parts. Nearly all keys are those of one document.
// They are read twice: first to count, roughly, and then to sort those of several.
func (j *joiner) join(ctx context.Context, from, to int, c *chain) error {
	n := int64(0)
	for s, err := range j.w.shards() {
		for part := from; part < to && err == nil; part++ {
			for _, b := range s.Blocks(uint32(part)) {
				n += int64(b.Size) / (keyBytes + 1)
			}
		}
		if err != nil {
			return err
		}
	}
	j.filter.Reset(min(2*n, j.w.share(4).Memory/2)) // four slots for a key, and more
	if err := j.each(ctx, from, to, func(key, _ uint64) error {
		j.filter.Add(key)
		return nil
	}); err != nil {
		return err
	}
	if err := j.keys.Reset(); err != nil {
		return err
	}
	j.batch = j.batch[:0]
	if err := j.each(ctx, from, to, func(key, doc uint64) error {
		if !j.filter.Has(key) {
			return nil
		}
		j.batch = append(j.batch, key, doc)
		return j.sort(cap(j.batch))
	}); err != nil {
		return err
	}
	if err := j.sort(1); err != nil {
		return err
	}
	return c.chained(j.keys)
}

// sort hands the batch to the sorter, if it has so many numbers.
func (j *joiner) sort(atLeast int) error {
	if len(j.batch) < atLeast {
		return nil
	}
	err := j.keys.AddNumbers(j.batch)
	j.batch = j.batch[:0]
	return err
}

// each calls do for the keys of some parts, but those of absent documents.
func (j *joiner) each(ctx context.Context, from, to int, do func(key, doc uint64) error) error {
	for s, err := range j.w.shards() {
		for part := from; part < to && err == nil; part++ {
			high := uint64(part) << 56
			j.buf, err = s.postings(uint32(part), keyBytes, j.buf, func(b []byte, doc uint64) error {
				if j.absent.has(doc) {
					return nil
				}
				return do(high|binary.BigEndian.Uint64(b)>>8, doc)
			})
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}

// filterKeys is for how many keys a filter stays in a processor's cache, more or less.
const filterKeys = 1 << 18

// chain writes the pairs of keys, one key after the other.
type chain struct {
	out   *spill.BlockWriter
	buf   []byte
	pairs int64    // that were written
	docs  []uint64 // that are not paired: the last of them, if the key is hot
	key   uint64
	first uint64 // its first document
	n     int    // documents until now
	hot   bool
}

// chained pairs each document of a key with the one before it. That holds a group
// together however many have the key, and costs one pair a document.
func (c *chain) chained(keys *spill.Sorter) error {
	for list, err := range keys.Numbers() {
		if err != nil {
			return err
		}
		for ; len(list) >= 2; list = list[2:] {
			if key := list[0]; key != c.key {
				if err := c.end(); err != nil {
					return err
				}
				c.key = key
			}
			if err := c.add(list[1]); err != nil {
				return err
			}
		}
	}
	return c.end()
}

func (c *chain) add(doc uint64) error {
	n := len(c.docs)
	if n > 0 && c.docs[n-1] == doc {
		return nil
	}
	if n == 0 {
		c.first, c.n = doc, 0
	}
	if c.n++; c.n > hotKey && mix(c.key)%manyKeys != 0 {
		c.hot = true
		return nil
	}
	if c.docs = append(c.docs, doc); len(c.docs) > hotKey || c.hot {
		c.hot = true
		return c.link()
	}
	return nil
}

// link pairs the documents, of which the last one stays.
func (c *chain) link() error {
	last, head := len(c.docs)-1, c.first
	if c.hot {
		head |= hotMark
	}
	for i := 1; i <= last; i++ {
		if len(c.buf)+pairBytes > cap(c.buf) {
			if err := c.flush(); err != nil {
				return err
			}
		}
		if i == last && c.n > hotKey && mix(c.key)%manyKeys == 0 {
			head |= manyMark
		}
		c.pairs++
		c.buf = binary.BigEndian.AppendUint64(c.buf, c.docs[i])
		c.buf = binary.BigEndian.AppendUint64(c.buf, c.docs[i-1])
		c.buf = binary.BigEndian.AppendUint64(c.buf, head)
	}
	if last > 0 {
		c.docs[0] = c.docs[last]
		c.docs = c.docs[:1]
	}
	return nil
}

// end is called behind the last document of a key.
func (c *chain) end() error {
	err := c.link()
	c.docs, c.hot = c.docs[:0], false
	return err
}

// flush writes the pairs in the buffer.
func (c *chain) flush() error {
	if len(c.buf) == 0 {
		return nil
	}
	err := c.out.Write(0, 0, c.buf)
	c.buf = c.buf[:0]
	return err
}

// headOf takes the head of a pair apart: its document with hotMark, and how many keys it
// stands for.
func headOf(head uint64) (doc uint64, keys int) {
	if keys = 1; head&manyMark != 0 {
		keys = manyKeys
	}
	return head &^ manyMark, keys
}

// unique yields the records of a sorter, each once.
func unique(s *spill.Sorter) iter.Seq2[[]byte, error] {
	var n int64
	return distinct(s.Sorted(), &n)
}

// distinct leaves out records that repeat the one before, and counts the others.
func distinct(recs iter.Seq2[[]byte, error], n *int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var last []byte
		*n = 0
		for rec, err := range recs {
			if err == nil && last != nil && string(last) == string(rec) {
				continue
			}
			if err == nil {
				*n++
				last = append(last[:0], rec...)
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// bands joins the keys of parts, several side by side.
func (w *work) bands(ctx context.Context, ps iter.Seq2[Part, error], tell func(done int64)) error {
	absent, total, err := w.copied()
	if err != nil {
		return err
	}
	joiners := make([]*joiner, w.o.Threads)
	for i := range joiners {
		joiners[i] = w.newJoiner(absent, total.Docs)
		defer joiners[i].close()
	}
	one := func(Part) int64 { return 1 }
	work := func(worker int, p Part) (struct{}, error) { return struct{}{}, joiners[worker].part(ctx, p) }
	done := int64(0)
	for _, err := range pool.Ordered(ctx, w.o.Threads, 2*int64(w.o.Threads), ps, one, work) {
		if err != nil {
			return err
		}
		done++
		tell(done)
	}
	return nil
}

// allBands joins all keys.
func (w *work) allBands(ctx context.Context, tell *dedup.Teller) error {
	total, err := w.total()
	if err != nil {
		return err
	}
	n := bandsParts(total.Docs)
	tell.Stage("bands", "parts", int64(n))
	if err := w.bands(ctx, parts(n), tell.At); err != nil {
		return err
	}
	tell.Done(int64(n))
	return nil
}

// parts yields the parts 1 to n of n.
func parts(n int) func(func(Part, error) bool) {
	return func(yield func(Part, error) bool) {
		for i := range n {
			if !yield(Part{i + 1, n}, nil) {
				return
			}
		}
	}
}
