package copies

import (
	"cmp"
	"errors"
	"iter"
	"slices"

	"reprint/internal/spill"
)

// texts reads the token store, shard by shard.
type texts struct {
	next   func() (openShard, error, bool)
	stop   func()
	shard  openShard
	more   bool
	blocks [2]textBlock // the last one that was used, and the one before
	buf    []byte
	ahead  stretch
}

// stretch is what was read of a block of the token store. Where one document after the other
// is asked for, or most of them, twice as much is read each time, up to mostAhead bytes.
type stretch struct {
	tag      uint64 // of the block
	from, to int
	bytes    []byte
}

const mostAhead = 64 << 10

// mostBetween is how many bytes of documents that are not asked for may lie between two that are
// for these to be read together.
const mostBetween = 16 << 10

// holds reports whether bytes of a block are in the stretch.
func (s *stretch) holds(tag uint64, from, to int) bool {
	return s.bytes != nil && s.tag == tag && s.from <= from && to <= s.to
}

// further returns up to where a block of size bytes is read next, if [from, to) is asked for.
func (s *stretch) further(tag uint64, from, to, size int) int {
	if s.bytes == nil || s.tag != tag || from < s.to || from > s.to+mostBetween {
		return to
	}
	return max(to, min(from+min(2*(s.to-s.from), mostAhead), size))
}

// textBlock is an open block of the token store.
type textBlock struct {
	open  bool
	block spill.Block
	token tokenBlock
}

// holds reports whether a document of the shard is in the block.
func (b *textBlock) holds(local uint64) bool {
	return b.open && local >= b.block.Tag && local < b.block.Tag+uint64(b.token.docs())
}

// readers are texts, one for each worker.
type readers []*texts

func (w *work) readers() readers {
	r := make(readers, w.o.Threads)
	for i := range r {
		r[i] = w.reader()
	}
	return r
}

func (w *work) reader() *texts {
	t := new(texts)
	t.next, t.stop = iter.Pull2(w.shards())
	return t
}

func (r readers) close() {
	for _, t := range r {
		t.stop()
	}
}

// holds reports whether a document is in the open shard.
func (t *texts) holds(doc uint64) bool {
	return t.more && doc >= t.shard.first && doc < t.shard.first+uint64(t.shard.Docs)
}

// reach opens the shard of a document. Shards must be asked for in order.
func (t *texts) reach(doc uint64) error {
	for !t.holds(doc) {
		var err error
		if t.shard, err, t.more = t.next(); err != nil || !t.more {
			return errors.Join(err, errTokens)
		}
		t.blocks[0].open, t.blocks[1].open, t.ahead.bytes = false, false, nil
	}
	return nil
}

// get returns the units of a document as they stand in the token store, good until the
// next call.
func (t *texts) get(doc uint64) ([]byte, error) {
	if err := t.reach(doc); err != nil {
		return nil, err
	}
	local := doc - t.shard.first
	if !t.blocks[0].holds(local) {
		t.blocks[0], t.blocks[1] = t.blocks[1], t.blocks[0]
	}
	if !t.blocks[0].holds(local) {
		if err := t.read(&t.blocks[0], local); err != nil {
			return nil, err
		}
	}
	b := &t.blocks[0]
	i := int(local - b.block.Tag)
	from, to := b.token.span(i)
	if a := &t.ahead; !a.holds(b.block.Tag, from, to) {
		_, all := b.token.span(b.token.docs() - 1)
		end := a.further(b.block.Tag, from, to, all)
		var err error
		if a.bytes, err = t.shard.ReadPart(b.block, from, end, a.bytes); err != nil {
			a.bytes = nil
			return nil, err
		}
		a.tag, a.from, a.to = b.block.Tag, from, end
	}
	units := t.ahead.bytes[from-t.ahead.from : to-t.ahead.from]
	return units, b.token.check(i, units)
}

// read reads where in its block a document stands.
func (t *texts) read(to *textBlock, local uint64) error {
	to.open = false
	blocks := t.shard.Blocks(tokenPart)
	i, exact := slices.BinarySearchFunc(blocks, local, func(b spill.Block, doc uint64) int { return cmp.Compare(b.Tag, doc) })
	if !exact {
		i--
	}
	if i < 0 {
		return errTokens
	}
	to.block = blocks[i]
	size := to.block.Size
	for need := tokenTable(usualDocs); !to.open; {
		end := min(need, size)
		var err error
		if t.buf, err = t.shard.ReadPart(to.block, size-end, size, t.buf); err != nil {
			return err
		}
		if need, err = to.token.open(t.buf, size); err != nil {
			return err
		}
		to.open = need <= end
	}
	if !to.holds(local) {
		return errTokens
	}
	return nil
}

// usualDocs is how many documents a block of the token store has, more or less.
const usualDocs = 128
