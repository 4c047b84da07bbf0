package blocks

// topics counts in how many prose blocks of a page each stem stands: open
// addressing, cleared by a stamp that changes from page to page.
type topics struct {
	slot []topic
	page uint32
}

type topic struct {
	stem, page  uint32
	block, many int32 // the last block that held it, and how many did
}

func (m *topics) reset(stems int) {
	size := 64
	for size < 2*stems {
		size *= 2
	}
	if m.page++; size > len(m.slot) || m.page == 0 {
		m.slot, m.page = make([]topic, size), 1
	}
}

func (m *topics) at(stem uint32) *topic {
	mask := uint32(len(m.slot) - 1)
	s := stem * 0x9e3779b1 >> 7 & mask
	for m.slot[s].page == m.page && m.slot[s].stem != stem {
		s = (s + 1) & mask
	}
	return &m.slot[s]
}

// add counts a stem of prose block b.
func (m *topics) add(stem uint32, b int) {
	s := m.at(stem)
	if s.page != m.page {
		*s = topic{stem: stem, page: m.page, block: -1}
	}
	if s.block != int32(b) {
		s.block = int32(b)
		s.many++
	}
}

// count returns how many prose blocks hold a stem.
func (m *topics) count(stem uint32) int32 {
	if s := m.at(stem); s.page == m.page {
		return s.many
	}
	return 0
}

// topicBytes is the least length of a word that may be of the topic.
const topicBytes = 5

// topics finds how much each block shares with the page's prose: of its longer
// words that are no function words those that another prose block holds.
func (p *Page) topics() {
	t := p.t
	p.topic.reset(t.Len())
	each := func(i int, do func(stem uint32)) {
		for k := p.blocks[i].from; k < p.blocks[i].to; k++ {
			if t.End[k]-t.Start[k] >= topicBytes && !p.language.Has(t.Hash[k]) {
				do(t.Stem[k])
			}
		}
	}
	for i := range p.blocks {
		if p.blocks[i].prose {
			each(i, func(stem uint32) { p.topic.add(stem, i) })
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		own := one(b.prose)
		n, shared, graded := 0, 0, 0
		each(i, func(stem uint32) {
			n++
			if c := p.topic.count(stem) - own; c > 0 {
				shared++
				graded += int(min(c, 3))
			}
		})
		b.topic, b.topic3 = -1, -1
		if n > 0 {
			b.topic, b.topic3 = share(shared, n), share(graded, 3*n)
		}
	}
}
