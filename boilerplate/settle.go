package boilerplate

import (
	"slices"
	"strings"

	"reprint/shingle"
)

// What is furniture depends on where it stands: among the first sentences, in
// the last part, at the beginning of a sentence, beside other words. Where some of
// a text is gone the rest stands elsewhere, and two pieces of it meet. So that
// stripping a text twice is stripping it once, what is left of a text is looked at
// again until nothing is found in it; but only if something may be found, which
// is told from the words around each cut and from what was passed over.

// unsettled reports whether more furniture may be found in what the last look at a
// text left of it. found is what the rules found there, stretches what went. What
// that look said of the tokens is lost.
// Cost: a look at some words around each cut, and at the first of each sentence.
func (m *Marker) unsettled(text string, t *shingle.Text, found []Found, stretches []Stretch, site uint64) bool {
	if len(stretches) == 0 {
		return false
	}
	if wrapped(text, t) || joined(t, stretches) || m.callLeft(found) || m.Rules != nil && m.phraseLeft(text, t, stretches) {
		return true
	}
	m.leave(t, stretches)
	if !m.passed && !m.freedLeft(t, site) && !m.learntLeft(site) && !m.blockLeft(site) && !m.headLeft(site) {
		return false
	}
	return m.seams(text, t, stretches) || len(m.Stretches(nil, "", &m.left, nil, site)) > 0
}

// seams reports whether it is not sure that the sentences which meet where something
// is gone stay as they are: one that ended before another, or one that goes on.
func (m *Marker) seams(text string, t *shingle.Text, stretches []Stretch) bool {
	begins := func(i int) (sentence int, ok bool) {
		return slices.BinarySearchFunc(t.Sentences, i, func(u shingle.Unit, i int) int { return u.From - i })
	}
	start := 0 // of what is left before a stretch
	for i := 0; i < len(stretches); i++ {
		gone, end := run{stretches[i].From, stretches[i].To}, t.Len()
		for ; i+1 < len(stretches) && stretches[i+1].From == gone.to; i++ {
			gone.to = stretches[i+1].To
		}
		if i+1 < len(stretches) {
			end = stretches[i+1].From
		}
		left := run{start, end}
		if start = gone.to; gone.from == 0 || gone.to == t.Len() {
			continue
		}
		one, ended := begins(gone.from)
		two, begun := begins(gone.to)
		upper := t.Flag[gone.to]&shingle.Upper != 0
		if (!ended || !begun || !upper) && (one != two || ended || begun || upper) && !m.sameSeam(text, t, gone, left) {
			return true
		}
	}
	return false
}

// sameSeam reports whether the sentences on both sides of a gap stay two, or the one that
// they are: what is left of them is cut again. left is what is left around the gap.
func (m *Marker) sameSeam(text string, t *shingle.Text, gone, left run) bool {
	if t.Paragraphs[seek(t.Paragraphs, 0, gone.from-1)].To <= gone.to {
		return true // they are of two paragraphs
	}
	one := seek(t.Sentences, 0, gone.from-1)
	two := seek(t.Sentences, one, gone.to)
	left = run{max(left.from, t.Sentences[one].From), min(left.to, t.Sentences[two].To)}
	c, piece := cutter{text: text, t: t}, t.Span(left.from, left.to)
	cut := c.span(gone.from, gone.to)
	cut.Start, cut.End = cut.Start-piece.Start, cut.End-piece.Start
	m.z.Tokenize(&m.piece, Strip(text[piece.Start:piece.End], []Mark{{Span: cut}}))
	border := gone.from - left.from
	switch s := m.piece.Sentences; {
	case m.piece.Len() != border+left.to-gone.to:
		return false
	case one == two:
		return len(s) == 1
	default:
		return len(s) == 2 && s[0].To == border
	}
}

// wrapped reports whether a paragraph goes over several lines: whether those of a
// text do depends on all of its lines.
func wrapped(text string, t *shingle.Text) bool {
	return slices.ContainsFunc(t.Paragraphs, func(p shingle.Unit) bool { return strings.Contains(text[p.Start:p.End], "\n") })
}

// joined reports whether two paragraphs become one, since what stands between them is gone.
func joined(t *shingle.Text, stretches []Stretch) bool {
	p := 0
	return slices.ContainsFunc(stretches, func(s Stretch) bool {
		p = seek(t.Paragraphs, p, s.From)
		last := t.Paragraphs[seek(t.Paragraphs, p, s.To-1)]
		return t.Paragraphs[p].From < s.From && t.Paragraphs[p].To < s.To && s.To < last.To
	})
}

// callLeft reports whether a call, or a phrase that ends the article, stays in the text
// because a person wants it: what stands behind it may have moved.
func (m *Marker) callLeft(found []Found) bool {
	return slices.ContainsFunc(found, func(f Found) bool { return (m.Rules.calls(f) || m.Rules.ends(f)) && !m.taken(f.From) })
}

// leave puts together what is left of a text, and the places in it where something
// is gone. The bytes are those of the text itself.
func (m *Marker) leave(t *shingle.Text, stretches []Stretch) {
	l := &m.left
	l.Hash, l.Stem, l.Flag, l.Start, l.End = l.Hash[:0], l.Stem[:0], l.Flag[:0], l.Start[:0], l.End[:0]
	m.joints = m.joints[:0]
	at := 0
	keep := func(to int) {
		l.Hash, l.Stem, l.Flag = append(l.Hash, t.Hash[at:to]...), append(l.Stem, t.Stem[at:to]...), append(l.Flag, t.Flag[at:to]...)
		l.Start, l.End = append(l.Start, t.Start[at:to]...), append(l.End, t.End[at:to]...)
	}
	for _, s := range stretches {
		keep(s.From)
		if n := len(m.joints); n == 0 || m.joints[n-1] != l.Len() {
			m.joints = append(m.joints, l.Len())
		}
		at = s.To
	}
	keep(t.Len())
	l.Sentences, l.Paragraphs = m.leaveUnits(l.Sentences[:0], t.Sentences, stretches), m.leaveUnits(l.Paragraphs[:0], t.Paragraphs, stretches)
}

// leaveUnits appends what is left of the units of a text.
func (m *Marker) leaveUnits(dst, units []shingle.Unit, stretches []Stretch) []shingle.Unit {
	at := 0 // in what is left
	for _, u := range units {
		left := u.To - u.From
		for _, s := range stretches {
			if s.From >= u.To {
				break
			}
			left -= max(0, min(s.To, u.To)-max(s.From, u.From))
			if s.To <= u.To {
				stretches = stretches[1:]
			}
		}
		if left > 0 {
			dst = append(dst, shingle.Unit{From: at, To: at + left, Start: u.Start, End: u.End})
			at += left
		}
	}
	return dst
}

// headLeft reports whether the article's own title or lead stands again in the last
// part of what is left, or the title or lead of another article that was taken for its own
// and is not in the head that is left, or stands where that was longer.
func (m *Marker) headLeft(site uint64) bool {
	end := m.headEnd
	m.heads(&m.left)
	again := func(r run) bool { return !m.spoken(&m.left, r) }
	return slices.ContainsFunc(m.again, again) || slices.ContainsFunc(m.named, func(g uint64) bool { return !m.own.has(g) }) ||
		m.headEnd < end && m.holds(site, func(int) []uint64 { return m.left.Hash[m.headEnd:min(end+titleGram, m.left.Len())] })
}

// learntLeft reports whether words that meet at a cut make a run that the source
// repeats, or that is of a title of another article.
func (m *Marker) learntLeft(site uint64) bool {
	return slices.ContainsFunc(m.joints, func(at int) bool {
		return at > 0 && m.holds(site, func(length int) []uint64 {
			return m.left.Hash[max(at-length+1, 0):min(at+length-1, m.left.Len())]
		})
	})
}

// freedLeft reports whether such a run was given back to the article for what stood
// beside it.
func (m *Marker) freedLeft(t *shingle.Text, site uint64) bool {
	return slices.ContainsFunc(m.freed, func(r run) bool {
		return m.holds(site, func(int) []uint64 { return t.Hash[r.from:r.to] })
	})
}

// holds reports whether a run of the words that are given for its length is
// furniture of a source or of a title of another article.
func (m *Marker) holds(site uint64, words func(length int) []uint64) bool {
	l := m.Learnt
	if l == nil || site == 0 && !l.all {
		return false
	}
	runs := func(length int) []uint64 {
		m.grams = m.grams[:0]
		if w := words(length); len(w) >= length {
			m.grams = shingle.Append(m.grams, w, length)
		}
		return m.grams
	}
	for length, used := range l.lengths {
		if !used {
			continue
		}
		m.hits = l.hitsIn(m.hits[:0], runs(length), site)
		if slices.ContainsFunc(m.hits, func(h Hit) bool { return l.counts(h.slot).Days > 0 }) {
			return true
		}
	}
	return l.known != nil && site != 0 && (l.known.titles.any(runs(titleGram), site) || l.known.starts.any(m.grams, site))
}

// phraseLeft reports whether a rule may find its phrase in what is left: one for the
// first sentences of a text, or its last part, at the beginning of another one;
// one for a paragraph as a whole in one that lost words; any across a cut, or where
// a sentence may begin behind one.
func (m *Marker) phraseLeft(text string, t *shingle.Text, stretches []Stretch) bool {
	f := finder{Rules: m.Rules, text: text, Text: t}
	p, begun := 0, false // some of paragraph p was seen to be left
	for _, unit := range t.Sentences {
		for ; t.Paragraphs[p].To <= unit.From; p++ {
			begun = false
		}
		at := m.stay(unit.From, unit.To)
		if at == unit.To {
			continue
		}
		lost := !begun && m.lost(t.Paragraphs[p])
		begun = true
		if f.some(t.Hash, at, func(r *rule) bool { return r.placed && f.match(r, at) >= 0 }) {
			return true
		}
		if lost && f.some(m.leftFrom(t, at), 0, func(r *rule) bool { return r.whole && m.phraseWhole(&f, r, at, t.Paragraphs[p].To) }) {
			return true
		}
	}
	return slices.ContainsFunc(stretches, func(s Stretch) bool { return m.phraseMet(&f, s) })
}

// stay returns the first token from one on that is no furniture, at most to.
func (m *Marker) stay(from, to int) int {
	for from < to && m.taken(from) {
		from++
	}
	return from
}

// lost reports whether a unit lost words.
func (m *Marker) lost(u shingle.Unit) bool {
	for i := u.From; i < u.To; i++ {
		if m.taken(i) {
			return true
		}
	}
	return false
}

// phraseWhole reports whether rule r, for paragraphs as a whole, finds its phrase at
// token at, where what is left of one begins that ends at token to.
func (m *Marker) phraseWhole(f *finder, r *rule, at, to int) bool {
	end := m.meets(f, r, at)
	return end >= 0 && (r.where != "line" || m.stay(end, to) == to)
}

// newStarts is behind how many words behind a cut a sentence may begin that did not
// before: a full stop is told by three words.
const newStarts = 3

// phraseMet reports whether words of a phrase meet where stretch s is gone, or a
// phrase begins behind it, or the name behind a picture's credit ends there that had no end.
func (m *Marker) phraseMet(f *finder, s Stretch) bool {
	at := s.From
	for n := 1; n < f.longest+creditWords; n++ {
		if at--; at < 0 || m.taken(at) {
			break
		}
		if f.some(m.leftFrom(f.Text, at), 0, func(r *rule) bool {
			credit := r.takes == "caption"
			if r.whole || len(r.words) < n && !credit {
				return false
			}
			end := m.meets(f, r, at)
			return end > s.To || end == s.From && r.after != nil || credit && end >= 0 && end < s.From
		}) {
			return true
		}
	}
	for n, at := 0, s.To; n <= newStarts && at < f.Text.Len() && !m.taken(at); n, at = n+1, at+1 {
		if f.some(m.leftFrom(f.Text, at), 0, func(r *rule) bool {
			return !r.whole && (!r.anywhere || n == 0 && r.words[0].before != nil) && m.meets(f, r, at) >= 0
		}) {
			return true
		}
	}
	return false
}

// leftFrom returns the hashes of a few words from token at on, as many as tell which
// rules may find something there, without those that are gone.
func (m *Marker) leftFrom(t *shingle.Text, at int) []uint64 {
	m.ahead = m.ahead[:0]
	for at = m.stay(at, t.Len()); at < t.Len() && len(m.ahead) < maxAnchor; at = m.stay(at+1, t.Len()) {
		m.ahead = append(m.ahead, t.Hash[at])
	}
	return m.ahead
}

// some reports whether a rule that may begin with the word at one place among words is
// one that is asked for.
func (f *finder) some(words []uint64, at int, holds func(*rule) bool) bool {
	hold := func(i int32) bool { return holds(&f.list[i]) }
	places := f.anchored(words, at)
	for anchor, open := range f.open {
		if places>>anchor&1 != 0 && slices.ContainsFunc(open, hold) {
			return true
		}
	}
	h := words[at]
	return f.start.may(h) && f.begins.at(words, at) && slices.ContainsFunc(f.first[h], hold)
}

// meets returns the token behind r's phrase if what is left has it from token at
// on, else -1. Where something is gone between its words, before or behind them,
// any marks may stand.
func (m *Marker) meets(f *finder, r *rule, at int) int {
	end := m.meetWords(f.Text, r.words, at)
	if end >= 0 && !m.lost(shingle.Unit{From: max(at-1, 0), To: min(end+1, f.Text.Len())}) {
		return f.match(r, at)
	}
	return end
}

// meetWords returns the token behind the words of a phrase if what is left has them from
// token at on, whatever marks stand between, else -1; of several ends the last. Which places of
// the phrase are reached is a bit for each, as a word that may be missing leads to two.
func (m *Marker) meetWords(t *shingle.Text, words []word, at int) int {
	end, reached := -1, uint64(1)
	for reached != 0 {
		for n := range words {
			if words[n].optional {
				reached |= reached >> n & 1 << (n + 1)
			}
		}
		if reached>>len(words) != 0 {
			end = at
		}
		at = m.stay(at, t.Len())
		if at == t.Len() {
			break
		}
		next := uint64(0)
		for n := range words {
			if reached>>n&1 != 0 && words[n].is(t.Hash[at], t.Flag[at]) {
				next |= 1 << (n + 1)
			}
		}
		at, reached = at+1, next
	}
	return end
}
