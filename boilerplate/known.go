package boilerplate

import (
	"cmp"
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
