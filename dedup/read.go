package dedup

import (
	"context"
	"encoding/binary"
	"errors"

	"github.com/spaolacci/murmur3"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup/pool"
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
	n       int                // documents
	texts   *spill.Blobs       // token store
	catalog *spill.Blobs       // entries
	sieve   boilerplate.Sieve  // of runs that may be furniture
	heads   *boilerplate.Heads // titles, and what stands behind calls
	freq    reuse.Frequencies  // of stems
	same    *spill.Sorter      // (hash of the text's bytes, document)
	ids     *spill.Sorter      // (hash of the id, document)
	twice   *lsh.Twice         // of the keys of word runs; nil: nobody asks
	summary *Summary
	sources map[uint64]bool // hashes of their sites
}

// newReading returns an empty reading.
func newReading(o Options, s *Summary) *reading {
	return &reading{
		o: o, summary: s, sources: map[uint64]bool{},
		heads:   boilerplate.NewHeads(o.spill(32)),
		texts:   spill.NewBlobs(o.spill(4)),
		catalog: spill.NewBlobs(o.spill(16)),
		same:    spill.NewSorter(o.spill(32), sameBytes),
		ids:     spill.NewSorter(o.spill(32), idBytes),
	}
}

const (
	sameBytes = 24 // hash of 16, number of the document
	idBytes   = 16 // hash of 8, number of the document
)

// Close removes what was spilled.
func (r *reading) Close() error {
	return errors.Join(r.texts.Close(), r.catalog.Close(), r.same.Close(), r.ids.Close(), r.heads.Close())
}

// prepared is one document as a worker leaves it.
type prepared struct {
	text, entry []byte
	grams       []uint64
	head        boilerplate.Head
	stems       []uint32 // each once
	keys        []uint64 // of word runs, those in furniture too
	site        uint64
	day         int // for learning: never 0
	same        [2]uint64
	id          uint64
	bytes       int
	words       int
}

// preparer is the scratch memory of one worker.
type preparer struct {
	rules *boilerplate.Rules
	block boilerplate.BlockFinder
	z     shingle.Tokenizer
	doc   stored
	title shingle.Text
	count reuse.Aligner
	keys  []reuse.Key
	runs  []uint64
	table []uint32
	buf   []byte
}

// prepare tokenises a document and encodes what is kept of it.
func (p *preparer) prepare(d *corpus.Document, learn, keys bool) prepared {
	p.z.Tokenize(&p.title, d.Title)
	p.doc.title = append(p.doc.title[:0], p.title.Stem...)
	p.z.Tokenize(&p.doc.Text, d.Text)
	p.doc.Site = boilerplate.SiteHash(d.Site)
	day, dated := d.Published.Day()
	p.doc.Day = 0
	if dated {
		p.doc.Day = day
	}
	p.doc.Grams = p.count.CountGrams(&p.doc.Document)
	t := &p.doc.Text
	p.doc.found = boilerplate.Breadcrumb(p.rules.Find(p.doc.found[:0], d.Text, t), d.Text, d.URL, t)
	p.doc.found = p.block.Append(p.doc.found, p.rules, d.Text, t)
	p.doc.edges = boilerplate.Edges(p.doc.edges[:0], d.Text, t)
	out := prepared{site: p.doc.Site, bytes: len(d.Text), words: t.Len(), day: day}
	p.buf = append(p.buf[:0], d.Text...)
	out.same[0], out.same[1] = murmur3.Sum128(p.buf)
	out.id = idHash(d.ID, &p.buf)
	out.stems = reuse.Distinct(nil, t.Stem, &p.table)
	if keys {
		out.keys = p.hashes()
	}
	if learn {
		out.grams = boilerplate.Grams(make([]uint64, 0, t.Len()), t)
		out.head = p.rules.HeadOf(d.Text, t, p.doc.found)
		if !dated {
			out.day = boilerplate.Undated(out.grams)
		}
	}
	e := entry{named: d.Named, file: d.Handle.File, record: d.Handle.Record, hash: out.same, credit: p.rules.Agencies(t, p.doc.found, d.Author)}
	e.Info = Info{Number: d.Number, ID: d.ID, Title: d.Title, Source: d.Source, Site: d.Site, URL: d.URL,
		Published: d.Published, Bytes: len(d.Text), Words: t.Len()}
	p.buf = p.doc.append(p.buf[:0])
	cut := len(p.buf)
	p.buf = appendEntry(p.buf, &e)
	kept := append([]byte(nil), p.buf...)
	out.text, out.entry = kept[:cut:cut], kept[cut:]
	return out
}

// hashes returns the keys of the document's word runs.
func (p *preparer) hashes() []uint64 {
	p.doc.Mask = nil
	p.keys = p.doc.Keys(p.keys[:0], &p.runs)
	list := make([]uint64, len(p.keys))
	for i, k := range p.keys {
		list[i] = k.Hash
	}
	return list
}

// read takes in a whole collection. With learn, what its sources repeat is
// counted on the way.
func (r *reading) read(ctx context.Context, c *corpus.Collection, learn bool, tell *Teller) error {
	workers := make([]preparer, r.o.Threads)
	size := func(d *corpus.Document) int64 { return int64(len(d.Text)+len(d.Raw)) + 512 }
	work := func(w int, batch []*corpus.Document) ([]prepared, error) {
		workers[w].rules = r.o.Rules
		out := make([]prepared, len(batch))
		for i, d := range batch {
			out[i] = workers[w].prepare(d, learn, r.twice != nil)
		}
		return out, nil
	}
	tell.Stage("read", "B", c.Size())
	for batch, err := range pool.Ordered(ctx, r.o.Threads, r.o.Memory/8, pool.Batches(c.All(), batchBytes, size), pool.Sum(size), work) {
		if err != nil {
			return err
		}
		for i := range batch {
			if err := r.keep(&batch[i]); err != nil {
				return err
			}
		}
		tell.At(c.BytesRead())
	}
	r.summary.Documents, r.summary.Sources = r.n, len(r.sources)
	tell.Done(int64(r.n))
	return nil
}

// keep stores one prepared document.
func (r *reading) keep(p *prepared) error {
	doc := uint64(r.n)
	r.n++
	r.summary.Bytes += int64(p.bytes)
	r.summary.Words += int64(p.words)
	if p.words == 0 {
		r.summary.Empty++
	}
	if p.site != 0 {
		r.sources[p.site] = true
	}
	_, textErr := r.texts.Append(p.text)
	_, entryErr := r.catalog.Append(p.entry)
	var rec [sameBytes]byte
	binary.BigEndian.PutUint64(rec[0:], p.same[0])
	binary.BigEndian.PutUint64(rec[8:], p.same[1])
	binary.BigEndian.PutUint64(rec[16:], doc)
	sameErr := r.same.Add(rec[:])
	r.freq.Add(p.stems)
	r.sieve.Add(p.site, p.day, p.grams)
	for _, key := range p.keys {
		r.twice.Add(key)
	}
	return errors.Join(textErr, entryErr, sameErr, r.keepID(doc, p.id), r.heads.Add(p.site, p.day, p.head))
}
