// Package figures writes figures for people: the same way on the terminal, in the
// report and beside a progress bar.
//
//	figures.Grouped(1234567)     1,234,567
//	figures.Count(2, "copy")     2 copies
//	figures.Size(123456789)      123 MB
package figures

import (
	"fmt"
	"strconv"
	"strings"
)

// Grouped writes n with a comma before every three digits from the right.
func Grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Count writes a number of things: 1 document, 1,200 documents. thing is one of them, a
// noun whose plural ends in -s, -es behind ch, or -pies for -py.
func Count(n int, thing string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(thing, "py"):
		thing = strings.TrimSuffix(thing, "y") + "ies"
	case strings.HasSuffix(thing, "ch"):
		thing += "es"
	default:
		thing += "s"
	}
	return Grouped(int64(n)) + " " + thing
}

// Size writes a number of bytes, 0 or more, in decimal units, with one digit behind the
// point below a hundred of them.
func Size(n int64) string {
	x, unit := float64(n), "B"
	for _, u := range []string{"kB", "MB", "GB", "TB", "PB"} {
		if x < 999.5 {
			break
		}
		x, unit = x/1000, u
	}
	if unit == "B" || x >= 99.95 {
		return fmt.Sprintf("%.0f %s", x, unit)
	}
	return fmt.Sprintf("%.1f %s", x, unit)
}
