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
	block  int  // of the box, in which they stand
	at, n  int  // from this byte on, so many
}

// opener opens boxes. What is in one is compared sender by sender, since of a crowd one document
// writes to all the others and is made ready for them once.
type opener struct {
	measurer
	most     int // bytes of units, of senders and receivers, that are held together
	from, to text
	units    []byte            // of the receivers, and of senders that are near
	at       map[uint64][2]int // where they stand there
	order    []int32           // letters by sender
	mail     []byte            // of the box, or what is held of it
	letter   []letter
}

// keptBytes bounds what a worker keeps of the memory for one box's units.
const keptBytes = 4 << 20

// open measures the pairs of one box, in as many turns as it takes to hold the texts.
func (x *opener) open(f *spill.BlockFile, box uint32, t *texts) ([]edge, error) {
	letters, held, err := x.letters(f, box)
	if err != nil {
		return nil, err
	}
	edges := make([]edge, len(letters))
	for done := 0; done < len(letters); {
		n, err := x.read(letters[done:], held, t)
		some := letters[done : done+n]
		if err == nil && !held {
			err = x.fill(some, f, box)
		}
		if err != nil {
			return nil, err
		}
		x.compare(some, edges[done:])
		done += n
	}
	return edges, nil
}

// compare measures the pairs of letters whose texts are at hand.
func (x *opener) compare(letters []letter, edges []edge) {
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
}

// of is what was read of a document.
func (x *opener) of(doc uint64) []byte {
	at := x.at[doc]
	return x.units[at[0]:at[1]]
}

// read reads the receivers of letters, which come by them, and the senders that are near: of
// the first letter and of as many others as there is room for, beside the units of the letters
// unless these are held already. It returns how many these are.
func (x *opener) read(letters []letter, held bool, t *texts) (n int, err error) {
	if x.at == nil {
		x.at = make(map[uint64][2]int)
	}
	if clear(x.at); cap(x.units) > keptBytes {
		x.units = nil
	}
	x.units = x.units[:0]
	mail := 0
	for ; n < len(letters) && (n == 0 || len(x.units)+mail < x.most); n++ {
		l := &letters[n]
		if !held {
			mail += l.n
		}
		if err := x.fetch(l.to, t); err != nil {
			return n, err
		}
		if !l.absent {
			continue
		}
		if err := x.fetch(l.from, t); err != nil {
			return n, err
		}
	}
	for i := range letters[:n] {
		if l := &letters[i]; l.absent {
			l.units = x.of(l.from)
		}
	}
	return n, nil
}

// fill reads the units of letters of a box that is too large to be held.
func (x *opener) fill(letters []letter, f *spill.BlockFile, box uint32) error {
	size := 0
	x.order = x.order[:0]
	for i := range letters {
		if size += letters[i].n; !letters[i].absent {
			x.order = append(x.order, int32(i))
		}
	}
	slices.SortFunc(x.order, func(p, q int32) int {
		return cmp.Or(cmp.Compare(letters[p].block, letters[q].block), cmp.Compare(letters[p].at, letters[q].at))
	})
	blocks, block, mail := f.Blocks(box), []byte(nil), make([]byte, 0, size)
	last := &letter{block: -1}
	for _, i := range x.order {
		l := &letters[i]
		if l.block == last.block && l.at == last.at {
			l.units = last.units
			continue
		}
		if l.block != last.block {
			var err error
			if block, err = f.Read(blocks[l.block], block); err != nil {
				return err
			}
		}
		mail = append(mail, block[l.at:l.at+l.n]...)
		l.units = mail[len(mail)-l.n:]
		last = l
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

// letters reads a box and sorts what is in it by receivers and senders. held says that the
// units of the senders that are not near are at hand; a box that is too large for that is gone
// through for the letters alone.
func (x *opener) letters(f *spill.BlockFile, box uint32) (list []letter, held bool, err error) {
	blocks, size, longest := f.Blocks(box), 0, 0
	for _, block := range blocks {
		size, longest = size+block.Size, max(longest, block.Size)
	}
	if held = size <= x.most; !held {
		size = longest
	}
	if cap(x.mail) < size || cap(x.mail) > keptBytes {
		x.mail = make([]byte, 0, size)
	}
	x.letter = x.letter[:0]
	at, last := 0, -1
	for i, block := range blocks {
		b, err := f.Read(block, x.mail[at:at:at+block.Size])
		if err == nil {
			last, err = x.unpack(b, i, last)
		}
		if err != nil {
			return nil, false, err
		}
		if held {
			at += block.Size
		}
	}
	slices.SortFunc(x.letter, func(p, q letter) int {
		return cmp.Or(cmp.Compare(p.to, q.to), cmp.Compare(p.from, q.from))
	})
	return x.letter, held, nil
}

// unpack takes the letters of a block. It is given and returns which one is the last with units;
// -1: none.
func (x *opener) unpack(b []byte, block, last int) (int, error) {
	u := binary.BigEndian
	for at := 0; len(b)-at >= mailHead; {
		head := b[at : at+mailHead]
		l := letter{ask: ask{to: u.Uint64(head), from: u.Uint64(head[8:]), mark: u.Uint64(head[16:])}}
		n := int64(u.Uint32(head[24:]))
		at += mailHead
		switch {
		case n == near:
			l.absent = true
		case n == same && (last < 0 || x.letter[last].from != l.from) || n < same && n > int64(len(b)-at):
			return last, errTokens
		case n == same:
			of := &x.letter[last]
			l.units, l.block, l.at, l.n = of.units, of.block, of.at, of.n
		default:
			l.units, l.block, l.at, l.n = b[at:at+int(n)], block, at, int(n)
			at += int(n)
			last = len(x.letter)
		}
		x.letter = append(x.letter, l)
	}
	return last, nil
}
