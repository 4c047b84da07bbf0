package boilerplate

import (
	"math/bits"
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

	// manyArticles is of how many articles a source prints a run on one more
	// day before it is furniture: of 24,000 dispatches of one agency every
	// story that runs for a week would be.
	manyArticles = 2000

	recordBytes = 16

	// maxLearnt is how many runs are learnt, in some 32 MiB: those of the most
	// articles. One source repeats a few hundred, rarely some thousands, and
	// never more than manyArticles times the words of an article.
	maxLearnt = 1 << 20
)

// Learner counts which runs of words each source repeats, in one pass and
// bounded memory. What it learns does not depend on the order of Add calls.
//
// A run is recorded as 16 bytes, big endian: its hash (8), the first five
// bytes of the source's hash, and the day (3). Sorted, the records of a run
// stand together, by source and day.
type Learner struct {
	o        LearnOptions
	records  *spill.Sorter
	articles map[uint64]int // of each source
	dated    bool           // some article has a date
	most     int            // runs that are learnt
	list     []uint64       // scratch
}

// LearnOptions say where a learner keeps its records. The zero value works.
type LearnOptions struct {
	// Memory is the size of a list of records in bytes, of which Heads have five and
	// all others one; 0 or less: 64 MiB.
	Memory int64
	// Temp is the folder for what does not fit; empty: the system's.
	Temp string
	// Together, if it is not nil, runs tasks side by side and returns when all are
	// done: what is much is then sorted by several goroutines.
	Together func(tasks ...func())
}

func (o LearnOptions) spill() spill.Options {
	return spill.Options{Dir: o.Temp, Memory: o.Memory, Together: o.Together}
}

// NewLearner returns a Learner that keeps its records as o says. Nothing is allocated
// or opened yet.
func NewLearner(o LearnOptions) *Learner {
	return &Learner{o: o, records: spill.NewSorter(o.spill(), recordBytes), articles: map[uint64]int{}, most: maxLearnt}
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

// Runs is how many runs Grams appends for a text of so many words.
func Runs(words int) int { return max(0, words-gramWords+1) }

// Inside returns those of some runs of a text, given by their first words, ascending, that
// may be learnt, in their memory: on a page those that lie in one block, or in several
// that are long. That short blocks stand in a row is no wording that a source repeats, and
// each is known for itself.
func Inside(places []uint32, t *shingle.Text) []uint32 {
	within := inBlocks(t)
	return slices.DeleteFunc(places, func(at uint32) bool { return !within(int(at), gramWords) })
}

// longBlock is how many words a block has that runs may leave.
const longBlock = 15

// inBlocks returns what tells of runs in order whether they lie in one block of a
// page, or in long ones; all do in a text that is none.
func inBlocks(t *shingle.Text) func(at, length int) bool {
	p, page := 0, IsPage(t)
	return func(at, length int) bool {
		if !page {
			return true
		}
		for t.Paragraphs[p].To <= at {
			p++
		}
		u := t.Paragraphs[p]
		for k := p; u.To < at+length && u.To-u.From >= longBlock; {
			k++
			u = t.Paragraphs[k]
		}
		return at+length <= u.To && (u.From <= at || u.To-u.From >= longBlock)
	}
}

// undated is the bit of a stand-in for a day: above every day of a calendar.
const undated = 1 << 23

// Undated returns a stand-in for the day of an article without date: equal
// for copies of one article, most likely, and different for different ones.
// It is the minimum over the article's runs, the one-lane MinHash of Broder
// ("On the resemblance and containment of documents", 1997).
func Undated(grams []uint64) int {
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
	l.articles[site>>24]++
	l.dated = l.dated || day < undated
	list, where := l.list[:0], site&^0xffffff|uint64(day)&0xffffff
	for _, g := range grams {
		list = append(list, g, where)
	}
	l.list = list
	return l.records.AddNumbers(list)
}

// Learn returns what the sources repeat; of more than maxLearnt runs those that
// the most articles hold. It is called after the last Add.
func (l *Learner) Learn() (*Learnt, error) {
	t, times, err := l.learn(1)
	if err != nil || t != nil {
		return t, err
	}
	n, least := 0, len(times)
	for n <= l.most && least > 0 {
		least--
		n += times[least]
	}
	t, _, err = l.learn(least + 1)
	return t, err
}

// learn returns the runs of at least the given level, nil if these are too
// many, and how many runs there are of each level.
func (l *Learner) learn(least int) (*Learnt, []int, error) {
	t, times := newLearnt(), make([]int, timesLevels)
	t.undated = !l.dated
	var g group
	flush := func() {
		for _, s := range g.sites {
			if g.many || s.days < max(minDays, l.articles[s.site]/manyArticles) {
				continue
			}
			level := timesLevel(s.times)
			times[level]++
			if t != nil && level >= least {
				t.put(runKey(g.gram, s.site<<24), gramWords, Count{Days: s.days, Times: s.times, Kind: Repeated})
			}
			if t != nil && t.n > l.most {
				t = nil
			}
		}
	}
	for list, err := range l.records.Numbers() {
		if err != nil {
			return nil, nil, err
		}
		for ; len(list) > 0; list = list[recordBytes/8:] {
			gram, where := list[0], list[1]
			if gram != g.gram {
				flush()
				g = group{gram: gram, sites: g.sites[:0]}
			}
			g.add(where>>24, where&0xffffff)
		}
	}
	flush()
	return t, times, nil
}

const timesLevels = 57 * 128

// timesLevel puts a number of articles on a scale that is the number itself up
// to 256, and 128 to an octave then.
func timesLevel(n int) int {
	if n < 256 {
		return n
	}
	octave := bits.Len(uint(n)) - 8
	return octave<<7 + n>>octave
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

// key joins a run and a source into one number. Only the first five bytes of
// the source's hash count, as in the records.
func key(gram, site uint64) uint64 { return shingle.Second(gram ^ ofSite(site)) }

// ofSite is what tells the runs of a source from those of others.
func ofSite(site uint64) uint64 { return (site >> 24) * 0x9e3779b97f4a7c15 }
