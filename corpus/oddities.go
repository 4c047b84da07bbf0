package corpus

import (
	"cmp"
	"fmt"
	"strings"
	"sync/atomic"
	"unicode/utf8"
)

// What is no fault of a record and yet no good news: a field that Options names and no
// record has, a date that is not understood, a text that is no UTF-8. Without a word about
// them a reader would take what follows for all that the input has to say. Goroutines that
// read chunks of one collection note them side by side; what is told does not depend on
// their order.
type oddities struct {
	read atomic.Uint32 // a bit for each role that a document had something for
	date firstOdd
	text firstOdd
}

// firstOdd is the first record of the input that something is odd about.
type firstOdd struct{ p atomic.Pointer[oddity] }

type oddity struct {
	at   Handle
	what string
}

// note notes a record, unless an earlier one is known.
func (f *firstOdd) note(at Handle, what string) {
	for {
		first := f.p.Load()
		if first != nil && cmp.Or(cmp.Compare(first.at.File, at.File), cmp.Compare(first.at.Record, at.Record)) <= 0 {
			return
		}
		if f.p.CompareAndSwap(first, &oddity{at, strings.Clone(what)}) {
			return
		}
	}
}

// in gives what was noted with its place in c, nil if nothing was.
func (f *firstOdd) in(c *Collection, format, hint string) *ReadError {
	odd := f.p.Load()
	if odd == nil {
		return nil
	}
	return &ReadError{File: c.inputs[odd.at.File].Path, Record: odd.at.Record, Offset: odd.at.Offset,
		Err: fmt.Errorf(format, odd.what), Hint: hint}
}

// anyRole is the bit that says that there was a document at all.
const anyRole = 1 << textRole

// Unseen lists the fields that Options names and in which no document read so far had
// anything, in the order id, title, source, date. It is empty as long as there is no
// document.
func (c *Collection) Unseen() (fields []string) {
	read := c.odd.read.Load()
	for r, name := range c.opts.named() {
		if read&anyRole != 0 && read&(1<<r) == 0 && name != "" && name != none {
			fields = append(fields, name)
		}
	}
	return fields
}

// OddDate is the first date read so far that ParseDate does not understand, with its
// place; nil if there is none.
func (c *Collection) OddDate() *ReadError {
	return c.odd.date.in(c, "date not understood: %q",
		"dates with the year first are always understood, as 2021-03-14; --date-field none reads none")
}

// OddText is the first text read so far that is no UTF-8, as programs for offices write
// them: its letters beyond ASCII are lost to matching. Of JSON only what begins a file is
// looked at. It is nil if there is none.
func (c *Collection) OddText() *ReadError {
	return c.odd.text.in(c, "the text is not UTF-8, letters beyond ASCII are lost to matching: %q", "convert it first: iconv -f WINDOWS-1252 -t UTF-8")
}

// named lists the names that o gives to fields, by role.
func (o *Options) named() [roles]string {
	return [roles]string{textRole: o.TextField, idRole: o.IDField, titleRole: o.TitleField,
		sourceRole: o.SourceField, dateRole: o.DateField}
}

// look notes which fields a document has something in.
func (o *oddities) look(d *Document, lean bool) {
	had := uint32(anyRole)
	for r, has := range [roles]bool{idRole: d.ID != "", titleRole: lean || d.Title != "", sourceRole: d.Source != "",
		dateRole: d.Published.Precision != NoDate} {
		if has {
			had |= 1 << r
		}
	}
	if had&^o.read.Load() != 0 {
		o.read.Or(had)
	}
}

// badDate notes a date that was not understood.
func (o *oddities) badDate(at Handle, date string) {
	if date = strings.TrimSpace(date); date != "" {
		o.read.Or(1 << dateRole)
		o.date.note(at, date[:min(len(date), 100)])
	}
}

// textsChecked is how many bytes of a JSON file are looked through for texts that are no
// UTF-8: what is written in another encoding is so from the beginning, and to look at all of
// a crawl would take longer than to find its fields.
const textsChecked = 1 << 20

// checkText notes a text that is no UTF-8, by the word of it.
func (o *oddities) checkText(at Handle, text string) {
	if utf8.ValidString(text) {
		return
	}
	bad := strings.IndexFunc(text, func(r rune) bool { return r == utf8.RuneError })
	from := max(strings.LastIndexAny(text[:bad], " \n\t"), bad-20) + 1
	o.text.note(at, text[from:min(bad+20, len(text))])
}
