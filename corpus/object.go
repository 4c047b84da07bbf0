package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonOptions: the last of two fields with one name counts, as in most
// decoders; bytes that are not UTF-8 are the text's own matter.
var jsonOptions = []jsontext.Options{
	jsontext.AllowDuplicateNames(true),
	jsontext.AllowInvalidUTF8(true),
}

// A value is a JSON value within a record, raw[start:end]. end 0: there is none.
type value struct {
	start, end int
	rank       int
}

// An objectScanner finds in one pass over a JSON object where the values of
// the known fields stand. It checks the whole object's syntax and allocates
// nothing for objects whose field names it has met before.
type objectScanner struct {
	top   *level
	dec   jsontext.Decoder
	buf   bytes.Buffer
	found [roles]value
	other value  // what has a name for the text, but is no string
	plain []byte // a string without its escapes

	borrow bool   // strings may point into the record, and the text into body
	gather bool   // so may the others, and what is in body stays
	body   []byte // a text without its escapes; with gather all strings that had some
}

// A level is the names met in a record or in one of its nested objects.
type level struct {
	fields *fields
	known  map[string]*member // by name as written, quotes and escapes included
}

// A member is what is known of a field name.
type member struct {
	claims []claim
	inner  *level // not nil if something is looked for in a nested object
}

// knownMost bounds the names remembered: an input may have a new one in every
// record.
const knownMost = 4096

func newObjectScanner(f *fields) *objectScanner { return &objectScanner{top: newLevel(f)} }

func newLevel(f *fields) *level { return &level{f, map[string]*member{}} }

// scan finds the fields of raw, which must be one JSON object.
func (s *objectScanner) scan(raw []byte) error {
	s.forget()
	if s.quick(raw) {
		return nil
	}
	return s.careful(raw)
}

func (s *objectScanner) forget() { s.found, s.other = [roles]value{}, value{} }

// careful is scan by jsontext alone.
func (s *objectScanner) careful(raw []byte) error {
	s.forget()
	s.buf = *bytes.NewBuffer(raw)
	s.dec.Reset(&s.buf, jsonOptions...)
	if s.dec.PeekKind() != jsontext.KindBeginObject {
		return s.noObject()
	}
	if err := s.object(s.top); err != nil {
		return jsonFault(err)
	}
	if end := int(s.dec.InputOffset()); len(bytes.TrimLeft(raw[end:], blanks)) > 0 {
		return faultf("", "more after the JSON object, at byte %d of the record", end)
	}
	return nil
}

// noObject says what stands in an object's place.
func (s *objectScanner) noObject() error {
	v, err := s.dec.ReadValue()
	switch {
	case err != nil:
		return jsonFault(err)
	case v.Kind() == jsontext.KindBeginArray:
		return faultf("an array of objects is read from a .json file", "not a JSON object but an array")
	}
	return faultf("", "not a JSON object but %s", kindName(v.Kind()))
}

// object reads one object with names of level l.
func (s *objectScanner) object(l *level) error {
	if _, err := s.dec.ReadToken(); err != nil {
		return err
	}
	for s.dec.PeekKind() != jsontext.KindEndObject {
		name, err := s.dec.ReadValue()
		if err != nil {
			return err
		}
		m := l.member(name)
		kind := s.dec.PeekKind()
		if m.inner != nil && kind == jsontext.KindBeginObject {
			err = s.object(m.inner)
		} else {
			err = s.value(m, kind)
		}
		if err != nil {
			return err
		}
	}
	_, err := s.dec.ReadToken()
	return err
}

// value reads the value of member m.
func (s *objectScanner) value(m *member, kind jsontext.Kind) error {
	v, err := s.dec.ReadValue()
	if err != nil {
		return err
	}
	end := int(s.dec.InputOffset())
	s.keep(m, kind, value{start: end - len(v), end: end})
	return nil
}

// keep remembers a value of member m if it is the best for a role so far.
func (s *objectScanner) keep(m *member, kind jsontext.Kind, at value) {
	for _, c := range m.claims {
		at.rank = c.rank
		switch {
		case !fits(c.role, kind, at.end-at.start):
			if c.role == textRole {
				s.other = at
			}
		case s.found[c.role].end == 0 || c.rank <= s.found[c.role].rank:
			s.found[c.role] = at
		}
	}
}

// fits tells whether a value of this kind can fill a role. An empty string
// leaves the place to the next usual name, except for the text.
func fits(r role, kind jsontext.Kind, length int) bool {
	switch kind {
	case jsontext.KindString:
		return r == textRole || length > len(`""`)
	case jsontext.KindNumber:
		return r == idRole || r == dateRole
	case jsontext.KindBeginArray:
		return r == authorRole && length > len(`[]`)
	}
	return false
}

// member returns what is known of a name as written, with its quotes.
func (l *level) member(quoted []byte) *member {
	if m := l.known[string(quoted)]; m != nil {
		return m
	}
	m := &member{}
	var inner *fields
	m.claims, inner = l.fields.lookup(unquote(quoted))
	if inner != nil {
		m.inner = newLevel(inner)
	}
	if len(l.known) < knownMost {
		l.known[string(quoted)] = m
	}
	return m
}

// fill copies what scan found in raw into d; lean leaves out title and author.
func (s *objectScanner) fill(d *Document, raw []byte, o *Options, lean bool) error {
	text := s.found[textRole]
	if text.end == 0 {
		return s.noText(raw, o)
	}
	lit := raw[text.start:text.end]
	if int64(len(lit)-2) > o.MaxText && unquotedLen(lit) > o.MaxText {
		return faultf(longHint, "text of more than %d bytes", o.MaxText)
	}
	d.Text, d.literal = s.string(raw, textRole), text
	d.ID = s.string(raw, idRole)
	d.Source = s.string(raw, sourceRole)
	d.URL = s.string(raw, urlRole)
	if !lean {
		d.Title = s.string(raw, titleRole)
		d.Author = s.string(raw, authorRole)
	}
	if v := s.found[dateRole]; v.end > 0 {
		d.Published = parseDateLiteral(raw[v.start:v.end])
	}
	return nil
}

// string returns the value found for a role: a string decoded, a number as it
// is written, the strings of an array joined.
func (s *objectScanner) string(raw []byte, r role) string {
	v := s.found[r]
	if v.end == 0 {
		return ""
	}
	lit := raw[v.start:v.end]
	switch lit[0] {
	case '"':
		switch escaped := bytes.IndexByte(lit, '\\') >= 0; {
		case !escaped && s.borrow:
			return view(lit[1 : len(lit)-1])
		case !escaped:
			return string(lit[1 : len(lit)-1])
		case s.gather:
			from := len(s.body)
			s.body = appendUnquoted(s.body, lit)
			return view(s.body[from:])
		case s.borrow && r == textRole:
			s.body = appendUnquoted(s.body[:0], lit)
			return view(s.body)
		}
		s.plain = appendUnquoted(s.plain[:0], lit)
		return string(s.plain)
	case '[':
		return joinStrings(lit)
	}
	return string(lit)
}

// view is b as a string, good as long as b is not changed.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// joinStrings gives the strings of a JSON array with commas between them;
// other values are left out.
func joinStrings(array []byte) string {
	dec := jsontext.NewDecoder(bytes.NewBuffer(array), jsonOptions...)
	var names []string
	if _, err := dec.ReadToken(); err != nil {
		return ""
	}
	for dec.PeekKind() != jsontext.KindEndArray {
		v, err := dec.ReadValue()
		if err != nil {
			return ""
		}
		if v.Kind() == jsontext.KindString {
			names = append(names, unquote(v))
		}
	}
	return strings.Join(names, ", ")
}

// noText says why an object gave no text.
func (s *objectScanner) noText(raw []byte, o *Options) error {
	seen := fieldNames(raw)
	if v := s.other; v.end > 0 {
		kind := jsontext.Value(raw[v.start:v.end]).Kind()
		return faultf(seenHint(seen), "the text field is not a string but %s", kindName(kind))
	}
	return missingText(o.TextField, seen)
}

// fieldNames lists the names of an object's fields in their order, one more
// than are shown at most.
func fieldNames(raw []byte) []string {
	dec := jsontext.NewDecoder(bytes.NewBuffer(raw), jsonOptions...)
	var names []string
	if _, err := dec.ReadToken(); err != nil {
		return nil
	}
	for dec.PeekKind() == jsontext.KindString && len(names) <= namesShown {
		name, err := dec.ReadValue()
		if err != nil {
			break
		}
		names = append(names, unquote(name))
		if dec.SkipValue() != nil {
			break
		}
	}
	return names
}

// jsonFault says what is wrong with a record in the words of its reader.
func jsonFault(err error) error {
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return &fault{err: fmt.Errorf("not JSON: %w", err)}
	}
	return faultf("", "not JSON: %w, at byte %d of the record", syntax.Err, syntax.ByteOffset)
}

func kindName(k jsontext.Kind) string {
	switch k {
	case jsontext.KindBeginArray:
		return "an array"
	case jsontext.KindBeginObject:
		return "an object"
	case jsontext.KindString:
		return "a string"
	case jsontext.KindNumber:
		return "a number"
	case jsontext.KindNull:
		return "null"
	}
	return "true or false"
}
