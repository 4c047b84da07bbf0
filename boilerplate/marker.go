package boilerplate

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"reprint/internal/language"
	"reprint/shingle"
)

// closeGap is how many words between two learnt stretches of furniture go
// with them: the date or title that changes from day to day.
const closeGap = 3

// Stretch is furniture in tokens, with what told it.
type Stretch struct {
	From, To int
	Rule     int // index of the rule that named it; below 0 another cause
	Count        // of the least frequent run in it, zero if something else told
}

// Marker joins what rules found with what sources repeat. Rules and Learnt may be nil.
// It holds scratch memory and serves one goroutine at a time.
type Marker struct {
	Rules  *Rules
	Learnt *Learnt

	// Hits, if it is not nil, is all that is known of the next text from a Learnt that a
	// Learner made: nothing is looked for then.
	Hits []Hit

	grams   []uint64
	hits    []Hit
	found   []Stretch
	told    []saying // what is said of each token
	counts  []Count  // that tokens have, none first
	places  []uint32 // of runs
	isles   []isle
	often   map[uint32]int // how often the text has words that tell what it speaks of
	own     hashList       // runs of the article's head
	headEnd int            // where that ends
	again   []run          // where the head stands again
	wanted  []run          // what a person keeps, ascending and disjoint
	subject subject
	end     int                // where the article is over
	speech  *language.Language // of the text, nil if nobody asked
	stems   hashSet            // of the article's own longer words

	// for whether something may be found in what is left
	passed bool     // a title stands where it was not taken for that of another article
	named  []uint64 // runs of titles that were passed over as the article's own
	freed  []run    // learnt words that were given back to the article
	left   shingle.Text
	joints []int // tokens of left before which something is gone
	ahead  []uint64
	z      shingle.Tokenizer
	piece  shingle.Text // of left, around such a place
}

// saying is what rules and sources say of a token.
type saying struct {
	rule  int32 // the rule's index + 1, or another cause, 0 for none
	count int32 // index of what its source repeats, 0 for nothing
}

// Stretches appends the furniture of a text: disjoint, by first token. t is the text
// tokenised, found what m.Rules found in it, site the hash of its source. What other rules
// found does not count. With an empty text what stands between the tokens is not looked at.
func (m *Marker) Stretches(dst []Stretch, text string, t *shingle.Text, found []Found, site uint64) []Stretch {
	m.want(t, site)
	m.begin(t, found, site)
	m.around(t, found, site)
	m.freeWanted()
	if m.next(0) == t.Len() {
		return dst
	}
	m.refine(t)
	m.subjects(t)
	m.brackets(text, t)
	m.freeWanted() // an end that was moved may lie in it
	return m.stretches(dst, t)
}

// begin fills in what rules and sources say of each token.
func (m *Marker) begin(t *shingle.Text, found []Found, site uint64) {
	m.told = append(m.told[:0], make([]saying, t.Len())...)
	m.counts = append(m.counts[:0], Count{})
	m.passed, m.named, m.freed, m.end, m.speech = false, m.named[:0], m.freed[:0], t.Len(), nil
	m.repeated(t, site)
	for _, f := range found {
		if m.Rules.foreign(f) {
			continue
		}
		cause := int32(f.Rule)
		if f.Rule >= 0 {
			cause++
		}
		for i := f.From; i < f.To; i++ {
			m.told[i].rule = cause
		}
	}
}

// stretches appends what the tokens say.
func (m *Marker) stretches(dst []Stretch, t *shingle.Text) []Stretch {
	for i := m.next(0); i < t.Len(); {
		s := m.stretch(i)
		dst = append(dst, s)
		i = m.next(s.To)
	}
	return dst
}

// repeated fills counts with what the source repeats.
func (m *Marker) repeated(t *shingle.Text, site uint64) {
	if hits := m.Hits; hits != nil {
		m.Hits = nil
		m.repeatedHits(hits, t, gramWords)
		return
	}
	if m.Learnt == nil || site == 0 && !m.Learnt.all {
		return
	}
	for length, used := range m.Learnt.lengths {
		if used && t.Len() >= length {
			m.repeatedRuns(t, site, length)
		}
	}
	m.repeatedBlocks(t, site)
}

// want fills wanted with what a person wants to keep, whatever else is said of it.
func (m *Marker) want(t *shingle.Text, site uint64) {
	m.wanted = m.wanted[:0]
	if m.Learnt == nil || !m.Learnt.keeps {
		return
	}
	for length, used := range m.Learnt.lengths {
		if used && t.Len() >= length {
			m.wantRuns(t, site, length)
		}
	}
	m.wantBlocks(t, site)
	slices.SortFunc(m.wanted, func(a, b run) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	joined := m.wanted[:0]
	for _, r := range m.wanted {
		if n := len(joined); n > 0 && r.from <= joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, r.to)
		} else {
			joined = append(joined, r)
		}
	}
	m.wanted = joined
}

// isWanted reports whether token i is of what a person keeps.
func (m *Marker) isWanted(i int) bool {
	at := sort.Search(len(m.wanted), func(k int) bool { return m.wanted[k].to > i })
	return at < len(m.wanted) && m.wanted[at].from <= i
}

// wantRuns does so for runs of one length.
func (m *Marker) wantRuns(t *shingle.Text, site uint64, length int) {
	m.grams = shingle.Append(m.grams[:0], t.Hash, length)
	m.hits = m.Learnt.hitsIn(m.hits[:0], m.grams, site)
	for _, h := range m.hits {
		if m.Learnt.count[h.slot].kept() {
			m.wanted = append(m.wanted, run{h.at, h.at + length})
		}
	}
}

// freeWanted gives what is wanted back to the article.
func (m *Marker) freeWanted() {
	for _, r := range m.wanted {
		m.free(r.from, r.to)
	}
}

// spare gives tokens back to the article that are furniture of some kinds alone. What
// is told for one of these is still furniture if the source repeats it as another kind: it
// would be where the first is not told any more.
func (m *Marker) spare(kinds map[Kind]bool) {
	for i := range m.told {
		one := &m.told[i]
		if one.rule != 0 {
			if kind, _ := m.Rules.says(m.cause(i)); kinds[kind] {
				one.rule = 0
			}
		}
		if one.count > 0 && kinds[m.counts[one.count].Kind] {
			one.count = 0
		}
	}
}

// repeatedRuns does so for runs of one length.
func (m *Marker) repeatedRuns(t *shingle.Text, site uint64, length int) {
	m.grams = shingle.Append(m.grams[:0], t.Hash, length)
	m.hits = m.Learnt.hitsIn(m.hits[:0], m.grams, site)
	m.repeatedHits(m.hits, t, length)
}

// repeatedHits does so for runs of one length that are known.
func (m *Marker) repeatedHits(hits []Hit, t *shingle.Text, length int) {
	end := 0          // of the stretch that the last known run belongs to
	last := int32(-1) // index of that run's count
	within := inBlocks(t)
	for _, h := range hits {
		c := m.Learnt.counts(h.slot)
		if c.Days == 0 || !c.Firm && !within(h.at, length) {
			continue
		}
		i := h.at
		this := m.counted(c)
		if end > 0 && i > end && i-end <= closeGap && length == gramWords {
			for k := end; k < i; k++ {
				m.told[k].count = this
			}
		}
		from := i
		if this == last { // up to end nothing has less
			from = max(i, end)
		}
		for k := from; k < i+length; k++ {
			if !m.count(k).above(c) {
				m.told[k].count = this
			}
		}
		end, last = i+length, this
	}
}

// counted returns the index of a count among those that tokens have.
func (m *Marker) counted(c Count) int32 {
	if m.counts[len(m.counts)-1] != c {
		m.counts = append(m.counts, c)
	}
	return int32(len(m.counts) - 1)
}

// count returns what the source repeats of token i.
func (m *Marker) count(i int) *Count { return &m.counts[m.told[i].count] }

func (c *Count) above(o Count) bool { return c.Days > o.Days || c.Days == o.Days && c.Times > o.Times }

// stretch returns the furniture that begins at token i: what one rule marked
// and the repeated words that follow it, or repeated words up to the next
// rule's.
func (m *Marker) stretch(i int) Stretch {
	s := Stretch{From: i, To: i, Rule: m.cause(i)}
	for ; s.To < len(m.told) && m.taken(s.To); s.To++ {
		if r := m.cause(s.To); r != causeLearnt && r != s.Rule {
			break
		}
		if c := m.count(s.To); c.Days > 0 && (s.Days == 0 || c.Days < s.Days) {
			s.Count = *c
		}
	}
	return s
}

// cause returns the rule of token i, or what else told it.
func (m *Marker) cause(i int) int {
	if c := int(m.told[i].rule); c < 0 {
		return c
	}
	return int(m.told[i].rule) - 1
}

// Marks appends the stretches of a text as marks on it.
func (m *Marker) Marks(dst []Mark, text string, t *shingle.Text, stretches []Stretch) []Mark {
	c, first, last := cutter{text: text, t: t}, len(dst), -1
	for _, s := range stretches {
		mark := Mark{Span: c.span(s.From, s.To), Score: sure(s)}
		mark.Kind, mark.Reason = m.says(s)
		if n := len(dst); n > first {
			mark.Start = max(mark.Start, dst[n-1].End)
			if s.From == last && seek(t.Paragraphs, 0, s.From) == seek(t.Paragraphs, 0, last-1) {
				dst[n-1].End = mark.Start // no gap in what goes
			}
		}
		last = s.To
		dst = append(dst, mark)
	}
	return dst
}

// says returns the kind of a stretch and why it is furniture.
func (m *Marker) says(s Stretch) (Kind, string) {
	if s.Rule != causeLearnt {
		return m.Rules.says(s.Rule)
	}
	return s.Kind, s.Count.says()
}

// says tells why a run that is known is furniture.
func (c Count) says() string {
	if c.Firm {
		return "a person says so"
	}
	plural := func(n int, s string) string {
		if n != 1 {
			s += "s"
		}
		return fmt.Sprintf("%d %s", n, s)
	}
	if c.Undated {
		return fmt.Sprintf("source repeats it in %s, %s", plural(c.Days, "article"), plural(c.Times, "time"))
	}
	return fmt.Sprintf("source repeats it on %s, %s", plural(c.Days, "day"), plural(c.Times, "time"))
}

// Mark finds the furniture of one text: Stretches and Marks in one call.
func (m *Marker) Mark(dst []Mark, text string, t *shingle.Text, found []Found, site uint64) []Mark {
	m.found = m.Stretches(m.found[:0], text, t, found, site)
	return m.Marks(dst, text, t, m.found)
}

// sure returns how certain a stretch is furniture: what is printed on many
// days more than what is printed on few, what two signals tell most.
func sure(s Stretch) float64 {
	learnt := 0.0
	switch {
	case s.Firm:
		learnt = 1
	case s.Days > 0:
		learnt = 1 - 1/float64(s.Days)
	}
	switch {
	case s.Rule < causeLearnt:
		return .9
	case s.Rule < 0:
		return learnt
	}
	return 1 - .2*(1-learnt)
}
