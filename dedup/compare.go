package dedup

import (
	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/minhash"
	"reprint/reuse"
	"reprint/shingle"
)

// Pair is two documents compared on their own.
type Pair struct {
	A, B           *corpus.Document
	Match          Match
	MarksA, MarksB []boilerplate.Mark
	WordsA, WordsB int
	Runs           []reuse.Counted // what the evidence is made of
	Keys           int             // rare-run keys that both hold
	Estimate       float64         // of the Jaccard, by the signatures
	Bands          int             // bands in which the signatures agree, of BandsOf
	BandsOf        int
	Chance         float64 // that a pair of this Jaccard shares a band
}

// Compare compares two documents without a collection: every run of words
// they share counts as rare, unless Options.Archive knows it. Furniture is what
// the rules and Options.Furniture say. a is the left one, see reuse.Aligner.Compare.
func Compare(a, b *corpus.Document, o Options) (*Pair, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	o = o.filled()
	bg := background{}
	if o.Furniture != nil {
		bg.learnt = o.Furniture.Learnt()
	}
	p := &Pair{A: a, B: b, BandsOf: bands.B}
	marker := boilerplate.PageMarker{Marker: boilerplate.Marker{Rules: o.Rules, Learnt: bg.learnt}}
	left, right := newSide(a, &marker), newSide(b, &marker)
	p.MarksA, p.MarksB = left.marks, right.marks
	p.WordsA, p.WordsB = left.doc.Text.Len(), right.doc.Text.Len()
	var x reuse.Aligner
	x.Left(&left.doc)
	p.Match = Match{A: 0, B: 1, IDA: a.ID, IDB: b.ID}
	if a.Text == b.Text {
		p.Match.Match = x.Equal(&right.doc)
	} else {
		p.Match.Match, p.Runs = x.Explain(&right.doc, o.seeds(&left.doc, &right.doc))
	}
	direction(&p.Match, left.entry(a), right.entry(b))
	p.Keys = shingle.Shared(shingle.Set(left.keys), shingle.Set(right.keys))
	p.Estimate = left.signature.Similarity(right.signature)
	p.Bands = shingle.Shared(shingle.Set(bands.AppendKeys(nil, left.signature.Lanes())), shingle.Set(bands.AppendKeys(nil, right.signature.Lanes())))
	p.Chance = bands.Probability(p.Match.Jaccard)
	return p, nil
}

// side is what Compare computes of one document.
type side struct {
	doc       reuse.Document
	marks     []boilerplate.Mark
	credit    []string
	keys      []uint64
	signature minhash.Signature
}

// entry is what the direction needs to know of the document.
func (s *side) entry(d *corpus.Document) *entry {
	return &entry{Info: Info{Published: d.Published}, credit: s.credit}
}

func newSide(d *corpus.Document, marker *boilerplate.PageMarker) *side {
	s := &side{signature: minhash.New(bands.B * bands.R)}
	var z shingle.Tokenizer
	t := &s.doc.Text
	z.Tokenize(t, d.Text)
	s.doc.Site = boilerplate.SiteHash(d.Site)
	if day, ok := d.Published.Day(); ok {
		s.doc.Day = day
	}
	found := boilerplate.Breadcrumb(marker.Rules.Find(nil, d.Text, t), d.Text, d.URL, t)
	stretches := marker.Furniture(nil, d.Text, t, found, s.doc.Site)
	s.doc.Mask = mask(make([]bool, t.Len()), stretches)
	s.marks = marker.Marks(nil, d.Text, t, stretches)
	s.credit = marker.Rules.Agencies(t, found, d.Author)
	var scratch []uint64
	for _, k := range s.doc.Keys(nil, &scratch) {
		s.keys = append(s.keys, k.Hash)
	}
	s.signature.FoldFunc(shingle.Append(nil, t.Hash, shingleWords), shingle.Second)
	return s
}

// seeds are those that a scan of a and b alone would find, with what the
// archive says of them; nil without an archive. It sets the rarities of both.
func (o *Options) seeds(a, b *reuse.Document) []reuse.Seed {
	if o.Archive == nil {
		return nil
	}
	var known reuse.Frequencies
	known.Know(o.Archive)
	a.Rarity, b.Rarity = known.Rarities(nil, &a.Text, nil), known.Rarities(nil, &b.Text, nil)
	seeds := []reuse.Seed{}
	var scratch []uint64
	inBoth(a.Keys(nil, &scratch), b.Keys(nil, &scratch), func(k reuse.Key) {
		seeds = append(seeds, reuse.Seed{Pos: k.Pos, Docs: max(2, o.Archive.Run(k.Hash).Docs())})
	})
	inBoth(a.Couples(nil), b.Couples(nil), func(k reuse.Key) {
		seeds = append(seeds, reuse.Seed{Pos: k.Pos, Docs: 2, Couple: true})
	})
	return seeds
}

// inBoth yields the keys of a that b has, too.
func inBoth(a, b []reuse.Key, yield func(reuse.Key)) {
	has := make(map[uint64]bool, len(b))
	for _, k := range b {
		has[k.Hash] = true
	}
	for _, k := range a {
		if has[k.Hash] {
			yield(k)
		}
	}
}
