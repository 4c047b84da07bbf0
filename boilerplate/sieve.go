package boilerplate

import (
	"math/bits"
	"slices"

	"reprint/internal/wide"
)

const (
	// Of a run's hash the highest bits name its part of a Sieve, the lowest one
	// its bit there, and those above them, joined with the source, its slot. A
	// part, with what waits for it, stays in a processor's second-level cache.
	slotBits   = 15
	partSlots  = 1 << slotBits
	bitBits    = slotBits + 2 // four bits for each slot
	partWords  = 1 << bitBits / 64
	waitBits   = slotBits - 3 // as many wait for a part, at most
	waitSlot   = dayBits
	waitBit    = waitSlot + slotBits
	partBytes  = 2*partSlots + 8*partWords + 8*stride + 2
	leastParts = 2

	slotsInLine = 32 // of a cache

	// stride is how far apart the parts' waiting runs begin: not a power of two, or all places
	// that are written to next would share a few of the sets that a processor's caches have.
	stride = 1<<waitBits + 24

	// coarseBits are the most bits of the map that Keep asks first, coarseShare how many it
	// has for each that is set; it stays in a second-level cache.
	coarseBits, coarseShare = 1 << 22, 32

	sieveGrow = 4 // times the parts when there are as many runs as slots

	dayBits = 13
	dayMask = 1<<dayBits - 1
	changed = 1 << dayBits // one change of the day
	enough  = minDays << dayBits
)

// Sieve tells in a first pass which runs of words can be furniture, so that
// a Learner need not sort all the others: hardly one in ten stands on several
// days. Of each slot, which a few pairs of run and source share, it counts how
// often the day changed. That is never less than the days on which any of
// them was added, whatever the order, so that no furniture falls through; but
// for days that lie 22 years apart, and one in some thousands of undated
// articles, which count as one day with the one before.
//
// It has a slot for each run, in some four bytes, as far as its memory reaches. Beyond
// that it lets more through, and the Learner sorts more.
//
// Slots come in parts. What is added waits until there is much of one part, so
// that memory is gone through part by part and not from end to end for every run.
type Sieve struct {
	slot  []uint16 // the last day in 13 bits, the changes in 3
	bit   []uint64 // runs that some source may have printed often enough
	wait  []uint64 // bit, slot and day of runs that were added
	waits []uint16 // how many wait for each part

	coarse []uint64 // a bit for so many of bit: whether one of them is set
	joined uint8    // the binary logarithm of that number

	fetched uint16 // so that fetch is not left out

	shift uint8 // what turns a hash into the number of a part
	limit int   // parts
	room  int   // runs that can be added before it grows
}

// NewSieve returns an empty Sieve for about so many runs, in at most memory
// bytes, or 225 KiB if that is more.
func NewSieve(runs, memory int64) *Sieve {
	s, n := &Sieve{limit: leastParts}, leastParts
	for 2*int64(s.limit)*partBytes <= memory && s.limit < 1<<15 {
		s.limit *= 2
	}
	for int64(n)*partSlots < runs && n < s.limit {
		n *= 2
	}
	s.resize(n)
	return s
}

func (s *Sieve) resize(parts int) {
	s.slot, s.bit = wide.Make[uint16](parts*partSlots), wide.Make[uint64](parts*partWords)
	s.wait, s.waits = wide.Room[uint64](parts*stride), make([]uint16, parts)
	s.shift, s.room = 64, parts*partSlots
	for ; parts > 1; parts /= 2 {
		s.shift--
	}
}

// grow splits every part into several, which begin with what was counted in it.
func (s *Sieve) grow() {
	s.countAll()
	slot, bit, parts := s.slot, s.bit, len(s.waits)
	s.resize(min(sieveGrow*parts, s.limit))
	times := len(s.waits) / parts
	for part := range s.waits {
		copy(s.slots(part)[:], slot[part/times*partSlots:])
		copy(s.bits(part)[:], bit[part/times*partWords:])
	}
}

func (s *Sieve) slots(part int) *[partSlots]uint16 {
	return (*[partSlots]uint16)(s.slot[part*partSlots:])
}

func (s *Sieve) bits(part int) *[partWords]uint64 {
	return (*[partWords]uint64)(s.bit[part*partWords:])
}

// Add counts the runs of one article.
func (s *Sieve) Add(site uint64, day int, grams []uint64) {
	if site == 0 {
		return
	}
	if s.room -= len(grams); s.room < 0 && len(s.waits) < s.limit {
		s.grow()
	}
	of, today := ofSite(site), uint64(day)&dayMask
	wait, waits, shift := s.wait, s.waits, s.shift&63
	for _, g := range grams {
		part := g >> shift
		n := waits[part]
		wait[part*stride+uint64(n)] = g&(1<<bitBits-1)<<waitBit | (g^of)>>bitBits&(partSlots-1)<<waitSlot | today
		if n++; n == 1<<waitBits {
			s.count(int(part), n)
			n = 0
		}
		waits[part] = n
	}
}

// count counts the first n of the runs that wait for a part.
func (s *Sieve) count(part int, n uint16) {
	slots, bits := s.slots(part), s.bits(part)
	if n > partSlots/slotsInLine {
		s.fetched |= fetch(slots)
	}
	for _, w := range s.wait[part*stride:][:n] {
		p, today := &slots[w>>waitSlot&(partSlots-1)], uint16(w&dayMask)
		was := *p
		is := min(was&^dayMask+changed&(onDay(was, today)-1), enough) | today
		*p = is
		if is >= enough {
			b := w >> waitBit & (1<<bitBits - 1)
			bits[b/64] |= 1 << (b % 64)
		}
	}
}

// fetch reads a part from end to end, which a processor does ahead of itself: one place
// after the other, as runs have it, it would wait for most of them.
func fetch(slots *[partSlots]uint16) (all uint16) {
	for i := 0; i < len(slots); i += slotsInLine {
		all |= slots[i]
	}
	return all
}

// onDay is 1 if what a slot counted last was of today, else 0. Half of the slots are empty,
// without order, so that a branch would be taken wrong at every fourth.
func onDay(was, today uint16) uint16 {
	otherDay, counted := uint32(was^today)&dayMask, uint32(was)
	return uint16((otherDay - 1) & (changed - 1 - counted) >> 31)
}

// Settle counts what waits and gives back what is not needed to ask Keep. It is
// called once, after the last Add.
func (s *Sieve) Settle() {
	s.countAll()
	s.slot, s.wait, s.waits = nil, nil, nil
	set := 0
	for _, w := range s.bit {
		set += bits.OnesCount64(w)
	}
	for s.joined = 0; len(s.bit)*64>>s.joined > min(coarseShare*set, coarseBits); {
		s.joined++
	}
	s.coarse = make([]uint64, (len(s.bit)>>s.joined)+1)
	for i, w := range s.bit {
		for ; w != 0; w &= w - 1 {
			b := (i*64 + bits.TrailingZeros64(w)) >> s.joined
			s.coarse[b/64] |= 1 << (b % 64)
		}
	}
}

// countAll counts what waits.
func (s *Sieve) countAll() {
	for part, n := range s.waits {
		s.count(part, n)
		s.waits[part] = 0
	}
}

// has reports whether some source may have printed a run on enough days.
func (s *Sieve) has(g uint64) bool {
	b := s.place(g)
	return s.bit[b/64]>>(b%64)&1 != 0
}

// place returns the number of a run's bit.
func (s *Sieve) place(g uint64) uint64 { return g>>s.shift<<bitBits | g&(1<<bitBits-1) }

// Keep appends to dst the places in grams of the runs that some source may have
// printed on enough days.
func (s *Sieve) Keep(dst []uint32, grams []uint64) []uint32 {
	first := len(dst)
	dst = slices.Grow(dst, len(grams)+1)[:first+len(grams)+1]
	maybe, n := dst[first:], 0
	coarse, shift, joined := s.coarse, s.shift&63, s.joined&63
	for i, g := range grams {
		maybe[n] = uint32(i)
		b := (g>>shift<<bitBits | g&(1<<bitBits-1)) >> joined
		n += int(coarse[b/64] >> (b % 64) & 1)
	}
	maybe, n = maybe[:n], 0
	for _, i := range maybe {
		if s.has(grams[i]) {
			maybe[n] = i
			n++
		}
	}
	return dst[:first+n]
}
