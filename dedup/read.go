package dedup

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"github.com/spaolacci/murmur3"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/internal/figures"
	"reprint/internal/spill"
	"reprint/lsh"
	"reprint/reuse"
	"reprint/shingle"
)

// batchBytes of text make a task: enough to hide what handing it over
// costs, few enough to keep all workers busy.
const batchBytes = 256 << 10

// reading is what one pass over a collection leaves behind.
type reading struct {
	o       Options
	n       int          // documents
	sizes   []uint32     // documents of each chunk
	texts   *spill.Blobs // token store
	runs    bool         // which has runs in place of words
	catalog *spill.Blobs // entries
	hits    *spill.Blobs // of what was learnt in each document

	sieve   *boilerplate.Sieve // of runs that may be furniture
	heads   *boilerplate.Heads // titles, and what stands behind calls
	pages   *boilerplate.PageLearner
	freq    reuse.Frequencies // of stems
	same    *spill.Sorter     // (hash of the text's bytes, document)
	ids     *spill.Sorter     // (hash of the id, document)
	twice   *lsh.Twice        // of the keys of word runs, where documents are compared
	keys    *spill.Sorter     // of each document's runs, for an archive
	summary *Summary
	sources map[uint64]bool // hashes of their sites
	names   map[uint64]bool // hashes of what people know their sources by
	days    map[int]bool    // on which something was published
}

// newReading returns an empty reading.
func newReading(o Options, s *Summary) *reading {
	return &reading{
		o: o, summary: s, sources: map[uint64]bool{}, names: map[uint64]bool{}, days: map[int]bool{},
		heads:   boilerplate.NewHeads(o.learner(32)),
		pages:   boilerplate.NewPageLearner(o.learner(32)),
		texts:   spill.NewBlobs(o.spill(4)),
		catalog: spill.NewBlobs(o.spill(16)),
		hits:    spill.NewBlobs(o.spill(64)),

		same: spill.NewSorter(o.spill(32), sameBytes),
		ids:  spill.NewSorter(o.spill(32), idBytes),
		keys: spill.NewSorter(o.spill(16), keyBytes),
	}
}

// forget lets go of what nobody asks for when everything is learnt and documents
// with the same bytes or ids are found.
func (r *reading) forget() error {
	return errors.Join(r.same.Close(), r.ids.Close(), r.heads.Close(), r.pages.Close())
}

const (
	sameBytes = 24 // hash of 16, number of the document
	idBytes   = 16 // hash of 8, number of the document
	keyBytes  = 8  // the key of a run
)

// Close removes what was spilled.
func (r *reading) Close() error { return errors.Join(r.texts.Close(), r.hits.Close(), r.leaveTexts()) }

// leaveTexts gives back all but the token store and what was found in it.
func (r *reading) leaveTexts() error {
	return errors.Join(r.catalog.Close(), r.same.Close(), r.ids.Close(), r.keys.Close(), r.heads.Close(), r.pages.Close())
}

// wants says what a reading is for. Documents that are neither compared nor cleaned
// leave only what learning asks for.
type wants struct {
	furniture bool // what sources repeat
	archive   bool // what an archive says of words and runs
	compare   bool // the documents themselves
	clean     bool // words and finds of texts that will be read again
}

// runs reports whether a document leaves its runs of words and not the words.
func (w wants) runs() bool { return !w.compare && !w.clean }

// prepared is one document as a worker leaves it.
type prepared struct {
	text, entry []byte
	grams       []uint64
	head        boilerplate.Head
	page        []boilerplate.PageBlock
	tongue      reuse.Tongue
	stems       []uint32 // each once
	keys        []uint64 // of word runs, those in furniture too
	site, name  uint64   // hashes of what sources are known by to learn, and to people
	day         int      // for learning: never 0
	dated       bool
	same        [2]uint64
	id          uint64
	bytes       int
	words       int
}

// preparedMemory holds what was stored, for the next documents.
var preparedMemory = sync.Pool{New: func() any { return new(prepared) }}

// preparer is the scratch memory of one worker.
type preparer struct {
	rules  *boilerplate.Rules
	z      shingle.Tokenizer
	doc    stored
	title  shingle.Text
	count  reuse.Aligner
	keys   []reuse.Key
	runs   []uint64
	sites  siteHashes
	known  reuse.KeySet
	topics topics
	buf    []byte
}

// prepare tokenises a document and encodes what is kept of it, in out's memory.
func (p *preparer) prepare(out *prepared, d *corpus.Document, want wants) {
	p.tokenise(d)
	t := &p.doc.Text
	*out = prepared{
		site: p.doc.Site, name: p.sites.of(cmp.Or(d.Source, d.Site)), bytes: len(d.Text), words: t.Len(), day: p.doc.Day,
		text: out.text[:0], entry: out.entry[:0], grams: out.grams[:0], head: out.head, stems: out.stems[:0], keys: out.keys[:0],
	}
	_, out.dated = d.Published.Day()
	if want.compare { // alone asks what is rare in a language
		out.tongue = reuse.Hear(t)
	}
	out.id = idHash(d.ID, &p.buf)
	out.stems, p.doc.again = p.topics.read(out.stems, p.doc.again[:0], t.Stem, p.title.Stem)
	p.doc.found = p.rules.Find(p.doc.found[:0], d.Text, t)
	if want.furniture {
		out.grams = boilerplate.Grams(out.grams, t)
		out.head = p.rules.HeadOf(out.head, d.Text, t, p.doc.found)
		out.page = boilerplate.PageBlocks(nil, t)
		if !out.dated {
			out.day = boilerplate.Undated(out.grams)
		}
	}
	if want.archive {
		out.keys = p.known.Append(out.keys, &p.doc.Document)
	}
	switch {
	case want.compare:
		p.compare(d, out)
	case want.clean:
		p.doc.found = boilerplate.Breadcrumb(p.doc.found, d.Text, d.URL, t)
		out.text = p.doc.appendFound(out.text, textSum(d.Text))
	default:
		out.text = p.doc.appendRuns(out.text, out.grams)
	}
}

// tokenise reads the words of a document and what is known of it.
func (p *preparer) tokenise(d *corpus.Document) {
	p.z.Tokenize(&p.title, d.Title)
	p.z.Tokenize(&p.doc.Text, d.Text)
	p.doc.Site = p.sites.of(d.Site)
	p.doc.Day, _ = d.Published.Day()
}

// manySites is how many hashes of sources are kept at hand.
const manySites = 1 << 10

// siteHashes keeps the hashes of sources at hand.
type siteHashes map[string]uint64

func (s *siteHashes) of(name string) uint64 {
	h, ok := (*s)[name]
	if !ok {
		if len(*s) >= manySites || *s == nil {
			*s = siteHashes{}
		}
		h = boilerplate.SiteHash(name)
		(*s)[name] = h
	}
	return h
}

// compare encodes what comparing a document needs.
func (p *preparer) compare(d *corpus.Document, out *prepared) {
	t := &p.doc.Text
	out.keys = p.hashes(out.keys)
	p.doc.Grams = p.count.CountGrams(p.runs)
	p.doc.found = boilerplate.Breadcrumb(p.doc.found, d.Text, d.URL, t)
	p.doc.full = d.Text
	out.same[0], out.same[1] = murmur3.Sum128(unsafe.Slice(unsafe.StringData(d.Text), len(d.Text)))
	e := entry{named: d.Named, file: d.Handle.File, record: d.Handle.Record, hash: out.same, credit: p.rules.Agencies(t, p.doc.found, d.Author)}
	e.Info = Info{Number: d.Number, ID: d.ID, Title: d.Title, Source: d.Source, Site: d.Site, URL: d.URL,
		Published: d.Published, Bytes: len(d.Text), Words: t.Len()}
	out.text, out.entry = p.doc.append(out.text), appendEntry(out.entry, &e)
}

// hashes appends the keys of the document's word runs.
func (p *preparer) hashes(dst []uint64) []uint64 {
	p.doc.Mask = nil
	p.keys = p.doc.Keys(p.keys[:0], &p.runs)
	for _, k := range p.keys {
		dst = append(dst, k.Hash)
	}
	return dst
}

// read takes in a whole collection.
func (r *reading) read(ctx context.Context, c *corpus.Collection, want wants, tell *Teller) error {
	workers := make([]preparer, r.o.Threads)
	work := func(w int, d *corpus.Document) (*prepared, error) {
		workers[w].rules = r.o.Rules
		p := preparedMemory.Get().(*prepared)
		workers[w].prepare(p, d, want)
		if len(d.Text) > longText {
			workers[w] = preparer{}
		}
		return p, Fits(c, d, int64(len(p.text)))
	}
	take := func(list []*prepared) error {
		r.sizes = append(r.sizes, uint32(len(list)))
		for _, p := range list {
			if err := r.keep(p, want); err != nil {
				return err
			}
			preparedMemory.Put(p)
		}
		tell.At(c.BytesRead())
		return nil
	}
	r.runs = want.runs()
	tell.Stage("read", "B", c.Size())
	r.sieve = boilerplate.NewSieve(c.Size()/bytesOfWord, r.o.Memory/4)
	if err := eachChunk(ctx, r, c, work, take); err != nil {
		return err
	}
	r.summary.Documents, r.summary.Sources = r.n, len(r.names)
	tell.Done(int64(r.n))
	return nil
}

// wordyText is the longest text of which what is kept fits, whatever it is made of: a word
// of one letter takes 17 bytes in a store.
const wordyText = "120MiB"

// Fits says that what is to be kept of a document are too many bytes for a record of a
// store.
func Fits(c *corpus.Collection, d *corpus.Document, bytes int64) error {
	if bytes <= spill.MaxRecord {
		return nil
	}
	return c.Fault(d.Handle, fmt.Errorf("a text of %s has more words than can be taken", figures.Size(int64(len(d.Text)))),
		"--on-error skip with --max-text "+wordyText+", or any less than this text, leaves it out")
}

// longText is how many bytes a text has after which a worker begins with new scratch
// memory: what such a text left is more than a store may have.
const longText = 4 << 20

// bytesOfWord is about what a word takes in a text.
const bytesOfWord = 6

// keep stores one prepared document.
func (r *reading) keep(p *prepared, want wants) error {
	doc := uint64(r.n)
	r.n++
	r.summary.Bytes += int64(p.bytes)
	r.summary.Words += int64(p.words)
	if p.words == 0 {
		r.summary.Empty++
	}
	if p.site != 0 {
		r.sources[p.site], r.names[p.name] = true, true
	}
	if p.dated {
		r.days[p.day] = true
	}
	given, err := r.texts.Give(p.text)
	if given {
		p.text = nil
	}
	err = errors.Join(err, r.keepID(doc, p.id))
	r.freq.Add(p.tongue, p.stems)
	if want.furniture {
		r.sieve.Add(p.site, p.day, p.grams)
		err = errors.Join(err, r.heads.Add(p.site, p.day, p.head), r.pages.Add(p.site, p.day, doc, p.page))
	}
	if want.archive {
		err = errors.Join(err, r.keepArchived(p))
	}
	if want.compare {
		err = errors.Join(err, r.keepCompared(doc, p))
	}
	return err
}

// keepCompared stores what comparing asks for of a document.
func (r *reading) keepCompared(doc uint64, p *prepared) error {
	var rec [sameBytes]byte
	binary.BigEndian.PutUint64(rec[0:], p.same[0])
	binary.BigEndian.PutUint64(rec[8:], p.same[1])
	binary.BigEndian.PutUint64(rec[16:], doc)
	r.twice.AddAll(p.keys)
	_, err := r.catalog.Append(p.entry)
	return errors.Join(err, r.same.Add(rec[:]))
}
