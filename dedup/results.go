package dedup

import (
	"errors"
	"iter"
	"slices"
	"time"

	"reprint/boilerplate"
	"reprint/corpus"
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
	Number        int // from 1, by first member
	Keep          int // document number of the survivor
	Reason        string
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
	Rejected   int
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
// removes; it serves one goroutine at a time.
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
	buf         []byte
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

// Matches yields the verified pairs by A and B, each once.
func (r *Results) Matches() iter.Seq2[*Match, error] {
	return func(yield func(*Match, error) bool) {
		var a, b entry
		last := none
		for p, err := range r.pairs() {
			if err == nil && p.a != last {
				a, err = r.entry(int(p.a))
				last = p.a
			}
			if err == nil {
				b, err = r.entry(int(p.b))
			}
			if err != nil {
				yield(nil, err)
				return
			}
			m := &Match{A: int(p.a), B: int(p.b), IDA: a.ID, IDB: b.ID, Match: p.Match, Copies: p.copies}
			direction(m, &a, &b)
			if !yield(m, nil) {
				return
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

// Recurrences yields the repeated texts by their first place.
func (r *Results) Recurrences() iter.Seq2[*Recurrence, error] {
	return func(yield func(*Recurrence, error) bool) {
		for _, key := range r.recurrences {
			out, err := r.recurrence(int64(key.number))
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

// recurrence reads a repeated text with the ids of its places.
func (r *Results) recurrence(number int64) (*Recurrence, error) {
	b, err := r.recurring.Get(number, nil)
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
// order.
func (r *Results) Removals() iter.Seq2[*Removal, error] {
	return func(yield func(*Removal, error) bool) {
		u := unmasker{Results: r, marker: boilerplate.Marker{Rules: r.o.Rules}}
		doc := 0
		for b, err := range r.keying.masks.All() {
			var out *Removal
			if err == nil {
				out, err = u.removal(doc, b)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if out != nil && !yield(out, nil) {
				return
			}
			doc++
		}
	}
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
	if u.buf, err = u.reading.texts.Get(int64(doc), u.buf); err != nil {
		return nil, err
	}
	if err = u.d.read(u.buf); err != nil {
		return nil, err
	}
	e, err := u.entry(doc)
	return &Removal{Doc: doc, ID: e.ID, Marks: u.marker.Marks(nil, u.d.full, &u.d.Text, u.stretches)}, err
}

// Info returns what is kept of a document, by its number.
func (r *Results) Info(doc int) (Info, error) {
	e, err := r.entry(doc)
	if err != nil {
		return Info{}, err
	}
	b, err := r.keying.masks.Get(int64(doc), nil)
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

// entry reads a document's entry of the catalog. An id that occurs more than
// once is told apart by its place.
func (r *Results) entry(doc int) (entry, error) {
	var err error
	if r.buf, err = r.reading.catalog.Get(int64(doc), r.buf); err != nil {
		return entry{}, err
	}
	e, err := readEntry(r.buf)
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
