package boilerplate

import "math/bits"

const (
	// sieveBytes is what a slot of a Sieve and its bits take, in half bytes.
	sieveBytes = 5

	leastSlots = 1 << 16
	sieveGrow  = 4 // times the slots when there are as many runs as slots

	dayBits  = 13
	dayMask  = 1<<dayBits - 1
	changed  = 1 << dayBits // one change of the day
	enough   = minDays << dayBits
	bitShift = 2 // four bits for each slot
)

// Sieve tells in a first pass which runs of words can be furniture, so that
// a Learner need not sort all the others: hardly one in ten stands on several
// days. Of each slot, which a few pairs of run and source share, it counts how
// often the day changed. That is never less than the days on which any of
// them was added, whatever the order, so that no furniture falls through; but
// for days that lie 22 years apart, and one in some thousands of undated
// articles, which count as one day with the one before.
//
// It has a slot for each run, in two and a half bytes, as far as its memory
// reaches. Beyond that it lets more through, and the Learner sorts more.
type Sieve struct {
	slot  []uint16 // the last day in 13 bits, the changes in 3
	bit   []uint64 // runs that some source may have printed often enough
	shift uint8    // what turns a hash into the number of a slot
	limit int      // slots
	room  int      // runs that can be added before it grows
	at    []uint32 // slots of one article's runs
	touch uint16
}

// NewSieve returns an empty Sieve for about so many runs, in at most memory
// bytes, or 160 KiB if that is more.
func NewSieve(runs, memory int64) *Sieve {
	s := &Sieve{limit: leastSlots}
	for int64(s.limit)*sieveBytes <= memory && s.limit < 1<<30 {
		s.limit *= 2
	}
	n := leastSlots
	for int64(n) < runs && n < s.limit {
		n *= 2
	}
	s.resize(n)
	return s
}

func (s *Sieve) resize(slots int) {
	s.slot, s.bit = make([]uint16, slots), make([]uint64, slots<<bitShift/64)
	s.shift, s.room = uint8(64-bits.Len(uint(slots-1))), slots
}

// grow splits every slot into several, which begin with what was counted in it.
func (s *Sieve) grow() {
	slot, bit := s.slot, s.bit
	s.resize(min(sieveGrow*len(slot), s.limit))
	times := len(s.slot) / len(slot)
	for i := range s.slot {
		s.slot[i] = slot[i/times]
	}
	for i := range len(s.bit) * 64 {
		s.bit[i/64] |= bit[i/times/64] >> (i / times % 64) & 1 << (i % 64)
	}
}

// Add counts the runs of one article.
func (s *Sieve) Add(site uint64, day int, grams []uint64) {
	if site == 0 {
		return
	}
	if s.room -= len(grams); s.room < 0 && len(s.slot) < s.limit {
		s.grow()
	}
	s.find(site, grams)
	today := uint16(day) & dayMask
	for i, at := range s.at {
		p := &s.slot[at]
		if *p < changed || *p&dayMask != today {
			*p = min(*p&^dayMask+changed, enough) | today
		}
		if *p >= enough {
			b := grams[i] >> (s.shift - bitShift)
			s.bit[b/64] |= 1 << (b % 64)
		}
	}
}

// find fills in the slots of an article's runs. It also looks at each, so
// that they come from memory many at a time: what Add does next depends on
// what stands in them, and a processor would wait for one after the other.
func (s *Sieve) find(site uint64, grams []uint64) {
	of := (site >> 24) * 0x9e3779b97f4a7c15
	s.at = s.at[:0]
	for _, g := range grams {
		s.at = append(s.at, uint32((g^of)>>s.shift))
	}
	for _, at := range s.at {
		s.touch += s.slot[at]
	}
}

// Has reports whether some source may have printed a run on enough days.
func (s *Sieve) Has(g uint64) bool {
	b := g >> (s.shift - bitShift)
	return s.bit[b/64]>>(b%64)&1 != 0
}

// Keep returns the runs that Has, in memory of their own.
func (s *Sieve) Keep(grams []uint64) []uint64 {
	n := 0
	for _, g := range grams {
		b := g >> (s.shift - bitShift)
		n += int(s.bit[b/64] >> (b % 64) & 1)
	}
	kept := make([]uint64, 0, n)
	for _, g := range grams {
		if s.Has(g) {
			kept = append(kept, g)
		}
	}
	return kept
}
