package reuse

import (
	_ "embed"
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"reprint/internal/language"
	"reprint/internal/wide"
	"reprint/shingle"
)

// counters is the number of counters for stems, a power of two. A language
// has some 50,000 stems; in a million counters few of them meet.
const counters = 1 << 20

// Frequencies counts in how many documents of a collection each stem stands,
// in 4 MiB whatever its size. The order of Add does not matter. The zero value is ready;
// one goroutine adds, and then any number may ask.
type Frequencies struct {
	Docs  int // that were added
	count []uint32
	heard [math.MaxUint8 + 1]int // documents by their language
	known *Archive               // for texts of languages that are not shipped
}

// Know has f ask an archive, too; nil: it does not.
func (f *Frequencies) Know(a *Archive) { f.known = a }

// expected is for how many different grams of a text there is room at first.
// Longer texts repeat themselves: room is made for what is new in them.
const expected = 1 << 14

// Add counts a document in a language, of which stems lists each stem once, in any order: a
// stem that is listed twice counts as two documents.
func (f *Frequencies) Add(in Tongue, stems []uint32) {
	if f.count == nil {
		f.count = wide.Make[uint32](counters)
	}
	f.Docs++
	f.heard[in]++
	for _, s := range stems {
		f.count[s%counters]++
	}
}

// Of returns in how many documents a stem stands, or more where stems share
// a counter.
func (f *Frequencies) Of(stem uint32) int { return f.of(stem) }

// of returns in how many documents a stem stands.
func (f *Frequencies) of(stem uint32) int {
	if f.count == nil {
		return 0
	}
	return int(f.count[stem%counters])
}

// A small collection knows nothing of rarity: in five articles on one event
// every name is common. So the frequencies of two languages come with the
// package, in frequencies.bin:
//
//	for each language, German then English: the number of documents counted
//	and the number of stems (4 bytes each, little endian), then the stems
//	ascending (4 bytes each), then for each of them 16 times the binary
//	logarithm of the documents that hold it, rounded (1 byte)
//
// Stems of fewer than three documents are left out. internal/frequencies makes
// the file and says from what it was counted.

//go:embed frequencies.bin
var shipped []byte

// shippedLanguage is the shipped frequencies of one language.
type shippedLanguage struct {
	number Tongue
	docs   int
	words  []wordCount // open addressing, 0 is empty
}

// Tongue is the number of a language in which a text is: 1, 2 ... in the order of the shipped
// ones, 0 where nobody has heard it yet.
type Tongue uint8

// english is English, foreign what nobody knows, and others come languages that are
// not shipped, by their numbers.
const english, others, foreign = 2, 0x40, 0xff

// wordCount is a stem and how many documents hold it, 0 for an empty slot.
type wordCount struct{ stem, docs uint32 }

var languages = sync.OnceValue(func() []shippedLanguage {
	var list []shippedLanguage
	for b := shipped; len(b) >= 8; {
		docs, n := binary.LittleEndian.Uint32(b), int(binary.LittleEndian.Uint32(b[4:]))
		list = append(list, newShipped(int(docs), b[8:8+4*n], b[8+4*n:8+5*n]))
		list[len(list)-1].number = Tongue(len(list))
		b = b[8+5*n:]
	}
	return list
})

func newShipped(docs int, stems, levels []byte) shippedLanguage {
	l := shippedLanguage{docs: docs, words: make([]wordCount, 1<<16)}
	for i, level := range levels {
		stem := binary.LittleEndian.Uint32(stems[4*i:])
		*l.find(stem) = wordCount{stem, uint32(math.Round(math.Exp2(float64(level) / 16)))}
	}
	return l
}

// find returns the slot of a stem, or the empty one where it would be.
func (l *shippedLanguage) find(stem uint32) *wordCount {
	mask := len(l.words) - 1
	at := int(stem) & mask
	for l.words[at].docs != 0 && l.words[at].stem != stem {
		at = (at + 1) & mask
	}
	return &l.words[at]
}

// of returns in how many documents a stem stands.
func (l *shippedLanguage) of(stem uint32) int { return int(l.find(stem).docs) }

const (
	// everyday is the part of a language's documents from which a stem is
	// one of its everyday words, and spoken the part of a text's words that
	// have to be such words for the text to be in that language.
	everyday = .3
	spoken   = .2

	// supposed is how many documents there are supposed to be besides in a language that
	// is not shipped, and supposedEveryday how many of them hold a function word: measured on
	// judged sets of the languages that are (bench/tongues).
	supposed, supposedEveryday = 30, 20

	// scale is the rarity of a stem that none of 12,758 documents holds, the
	// collection on which all thresholds were found. Rarities of smaller and
	// larger collections are stretched to it.
	scale = 9.454
)

// everydayWords are those of all languages: open addressing, stem 0 is empty. Of each it
// is known in which languages it is one: 1 in the half of a number that is a language's, so
// that the words of both are counted by one sum.
type everydayWords struct {
	stem [everySlots]uint32
	in   [everySlots]uint64
}

// perLanguage is how many bits of such a sum are a language's.
const perLanguage = 32

// everySlots are many more than everyday words.
const everySlots = 1 << 10

// place returns where a stem is or would be.
func (w *everydayWords) place(stem uint32) uint32 {
	at := stem % everySlots
	for w.stem[at] != 0 && w.stem[at] != stem {
		at = (at + 1) % everySlots
	}
	return at
}

var everydays = sync.OnceValue(func() *everydayWords {
	w := &everydayWords{}
	for i, l := range languages() {
		least := uint32(everyday * float64(l.docs))
		for _, c := range l.words {
			if c.docs >= least && c.stem != 0 {
				at := w.place(c.stem)
				w.stem[at] = c.stem
				w.in[at] |= 1 << (perLanguage * i)
			}
		}
	}
	return w
})

// speak returns the language of a text, nil if it is none of those shipped. Its words are
// looked up once for all of them.
func speak(t *shingle.Text) *shippedLanguage {
	known, sum := everydays(), uint64(0)
	for _, s := range t.Stem {
		sum += known.in[known.place(s)]
	}
	var best *shippedLanguage
	most := int(spoken * float64(t.Len()))
	for i := range languages() {
		if n := int(uint32(sum >> (perLanguage * i))); n > most {
			best, most = &languages()[i], n
		}
	}
	return best
}

// Hear returns the language of a text.
func Hear(t *shingle.Text) Tongue {
	if l := speak(t); l != nil {
		return l.number
	}
	return tongueOf(language.Of(t))
}

// tongueOf is the number of a language of which no frequencies are shipped. What is written
// in German or English, but does not speak it, is in none.
func tongueOf(l *language.Language) Tongue {
	if l.Number < len(languages()) {
		return foreign
	}
	return others + Tongue(l.Number)
}

// rarityUnit is 1 in a Document's Rarity, which holds up to 255/24.
const rarityUnit = 24

// Rarities appends for each token of t how much it says that another text
// holds it too, in units of 1/24: the logarithm of the documents there are
// over those that hold the token's stem (Sparck Jones, "A statistical
// interpretation of term specificity", 1972), in this collection and in the
// text's language or, where that is not shipped, in the archive. memo, which may
// be nil, saves looking up again what the last texts held.
func (f *Frequencies) Rarities(dst []uint8, t *shingle.Text, memo *Memo) []uint8 {
	if memo == nil {
		memo = &Memo{}
	}
	q := question{f: f, l: speak(t), log: logs()}
	docs := f.Docs
	if q.l != nil {
		memo.Tongue, docs = q.l.number, docs+q.l.docs
	} else {
		docs = q.foreign(t, memo)
	}
	q.spoken = uint64(memo.Tongue)
	q.all, q.stretch = q.log.of(docs), rarityUnit*scale/q.log.of(docs+1)
	for stems := range slices.Chunk(t.Stem, askedTogether) {
		dst = q.rarities(dst, stems, memo)
	}
	return dst
}

// foreign has q ask for the stems of a text in a language that is not shipped, and returns
// how many documents there are to it: those of the collection in that language, all where
// nobody knows it, with the archive's.
func (q *question) foreign(t *shingle.Text, memo *Memo) (docs int) {
	l := language.Of(t)
	memo.Tongue, q.known, docs = tongueOf(l), q.f.known, q.f.Docs
	if memo.Tongue != foreign {
		q.other, docs = l, q.f.heard[memo.Tongue]+supposed
	}
	return docs + q.known.Docs()
}

// question is what Rarities asks for the stems of one text.
type question struct {
	f            *Frequencies
	l            *shippedLanguage   // nil: none that is shipped
	other        *language.Language // nil: none that is known
	known        *Archive           // nil: l, or nothing, is asked
	spoken       uint64             // number of the language
	all, stretch float64
	log          logTable
}

// rarities appends the rarities of a few stems. Those that memo does not know are
// asked for together, table by table, so that the processor need not wait for one
// after the other to come from memory.
func (q *question) rarities(dst []uint8, stems []uint32, memo *Memo) []uint8 {
	open, first := memo.open[:0], len(dst)
	for i, s := range stems {
		m := *memo.place(s, q.spoken)
		if m&^0xff != noted(s, q.spoken) {
			open = append(open, unknown{at: i})
		}
		dst = append(dst, uint8(m))
	}
	for i := range open {
		open[i].docs = q.f.of(stems[open[i].at])
	}
	for i := range open {
		if s := stems[open[i].at]; q.l != nil {
			open[i].docs += q.l.of(s)
		} else {
			open[i].docs = q.foreignDocs(s, open[i].docs)
		}
	}
	for _, o := range open {
		s, r := stems[o.at], q.stretch*(q.all-q.log.of(o.docs)) // below 0 where other languages have it
		dst[first+o.at] = uint8(max(0, min(255, r+.5)))
		*memo.place(s, q.spoken) = noted(s, q.spoken) | uint64(dst[first+o.at])
	}
	return dst
}

// foreignDocs is in how many documents a stem of a language that is not shipped stands, which
// stands in so many of the collection.
func (q *question) foreignDocs(stem uint32, docs int) int {
	if q.other != nil && q.other.HasStem(stem) {
		docs += supposedEveryday
	}
	if q.known != nil {
		docs += q.known.stems.of(stem)
	}
	return docs
}

// askedTogether is how many tokens are looked up together.
const askedTogether = 512

// Memo is what Rarities looked up last, for one goroutine and frequencies that
// no longer change: a stem, 32 bits, the number of the text's language, and the
// rarity, 8 bits, in the place that the stem has.
type Memo struct {
	Tongue Tongue // of the last text

	places [1 << 15]uint64
	open   [askedTogether]unknown // scratch
}

// unknown is a token whose rarity is looked up, and in how many documents its stem
// stands.
type unknown struct{ at, docs int }

// place returns the place of a stem of a text in a language.
func (m *Memo) place(stem uint32, spoken uint64) *uint64 {
	return &m.places[(stem^uint32(spoken))%uint32(len(m.places))]
}

// noted is what stands in a place before the rarity.
func noted(stem uint32, spoken uint64) uint64 { return uint64(stem)<<32 | spoken<<8 }

// logTable holds the natural logarithms of n+1 for small n.
type logTable []float64

var logs = sync.OnceValue(func() logTable {
	t := make(logTable, 1<<16)
	for n := range t {
		t[n] = math.Log(float64(n + 1))
	}
	return t
})

func (t logTable) of(n int) float64 {
	if n < len(t) {
		return t[n]
	}
	return math.Log(float64(n + 1))
}
