package main

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"

	"reprint/boilerplate"
	"reprint/dedup"
	"reprint/internal/figures"
	"reprint/shingle"
)

// reviewer gathers what clean would take out, as a furniture file: a line for
// each wording, by source, the most frequent first. A person who writes "keep"
// into a line decides once; --furniture takes the file, and where "strip" was left
// takes out what would go without it. What goes of a page is told block by block.
type reviewer struct {
	t        *tool
	s        *settings
	patterns map[reviewKey]*reviewed
	order    int
	lossy    bool // rare wordings were let go
	z        shingle.Tokenizer
	text     shingle.Text
}

type reviewKey struct {
	source, wording string
	block           bool
}

type reviewed struct {
	boilerplate.Pattern
	days  map[int]bool
	order int
}

const (
	maxReviewed = 1 << 16 // wordings kept while the documents go by
	maxDays     = 1 << 10 // counted of one wording
)

func (t *tool) newReviewer(s *settings) *reviewer {
	return &reviewer{t: t, s: s, patterns: map[reviewKey]*reviewed{}}
}

func (r *reviewer) add(d *dedup.Cleaned) error {
	source := cmp.Or(d.Doc.Site, "*")
	day, dated := d.Doc.Published.Day()
	if len(d.Marks) > 0 {
		r.z.Tokenize(&r.text, d.Doc.Text)
	}
	for m, block := range r.pieces(d.Marks) {
		text := strings.TrimSpace(d.Doc.Text[m.Start:m.End])
		key := reviewKey{source, wording(text, block), block}
		p := r.patterns[key]
		if p == nil {
			r.prune()
			r.order++
			p = &reviewed{order: r.order, days: map[int]bool{}, Pattern: boilerplate.Pattern{
				Source: source, Text: strings.Clone(text), Kind: m.Kind, Decision: "strip", By: "found", Block: block,
				Position: position(m.Start+m.End, 2*len(d.Doc.Text))}}
			r.patterns[key] = p
		}
		p.Articles++
		if dated && len(p.days) < maxDays {
			p.days[day] = true
		}
	}
	return nil
}

// wording returns what readings of one wording have in common: in blocks all but the
// numbers.
func wording(text string, block bool) string {
	text = strings.ToLower(printable(text))
	if !block {
		return text
	}
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, text)
	for strings.Contains(digits, "00") {
		digits = strings.ReplaceAll(digits, "00", "0")
	}
	return digits
}

// pieces yields the marks of the text that was read: those that take whole blocks of
// a page block by block.
func (r *reviewer) pieces(marks []boilerplate.Mark) iter.Seq2[boilerplate.Mark, bool] {
	t := &r.text
	page := len(marks) > 0 && boilerplate.IsPage(t)
	return func(yield func(boilerplate.Mark, bool) bool) {
		from := 0 // the first paragraph that does not end before the mark; marks stand in their order
		for _, m := range marks {
			for from < len(t.Paragraphs) && t.Paragraphs[from].End <= m.Start {
				from++
			}
			to, whole := from, page
			for ; to < len(t.Paragraphs) && t.Paragraphs[to].Start < m.End; to++ {
				u := &t.Paragraphs[to]
				whole = whole && int(t.Start[u.From]) >= m.Start && int(t.End[u.To-1]) <= m.End
			}
			if !whole && !yield(m, false) {
				return
			}
			for _, u := range t.Paragraphs[from:to] {
				m.Start, m.End = u.Start, u.End
				if whole && !yield(m, true) {
					return
				}
			}
		}
	}
}

// position names the third of a text in which byte at of size stands.
func position(at, size int) string {
	return [...]string{"head", "middle", "tail"}[min(3*at/max(size, 1), 2)]
}

// prune lets go of the rarest wordings if there are too many.
func (r *reviewer) prune() {
	for least := 1; len(r.patterns) >= maxReviewed; least *= 2 {
		r.lossy = true
		maps.DeleteFunc(r.patterns, func(_ reviewKey, p *reviewed) bool { return p.Articles <= least })
	}
}

// commit writes the file, with what was known before. What was decided, in the
// file of --furniture, stays decided.
func (r *reviewer) commit() error {
	list := slices.SortedFunc(maps.Values(r.patterns), func(p, q *reviewed) int { return cmp.Compare(p.order, q.order) })
	found := &boilerplate.Furniture{}
	for _, p := range list {
		p.Days = len(p.days)
		found.Patterns = append(found.Patterns, p.Pattern)
	}
	if r.lossy {
		r.t.remark("", "more than %s wordings: rare ones were left out", figures.Grouped(maxReviewed))
	}
	return r.t.writeFurniture(r.s, taught{boilerplate.Merge(found, r.s.dedup.Furniture), r.s.dedup.Archive})
}

func (r *reviewer) abort() {}
