package boilerplate

import (
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

	// maxBlocks is how many blocks are remembered, and may become lines of a
	// furniture file: those on the most pages. A source has some dozens.
	maxBlocks = 1 << 18

	// maxBlockBytes is the longest block that is counted. What is longer has
	// runs of words enough to be known by.
	maxBlockBytes = 2 << 10

	pageBytes = 24
)

// PageLearner counts on how many pages of each source a block stands: a
// paragraph, heading, caption or entry of a menu on a line of its own, whose
// numbers do not matter. It takes one pass and bounded memory, and what it
// learns does not depend on the order of Add calls.
//
// A record is big endian: the first five bytes of the source's hash, the
// block's hash (8), the page (3), the day (3), the document (5). Block 0 stands for
// the page as a whole.
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
	if !IsPage(t) {
		return dst
	}
	at := len(dst)
	dst, page := blocks.Hashes(append(dst, 0), t)
	dst[at] = page
	n := at + 1
	for i, u := range t.Paragraphs {
		if u.End-u.Start <= maxBlockBytes {
			dst[n] = dst[at+1+i]
			n++
		}
	}
	return dst[:n]
}

// Add counts one page, document doc. site is the hash of its source, 0 for none
// (nothing is learnt of it); day counts from any fixed date; page is what PageBlocks
// returned.
func (l *PageLearner) Add(site uint64, day int, doc uint64, page []uint64) error {
	if site == 0 || len(page) == 0 {
		return nil
	}
	binary.BigEndian.PutUint64(l.rec[0:], site&^0xffffff)
	binary.BigEndian.PutUint64(l.rec[16:], doc&(1<<40-1))
	binary.BigEndian.PutUint64(l.rec[13:], page[0]<<40|uint64(day)&0xffffff<<16|doc>>24&0xffff)
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

// pageRecord is a decoded record.
type pageRecord struct{ site, block, page, day, doc uint64 }

func readPageRecord(rec []byte) pageRecord {
	return pageRecord{
		site:  binary.BigEndian.Uint64(rec) &^ 0xffffff,
		block: binary.BigEndian.Uint64(rec[5:]),
		page:  binary.BigEndian.Uint64(rec[8:]) & 0xffffff,
		day:   binary.BigEndian.Uint64(rec[11:]) & 0xffffff,
		doc:   binary.BigEndian.Uint64(rec[16:]) & (1<<40 - 1),
	}
}

// each calls do for every block of every source, by source and hash, with its
// records, valid until the next call: one for each of its pages, the first of that
// page, and days, on how many days it was printed.
func (l *PageLearner) each(do func(of pageRecord, first []pageRecord, pages, days int)) error {
	var last pageRecord
	var first []pageRecord
	days, pages := map[uint64]bool{}, 0
	finish := func() {
		if pages > 0 {
			do(last, first, pages, len(days))
		}
		first, pages = first[:0], 0
		clear(days)
	}
	for rec, err := range l.records.Sorted() {
		if err != nil {
			return err
		}
		r := readPageRecord(rec)
		if r.block != last.block || r.site != last.site {
			finish()
		}
		if len(days) < maxBlockDays {
			days[r.day] = true
		}
		if pages == 0 || r.page != last.page {
			pages++
			if len(first) < blockLooks {
				first = append(first, r)
			}
		}
		last = r
	}
	finish()
	return nil
}

// maxBlockDays is how many days of a block are counted.
const maxBlockDays = 1 << 12

// Pages returns what was counted. It is called after the last Add.
func (l *PageLearner) Pages() (*Pages, error) {
	p := &pageCounts{sites: map[uint64]int{}, least: leastPages}
	err := l.each(func(of pageRecord, _ []pageRecord, pages, _ int) { p.add(of.site, of.block, pages) })
	if err != nil {
		return nil, err
	}
	return p.pages(), nil
}

// pageCounts gathers what is remembered: of too many blocks those that stand
// on most pages.
type pageCounts struct {
	keys  []uint64
	sites map[uint64]int
	least int
}

// add takes in that a block of a source has n pages; block 0, which comes first,
// that the source has.
func (p *pageCounts) add(site, block uint64, n int) {
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
	for len(p.keys) > maxBlocks && p.least < mostPages {
		p.least++
		p.keys = slices.DeleteFunc(p.keys, func(k uint64) bool { return int(k&mostPages) < p.least })
	}
	p.keys = p.keys[:min(len(p.keys), maxBlocks)]
}

func (p *pageCounts) pages() *Pages {
	slices.Sort(p.keys)
	var keys []uint64
	for i, k := range p.keys { // of one block the largest count
		if i+1 == len(p.keys) || p.keys[i+1]&^mostPages != k&^mostPages {
			keys = append(keys, k)
		}
	}
	return newPages(keys, p.sites)
}

// pageKey joins a block and a source into one number, whose last byte is free
// for a count.
func pageKey(block, site uint64) uint64 { return key(block, site) &^ mostPages }

// Pages says on how many pages of a source a block stands. It is immutable and
// safe for concurrent use.
type Pages struct {
	slots []uint64 // open addressing, key and count, 0 is empty
	n     int
	sites map[uint64]int // pages of each source, by the first five bytes of its hash
}

// newPages takes sorted keys with counts, each key given once.
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

// hold returns on how many pages of a source a block stands, 0 for too few.
func (p *Pages) hold(block, site uint64) int {
	return int(p.slots[p.slot(pageKey(block, site))] & mostPages)
}

// source returns what is known of the pages of a source.
func (p *Pages) source(site uint64) blocks.Source {
	if p == nil || site == 0 {
		return blocks.Source{}
	}
	site &^= 0xffffff
	return blocks.Source{Pages: p.sites[site], Hold: func(block uint64) int { return p.hold(block, site) }}
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
	for _, site := range slices.Sorted(maps.Keys(p.sites)) {
		h += shingle.Second(site ^ uint64(p.sites[site]))
	}
	return h
}
