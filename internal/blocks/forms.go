package blocks

// Blocks of one form, such as the headings of a live ticker, the names above
// answers or the teasers of a list, are told from others by how many of them a
// page has and by what stands around them.
const (
	formSizes = 5
	formBits  = 6
	numForms  = formSizes << formBits
)

// formOf returns what the block has in common with others of its sort: its size,
// and how it begins, ends and is written.
func (b *block) formOf() (f int) {
	for _, least := range [formSizes - 1]int{2, 4, 8, proseWords} {
		f += int(one(b.words >= least))
	}
	for _, x := range [formBits]bool{b.ends, b.colon, b.numbered, b.bracket, 2*b.upper > b.letters, b.caps == b.words} {
		f = 2*f + int(one(x))
	}
	return f
}

// forms counts blocks by their form: all, those before prose, those behind it.
type forms struct{ all, before, behind [numForms]int32 }

func (p *Page) countForms() {
	p.forms = forms{}
	for i := range p.blocks {
		b := &p.blocks[i]
		b.form = b.formOf()
		p.forms.all[b.form]++
		p.forms.before[b.form] += one(p.at(i + 1).prose)
		p.forms.behind[b.form] += one(p.at(i - 1).prose)
	}
}

// beforeProse returns of the other blocks of its form the share that stands
// before prose, below 0 if there is no other.
func (p *Page) beforeProse(i int) float32 {
	f := p.blocks[i].form
	others := int(p.forms.all[f] - 1)
	if others == 0 {
		return -1
	}
	return share(int(p.forms.before[f]-one(p.at(i+1).prose)), others)
}

// againWords is the length of the runs of words by which a block is found in
// others.
const againWords = 3

// again finds how much of every block stands in others of the page as well: a
// quotation or sentence set off, a title in a list of links.
func (p *Page) again() {
	hash := p.t.Hash
	run := func(k int) uint32 {
		h := hash[k]
		for _, w := range hash[k+1 : k+againWords] {
			h = h*0x9e3779b97f4a7c15 ^ w
		}
		return uint32(h * 0x9e3779b97f4a7c15 >> 32)
	}
	p.grams.reset(len(hash))
	for i := range p.blocks {
		for k := p.blocks[i].from; k+againWords <= p.blocks[i].to; k++ {
			p.grams.add(run(k), i)
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		hits := int32(0)
		for k := b.from; k+againWords <= b.to; k++ {
			hits += one(p.grams.count(run(k)) > 1)
		}
		b.again = -1
		if n := b.words - againWords + 1; n > 0 {
			b.again = share(int(hits), n)
		}
	}
}

// stretch is a run of blocks [from, to).
type stretch struct{ from, to int }

// densest returns the run of blocks whose worths have the largest sum, none if
// no worth is above 0.
func densest(n int, worth func(i int) float32) (best stretch) {
	most, sum, from := float32(0), float32(0), 0
	for i := range n {
		if sum += worth(i); sum <= 0 {
			sum, from = 0, i+1
		} else if sum > most {
			most, best = sum, stretch{from, i + 1}
		}
	}
	return best
}

// off returns how far block i stands before (below 0) or behind s.
func (s stretch) off(i int) float32 {
	switch {
	case s.to == 0:
		return farOff
	case i < s.from:
		return -logOf(s.from - i)
	case i >= s.to:
		return logOf(i - s.to + 1)
	}
	return 0
}

const farOff = -1000

// bodies finds where the article is, most likely: by its sentences, and by its
// words.
func (p *Page) bodies() {
	p.body = densest(len(p.blocks), func(i int) float32 {
		switch b := &p.blocks[i]; {
		case b.prose:
			return 4
		case b.ends && b.words >= 6:
			return 1
		}
		return -1
	})
	p.worded = densest(len(p.blocks), func(i int) float32 {
		b := &p.blocks[i]
		return flag(b.prose) - max(-3, min(3, b.score))
	})
}
