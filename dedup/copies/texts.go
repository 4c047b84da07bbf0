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
		r[i] = new(texts)
		r[i].next, r[i].stop = iter.Pull2(w.shards())
	}
	return r
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
		t.blocks[0].open, t.blocks[1].open = false, false
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
	var err error
	if t.buf, err = t.shard.ReadPart(b.block, from, to, t.buf); err != nil {
		return nil, err
	}
	return t.buf, b.token.check(i, t.buf)
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
