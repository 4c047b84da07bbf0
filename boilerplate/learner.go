package boilerplate

import (
	"encoding/binary"
	"slices"

	"reprint/internal/spill"
	"reprint/shingle"
)

const (
	// gramWords is the length of the word runs that are counted. Five and
	// eight gave the same verdicts within .01, four masked running text.
	gramWords = 6

	// minDays is on how many days a source has to print a run. Three to five
	// were alike on a judged week; a story that stays in the news is printed
	// again on two or three.
	minDays = 4

	// maxSites is how many sources may print a furniture run at all: what
	// three print came from an agency, a speech or a law.
	maxSites = 2

	recordBytes = 16 + subjectStems*2
)

// Learner counts which runs of words each source repeats, in one pass and
// bounded memory. What it learns does not depend on the order of Add calls.
//
// A run is recorded as 32 bytes, big endian: its hash (8), the first five
// bytes of the source's hash, the day (3), and the article's subject (16).
// Sorted, the records of a run stand together, by source and day.
type Learner struct {
	records  *spill.Sorter
	articles map[uint64]int // of each source
	spoken   []uint32       // how many articles of a source speak of something, at most
	rec      [recordBytes]byte
}

// NewLearner returns a Learner that keeps its records as o says.
func NewLearner(o spill.Options) *Learner {
	return &Learner{records: spill.NewSorter(o, recordBytes), articles: map[uint64]int{}, spoken: make([]uint32, spokenSlots)}
}

// Close removes what was spilled.
func (l *Learner) Close() error { return l.records.Close() }

// Grams appends the hashes of the runs of t that a Learner counts, one for
// each word but the last few; none for a text of fewer words.
func Grams(dst []uint64, t *shingle.Text) []uint64 {
	if t.Len() < gramWords {
		return dst
	}
	return shingle.Append(dst, t.Hash, gramWords)
}

// Undated returns a stand-in for the day of an article without date: equal
// for copies of one article, most likely, and different for different ones.
// It is the minimum over the article's runs, the one-lane MinHash of Broder
// ("On the resemblance and containment of documents", 1997).
func Undated(grams []uint64) int {
	const undated = 1 << 23 // above every day of a calendar
	least := ^uint64(0)
	for _, g := range grams {
		least = min(least, shingle.Second(g))
	}
	return undated | int(least>>41)
}

// Add counts the runs of one article. site is the hash of its source, 0 for
// none (nothing is learnt of it); day counts from any fixed date.
func (l *Learner) Add(site uint64, day int, about Subject, grams []uint64) error {
	if site == 0 {
		return nil
	}
	l.articles[site>>24]++
	for i, h := range about {
		if h != 0 {
			l.spoken[spokenSlot(site>>24, h)]++
		}
		binary.BigEndian.PutUint16(l.rec[16+2*i:], h)
	}
	binary.BigEndian.PutUint64(l.rec[8:], site&^0xffffff|uint64(day)&0xffffff)
	for _, g := range grams {
		binary.BigEndian.PutUint64(l.rec[:], g)
		if err := l.records.Add(l.rec[:]); err != nil {
			return err
		}
	}
	return nil
}

// Learn returns what the sources repeat. It may be called once, after the
// last Add.
func (l *Learner) Learn() (*Learnt, error) {
	t := newLearnt()
	var g group
	for rec, err := range l.records.Sorted() {
		if err != nil {
			return nil, err
		}
		gram, where := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		if gram != g.gram {
			l.flush(&g, t)
			g = group{gram: gram, sites: g.sites[:0]}
		}
		g.add(where>>24, where&0xffffff, rec[16:])
	}
	l.flush(&g, t)
	return t, nil
}

// group gathers the records of one run.
type group struct {
	gram  uint64
	many  bool // more than maxSites sources print it
	sites []siteCount
	day   uint64 // of the last record
}

type siteCount struct {
	site        uint64
	days, times int
	about       tally
}

func (g *group) add(site, day uint64, about []byte) {
	n := len(g.sites)
	switch {
	case g.many:
		return
	case n == 0 || g.sites[n-1].site != site:
		g.many = n == maxSites
		g.sites = append(g.sites, siteCount{site: site, days: 1, times: 1})
	default:
		s := &g.sites[n-1]
		s.times++
		if day != g.day {
			s.days++
		}
	}
	if !g.many {
		g.sites[len(g.sites)-1].about.add(about)
	}
	g.day = day
}

// flush keeps what is furniture of a source.
func (l *Learner) flush(g *group, t *Learnt) {
	if g.many {
		return
	}
	for i := range g.sites {
		s := &g.sites[i]
		if s.days < max(minDays, l.articles[s.site]/manyArticles) {
			continue
		}
		k := key(g.gram, s.site<<24)
		t.put(k, gramWords, Count{Days: s.days, Times: s.times, Kind: Repeated})
		if s.days <= storyDays && s.about.one(func(h uint16, n int) bool {
			return 8*(int(l.spoken[spokenSlot(s.site, h)])-n) <= l.articles[s.site]-s.about.n
		}) {
			t.story(k)
		}
	}
}

// Subject is what an article speaks of: the hashes of a few of its words, 0
// for none.
type Subject [subjectStems]uint16

const (
	subjectStems = 8

	// manyArticles is of how many articles a source prints a run on one more
	// day before it is furniture: of 24,000 dispatches of one agency every
	// story that runs for a week would be.
	manyArticles = 2000

	// storyDays is how long a story runs; what is printed longer is furniture
	// even if all those articles have one subject, as those of a column have.
	storyDays = 20

	tallied = 64 // articles that are looked at
)

const spokenSlots = 1 << 20

func spokenSlot(site uint64, h uint16) uint64 {
	return (site*0x9e3779b97f4a7c15 ^ uint64(h)*0xff51afd7ed558ccd) >> 44
}

// tally counts what the articles speak of that hold a run.
type tally struct {
	hash  []uint16
	times []uint8
	n     int
}

func (y *tally) add(about []byte) {
	if y.n == tallied {
		return
	}
	y.n++
	for ; len(about) > 0; about = about[2:] {
		h := binary.BigEndian.Uint16(about)
		if h == 0 {
			continue
		}
		if i := slices.Index(y.hash, h); i >= 0 {
			y.times[i]++
			continue
		}
		y.hash, y.times = append(y.hash, h), append(y.times, 1)
	}
}

// one reports whether the articles speak of one thing: all of a few, three in
// four of many. What every eighth of the source's other articles speaks
// of, too, is no one thing.
func (y *tally) one(rare func(uint16, int) bool) bool {
	for i, n := range y.times {
		if (int(n) == y.n || y.n > 8 && 4*int(n) >= 3*y.n) && rare(y.hash[i], int(n)) {
			return true
		}
	}
	return false
}

// key joins a run and a source into one number. Only the first five bytes of
// the source's hash count, as in the records.
func key(gram, site uint64) uint64 {
	return shingle.Second(gram ^ (site>>24)*0x9e3779b97f4a7c15)
}
