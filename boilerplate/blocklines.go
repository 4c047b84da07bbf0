package boilerplate

import (
	"cmp"
	"slices"
	"strings"

	"reprint/internal/blocks"
	"reprint/shingle"
)

// Blocks that several pages of a source hold become lines of the furniture file,
// if they are furniture: a page that holds one is looked at with the model of
// blocks, up to blockLooks pages until one says so. The others, such as a heading
// that stands on two pages, are what articles say.

// blockLooks is on how many pages a block is looked at.
const blockLooks = 3

// BlockGallery turns blocks that sources repeat back into words, from pages in a
// fixed order.
type BlockGallery struct {
	learnt   *Learnt
	lines    []blockLine // by key
	docs     []uint64
	page     blocks.Page
	patterns []Pattern
}

// blockLine is a block that is not yet shown.
type blockLine struct {
	key         uint64
	pages, days int
	place       blocks.Place
	shown       bool
}

// NewBlockGallery returns an empty gallery of the blocks that t knows from l. Cost:
// a pass over the records of l.
func NewBlockGallery(t *Learnt, l *PageLearner) (*BlockGallery, error) {
	g := &BlockGallery{learnt: t}
	err := l.each(func(of *pageCount) {
		if of.block == 0 || t.pages.hold(of.block, of.site) < min(of.pages, mostPages) {
			return
		}
		g.lines = append(g.lines, blockLine{key: pageKey(of.block, of.site), pages: of.pages, days: of.days, place: of.place()})
		for _, r := range of.first {
			g.docs = append(g.docs, r.doc)
		}
	})
	slices.SortFunc(g.lines, func(a, b blockLine) int { return cmp.Compare(a.key, b.key) })
	slices.Sort(g.docs)
	g.docs = slices.Compact(g.docs)
	return g, err
}

// Documents returns the documents in which there is something to see, ascending.
func (g *BlockGallery) Documents() []uint64 { return g.docs }

// Add looks at one of them; t is its text tokenised.
func (g *BlockGallery) Add(source, text string, t *shingle.Text) {
	if IsPage(t) {
		g.add(SiteHash(source), source, text, t)
	}
}

func (g *BlockGallery) add(site uint64, source, text string, t *shingle.Text) {
	s := g.learnt.source(site)
	for i, kind := range g.page.Furniture(blocks.Shipped(), text, t, s) {
		u := t.Paragraphs[i]
		if kind == "" || u.End-u.Start > maxBlockBytes {
			continue
		}
		at, ok := slices.BinarySearchFunc(g.lines, pageKey(blocks.Hash(t, u.From, u.To), site), func(l blockLine, k uint64) int { return cmp.Compare(l.key, k) })
		if !ok || g.lines[at].shown {
			continue
		}
		l := &g.lines[at]
		l.shown = true
		g.patterns = append(g.patterns, Pattern{
			Source: source, Text: strings.Clone(text[u.Start:u.End]), Kind: Kind(kind),
			Articles: l.pages, Days: l.days, Position: placeNames[l.place],
			Decision: "strip", By: "learnt", Block: true, Pages: s.Pages,
		})
	}
}

// Furniture returns runs, what a [Gallery] gathered, with the blocks that were
// gathered. What both found in as many articles is one line.
func (g *BlockGallery) Furniture(runs *Furniture) *Furniture {
	f := &Furniture{Patterns: slices.Clone(runs.Patterns)}
	at := map[patternID]int{}
	for i, p := range f.Patterns {
		at[patternID{source: p.Source, text: p.Text}] = i
	}
	for _, p := range g.patterns {
		i, ok := at[patternID{source: p.Source, text: p.Text}]
		if ok && f.Patterns[i].Articles == p.Articles {
			f.Patterns[i].Pages, f.Patterns[i].Position = p.Pages, p.Position
			continue
		}
		f.Patterns = append(f.Patterns, p)
	}
	f.sort()
	return f
}

// pagesOf returns on how many pages of each source blocks of a furniture file stand
// that are stripped; hash returns the hash of a pattern as a block.
func pagesOf(list []Pattern, hash func(*Pattern) uint64) *pageSet {
	p := &pageCounts{sites: map[uint64]int{}, least: leastPages}
	for i := range list {
		if l := &list[i]; l.counted() {
			site := SiteHash(l.Source) &^ 0xffffff
			p.sites[site] = max(p.sites[site], l.Pages)
		}
	}
	for i := range list {
		if l := &list[i]; l.counted() {
			p.add(SiteHash(l.Source), hash(l), l.Articles, l.place())
		}
	}
	if len(p.keys) == 0 {
		return nil
	}
	return p.pages()
}

// counted reports whether the pattern tells on how many pages of a source a block
// stands, which is for the model of blocks to weigh. A person's goes all the same.
func (p *Pattern) counted() bool {
	return p.Decision == "strip" && p.Pages >= leastPages && p.Source != "*"
}

// placeNames are the positions of blocks that pages hold.
var placeNames = [...]string{0: "middle", blocks.Head: "head", blocks.Tail: "tail"}

// place returns where the pages of its source hold a pattern that is counted on them.
func (p *Pattern) place() blocks.Place {
	if !p.counted() {
		return 0
	}
	return blocks.Place(max(0, slices.Index(placeNames[:], p.Position)))
}

// wholeBlocks appends what is known of the blocks of a text, each with its number
// in place of its first token.
func (t *Learnt) wholeBlocks(dst []Hit, text *shingle.Text, site uint64) []Hit {
	if t == nil || !t.blocks || site == 0 && !t.all {
		return dst
	}
	for i, u := range text.Paragraphs {
		if s, ok := t.find(blocks.Hash(text, u.From, u.To), site); ok {
			dst = append(dst, Hit{i, s})
		}
	}
	return dst
}

// repeatedBlocks sets what the source repeats as blocks of their own.
func (m *Marker) repeatedBlocks(t *shingle.Text, site uint64) {
	m.hits = m.Learnt.wholeBlocks(m.hits[:0], t, site)
	for _, h := range m.hits {
		c := m.Learnt.counts(h.slot)
		if c.Days == 0 {
			continue
		}
		this := m.counted(c)
		for k := t.Paragraphs[h.at].From; k < t.Paragraphs[h.at].To; k++ {
			m.told[k].count = this
		}
	}
}

// wantBlocks adds to wanted the blocks that a person wants to keep.
func (m *Marker) wantBlocks(t *shingle.Text, site uint64) {
	m.hits = m.Learnt.wholeBlocks(m.hits[:0], t, site)
	for _, h := range m.hits {
		if m.Learnt.count[h.slot].kept() {
			m.wanted = append(m.wanted, run{t.Paragraphs[h.at].From, t.Paragraphs[h.at].To})
		}
	}
}

// blockLeft reports whether what is left of a text has a block that goes.
func (m *Marker) blockLeft(site uint64) bool {
	m.hits = m.Learnt.wholeBlocks(m.hits[:0], &m.left, site)
	return slices.ContainsFunc(m.hits, func(h Hit) bool { return m.Learnt.counts(h.slot).Days > 0 })
}
