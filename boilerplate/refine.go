package boilerplate

import (
	"slices"

	"reprint/internal/language"
	"reprint/shingle"
)

// Furniture takes whole sentences of running text, or stands between them.
// Runs of words do not know of sentences: they begin and end where two
// articles happen to agree.
const (
	fewWords  = 3 // of a sentence go where the rest of it goes
	mostWords = 8 // of a sentence are enough, though more of it are not furniture

	nearWords = 2000 // of a text show how it writes a word: enough for any article
)

// refine moves the ends of what was learnt, and not told by a rule or a
// person, to the ends of sentences.
func (m *Marker) refine(t *shingle.Text) {
	s := 0
	for i := m.next(0); i < t.Len(); i = m.next(i) {
		if !m.soft(i) {
			i++
			continue
		}
		from, to := i, i
		for to < t.Len() && m.soft(to) {
			to++
		}
		i = to
		s = seek(t.Sentences, s, from)
		from = m.refineStart(t, t.Sentences[s], from, to)
		if from < to {
			m.refineEnd(t, t.Sentences[seek(t.Sentences, s, to-1)], from, to)
		}
	}
}

// soft reports whether token i was taken for furniture by what is learnt.
func (m *Marker) soft(i int) bool {
	if one := m.told[i]; one.rule != 0 || one.count == 0 {
		return one.rule < causeLearnt && one.rule != causeCrumb
	}
	return !m.count(i).sure()
}

// taken reports whether token i is furniture.
func (m *Marker) taken(i int) bool { return m.told[i] != saying{} }

// next returns the first token from i on that is furniture, behind the last one if
// there is none. Most tokens of most texts are not.
func (m *Marker) next(i int) int {
	told := m.told
	for i < len(told) && told[i] == (saying{}) {
		i++
	}
	return i
}

// release gives learnt tokens back to the article for what stands beside them.
func (m *Marker) release(from, to int) {
	m.freed = append(m.freed, run{from, to})
	m.free(from, to)
}

// free gives tokens back to the article.
func (m *Marker) free(from, to int) {
	for i := from; i < to; i++ {
		m.told[i] = saying{}
	}
}

// take makes tokens furniture like another one.
func (m *Marker) take(from, to, like int) {
	for i := from; i < to; i++ {
		m.told[i] = m.told[like]
	}
}

// refineStart moves the first of the tokens [from, to), which lies in
// sentence unit, and returns it.
func (m *Marker) refineStart(t *shingle.Text, unit shingle.Unit, from, to int) int {
	start := from
	for start > unit.From && from-start <= mostWords && !m.taken(start-1) { // more decides nothing
		start--
	}
	before, part := from-start, min(unit.To, to)-from
	switch {
	case before == 0:
	case before <= fewWords && part > before:
		m.take(start, from, from)
		return start
	case part <= fewWords || part < mostWords && part < before || t.Flag[from]&shingle.Upper == 0 || m.goesOn(t, from, from):
		m.release(from, from+part)
		return from + part
	}
	return from
}

// refineEnd moves the end of the tokens [from, to), the last of which lies in
// sentence unit.
func (m *Marker) refineEnd(t *shingle.Text, unit shingle.Unit, from, to int) {
	end := to
	for end < unit.To && !m.taken(end) {
		end++
	}
	behind, part := end-to, to-max(unit.From, from)
	switch {
	case behind == 0:
	case behind <= fewWords && part > behind && (part >= mostWords || !numbered(t, to, end)):
		m.take(to, end, to-1)
	case part <= fewWords || part < mostWords && part < behind:
		m.release(to-part, to)
	case t.Flag[to]&shingle.Upper == 0:
		m.release(to-m.overrun(t, to, part), to)
	case !m.goesOn(t, to, to-1):
	case end < t.Len() && m.taken(end) && part > behind:
		m.take(to, end, to-1)
	default:
		m.release(to-part, to)
	}
}

// numbered reports whether one of the tokens [from, to) is a number.
func numbered(t *shingle.Text, from, to int) bool {
	return slices.ContainsFunc(t.Flag[from:to], func(f shingle.Flag) bool { return f&shingle.Number != 0 })
}

// overrun returns how many of the last part words before token to, in the
// middle of a sentence of the article, belong to that sentence: one or two
// that two articles have in common by chance, if a sentence may begin with them, else all.
func (m *Marker) overrun(t *shingle.Text, to, part int) int {
	for n := 1; n <= 2 && part >= mostWords; n++ {
		switch at := to - n; {
		case t.Flag[at]&shingle.Upper == 0:
		case m.told[at-1].rule != 0, !m.goesOn(t, at, at-1) && m.isPlain(t, at):
			return n
		default:
			return part
		}
	}
	return part
}

// adjectives is how many words a noun has before it at most, behind its article.
const adjectives = 2

// goesOn reports whether a sentence goes on with token at, which has a capital: if a
// function word stands before it, which the text has without a capital as well, and it is
// none and has one everywhere, or if words without a capital stand between the two. It is
// asked at an end of what token learnt is a part of; of what is told by more than repetition
// it says no.
func (m *Marker) goesOn(t *shingle.Text, at, learnt int) bool {
	switch {
	case m.told[learnt].rule != 0:
		return false
	case t.Start[at] != t.End[at-1]+1:
		return between(t, at)
	}
	if m.isPlain(t, at) {
		return false
	}
	for i := at - 1; i >= max(0, at-1-adjectives); i-- {
		switch {
		case m.language(t).Has(t.Hash[i]):
			return t.Lowers(i, nearWords)
		case t.Flag[i]&(shingle.Upper|shingle.Number) != 0, i == 0, t.Start[i] != t.End[i-1]+1:
			return false
		}
	}
	return false
}

// isPlain reports whether token at, which has a capital, would have none within a sentence.
func (m *Marker) isPlain(t *shingle.Text, at int) bool {
	return t.Lowers(at, nearWords) || m.language(t).Has(t.Hash[at])
}

// language returns the language of a text.
func (m *Marker) language(t *shingle.Text) *language.Language {
	if m.speech == nil {
		m.speech = language.Of(t)
	}
	return m.speech
}

// between reports whether token at stands between two brackets or commas.
func between(t *shingle.Text, at int) bool {
	const mark = 2 // with the space
	return at+1 < t.Len() && t.Start[at]-t.End[at-1] == mark && t.Start[at+1]-t.End[at] >= mark && t.Flag[at]&shingle.Quoted == 0
}
