package copies

import (
	"encoding/binary"
	"math"
	"sync"
	"unsafe"

	"github.com/spaolacci/murmur3"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/minhash"
	"reprint/shingle"
)

// docRecord is what is kept of a document beside its tokens and postings: 24 bytes,
// big-endian, in the order of the fields.
type docRecord struct {
	rank  uint64 // by the policy, the survivor's least
	id    uint64 // hash of the id
	place uint64 // hash of the id as it stands in outputs if another has it too
}

const docBytes = 24

func (r *docRecord) append(b []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, r.rank)
	b = binary.BigEndian.AppendUint64(b, r.id)
	return binary.BigEndian.AppendUint64(b, r.place)
}

func readDoc(b []byte) docRecord {
	u := binary.BigEndian
	return docRecord{u.Uint64(b), u.Uint64(b[8:]), u.Uint64(b[16:])}
}

// signedDoc is what a worker makes of a document beside its tokens.
type signedDoc struct {
	docRecord
	text [3]uint64 // by which equal texts are found
	keys int       // how many of the batch's keys are its own
}

// signedBatch is what a worker makes of a chunk.
type signedBatch struct {
	chunk               chunk
	docs                []signedDoc
	bytes, words, empty int64
	tokens              []byte // a block of the token store
	keys                []uint64
}

func (b *signedBatch) appendRecords(dst []byte) []byte {
	for i := range b.docs {
		dst = b.docs[i].append(dst)
	}
	return dst
}

// batches are those that are free.
var batches = sync.Pool{New: func() any { return new(signedBatch) }}

// release gives the memory of the batch and its chunk back.
func (b *signedBatch) release() {
	b.chunk.Release()
	*b = signedBatch{docs: b.docs[:0], tokens: b.tokens[:0], keys: b.keys[:0]}
	batches.Put(b)
}

// signer is the scratch memory of one worker.
type signer struct {
	w         *work
	docs      *corpus.Collection
	files     []corpus.File
	reader    *corpus.ChunkReader
	rank      func(*corpus.Document) uint64
	z         shingle.Tokenizer
	text      shingle.Text
	own       []uint64
	shingles  []uint64
	digits    []uint64
	families  []uint64
	signature minhash.Signature
	tokens    tokenWriter
	furniture *furniture // nil: all of a text is its own
}

// prepare makes the signer ready for a run.
func (s *signer) prepare(w *work, c *corpus.Collection) {
	s.w, s.docs, s.files, s.reader = w, c, c.Files(), c.NewChunkReader()
	s.rank = ranking(w.m.Keep)
	s.signature = minhash.New(w.m.Bands.B * w.m.Bands.R)
	if w.o.Furniture != nil || w.o.Rules != nil {
		s.furniture = newFurniture(&w.o)
	}
}

// batch signs the documents of a chunk. If they are known already it reads them only,
// so that the chunk can report what is wrong with it.
func (s *signer) batch(k chunk) (*signedBatch, error) {
	out := batches.Get().(*signedBatch)
	out.chunk = k
	s.tokens.reset(out.tokens)
	for d, err := range s.reader.Texts(k.Chunk) {
		if err != nil {
			return nil, err
		}
		if !k.known {
			s.sign(d, out)
			if err := dedup.Fits(s.docs, d, s.tokens.size()); err != nil {
				return nil, err
			}
		}
	}
	out.tokens = s.tokens.block()
	return out, nil
}

// sign makes the record of a document, and its tokens and keys into out.
func (s *signer) sign(d *corpus.Document, out *signedBatch) {
	units := s.units(d)
	s.tokens.add(units)
	s.shingles = shingle.Append(s.shingles[:0], units, s.w.m.Length)
	r := signedDoc{docRecord: docRecord{rank: s.rank(d), id: murmur3.Sum64(bytesOf(d.ID))}}
	for _, h := range s.shingles {
		r.text[2] += h
	}
	r.text[2] = mix(r.text[2]) + uint64(len(d.Text))
	r.text[0], r.text[1] = murmur3.Sum128(bytesOf(d.Text))
	if s.w.o.From != nil {
		r.place = murmur3.Sum64([]byte(dedup.IDAt(d.ID, s.files[d.Handle.File].Path, d.Handle.Record)))
	}
	n := len(out.keys)
	if len(units) >= s.w.m.Short*2/3 {
		out.keys = s.keys(out.keys, s.shingles, 0)
	}
	if len(units) < s.w.m.Short {
		for _, family := range s.numbers(d.Text) {
			out.keys = s.keys(out.keys, units, family)
		}
	}
	r.keys = len(out.keys) - n
	out.docs = append(out.docs, r)
	out.bytes += int64(len(d.Text))
	out.words += int64(len(units))
	if len(units) == 0 {
		out.empty++
	}
}

// bytesOf is s as bytes that must not be changed.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// keys appends the keys of a set. Sets of different families have no key in common.
func (s *signer) keys(dst, set []uint64, family uint64) []uint64 {
	s.signature.Reset()
	s.signature.FoldFunc(set, shingle.Second)
	n := len(dst)
	dst = s.w.m.Bands.AppendKeys(dst, s.signature.Lanes())
	if family != 0 {
		for i := range dst[n:] {
			dst[n+i] = mix(dst[n+i] ^ family)
		}
	}
	return dst
}

// numbers returns the families of a short text's words. Short texts with other
// numbers say other things, so that there is a family for each set of numbers. One of
// at least freeNumber words, of which one number may be an edit, is in those of its
// numbers but one as well.
func (s *signer) numbers(text string) []uint64 {
	s.z.Tokenize(&s.text, text)
	s.digits = s.digits[:0]
	for i, f := range s.text.Flag {
		if f&shingle.Number != 0 {
			s.digits = append(s.digits, s.text.Hash[i])
		}
	}
	s.digits = shingle.Set(s.digits)
	s.families = append(s.families[:0], family(s.digits, -1))
	if s.text.Len() >= freeNumber && len(s.digits) <= maxNumbers {
		for i := range s.digits {
			s.families = append(s.families, family(s.digits, i))
		}
	}
	return s.families
}

const (
	freeNumber = 15
	maxNumbers = 4
)

// family is a number for a set of numbers without the one at place without.
func family(numbers []uint64, without int) uint64 {
	f := uint64(1)
	for i, h := range numbers {
		if i != without {
			f = mix(f + h)
		}
	}
	return f | 1
}

// units returns the hashes of a document's own units, valid until the next call.
func (s *signer) units(d *corpus.Document) []uint64 {
	if s.furniture == nil {
		s.own = s.z.AppendUnits(s.own[:0], s.w.m.Unit, d.Text)
		return s.own
	}
	s.z.Tokenize(&s.text, d.Text)
	s.own = s.furniture.own(s.own[:0], d, &s.text)
	return s.own
}

// furniture leaves out what is not a document's own text.
type furniture struct {
	marker    boilerplate.Marker
	found     []boilerplate.Found
	stretches []boilerplate.Stretch
}

func newFurniture(o *Options) *furniture {
	f := &furniture{marker: boilerplate.Marker{Rules: o.Rules}}
	if f.marker.Rules == nil {
		f.marker.Rules = boilerplate.Shipped()
	}
	if o.Furniture != nil {
		f.marker.Learnt = o.Furniture.Learnt()
	}
	return f
}

// own appends to dst the hashes of the words outside furniture.
func (f *furniture) own(dst []uint64, d *corpus.Document, t *shingle.Text) []uint64 {
	f.found = f.marker.Rules.Find(f.found[:0], d.Text, t)
	f.stretches = f.marker.Stretches(f.stretches[:0], d.Text, t, f.found, boilerplate.SiteHash(d.Site))
	at := 0
	for _, s := range f.stretches {
		dst = append(dst, t.Hash[at:s.From]...)
		at = s.To
	}
	return append(dst, t.Hash[at:]...)
}

// ranking returns the order of a policy: of two documents the one with the lower
// rank is preferred, and of equal ones the first in the input.
func ranking(keep string) func(*corpus.Document) uint64 {
	switch keep {
	case "first":
		return func(*corpus.Document) uint64 { return 0 }
	case "longest":
		return func(d *corpus.Document) uint64 { return math.MaxUint64 - uint64(len(d.Text)) }
	case "earliest":
		return func(d *corpus.Document) uint64 { return published(d, math.MaxUint64) }
	case "latest":
		return func(d *corpus.Document) uint64 { return ^published(d, 0) }
	}
	list := dedup.Sources(keep)
	return func(d *corpus.Document) uint64 { return uint64(dedup.Rank(list, d.Source, d.Site)) }
}

// published numbers the microseconds so that earlier ones have lower numbers; undated is
// that of a document without a day.
func published(d *corpus.Document, undated uint64) uint64 {
	at, ok := d.Published.Instant()
	if !ok {
		return undated
	}
	return uint64(at) ^ 1<<63
}
