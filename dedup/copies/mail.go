package copies

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"os"
	"slices"
	"sync"

	"reprint/dedup/pool"
	"reprint/internal/spill"
)

// verify measures the pairs asked for, each once, and yields their edges by receiver and
// sender. Texts are read twice each, in input order: once to hand the units of the sender of
// every pair to its receiver, through a file in partitions of documents, and once for the
// receivers.
func (w *work) verify(ctx context.Context, asked *spill.Sorter) iter.Seq2[edge, error] {
	return func(yield func(edge, error) bool) {
		m, err := w.newMailbag(asked)
		if err != nil {
			yield(edge{}, err)
			return
		}
		defer m.remove()
		if err := m.send(ctx, asked); err != nil {
			yield(edge{}, err)
			return
		}
		for edges, err := range m.deliver(ctx) {
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

// mailbag is the file that carries the units of the senders of pairs to the receivers, in
// boxes of documents that lie side by side. A letter in it is: receiver, sender, mark (8 bytes
// each), n (4), n bytes of units as they stand in the token store; or none if n is near, as the
// sender lies so little before or behind the receiver that it is at hand where that one is
// read, or if n is same, as they stand in the last letter before that has some, which is of
// the same sender.
type mailbag struct {
	w     *work
	path  string
	boxes int
	docs  uint64 // that a box stands for
}

const (
	mailHead  = 28
	mailBlock = 64 << 10 // of a box that is being filled, at most
	minBoxes  = 32
	maxBoxes  = 1 << 12
	askBatch  = 256 // pairs that a worker takes at a time

	near     = 1<<32 - 1
	same     = 1<<32 - 2
	nearDocs = 64 // documents that are read together, more or less
)

// newMailbag makes the boxes so small that each worker can hold what is in one.
func (w *work) newMailbag(asked *spill.Sorter) (*mailbag, error) {
	total, err := w.total()
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(w.temp, "reprint-mail-*")
	if err != nil {
		return nil, err
	}
	words := total.Words/max(total.Docs, 1) + 1
	boxes := 1 + 3*asked.Len()*(mailHead+unitBytes*words)/w.share(4).Memory
	m := &mailbag{w: w, path: f.Name(), boxes: int(min(max(boxes, minBoxes), maxBoxes))}
	m.docs = uint64(total.Docs)/uint64(m.boxes) + 1
	return m, f.Close()
}

// box is where the mail of a document lies.
func (m *mailbag) box(doc uint64) uint32 { return uint32(min(doc/m.docs, uint64(m.boxes-1))) }

func (m *mailbag) remove() error {
	info, err := os.Stat(m.path)
	if err != nil {
		return err
	}
	return errors.Join(os.Remove(m.path), m.w.quota.Take(-info.Size()))
}

// ask is a pair that is to be verified, of a sender and a receiver.
type ask struct{ from, to, mark uint64 }

// near reports whether the sender is at hand where the receiver is read, if both are in
// one shard.
func (p *ask) near() bool { return max(p.from, p.to)-min(p.from, p.to) <= nearDocs }

// asks yields the pairs asked for, each once, by their senders.
func asks(sorter *spill.Sorter) iter.Seq2[[]ask, error] {
	return func(yield func([]ask, error) bool) {
		var batch []ask
		for rec, err := range unique(sorter) {
			if err != nil {
				yield(nil, err)
				return
			}
			u := binary.BigEndian
			batch = append(batch, ask{u.Uint64(rec), u.Uint64(rec[8:]), u.Uint64(rec[16:])})
			if len(batch) == askBatch {
				if !yield(batch, nil) {
					return
				}
				batch = make([]ask, 0, askBatch)
			}
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

// send reads the senders of all pairs and writes their mail.
func (m *mailbag) send(ctx context.Context, asked *spill.Sorter) error {
	out, err := spill.CreateBlocks(m.path, "mail", m.w.quota)
	if err != nil {
		return err
	}
	readers := m.w.readers()
	defer readers.close()
	work := func(worker int, batch []ask) (*post, error) { return readers[worker].letters(m, batch) }
	size := func(batch []ask) int64 { return int64(len(batch)) }
	boxes := make([][]byte, m.boxes)
	block := int(min(mailBlock, m.w.spill(8).Memory/int64(m.boxes)))
	for letters, err := range pool.Ordered(ctx, m.w.o.Threads, int64(2*askBatch*m.w.o.Threads), asks(asked), size, work) {
		if err != nil {
			return errors.Join(err, out.Abort())
		}
		from := 0
		for _, to := range letters.ends {
			l := letters.bytes[from:to]
			from = to
			i := m.box(binary.BigEndian.Uint64(l))
			if boxes[i] = append(boxes[i], l...); len(boxes[i]) < block {
				continue
			}
			if err := out.Write(i, 0, boxes[i]); err != nil {
				return errors.Join(err, out.Abort())
			}
			boxes[i] = boxes[i][:0]
			if cap(boxes[i]) > 4*block { // one long text does not stay in memory
				boxes[i] = nil
			}
		}
		if cap(letters.bytes) <= keptBytes {
			posts.Put(letters)
		}
	}
	for i, box := range boxes {
		if len(box) > 0 {
			if err := out.Write(uint32(i), 0, box); err != nil {
				return errors.Join(err, out.Abort())
			}
		}
	}
	return out.Close(nil)
}

// post are letters, one after the other.
type post struct {
	bytes []byte
	ends  []int
}

// posts are those that are free.
var posts = sync.Pool{New: func() any { return new(post) }}

// letters writes the mail of pairs.
func (t *texts) letters(m *mailbag, batch []ask) (*post, error) {
	out := posts.Get().(*post)
	out.bytes, out.ends = out.bytes[:0], out.ends[:0]
	var units []byte
	sent, box := uint64(none), uint32(0) // the last letter with units
	at := uint64(none)
	for i := range batch {
		p := &batch[i]
		if err := t.reach(p.from); err != nil {
			return nil, err
		}
		size := uint32(near)
		switch {
		case p.near() && t.holds(p.to):
		case sent == p.from && box == m.box(p.to):
			size = same
		default:
			if at != p.from {
				var err error
				if units, err = t.get(p.from); err != nil {
					return nil, err
				}
				at = p.from
			}
			size, sent, box = uint32(len(units)), p.from, m.box(p.to)
		}
		for _, v := range [...]uint64{p.to, p.from, p.mark} {
			out.bytes = binary.BigEndian.AppendUint64(out.bytes, v)
		}
		if out.bytes = binary.BigEndian.AppendUint32(out.bytes, size); size < same {
			out.bytes = append(out.bytes, units...)
		}
		out.ends = append(out.ends, len(out.bytes))
	}
	return out, nil
}

// deliver yields the edges of each box.
func (m *mailbag) deliver(ctx context.Context) iter.Seq2[[]edge, error] {
	return func(yield func([]edge, error) bool) {
		f, err := spill.OpenBlocks(m.path, "mail")
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		readers := m.w.readers()
		defer readers.close()
		workers := make([]opener, m.w.o.Threads)
		for i := range workers {
			workers[i].length, workers[i].short, workers[i].lacking = m.w.m.Length, m.w.m.Short, m.w.m.lacks()
			if m.w.m.Verify == ByEdits {
				workers[i].edits = m.w.m.Threshold
			}
		}
		boxes := func(yield func(uint32, error) bool) {
			for i := 0; i < m.boxes && yield(uint32(i), nil); i++ {
			}
		}
		one := func(uint32) int64 { return 1 }
		work := func(worker int, box uint32) ([]edge, error) { return workers[worker].open(f, box, readers[worker]) }
		for edges, err := range pool.Ordered(ctx, len(workers), 2*int64(len(workers)), boxes, one, work) {
			if !yield(edges, err) {
				return
			}
		}
	}
}

// letter is the units of a pair's sender on their way to the receiver.
type letter struct {
	ask
	units  []byte
	absent bool // units are not in the letter, as the sender is near
}

// opener opens boxes. What is in one is compared sender by sender, since of a crowd one document
// writes to all the others and is made ready for them once.
type opener struct {
	measurer
	from, to text
	units    []byte            // of the receivers, and of senders that are near
	at       map[uint64][2]int // where they stand there
	order    []int32           // letters by sender
	mail     []byte            // of the box
	letter   []letter
}

// keptBytes bounds what a worker keeps of the memory for one box's units.
const keptBytes = 4 << 20

// open measures the pairs of one box.
func (x *opener) open(f *spill.BlockFile, box uint32, t *texts) ([]edge, error) {
	letters, err := x.letters(f, box)
	if err == nil {
		err = x.read(letters, t)
	}
	if err != nil {
		return nil, err
	}
	edges := make([]edge, len(letters))
	x.order = x.order[:0]
	for i := range letters {
		x.order = append(x.order, int32(i))
	}
	slices.SortFunc(x.order, func(p, q int32) int {
		return cmp.Or(cmp.Compare(letters[p].from, letters[q].from), cmp.Compare(p, q))
	})
	for n, i := range x.order {
		l, e := &letters[i], &edges[i]
		if n == 0 || letters[x.order[n-1]].from != l.from {
			x.from.take(l.from, l.units)
			x.from.again = n+1 < len(x.order) && letters[x.order[n+1]].from == l.from
		}
		x.to.take(l.to, x.of(l.to))
		if e.mark, e.a, e.b = l.mark, l.from, l.to; l.from < l.to {
			x.measure(e, &x.from, &x.to)
		} else {
			e.a, e.b = l.to, l.from
			x.measure(e, &x.to, &x.from)
		}
	}
	return edges, nil
}

// of is what was read of a document.
func (x *opener) of(doc uint64) []byte {
	at := x.at[doc]
	return x.units[at[0]:at[1]]
}

// read reads the receivers of letters, which come by them, and the senders that are near.
func (x *opener) read(letters []letter, t *texts) error {
	if x.at == nil {
		x.at = make(map[uint64][2]int)
	}
	if clear(x.at); cap(x.units) > keptBytes {
		x.units = nil
	}
	x.units = x.units[:0]
	for i := range letters {
		l := &letters[i]
		if err := x.fetch(l.to, t); err != nil {
			return err
		}
		if !l.absent {
			continue
		}
		if err := x.fetch(l.from, t); err != nil {
			return err
		}
	}
	for i := range letters {
		if l := &letters[i]; l.absent {
			l.units = x.of(l.from)
		}
	}
	return nil
}

// fetch reads a document that was not read yet.
func (x *opener) fetch(doc uint64, t *texts) error {
	if _, ok := x.at[doc]; ok {
		return nil
	}
	units, err := t.get(doc)
	if err != nil {
		return err
	}
	n := len(x.units)
	x.units = append(x.units, units...)
	x.at[doc] = [2]int{n, len(x.units)}
	return nil
}

// letters reads a box and sorts what is in it by receivers and senders.
func (x *opener) letters(f *spill.BlockFile, box uint32) ([]letter, error) {
	blocks, size := f.Blocks(box), 0
	for _, block := range blocks {
		size += block.Size
	}
	if cap(x.mail) < size || cap(x.mail) > keptBytes {
		x.mail = make([]byte, 0, size)
	}
	x.letter = x.letter[:0]
	at, last := 0, -1
	for _, block := range blocks {
		b, err := f.Read(block, x.mail[at:at:at+block.Size])
		if err == nil {
			last, err = x.unpack(b, last)
		}
		if err != nil {
			return nil, err
		}
		at += block.Size
	}
	slices.SortFunc(x.letter, func(p, q letter) int {
		return cmp.Or(cmp.Compare(p.to, q.to), cmp.Compare(p.from, q.from))
	})
	return x.letter, nil
}

// unpack takes the letters of a block. It is given and returns which one is the last with units;
// -1: none.
func (x *opener) unpack(b []byte, last int) (int, error) {
	for len(b) >= mailHead {
		u := binary.BigEndian
		l := letter{ask: ask{to: u.Uint64(b), from: u.Uint64(b[8:]), mark: u.Uint64(b[16:])}}
		n := int64(u.Uint32(b[24:]))
		b = b[mailHead:]
		switch {
		case n == near:
			l.absent = true
		case n == same && (last < 0 || x.letter[last].from != l.from) || n < same && n > int64(len(b)):
			return last, errTokens
		case n == same:
			l.units = x.letter[last].units
		default:
			l.units, b = b[:n], b[n:]
			last = len(x.letter)
		}
		x.letter = append(x.letter, l)
	}
	return last, nil
}
