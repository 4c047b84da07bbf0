package corpus

import (
	"strings"
)

// A role is what a field means to a Document.
type role uint8

const (
	textRole role = iota
	idRole
	titleRole
	sourceRole
	dateRole
	urlRole
	authorRole
	roles
)

// none is the field name that switches a role off.
const none = "none"

// usualNames lists, for each role, the names under which collections carry it,
// the preferred one first, those of German tables last. Case does not matter.
var usualNames = [roles][]string{
	textRole: {"text", "content", "body", "raw_content", "article", "maintext", "fulltext", "full_text",
		"volltext", "artikeltext"},
	idRole:     {"id", "doc_id", "docid", "uid", "uuid", "warc-record-id", "url"},
	titleRole:  {"title", "headline", "heading", "titel", "überschrift"},
	sourceRole: {"source", "outlet", "publisher", "site", "domain", "medium", "feed", "quelle"},
	dateRole: {"published", "date", "published_at", "timestamp", "datetime", "pubdate",
		"publication_date", "created_at", "date_publish", "datum"},
	urlRole:    {"url", "link", "uri"},
	authorRole: {"author", "authors", "byline", "autor"},
}

// flagNames are the command's names for the fields that can be named.
var flagNames = [roles]string{textRole: "--text-field", idRole: "--id-field", titleRole: "--title-field",
	sourceRole: "--source-field", dateRole: "--date-field"}

// A claim is what a field's name says: it may fill role, unless a field of
// lower rank does.
type claim struct {
	role role
	rank int
}

// fields knows what each name means on one level of a record.
type fields struct {
	exact  map[string][]claim // as written
	folded map[string][]claim // in lower case
	inner  map[string]*fields // what is looked for in a nested object
}

func emptyFields() *fields {
	return &fields{map[string][]claim{}, map[string][]claim{}, map[string]*fields{}}
}

// newFields builds the table that o asks for.
func newFields(o *Options) *fields {
	f := emptyFields()
	named := o.named()
	for r := range roles {
		switch name := named[r]; name {
		case none:
		case "":
			for rank, name := range usualNames[r] {
				f.folded[name] = append(f.folded[name], claim{r, rank})
			}
		default:
			f.add(name, r, 0)
		}
	}
	return f
}

// add makes name fill r: as it is written, else in other case, else, if it is
// dotted, as a path into nested objects.
func (f *fields) add(name string, r role, rank int) {
	f.exact[name] = append(f.exact[name], claim{r, rank})
	low := strings.ToLower(name)
	f.folded[low] = append(f.folded[low], claim{r, rank + 1})
	head, tail, dotted := strings.Cut(name, ".")
	if !dotted || head == "" || tail == "" {
		return
	}
	if f.inner[head] == nil {
		f.inner[head] = emptyFields()
	}
	f.inner[head].add(tail, r, rank+2)
}

// lookup returns what name may fill, and what is looked for inside it.
func (f *fields) lookup(name string) ([]claim, *fields) {
	exact, folded := f.exact[name], f.folded[strings.ToLower(name)]
	if len(exact) > 0 && len(folded) > 0 {
		exact = append(exact[:len(exact):len(exact)], folded...)
	} else if len(exact) == 0 {
		exact = folded
	}
	return exact, f.inner[name]
}

// missingText is the fault of a record without a text. seen are its fields.
func missingText(field string, seen []string) *fault {
	what := "no text field"
	if field != "" {
		what = "no field " + quoteName(field)
	}
	return faultf(seenHint(seen), "%s", what)
}

// namesShown is how many names of fields a hint lists.
const namesShown = 20

// seenHint lists fields and says how one of them becomes the text.
func seenHint(seen []string) string {
	if len(seen) == 0 {
		return "the record has no fields"
	}
	more := ""
	if len(seen) > namesShown {
		seen, more = seen[:namesShown], ", ..."
	}
	names := make([]string, len(seen))
	for i, name := range seen {
		names[i] = quoteName(name)
	}
	return "fields seen: " + strings.Join(names, ", ") + more + "; name the one with the text by " + flagNames[textRole]
}
