package boilerplate

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"reprint/internal/blocks"
	"reprint/internal/spill"
	"reprint/shingle"
)

const (
	// leastPages is on how many pages of a source a block has to stand to be
	// remembered, and pagesShare of how many pages of the source on one more:
	// of many pages some are bound to quote each other.
	leastPages = 2
	pagesShare = 250

	mostPages = 1<<8 - 1 // that a block is told to stand on

	pageBytes = 16
)

// PageLearner counts on how many pages of each source a block stands: a
// paragraph, heading, caption or entry of a menu on a line of its own, whose
// numbers do not matter. It takes one pass and bounded memory, and what it
// learns does not depend on the order of Add calls.
//
// A record is big endian: the first five bytes of the source's hash, the
// block's hash (8), the page (3). Block 0 stands for the page as a whole.
type PageLearner struct {
	records *spill.Sorter
	rec     [pageBytes]byte
}

// NewPageLearner returns a PageLearner that keeps its records as o says.
func NewPageLearner(o spill.Options) *PageLearner {
	return &PageLearner{records: spill.NewSorter(o, pageBytes)}
}

// Close removes what was spilled.
func (l *PageLearner) Close() error { return l.records.Close() }

// PageBlocks appends the hashes of the blocks of a text that a PageLearner
// counts, behind that of the page; none for a text of too few blocks to be a
// page. Cost: a pass over the words.
func PageBlocks(dst []uint64, t *shingle.Text) []uint64 {
	if len(t.Paragraphs) < blocks.LeastBlocks {
		return dst
	}
	at := len(dst)
	dst, page := blocks.Hashes(append(dst, 0), t)
	dst[at] = page
	return dst
}

// Add counts one page. site is the hash of its source, 0 for none (nothing is
// learnt of it); page is what PageBlocks returned.
func (l *PageLearner) Add(site uint64, page []uint64) error {
	if site == 0 || len(page) == 0 {
		return nil
	}
	binary.BigEndian.PutUint64(l.rec[0:], site&^0xffffff)
	binary.BigEndian.PutUint64(l.rec[8:], page[0]&0xffffff)
	for i, h := range page {
		if i == 0 {
			h = 0
		}
		binary.BigEndian.PutUint64(l.rec[5:], h)
		if err := l.records.Add(l.rec[:]); err != nil {
			return err
		}
	}
	return nil
}

// Pages returns what was counted. It may be called once, after the last Add.
func (l *PageLearner) Pages() (*Pages, error) {
	p := &pageCounts{sites: map[uint64]int{}, least: leastPages}
	var last [pageBytes]byte
	n := 0
	for rec, err := range l.records.Sorted() {
		if err != nil {
			return nil, err
		}
		switch {
		case n > 0 && string(rec) == string(last[:]):
			continue
		case n > 0 && string(rec[:13]) != string(last[:13]):
			p.flush(&last, n)
			n = 0
		}
		copy(last[:], rec)
		n++
	}
	p.flush(&last, n)
	return newPages(p.keys, p.sites), nil
}

// pageCounts gathers what is remembered: of too many blocks those that stand
// on most pages.
type pageCounts struct {
	keys  []uint64
	sites map[uint64]int
	least int
}

// flush takes in that block and source of rec have n pages.
func (p *pageCounts) flush(rec *[pageBytes]byte, n int) {
	site, block := binary.BigEndian.Uint64(rec[:])&^0xffffff, binary.BigEndian.Uint64(rec[5:])
	if block == 0 {
		if n >= leastPages {
			p.sites[site] = n
		}
		return
	}
	if n < max(p.least, p.sites[site]/pagesShare) {
		return
	}
	p.keys = append(p.keys, pageKey(block, site)|uint64(min(n, mostPages)))
	p.bound()
}

// bound drops blocks if there are too many.
func (p *pageCounts) bound() {
	for len(p.keys) > maxKnown && p.least < mostPages {
		p.least++
		p.keys = slices.DeleteFunc(p.keys, func(k uint64) bool { return int(k&mostPages) < p.least })
	}
	p.keys = p.keys[:min(len(p.keys), maxKnown)]
}

// pageKey joins a block and a source into one number, whose last byte is free
// for a count.
func pageKey(block, site uint64) uint64 { return key(block, site) &^ mostPages }

// Pages says on how many pages of a source a block stands. It is immutable and
// safe for concurrent use.
type Pages struct {
	slots []uint64       // open addressing, 0 is empty: key, and the count in its last byte
	n     int            // of them are used
	sites map[uint64]int // how many pages a source has, those with two or more
}

// newPages returns the set of keys with counts, each key given once.
func newPages(keys []uint64, sites map[uint64]int) *Pages {
	size := 1
	for size < 2*len(keys) {
		size *= 2
	}
	p := &Pages{slots: make([]uint64, size), n: len(keys), sites: sites}
	for _, k := range keys {
		p.slots[p.slot(k)] = k
	}
	return p
}

func (p *Pages) slot(k uint64) int {
	mask := len(p.slots) - 1
	at := int(k>>20) & mask
	for p.slots[at] != 0 && p.slots[at]&^mostPages != k&^mostPages {
		at = (at + 1) & mask
	}
	return at
}

// source returns what is known of the pages of a source.
func (p *Pages) source(site uint64) blocks.Source {
	if p == nil || site == 0 {
		return blocks.Source{}
	}
	site &^= 0xffffff
	return blocks.Source{Pages: p.sites[site], Hold: func(block uint64) int {
		return int(p.slots[p.slot(pageKey(block, site))] & mostPages)
	}}
}

// keys returns the keys with counts, ascending.
func (p *Pages) keys() []uint64 {
	keys := make([]uint64, 0, p.n)
	for _, k := range p.slots {
		if k != 0 {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// merge joins two counts, of which the larger ones stay; either may be nil.
func (p *Pages) merge(o *Pages) *Pages {
	if p == nil || o == nil {
		return cmp.Or(p, o)
	}
	c := pageCounts{sites: maps.Clone(p.sites), least: leastPages}
	for site, n := range o.sites {
		c.sites[site] = max(c.sites[site], n)
	}
	keys := append(p.keys(), o.keys()...)
	slices.Sort(keys)
	for i, k := range keys {
		if i+1 == len(keys) || keys[i+1]&^mostPages != k&^mostPages {
			c.keys = append(c.keys, k)
		}
	}
	c.bound()
	return newPages(c.keys, c.sites)
}

// append encodes p: the number of keys and the distance of each from the one
// before, then the number of sources and of each the distance of its hash and
// its pages, all as varints.
func (p *Pages) append(dst []byte) []byte {
	if p == nil {
		return dst
	}
	dst = binary.AppendUvarint(dst, uint64(p.n))
	last := uint64(0)
	for _, k := range p.keys() {
		dst = binary.AppendUvarint(dst, k-last)
		last = k
	}
	dst, last = binary.AppendUvarint(dst, uint64(len(p.sites))), 0
	for _, site := range slices.Sorted(maps.Keys(p.sites)) {
		dst = binary.AppendUvarint(dst, site-last)
		dst = binary.AppendUvarint(dst, uint64(p.sites[site]))
		last = site
	}
	return dst
}

// readPages decodes what append encoded.
func readPages(b []byte) (*Pages, error) {
	if len(b) == 0 {
		return nil, nil
	}
	r := numbers{b: b}
	keys, last := make([]uint64, r.count()), uint64(0)
	for i := range keys {
		next := last + r.next()
		if next&mostPages < leastPages || i > 0 && next&^mostPages <= last&^mostPages {
			return nil, errPart
		}
		keys[i], last = next, next
	}
	sites := map[uint64]int{}
	last = 0
	for range r.count() {
		last += r.next()
		n := r.next()
		if last&0xffffff != 0 || n < leastPages || n > 1<<40 {
			return nil, errPart
		}
		sites[last] = int(n)
	}
	if r.broken || len(r.b) > 0 {
		return nil, errPart
	}
	return newPages(keys, sites), nil
}

// version names the content, whatever its order.
func (p *Pages) version() uint64 {
	if p == nil {
		return 0
	}
	h := uint64(0)
	for _, k := range p.slots {
		if k != 0 {
			h += shingle.Second(k)
		}
	}
	for site, n := range p.sites {
		h += shingle.Second(site ^ uint64(n))
	}
	return h
}
