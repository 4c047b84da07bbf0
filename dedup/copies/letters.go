package copies

import (
	"cmp"
	"encoding/binary"
	"slices"

	"reprint/internal/spill"
)

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
