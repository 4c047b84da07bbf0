package dedup

import (
	"encoding/binary"
	"hash/maphash"
	"slices"

	"reprint/boilerplate"
	"reprint/reuse"
	"reprint/shingle"
)

// The token store holds of every document, in input order, what all later
// stages need of its text, so that nothing is read or tokenised twice:
//
//	site  8 bytes, then day and number of different grams as varints
//	the stems that it repeats: their number as a varint, then each in the upper four
//	      of eight bytes, and how often it stands in the text, or four times as often
//	      in the title, in the lower ones
//	n     varint, then n word hashes of 8 bytes and n stems of four; where nobody
//	      compares or cleans the document, in place of the words' hashes those of
//	      the runs that begin with them, and zeros for the last few
//	the blocks of a page: their number, 0 if it is none, and for each its
//	      number of words
//	n flags of one byte
//	n times the bytes between the word before and this one, and the word's
//	      length, as varints
//	the sentences, then the paragraphs: their number, and for each its
//	      number of words, the bytes it begins before its first word and
//	      ends behind its last one
//	the finds of the rules: their number, and for each its first word, its
//	      number of words and its rule
//	the text: its length and its bytes
//
// A word of press text takes some 22 bytes. Where the texts are read again, there
// stands a hash of the text instead, of 8 bytes.

// stored is a document of the token store.
type stored struct {
	reuse.Document
	again []stemCount // stems
	found []boilerplate.Found
	full  string // the text
}

// appendWords encodes what stands first in a record, for who needs no more: site,
// day, repeated stems, the hashes of the words, their stems and the blocks of a page.
func (d *stored) appendWords(dst []byte) []byte { return d.appendRuns(dst, d.Text.Hash) }

// appendRuns does so with the hashes of runs of words in place of those of the words with
// which they begin, and 0 for the last ones.
func (d *stored) appendRuns(dst []byte, runs []uint64) []byte {
	w := writer{dst}
	w.fixed(d.Site)
	w.int(d.Day)
	w.int(d.Grams)
	w.repeated(d.again)
	t := &d.Text
	w.uint(uint64(t.Len()))
	w.b = appendNumbers(w.b, runs)
	w.b = append(w.b, make([]byte, 8*(t.Len()-len(runs)))...)
	w.b = appendNumbers(w.b, t.Stem)
	if !boilerplate.IsPage(t) {
		return append(w.b, 0)
	}
	w.uint(uint64(len(t.Paragraphs)))
	for _, u := range t.Paragraphs {
		w.uint(uint64(u.To - u.From))
	}
	return w.b
}

// repeated encodes the stems that a document repeats.
func (w *writer) repeated(again []stemCount) {
	w.uint(uint64(len(again)))
	w.b = appendNumbers(w.b, again)
}

// repeated decodes the stems that a document repeats, into the memory of dst.
func (r *reader) repeated(dst []stemCount) []stemCount {
	dst = sized(dst, r.length(8))
	readNumbers(dst, r.bytes(8*len(dst)))
	return dst
}

// append encodes a document for the token store.
func (d *stored) append(dst []byte) []byte {
	w := writer{d.appendTokens(slices.Grow(dst, d.encoded()+len(d.full)))}
	w.string(d.full)
	return w.b
}

// encoded is about how many bytes a record has, the text left out.
func (d *stored) encoded() int {
	t := &d.Text
	return 8*len(d.again) + 15*t.Len() + 4*(len(t.Sentences)+2*len(t.Paragraphs)+len(d.found)) + 64
}

// appendFound encodes a document with the hash of its text.
func (d *stored) appendFound(dst []byte, sum uint64) []byte {
	w := writer{d.appendTokens(dst)}
	w.fixed(sum)
	return w.b
}

// textSeed is that of the hashes of texts, which are good for one run.
var textSeed = maphash.MakeSeed()

func textSum(text string) uint64 { return maphash.String(textSeed, text) }

// appendTokens encodes what stands before the text.
func (d *stored) appendTokens(dst []byte) []byte {
	w := writer{d.appendWords(dst)}
	t := &d.Text
	w.b = appendNumbers(w.b, t.Flag)
	w.places(t)
	w.units(t, t.Sentences)
	w.units(t, t.Paragraphs)
	w.uint(uint64(len(d.found)))
	for _, f := range d.found {
		w.uint(uint64(f.From))
		w.uint(uint64(f.To - f.From))
		w.uint(uint64(f.Call - f.From))
		w.int(f.Rule)
	}
	return w.b
}

// places encodes where the words stand.
func (w *writer) places(t *shingle.Text) {
	end, b := uint32(0), w.b
	for i, start := range t.Start {
		gap := start - end
		end = t.End[i]
		if length := end - start; gap|length < 0x80 {
			b = append(b, byte(gap), byte(length))
		} else {
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(gap)), uint64(length))
		}
	}
	w.b = b
}

func (w *writer) units(t *shingle.Text, units []shingle.Unit) {
	w.uint(uint64(len(units)))
	for _, u := range units {
		w.uint(uint64(u.To - u.From))
		w.uint(uint64(int(t.Start[u.From]) - u.Start))
		w.uint(uint64(u.End - int(t.End[u.To-1])))
	}
}

// readWords decodes what appendWords or appendRuns encodes, but for the stems.
func (d *stored) readWords(b []byte) error {
	r := reader{b: b}
	n := d.words(&r)
	r.bytes(4 * n)
	d.blocks(&r, n)
	return r.err
}

// stemsOf returns the stems in what either encoded, of four bytes each. They lie in b.
func stemsOf(b []byte) ([]byte, error) {
	r := reader{b: b}
	n := r.wordCount()
	r.bytes(8 * n)
	return r.bytes(4 * n), r.err
}

// wordsIn is the number of words in what appendWords encoded.
func wordsIn(b []byte) (int, error) {
	r := reader{b: b}
	return r.wordCount(), r.err
}

// wordCount decodes the number of words of a record, and passes over what stands before it.
func (r *reader) wordCount() int {
	r.fixed()
	r.int()
	r.int()
	r.bytes(8 * r.length(8))
	return r.length(12)
}

// blocks decodes the blocks of a page as paragraphs of n words whose bytes are not
// known.
func (d *stored) blocks(r *reader, n int) {
	d.Text.Paragraphs = d.Text.Paragraphs[:0]
	at, blocks := 0, r.length(1)
	for range blocks {
		to := at + int(min(r.uint(), uint64(n-at)))
		d.Text.Paragraphs = append(d.Text.Paragraphs, shingle.Unit{From: at, To: to})
		at = to
	}
	if blocks > 0 && at < n {
		r.fail()
	}
}

// stems decodes n stems into the memory of dst.
func (r *reader) stems(dst []uint32, n int) []uint32 {
	dst = sized(dst, n)
	readNumbers(dst, r.bytes(4*n))
	return dst
}

func (d *stored) words(r *reader) int {
	d.Site, d.Day, d.Grams, d.Mask = r.fixed(), r.int(), r.int(), nil
	d.again = r.repeated(d.again)
	n := r.length(12)
	d.Text.Hash = sized(d.Text.Hash, n)
	readNumbers(d.Text.Hash, r.bytes(8*n))
	return n
}

// read decodes a document of the token store into d, whose memory is
// reused. The mask is left empty, and the text lies in b and is good as long as that.
func (d *stored) read(b []byte) error {
	r := reader{b: b}
	d.tokens(&r)
	d.full = r.text()
	return r.err
}

// readFound decodes what appendFound encoded.
func (d *stored) readFound(b []byte) (sum uint64, err error) {
	r := reader{b: b}
	d.tokens(&r)
	return r.fixed(), r.err
}

// tokens decodes what stands before the text.
func (d *stored) tokens(r *reader) {
	d.text(r)
	d.found = d.found[:0]
	for range r.length(3) {
		from, words, call, rule := int(r.uint()), int(r.uint()), int(r.uint()), r.int()
		d.found = append(d.found, boilerplate.Found{From: from, To: from + words, Call: from + call, Rule: rule})
	}
}

// readText is read without the finds and the text itself.
func (d *stored) readText(b []byte) error {
	r := reader{b: b}
	d.text(&r)
	return r.err
}

// text decodes what stands before the finds.
func (d *stored) text(r *reader) {
	t, n := &d.Text, d.words(r)
	t.Stem = r.stems(t.Stem, n)
	d.blocks(r, n)
	t.Flag = sized(t.Flag, n)
	readNumbers(t.Flag, r.bytes(n))
	t.Start, t.End = sized(t.Start, n), sized(t.End, n)
	r.places(t)
	t.Sentences = r.units(t, t.Sentences[:0])
	t.Paragraphs = r.units(t, t.Paragraphs[:0])
}

// places decodes where the words stand. Nearly all gaps and lengths are one
// byte.
func (r *reader) places(t *shingle.Text) {
	last, b, ends := uint32(0), r.b, t.End
	for i := range t.Start {
		var start, end uint32
		if len(b) >= 2 && b[0]|b[1] < 0x80 {
			start = last + uint32(b[0])
			end = start + uint32(b[1])
			b = b[2:]
		} else {
			r.b = b
			start = last + uint32(r.uint())
			end = start + uint32(r.uint())
			b = r.b
		}
		t.Start[i], ends[i], last = start, end, end
	}
	r.b = b
}

// sized returns s with n elements, in its own memory if that is enough.
func sized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

func (r *reader) units(t *shingle.Text, units []shingle.Unit) []shingle.Unit {
	n := r.length(3)
	units, from := slices.Grow(units, n), 0
	for range n {
		to := from + int(r.uint())
		before, behind := int(r.uint()), int(r.uint())
		if to > t.Len() || to <= from {
			r.fail()
			return units[:0]
		}
		units = append(units, shingle.Unit{From: from, To: to, Start: int(t.Start[from]) - before, End: int(t.End[to-1]) + behind})
		from = to
	}
	return units
}

// appendStretches encodes the furniture of a document.
func appendStretches(dst []byte, list []boilerplate.Stretch) []byte {
	w := writer{dst}
	w.uint(uint64(len(list)))
	for _, s := range list {
		w.uint(uint64(s.From))
		w.uint(uint64(s.To - s.From))
		w.int(s.Rule)
		w.uint(uint64(s.Days))
		w.uint(uint64(s.Times))
		w.string(string(s.Kind))
		w.uint(uint64(flag(s.Undated) | flag(s.Firm)<<1))
	}
	return w.b
}

// readStretches decodes the furniture of a document.
func readStretches(b []byte, list []boilerplate.Stretch) ([]boilerplate.Stretch, error) {
	r := reader{b: b}
	list = list[:0]
	for range r.length(7) {
		var s boilerplate.Stretch
		s.From = int(r.uint())
		s.To = s.From + int(r.uint())
		s.Rule = r.int()
		s.Days, s.Times, s.Kind = int(r.uint()), int(r.uint()), boilerplate.Kind(r.string())
		flags := r.uint()
		s.Undated, s.Firm = flags&1 != 0, flags&2 != 0
		list = append(list, s)
	}
	return list, r.err
}

// mask sets the flags of the tokens that belong to stretches. It returns nil
// if there are none.
func mask(dst []bool, list []boilerplate.Stretch) []bool {
	if len(list) == 0 {
		return nil
	}
	for _, s := range list {
		for i := s.From; i < min(s.To, len(dst)); i++ {
			dst[i] = true
		}
	}
	return dst
}
