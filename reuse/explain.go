package reuse

import "reprint/shingle"

// Counted is a run of words that two documents have in common, or all of the
// sentences around some that are nearly the same, and what it adds to the
// evidence.
type Counted struct {
	A, B   shingle.Span
	Words  int
	Own    float64 // words that may be evidence: outside furniture, quotations and titles, without the toll
	Docs   int     // documents that hold the rarest part that is known
	Held   float64 // what the sentences around it have in common, 0 to 1; not asked where all runs together are too short
	Weight float64 // what it adds
}

// Explain is Compare and says of every run what it added to the evidence, in
// the order of the left document, and after the runs of every sentence what
// agrees in it beyond them. Runs that are mere phrases are not counted, and
// neither are they listed; nor are stretches of noisy text (stretch.go), which
// add to the evidence where runs do not.
func (x *Aligner) Explain(b *Document, seeds []Seed) (Match, []Counted) {
	x.listing, x.listed = true, nil
	m := x.Compare(b, seeds)
	x.listing = false
	return m, x.listed
}

// list notes kept run i that adds weight, if that is asked for.
func (x *Aligner) list(b *Document, i int, weight float64) {
	if x.listing {
		c := x.counted(b, i)
		c.Held, c.Weight = x.heldAround(b, x.kept[i]), weight
		x.listed = append(x.listed, c)
	}
}

// listShort notes runs that are too short together to be weighed.
func (x *Aligner) listShort(b *Document) {
	for i := range x.kept {
		if x.listing {
			c := x.counted(b, i)
			c.Weight = c.Own
			x.listed = append(x.listed, c)
		}
	}
}

func (x *Aligner) counted(b *Document, i int) Counted {
	r := x.kept[i]
	return Counted{
		A: x.a.Text.Span(r.A, r.A+r.N), B: b.Text.Span(r.B, r.B+r.N),
		Words: r.N, Own: x.words(b, i), Docs: int(x.runDocs(r)),
	}
}
