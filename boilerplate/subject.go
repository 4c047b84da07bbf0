package boilerplate

import "reprint/shingle"

// What a running story repeats from day to day speaks of what the article
// speaks of: its words stand in the rest of the article as well, or all
// articles that hold it have one subject. Furniture has a subject of its own,
// or none.
const (
	subjectBytes = 6  // of a word that has a subject, at least
	subjectWords = 3  // in a sentence, at least, to tell by
	fewDays      = 12 // up to here half the words tell background
	manyDays     = 40 // and up to here three in four
)

// subjects gives sentences back to the article that are of its own subject,
// from the ends of learnt stretches inward, up to where it is over.
func (m *Marker) subjects(t *shingle.Text) {
	known := false
	for i := m.next(0); i < m.end; i = m.next(i) {
		if !m.learntOnly(i) {
			i++
			continue
		}
		from, to := i, i
		for to < t.Len() && m.learntOnly(to) {
			to++
		}
		i = to
		if !known {
			m.ownStems(t)
			known = true
		}
		for from < to {
			end := m.pieceEnd(t, from, to)
			if !m.background(t, from, end) {
				break
			}
			m.release(from, end)
			from = end
		}
		for from < to {
			start := m.pieceStart(t, from, to)
			if !m.background(t, start, to) {
				break
			}
			m.release(start, to)
			to = start
		}
	}
}

// learntOnly reports whether nothing but its repetition makes token i furniture.
func (m *Marker) learntOnly(i int) bool {
	return m.told[i].rule == 0 && m.told[i].count > 0 && !m.count(i).sure()
}

// pieceEnd returns the end of the sentence that begins a stretch, or of the
// sentences of one story.
func (m *Marker) pieceEnd(t *shingle.Text, from, to int) int {
	s := seek(t.Sentences, 0, from)
	end := min(t.Sentences[s].To, to)
	for end < to && m.count(end-1).story && m.count(end).story {
		s++
		end = min(t.Sentences[s].To, to)
	}
	return end
}

// pieceStart is pieceEnd from the other end.
func (m *Marker) pieceStart(t *shingle.Text, from, to int) int {
	s := seek(t.Sentences, 0, to-1)
	start := max(t.Sentences[s].From, from)
	for start > from && m.count(start-1).story && m.count(start).story {
		s--
		start = max(t.Sentences[s].From, from)
	}
	return start
}

// ownStems gathers the stems of the longer words outside furniture.
func (m *Marker) ownStems(t *shingle.Text) {
	m.stems.reset(t.Len())
	for i, stem := range t.Stem {
		if !m.taken(i) && t.End[i]-t.Start[i] >= subjectBytes {
			m.stems.add(uint64(stem))
		}
	}
}

// background reports whether the tokens [from, to) are of the article's own
// subject.
func (m *Marker) background(t *shingle.Text, from, to int) bool {
	words, own, days, story := 0, 0, 0, 0
	for i := from; i < to; i++ {
		days = max(days, m.count(i).Days)
		if m.count(i).story {
			story++
		}
		if t.End[i]-t.Start[i] < subjectBytes {
			continue
		}
		words++
		if m.stems.has(uint64(t.Stem[i])) {
			own++
		}
	}
	switch {
	case own == 0:
		return false
	case 3*story >= 2*(to-from):
		return true
	}
	return words >= subjectWords && (days <= fewDays && 2*own >= words || days <= manyDays && 4*own >= 3*words)
}
