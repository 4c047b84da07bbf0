package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"os"
	"slices"

	"reprint/dedup"
	"reprint/dedup/pool"
	"reprint/internal/spill"
)

// A pair to be verified is 24 bytes: its two documents and a mark that its edge
// bears.
const askBytes = 24

func edgesFile(p Part) string { return fmt.Sprintf("edges-%v", p) }

// edges verifies the candidates of one part: the pairs whose second document lies in
// its share of the collection.
func (w *work) edges(ctx context.Context, p Part, tell *dedup.Teller) error {
	if w.done(edgesFile(p), "edge") {
		return nil
	}
	total, err := w.total()
	if err != nil {
		return err
	}
	asked := spill.NewSorter(w.spill(4), askBytes)
	defer asked.Close()
	if w.o.From == nil {
		err = w.askPairs(ctx, p, total.Docs, asked)
	} else {
		err = w.askMatches(ctx, asked)
	}
	if err != nil {
		return err
	}
	out, err := w.create(edgesFile(p), "edge")
	if err != nil {
		return err
	}
	n := note{}
	buf := make([]byte, 0, outBlock)
	tell.Stage("edges", "pairs", 0)
	for e, err := range w.verify(ctx, asked) {
		if err == nil && len(buf)+edgeBytes > cap(buf) {
			err = out.Write(0, 0, buf)
			buf = buf[:0]
		}
		if err != nil {
			return errors.Join(err, out.Abort())
		}
		buf = e.append(buf)
		n.Pairs++
		tell.At(n.Pairs)
	}
	if err := out.Write(0, 0, buf); err != nil {
		return errors.Join(err, out.Abort())
	}
	tell.Done(n.Pairs)
	return w.finish(out, n)
}

// total reads what the exact stage counted.
func (w *work) total() (note, error) {
	f, n, err := w.open("exact", "exct")
	if err != nil {
		return n, err
	}
	return n, f.Close()
}

// askPairs asks for the pairs that the bands stage left, as far as their second
// document lies in the part.
func (w *work) askPairs(ctx context.Context, p Part, docs int64, asked *spill.Sorter) error {
	names, err := w.files("bands")
	if err != nil {
		return err
	}
	from, to := p.span(int(docs))
	var rec [askBytes]byte
	for _, name := range names {
		f, _, err := w.open(name, "band")
		if err != nil {
			return err
		}
		for b, err := range records(f, 0, pairBytes) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return errors.Join(err, f.Close())
			}
			if second := binary.BigEndian.Uint64(b[8:]); second < uint64(from) || second >= uint64(to) {
				continue
			}
			copy(rec[:], b)
			if err := asked.Add(rec[:]); err != nil {
				return errors.Join(err, f.Close())
			}
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

// verify measures the pairs asked for, each once, and yields their edges by second
// and first document. Texts are read twice each, in input order: once to hand the
// units of the first document of every pair to its second one, through a file in
// partitions of documents, and once for the second documents.
func (w *work) verify(ctx context.Context, asked *spill.Sorter) iter.Seq2[edge, error] {
	return func(yield func(edge, error) bool) {
		m, err := w.send(ctx, asked)
		if err != nil {
			yield(edge{}, err)
			return
		}
		defer m.remove()
		workers := make([]measurer, w.o.Threads)
		for i := range workers {
			workers[i].length, workers[i].short = w.m.Length, w.m.Short
			if w.m.Verify == ByEdits {
				workers[i].edits = w.m.Threshold
			}
		}
		work := func(worker int, batch []mail) ([]edge, error) {
			out := make([]edge, len(batch))
			for i, l := range batch {
				out[i] = edge{mark: l.mark, a: l.a, b: l.b}
				workers[worker].measure(&out[i], l.unitsA, l.unitsB)
			}
			return out, nil
		}
		size := func(l mail) int64 { return int64(8*len(l.unitsA)) + 64 }
		for edges, err := range pool.Ordered(ctx, w.o.Threads, w.o.Memory/8, pool.Batches(m.all(), 1<<18, size), pool.Sum(size), work) {
			if err != nil {
				yield(edge{}, err)
				return
			}
			for _, e := range edges {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// mail is the units of a pair's first document on their way to the second one. In
// the file that carries it a record is: b, a, mark (8 bytes each), n (4), n hashes.
type mail struct {
	a, b, mark uint64
	unitsA     []uint64
	unitsB     []uint64
}

const (
	mailHead  = 28
	mailBlock = 64 << 10
	maxBoxes  = 1 << 10
)

// mailbag is the file that carries the units, in boxes of documents that lie side by
// side.
type mailbag struct {
	w     *work
	path  string
	boxes int
	docs  uint64 // that a box stands for
}

// box is where the mail of a document lies.
func (m *mailbag) box(doc uint64) uint32 { return uint32(min(doc/m.docs, uint64(m.boxes-1))) }

func (m *mailbag) remove() error { return os.Remove(m.path) }

// send reads the first documents of all pairs and writes their mail.
func (w *work) send(ctx context.Context, asked *spill.Sorter) (*mailbag, error) {
	total, err := w.total()
	if err != nil {
		return nil, err
	}
	words := total.Words/max(total.Docs, 1) + 1
	f, err := os.CreateTemp(w.temp, "reprint-mail-*")
	if err != nil {
		return nil, err
	}
	m := &mailbag{w: w, path: f.Name()}
	if err := f.Close(); err != nil {
		return nil, err
	}
	boxes := 1 + 2*asked.Len()*(mailHead+8*words)/(w.o.Memory/8)
	m.boxes = min(1<<bits.Len64(uint64(boxes-1)), maxBoxes)
	m.docs = uint64(total.Docs)/uint64(m.boxes) + 1
	out, err := spill.CreateBlocks(m.path, "mail")
	if err != nil {
		return nil, errors.Join(err, m.remove())
	}
	if err := m.write(ctx, out, asked); err != nil {
		return nil, errors.Join(err, out.Abort(), m.remove())
	}
	return m, out.Close(nil)
}

func (m *mailbag) write(ctx context.Context, out *spill.BlockWriter, asked *spill.Sorter) error {
	texts := m.w.texts()
	defer texts.close()
	boxes := make([][]byte, m.boxes)
	var units []uint64
	last := uint64(none)
	var n int64
	for rec, err := range distinct(asked.Sorted(), &n) {
		if err == nil && n&1023 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		a, b := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		if a != last {
			if units, err = texts.get(a, units[:0]); err != nil {
				return err
			}
			last = a
		}
		i := m.box(b)
		box := boxes[i]
		box = append(box, rec[8:16]...)
		box = append(box, rec[:8]...)
		box = append(box, rec[16:]...)
		box = binary.BigEndian.AppendUint32(box, uint32(len(units)))
		for _, h := range units {
			box = binary.LittleEndian.AppendUint64(box, h)
		}
		if len(box) >= mailBlock {
			err = out.Write(i, 0, box)
			box = box[:0]
		}
		if boxes[i] = box; err != nil {
			return err
		}
	}
	for i, box := range boxes {
		if len(box) > 0 {
			if err := out.Write(uint32(i), 0, box); err != nil {
				return err
			}
		}
	}
	return nil
}

// all yields the mail by its second and first document.
func (m *mailbag) all() iter.Seq2[mail, error] {
	return func(yield func(mail, error) bool) {
		f, err := spill.OpenBlocks(m.path, "mail")
		if err != nil {
			yield(mail{}, err)
			return
		}
		defer f.Close()
		texts := m.w.texts()
		defer texts.close()
		for box := range m.boxes {
			if !m.deliver(f, uint32(box), texts, yield) {
				return
			}
		}
	}
}

// deliver yields the mail of one box and reports whether to go on.
func (m *mailbag) deliver(f *spill.BlockFile, box uint32, texts *texts, yield func(mail, error) bool) bool {
	letters, err := open(f, box)
	var units []uint64
	last := uint64(none)
	for _, l := range letters {
		if l.b != last && err == nil {
			units, err = texts.get(l.b, nil)
			last = l.b
		}
		if err != nil {
			break
		}
		l.unitsB = units
		if !yield(l, nil) {
			return false
		}
	}
	if err != nil {
		yield(mail{}, err)
	}
	return err == nil
}

// open reads a box and sorts what is in it.
func open(f *spill.BlockFile, box uint32) ([]mail, error) {
	var letters []mail
	for _, block := range f.Blocks(box) {
		b, err := f.Read(block, nil)
		if err != nil {
			return nil, err
		}
		for len(b) >= mailHead {
			u := binary.BigEndian
			l := mail{b: u.Uint64(b), a: u.Uint64(b[8:]), mark: u.Uint64(b[16:])}
			n := int64(u.Uint32(b[24:]))
			if b = b[mailHead:]; 8*n > int64(len(b)) {
				return nil, errTokens
			}
			l.unitsA = make([]uint64, n)
			for i := range l.unitsA {
				l.unitsA[i] = binary.LittleEndian.Uint64(b[8*i:])
			}
			b = b[8*n:]
			letters = append(letters, l)
		}
	}
	slices.SortFunc(letters, func(p, q mail) int {
		if p.b != q.b {
			return compare(p.b, q.b)
		}
		return compare(p.a, q.a)
	})
	return letters, nil
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// texts reads the token store in input order.
type texts struct {
	next  func() (openShard, error, bool)
	stop  func()
	shard openShard
	more  bool
	block int // index of the open block among those of the shard; -1: none
	first uint64
	token tokenBlock
	buf   []byte
}

func (w *work) texts() *texts {
	t := &texts{block: -1}
	t.next, t.stop = iter.Pull2(w.shards())
	return t
}

func (t *texts) close() { t.stop() }

// get appends the units of a document to dst. Documents must be asked for in order.
func (t *texts) get(doc uint64, dst []uint64) ([]uint64, error) {
	for !t.more || doc >= t.shard.first+uint64(t.shard.Docs) {
		var err error
		if t.shard, err, t.more = t.next(); err != nil || !t.more {
			return dst, errors.Join(err, errTokens)
		}
		t.block = -1
	}
	local := doc - t.shard.first
	if t.block < 0 || local >= t.first+uint64(t.token.docs()) {
		if err := t.find(local); err != nil {
			return dst, err
		}
	}
	return t.token.append(dst, int(local-t.first))
}

// find opens the block that holds a document.
func (t *texts) find(local uint64) error {
	blocks := t.shard.Blocks(tokenPart)
	i, exact := slices.BinarySearchFunc(blocks, local, func(b spill.Block, doc uint64) int { return compare(b.Tag, doc) })
	if !exact {
		i--
	}
	if i < 0 {
		return errTokens
	}
	var err error
	if t.buf, err = t.shard.Read(blocks[i], t.buf); err != nil {
		return err
	}
	if err := t.token.open(t.buf); err != nil {
		return err
	}
	t.block, t.first = i, blocks[i].Tag
	if local >= t.first+uint64(t.token.docs()) {
		return errTokens
	}
	return nil
}
