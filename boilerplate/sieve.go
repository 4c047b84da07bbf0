package boilerplate

// sieveSlots is the number of a Sieve's counters: 16 MiB of them part the
// runs of some 100,000 articles well, and let through more of a larger
// collection. sieveBits is that of its bits, 8 MiB.
const (
	sieveSlots = 1 << 22
	sieveBits  = 1 << 26
)

// Sieve tells in a first pass which runs of words can be furniture, so that
// a Learner need not sort all the others: hardly one in ten stands on several
// days. Of each slot, which many pairs of run and source share, it counts how
// often the day changed. That is never less than the days on which any of
// them was added, whatever the order, so that no furniture falls through.
type Sieve struct {
	slot []uint32 // the last day in 20 bits, the changes in 12
	bit  []uint64 // runs that some source may have printed often enough
}

// Add counts the runs of one article.
func (s *Sieve) Add(site uint64, day int, grams []uint64) {
	if site == 0 {
		return
	}
	if s.slot == nil {
		s.slot, s.bit = make([]uint32, sieveSlots), make([]uint64, sieveBits/64)
	}
	today := uint32(day) << 12
	for _, g := range grams {
		p := &s.slot[sieveSlot(g, site)]
		changes := *p & 0xfff
		if changes == 0 || *p&^0xfff != today {
			changes = min(changes+1, minDays)
			*p = today | changes
		}
		if changes == minDays {
			s.bit[g>>44] |= 1 << (g >> 38 & 63)
		}
	}
}

// Has reports whether some source may have printed a run on enough days.
func (s *Sieve) Has(g uint64) bool { return s.bit != nil && s.bit[g>>44]>>(g>>38&63)&1 != 0 }

func sieveSlot(gram, site uint64) uint64 {
	return (gram ^ (site>>24)*0x9e3779b97f4a7c15) >> 42
}
