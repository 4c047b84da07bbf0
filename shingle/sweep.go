package shingle

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"reprint/internal/lanes"
)

// A text is read twice: once to find where its words stand, then to hash them. In the
// second pass no word waits for the one before it, so that a processor works on several
// at a time.

// apart is a token whose folded form has to be made, with what is made of it.
type apart struct {
	token int32
	stem  uint32
	hash  uint64

	from, to uint32 // the form in Tokenizer.forms, if it holds a digit
}

// sweep reads the text once and fills dst with the places and flags of its tokens, but
// for numbers among the words that Latin found, and z with its lines.
func (z *Tokenizer) sweep(dst *Text) {
	z.expect(dst)
	at := 0
	for from := 0; from <= len(z.text); from += runsWindow {
		runs := z.findRuns(from)
		for at, runs = z.placeRuns(dst, at, runs); len(runs) > 1; at, runs = z.placeRuns(dst, at, runs) {
			at, runs = z.placeRun(dst, at, int(runs[0]), int(runs[1])), runs[2:]
		}
	}
	for at < len(z.text) {
		at = z.step(dst, at)
	}
	z.endLine(dst, len(z.text), len(z.text))
}

// placeRun reads what stands between at and a run of letters and digits, and the run, and
// returns the end of what it read.
func (z *Tokenizer) placeRun(dst *Text, at, start, end int) int {
	for at < start {
		at = z.step(dst, at)
	}
	folded, ends := z.latin.Folded, &z.table.ends
	if at == start && (ends[folded[end]]&(ends[folded[end+1]]>>4) != 0 || z.endsAt(end)) {
		z.place(dst, start, end, z.firstClass(start))
		return end
	}
	for at < end {
		at = z.step(dst, at)
	}
	return at
}

// placeRuns is placeRun for the first of some runs, up to one that asks for a closer look.
// It returns the end of what it read and the runs that are left.
func (z *Tokenizer) placeRuns(dst *Text, at int, runs []uint32) (int, []uint32) {
	n, most := len(dst.Start), len(runs)/2
	dst.Start, dst.End, dst.Flag = slices.Grow(dst.Start, most), slices.Grow(dst.End, most), slices.Grow(dst.Flag, most)
	starts, ends, flags := dst.Start[n:n+most], dst.End[n:n+most], dst.Flag[n:n+most]
	k := z.table.plainRuns(starts, ends, flags, at, runs, z.latin.Folded, z.text)
	dst.Start, dst.End, dst.Flag = dst.Start[:n+k], dst.End[:n+k], dst.Flag[:n+k]
	if k > 0 {
		at = int(ends[k-1])
		flags[0] |= Flag(z.seen&mark) * (marked / Flag(mark))
		z.seen = 0
	}
	return at, runs[2*k:]
}

// plainRuns fills in the places and flags of those of the first runs, and returns their
// number, that are words, begin with a character of ASCII and have one or two others
// before them that are no letters, digits or ends of lines.
func (t *table) plainRuns(starts, ends []uint32, flags []Flag, at int, runs []uint32, folded []byte, text string) int {
	ends, flags = ends[:len(starts)], flags[:len(starts)]
	for k := range starts {
		run := runs[2*k:][:2]
		start, end := int(run[0]), int(run[1])
		if uint(start-at-1) > 1 {
			return k
		}
		before, after := t.between[folded[at]]|t.between[folded[start-1]], folded[end:][:2]
		first := t.first[text[start]]
		if (before|first)&wordy != 0 || t.ends[after[0]]&(t.ends[after[1]]>>4) == 0 {
			return k
		}
		starts[k], ends[k], flags[k] = run[0], run[1], Flag(first>>4|before<<3)
		at = end
	}
	return len(starts)
}

// longText is how many bytes a text has of which the words are counted before they are
// placed: dst would grow, and be copied, many times.
const longText = 1 << 18

// expect makes room in dst for the words that Latin found in a long text.
func (z *Tokenizer) expect(dst *Text) {
	if len(z.text) < longText {
		return
	}
	n, last := 0, uint64(0)
	for words := z.latin.Words; len(words) >= 8; words = words[8:] {
		w := binary.LittleEndian.Uint64(words)
		n += bits.OnesCount64(w &^ (w<<1 | last))
		last = w >> 63
	}
	dst.Start, dst.End, dst.Flag = slices.Grow(dst.Start, n), slices.Grow(dst.End, n), slices.Grow(dst.Flag, n)
}

// step reads a word, or a character that begins none, at i, as if Latin did not know
// it, and returns its end.
func (z *Tokenizer) step(dst *Text, i int) int {
	c, _, size := z.table.at(z.text, i)
	switch c & kinds {
	case letter, digit, single:
		return z.word(dst, i, c)
	case katakana, hard:
		return z.segment(dst, i)
	case newline:
		if strings.HasPrefix(z.text[i:], "\r\n") {
			size = 2
		}
		z.endLine(dst, i, i+size)
	default:
		z.seen |= c
	}
	return i + size
}

// firstClass returns the class of the letter or digit of ASCII or Latin-1 at i, number
// left out.
func (z *Tokenizer) firstClass(i int) class {
	b := z.text[i]
	if b < utf8.RuneSelf {
		return z.table.class[b] &^ number
	}
	return z.table.class[int(b&0x1f)<<6|int(z.text[i+1]&0x3f)]
}

// marked is the flag, for the time being, of a token that has a character of class mark
// before it.
const marked Flag = 1 << 7

// place adds the token [start, end), whose hash is to follow, to dst.
func (z *Tokenizer) place(dst *Text, start, end int, c class) {
	dst.Start = append(dst.Start, uint32(start))
	dst.End = append(dst.End, uint32(end))
	dst.Flag = append(dst.Flag, flagsOf[c>>5]|Flag(z.seen&mark)*(marked/Flag(mark)))
	z.seen = 0
}

// emit adds the token [start, end), whose folded form is given, to dst.
func (z *Tokenizer) emit(dst *Text, start, end int, c class, form []byte) {
	hash := hashForm(form)
	a := apart{token: int32(len(dst.Start)), stem: stemOf(form, hash), hash: hash}
	if c&number != 0 {
		a.from = uint32(len(z.forms))
		z.forms = append(z.forms, form...)
		a.to = uint32(len(z.forms))
	}
	z.apart = append(z.apart, a)
	z.place(dst, start, end, c)
}

// flagsOf has the flags of a token by its class, without the lowest five bits.
var flagsOf = func() (t [8]Flag) {
	for i := range t {
		for of, flag := range map[class]Flag{upper: Upper, number: Number, char: Char} {
			if class(i)<<5&of != 0 {
				t[i] |= flag
			}
		}
	}
	return t
}()

// hashWords fills in the hashes of tokens, and z with the gaps that are to be looked at.
func (z *Tokenizer) hashWords(dst *Text) {
	n := len(dst.Start)
	dst.Hash, dst.Stem = slices.Grow(dst.Hash, n)[:n], slices.Grow(dst.Stem, n)[:n]
	from := 0
	for _, a := range z.apart {
		z.hashLatin(dst, from, int(a.token))
		dst.Hash[a.token], dst.Stem[a.token] = a.hash, a.stem
		from = int(a.token) + 1
	}
	z.hashLatin(dst, from, n)
	z.numberStems(dst)
	z.gaps = slices.Grow(z.gaps[:0], n+1)[:n+1]
	gaps, all := 0, Flag(0)
	for i, f := range dst.Flag {
		all |= f
		z.gaps[gaps] = int32(i)
		gaps += int(f/marked | f/Upper&z.words.mayStart(dst.Hash[i]))
		dst.Flag[i] = f &^ marked
	}
	if z.gaps = z.gaps[:gaps]; z.seen&mark != 0 {
		z.gaps = append(z.gaps, int32(n))
	}
	if all&Char != 0 {
		dst.pairStems()
	}
}

// hashLatin does so for the tokens [from, to), all of them words that Latin found.
func (z *Tokenizer) hashLatin(dst *Text, from, to int) {
	flags := dst.Flag[from:to]
	w := lanes.Words{
		Seed: uint64(Seed), Folded: z.latin.Folded, Starts: dst.Start[from:to], Ends: dst.End[from:to],
		Hashes: dst.Hash[from:to], Stems: dst.Stem[from:to], Marks: unsafe.Slice((*byte)(unsafe.SliceData(flags)), len(flags)),
	}
	w.Hash()
	for i := nextFlag(flags, long, 0); i < len(flags); i = nextFlag(flags, long, i+1) {
		flags[i] &^= long
		z.hashLong(dst, from+i)
	}
}

// long is the flag, for the time being, of a token that is left to hashLong.
const long Flag = lanes.IsLong

// digits8 returns Number if one of the eight bytes of w is a digit, which are letters
// of ASCII and Latin-1, digits and 0xff.
func digits8(w uint64) Flag { return Flag(lanes.Digits(w)) * Number }

// hashLong is hashLatin for one token of any length.
func (z *Tokenizer) hashLong(dst *Text, i int) {
	form := z.latin.Folded[dst.Start[i]:]
	n := int(dst.End[i] - dst.Start[i])
	for at := 0; at < n; at += 8 {
		rest := form[at:]
		w := binary.LittleEndian.Uint64(rest)
		if left := n - at; left < 8 {
			w |= ^lanes.ShortMasks[left][0]
		}
		dst.Flag[i] |= digits8(w)
	}
	dst.Hash[i] = hashAt(form, n)
	dst.Stem[i] = stem(form[:n], dst.Hash[i])
}
