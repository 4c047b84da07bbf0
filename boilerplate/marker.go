package boilerplate

import (
	"fmt"

	"reprint/shingle"
)

// closeGap is how many words between two learnt stretches of furniture go
// with them: the date or title that changes from day to day.
const closeGap = 3

// Stretch is furniture in tokens, with what told it.
type Stretch struct {
	From, To int
	Rule     int // index of the rule that named it, -1 for none
	Count        // of the least frequent run in it, zero if only a rule told
}

// Marker joins what rules found with what sources repeat. Learnt may be nil.
// It holds scratch memory and serves one goroutine at a time.
type Marker struct {
	Rules  *Rules
	Learnt *Learnt

	grams  []uint64
	counts []Count
	rule   []int32
}

// Stretches appends the furniture of a text: disjoint, by first token.
// found is what the rules found in it, site the hash of its source.
func (m *Marker) Stretches(dst []Stretch, t *shingle.Text, found []Found, site uint64) []Stretch {
	n := t.Len()
	m.counts = append(m.counts[:0], make([]Count, n)...)
	m.repeated(t, site)
	m.rule = append(m.rule[:0], make([]int32, n)...)
	for _, f := range found {
		for i := f.From; i < f.To; i++ {
			m.rule[i] = int32(f.Rule) + 1
		}
	}
	for i := 0; i < n; {
		if m.counts[i].Days == 0 && m.rule[i] == 0 {
			i++
			continue
		}
		s := m.stretch(i)
		dst = append(dst, s)
		i = s.To
	}
	return dst
}

// repeated fills counts with what the source repeats.
func (m *Marker) repeated(t *shingle.Text, site uint64) {
	if m.Learnt == nil || site == 0 && !m.Learnt.all {
		return
	}
	for length, used := range m.Learnt.lengths {
		if used && t.Len() >= length {
			m.repeatedRuns(t, site, length)
		}
	}
	for length, used := range m.Learnt.lengths {
		if used && m.Learnt.keeps && t.Len() >= length {
			m.keptRuns(t, site, length)
		}
	}
}

// keptRuns takes words that are kept out of longer stretches as well.
func (m *Marker) keptRuns(t *shingle.Text, site uint64, length int) {
	m.grams = shingle.Append(m.grams[:0], t.Hash, length)
	for i, g := range m.grams {
		if m.Learnt.find(g, site).kept {
			clear(m.counts[i : i+length])
		}
	}
}

// repeatedRuns does so for runs of one length.
func (m *Marker) repeatedRuns(t *shingle.Text, site uint64, length int) {
	m.grams = shingle.Append(m.grams[:0], t.Hash, length)
	end := 0 // of the stretch that the last known run belongs to
	for i, g := range m.grams {
		c := m.Learnt.get(g, site)
		if c.Days == 0 {
			continue
		}
		if end > 0 && i > end && i-end <= closeGap && length == gramWords {
			for k := end; k < i; k++ {
				m.counts[k] = c
			}
		}
		for k := i; k < i+length; k++ {
			m.counts[k] = larger(m.counts[k], c)
		}
		end = i + length
	}
}

func larger(a, b Count) Count {
	if a.Days > b.Days || a.Days == b.Days && a.Times > b.Times {
		return a
	}
	return b
}

// stretch returns the furniture that begins at token i: what one rule marked
// and the repeated words that follow it, or repeated words up to the next
// rule's.
func (m *Marker) stretch(i int) Stretch {
	s := Stretch{From: i, To: i, Rule: int(m.rule[i]) - 1}
	for ; s.To < len(m.rule) && (m.counts[s.To].Days > 0 || m.rule[s.To] > 0); s.To++ {
		if r := int(m.rule[s.To]) - 1; r >= 0 && r != s.Rule {
			break
		}
		if c := m.counts[s.To]; c.Days > 0 && (s.Days == 0 || c.Days < s.Days) {
			s.Count = c
		}
	}
	return s
}

// Marks appends the stretches as marks on the original text, whose edges
// must be those of t.
func (m *Marker) Marks(dst []Mark, t *shingle.Text, edges []Edge, stretches []Stretch) []Mark {
	c, first := cutter{t: t, edges: edges}, len(dst)
	for _, s := range stretches {
		mark := Mark{Span: c.span(s.From, s.To), Kind: s.Kind, Score: sure(s)}
		if s.Rule >= 0 {
			r := &m.Rules.list[s.Rule]
			mark.Kind, mark.Reason = r.kind, "rule: "+r.name
		} else {
			mark.Reason = fmt.Sprintf("source repeats it on %d days, %d times", s.Days, s.Times)
		}
		if n := len(dst); n > first && dst[n-1].End > mark.Start {
			mark.Start = dst[n-1].End
		}
		dst = append(dst, mark)
	}
	return dst
}

// Mark finds the furniture of one text: Edges, Stretches and Marks in one
// call.
func (m *Marker) Mark(dst []Mark, text string, t *shingle.Text, found []Found, site uint64) []Mark {
	return m.Marks(dst, t, Edges(nil, text, t), m.Stretches(nil, t, found, site))
}

// sure returns how certain a stretch is furniture: what is printed on many
// days more than what is printed on few, what two signals tell most.
func sure(s Stretch) float64 {
	learnt := 0.0
	if s.Days > 0 {
		learnt = 1 - 1/float64(s.Days)
	}
	if s.Rule < 0 {
		return learnt
	}
	return 1 - .2*(1-learnt)
}
