package corpus

import (
	"strings"
	"time"
	"unicode"
)

// words reads dates in which the month is a word, and times of day: one piece
// after the other, each of which says by its form what it is. A piece that
// says nothing makes it no date.
type words struct {
	date  Date
	dated bool // date is complete, only a time of day may follow

	day, month, year        int
	timed                   bool
	hour, minute, sec, nano int
	zone                    *time.Location
}

func parseWords(s string) Date {
	var w words
	return w.parse(s)
}

// parse reads all of s.
func (w *words) parse(s string) Date {
	ok := true
	for ok {
		s = strings.TrimLeft(s, " ,;|\t\u00a0")
		if s == "" {
			return w.result()
		}
		s, ok = w.piece(s)
	}
	return Date{}
}

// piece reads one piece and returns what follows it.
func (w *words) piece(s string) (string, bool) {
	c := s[0]
	switch {
	case '0' <= c && c <= '9':
		return w.figures(s)
	case c == '+' || c == '-' && w.timed:
		return w.offset(s)
	case c == '-' || c == '/' || c == '.': // between day, month and year
		return s[1:], w.day+w.month > 0 && !w.timed
	case c == '[' || c == '(': // the zone's name behind its offset
		end := strings.IndexAny(s, "])")
		return s[end+1:], w.zone != nil && end > 0
	}
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\u0308' })
	if n < 0 {
		n = len(s)
	}
	return strings.TrimPrefix(s[n:], "."), n > 0 && w.word(s[:n])
}

// figures reads a day, a year or a time of day.
func (w *words) figures(s string) (string, bool) {
	n := digits(s)
	rest := s[n:]
	switch {
	case n <= 2 && strings.HasPrefix(rest, ":"):
		return w.clock(s)
	case n == 6 && w.dated && !w.timed: // 150405 behind 20060102T
		w.timed, w.hour, w.minute, w.sec = true, number(s[:2]), number(s[2:4]), number(s[4:6])
		return rest, true
	case w.dated:
		return s, false
	case n == 4 && w.year == 0:
		w.year = number(s[:n])
		return rest, true
	case n <= 2 && w.day == 0:
		w.day = number(s[:n])
		return ordinal(rest), w.day > 0
	}
	return s, false
}

// ordinal drops what stands behind the number of a day: 2nd, 2.
func ordinal(s string) string {
	for _, end := range [...]string{"st", "nd", "rd", "th"} {
		if strings.HasPrefix(s, end) {
			return s[len(end):]
		}
	}
	return strings.TrimPrefix(s, ".")
}

// clock reads 15:04, 15:04:05, 15:04:05.999.
func (w *words) clock(s string) (string, bool) {
	if w.timed {
		return s, false
	}
	var ok bool
	w.timed = true
	w.hour, s, _ = figure(s)
	if w.minute, s, ok = figure(s[1:]); !ok {
		return s, false
	}
	if !strings.HasPrefix(s, ":") {
		return s, true
	}
	if w.sec, s, ok = figure(s[1:]); !ok {
		return s, false
	}
	if len(s) > 1 && (s[0] == '.' || s[0] == ',') && digits(s[1:]) > 0 {
		nanos, n := fraction(s[1:])
		w.nano, s = nanos, s[1+n:]
		s = dropMark(s)
	}
	return s, true
}

// dropMark drops one or two letters right behind a time of day that are no
// zone: Reuters wrote 26-FEB-1987 15:01:01.79RM.
func dropMark(s string) string {
	n := 0
	for n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	if n == 0 || n > 2 || zoneOf(s[:n]) != nil {
		return s
	}
	return s[n:]
}

// offset reads a zone as +01:00, +0100 or +01.
func (w *words) offset(s string) (string, bool) {
	n := digits(s[1:])
	if !w.timed || n != 2 && n != 4 {
		return s, false
	}
	hours, minutes, rest := number(s[1:3]), 0, s[1+n:]
	switch {
	case n == 4:
		minutes = number(s[3:5])
	case strings.HasPrefix(rest, ":") && digits(rest[1:]) == 2:
		minutes, rest = number(rest[1:3]), rest[3:]
	}
	seconds := hours*3600 + minutes*60
	if s[0] == '-' {
		seconds = -seconds
	}
	w.zone = fixedZone(seconds)
	return rest, hours < 24 && minutes < 60
}

func fixedZone(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("", seconds)
}

// word reads the name of a month, a day of the week, a zone, or a word that
// goes with a time of day.
func (w *words) word(s string) bool {
	if m := monthOf(s); m > 0 && w.month == 0 && !w.dated {
		w.month = m
		return true
	}
	if w.timed {
		if w.half(s) {
			return true
		}
		if z := zoneOf(s); z != nil {
			if w.zone == nil {
				w.zone = fixedZone(z.hours * 3600)
			}
			return true
		}
	}
	return isFiller(s)
}

// half reads AM and PM.
func (w *words) half(s string) bool {
	pm := strings.EqualFold(s, "pm")
	if !pm && !strings.EqualFold(s, "am") || w.hour == 0 || w.hour > 12 {
		return false
	}
	w.hour %= 12
	if pm {
		w.hour += 12
	}
	return true
}

func (w *words) result() Date {
	d := w.date
	if !w.dated {
		switch {
		case w.year == 0 || w.month == 0:
			return Date{}
		case w.day == 0:
			return calendar(w.year, w.month, 1, Month)
		}
		d = calendar(w.year, w.month, w.day, Day)
	}
	if !w.timed {
		return d
	}
	if w.zone == nil {
		w.zone = time.UTC
	}
	return d.clock(w.hour, w.minute, w.sec, w.nano, w.zone)
}

// months holds the names of the months in English and German, and what they
// are shortened to. Comparing folds case.
var months = [12][]string{
	{"january", "januar", "jänner", "ja\u0308nner", "jan", "jän"},
	{"february", "februar", "feber", "feb", "febr"},
	{"march", "märz", "ma\u0308rz", "maerz", "mar", "mär", "mrz"},
	{"april", "apr"},
	{"may", "mai"},
	{"june", "juni", "jun"},
	{"july", "juli", "jul"},
	{"august", "aug"},
	{"september", "sep", "sept"},
	{"october", "oktober", "oct", "okt"},
	{"november", "nov"},
	{"december", "dezember", "dec", "dez"},
}

// monthOf returns 1 to 12, or 0 for what is no month.
func monthOf(s string) int {
	if len(s) < 3 || len(s) > len("september") {
		return 0
	}
	for m := range months {
		for _, name := range months[m] {
			if name[0]|0x20 == s[0]|0x20 && strings.EqualFold(name, s) {
				return m + 1
			}
		}
	}
	return 0
}

// fillers stand between the pieces of a date and add nothing to it; a day of
// the week need not even be the right one.
var fillers = [...]string{
	"uhr", "um", "am", "at", "of", "den", "der", "vom", "the",
	"monday", "mon", "montag", "mo",
	"tuesday", "tue", "tues", "dienstag", "die", "di",
	"wednesday", "wed", "mittwoch", "mit", "mi",
	"thursday", "thu", "thur", "thurs", "donnerstag", "don", "do",
	"friday", "fri", "freitag", "fre", "fr",
	"saturday", "sat", "samstag", "sonnabend", "sam", "sa",
	"sunday", "sun", "sonntag", "son", "so",
}

func isFiller(s string) bool {
	for _, w := range fillers {
		if strings.EqualFold(s, w) {
			return true
		}
	}
	return false
}

type zone struct {
	name  string
	hours int
}

// zoneOf returns the zone of this name, or nil.
func zoneOf(name string) *zone {
	for i := range zones {
		if strings.EqualFold(name, zones[i].name) {
			return &zones[i]
		}
	}
	return nil
}

// zones are the names that news from Europe and America carry. Where a name
// means several zones it is taken for the American one.
var zones = [...]zone{
	{"Z", 0}, {"UTC", 0}, {"GMT", 0}, {"UT", 0}, {"WET", 0}, {"BST", 1},
	{"CET", 1}, {"MEZ", 1}, {"CEST", 2}, {"MESZ", 2}, {"EET", 2}, {"EEST", 3},
	{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7},
}
