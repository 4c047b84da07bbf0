package report

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
)

// How much is kept for people: pairs and texts as many as may fit into the page. A page of
// some thousand rows is still quick to search; beyond that, matches.jsonl is the place to
// look.
const (
	maxPairs      = roomRows / rowMarkup // of all kinds of reuse together
	surePairs     = 500                  // of these, of each kind, however telling the others are
	maxSilent     = 150                  // of each kind that is no reuse
	maxSamples    = 10                   // of these, with both texts in any case
	maxTextBytes  = maxPage - roomRest
	maxTextShown  = 120 << 10 // of one text
	maxClusters   = 500
	maxMembers    = 24
	maxPassages   = 300
	maxSnippet    = 600
	maxLead       = 110
	maxSources    = 4096
	maxSourceRuns = 1 << 14 // pairs of sources
)

// pair is a match with what is known of its documents.
type pair struct {
	*dedup.Match
	a, b dedup.Info
}

// across tells whether the two come from different sources.
func (p *pair) across() bool { return source(&p.a) != source(&p.b) }

// share is that of the document of which the other holds more.
func (p *pair) share() float64 { return max(p.ShareA, p.ShareB) }

// shared counts the bytes of a that stand in passages.
func (p *pair) shared() int {
	n := 0
	for i := range p.Passages {
		n += p.Passages[i].A.End - p.Passages[i].A.Start
	}
	return n
}

// source names where a document comes from: "" is not known.
func source(i *dedup.Info) string { return cmp.Or(i.Source, i.Site) }

// rank sorts pairs into classes by what an editor wants to see first: copies
// between houses, parts that one took from the other, then the same within a
// house, then what looks alike and is no reuse.
func (p *pair) rank() int {
	r := 0
	switch {
	case !p.Kind.Reuse():
		return 4
	case !p.Kind.Copy():
		r = 1
	}
	if !p.across() {
		r += 2
	}
	return r
}

// byInterest orders pairs: class, share, length of the shared text, then
// input order.
func byInterest(p, q pair) int {
	return cmp.Or(
		cmp.Compare(p.rank(), q.rank()),
		cmp.Compare(round(q.share()), round(p.share())),
		cmp.Compare(q.shared(), p.shared()),
		cmp.Compare(p.A, q.A),
		cmp.Compare(p.B, q.B),
	)
}

// cluster is a group with the first of its members.
type cluster struct {
	*dedup.Cluster
	shown []dedup.Info // the one kept first
}

func bySize(p, q cluster) int {
	return cmp.Or(cmp.Compare(len(q.Members), len(p.Members)), cmp.Compare(p.Number, q.Number))
}

// passage is a recurrence with the beginning of its words.
type passage struct {
	kind           string
	count, sources int
	bytes          int // of all its words
	text           string
	at             []dedup.Place // the first few
	shown          []dedup.Info  // their documents, looked up at the end
	number         int           // in passages.jsonl among its like, from 1
}

// byWeight orders recurrences by the bytes that are there more than once.
func byWeight(p, q passage) int {
	return cmp.Or(
		cmp.Compare((q.count-1)*q.bytes, (p.count-1)*p.bytes),
		cmp.Compare(p.number, q.number),
	)
}

// sourceCount is what is known of a source.
type sourceCount struct {
	name       string
	documents  int
	reused     int // documents with a match of reuse
	first      int // matches of reuse with another source, in which it was first
	later      int // in which the other one was
	text, gone int64
}

// article is a document whose words the page shows.
type article struct {
	info  dedup.Info
	text  string
	cut   bool // more of it is left out
	marks []boilerplate.Mark
}

// bits is a set of document numbers.
type bits []uint64

func (s *bits) set(n int) {
	for n/64 >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[n/64] |= 1 << (n % 64)
}

func (s bits) has(n int) bool { return n/64 < len(s) && s[n/64]>>(n%64)&1 == 1 }

// gathered is what one run through the results keeps for people. Its size
// does not depend on that of the collection, but for a bit a document and a
// counter a day.
type gathered struct {
	pairs    map[reuse.Kind]*best[pair] // those that are listed in any case
	reuses   *best[pair]                // of all kinds of reuse
	order    []pair                     // all of them, when they are in order
	clusters *best[cluster]
	passages *best[passage]
	gallery  gallery
	sources  map[string]*sourceCount
	between  map[[2]string]int // matches of reuse between two sources, in the order of their names
	shares   [20]int           // matches of reuse by share, in steps of .05
	days     map[int][2]int    // documents, and those with reuse, by day since 1970
	reused   bits
	chosen   map[[2]int]bool // pairs of documents shown with both texts; true: in any case
	texts    map[int]*article
	leads    map[int]string // how documents without title begin, of those in lists
}

func newGathered() *gathered {
	g := &gathered{
		pairs:    map[reuse.Kind]*best[pair]{},
		reuses:   &best[pair]{max: maxPairs, order: byInterest},
		clusters: &best[cluster]{max: maxClusters, order: bySize},
		passages: &best[passage]{max: maxPassages, order: byWeight},
		gallery:  newGallery(),
		sources:  map[string]*sourceCount{},
		between:  map[[2]string]int{},
		days:     map[int][2]int{},
		chosen:   map[[2]int]bool{},
		texts:    map[int]*article{},
		leads:    map[int]string{},
	}
	for _, k := range kinds {
		n := maxSilent
		if k.Reuse() {
			n = surePairs
		}
		g.pairs[k] = &best[pair]{max: n, order: byInterest}
	}
	return g
}

// match counts a match and keeps it if it is telling.
func (g *gathered) match(p pair) {
	if list := g.pairs[p.Kind]; list != nil {
		list.add(p)
		g.order = nil
	}
	if !p.Kind.Reuse() {
		return
	}
	g.reuses.add(p)
	g.reused.set(p.A)
	g.reused.set(p.B)
	g.shares[min(max(int(p.share()*20), 0), 19)]++
	if !p.across() {
		return
	}
	a, b := source(&p.a), source(&p.b)
	switch p.First {
	case "a":
		g.source(a).first++
		g.source(b).later++
	case "b":
		g.source(b).first++
		g.source(a).later++
	}
	at := [2]string{min(a, b), max(a, b)}
	if _, known := g.between[at]; known || len(g.between) < maxSourceRuns {
		g.between[at]++
	}
}

// source returns the counter of a source; beyond maxSources of them the rest
// share one.
func (g *gathered) source(name string) *sourceCount {
	s := g.sources[name]
	if s == nil && len(g.sources) >= maxSources {
		name = "(others)"
		s = g.sources[name]
	}
	if s == nil {
		s = &sourceCount{name: name}
		g.sources[name] = s
	}
	return s
}

// document counts a document and its furniture.
func (g *gathered) document(d *corpus.Document, marks []boilerplate.Mark) {
	reused := g.reused.has(d.Number)
	s := g.source(cmp.Or(d.Source, d.Site))
	s.documents++
	s.text += int64(len(d.Text))
	for i := range marks {
		s.gone += int64(marks[i].End - marks[i].Start)
		g.gallery.add(s.name, d, &marks[i])
	}
	day, known := d.Published.Day()
	if reused {
		s.reused++
	}
	if known {
		n := g.days[day]
		n[0]++
		if reused {
			n[1]++
		}
		g.days[day] = n
	}
}

// choose decides which pairs are shown with both texts, before the texts are
// read again. Every document counts once, by its bytes.
func (g *gathered) choose() {
	room := maxTextBytes
	take := func(p pair, sure bool) {
		cost := 0
		for _, i := range []dedup.Info{p.a, p.b} {
			if g.texts[i.Number] == nil {
				cost += min(i.Bytes, maxTextShown)
			}
		}
		at := [2]int{p.A, p.B}
		if _, known := g.chosen[at]; known || cost > room {
			return
		}
		room -= cost
		g.texts[p.A], g.texts[p.B] = &article{info: p.a}, &article{info: p.b}
		g.chosen[at] = sure
	}
	for _, k := range kinds {
		if list := g.pairs[k].sorted(); !k.Reuse() {
			for _, p := range list[:min(len(list), maxSamples)] {
				take(p, true)
			}
		}
	}
	for p := range g.ranked() {
		if p.Kind.Reuse() {
			take(p, false)
		}
	}
	for p := range g.ranked() {
		take(p, false) // what looks alike and is no reuse, if there is still room
	}
}

// wantLeads notes which documents stand in lists and have no title: people
// know them by their first words.
func (g *gathered) wantLeads() {
	want := func(i *dedup.Info) {
		if i.Title == "" {
			g.leads[i.Number] = ""
		}
	}
	for p := range g.ranked() {
		want(&p.a)
		want(&p.b)
	}
	for _, c := range g.clusters.sorted() {
		for i := range c.shown {
			want(&c.shown[i])
		}
	}
}

// lead returns the first words of a document that are no furniture.
func lead(text string, marks []boilerplate.Mark) string {
	from := 0
	for i := range marks {
		if strings.TrimSpace(text[from:max(from, marks[i].Start)]) != "" {
			break
		}
		from = marks[i].End
	}
	if strings.TrimSpace(text[from:]) == "" {
		from = 0
	}
	text = strings.TrimSpace(text[from:])
	s := oneLine(cutText(text, 0, len(text), maxLead))
	if i := strings.LastIndexByte(s, ' '); len(text) > maxLead && i > 0 {
		s = s[:i] + " …"
	}
	return s
}

// ranked yields the kept pairs of all kinds, the most telling ones first. They
// are put in order when they are asked for first, after the last match.
func (g *gathered) ranked() iter.Seq[pair] {
	if g.order == nil {
		for _, k := range kinds {
			g.order = append(g.order, g.pairs[k].sorted()...)
		}
		g.order = append(g.order, g.reuses.sorted()...)
		slices.SortFunc(g.order, byInterest)
		g.order = slices.CompactFunc(g.order, func(p, q pair) bool { return p.Match == q.Match })
	}
	return slices.Values(g.order)
}
