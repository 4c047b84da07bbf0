package reuse

import (
	"strings"
	"sync"

	"reprint/shingle"
)

// weekdayNames are the days from Monday to Sunday, a line for each language
// or group of them. Names that are other words as well are left out.
const weekdayNames = `
montag dienstag mittwoch donnerstag freitag samstag sonntag
monday tuesday wednesday thursday friday saturday sunday
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
mandag tirsdag onsdag torsdag fredag lørdag søndag
måndag tisdag onsdag torsdag fredag lördag söndag
poniedziałek wtorek środa czwartek piątek sobota niedziela`

// partsOfDay join with a German weekday into one word, as do the endings of what is so
// each week.
const partsOfDay = "morgen vormittag mittag nachmittag abend nacht s en"

// lookingBack are words with which an article tells again what was news before:
// those of German and English that were found to mark the later one of two
// sentences, in each set of articles where they occur often enough, and what
// stands for them in other languages. Those that are common words elsewhere are left
// out.
const lookingBack = `
hatte hatten zuvor gestern vergangene vergangenen vergangener
yesterday earlier last
avait avaient auparavant dernier dernière
había habían ayer anteriormente pasado pasada
aveva avevano ieri precedentemente scorso scorsa
gisteren eerder afgelopen
havde tidligere
hade tidigare
wczoraj wcześniej ubiegły ubiegłym ubiegłego`

// back marks a word of lookingBack in a timeWords.
const back = -1

// wordTable finds what is known of a word by the hash of its folded form: a number other
// than 0. Few words of a text are in one, and a filter says so of nearly all others.
type wordTable struct {
	of  map[uint64]int
	may [1 << 12]bool // by the lowest bits of a hash: it may be there
}

func newWordTable(of map[uint64]int) *wordTable {
	t := &wordTable{of: of}
	for h := range of {
		t.may[h%uint64(len(t.may))] = true
	}
	return t
}

// find returns what is known of a word, 0 if nothing is.
func (t *wordTable) find(word uint64) int {
	if !t.may[word%uint64(len(t.may))] {
		return 0
	}
	return t.of[word]
}

// timeWords knows of words the day that they name, 1 for Monday to 7, or back.
type timeWords struct{ *wordTable }

// day returns the day that a word names, 0 if it names none.
func (t timeWords) day(word uint64) int { return max(t.find(word), 0) }

// back reports whether a word looks back.
func (t timeWords) back(word uint64) bool { return t.find(word) == back }

var wordsOfTime = sync.OnceValue(func() timeWords {
	m := map[uint64]int{shingle.Hash("sonnabend"): 6}
	for _, word := range strings.Fields(lookingBack) {
		m[shingle.Hash(word)] = back
	}
	for n, line := range strings.Split(strings.TrimSpace(weekdayNames), "\n") {
		for i, name := range strings.Fields(line) {
			m[shingle.Hash(name)] = i + 1
			for _, part := range strings.Fields(partsOfDay) {
				if n == 0 {
					m[shingle.Hash(name+part)] = i + 1
				}
			}
		}
	}
	return timeWords{newWordTable(m)}
})
