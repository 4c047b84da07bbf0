package shingle

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sentence ends at . ! ? … with the quotation marks and brackets that follow
// at once, if white space comes after them; the marks of Chinese and Japanese
// need none, nor do ! and ? between their characters. ; asks behind Greek. It does
// not end
//
//   - before a word in lower case
//   - at a bracket that closes inside the sentence: (endlich!)
//   - at a full stop that belongs to an abbreviation, an initial, a numeral or
//     a date
//   - at an ellipsis that stands free
//   - at a full stop behind Thai or Lao, which stands for letters left out
//
// The last three yield if a word follows that often begins sentences, where that
// tells: "am 25. April" but "um 25. Danach". Without a stop a sentence ends only
// where a German heading ran into it, see unmarked. Abbreviations and such words
// are listed in the folder language.
//
// Sentences fill their paragraph but for the white space between them.

// isStop reports whether r ends sentences if white space follows.
func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '‼', '⁇', '⁈', '⁉', '‽', '؟', '۔', '։', '।', '॥', '።', '။', '។':
		return true
	}
	return isWideStop(r)
}

// isWideStop reports whether r ends sentences whatever follows.
func isWideStop(r rune) bool {
	switch r {
	case '。', '！', '？', '．', '｡':
		return true
	}
	return false
}

// isCloser reports whether r may stand between a stop and the white space.
func isCloser(r rune) bool {
	switch r {
	case '"', '\'', '“', '”', '’', '‘', '»', '«', '›', '‹', ')', ']', '}', '」', '』', '｣', '〟', '〞', '）', '］', '＂', '＇', '״':
		return true
	}
	return false
}

// splitter walks over the gaps of one text.
type splitter struct {
	z       *Tokenizer
	t       *Text
	text    string
	from    int // first token of the sentence
	bracket int // token before which the outermost open bracket of the sentence stands
	depth   int // open brackets

	block, isGerman int // what german last found
}

// sentences cuts the paragraphs of t into sentences.
func (z *Tokenizer) sentences(t *Text) {
	s := splitter{z: z, t: t, text: z.text, block: -1}
	gaps := z.gaps
	z.dashed = false
	for _, p := range t.Paragraphs {
		start := p.Start
		s.from, s.depth = p.From, 0
		for ; len(gaps) > 0 && int(gaps[0]) < p.To; gaps = gaps[1:] {
			i := int(gaps[0])
			if i <= p.From {
				continue
			}
			if end := s.cut(i); end >= 0 {
				t.Sentences = append(t.Sentences, Unit{s.from, i, start, end})
				if start = int(t.Start[i]); start != end+1 || s.text[end] != ' ' {
					start, _, _ = trim(s.text, end, start)
				}
				s.from, s.depth = i, 0
			}
		}
		t.Sentences = append(t.Sentences, Unit{s.from, p.To, start, p.End})
	}
}

// cut returns where a sentence ends between the tokens i-1 and i, or -1. Most gaps are a
// space, with a mark before it or without, of which no more has to be known.
func (s *splitter) cut(i int) int {
	begin, limit := int(s.t.End[i-1]), int(s.t.Start[i])
	switch gap := s.text[begin:limit]; gap {
	case " ":
		if s.unmarked(i, begin, limit) {
			return begin
		}
		return -1
	case ", ", ": ":
		return -1
	case ". ":
		if !lower(s.text[limit:]) && s.fullStop(i) {
			return begin + 1
		}
		return -1
	}
	return s.cutAt(i, begin, limit)
}

// cutAt is cut for any gap, [begin, limit).
func (s *splitter) cutAt(i, begin, limit int) int {
	for at := begin; at < limit; {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		if !isStop(r) && !s.asks(r, at) {
			s.count(i, r)
			at += size
			continue
		}
		stop := at
		at = s.run(at+size, limit)
		if s.text[at-1] == '.' && (strings.HasPrefix(s.text[at:], " – ") || strings.HasPrefix(s.text[at:], " — ")) {
			s.z.dashed = true
		}
		end := s.close(at, limit)
		if s.ends(i, stop, at, end) {
			return end
		}
		for _, r := range s.text[at:end] {
			s.count(i, r)
		}
		at = end
	}
	if end := s.close(begin, limit); s.unmarked(i, end, limit) {
		return end
	}
	return -1
}

// asks reports whether r at byte at is the question mark of Greek.
func (s *splitter) asks(r rune, at int) bool {
	if r != ';' && r != '\u037e' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s.text[:at])
	return unicode.Is(unicode.Greek, before)
}

// count counts the brackets, of which r, before token i, may be one.
func (s *splitter) count(i int, r rune) {
	switch r {
	case '(', '[', '（':
		if s.depth == 0 {
			s.bracket = i
		}
		s.depth++
	case ')', ']', '）':
		s.depth = max(s.depth-1, 0)
	}
}

// unmarked reports whether a sentence without a stop ends at end, before the
// white space before token i: web pages that lost their line ends run headings
// and captions into the next sentence. It tells by a German function word that
// is capitalised, which happens at the beginning of sentences and in names only.
func (s *splitter) unmarked(i, end, limit int) bool {
	t := s.t
	switch {
	case t.Flag[i]&Upper == 0 || end == limit || s.traits(i)&start == 0 || i+1 == t.Len() || s.traits(i+1)&name != 0:
		return false
	case strings.TrimFunc(s.text[end:limit], isSpace) != "":
		return false
	case t.Flag[i-1]&Upper == 0 && s.traits(i-1)&inner != 0:
		return false
	}
	word := s.word(i)
	_, size := utf8.DecodeRuneInString(word)
	after, _ := utf8.DecodeRuneInString(s.text[t.End[i]:])
	return lower(word[size:]) && isSpace(after) && s.german(i)
}

// run returns the end of the stops that go on at at: "...", "?!", ". . .".
func (s *splitter) run(at, limit int) int {
	for at < limit {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		switch {
		case isStop(r):
			at += size
		case strings.HasPrefix(s.text[at:limit], " . "):
			at += 2
		default:
			return at
		}
	}
	return at
}

// close returns the end of the closing marks that begin at at: in French one that
// stands apart, too, and of what opens elsewhere none that stands right before a word.
func (s *splitter) close(at, limit int) int {
	for at < limit {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		switch {
		case isCloser(r) && (at+size < limit || r != '“' && r != '‘'):
		case at+size < limit && isSpace(r) && s.closesApart(at+size, limit):
		default:
			return at
		}
		at += size
	}
	return at
}

// closesApart reports whether at byte at stands a mark of French with which a quotation
// ends, one that a space follows.
func (s *splitter) closesApart(at, limit int) bool {
	r, size := utf8.DecodeRuneInString(s.text[at:limit])
	after, _ := utf8.DecodeRuneInString(s.text[at+size:])
	return (r == '»' || r == '›') && at+size < limit && isSpace(after)
}

// ends reports whether the stops at [stop, closing), closed at end, end the
// sentence before token i.
func (s *splitter) ends(i, stop, closing, end int) bool {
	after, _ := utf8.DecodeRuneInString(s.text[end:])
	last, _ := utf8.DecodeLastRuneInString(s.text[:closing])
	if !isSpace(after) {
		return s.endsTight(i, last, end > closing, after)
	}
	if lower(s.text[s.t.Start[i]:]) {
		return false
	}
	if s.depth > 0 && s.bracket > s.from && strings.ContainsAny(s.text[closing:end], ")]）") {
		return s.traits(i)&begins != 0
	}
	attached := stop == int(s.t.End[i-1])
	switch run := s.text[stop:closing]; {
	case run == ".":
	case strings.Trim(run, ". …") != "":
		return true
	default:
		return attached || s.traits(i)&begins != 0
	}
	return !attached || s.fullStop(i)
}

// endsTight does what ends does where no white space comes after the stops, the last of
// which is given, but the character after. 「…。」と goes on.
func (s *splitter) endsTight(i int, last rune, closed bool, after rune) bool {
	switch {
	case isWideStop(last):
		return !closed || after != 'と'
	case last == '!' || last == '?':
		return s.t.Flag[i-1]&s.t.Flag[i]&Char != 0
	}
	return false
}

// fullStop reports whether the full stop right after token i-1 ends a sentence
// before token i, which is not in lower case.
func (s *splitter) fullStop(i int) bool {
	word := s.word(i - 1)
	was, next := s.traits(i-1), s.traits(i)
	switch {
	case was&never != 0, s.t.Flag[i-1]&Char != 0 && abbreviates(word):
		return false
	case was&numbers != 0 && s.numeral(i):
		return false
	case s.initial(i-1) && i-1 > s.from && s.initial(i-2) && s.text[s.t.End[i-2]] == '.':
		return false
	case was&seldom != 0 || s.initial(i-1) || dotted(word):
		return next&begins != 0
	case s.t.Flag[i-1]&Number != 0:
		return s.afterNumber(i, word)
	case roman(word):
		return next&begins != 0 || !s.german(i)
	}
	return true
}

// abbreviates reports whether in the script of a word a full stop only stands for letters
// left out: Thai and Lao part sentences with spaces.
func abbreviates(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.In(r, unicode.Thai, unicode.Lao)
}

// afterNumber does what fullStop does after a number.
func (s *splitter) afterNumber(i int, word string) bool {
	next := s.traits(i)
	if day, rest, ok := strings.Cut(word, "."); ok && digits(day+rest) && len(day) < 3 && len(rest) < 3 {
		return next&begins != 0 || !s.german(i) // 25.10.
	}
	switch {
	case !digits(word) || len(word) > 3:
		jubilee := strings.HasSuffix(word, ".000") && i-1 > s.from && s.traits(i-2)&ordinal != 0
		return next&begins != 0 || !jubilee
	case i-1 == s.from || next&month != 0:
		return false
	case next&begins != 0:
		return true
	case s.traits(i-2)&ordinal != 0, s.t.Flag[i-2]&Number != 0 && s.text[s.t.End[i-2]] == '.': // 23./24. August
		return false
	case strings.IndexByte("-/:,", s.text[s.t.Start[i-1]-1]) >= 0:
		return true // 2:1.
	}
	// In German the number counts something if it may be a day, a league or a
	// rank. Higher ones have an article before them.
	return !s.german(i) || len(word) == 3 || len(word) == 2 && word > "31"
}

// german reports whether the words around token i, a block of them, look German.
func (s *splitter) german(i int) bool {
	const block, margin = 64, 16
	if at := i / block; at != s.block {
		s.block, s.isGerman = at, 0
		for k := max(0, at*block-margin); k < min(s.t.Len(), (at+1)*block+margin); k++ {
			t := s.traits(k)
			s.isGerman += int(t/german&1) - int(t/english&^(t/german)&1)
		}
	}
	return s.isGerman > 0
}

func (s *splitter) word(i int) string  { return s.text[s.t.Start[i]:s.t.End[i]] }
func (s *splitter) traits(i int) trait { return s.z.words.of(s.t.Hash[i]) }
func (s *splitter) numeral(i int) bool { return digits(s.word(i)[:1]) }

// initial reports whether token i is one letter, the J in "J. R. Smith", and
// not the end of a name like AT&T, nor a syllable of Korean, which may be a word.
func (s *splitter) initial(i int) bool {
	w := s.word(i)
	if len(w) > utf8.UTFMax {
		return false
	}
	r, size := utf8.DecodeRuneInString(w)
	if size != len(w) || s.t.Flag[i]&(Char|Number) != 0 || !unicode.IsLetter(r) || unicode.Is(unicode.Hangul, r) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s.text[:s.t.Start[i]])
	return !strings.ContainsRune("&/+", before) && (before != '-' || s.german(i))
}

// dotted reports whether w is made of parts of one or two letters: "U.S".
func dotted(w string) bool {
	if !strings.Contains(w, ".") {
		return false
	}
	for part := range strings.SplitSeq(w, ".") {
		if len(part) > 2 || digits(part) {
			return false
		}
	}
	return true
}

// roman reports whether w is a Roman numeral of two or more letters.
func roman(w string) bool {
	for i := range len(w) {
		switch w[i] {
		case 'I', 'V', 'X', 'L', 'C':
		default:
			return false
		}
	}
	return len(w) > 1
}

// digits reports whether w holds nothing but ASCII digits.
func digits(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return true
}
