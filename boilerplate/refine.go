package boilerplate

import "reprint/shingle"

// Furniture takes whole sentences of running text, or stands between them.
// Runs of words do not know of sentences: they begin and end where two
// articles happen to agree.
const (
	fewWords  = 3 // of a sentence go where the rest of it goes
	mostWords = 8 // of a sentence are enough, though more of it are not furniture
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
	for start > unit.From && !m.taken(start-1) {
		start--
	}
	before, part := from-start, min(unit.To, to)-from
	switch {
	case before == 0:
	case before <= fewWords && part > before:
		m.take(start, from, from)
		return start
	case part <= fewWords || part < mostWords && part < before || t.Flag[from]&shingle.Upper == 0:
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
	case behind <= fewWords && part > behind:
		m.take(to, end, to-1)
	case part <= fewWords || part < mostWords && part < behind:
		m.release(to-part, to)
	case t.Flag[to]&shingle.Upper == 0:
		m.release(to-overrun(t, to, part), to)
	}
}

// overrun returns how many of the last part words before token to, in the
// middle of a sentence of the article, belong to that sentence: one or two
// with a capital that two articles have in common by chance, else all.
func overrun(t *shingle.Text, to, part int) int {
	for n := 1; n <= 2 && part >= mostWords; n++ {
		if t.Flag[to-n]&shingle.Upper != 0 {
			return n
		}
	}
	return part
}
