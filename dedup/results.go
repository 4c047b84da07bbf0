package dedup

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup/pool"
	"reprint/internal/spill"
	"reprint/reuse"
	"reprint/shingle"
)

// Match is a verified pair of documents, A before B in input order.
type Match struct {
	A, B     int    // document numbers
	IDA, IDB string // as they stand in every output
	reuse.Match
	First           string   // "a" or "b", the one that had the text first; empty: not known
	FirstBy         string   // "date", "credit" or "text"
	FirstConfidence float64  // 0 to 1
	Credit          []string // agencies that the credit lines of a or b name
	Copies          int      // of more than fifty documents with the same bytes: how many they are; A is the first of them
}

// Cluster is a group of documents joined by duplicate or republished matches.
type Cluster struct {
	Number        int      // from 1, by first member
	Keep          int      // document number of the survivor
	Reason        string   // the policy that chose it; first: that prefers none of them
	Members       []int    // document numbers, ascending
	IDs           []string // their ids, in the same order
	MinSimilarity float64  // the lowest verified share between neighbours
}

// Recurrence is a text that stands in several documents, or a stretch of
// furniture that a source repeats. Its words are those at At[0].
type Recurrence struct {
	Kind    string // "passage", "quote" or "boilerplate"
	Count   int
	Sources int
	At      []Place // by document number and start
}

// Place is a span of one document.
type Place struct {
	Doc int
	ID  string
	shingle.Span
}

// Removal lists the furniture of one document.
type Removal struct {
	Doc   int
	ID    string
	Marks []boilerplate.Mark // by start, disjoint
}

// Info is what results keep of every document.
type Info struct {
	Number    int
	ID        string
	Title     string
	Source    string
	Site      string
	URL       string
	Published corpus.Date
	Bytes     int // of the text
	Words     int
	Own       int // words outside furniture
}

// Stage is one step of a run and what it cost.
type Stage struct {
	Name    string
	Seconds float64
	Items   int64 // documents, postings or pairs that went through it
}

// Summary counts what a run did, enough to repeat it.
type Summary struct {
	Version    string
	Started    time.Time
	Stages     []Stage
	Documents  int
	Empty      int // documents without words
	Rejected   int // records that could not be read, with corpus.Options.Skip
	SameIDs    int // documents whose id occurs more than once
	Sources    int
	Bytes      int64 // of text
	Words      int64
	Own        int64 // words outside furniture
	Candidates int64 // pairs looked at
	Matches    map[reuse.Kind]int
	Clusters   int
	Copies     int                      // documents in clusters that are not the one kept
	Passages   map[string]int           // recurrences by kind
	Removed    map[boilerplate.Kind]int // marks by kind
	Marked     int                      // documents with at least one mark
	Background string                   // version of what the verdicts rest on
	Settings   map[string]string        // as the run was called
	Rejections []corpus.Rejection       // the first hundred, without their bytes
}

// Progress is told while a run works.
type Progress struct {
	Stage string
	Done  int64
	Total int64  // 0: not known
	Unit  string // "B", "documents", "pairs"
}

// Results is what a run found. It reads from temporary stores, which Close
// removes. All but Close may be called by several goroutines at a time.
type Results struct {
	o           Options
	reading     *reading
	keying      *keying
	equals      *equals
	verified    *verified
	recurring   *spill.Blobs
	recurrences []recurrenceKey
	clusters    []Cluster
	same        []uint64 // documents whose id occurs more than once, ascending
	files       []corpus.File
	summary     *Summary
}

// Summary counts what the run did. It belongs to the Results.
func (r *Results) Summary() *Summary { return r.summary }

// Close removes all temporary files.
func (r *Results) Close() error {
	var err error
	if r.equals != nil {
		err = r.equals.Close()
	}
	if r.verified != nil {
		err = errors.Join(err, r.verified.matches.Close())
	}
	if r.recurring != nil {
		err = errors.Join(err, r.recurring.Close())
	}
	return errors.Join(err, r.keying.Close(), r.reading.Close())
}

// pairs yields the stored matches.
func (r *Results) pairs() iter.Seq2[pairMatch, error] {
	return func(yield func(pairMatch, error) bool) {
		for b, err := range r.verified.matches.All() {
			var m pairMatch
			if err == nil {
				m, err = readMatch(b)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// Matches yields the verified pairs by A and B, each once. A match is the caller's. Cost:
// a pass over what is stored of the pairs, and of the documents in them.
func (r *Results) Matches() iter.Seq2[*Match, error] {
	return inOrder(r.o, packets(r.verified.matches), (*packet).size, func(_ int, b *packet) ([]*Match, error) {
		defer b.free()
		return r.matches(b)
	})
}

// matches decodes stored matches and tells which document was first.
func (r *Results) matches(records *packet) ([]*Match, error) {
	out := make([]*Match, 0, len(records.list))
	var a, b entry
	last := none
	for _, record := range records.records() {
		p, err := readMatch(record)
		if err == nil && p.a != last {
			a, err = r.entry(int(p.a))
			last = p.a
		}
		if err == nil {
			b, err = r.entry(int(p.b))
		}
		if err != nil {
			return nil, err
		}
		m := &Match{A: int(p.a), B: int(p.b), IDA: a.ID, IDB: b.ID, Match: p.Match, Copies: p.copies}
		direction(m, &a, &b)
		out = append(out, m)
	}
	return out, nil
}

// inOrder yields what work makes of the tasks, in their order.
func inOrder[T, R any](o Options, tasks iter.Seq2[T, error], size func(T) int64, work func(worker int, task T) ([]R, error)) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for batch, err := range pool.Ordered(context.Background(), o.Threads, o.Memory/8, tasks, size, work) {
			if err != nil {
				var none R
				yield(none, err)
				return
			}
			for _, v := range batch {
				if !yield(v, nil) {
					return
				}
			}
		}
	}
}

// Clusters yields the groups of copies, by their first member. A cluster
// belongs to the Results.
func (r *Results) Clusters() iter.Seq2[*Cluster, error] {
	return func(yield func(*Cluster, error) bool) {
		for i := range r.clusters {
			if !yield(&r.clusters[i], nil) {
				return
			}
		}
	}
}

// Recurrences yields the repeated texts by their first place. One is the caller's.
func (r *Results) Recurrences() iter.Seq2[*Recurrence, error] {
	size := func(keys []recurrenceKey) int64 { return int64(len(keys)) << 10 }
	return inOrder(r.o, chunks(r.recurrences, recurrenceBatch), size, func(_ int, keys []recurrenceKey) ([]*Recurrence, error) {
		out := make([]*Recurrence, len(keys))
		for i := range keys {
			var err error
			if out[i], err = r.recurrence(int64(keys[i].number)); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// recurrenceBatch repeated texts are read by one task.
const recurrenceBatch = 64

// chunks yields a list n elements at a time.
func chunks[T any](list []T, n int) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		for part := range slices.Chunk(list, n) {
			if !yield(part, nil) {
				return
			}
		}
	}
}

// recurrence reads a repeated text with the ids of its places.
func (r *Results) recurrence(number int64) (*Recurrence, error) {
	buf := entryMemory.Get().(*[]byte)
	defer entryMemory.Put(buf)
	b, err := r.recurring.View(number, buf)
	if err != nil {
		return nil, err
	}
	rec, err := readRecurrence(b)
	if err != nil {
		return nil, err
	}
	out := &Recurrence{Kind: rec.kind, Count: len(rec.at)}
	var sources []string
	for _, p := range rec.at {
		e, err := r.entry(int(p.doc))
		if err != nil {
			return nil, err
		}
		out.At = append(out.At, Place{Doc: int(p.doc), ID: e.ID, Span: p.Span})
		sources = append(sources, e.Source)
	}
	slices.Sort(sources)
	out.Sources = len(slices.Compact(sources))
	return out, nil
}

// Removals yields the furniture of every document that has some, in input
// order. One is the caller's. Cost: a pass over the stored words.
func (r *Results) Removals() iter.Seq2[*Removal, error] {
	workers := make([]unmasker, r.o.Threads)
	return inOrder(r.o, packets(r.keying.masks), (*packet).size, func(w int, b *packet) (out []*Removal, err error) {
		defer b.free()
		u := &workers[w]
		u.Results, u.marker.Rules = r, r.o.Rules
		for doc, mask := range b.records() {
			removal, err := u.removal(int(doc), mask)
			if err != nil {
				return nil, err
			}
			if removal != nil {
				out = append(out, removal)
			}
		}
		return out, nil
	})
}

// unmasker is the scratch memory of Removals.
type unmasker struct {
	*Results
	marker    boilerplate.Marker
	d         stored
	stretches []boilerplate.Stretch
	buf       []byte
}

// removal describes the furniture of a document, given its mask; nil if it
// has none.
func (u *unmasker) removal(doc int, mask []byte) (_ *Removal, err error) {
	if u.stretches, err = readStretches(mask, u.stretches); err != nil || len(u.stretches) == 0 {
		return nil, err
	}
	b, err := u.reading.texts.View(int64(doc), &u.buf)
	if err == nil {
		err = u.d.read(b)
	}
	if err != nil {
		return nil, err
	}
	e, err := u.entry(doc)
	return &Removal{Doc: doc, ID: e.ID, Marks: u.marker.Marks(nil, u.d.full, &u.d.Text, u.stretches)}, err
}

// Info returns what is kept of a document, by its number. Cost: two reads of a store.
func (r *Results) Info(doc int) (Info, error) {
	if doc < 0 || doc >= r.summary.Documents {
		return Info{}, fmt.Errorf("no document has the number %d: there are %d", doc, r.summary.Documents)
	}
	e, err := r.entry(doc)
	if err != nil {
		return Info{}, err
	}
	buf := entryMemory.Get().(*[]byte)
	defer entryMemory.Put(buf)
	b, err := r.keying.masks.View(int64(doc), buf)
	if err != nil {
		return Info{}, err
	}
	stretches, err := readStretches(b, nil)
	e.Own = e.Words
	for _, s := range stretches {
		e.Own -= s.To - s.From
	}
	return e.Info, err
}

// entryMemory holds memory for entries, and other records, that are read from disk.
var entryMemory = sync.Pool{New: func() any { return new([]byte) }}

// entry reads a document's entry of the catalog. An id that occurs more than
// once is told apart by its place.
func (r *Results) entry(doc int) (entry, error) {
	buf := entryMemory.Get().(*[]byte)
	defer entryMemory.Put(buf)
	b, err := r.reading.catalog.View(int64(doc), buf)
	if err != nil {
		return entry{}, err
	}
	e, err := readEntry(b)
	e.Number = doc
	if err == nil {
		e.ID = toldApart(r.same, doc, e.ID, r.files[e.file].Path, e.record)
	}
	return e, err
}

// union joins two sorted lists of names.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
