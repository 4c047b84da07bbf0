package corpus

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// hasAlready is the fault of a record, or a table, that has a field which is to be added.
func hasAlready(name string) error {
	return faultf("take the field out first, or rename it", "there is a field %q already", name)
}

// takenColumn returns the first of the columns to add that a table has already, or "".
func (w *Writer) takenColumn(h *header) string {
	for _, name := range w.more {
		if slices.Contains(h.names, name) {
			return name
		}
	}
	return ""
}

// takenField is takenColumn for one JSON object. Objects in which no such word stands are
// not looked through. Of tables NewWriter has seen the header.
func (w *Writer) takenField(raw []byte) string {
	if w.head != nil {
		return ""
	}
	for _, name := range w.more {
		if bytes.Contains(raw, []byte(name)) && hasField(raw, name) {
			return name
		}
	}
	return ""
}

// hasField tells whether a JSON object, which is valid, has a field of that name. The
// fields of nested objects are their own.
func hasField(raw []byte, name string) bool {
	d := jsontext.NewDecoder(bytes.NewBuffer(raw), jsonOptions...)
	if _, err := d.ReadToken(); err != nil {
		return false
	}
	for d.PeekKind() == jsontext.KindString {
		field, err := d.ReadToken()
		if err != nil || field.String() == name {
			return err == nil
		}
		if err := d.SkipValue(); err != nil {
			return false
		}
	}
	return false
}
