package copies

import (
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
	later    = 1<<32 - 3 // on the way to the file only: units of more than carried bytes, that are read when they are written
	carried  = 16 << 10
	nearDocs = 64 // documents that are read together, more or less
)

// mailName is how the names of its files begin.
const mailName = "reprint-mail-"

// newMailbag makes the boxes so small that each worker can hold what is in one.
func (w *work) newMailbag(asked *spill.Sorter) (*mailbag, error) {
	total, err := w.total()
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(w.temp, mailName+"*")
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
	readers, large := m.w.readers(), m.w.reader()
	defer readers.close()
	defer large.stop()
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
			if boxes[i], err = large.deliver(boxes[i], l); err != nil {
				return errors.Join(err, out.Abort())
			}
			if len(boxes[i]) < block {
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

// deliver appends a letter, with its units if these come later.
func (t *texts) deliver(box, letter []byte) ([]byte, error) {
	u := binary.BigEndian
	if u.Uint32(letter[mailHead-4:]) != later {
		return append(box, letter...), nil
	}
	units, err := t.get(u.Uint64(letter[8:]))
	if err != nil {
		return box, err
	}
	box = slices.Grow(box, mailHead+len(units))
	box = u.AppendUint32(append(box, letter[:mailHead-4]...), uint32(len(units)))
	return append(box, units...), nil
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
			if size > carried {
				size = later
			}
		}
		for _, v := range [...]uint64{p.to, p.from, p.mark} {
			out.bytes = binary.BigEndian.AppendUint64(out.bytes, v)
		}
		if out.bytes = binary.BigEndian.AppendUint32(out.bytes, size); size < later {
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
			workers[i].most = int(m.w.share(4).Memory)
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
