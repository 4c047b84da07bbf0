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

// weekdays finds a day, 1 for Monday to 7, by the hash of a name's folded
// form.
var weekdays = sync.OnceValue(func() map[uint64]int {
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
	return m
})
