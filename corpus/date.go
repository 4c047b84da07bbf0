package corpus

import (
	"strings"
	"time"
)

// A Precision says how much of a Date is known.
type Precision uint8

const (
	NoDate Precision = iota // nothing: the zero Date
	Year                    // and nothing else
	Month                   // of a year
	Day                     // of a month
	Second                  // a time of day as well
)

// A Date is a point in time as a record states it. Time has the zone that the
// record names, UTC where it names none; what is not known of it has its first
// value: a Year is the first of January.
type Date struct {
	Time      time.Time
	Precision Precision
}

const secondsOfDay = 24 * 60 * 60

// Day returns the date's day, as written in its own zone, in days since
// 1970-01-01; ok is false if the day is not known.
func (d Date) Day() (day int, ok bool) {
	if d.Precision < Day {
		return 0, false
	}
	y, m, dd := d.Time.Date()
	return int(time.Date(y, m, dd, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay), true
}

// Instant returns the microseconds since 1970-01-01 at which the date begins: of one without a
// clock that is the first moment of its day. ok is false if the day is not known.
func (d Date) Instant() (micros int64, ok bool) {
	if d.Precision < Day {
		return 0, false
	}
	return d.Time.UnixMicro(), true
}

// ParseDate reads a date in any of the usual forms. What it does not
// understand, or what is no day of the calendar, is NoDate. It allocates
// nothing, save for zones that are not whole hours.
//
//	2006-01-02T15:04:05.999Z  2006-01-02 15:04+01:00  20060102  2006/01/02  2006-01  2006
//	02.01.2006  2. Januar 2006  2 Jan 2006, 15:04 Uhr  January 2, 2006  January 2006
//	Mon, 02 Jan 2006 15:04:05 -0700  Mon Jan  2 15:04:05 2006  26-FEB-1987 15:01:01.79
//	1136214245 (Unix seconds, also with a fraction)  1136214245000 (milliseconds)
//
// Figures with slashes that begin with day or month are not understood: which
// is which differs from country to country.
func ParseDate(s string) Date {
	s = strings.TrimSpace(s)
	if len(s) < len("2006") || len(s) > 100 {
		return Date{}
	}
	whole := digits(s)
	switch {
	case whole == len(s), whole >= 9 && s[whole] == '.' && whole+1+digits(s[whole+1:]) == len(s):
		return parseFigures(s, whole)
	case whole == 4 || whole == 8 && (s[8] == 'T' || s[8] == ' '):
		return parseISO(s)
	case whole > 0 && whole <= 2 && s[whole] == '.' && digits(spaced(s[whole+1:])) > 0:
		return parseDotted(s)
	}
	return parseWords(s)
}

// parseDateLiteral reads the date in a JSON string or number.
func parseDateLiteral(lit []byte) Date { return ParseDate(dateLiteral(lit)) }

func dateLiteral(lit []byte) string {
	if lit[0] == '"' {
		return unquote(lit)
	}
	return string(lit)
}

// parseFigures reads a date of digits only: a year, year month day (and time
// of day), or Unix time in seconds, milli-, micro- or nanoseconds. whole is the
// number of digits before a decimal point.
func parseFigures(s string, whole int) Date {
	switch whole {
	case 4:
		return calendar(number(s), 1, 1, Year)
	case 8:
		return calendar(number(s[:4]), number(s[4:6]), number(s[6:]), Day)
	case 14:
		d := calendar(number(s[:4]), number(s[4:6]), number(s[6:8]), Day)
		return d.clock(number(s[8:10]), number(s[10:12]), number(s[12:]), 0, time.UTC)
	case 9, 10:
		nanos, _ := fraction(s[min(whole+1, len(s)):])
		return unix(large(s[:whole]), int64(nanos))
	case 12, 13, 15, 16, 18, 19:
		cut := whole - (whole-9)/3*3
		nanos, _ := fraction(s[cut:whole])
		return unix(large(s[:cut]), int64(nanos))
	}
	return Date{}
}

func unix(s, ns int64) Date { return Date{time.Unix(s, ns).UTC(), Second} }

// parseISO reads year, month and day in this order, then a time of day.
func parseISO(s string) Date {
	year, rest := number(s[:4]), s[4:]
	if digits(rest) == 4 { // 20060102T...
		d := calendar(year, number(rest[:2]), number(rest[2:4]), Day)
		return parseClock(d, rest[4:])
	}
	sep := rest[0]
	month, rest, ok := figure(rest[1:])
	if sep != '-' && sep != '/' && sep != '.' || !ok {
		return parseWords(s)
	}
	if rest == "" {
		return calendar(year, month, 1, Month)
	}
	if rest[0] != sep {
		return Date{}
	}
	day, rest, ok := figure(rest[1:])
	if !ok {
		return Date{}
	}
	return parseClock(calendar(year, month, day, Day), rest)
}

// parseDotted reads day.month.year, then a time of day.
func parseDotted(s string) Date {
	day, rest, _ := figure(s)
	month, rest, ok := figure(spaced(rest[1:]))
	if !ok || rest == "" || rest[0] != '.' {
		return Date{}
	}
	rest = spaced(rest[1:])
	if digits(rest) != 4 {
		return Date{}
	}
	return parseClock(calendar(number(rest[:4]), month, day, Day), rest[4:])
}

// parseClock adds the time of day that stands behind a date, as far as there
// is one: "T15:04:05.9Z", " 15:04 Uhr", ", 3:04 PM".
func parseClock(d Date, s string) Date {
	if d.Precision != Day || s == "" {
		return d
	}
	if s[0] == 'T' || s[0] == 't' || s[0] == '_' {
		s = s[1:]
	}
	w := words{date: d, dated: true}
	return w.parse(s)
}

func spaced(s string) string { return strings.TrimLeft(s, " ") }

// calendar returns the date if it is one.
func calendar(year, month, day int, p Precision) Date {
	if year < 1000 || year > 2999 || month < 1 || month > 12 || day < 1 {
		return Date{}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return Date{}
	}
	return Date{t, p}
}

// clock adds a time of day, or returns NoDate if it is none.
func (d Date) clock(hour, minute, second, nanos int, zone *time.Location) Date {
	if d.Precision < Day || hour > 23 || minute > 59 || second > 60 {
		return Date{}
	}
	y, m, day := d.Time.Date()
	return Date{time.Date(y, m, day, hour, minute, second, nanos, zone), Second}
}

// digits counts the digits that s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// number is the value of up to nine digits.
func number(s string) int { return int(large(s)) }

// large is the value of up to eighteen digits.
func large(s string) (n int64) {
	for i := range len(s) {
		n = 10*n + int64(s[i]-'0')
	}
	return n
}

// figure reads a number of one or two digits.
func figure(s string) (n int, rest string, ok bool) {
	k := digits(s)
	if k < 1 || k > 2 {
		return 0, s, false
	}
	return number(s[:k]), s[k:], true
}

// fraction reads the digits behind a decimal point as nanoseconds; those after
// the ninth do not count. n is how many digits there were.
func fraction(s string) (nanos, n int) {
	n = digits(s)
	nanos = number(s[:min(n, 9)])
	for range 9 - min(n, 9) {
		nanos *= 10
	}
	return nanos, n
}
