package boilerplate

import (
	"encoding/binary"
	"errors"
	"slices"

	"reprint/internal/spill"
	"reprint/internal/wide"
	"reprint/shingle"
)

const (
	titleGram  = 5
	behindGram = 4

	titleWords  = 30 // a longer first paragraph is no title
	leadWords   = 70 // behind the title
	behindWords = 70 // behind a call
	firstWords  = 8  // stand for a title where there is none
	beforeWords = 4  // before a call, by which articles are told apart

	// maxKnown is how many runs of each sort are kept, in some 13 bytes each:
	// the titles of the newest 100,000 articles, the leads of the newest
	// 15,000. A teaser names what is new.
	maxKnown = 1 << 20

	// maxStarts is how many beginnings of leads are kept: those of as many articles as
	// leads are.
	maxStarts = 1 << 14
)

// Heads gathers, in one pass and bounded memory, what becomes a Known. What
// it learns does not depend on the order of Add calls.
//
// Records, big endian, sorted as they stand here:
//
//	titles, leads, starts
//	               the day counted down (8), key of run and source (8)
//	behind         key of run and source (8); title (4) and words before the
//	               call (4), hashed; key of call and source (8); the run's
//	               place behind the call (1); whether a sentence ends behind
//	               the run (1); the occurrence, hashed (4); whether the call
//	               closes the article (1), 0 (1)
//	places         key of call and source (8), occurrence (4), place (1), sentence
//	               end (1), whether the run is known (1), whether the call closes
//	               the article (1)
type Heads struct {
	titles, leads, starts, behind, places *spill.Sorter

	list []uint64 // scratch
}

const (
	headBytes   = 16
	behindBytes = 32
	placeBytes  = 16
)

// NewHeads returns empty Heads that keep their records as o says.
func NewHeads(o LearnOptions) *Heads {
	s := o.spill()
	return &Heads{
		titles: spill.NewLeast(s, headBytes, maxKnown), leads: spill.NewLeast(s, headBytes, maxKnown),
		starts: spill.NewLeast(s, headBytes, maxStarts),
		behind: spill.NewSorter(s, behindBytes), places: spill.NewSorter(s, placeBytes),
	}
}

// Close removes what was spilled.
func (l *Heads) Close() error {
	return errors.Join(l.titles.Close(), l.leads.Close(), l.starts.Close(), l.behind.Close(), l.places.Close())
}

// Head is what one article adds to Heads.
type Head struct {
	titles, leads []uint64 // runs
	starts        []uint64 // the run with which the lead begins
	calls         []calling
	subject       subject // scratch
}

// calling is one occurrence of a call.
type calling struct {
	words         uint64 // hash of the call's own words
	title, before uint32 // hashes
	behind        []uint64
	ends          []bool // a sentence ends behind the run
	closes        bool   // what stands behind it is off the subject
}

// HeadOf returns what an article adds to Heads, in the memory of h, which nobody needs any
// more. found is what r found in it.
func (r *Rules) HeadOf(h Head, text string, t *shingle.Text, found []Found) Head {
	h.titles, h.leads, h.starts, h.calls = h.titles[:0], h.leads[:0], h.starts[:0], h.calls[:0]
	end := titleEnd(text, t)
	if end >= titleGram {
		h.titles = shingle.Append(h.titles, t.Hash[:end], titleGram)
	}
	if lead := t.Hash[max(0, end-titleGram+1):min(t.Len(), end+leadWords)]; end > 0 && len(lead) >= titleGram {
		h.leads = shingle.Append(h.leads, lead, titleGram)
		if first := min(end, titleGram-1); first < len(h.leads) {
			h.starts = append(h.starts, h.leads[first])
		}
	}
	h.subject.begin()
	title := uint32(hashOf(t.Hash[:min(firstWords, t.Len())]))
	if end > 0 {
		title = uint32(hashOf(t.Hash[:end]))
	}
	for _, f := range found {
		if !r.calls(f) || f.From < end+beforeWords {
			continue
		}
		c := calling{words: hashOf(t.Hash[f.From:f.Call]), title: title, before: uint32(hashOf(t.Hash[f.From-beforeWords : f.From]))}
		if c.behind = behind(nil, t, f.Call); len(c.behind) == 0 {
			continue
		}
		s := 0
		for i := range c.behind {
			last := f.Call + i + behindGram
			s = seek(t.Sentences, s, last-1)
			c.ends = append(c.ends, t.Sentences[s].To == last)
		}
		c.closes = h.subject.left(t, f.Call, offPart)
		h.calls = append(h.calls, c)
	}
	return h
}

// titleEnd returns the token behind the title with which a text begins: its
// first paragraph, if that is short, does not end like a sentence and is not
// all. 0 if there is none.
func titleEnd(text string, t *shingle.Text) int {
	if len(t.Paragraphs) < 2 || t.Paragraphs[0].To > titleWords || text[t.Paragraphs[0].End-1] == '.' {
		return 0
	}
	return t.Paragraphs[0].To
}

// calls reports whether a find is a call to read something else.
func (r *Rules) calls(f Found) bool {
	return r.has(f) && r.list[f.Rule].kind == Teaser
}

// ends reports whether the article is over with a find.
func (r *Rules) ends(f Found) bool {
	return r.has(f) && r.list[f.Rule].takes == "over"
}

// behind appends the runs of words behind a call that ends at token call, up
// to the end of its paragraph: what stands in the next one is told by its own
// form.
func behind(dst []uint64, t *shingle.Text, call int) []uint64 {
	end := t.Paragraphs[seek(t.Paragraphs, 0, call-1)].To
	words := t.Hash[call:max(call, min(end, call+behindWords))]
	if len(words) < behindGram {
		return dst
	}
	return shingle.Append(dst, words, behindGram)
}

// hashOf returns the hash of all words, 0 for none.
func hashOf(words []uint64) uint64 {
	if len(words) == 0 {
		return 0
	}
	var one [1]uint64
	return shingle.Append(one[:0], words, len(words))[0]
}

// Add takes in one article. site and day are as for a Learner.
func (l *Heads) Add(site uint64, day int, h Head) error {
	if site == 0 {
		return nil
	}
	err := errors.Join(l.addRuns(l.titles, site, day, h.titles), l.addRuns(l.leads, site, day, h.leads), l.addRuns(l.starts, site, day, h.starts))
	for i := range h.calls {
		err = errors.Join(err, l.addCall(site, &h.calls[i]))
	}
	return err
}

func (l *Heads) addRuns(s *spill.Sorter, site uint64, day int, runs []uint64) error {
	list, of := l.list[:0], ofSite(site)
	for _, g := range runs {
		list = append(list, ^uint64(day), shingle.Second(g^of)|1)
	}
	l.list = list
	return s.AddNumbers(list)
}

func (l *Heads) addCall(site uint64, c *calling) error {
	var rec [behindBytes]byte
	call := key(c.words, site)
	binary.BigEndian.PutUint32(rec[8:], c.title)
	binary.BigEndian.PutUint32(rec[12:], c.before)
	binary.BigEndian.PutUint64(rec[16:], call)
	binary.BigEndian.PutUint32(rec[26:], uint32(shingle.Second(call^uint64(c.title)<<32^uint64(c.before))))
	if c.closes {
		rec[30] = 1
	}
	for i, g := range c.behind {
		binary.BigEndian.PutUint64(rec[0:], key(g, site)|1)
		rec[24], rec[25] = byte(i), 0
		if c.ends[i] {
			rec[25] = 1
		}
		if err := l.behind.Add(rec[:]); err != nil {
			return err
		}
	}
	return nil
}

// learn returns what was learnt. It may be called once, after the last Add.
func (l *Heads) learn() (*Known, error) {
	titles, err1 := newest(l.titles)
	leads, err2 := newest(l.leads)
	starts, err3 := newest(l.starts)
	behind, err4 := l.several()
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	calls, err := l.habits()
	return &Known{titles: newSet(titles), leads: newSet(leads), starts: newSet(starts), behind: newSet(behind), calls: calls}, err
}

// newest returns the keys of the newest records, ascending, each once.
func newest(s *spill.Sorter) ([]uint64, error) {
	keys := wide.Room[uint64](int(min(s.Len(), maxKnown)))[:0]
	for list, err := range s.EachNumbers() {
		if err != nil {
			return nil, err
		}
		for ; len(list) > 0; list = list[headBytes/8:] {
			keys = append(keys, list[1])
		}
	}
	spill.SortNumbers(keys)
	return slices.Compact(keys), s.Close() // the memory is for others now
}

// maxPlaces is how many occurrences of one run are looked at together.
const maxPlaces = 1 << 12

// several returns the keys of the runs that stand behind calls in articles
// that differ both in their title and before the call, and files where those
// runs stand. A story that was printed again has one of the two in common.
func (l *Heads) several() ([]uint64, error) {
	var keys []uint64
	var group [][behindBytes]byte
	flush := func() error {
		if len(group) == 0 {
			return nil
		}
		first := group[0]
		differ := slices.ContainsFunc(group, func(r [behindBytes]byte) bool {
			return string(r[8:12]) != string(first[8:12]) && string(r[12:16]) != string(first[12:16])
		})
		if differ && len(keys) < maxKnown {
			keys = append(keys, binary.BigEndian.Uint64(first[:]))
		}
		for i := range group {
			if differ || group[i][24] == 0 {
				if err := l.place(&group[i], differ); err != nil {
					return err
				}
			}
		}
		group = group[:0]
		return nil
	}
	for rec, err := range l.behind.Sorted() {
		if err == nil && len(group) > 0 && (string(rec[:8]) != string(group[0][:8]) || len(group) == maxPlaces) {
			err = flush()
		}
		if err != nil {
			return nil, err
		}
		group = append(group, [behindBytes]byte(rec))
	}
	err := flush()
	return keys, err
}

// place files that a run stands behind a call. Of every occurrence of a call
// the first run is filed, known or not, so that all are counted.
func (l *Heads) place(r *[behindBytes]byte, known bool) error {
	var rec [placeBytes]byte
	copy(rec[0:], r[16:24])
	copy(rec[8:], r[26:30])
	rec[12], rec[13] = r[24], r[25]
	if known {
		rec[14] = 1
	}
	rec[15] = r[30]
	return l.places.Add(rec[:])
}

// habits returns for each call of each source what usually follows.
func (l *Heads) habits() (map[uint64]habit, error) {
	table := map[uint64]habit{}
	var y habits
	for rec, err := range l.places.Sorted() {
		if err != nil {
			return nil, err
		}
		if call := binary.BigEndian.Uint64(rec); call != y.call {
			y.flush(table)
			y = habits{call: call, lengths: y.lengths[:0]}
		}
		y.add(binary.BigEndian.Uint32(rec[8:]), int(rec[12]), rec[13] == 1, rec[14] == 1, rec[15] == 1)
	}
	y.flush(table)
	return table, nil
}

// habits gathers the occurrences of one call.
type habits struct {
	call       uint64
	occurrence uint32
	all, ends  int
	closes     int   // how many close the article
	lengths    []int // of known teasers
	end        int   // of the known teaser of this occurrence, so far
	sentence   bool  // it ends a sentence
}

const (
	// listGap is how many words of a list of teasers may be unknown in a row:
	// those of one title.
	listGap = 14

	startGap = 3 // words between a call and its teaser
)

func (y *habits) add(occurrence uint32, place int, sentence, known, closes bool) {
	if y.all == 0 || occurrence != y.occurrence {
		y.finish()
		y.occurrence = occurrence
		y.all++
		if closes {
			y.closes++
		}
	}
	if known && (place <= startGap || y.end > 0 && place <= y.end+listGap) {
		y.end, y.sentence = place+behindGram, sentence
	}
}

func (y *habits) finish() {
	if y.end > 0 {
		y.lengths = append(y.lengths, y.end)
		if y.sentence {
			y.ends++
		}
	}
	y.end, y.sentence = 0, false
}

func (y *habits) flush(table map[uint64]habit) {
	y.finish()
	h := habit{}
	if n := len(y.lengths); n >= minDays {
		slices.Sort(y.lengths)
		h = habit{words: min(y.lengths[n/2], behindWords), ends: 100 * y.ends / n, share: 100 * n / y.all}
	}
	if y.all >= minDays {
		h.closes = 100 * y.closes / y.all
	}
	if h != (habit{}) {
		table[y.call] = h
	}
}
