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

// partsOfDay join with a German weekday into one word.
const partsOfDay = "morgen vormittag mittag nachmittag abend nacht"

// dayTable finds a day, 1 for Monday to 7, by the hash of a name's folded form.
type dayTable struct {
	days map[uint64]int
	may  [dayFilter]bool // by the lowest bits of a hash: it may be a name's
}

const dayFilter = 1 << 12

// of returns the day that a word names, 0 if it names none.
func (t *dayTable) of(word uint64) int {
	if !t.may[word%dayFilter] {
		return 0
	}
	return t.days[word]
}

var weekdays = sync.OnceValue(func() *dayTable {
	m := map[uint64]int{shingle.Hash("sonnabend"): 6}
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
	t := &dayTable{days: m}
	for h := range m {
		t.may[h%dayFilter] = true
	}
	return t
})
