package boilerplate

import (
	"slices"

	"reprint/shingle"
)

// Causes of a stretch that no rule of a file told, in place of a rule's index.
const (
	causeLearnt  = -1 - iota // the source repeats its words
	causeHead                // the article's own title and lead once more
	causeTitle               // title and lead of another article of the source
	causeBehind              // it stands behind other calls as well
	causeList                // it goes on where a call's teaser is not at its end
	causeCrumb               // the way to the article
	causeOver                // it stands behind the end of the article
	causeStray               // off the subject, and it stands elsewhere as well
	causeBracket             // the rest of a bracket
)

// causes are the kinds and reasons of what is marked for a cause below
// causeLearnt.
var causes = [...]struct {
	kind   Kind
	reason string
}{
	{Repeated, "the article's own title and lead once more"},
	{Teaser, "title or lead of another article of the source"},
	{Teaser, "stands behind calls in other articles as well"},
	{Teaser, "goes on where a teaser is not at its end"},
	{Navigation, "the way to the article, up to its own name"},
	{Teaser, "behind the end of the article"},
	{Teaser, "off the subject, and stands in other articles of the source"},
	{Repeated, "in one bracket with other furniture"},
}

const (
	// headAgain is how many words of its own head an article prints again,
	// at least, for it to be more than a name; in the last 40 %, since in the
	// middle none of them was furniture in a judged week.
	headAgain = 10

	// leadAgain is the same for a lead without the title; of less, authors
	// repeat a sentence.
	leadAgain = 25

	// foreignFrom is where titles of other articles are looked for; before it
	// an article says what it is about.
	foreignFrom = 25

	// foreignGap is how many words two printings of one teaser differ in.
	foreignGap = 6

	// minShare is of a hundred calls the number that have a known teaser, so
	// that what follows is one. Other calls point to a picture, or a link that
	// is gone.
	minShare = 10

	// mostEnds is of a hundred teasers the number that end a sentence, from
	// which on the end of a sentence ends a teaser.
	mostEnds = 60
)

// around marks what stands around an article and is told by where else it
// stands: in its own head, in the heads of others, behind calls.
func (m *Marker) around(t *shingle.Text, found []Found, site uint64) {
	m.head(t)
	if m.Learnt != nil && m.Learnt.known != nil && site != 0 {
		m.titles(t, found, site)
		m.eachCall(found, func(f Found) { m.behind(t, f, site) })
		m.strays(t, found, site)
	}
	m.over(t, found, site)
}

// run is a stretch of tokens that grows over gaps.
type run struct{ from, to int }

func (r run) empty() bool { return r.to == 0 }

// mark gives the tokens [from, to) a cause, where no rule has them.
func (m *Marker) mark(from, to, cause int) {
	for i := from; i < to; i++ {
		if m.told[i].rule == 0 {
			m.told[i].rule = int32(cause)
		}
	}
}

// head marks the article's own title, with its lead or without, where it stands
// again in the last 40 %.
func (m *Marker) head(t *shingle.Text) {
	m.heads(t)
	for _, r := range m.again {
		if !m.spoken(t, r) || m.taken(r.from-1) || r.to < t.Len() && m.taken(r.to) {
			m.mark(r.from, r.to, causeHead)
		}
	}
}

// spoken reports whether a part of the head stands in quotation marks there and where it
// stands again, but for a word that goes on alike. With no furniture beside it the article quotes
// what its title does.
func (m *Marker) spoken(t *shingle.Text, r run) bool {
	if t.Flag[r.from]&(t.Flag[r.to-1]|t.Flag[r.to-2])&shingle.Quoted == 0 {
		return false
	}
	head := slices.Index(m.grams[:m.headEnd], m.grams[r.from])
	return head >= 0 && t.Flag[head]&shingle.Quoted != 0
}

// heads keeps in m.again where a text's own title and lead stand again in its last
// 40 %, in m.own the runs of its head, which ends at token m.headEnd, and in m.grams
// all of its runs, none of a text of few words.
func (m *Marker) heads(t *shingle.Text) {
	late := t.Len() * 6 / 10
	limit := min(titleWords+leadWords, late)
	m.headEnd = limit
	m.own.set(nil)
	m.again, m.grams = m.again[:0], m.grams[:0]
	if limit < titleGram || t.Len()-late < titleGram {
		return
	}
	m.grams = shingle.Append(m.grams, t.Hash, titleGram)
	m.own.set(m.grams[:limit-titleGram+1])
	var title []uint64
	if p := t.Paragraphs[0]; p.To <= titleWords && p.To >= titleGram {
		title = m.own.list[:min(p.To-titleGram+1, len(m.own.list))]
	}
	var r run
	titled, hits := false, 0 // a run of the title is among them; how many are
	finish := func() {
		if n := r.to - r.from; 2*hits >= n && (titled && n >= headAgain || n >= leadAgain) {
			m.again = append(m.again, run{late + r.from, late + r.to})
		}
	}
	for i, g := range m.grams[late:] {
		if !m.own.has(g) {
			continue
		}
		if r.empty() || i-r.to > foreignGap {
			finish()
			r.from, titled, hits = i, false, 0
		}
		hits++
		r.to = i + titleGram
		titled = titled || slices.Contains(title, g)
	}
	finish()
}

// titles finds titles of other articles of the source where a sentence begins
// or a call stands before them, and each one's lead if it follows at once. m.grams are
// the runs of the text.
func (m *Marker) titles(t *shingle.Text, found []Found, site uint64) {
	m.isles = m.isles[:0]
	if t.Len() < foreignFrom+titleGram {
		return
	}
	known, runs := m.Learnt.known, m.grams[foreignFrom:]
	m.places = known.titled(m.places[:0], runs, site)
	var r run
	title := 0 // end of the last words of a title
	finish := func() {
		switch from := foreignFrom + r.from; {
		case r.empty():
		case m.begins(t, from) || m.called(found, from):
			m.mark(from, foreignFrom+r.to, causeTitle)
		default:
			m.passed = true
		}
	}
	titles := m.places
	next := func() { // drops those that are none
		for len(titles) > 0 && !known.titles.has(key(runs[titles[0]], site)) {
			titles = titles[1:]
		}
	}
	next()
	for i := 0; i < len(runs); i++ {
		isTitle := len(titles) > 0 && int(titles[0]) == i
		switch {
		case isTitle:
			titles = titles[1:]
			next()
		case !r.empty() && i-r.to <= foreignGap:
			if !known.leads.has(key(runs[i], site)) {
				continue
			}
		case len(titles) == 0:
			i = len(runs)
			continue
		default: // nothing goes on or begins before the next title
			i = int(titles[0]) - 1
			continue
		}
		if m.own.has(runs[i]) {
			if isTitle {
				m.named = append(m.named, runs[i])
			}
			continue
		}
		if !r.empty() && (i-r.to > foreignGap || i-title > leadWords || !isTitle && i > r.to && r.to == title) {
			finish()
			r = run{}
		}
		if r.empty() {
			if !isTitle {
				continue
			}
			r.from = i
		}
		r.to = i + titleGram
		if isTitle {
			title = r.to
		}
	}
	finish()
	m.leadRuns(t, found, site)
}

// begins reports whether a sentence begins at token i, or one word before it,
// or furniture ends there; not within a sentence that is only repeated.
func (m *Marker) begins(t *shingle.Text, i int) bool {
	first := t.Sentences[seek(t.Sentences, 0, i)].From
	return first >= i-1 || m.taken(i-1) && (!m.soft(i-1) || t.Flag[i]&shingle.Upper != 0)
}

// called reports whether a call stands so near before token i that its list may
// reach it.
func (m *Marker) called(found []Found, i int) bool {
	return slices.ContainsFunc(found, func(f Found) bool {
		return f.Call <= i && i < f.Call+behindWords && m.Rules.calls(f)
	})
}

// habit returns what usually stands behind a call.
func (m *Marker) habit(t *shingle.Text, f Found, site uint64) habit {
	return m.Learnt.known.calls[key(hashOf(t.Hash[f.From:f.Call]), site)]
}

// behind finds the teasers behind a call.
func (m *Marker) behind(t *shingle.Text, f Found, site uint64) {
	known, habit := m.Learnt.known, m.habit(t, f, site)
	if habit.share < minShare {
		return
	}
	m.grams = behind(m.grams[:0], t, f.Call)
	end := 0
	for i, g := range m.grams {
		if i-end > foreignGap && i > habit.words {
			break
		}
		switch at := f.Call + i; {
		case known.behind.has(key(g, site)):
			end = i + behindGram
		case m.told[at].rule == causeTitle || m.told[at].count > 0:
			end = max(end, i+1)
		}
	}
	to := wholeEnd(t, f.Call, f.Call+end)
	m.mark(f.Call, to, causeBehind)
	if habit.ends >= mostEnds {
		m.sentenceBehind(t, f.Call, to, habit.words)
	} else {
		m.headingsBehind(t, f.Call, to, habit.words)
	}
}

// wholeEnd takes back words of a new sentence at the end of [from, to) that
// two articles have in common by chance.
func wholeEnd(t *shingle.Text, from, to int) int {
	if from == to {
		return to
	}
	s := t.Sentences[seek(t.Sentences, 0, to-1)]
	if s.To > to && to-s.From <= 2 && s.From > from {
		return s.From
	}
	return to
}

// sentenceBehind takes the rest of the sentence in which the teaser at
// [call, to) breaks off. Where none is known, and the first sentence is a
// heading, it takes as many sentences as a teaser usually has.
func (m *Marker) sentenceBehind(t *shingle.Text, call, to, words int) {
	s := seek(t.Sentences, 0, max(call, to-1))
	switch unit := t.Sentences[s]; {
	case to > call && unit.To-to <= 2*foreignGap:
		m.mark(to, unit.To, causeList)
	case to == call && isHeading(t, unit):
		m.mark(call, nearestEnd(t, s, call, words), causeList)
	}
}

// nearestEnd returns the end of the sentence, from sentence s on, that is
// nearest to words words behind token call, within its paragraph.
func nearestEnd(t *shingle.Text, s, call, words int) int {
	best, near := call, words
	p := t.Paragraphs[seek(t.Paragraphs, 0, call-1)]
	for ; s < len(t.Sentences) && t.Sentences[s].To <= p.To; s++ {
		end := t.Sentences[s].To - call
		if off := max(end-words, words-end); off <= near {
			best, near = call+end, off
		}
	}
	return best
}

// headingsBehind takes the headings that go on a list of teasers.
func (m *Marker) headingsBehind(t *shingle.Text, call, to, words int) {
	p := t.Paragraphs[seek(t.Paragraphs, 0, call-1)]
	for s := seek(t.Sentences, 0, min(to, t.Len()-1)); s < len(t.Sentences); s++ {
		unit := t.Sentences[s]
		if unit.From > to || unit.To > p.To || unit.To-call > 2*words || !isHeading(t, unit) {
			return
		}
		m.mark(to, unit.To, causeList)
		to = unit.To
	}
}

// isHeading reports whether a sentence ends without a mark.
func isHeading(t *shingle.Text, unit shingle.Unit) bool {
	return unit.End == int(t.End[unit.To-1])
}
