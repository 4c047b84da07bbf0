package shingle

import (
	"strings"
	"unicode/utf8"
)

// A quotation runs from an opening mark to the mark that closes it. Many marks
// do either, by language: “ opens in English and closes in German, » and « turn
// with the country, the straight ones always do both. What a mark does follows
// from the marks that are open and from its neighbours: an opening mark has a
// space, an opening bracket or a dash before it and something that is no space
// after it; a closing one has something before it. Chinese has no spaces, so
// that “ opens before any word, and so does " where nothing is open; and where a
// script has no apostrophe, ’ closes behind any word, as Korean joins it to the next.
//
// Quotations nest. One that is not closed ends with its paragraph; if the next
// begins with an opening mark, as long quotations are printed, the next one goes
// on. One that is longer than maxQuote words is a misprint and dropped, and so
// is one inside which the same mark opened again, if it is never closed. A
// single mark that nothing closes was an apostrophe.

const (
	maxQuote = 250 // words; characters count a third
	maxDepth = 16  // quotations open at once; more are misprints
)

// quotation is an open quotation.
type quotation struct {
	mark  rune
	from  int  // first token
	doubt bool // the same mark opened again inside
}

// side is what stands beside a mark.
type side uint8

const (
	inside side = iota // letters, digits, symbols
	space              // or an end of the paragraph
	opener             // an opening bracket or mark
	closer             // a closing one, or punctuation
	dash
)

// quoter walks over the marks of one text.
type quoter struct {
	t          *Text
	words      *lexicon
	text       string
	open       []quotation
	paragraph  Unit
	after      int  // where the last mark ended
	wasOpening bool // what it did
}

// quotations marks the tokens of t that stand inside quotation marks.
func (z *Tokenizer) quotations(t *Text) {
	q := quoter{t: t, words: z.words, text: z.text, open: z.open[:0]}
	gaps := z.gaps
	for _, p := range t.Paragraphs {
		q.paragraph = p
		for ; len(gaps) > 0 && int(gaps[0]) <= p.To; gaps = gaps[1:] {
			if i := int(gaps[0]); i >= p.From {
				q.gap(i)
			}
			if int(gaps[0]) == p.To {
				break // the next paragraph begins with the same gap
			}
		}
		q.endParagraph()
	}
	z.open = q.open
}

// gap reads the marks before token i that belong to the paragraph.
func (q *quoter) gap(i int) {
	at, end := q.paragraph.Start, q.paragraph.End
	if i > q.paragraph.From {
		at = int(q.t.End[i-1])
	}
	if i < q.paragraph.To {
		end = int(q.t.Start[i])
	}
	for at < end {
		r, size := utf8.DecodeRuneInString(q.text[at:end])
		if typed := q.text[at : at+size]; (r == '\'' || r == '`' || r == '‚') && strings.HasPrefix(q.text[at+size:end], typed) {
			r, size = '"', 2*size // a double mark typed as two single ones
		}
		if isQuote(r) {
			q.wasOpening = q.mark(i, r, q.left(at), q.right(at+size))
			q.after = at + size
		}
		at += size
	}
}

// isQuote reports whether r is a quotation mark.
func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '„', '“', '”', '‟', '‚', '‘', '’', '«', '»', '‹', '›', '「', '」', '『', '』', '｢', '｣', '〝', '〞', '〟', '＂', '＇', '״':
		return true
	}
	return false
}

// left returns what stands before byte at.
func (q *quoter) left(at int) side {
	if at == q.paragraph.Start {
		return space
	}
	if at == q.after {
		if q.wasOpening {
			return opener
		}
		return closer
	}
	r, _ := utf8.DecodeLastRuneInString(q.text[:at])
	return sideOf(r)
}

// right returns what stands from byte at on.
func (q *quoter) right(at int) side {
	if at == q.paragraph.End {
		return space
	}
	r, _ := utf8.DecodeRuneInString(q.text[at:])
	if r == ':' || r == '/' {
		return closer
	}
	return sideOf(r)
}

func sideOf(r rune) side {
	switch r {
	case ' ', '\n', '\r', '\t', '\u00a0', '\u202f':
		return space
	case '(', '[', '{', '（', '［', '〈', '《', '【', '/', '|', ':', '：':
		return opener
	case '.', ',', ';', '!', '?', '…', ')', ']', '}', '。', '、', '，', '！', '？', '）', '］':
		return closer
	case '-', '–', '—', '―':
		return dash
	}
	if isSpace(r) {
		return space
	}
	return inside
}

// mark does what the mark r before token i does, with l and r beside it, and
// reports whether it opened a quotation.
func (q *quoter) mark(i int, mark rune, left, right side) bool {
	opens := (left == space || left == opener || left == dash) && right != space && right != closer
	closes := left != space && left != opener
	switch mark {
	case '„', '‟', '‚', '「', '『', '｢', '〝':
		return q.begin(i, mark)
	case '」':
		return q.end(i, "「")
	case '』':
		return q.end(i, "『")
	case '｣':
		return q.end(i, "｢")
	case '〞', '〟':
		return q.end(i, "〝")
	case '“':
		return q.either(i, mark, "„‟", "“\"", opens || right == inside)
	case '”':
		return q.either(i, mark, "„‟“", "”\"", opens)
	case '"', '＂', '״':
		return q.either(i, '"', "", straightCloses, opens || right == inside && q.tight(i) && q.find(straightCloses) < 0)
	case '»', '«':
		return q.either(i, mark, string('»'+'«'-mark), string(mark), opens || left == space && right == space)
	case '›', '‹':
		return q.either(i, mark, string('›'+'‹'-mark), string(mark), opens)
	case '‘':
		return q.either(i, mark, "‚", "‘'", opens || right == inside)
	case '’':
		return closes && (right != inside || q.joins(i)) && q.end(i, "‚‘'’")
	}
	if closes && (right != inside || q.joins(i)) {
		return q.end(i, "'‘‚")
	}
	return opens && right == inside && !q.apostrophe(i) && q.begin(i, '\'')
}

// straightCloses are the marks that " closes.
const straightCloses = "\"„‟“”"

// tight reports whether token i is of a script without spaces.
func (q *quoter) tight(i int) bool { return i < q.t.Len() && q.t.Flag[i]&Char != 0 }

// joins reports whether token i, of a script without apostrophes, may be joined to what
// was quoted before it.
func (q *quoter) joins(i int) bool {
	if i == q.t.Len() {
		return false
	}
	r, _ := utf8.DecodeRuneInString(q.text[q.t.Start[i]:])
	return !hasApostrophe(r)
}

// either closes the innermost quotation that one of the marks in first opened;
// if there is none, it opens one if it opens, and else closes one of second.
func (q *quoter) either(i int, mark rune, first, second string, opens bool) bool {
	switch {
	case q.find(first) >= 0:
		return q.end(i, first)
	case opens:
		return q.begin(i, mark)
	}
	return q.end(i, second)
}

// apostrophe reports whether token i is written with one in front: 's, '90s.
func (q *quoter) apostrophe(i int) bool {
	return i < q.t.Len() && (q.t.Flag[i]&Number != 0 || q.words.of(q.t.Hash[i])&elided != 0)
}

// find returns the innermost open quotation that one of marks opened, or -1.
func (q *quoter) find(marks string) int {
	for k := len(q.open) - 1; k >= 0; k-- {
		if strings.ContainsRune(marks, q.open[k].mark) {
			return k
		}
	}
	return -1
}

// begin opens a quotation before token i.
func (q *quoter) begin(i int, mark rune) bool {
	if k := q.find(string(mark)); k >= 0 {
		q.open[k].doubt = true
	}
	if len(q.open) == maxDepth {
		q.open = q.open[:copy(q.open, q.open[1:])]
	}
	q.open = append(q.open, quotation{mark: mark, from: i})
	return true
}

// end closes the innermost quotation that one of marks opened, and those inside
// it, before token i.
func (q *quoter) end(i int, marks string) bool {
	if k := q.find(marks); k >= 0 {
		q.flag(q.open[k].from, i)
		q.open = q.open[:k]
	}
	return false
}

// endParagraph closes what is open.
func (q *quoter) endParagraph() {
	for _, o := range q.open {
		if !o.doubt && !strings.ContainsRune("'‘‚‹›", o.mark) {
			q.flag(o.from, q.paragraph.To)
		}
	}
	q.open = q.open[:0]
}

// flag marks the tokens [from, to) as quoted.
func (q *quoter) flag(from, to int) {
	limit := maxQuote
	if from < to && q.t.Flag[from]&Char != 0 {
		limit *= 3
	}
	if to-from > limit {
		return
	}
	for i := from; i < to; i++ {
		q.t.Flag[i] |= Quoted
	}
}
