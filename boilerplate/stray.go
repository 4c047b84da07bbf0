package boilerplate

import (
	"cmp"
	"slices"

	"reprint/shingle"
)

// The lead of another article of the source is a teaser without its title, too, and so is
// what stands behind several calls, if it is off the subject of the text: hardly any of
// its words stand in the rest of it. What a source prints again of a running story is of
// the story. Where such teasers are told, those that stand among them behind a call, and
// behind them at the end of the text, are teasers of articles that nobody knows.

const (
	// strayWords is how many words of whole sentences are known, at least.
	strayWords = 14

	// mostKnown is how many in four of their runs are known, at least, and halfKnown of
	// a lead near behind a call: a teaser may be a shorter one than the article has.
	mostKnown, halfKnown = 3, 2

	// unsureWords is how many of what stands behind calls with few teasers.
	unsureWords = 20

	// nameBytes is of a word with a capital that tells what a text speaks of, at least;
	// of another one it is subjectBytes.
	nameBytes = 3

	// What is off the subject has offWords words that tell of one, at least, of which one
	// in offPart is of the text's at most, and none a name that the text says oftenNamed
	// times; a lead in a place where a list of teasers may stand, one in offListed.
	offWords   = 6
	offPart    = 5
	offListed  = 3
	oftenNamed = 3

	// ownWords is how many words tell what a text speaks of, at least.
	ownWords = 20

	// listWords is how many words stand between two known teasers of a list at most.
	listWords = 50

	// overWords is how many words that nothing else tells stand behind the end of an
	// article at most.
	overWords = 70
)

// isle is a stretch of whole sentences that stand elsewhere as well.
type isle struct {
	run
	sure bool // a teaser, if it is off the subject
}

// strays finds leads of other articles, which leadRuns found, and what stands behind
// several calls.
func (m *Marker) strays(t *shingle.Text, found []Found, site uint64) {
	m.eachCall(found, func(f Found) { m.callRuns(t, f, site) })
	if len(m.isles) == 0 {
		return
	}
	slices.SortFunc(m.isles, func(a, b isle) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	m.speaks(t)
	told := false
	for _, s := range m.isles {
		if !m.off(t, s, found) {
			m.passed = true
			continue
		}
		m.mark(s.from, s.to, causeStray)
		told = true
	}
	if told {
		listed := run{}
		m.eachCall(found, func(f Found) {
			if f.Call < listed.from || f.Call >= listed.to { // else it leads to the same list
				listed = run{f.Call, m.list(t, f.Call)}
			}
		})
	}
}

// eachCall calls do for the calls among found that have words before them. A call that
// a person keeps says nothing of what stands behind it.
func (m *Marker) eachCall(found []Found, do func(Found)) {
	for _, f := range found {
		if m.Rules.calls(f) && f.From >= beforeWords && !m.isWanted(f.From) {
			do(f)
		}
	}
}

// leadRuns keeps in m.isles where leads of other articles stand behind the text's own
// head, from their first words on. m.grams are the runs of the text, m.places those of them
// that may begin a lead, from token foreignFrom on.
func (m *Marker) leadRuns(t *shingle.Text, found []Found, site uint64) {
	m.isles = m.isles[:0]
	first := max(foreignFrom, m.headEnd)
	if first >= len(m.grams) {
		return
	}
	known, runs := m.Learnt.known, m.grams[first:]
	end := 0 // of the last lead
	for _, place := range m.places {
		if i := int(place) - (first - foreignFrom); i >= end && known.starts.has(key(runs[i], site)) && !m.passOver(runs[i], first+i, titleGram) {
			whole := wholeRun{run: run{first + i, first + i}}
			for ; i < len(runs) && whole.goesOn(first+i); i++ {
				if known.leads.has(key(runs[i], site)) && !m.passOver(runs[i], first+i, titleGram) {
					whole.add(first+i, titleGram)
				}
			}
			end = whole.to - first
			part := mostKnown
			if m.called(found, whole.from) {
				part = halfKnown
			}
			m.land(t, whole, titleGram, true, part)
		}
	}
}

// passOver reports whether a run of words at token at is the article's own or furniture.
func (m *Marker) passOver(g uint64, at, gram int) bool {
	if m.own.has(g) {
		m.named = append(m.named, g)
		return true
	}
	return m.taken(at) && m.taken(at+gram-1)
}

// callRuns adds to m.isles what stands behind a call and behind others as well. It is
// surely a teaser if teasers usually stand there.
func (m *Marker) callRuns(t *shingle.Text, f Found, site uint64) {
	call, sure := f.Call, m.habit(t, f, site).share >= minShare
	m.grams = behind(m.grams[:0], t, call)
	m.places = m.Learnt.known.behind.among(m.places[:0], m.grams, site)
	var whole wholeRun
	for _, i := range m.places {
		switch at := call + int(i); {
		case m.taken(at) && m.taken(at+behindGram-1):
		case whole.goesOn(at):
			whole.add(at, behindGram)
		default:
			m.land(t, whole, behindGram, sure, mostKnown)
			whole = wholeRun{run: run{from: at}}
			whole.add(at, behindGram)
		}
	}
	m.land(t, whole, behindGram, sure, mostKnown)
}

// wholeRun is a stretch of tokens with the number of known runs of words in it.
type wholeRun struct {
	run
	hits int
}

func (r *wholeRun) goesOn(at int) bool { return !r.empty() && at-r.to <= foreignGap }

func (r *wholeRun) add(at, gram int) { r.to, r.hits = at+gram, r.hits+1 }

// land adds a run of words to m.isles if it is of whole sentences, a part of whose runs,
// in quarters, is known.
func (m *Marker) land(t *shingle.Text, r wholeRun, gram int, sure bool, part int) {
	if r.empty() {
		return
	}
	s, least := wholeSentences(t, r.run), strayWords
	if !sure {
		least = unsureWords
	}
	if n := s.to - m.stay(s.from, s.to); min(n, r.to-r.from) >= least && 4*r.hits >= part*(n-gram+1) {
		m.isles = append(m.isles, isle{s, sure})
		return
	}
	m.passed = m.passed || sure
}

// wholeSentences returns those sentences of which most words are in a run.
func wholeSentences(t *shingle.Text, r run) run {
	first := seek(t.Sentences, 0, r.from)
	last := seek(t.Sentences, first, r.to-1)
	if u := t.Sentences[first]; 2*(u.To-r.from) < u.To-u.From {
		first++
	}
	if u := t.Sentences[last]; 2*(r.to-u.From) < u.To-u.From {
		last--
	}
	if first > last {
		return run{}
	}
	return run{t.Sentences[first].From, t.Sentences[last].To}
}

// tells reports whether a word tells what a text speaks of: a long one, or a name.
func tells(t *shingle.Text, i int) bool {
	n := t.End[i] - t.Start[i]
	return n >= subjectBytes || n >= nameBytes && t.Flag[i]&shingle.Upper != 0
}

// speaks counts the words that tell what the text speaks of, outside of furniture and
// isles.
func (m *Marker) speaks(t *shingle.Text) {
	if m.often == nil {
		m.often = map[uint32]int{}
	}
	clear(m.often)
	at := 0
	for _, s := range m.isles {
		m.weigh(t, at, s.from, 1)
		at = max(at, s.to)
	}
	m.weigh(t, at, t.Len(), 1)
}

// weigh adds to the count of each word among [from, to) that tells what the text speaks
// of.
func (m *Marker) weigh(t *shingle.Text, from, to, times int) {
	for i := from; i < to; i++ {
		if !m.taken(i) && tells(t, i) {
			m.often[t.Stem[i]] += times
		}
	}
}

// ofSubject counts those among [from, to), those of them that are of the subject of the
// text, and how often it says the name among these that it says most.
func (m *Marker) ofSubject(t *shingle.Text, from, to int) (words, own, named int) {
	for i := from; i < to; i++ {
		if !tells(t, i) {
			continue
		}
		words++
		if n := m.often[t.Stem[i]]; n > 0 {
			own++
			if t.Flag[i]&shingle.Upper != 0 {
				named = max(named, n)
			}
		}
	}
	return words, own, named
}

// off reports whether an isle is off the subject of the text.
func (m *Marker) off(t *shingle.Text, s isle, found []Found) bool {
	words, own, named := m.ofSubject(t, s.from, s.to)
	switch {
	case words < offWords || len(m.often) < ownWords:
		return false
	case s.sure && (m.taken(s.from-1) || m.called(found, s.from) || m.ends(s.to)):
		return offListed*own <= words
	}
	return offPart*own <= words && named < oftenNamed
}

// ends reports whether nothing but furniture and isles stands from token i on.
func (m *Marker) ends(i int) bool {
	i = m.stay(i, len(m.told))
	for _, s := range m.isles {
		if s.from <= i && i < s.to {
			i = m.stay(s.to, len(m.told))
		}
	}
	return i == len(m.told)
}

// list takes what stands in the paragraph of a call between it and the teasers behind it,
// between these, and behind the last one where the text ends there, as far as it is off
// the subject. It returns the token up to which it looked.
func (m *Marker) list(t *shingle.Text, call int) int {
	end := t.Paragraphs[seek(t.Paragraphs, 0, call-1)].To
	from := m.stay(call, end)
	for from < end {
		to := from
		for to < end && !m.taken(to) {
			to++
		}
		switch {
		case to < end && m.teases(to) && m.strange(t, from, to, offListed):
		case to == t.Len() && m.teases(from-1) && m.strange(t, from, to, offPart):
		default:
			return from
		}
		m.mark(from, to, causeList)
		from = m.stay(to, end)
	}
	return from
}

// teases reports whether token i is of a teaser that stands elsewhere as well.
func (m *Marker) teases(i int) bool {
	c := m.cause(i)
	return c == causeStray || c == causeTitle || c == causeBehind
}

// strange reports whether some words that may be of a list are off the subject of the rest
// of the text: one in part is of it, at most. Then they no longer count for what it speaks of.
func (m *Marker) strange(t *shingle.Text, from, to, part int) bool {
	if to-from > listWords {
		return false
	}
	m.weigh(t, from, to, -1)
	words, own, _ := m.ofSubject(t, from, to)
	if part*own <= words {
		return true
	}
	m.weigh(t, from, to, 1)
	return false
}

// over marks what stands behind a phrase that ends the article, up to the end of the text,
// if that is not much, and less than what stands before, or behind a call that closes it.
func (m *Marker) over(t *shingle.Text, found []Found, site uint64) {
	end := slices.IndexFunc(found, func(f Found) bool { return m.closes(t, f, site) })
	if end < 0 {
		end = slices.IndexFunc(found, m.Rules.ends)
		if end < 0 || !m.little(t, found[end].To) {
			return
		}
	}
	m.end = found[end].Call
	for i := m.stay(m.end, t.Len()); i < t.Len(); i = m.stay(i, t.Len()) {
		m.told[i].rule = causeOver
	}
}

// little reports whether little stands behind the end of an article at token from.
func (m *Marker) little(t *shingle.Text, from int) bool {
	behind := m.untaken(from, t.Len())
	return behind <= overWords && behind < m.untaken(0, from)
}

// untaken counts those of the tokens [from, to) that are no furniture.
func (m *Marker) untaken(from, to int) (n int) {
	for i := from; i < to; i++ {
		if !m.taken(i) {
			n++
		}
	}
	return n
}
