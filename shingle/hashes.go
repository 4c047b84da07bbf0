package shingle

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

	"github.com/spaolacci/murmur3"

	"reprint/internal/lanes"
)

// AppendHashes appends to dst the hashes of the tokens of text, those that Tokenize
// would leave in Text.Hash, and returns the longer slice. It is for who needs nothing
// else: it costs a third of Tokenize where letters are those of ASCII and Latin-1, and
// allocates nothing for a text without HTML entities no longer than earlier ones.
//
// Words of such letters are found 64 bytes at a time, see lanes.Latin. All others,
// and those that may go on behind a full stop, an apostrophe or a combining mark, are
// cut and folded as Tokenize does it.
func (z *Tokenizer) AppendHashes(dst []uint64, text string) []uint64 {
	z.load(text)
	text = z.text
	at, stop := 0, z.stopFrom(0)
	folded, ends := z.latin.Folded, &z.table.ends
	for from := 0; from <= len(text); from += runsWindow {
		runs := z.findRuns(from)
		for ; len(runs) > 1; runs = runs[2:] {
			start, end := int(runs[0]), int(runs[1])
			if stop < start {
				dst, at = z.appendPieces(dst, stop, start)
				stop = z.stopFrom(at)
			}
			switch {
			case end <= at: // a piece took it
			case start >= at && (ends[folded[end]]&(ends[folded[end+1]]>>4) != 0 || z.endsAt(end)):
				dst = append(dst, hashAt(folded[start:], end-start))
				at = end
			default:
				if dst, at = z.appendPiece(dst, max(start, at)); stop < at {
					stop = z.stopFrom(at)
				}
			}
		}
	}
	dst, _ = z.appendPieces(dst, stop, len(text))
	z.unload()
	return dst
}

// runsWindow is how many bytes are searched for words before these are hashed. Doing
// one after the other, and not word by word, lets a processor work on many at a time.
const runsWindow = 2048

// findRuns returns where the runs of letters and digits begin and end that Latin found
// in the window that begins at from. One that goes on in the next window is returned
// with that one's. The numbers are good until the next call.
func (z *Tokenizer) findRuns(from int) []uint32 {
	n := 0
	if from == 0 {
		z.inRun = false
	}
	if z.inRun {
		z.runs[0], n = z.runStart, 1
	}
	words := z.latin.Words[from/8:]
	for words = words[:min(len(words), runsWindow/8)]; len(words) > 0; words = words[8:] {
		w := binary.LittleEndian.Uint64(words)
		edges := w ^ w<<1
		if z.inRun {
			edges ^= 1
		}
		for ; edges != 0; edges &= edges - 1 {
			z.runs[n%len(z.runs)] = uint32(from + bits.TrailingZeros64(edges))
			n++
		}
		z.inRun = w>>63 == 1
		from += 64
	}
	if z.inRun {
		z.runStart = z.runs[(n-1)%len(z.runs)]
	}
	return z.runs[:n]
}

// stopFrom returns the first place at or after i that Latin found worth a closer look, or
// the end of the text.
func (z *Tokenizer) stopFrom(i int) int {
	for ; i < len(z.text); i += 57 {
		if ahead := binary.LittleEndian.Uint64(z.latin.Stops[i>>3:]) >> (i & 7); ahead != 0 {
			return i + bits.TrailingZeros64(ahead)
		}
	}
	return len(z.text)
}

// appendPieces appends the hashes of the words that begin at stops from stop on before
// limit, and returns the end of the last piece.
func (z *Tokenizer) appendPieces(dst []uint64, stop, limit int) (_ []uint64, end int) {
	for stop < limit {
		dst, end = z.appendPiece(dst, stop)
		stop = z.stopFrom(end)
	}
	return dst, end
}

// What a byte of ASCII says of the word before it: in the low four bits of a table's
// entry, if it stands behind the word's last letter, in the high ones, if it is the one
// after that. Where the two have a bit in common the word ends.
const (
	endsAlone  = 1 // whatever follows
	endsBefore = 2 // if what follows neither is nor joins letters and digits
)

// newEnds makes the table of what bytes say of a word before them; those of other
// characters say nothing, as first ones.
func newEnds(t *table) (ends [256]uint8) {
	for b := range ends {
		ends[b] = endsAlone << 4
		if b >= utf8.RuneSelf {
			continue
		}
		switch t.class[b] & kinds {
		case other, newline:
			ends[b] |= endsAlone | endsBefore<<4
		case midLetter, midDigit, midBoth:
			ends[b] |= endsBefore | endsBefore<<4
		}
	}
	return ends
}

// endsAt reports whether a word of ASCII and Latin-1 letters surely ends before the
// byte at i, which is none of these.
func (z *Tokenizer) endsAt(i int) bool {
	if i == len(z.text) || z.text[i] == ' ' {
		return true
	}
	c, _, size := z.table.at(z.text, i)
	switch c & kinds {
	case other, newline, single, katakana:
		return true
	case midLetter, midDigit, midBoth:
		if i += size; i == len(z.text) {
			return true
		}
		c, _, _ = z.table.at(z.text, i)
		switch c & kinds {
		case letter, digit, ignored, hard:
			return false
		}
		return true
	}
	return false
}

// appendPiece appends the hash of what begins at i, if it is a word, and returns its
// end.
func (z *Tokenizer) appendPiece(dst []uint64, i int) ([]uint64, int) {
	c, _, size := z.table.at(z.text, i)
	switch c & kinds {
	case letter, digit, single:
		end, n, all := z.scan(i)
		switch {
		case all == hard:
		case n < 0:
			return append(dst, hashForm(z.slow.fold(z.text[i:end]))), end
		default:
			return append(dst, hashForm(z.buf[:n])), end
		}
	case katakana, hard:
	default:
		return dst, i + size
	}
	end, c := z.cut(i)
	if c != 0 {
		dst = append(dst, hashForm(z.slow.fold(z.text[i:end])))
	}
	return dst, end
}

// hashAt is murmur3.Sum64WithSeed(form[:n], Seed), where 32 bytes can be read of form.
// Words of up to 15 bytes, which most are, go straight to the last step.
func hashAt(form []byte, n int) uint64 {
	h1, h2, rest := uint64(Seed), uint64(Seed), n
	if n >= 16 {
		if n >= 32 {
			return murmur3.Sum64WithSeed(form[:n], Seed)
		}
		h1 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(form)*lanes.C1, 31) * lanes.C2
		h1 = (bits.RotateLeft64(h1, 27)+h2)*5 + 0x52dce729
		h2 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(form[8:])*lanes.C2, 33) * lanes.C1
		h2 = (bits.RotateLeft64(h2, 31)+h1)*5 + 0x38495ab5
		form, rest = form[16:], n-16
	}
	mask := &lanes.ShortMasks[rest&15]
	k1 := binary.LittleEndian.Uint64(form) & mask[0]
	k2 := binary.LittleEndian.Uint64(form[8:]) & mask[1]
	h1 ^= bits.RotateLeft64(k1*lanes.C1, 31)*lanes.C2 ^ uint64(n)
	h2 ^= bits.RotateLeft64(k2*lanes.C2, 33)*lanes.C1 ^ uint64(n)
	return lanes.Finish(h1, h2)
}
