package boilerplate

import (
	"encoding/binary"
	"iter"
	"slices"

	"reprint/internal/spill"
	"reprint/internal/wide"
)

// Subject is what an article speaks of: the hashes of a few of its words, 0
// for none.
type Subject [subjectStems]uint16

const (
	subjectStems = 8

	// storyDays is how long a story runs; what is printed longer is furniture
	// even if all those articles have one subject, as those of a column have.
	storyDays = 20

	// commonPart is the part of a source's other articles that may speak of a
	// story's subject, too, one in so many. With a sixteenth, what four
	// articles have in common by chance made stories of furniture, and the
	// recall of furniture on a judged week was .867; with this and with a
	// sixty-fourth it is .890.
	commonPart = 32

	// widePart is that part of a story that fills more of the source, which its articles tell
	// by wideWords at least: one of them may be said of other things.
	widePart  = 16
	wideWords = 3

	tallied = 64 // articles that are looked at

	storyBytes = 16 + subjectStems*2
)

const spokenSlots = 1 << 20

func spokenSlot(site uint64, h uint16) uint64 {
	return (site*0x9e3779b97f4a7c15 ^ uint64(h)*0xff51afd7ed558ccd) >> 44
}

// Stories finds out which of the runs that were learnt belong to a running
// story: all articles that hold them have one subject. It is told of the same
// articles once more, in any order, with what each speaks of outside these runs.
//
// A record has 32 bytes, big endian: the key of run and source (8), the first
// five bytes of the source's hash, the day (3), and the subject (16).
type Stories struct {
	records  *spill.Sorter
	learnt   *Learnt
	articles map[uint64]int // of each source
	spoken   []uint32       // how many articles of a source speak of something, at most
}

// Stories returns empty Stories on t, which l learnt, that keep their records as l
// did; l can be closed first. They take 4 MiB beside these.
func (l *Learner) Stories(t *Learnt) *Stories {
	return &Stories{records: spill.NewSorter(l.o.spill(), storyBytes), learnt: t, articles: l.articles, spoken: wide.Make[uint32](spokenSlots)}
}

// Close removes what was spilled.
func (s *Stories) Close() error { return s.records.Close() }

// Add takes in one article. site and day are as for the Learner; hits are the
// runs in it that were learnt.
func (s *Stories) Add(site uint64, day int, about Subject, hits []Hit) error {
	if site == 0 {
		return nil
	}
	var rec [storyBytes]byte
	for i, h := range about {
		if h != 0 {
			s.spoken[spokenSlot(site>>24, h)]++
		}
		binary.BigEndian.PutUint16(rec[16+2*i:], h)
	}
	binary.BigEndian.PutUint64(rec[8:], site&^0xffffff|uint64(day)&0xffffff)
	for _, h := range hits {
		if s.learnt.count[h.slot].days > storyDays {
			continue
		}
		binary.BigEndian.PutUint64(rec[:], s.learnt.keys[h.slot])
		if err := s.records.Add(rec[:]); err != nil {
			return err
		}
	}
	return nil
}

// Tell notes in what was learnt which runs belong to one story. It is called
// after the last Add, before anybody else uses what was learnt.
func (s *Stories) Tell() error {
	var key, site uint64
	var about tally
	flush := func() {
		rare := func(h uint16, n, part int) bool {
			return part*(int(s.spoken[spokenSlot(site, h)])-n) <= s.articles[site]-about.n
		}
		if about.n > 0 && about.one(rare) {
			s.learnt.story(key)
		}
	}
	for rec, err := range s.records.Sorted() {
		if err != nil {
			return err
		}
		if k := binary.BigEndian.Uint64(rec); k != key {
			flush()
			key, site = k, binary.BigEndian.Uint64(rec[8:])>>24
			about.reset()
		}
		about.add(rec[16:])
	}
	flush()
	return nil
}

// Held yields the stretches of words that hits in a text hold, disjoint and in order:
// what the source prints elsewhere says nothing of this article.
func Held(hits []Hit) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		end := 0
		for _, h := range hits {
			from := max(end, h.at)
			if end = h.at + gramWords; !yield(from, end) {
				return
			}
		}
	}
}

// tally counts what the articles speak of that hold a run.
type tally struct {
	hash  []uint16
	times []uint8
	n     int
}

func (y *tally) reset() { y.hash, y.times, y.n = y.hash[:0], y.times[:0], 0 }

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

// one reports whether the articles speak of one thing that is rare in the
// source's others, or of several that are not quite as rare: all of a few, three in four
// of many.
func (y *tally) one(rare func(h uint16, n, part int) bool) bool {
	wide := 0
	for i, n := range y.times {
		switch h, n := y.hash[i], int(n); {
		case n < y.n && (y.n <= 8 || 4*n < 3*y.n):
		case rare(h, n, commonPart):
			return true
		case rare(h, n, widePart):
			wide++
		}
	}
	return wide >= wideWords
}
