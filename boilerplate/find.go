package boilerplate

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"reprint/shingle"
)

const (
	// headSentences is how many sentences belong to the head of a text.
	headSentences = 4

	// tailWords is the size of a text's tail, or a third of a short text.
	tailWords = 120

	// lineWords is the most words that "line" takes of a paragraph; text
	// that lost its line breaks is one long paragraph.
	lineWords = 40

	// headlineWords is the most words that "line" takes of a sentence in
	// running text. Where line breaks are lost a headline runs on into the
	// next sentence; longer ones were content in most cases.
	headlineWords = 12

	// disclaimerWords is the most that "paragraph" takes, and that "sentence" and "over" take
	// of what has no full stop.
	disclaimerWords = 160

	// restWords is the most that "rest" takes.
	restWords = 200

	// headingsWords is how many words stand behind a teaser's call at most, up to the end of the
	// text, that are a list of headings if no sentence ends among them.
	headingsWords = 80

	// callWords is how many words stand before the call that "call" takes at most, and
	// capitalWords how many words in capitals make one.
	callWords    = 100
	capitalWords = 3
)

// Found is a stretch of tokens that a rule marks.
type Found struct {
	From, To int // tokens
	Call     int // token behind the phrase itself
	Rule     int // index into the rules
}

// Find appends what the rules find in a text, ordered by its first token,
// disjoint: of two that overlap the one that begins first stays, then the
// longer one, then the earlier rule. t is the text tokenised.
// Cost: one look into a bitmap for every word.
func (r *Rules) Find(dst []Found, text string, t *shingle.Text) []Found {
	if r == nil {
		return dst
	}
	f := finder{Rules: r, text: text, Text: t, out: dst}
	f.tail = max(t.Len()-tailWords, t.Len()*2/3)
	paragraph := 0
	for s, unit := range t.Sentences {
		for paragraph+1 < len(t.Paragraphs) && t.Paragraphs[paragraph].To <= unit.From {
			paragraph++
		}
		f.sentence(s, unit, t.Paragraphs[paragraph])
	}
	return f.disjoint(len(dst))
}

// finder holds what stays the same while one text is searched.
type finder struct {
	*Rules
	*shingle.Text
	text string
	tail int // first token of the tail
	out  []Found
}

// sentence tries all rules at the beginning of a sentence, which that of a
// paragraph is, too, and at its other words those that hold anywhere.
func (f *finder) sentence(s int, unit, paragraph shingle.Unit) {
	places := f.anchored(f.Hash, unit.From)
	for anchor, open := range f.open {
		if places>>anchor&1 == 0 {
			continue
		}
		for _, i := range open {
			f.try(int(i), unit.From, s, unit, paragraph)
		}
	}
	if h := f.Hash[unit.From]; f.start.may(h) && f.begins.at(f.Hash, unit.From) {
		for _, i := range f.first[h] {
			f.try(int(i), unit.From, s, unit, paragraph)
		}
	}
	for at := unit.From + 1; at < unit.To; at++ {
		if !f.any.at(f.Hash, at) {
			continue
		}
		for _, i := range f.first[f.Hash[at]] {
			if f.list[i].anywhere {
				f.try(int(i), at, s, unit, paragraph)
			}
		}
	}
}

// try adds a find if rule i holds at token at of sentence s, its first one if the
// rule does not hold anywhere.
func (f *finder) try(i, at, s int, unit, paragraph shingle.Unit) {
	r := &f.list[i]
	if k := r.anchor; k > 0 && (at+k >= len(f.Hash) || !slices.Contains(r.words[k].hashes, f.Hash[at+k])) {
		return
	}
	switch r.where {
	case "head":
		if s >= headSentences {
			return
		}
	case "tail":
		if at < f.tail {
			return
		}
	case "line":
		if at != paragraph.From || strings.HasSuffix(f.text[:paragraph.End], ".") {
			return
		}
	case "block":
		if at != paragraph.From || paragraph.To-at > lineWords {
			return
		}
	}
	end := f.match(r, at)
	if end < 0 || r.where == "line" && end != paragraph.To {
		return
	}
	if r.takes == "call" {
		if to := f.call(end, paragraph.To); to > 0 {
			f.out = append(f.out, Found{From: at, To: to, Call: end, Rule: i})
		}
		return
	}
	if r.takes == "caption" {
		if from, to := f.caption(r, at, end, unit, paragraph); from < to {
			f.out = append(f.out, Found{From: from, To: to, Call: end, Rule: i})
		}
		return
	}
	from, to := f.extent(r, at, end, unit, paragraph)
	to = f.bracketed(from, max(end, f.link(end)), to)
	if r.kind == Teaser {
		to = f.headings(to)
	}
	f.out = append(f.out, Found{From: from, To: to, Call: end, Rule: i})
}

// match returns the token behind the phrase of r at token at, or -1.
func (f *finder) match(r *rule, at int) int {
	i := at
	for n, w := range r.words {
		if i < f.Text.Len() && w.is(f.Hash[i], f.Flag[i]) && (!w.capitals || f.capitals(i)) && f.between(i-1, w.before) &&
			(n == 0 || w.before != nil || !f.breaks(i-1)) {
			i++
			continue
		}
		if !w.optional {
			return -1
		}
	}
	if !f.between(i-1, r.after) {
		return -1
	}
	return i
}

// capitals reports whether token i has no small letter.
func (f *finder) capitals(i int) bool {
	w := f.text[f.Start[i]:f.End[i]]
	return w == strings.ToUpper(w)
}

func (w *word) is(h uint64, flag shingle.Flag) bool {
	switch {
	case w.upper && flag&shingle.Upper == 0:
		return false
	case w.number:
		return flag&shingle.Number != 0
	case len(w.hashes) == 0:
		return true
	}
	return slices.Contains(w.hashes, h)
}

// gap returns the text between token i and the next one; i is -1 for the
// text before the first.
func (f *finder) gap(i int) string {
	start, end := 0, len(f.text)
	if i >= 0 {
		start = int(f.End[i])
	}
	if i+1 < f.Text.Len() {
		end = int(f.Start[i+1])
	}
	return f.text[start:end]
}

// between reports whether a mark of each set stands behind token i.
func (f *finder) between(i int, sets []string) bool {
	for _, set := range sets {
		if !strings.ContainsAny(f.gap(i), set) {
			return false
		}
	}
	return true
}

// breaks reports whether a line ends behind token i: a phrase does not go on
// in the next line.
func (f *finder) breaks(i int) bool { return strings.Contains(f.gap(i), "\n") }

// extent returns what a find of r at tokens [at, end) takes.
func (f *finder) extent(r *rule, at, end int, unit, paragraph shingle.Unit) (int, int) {
	size := paragraph.To - paragraph.From
	switch {
	case r.takes == "phrase":
		return at, end
	case at == paragraph.From && (r.takes == "line" && size <= lineWords || r.takes == "paragraph" && size <= disclaimerWords):
		return paragraph.From, paragraph.To
	case r.takes == "rest" && f.Text.Len()-at <= restWords && 2*at >= f.Text.Len():
		return at, f.Text.Len()
	}
	most := math.MaxInt
	switch r.takes {
	case "line":
		most = headlineWords
	case "paragraph", "rest":
		most = lineWords
	case "sentence", "over":
		most = disclaimerWords
	}
	if end > unit.To || unit.To-at > most {
		return at, end // no border to go by
	}
	if (r.takes == "sentence" || r.takes == "over") && unit.To-unit.From <= lineWords {
		at = unit.From
	}
	return at, unit.To
}

// call returns the token behind the first call in capitals among the tokens [from, to), 0
// if none is near.
func (f *finder) call(from, to int) int {
	to = min(to, from+callWords)
	for n := 0; from < to; from++ {
		switch {
		case f.Flag[from]&shingle.Number == 0 && f.capitals(from):
			n++
		case n >= capitalWords:
			return from
		default:
			n = 0
		}
		if n >= capitalWords && from+1 == to {
			return to
		}
	}
	return 0
}

// headings returns the end of the text if no sentence ends from token at on, and few words stand
// there in its second half and in one line, else at: an article does not end with headings.
func (f *finder) headings(at int) int {
	n := f.Text.Len()
	if at == 0 || n-at > headingsWords || 2*at < n || strings.ContainsAny(f.text[f.End[at-1]:], "\n.…。।۔") {
		return at
	}
	return n
}

// link returns the token behind the address of a web page that stands right
// behind token end-1, and end where there is none.
func (f *finder) link(end int) int {
	if end == f.Text.Len() {
		return end
	}
	start := int(f.Start[end])
	rest := f.text[start:]
	if f.breaks(end-1) || !strings.HasPrefix(rest, "https://") && !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "www.") {
		return end
	}
	if n := strings.IndexFunc(rest, unicode.IsSpace); n >= 0 {
		rest = rest[:n]
	}
	for end < f.Text.Len() && int(f.Start[end]) < start+len(rest) {
		end++
	}
	return end
}

// bracketed returns where a stretch of tokens [from, to) ends whose phrase ends
// at end: where a bracket closes that was open before it, also beyond to if it
// opens right before the stretch and closes near. What stands behind the
// bracket is not of the same piece, whatever the sentence.
func (f *finder) bracketed(from, end, to int) int {
	to = max(to, end)
	limit := to
	if before := f.gap(from - 1); strings.HasSuffix(before, "(") || strings.HasSuffix(before, "[") {
		limit = min(max(to, end+lineWords), f.Text.Len())
	}
	depth := 0 // of brackets that the stretch opens itself
	for i := from + 1; i < end; i++ {
		depth = max(0, depth+strings.Count(f.gap(i-1), "(")-strings.Count(f.gap(i-1), ")"))
	}
	for i := end; i <= limit; i++ {
		for _, c := range f.gap(i - 1) {
			switch c {
			case '(', '[':
				depth++
			case ')', ']':
				depth--
			case '\n':
				limit = min(limit, max(to, i))
			}
			if depth < 0 {
				return i
			}
		}
	}
	return to
}

// disjoint sorts the finds from n on and drops those that overlap.
func (f *finder) disjoint(n int) []Found {
	found := f.out[n:]
	slices.SortFunc(found, func(p, q Found) int {
		switch {
		case p.From != q.From:
			return p.From - q.From
		case p.To != q.To:
			return q.To - p.To
		}
		return p.Rule - q.Rule
	})
	kept := f.out[:n]
	for _, one := range found {
		if len(kept) == n || one.From >= kept[len(kept)-1].To {
			kept = append(kept, one)
		}
	}
	return kept
}
