package boilerplate

import (
	"encoding/binary"
	"errors"
	"slices"

	"reprint/internal/blocks"
	"reprint/shingle"
)

// Count says how often a source repeats a run of words.
type Count struct {
	Days  int  // on which it was printed
	Times int  // it was printed
	Kind  Kind // what it is, where that is known; else Repeated

	Undated bool // nothing has a date: Days are articles that are no copies of each other
	Firm    bool // a person said so

	story bool // the articles that hold it have one subject
	block bool // it is a block of its own
}

// sure reports whether nothing in an article tells otherwise.
func (c Count) sure() bool { return c.Firm || c.block }

// band parts counts by what they mean to an article of the same subject.
func (c Count) band() (b struct {
	story, few, many bool
}) {
	b.story, b.few, b.many = c.story, c.Days <= fewDays, c.Days <= manyDays
	return b
}

// Learnt is what sources repeat: an immutable set of (source, run) with
// counts, safe for concurrent use. It takes 24 bytes for each, doubled at
// worst, and a few bits.
type Learnt struct {
	keys  []uint64 // open addressing, 0 is empty
	count []packed
	n     int
	may   runMap // tells most runs that are not known

	lengths [gramWords + 1]bool // run lengths that occur
	all     bool                // some runs belong to every source
	keeps   bool                // some runs are kept
	undated bool                // it was learnt of articles without dates
	blocks  bool                // some runs are blocks, by their hash

	known *Known   // may be nil
	pages *pageSet // on how many pages of its source a block stands; may be nil
}

// packed is a Count in eight bytes.
type packed struct {
	times uint32
	days  uint16
	kind  uint8 // index into Kinds
	flags uint8
}

const (
	isKept  = 1 << iota // it is no furniture, whatever else is known
	isStory             // the articles that hold it have one subject
	isFirm              // a person said so
	isBlock             // it is a block of its own
)

func (p packed) kept() bool  { return p.flags&isKept != 0 }
func (p packed) known() bool { return p.days > 0 || p.kept() }

// mayBits is how many bits of a map a run has at least: of those of a text that are not
// known one in sixteen to forty comes to a look at the table then.
const mayBits = 16

// anySite is the source of runs that belong to every source.
const anySite = 0xa17 << 24

func newLearnt() *Learnt {
	return &Learnt{keys: make([]uint64, 1<<10), count: make([]packed, 1<<10), may: newRunMap(1<<9, mayBits)}
}

// Len returns how many runs are known.
func (t *Learnt) Len() int { return t.n }

// put adds a run of the given length, or raises its counts. A block has length 0.
func (t *Learnt) put(k uint64, length int, c Count) {
	if 3*t.n >= 2*len(t.keys) {
		t.grow()
	}
	if t.blocks = t.blocks || length == 0; length > 0 {
		t.lengths[length] = true
	}
	k |= 1 // never empty
	t.may.add(k)
	s := t.slot(k)
	if t.keys[s] == 0 {
		t.keys[s] = k
		t.n++
	}
	p := &t.count[s]
	p.days, p.times = max(p.days, uint16(min(c.Days, 1<<16-1))), max(p.times, uint32(min(uint64(max(c.Times, 0)), 1<<32-1)))
	if c.Firm {
		p.flags |= isFirm
	}
	if c.story {
		p.flags |= isStory
	}
	if c.block {
		p.flags |= isBlock
	}
	p.kind = uint8(max(0, slices.Index(Kinds[:], c.Kind)))
}

// keep says that a run is no furniture.
func (t *Learnt) keep(k uint64, length int, _ Count) {
	t.put(k, length, Count{})
	t.count[t.slot(k|1)] = packed{flags: isKept}
	t.keeps = true
}

// story says that the articles that hold a known run have one subject.
func (t *Learnt) story(k uint64) { t.count[t.slot(k|1)].flags |= isStory }

// Hit is a run of a text that is known.
type Hit struct {
	at   int // its first token
	slot int // in Learnt
}

// hitsIn appends the runs among grams, those of a text in order, that are known
// of a source or of all: that they are furniture or that they are kept.
// Cost: a look at a few bits for each run.
func (t *Learnt) hitsIn(dst []Hit, grams []uint64, site uint64) []Hit {
	if t == nil || site == 0 && !t.all {
		return dst
	}
	first := len(dst)
	dst = slices.Grow(dst, len(grams)+1)[:first+len(grams)+1]
	maybe := dst[first:]
	n := 0
	if t.all {
		n = t.may.hitsOfAny(maybe, grams, ofSite(site), ofSite(anySite))
	} else {
		n = t.may.hits(maybe, grams, ofSite(site))
	}
	known := 0
	for _, h := range maybe[:n] {
		var ok bool
		if h.slot, ok = t.find(grams[h.at], site); ok {
			maybe[known] = h
			known++
		}
	}
	return dst[:first+known]
}

// AppendHits encodes hits for ReadHits: for each the words behind the one before it, and
// its slot, as varints.
func AppendHits(dst []byte, hits []Hit) []byte {
	last := 0
	for _, h := range hits {
		dst = binary.AppendUvarint(binary.AppendUvarint(dst, uint64(h.at-last)), uint64(h.slot))
		last = h.at
	}
	return dst
}

// ReadHits appends what AppendHits encoded: hits of t in a text of so many words.
func (t *Learnt) ReadHits(dst []Hit, b []byte, words int) ([]Hit, error) {
	r, last := numbers{b: b}, 0
	for len(r.b) > 0 {
		at, slot := r.next(), r.next()
		if r.broken || at >= uint64(words-last) || slot >= uint64(len(t.keys)) {
			return dst, errHits
		}
		last += int(at)
		dst = append(dst, Hit{last, int(slot)})
	}
	return dst, nil
}

var errHits = errors.New("hits that cannot be read")

// HitsAmong appends those of some runs of a text that are known of a source. places has
// the first word of each, ascending.
func (t *Learnt) HitsAmong(dst []Hit, grams []uint64, places []uint32, site uint64) []Hit {
	for i, g := range grams {
		if s, ok := t.find(g, site); ok {
			dst = append(dst, Hit{int(places[i]), s})
		}
	}
	return dst
}

// counts returns what is known in a slot, zero of what is kept.
func (t *Learnt) counts(slot int) Count {
	p := t.count[slot]
	if p.days == 0 {
		return Count{}
	}
	return Count{Days: int(p.days), Times: int(p.times), Kind: Kinds[p.kind], Undated: t.undated, Firm: p.flags&isFirm != 0, story: p.flags&isStory != 0, block: p.flags&isBlock != 0}
}

// find returns the slot of what is known of a run: that it is kept, by its
// source or by all, else what its source repeats, else what all repeat.
func (t *Learnt) find(gram, site uint64) (slot int, ok bool) {
	slot = t.slot(runKey(gram, site) | 1)
	if t.all && !t.count[slot].kept() {
		if every := t.slot(runKey(gram, anySite) | 1); t.count[every].kept() || t.count[slot].days == 0 {
			slot = every
		}
	}
	return slot, t.count[slot].known()
}

// runKey joins a run and a source into one number. Only the first five bytes of
// the source's hash count, as in the Learner's records.
func runKey(gram, site uint64) uint64 { return gram ^ ofSite(site) }

func (t *Learnt) slot(k uint64) int {
	mask := len(t.keys) - 1
	s := int(k>>20) & mask
	for t.keys[s] != 0 && t.keys[s] != k {
		s = (s + 1) & mask
	}
	return s
}

func (t *Learnt) grow() {
	old := *t
	t.keys = make([]uint64, 2*len(old.keys))
	t.count = make([]packed, 2*len(old.keys))
	t.may = newRunMap(len(old.keys), mayBits)
	for i, k := range old.keys {
		if k != 0 {
			s := t.slot(k)
			t.keys[s], t.count[s] = k, old.count[i]
			t.may.add(k)
		}
	}
}

// Version names what is known, whatever the order in which it was learnt.
func (t *Learnt) Version() uint64 {
	known := make([]uint64, 0, t.n)
	for i, k := range t.keys {
		if p := t.count[i]; p.known() {
			known = append(known, shingle.Second(k^uint64(p.days)<<48^uint64(p.kind)<<40^uint64(p.times)^uint64(p.flags)<<32))
		}
	}
	slices.Sort(known)
	h := uint64(len(known)) ^ (t.known.version() + t.pages.version())
	for _, k := range known {
		h = shingle.Second(h ^ k)
	}
	return h
}

// Know adds what l and p learnt to what is known. It is the last call before t is
// used.
func (t *Learnt) Know(l *Heads, p *PageLearner) (err error) {
	if t.known, err = l.learn(); err == nil {
		t.pages, err = p.learn()
	}
	return err
}

// source returns what is known of the pages of a source; t may be nil.
func (t *Learnt) source(site uint64) blocks.Source {
	if t == nil {
		return blocks.Source{}
	}
	return t.pages.source(site)
}

// Known returns what is known beside repeated runs, nil for nothing.
func (t *Learnt) Known() *Known { return t.known }
