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
// block's hash (8), the page (3), the day (3), the document and, in the last two bits,
// the block's place in it (5). Block 0 stands for the page as a whole.
type PageLearner struct {
	records *spill.Sorter
	rec     [pageBytes]byte
}

// NewPageLearner returns a PageLearner that keeps its records as o says.
func NewPageLearner(o LearnOptions) *PageLearner {
	return &PageLearner{records: spill.NewSorter(o.spill(), pageBytes)}
}

// Close removes what was spilled.
func (l *PageLearner) Close() error { return l.records.Close() }

// PageBlock is a block of a page, by its hash, and where it stands.
type PageBlock struct {
	hash  uint64
	place blocks.Place
}

// PageBlocks appends the blocks of a text that a PageLearner counts, behind one for
// the page; none for a text of too few blocks to be a page. Cost: a pass over the
// words.
func PageBlocks(dst []PageBlock, t *shingle.Text) []PageBlock {
	if !IsPage(t) {
		return dst
	}
	hashes, page := blocks.Hashes(nil, t)
	places := blocks.Places(nil, t)
	dst = append(dst, PageBlock{hash: page})
	for i, u := range t.Paragraphs {
		if u.End-u.Start <= maxBlockBytes {
			dst = append(dst, PageBlock{hashes[i], places[i]})
		}
	}
	return dst
}

// Add counts one page, document doc. site is the hash of its source, 0 for none
// (nothing is learnt of it); day counts from any fixed date; page is what PageBlocks
// returned.
func (l *PageLearner) Add(site uint64, day int, doc uint64, page []PageBlock) error {
	if site == 0 || len(page) == 0 {
		return nil
	}
	binary.BigEndian.PutUint64(l.rec[0:], site&^0xffffff)
	binary.BigEndian.PutUint64(l.rec[13:], page[0].hash<<40)
	for i, b := range page {
		if i == 0 {
			b = PageBlock{}
		}
		binary.BigEndian.PutUint64(l.rec[16:], uint64(day)<<40|(doc<<placeBits|uint64(b.place))&(1<<40-1))
		binary.BigEndian.PutUint64(l.rec[5:], b.hash)
		if err := l.records.Add(l.rec[:]); err != nil {
			return err
		}
	}
	return nil
}

// placeBits is how many bits a place has.
const placeBits = 2

// pageRecord is a decoded record.
type pageRecord struct {
	site, block, page, day, doc uint64
	place                       blocks.Place
}

func readPageRecord(rec []byte) pageRecord {
	return pageRecord{
		site:  binary.BigEndian.Uint64(rec) &^ 0xffffff,
		block: binary.BigEndian.Uint64(rec[5:]),
		page:  binary.BigEndian.Uint64(rec[8:]) & 0xffffff,
		day:   binary.BigEndian.Uint64(rec[11:]) & 0xffffff,
		doc:   binary.BigEndian.Uint64(rec[16:]) & (1<<40 - 1) >> placeBits,
		place: blocks.Place(rec[pageBytes-1]) & (1<<placeBits - 1),
	}
}

// pageCount is what was counted of a block of a source.
type pageCount struct {
	site, block uint64
	first       []pageRecord // one for each of its pages, the first of that page
	pages, days int          // that hold it, on which it was printed

	heads, tails int // pages that hold it there
}

func (c *pageCount) place() blocks.Place { return blocks.PlaceOf(c.pages, c.heads, c.tails) }

// add takes in the first record of one more page.
func (c *pageCount) add(r pageRecord) {
	c.pages++
	c.heads += int(r.place & blocks.Head)
	c.tails += int(r.place & blocks.Tail >> 1)
	if len(c.first) < blockLooks {
		c.first = append(c.first, r)
	}
}

// each calls do for every block of every source, by source and hash, with what was
// counted of it, valid until the next call.
func (l *PageLearner) each(do func(of *pageCount)) error {
	var last pageRecord
	var one pageCount
	days := map[uint64]bool{}
	finish := func() {
		if one.pages > 0 {
			one.site, one.block, one.days = last.site, last.block, len(days)
			do(&one)
		}
		one = pageCount{first: one.first[:0]}
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
		if one.pages == 0 || r.page != last.page {
			one.add(r)
		}
		last = r
	}
	finish()
	return nil
}

// maxBlockDays is how many days of a block are counted.
const maxBlockDays = 1 << 12

// learn returns what was counted. It is called after the last Add.
func (l *PageLearner) learn() (*pageSet, error) {
	p := &pageCounts{sites: map[uint64]int{}, least: leastPages}
	err := l.each(func(of *pageCount) { p.add(of.site, of.block, of.pages, of.place()) })
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
// that the source has. at is where they hold it.
func (p *pageCounts) add(site, block uint64, n int, at blocks.Place) {
	site &^= 0xffffff // as its pages are known
	if block == 0 {
		if n >= leastPages {
			p.sites[site] = n
		}
		return
	}
	if n < max(p.least, p.sites[site]/pagesShare) {
		return
	}
	p.keys = append(p.keys, pageKey(block, site)|uint64(min(n, mostPages))<<placeBits|uint64(at))
	p.bound()
}

// bound drops blocks if there are too many.
func (p *pageCounts) bound() {
	for len(p.keys) > maxBlocks && p.least < mostPages {
		p.least++
		p.keys = slices.DeleteFunc(p.keys, func(k uint64) bool { return countOf(k) < p.least })
	}
	p.keys = p.keys[:min(len(p.keys), maxBlocks)]
}

func (p *pageCounts) pages() *pageSet {
	slices.Sort(p.keys)
	var keys []uint64
	for i, k := range p.keys { // of one block the largest count
		if i+1 == len(p.keys) || p.keys[i+1]>>keyBits != k>>keyBits {
			keys = append(keys, k)
		}
	}
	return newPages(keys, p.sites)
}

// keyBits is how many bits of a key are free for a count and a place.
const keyBits = 8 + placeBits

// pageKey joins a block and a source into one number, whose last bits are free.
func pageKey(block, site uint64) uint64 { return key(block, site) >> keyBits << keyBits }

// countOf returns the count beside a key.
func countOf(k uint64) int { return int(k >> placeBits & mostPages) }

// pageSet says on how many pages of a source a block stands. It is immutable and
// safe for concurrent use.
type pageSet struct {
	slots []uint64 // open addressing, key, count and place, 0 is empty
	n     int
	sites map[uint64]int // pages of each source, by the first five bytes of its hash
}

// newPages takes sorted keys with counts, each key given once.
func newPages(keys []uint64, sites map[uint64]int) *pageSet {
	size := 1
	for size < 2*len(keys) {
		size *= 2
	}
	p := &pageSet{slots: make([]uint64, size), n: len(keys), sites: sites}
	for _, k := range keys {
		p.slots[p.slot(k)] = k
	}
	return p
}

func (p *pageSet) slot(k uint64) int {
	mask := len(p.slots) - 1
	at := int(k>>20) & mask
	for p.slots[at] != 0 && p.slots[at]>>keyBits != k>>keyBits {
		at = (at + 1) & mask
	}
	return at
}

// hold returns on how many pages of a source a block stands, 0 for too few.
func (p *pageSet) hold(block, site uint64) int {
	return countOf(p.slots[p.slot(pageKey(block, site))])
}

// place returns where they hold it.
func (p *pageSet) place(block, site uint64) blocks.Place {
	return blocks.Place(p.slots[p.slot(pageKey(block, site))] & (1<<placeBits - 1))
}

// source returns what is known of the pages of a source.
func (p *pageSet) source(site uint64) blocks.Source {
	if p == nil || site == 0 {
		return blocks.Source{}
	}
	site &^= 0xffffff
	return blocks.Source{
		Pages: p.sites[site],
		Hold:  func(block uint64) int { return p.hold(block, site) },
		Place: func(block uint64) blocks.Place { return p.place(block, site) },
	}
}

// version names the content, whatever its order.
func (p *pageSet) version() uint64 {
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
