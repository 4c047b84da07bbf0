package boilerplate

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"reprint/shingle"
)

// Pattern is one line of a furniture file.
//
// The furniture file is what an archive teaches, as JSON lines that a person
// can read and edit. The first line says what it is:
//
//	{"v":1,"what":"furniture","version":"9f0c…","articles":13523,"days":181,"sources":21,
//	 "beside":"archive.furniture.background","beside_version":"1a2b3c4d"}
//
// Behind the version stand the settings of the call that learnt it, if there were any on
// which it depends, as "settings":{"source-field":"outlet"}. beside names a file in the same
// folder with what is no use to read, and its version; then follows a line for each pattern:
//
//	{"source":"example.org","text":"Lesen Sie auch unsere …","kind":"teaser","articles":93,"days":60,
//	 "position":"tail","decision":"strip","by":"learnt"}
//
// source is the host of the articles' addresses without "www.", or the name
// of the source where there are none; "*" stands for every source. decision
// is strip or keep; keep wins where patterns disagree, and over rules; by is learnt or
// person: what a person decided outlives learning anew; or found: it went where it stood, by
// a rule, the model or its place, which will find it again, and the line is there to be read:
// strip teaches nothing of it, for the same words may be an article's own where they stand
// elsewhere. "story":true says that
// the articles that hold it have one subject; it stays in those that speak of
// what it speaks of. A pattern is found again by its runs of six words, so that
// parts of it and longer stretches that hold it are found as well; a shorter
// pattern has to stand as a whole. "block":true says that the pattern is a block, a
// paragraph of its own such as an entry of a menu, which is found where a whole
// paragraph is like it but for its numbers. "pages" is how many pages of the source
// are known, of which "articles" hold it: a line that was learnt so goes where the
// model of blocks, which weighs that with its place, agrees; one of a person, or
// without pages, goes wherever it stands. "position" says of it that in nine pages of
// ten nearly all running text stands below it (head) or above it (tail): what stands
// beyond it on another page is most likely furniture, too. A pattern of six words or more may be both a
// run and, having "pages", such a block. Unknown fields are passed over.
type Pattern struct {
	Source   string `json:"source"`
	Text     string `json:"text"`
	Kind     Kind   `json:"kind"`
	Articles int    `json:"articles"`
	Days     int    `json:"days"`
	Position string `json:"position"`        // head, middle or tail, where most of it stands; with Pages, above or below what they say
	Decision string `json:"decision"`        // strip or keep
	By       string `json:"by"`              // learnt, person or found
	Story    bool   `json:"story,omitempty"` // the articles that hold it have one subject
	Block    bool   `json:"block,omitempty"` // it is a block of its own
	Pages    int    `json:"pages,omitempty"` // of its source that are known, where it is a block of so many Articles
}

// Furniture is what an archive teaches. It is immutable once it is used.
type Furniture struct {
	Articles, Days, Sources int
	Settings                map[string]string // with which it was learnt, for people; may be nil
	Patterns                []Pattern         // by source, then most articles first, then text
	Known                   *Known            // what stands in the file beside it; may be nil
	Beside                  Beside
}

// Beside names the file that stands beside a furniture file; zero: none does.
type Beside struct{ File, Version string }

// header is the first line of a furniture file.
type header struct {
	V       int    `json:"v"`
	What    string `json:"what"`
	Version string `json:"version"`

	Settings map[string]string `json:"settings,omitempty"`

	Articles int `json:"articles"`
	Days     int `json:"days"`
	Sources  int `json:"sources"`

	Beside        string `json:"beside,omitempty"`
	BesideVersion string `json:"beside_version,omitempty"`
}

const (
	fileVersion = 1
	maxLine     = 16 << 20 // longer lines are no furniture
)

// SiteHash returns the hash by which a source is known: 0 for no source.
// Case and a leading "www." do not matter.
func SiteHash(source string) uint64 {
	s := sourceName(source)
	if s == "" {
		return 0
	}
	return shingle.Hash(s)
}

// sourceName returns what tells a source from others, "" for none.
func sourceName(source string) string {
	return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(source)), "www.")
}

// ReadFurniture reads a furniture file; name is used in errors. Faults are
// reported with their line, at most ten of them.
func ReadFurniture(r io.Reader, name string) (*Furniture, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	if !lines.Scan() {
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s:1: %w", name, err)
		}
		return nil, fmt.Errorf("%s: empty, no furniture file", name)
	}
	var h header
	if err := json.Unmarshal(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")), &h); err != nil || h.What != "furniture" {
		return nil, fmt.Errorf(`%s:1: not the first line of a furniture file: that has "what":"furniture"`, name)
	}
	if h.V > fileVersion {
		return nil, fmt.Errorf("%s:1: written by a newer version (%d)", name, h.V)
	}
	f := &Furniture{Articles: h.Articles, Days: h.Days, Sources: h.Sources, Settings: h.Settings, Beside: Beside{h.Beside, h.BesideVersion}}
	var faults []error
	n := 2
	for ; lines.Scan() && len(faults) < 10; n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var p Pattern
		err := json.Unmarshal(lines.Bytes(), &p)
		if err == nil && p.Decision == "" {
			err = misspelt(lines.Bytes())
		}
		if err == nil {
			err = p.check()
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, n, err))
			continue
		}
		f.Patterns = append(f.Patterns, p)
	}
	if err := lines.Err(); err != nil {
		faults = append(faults, fmt.Errorf("%s:%d: %w", name, n, err))
	}
	f.sort()
	if percent := f.ofSample(); len(faults) == 0 && percent > mostSample {
		faults = append(faults, fmt.Errorf("%s: its patterns for every source would strip %d %% of plain prose", name, percent))
	}
	return f, errors.Join(faults...)
}

// ofSample returns how much of plain prose goes by what is said of every source, in
// percent.
func (f *Furniture) ofSample() int {
	every := &Furniture{}
	for _, p := range f.Patterns {
		if p.Source == "*" {
			every.Patterns = append(every.Patterns, p)
		}
	}
	m := Marker{Learnt: every.Learnt()}
	return ofSample(func(yield func(int, int) bool) {
		for _, s := range m.Stretches(nil, "", sampleText(), nil, 0) {
			if !yield(s.From, s.To) {
				return
			}
		}
	})
}

// misspelt reports a field of a line without decision that was to be one: who wrote keep
// does not want it stripped.
func misspelt(line []byte) error {
	var fields map[string]any
	err := json.Unmarshal(line, &fields)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if v := fields[name]; (v == "keep" || v == "strip") && name != "source" && name != "text" {
			return fmt.Errorf("no decision, but %q says %s", name, v)
		}
	}
	return err
}

// check fills in what a person may leave out and reports what cannot be.
func (p *Pattern) check() error {
	if p.Kind == "" {
		p.Kind = Repeated
	}
	if p.Decision == "" {
		p.Decision = "strip"
	}
	if p.By == "" {
		p.By = "person"
	}
	p.Source = strings.TrimSpace(p.Source)
	switch {
	case sourceName(p.Source) == "" || !strings.ContainsFunc(p.Text, isWord):
		return errors.New("a pattern needs a source and a text with words")
	case !slices.Contains(Kinds[:], p.Kind):
		return unknownKind(p.Kind)
	case p.Decision != "strip" && p.Decision != "keep":
		return fmt.Errorf("decision %q is neither strip nor keep", p.Decision)
	case p.By != "learnt" && p.By != "person" && p.By != "found":
		return fmt.Errorf("by %q is neither learnt nor person nor found", p.By)
	case p.Position != "" && !slices.Contains(placeNames[:], p.Position):
		return fmt.Errorf("position %q is neither head, middle nor tail", p.Position)
	case min(p.Articles, p.Days, p.Pages) < 0:
		return errors.New("articles, days and pages are counts, none is below 0")
	}
	return nil
}

func (f *Furniture) sort() {
	slices.SortFunc(f.Patterns, func(p, q Pattern) int {
		return cmp.Or(strings.Compare(p.Source, q.Source), cmp.Compare(q.Articles, p.Articles), strings.Compare(p.Text, q.Text), p.compare(q))
	})
}

// compare orders readings of one pattern by what they say of it, so that the
// order of a file does not depend on how it was made.
func (p Pattern) compare(q Pattern) int {
	return cmp.Or(strings.Compare(p.By, q.By), strings.Compare(p.Decision, q.Decision),
		strings.Compare(string(p.Kind), string(q.Kind)), strings.Compare(p.Position, q.Position), cmp.Compare(p.Days, q.Days), cmp.Compare(p.Pages, q.Pages), cmp.Compare(one(p.Block), one(q.Block)), cmp.Compare(one(p.Story), one(q.Story)))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Write writes f as a furniture file.
func (f *Furniture) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(header{fileVersion, "furniture", f.Version(), f.Settings, f.Articles, f.Days, f.Sources, f.Beside.File, f.Beside.Version})
	for i := range f.Patterns {
		err = errors.Join(err, enc.Encode(&f.Patterns[i]))
	}
	return errors.Join(err, out.Flush())
}

// Version names the content of f: 16 hexadecimal digits.
func (f *Furniture) Version() string {
	h := uint64(len(f.Patterns)) ^ f.Known.version()
	for _, p := range f.Patterns {
		for _, s := range []string{p.Source, p.Text, string(p.Kind), p.Decision, p.By} {
			h = shingle.Second(h ^ shingle.Hash(s))
		}
		h = shingle.Second(h ^ uint64(p.Articles)<<32 ^ uint64(p.Days))
		if p.Block {
			h = shingle.Second(h + 1 + uint64(p.Pages))
		}
		if p.Story {
			h = shingle.Second(h ^ shingle.Hash("story"))
		}
		if at := p.place(); at != 0 {
			h = shingle.Second(h ^ uint64(at))
		}
	}
	return fmt.Sprintf("%016x", h)
}

// Merge joins furniture files and what stands beside them; any may be nil, and stays as
// it is. Of a pattern that stands in several, what a person decided stays; articles,
// days and sources are the largest of any. The order of the files matters only where
// persons disagree: the last one decides.
func Merge(files ...*Furniture) *Furniture {
	m := &Furniture{}
	at := map[patternID]int{}
	for _, f := range files {
		if f == nil {
			continue
		}
		m.Articles, m.Days, m.Sources = max(m.Articles, f.Articles), max(m.Days, f.Days), max(m.Sources, f.Sources)
		m.Known = m.Known.merge(f.Known)
		for _, p := range f.Patterns {
			id := patternID{sourceName(p.Source), p.Text, p.Block}
			i, known := at[id]
			if !known {
				at[id] = len(m.Patterns)
				m.Patterns = append(m.Patterns, p)
				continue
			}
			m.Patterns[i] = m.Patterns[i].merge(p)
		}
	}
	m.sort()
	return m
}

// patternID is what two readings of one pattern have in common.
type patternID struct {
	source, text string
	block        bool
}

// decided returns how much a person decided: nothing learns to keep.
func (p Pattern) decided() int {
	return 2*one(p.By == "person") + one(p.Decision == "keep" && p.By != "person")
}

// merge joins two readings of one pattern.
func (p Pattern) merge(q Pattern) Pattern {
	days, pages := max(p.Days, q.Days), max(p.Pages, q.Pages)
	p.Days, q.Days, p.Pages, q.Pages = days, days, pages, pages
	if d := cmp.Compare(p.decided(), q.decided()); d > 0 || d == 0 && q.By != "person" && p.compare(q) > 0 {
		p, q = q, p
	}
	q.Articles = max(p.Articles, q.Articles)
	return q
}
