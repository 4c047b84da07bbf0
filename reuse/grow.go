package reuse

import "reprint/shingle"

// A sentence of one document may be two of the other. What the second one says is then
// in the passage of the first on one side only, and belongs to it.
const (
	// grownMass is what the sentence beside a reworded passage has to share with the
	// other side, beyond what the passage shares with it, and grownNew the part of its
	// own mass that this is; grownHeld is the part that the other side holds with what
	// the passage shares.
	grownMass = 6
	grownNew  = .3
	grownHeld = .6
)

// grow adds to each reworded block the sentence beside it on one side that says more of
// what the other side says.
func (x *Aligner) grow(blocks []block) {
	for i := range blocks {
		k := &blocks[i]
		if k.Similarity == 0 || k.alike() >= verbatimFrom {
			continue
		}
		if s, ok := x.growth(x.left, x.right, x.ownA, [2]int{k.A, k.AEnd}, [2]int{k.B, k.BEnd}); ok {
			k.A, k.AEnd = min(k.A, s.From), max(k.AEnd, s.To)
		}
		if s, ok := x.growth(x.right, x.left, x.ownB, [2]int{k.B, k.BEnd}, [2]int{k.A, k.AEnd}); ok {
			k.B, k.BEnd = min(k.B, s.From), max(k.BEnd, s.To)
		}
		x.own(k, i)
	}
}

// growth is the sentence right before or after the tokens in of p that says what the
// tokens like of q say beyond them, if there is one. Both sides together are no less
// like each other with it.
func (x *Aligner) growth(p, q *profile, owners []int32, in, like [2]int) (best shingle.Unit, ok bool) {
	before, most, weighed := float32(0), float32(0), false
	for _, s := range p.doc.beside(in) {
		if s.To-s.From < leastWords || p.doc.furniture(s.From, s.To) > 0 || len(inside(x.inside[:0], owners[s.From:s.To])) > 0 {
			continue
		}
		if !weighed {
			x.leftB = q.entries(x.leftB[:0], like[0], like[1])
			before, most = x.against(p, in)
			weighed = true
		}
		held, _ := x.against(p, [2]int{s.From, s.To})
		own := max(1, fullMass(x.leftA))
		if held < grownHeld*own {
			continue
		}
		all, with := x.against(p, [2]int{min(in[0], s.From), max(in[1], s.To)})
		if gain := all - before; gain >= max(grownMass, grownNew*own) && with >= most {
			best, most, ok = s, with, true
		}
	}
	return best, ok
}

// against is the mass that some tokens of p share with what x.leftB holds, and how like
// it they are.
func (x *Aligner) against(p *profile, in [2]int) (mass, like float32) {
	x.leftA = p.entries(x.leftA[:0], in[0], in[1])
	mass = commonMass(x.leftA, x.leftB)
	return mass, mass / geometric(max(1, fullMass(x.leftA)), max(1, fullMass(x.leftB)))
}

// beside returns the sentences right before and after some tokens, headlines left out,
// where those begin and end with a sentence; an empty one else.
func (d *Document) beside(in [2]int) (out [2]shingle.Unit) {
	for i, at := range [...]int{in[0] - 1, in[1]} {
		if at < 0 || at >= d.Text.Len() {
			continue
		}
		s := sentenceAt(&d.Text, at)
		if u := d.Text.Sentences[s]; (u.To == in[0] || u.From == in[1]) && !d.heading(s) {
			out[i] = u
		}
	}
	return out
}
