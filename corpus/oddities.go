package corpus

import (
	"cmp"
	"fmt"
	"strings"
	"sync/atomic"
)

// What is no fault of a record and yet no good news: a field that Options names and no
// record has, and a date that is not understood. Without a word about either a reader
// would take what follows for all that the input has to say. Goroutines that read chunks
// of one collection note them side by side; what is told does not depend on their order.
type oddities struct {
	read atomic.Uint32 // a bit for each role that a document had something for
	date atomic.Pointer[oddDate]
}

type oddDate struct {
	at   Handle
	text string
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
	odd := c.odd.date.Load()
	if odd == nil {
		return nil
	}
	return &ReadError{
		File: c.inputs[odd.at.File].Path, Record: odd.at.Record, Offset: odd.at.Offset,
		Err:  fmt.Errorf("date not understood: %q", odd.text),
		Hint: "dates with the year first are always understood, as 2021-03-14; --date-field none reads none",
	}
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
func (o *oddities) badDate(at Handle, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	o.read.Or(1 << dateRole)
	for {
		first := o.date.Load()
		if first != nil && cmp.Or(cmp.Compare(first.at.File, at.File), cmp.Compare(first.at.Record, at.Record)) <= 0 {
			return
		}
		if o.date.CompareAndSwap(first, &oddDate{at, strings.Clone(text[:min(len(text), 100)])}) {
			return
		}
	}
}
