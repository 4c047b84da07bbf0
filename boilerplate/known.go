package boilerplate

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/bits"
	"slices"
	"sync"

	"reprint/shingle"
)

// Known is what an archive teaches beside repeated runs, as hashes that
// nobody reads:
//
//	titles  runs of five words of the articles' titles
//	leads   runs of five words of what follows the titles
//	starts  those of them with which a lead begins
//	behind  runs of four words that stand behind a call in articles that differ
//	calls   for each source's call how often a teaser follows, and how long, and
//	        how often the article is over
//
// A call such as "read also" is followed by the title and lead of another
// article. Where that article is known it is found by its words; where it is
// not, it mostly stands behind other calls of the same source as well.
//
// A Known is immutable and safe for concurrent use.
type Known struct {
	titles, leads, starts, behind *set
	calls                         map[uint64]habit // by key of the call's words and the source

	ready sync.Once
	heads runMap // of titles and starts
}

// habit is what usually stands behind a source's call.
type habit struct {
	words int // of a known teaser, the median
	ends  int // of a hundred known teasers, how many end a sentence
	share int // of a hundred calls, how many have a known teaser behind them

	closes int // of a hundred calls, how many close the article: the rest is off its subject
}

// set is an immutable set of keys, which are odd. What is asked of it in a text takes a
// sieve and an index that the first who asks makes: who only learns and writes needs none.
// A nil set is empty.
type set struct {
	keys []uint64 // ascending

	ready sync.Once
	from  []uint32 // of the keys with the same highest bits the first, and one more
	shift uint8    // what turns a key into the number of these bits
	sieve sieve
}

// setKeys is how many keys have the same highest bits, more or less.
const setKeys = 4

// sieve says of most keys that are not in a table that they are not, in few
// enough bits to stay near the processor: eight to sixteen for each key. A key has
// three of the bits of one word (a blocked Bloom filter: Putze, Sanders and Singler,
// "Cache-, hash- and space-efficient Bloom filters", 2007).
type sieve struct {
	bits  []uint64
	shift uint8
}

// newSieve returns an empty sieve for n keys.
func newSieve(n int) sieve {
	log := max(bits.Len(uint(8*n)), 6)
	return sieve{make([]uint64, 1<<log/64), uint8(64 - log)}
}

func (s *sieve) add(k uint64) { s.bits[k>>(s.shift&63)>>6] |= bitsOf(k) }

// bitsOf chooses three bits of a word. The lowest bit of a key says nothing.
func bitsOf(k uint64) uint64 { return 1<<(k>>1&63) | 1<<(k>>7&63) | 1<<(k>>13&63) }

// may reports whether k may be in the table. A zero sieve holds nothing.
func (s *sieve) may(k uint64) bool {
	of := bitsOf(k)
	return s.bits != nil && s.bits[k>>(s.shift&63)>>6]&of == of
}

// newSet returns the set of keys, which are odd and ascending, and belong to it.
func newSet(keys []uint64) *set { return &set{keys: slices.Compact(keys)} }

// open makes the sieve and the index.
func (s *set) open() {
	log := bits.Len(uint(len(s.keys) / setKeys))
	s.from, s.shift, s.sieve = make([]uint32, 1<<log+1), uint8(64-log), newSieve(2*len(s.keys))
	at := uint64(0)
	for i, k := range s.keys {
		s.sieve.add(k)
		for ; at < k>>s.shift; at++ {
			s.from[at+1] = uint32(i)
		}
	}
	for ; at < 1<<log; at++ {
		s.from[at+1] = uint32(len(s.keys))
	}
}

func (s *set) has(k uint64) bool {
	if s == nil {
		return false
	}
	s.ready.Do(s.open)
	return s.sieve.may(k|1) && s.finds(k|1)
}

// finds looks for a key.
func (s *set) finds(k uint64) bool {
	at := k >> s.shift
	_, is := slices.BinarySearch(s.keys[s.from[at]:s.from[at+1]], k)
	return is
}

// any reports whether one of the runs of a source is in the set.
func (s *set) any(runs []uint64, site uint64) bool {
	if s == nil {
		return false
	}
	s.ready.Do(s.open)
	sieve := s.sieve
	for _, g := range runs {
		if k := key(g, site); sieve.may(k) && s.has(k) {
			return true
		}
	}
	return false
}

// among appends the places of those runs of a source that are in the set.
func (s *set) among(dst []uint32, runs []uint64, site uint64) []uint32 {
	if s == nil {
		return dst
	}
	s.ready.Do(s.open)
	sieve, of := s.sieve, ofSite(site)
	for i, g := range runs {
		if k := shingle.Second(g ^ of); sieve.may(k) && s.has(k) {
			dst = append(dst, uint32(i))
		}
	}
	return dst
}

// titled appends the places of those runs of a source that may be in titles or starts.
func (k *Known) titled(dst []uint32, runs []uint64, site uint64) []uint32 {
	k.ready.Do(k.open)
	return k.heads.among(dst, runs, ofSite(site))
}

// open makes the map of titles and starts. A run is in it as what its key was made of, so
// that no key has to be made to ask: that is one of two, as the lowest bit of a key says
// nothing.
func (k *Known) open() {
	titles, starts := k.titles.all(), k.starts.all()
	k.heads = newRunMap(2*(len(titles)+len(starts)), 8)
	for _, keys := range [][]uint64{titles, starts} {
		for _, key := range keys {
			k.heads.add(shingle.First(key))
			k.heads.add(shingle.First(key &^ 1))
		}
	}
}

// all returns the keys of a set, ascending, or of none.
func (s *set) all() []uint64 {
	if s == nil {
		return nil
	}
	return s.keys
}

// merge joins two sets; of too many the least keys stay.
func (s *set) merge(o *set) *set {
	keys := slices.Concat(s.all(), o.all())
	slices.Sort(keys)
	keys = slices.Compact(keys)
	return newSet(keys[:min(len(keys), maxKnown)])
}

// The parts in which a Known is stored. A set is the number of its keys and
// the distance of each from the one before, as varints; the calls are their
// number and for each its key's distance and the four figures. Whoever changes
// this gives the part a new name.
const (
	partTitles = "titles 1"
	partLeads  = "leads 1"
	partStarts = "starts 1"
	partBehind = "behind 1"
	partCalls  = "calls 2"
)

// KnownParts are the names of the parts in which a Known is stored.
var KnownParts = [...]string{partTitles, partLeads, partStarts, partBehind, partCalls}

// WritePart writes a part, one of KnownParts, a few bytes at a time.
func (k *Known) WritePart(w io.Writer, name string) error {
	out := varints{w: w, b: make([]byte, 0, 16<<10)}
	switch name {
	case partTitles:
		out.set(k.titles)
	case partLeads:
		out.set(k.leads)
	case partStarts:
		out.set(k.starts)
	case partBehind:
		out.set(k.behind)
	case partCalls:
		out.calls(k.calls)
	}
	return out.flush()
}

// varints writes numbers. After an error it writes no more.
type varints struct {
	w   io.Writer
	b   []byte // not yet written
	err error
}

func (o *varints) put(n uint64) {
	if len(o.b) > cap(o.b)-binary.MaxVarintLen64 {
		o.err = o.flush()
	}
	o.b = binary.AppendUvarint(o.b, n)
}

func (o *varints) flush() error {
	if o.err == nil {
		_, o.err = o.w.Write(o.b)
	}
	o.b = o.b[:0]
	return o.err
}

func (o *varints) set(s *set) {
	keys, last := s.all(), uint64(0)
	o.put(uint64(len(keys)))
	for _, k := range keys {
		o.put(k - last)
		last = k
	}
}

func (o *varints) calls(calls map[uint64]habit) {
	o.put(uint64(len(calls)))
	last := uint64(0)
	for _, key := range slices.Sorted(maps.Keys(calls)) {
		h := calls[key]
		for _, n := range []uint64{key - last, uint64(h.words), uint64(h.ends), uint64(h.share), uint64(h.closes)} {
			o.put(n)
		}
		last = key
	}
}

// ReadKnown decodes what WritePart wrote; part returns a part's bytes, none
// for one that is not there.
func ReadKnown(part func(name string) ([]byte, error)) (*Known, error) {
	k := &Known{calls: map[uint64]habit{}}
	for _, one := range []struct {
		name string
		into **set
	}{{partTitles, &k.titles}, {partLeads, &k.leads}, {partStarts, &k.starts}, {partBehind, &k.behind}} {
		b, err := part(one.name)
		if err == nil {
			*one.into, err = readSet(b)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.name, err)
		}
	}
	b, err := part(partCalls)
	if err == nil {
		err = k.readCalls(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", partCalls, err)
	}
	return k, nil
}

var errPart = errors.New("a part that cannot be read")

// numbers reads varints; after an error all are 0.
type numbers struct {
	b      []byte
	broken bool
}

func (r *numbers) next() uint64 {
	if len(r.b) >= 8 {
		w := binary.LittleEndian.Uint64(r.b)
		if last := ^w & lastBytes; last != 0 {
			r.b = r.b[bits.TrailingZeros64(last)/8+1:]
			return sevens(w & (last ^ (last - 1)))
		}
	}
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.broken = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

// lastBytes has the bits that are not set in the last byte of a varint.
const lastBytes = 0x8080808080808080

// sevens joins the lower seven bits of eight bytes.
func sevens(w uint64) uint64 {
	w = w&0x007f007f007f007f | w&0x7f007f007f007f00>>1
	w = w&0x00003fff00003fff | w&0x3fff00003fff0000>>2
	return w&0x000000000fffffff | w&0x0fffffff00000000>>4
}

// count reads how many entries follow; each takes a byte at least.
func (r *numbers) count() int {
	n := r.next()
	if n > uint64(len(r.b)) {
		r.broken = true
		return 0
	}
	return int(n)
}

func readSet(b []byte) (*set, error) {
	if len(b) == 0 {
		return newSet(nil), nil
	}
	r := numbers{b: b}
	keys := make([]uint64, r.count())
	last := uint64(0)
	for i := range keys {
		last += r.next()
		keys[i] = last
		if last&1 == 0 || i > 0 && last <= keys[i-1] {
			return nil, errPart
		}
	}
	if r.broken || len(r.b) > 0 {
		return nil, errPart
	}
	return newSet(keys), nil
}

func (k *Known) readCalls(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	r := numbers{b: b}
	last := uint64(0)
	for range r.count() {
		last += r.next()
		words, ends, share, closes := r.next(), r.next(), r.next(), r.next()
		if words > behindWords || ends > 100 || share > 100 || closes > 100 {
			return errPart
		}
		k.calls[last] = habit{int(words), int(ends), int(share), int(closes)}
	}
	if r.broken || len(r.b) > 0 {
		return errPart
	}
	return nil
}

// merge joins what two archives know; either may be nil. Of a call that both
// know, the one with more teasers stays.
func (k *Known) merge(o *Known) *Known {
	if k == nil || o == nil {
		return cmp.Or(k, o)
	}
	m := &Known{titles: k.titles.merge(o.titles), leads: k.leads.merge(o.leads), starts: k.starts.merge(o.starts), behind: k.behind.merge(o.behind), calls: maps.Clone(k.calls)}
	for key, h := range o.calls {
		if g, ok := m.calls[key]; !ok || cmp.Or(cmp.Compare(h.share, g.share), cmp.Compare(h.words, g.words), cmp.Compare(h.ends, g.ends), cmp.Compare(h.closes, g.closes)) > 0 {
			m.calls[key] = h
		}
	}
	return m
}

// version names the content, whatever its order.
func (k *Known) version() uint64 {
	if k == nil {
		return 0
	}
	h := uint64(0)
	for i, s := range []*set{k.titles, k.leads, k.behind, k.starts} {
		for _, key := range s.all() {
			h += shingle.Second(key + uint64(i))
		}
	}
	for key, c := range k.calls {
		h += shingle.Second(key ^ uint64(c.words)<<32 ^ uint64(c.ends)<<16 ^ uint64(c.share) ^ uint64(c.closes)<<48)
	}
	return h
}
