package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/internal/figures"
	"reprint/reuse"
)

// How figures, dates and texts are put for people, on the terminal and on the
// page.

// cutText returns the words of text[start:end), at most max bytes of them,
// never a part of a character, with "…" if something is left out. Ends
// outside the text are moved inside. The result is a copy: it does not hold
// the text in memory.
func cutText(text string, start, end, max int) string {
	start = min(max0(start), len(text))
	end = min(max0(end), len(text))
	if end <= start {
		return ""
	}
	if s := text[start:end]; len(s) <= max {
		return strings.Clone(s)
	}
	s := text[start : start+max]
	for n := 0; n < utf8.UTFMax && s != "" && !utf8.RuneStart(text[start+len(s)]); n++ {
		s = s[:len(s)-1]
	}
	return strings.TrimRightFunc(s, unicode.IsSpace) + "…"
}

func max0(n int) int { return max(n, 0) }

// oneLine joins the words of a text by single spaces and takes out what
// could steer a terminal or turn the direction of what follows.
func oneLine(s string) string {
	return strings.Join(strings.Fields(plain(s)), " ")
}

// plain replaces control characters other than line ends and tabs, and marks
// that change the direction of the text around them.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return -1
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return utf8.RuneError
		}
		return r
	}, s)
}

// percent writes a share. Only what is whole is 100 %, only nothing is 0 %.
func percent(x float64) string {
	p := math.Round(round(x) * 100)
	switch {
	case p == 100 && round(x) < 1:
		p = 99
	case p == 0 && round(x) > 0:
		return "<1 %"
	}
	return strconv.Itoa(int(p)) + " %"
}

// seconds writes how long something took.
func seconds(s float64) string {
	switch {
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	case s < 120:
		return fmt.Sprintf("%.0f s", s)
	}
	return time.Duration(s * float64(time.Second)).Round(time.Second).String()
}

// date writes as much of a date as is known, as it was written in its zone.
func date(d corpus.Date) string {
	switch d.Precision {
	case corpus.Year:
		return d.Time.Format("2006")
	case corpus.Month:
		return d.Time.Format("2006-01")
	case corpus.Day:
		return d.Time.Format("2006-01-02")
	case corpus.Second:
		return d.Time.Format("2006-01-02 15:04")
	}
	return ""
}

// dayOf writes a day since 1970.
func dayOf(day int) string { return time.Unix(int64(day)*86400, 0).UTC().Format("2006-01-02") }

// earlier tells by how much the first of two dates is the earlier one; ""
// where that is not known.
func earlier(first, later corpus.Date) string {
	a, okA := first.Day()
	b, okB := later.Day()
	if !okA || !okB {
		return ""
	}
	if first.Precision == corpus.Second && later.Precision == corpus.Second {
		switch gap := later.Time.Sub(first.Time); {
		case gap <= 0:
			return ""
		case gap < time.Hour:
			return figures.Count(int(gap/time.Minute), "minute") + " earlier"
		case gap < 48*time.Hour:
			return figures.Count(int(gap/time.Hour), "hour") + " earlier"
		}
	}
	if b <= a {
		return ""
	}
	return figures.Count(b-a, "day") + " earlier"
}

// firstWords says which of a pair had the text first and what tells: "" if
// it is not known, or if nobody took it from the other: a form that is filled
// in anew has no first, nor has furniture.
func firstWords(p *pair) string {
	if p.Kind == reuse.Template || p.Kind == reuse.Boilerplate {
		return ""
	}
	first, later := &p.a, &p.b
	switch p.First {
	case "b":
		first, later = later, first
	case "a":
	default:
		return ""
	}
	had := called(first, later) + sureness(p.FirstConfidence) + " had it first"
	switch p.FirstBy {
	case "date":
		return join(", ", had, earlier(first.Published, later.Published))
	case "credit":
		return had + " (its credit line names an agency)"
	}
	return had + " (by the text)"
}

// called names one of a pair by what tells it from the other and stands beside it: its
// source, its title, its day, and its id, which not every view shows, where nothing else does.
func called(one, other *dedup.Info) string {
	day := date(one.Published)
	switch {
	case source(one) != "" && source(one) != source(other):
		return shorten(oneLine(source(one)), 40)
	case one.Title != "" && one.Title != other.Title:
		return "“" + shorten(oneLine(one.Title), 40) + "”"
	case one.Title == "" && source(one) == "": // called by its id
	case day != "" && day != date(other.Published):
		return "the one of " + day
	}
	return shorten(oneLine(one.ID), 40)
}

// sureness puts a confidence into words: of ten that are said without one,
// nine or more are right, with "probably" eight, with "perhaps" six or seven.
func sureness(confidence float64) string {
	switch {
	case confidence >= .9:
		return ""
	case confidence >= .75:
		return " probably"
	}
	return " perhaps"
}

// shorten leaves out the middle of what is longer than max characters: both
// ends of an id, a path or a headline tell more than its beginning alone.
func shorten(s string, max int) string {
	r := []rune(s)
	if len(r) <= max {
		return s
	}
	if max < 3 {
		return string(r[:max0(max)])
	}
	head := (max - 1) * 2 / 3
	end := r[len(r)-(max-1-head):]
	for len(end) > 0 && unicode.Is(unicode.M, end[0]) {
		end = end[1:] // its letter is left out
	}
	return strings.TrimSpace(string(r[:head])) + "…" + strings.TrimSpace(string(end))
}

// join joins what is not empty.
func join(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), by)
}
