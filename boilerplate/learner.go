package boilerplate

import (
	"encoding/binary"

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

	recordBytes = 16
)

// Learner counts which runs of words each source repeats, in one pass and
// bounded memory. What it learns does not depend on the order of Add calls.
//
// A run is recorded as 16 bytes, big endian: its hash (8), the first five
// bytes of the source's hash, and the day (3). Sorted, the records of a run
// stand together, by source and day.
type Learner struct {
	records *spill.Sorter
	rec     [recordBytes]byte
}

// NewLearner returns a Learner that keeps its records as o says.
func NewLearner(o spill.Options) *Learner {
	return &Learner{records: spill.NewSorter(o, recordBytes)}
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
func (l *Learner) Add(site uint64, day int, grams []uint64) error {
	if site == 0 {
		return nil
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
			g.flush(t)
			g = group{gram: gram, sites: g.sites[:0]}
		}
		g.add(where>>24, where&0xffffff)
	}
	g.flush(t)
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
}

func (g *group) add(site, day uint64) {
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
	g.day = day
}

func (g *group) flush(t *Learnt) {
	if g.many {
		return
	}
	for _, s := range g.sites {
		if s.days >= minDays {
			t.put(key(g.gram, s.site<<24), gramWords, Count{s.days, s.times, Repeated})
		}
	}
}

// key joins a run and a source into one number. Only the first five bytes of
// the source's hash count, as in the records.
func key(gram, site uint64) uint64 {
	return shingle.Second(gram ^ (site>>24)*0x9e3779b97f4a7c15)
}
