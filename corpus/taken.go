package corpus

import (
	"math/bits"
	"strings"
	"sync/atomic"
)

// Fields says in which fields of the records what is known of documents was found: under
// "text", "title", "source" and "date" their names, the preferred one first. What was
// looked for and found in no record has an empty list; what is switched off, none.
type Fields map[string][]string

// fromHost is what stands for the name of a field where sources were taken from addresses.
const fromHost = "the host of the url"

// shownRoles are those that Fields tells of, in the order in which people are told.
var shownRoles = []struct {
	role
	name string
}{{textRole, "text"}, {titleRole, "title"}, {sourceRole, "source"}, {dateRole, "date"}}

// String gives "text from body, date from datum; no title, no source".
func (f Fields) String() string {
	var from, no []string
	for _, r := range shownRoles {
		switch names, looked := f[r.name]; {
		case len(names) > 0:
			from = append(from, r.name+" from "+strings.Join(names, " or "))
		case looked:
			no = append(no, "no "+r.name)
		}
	}
	said := strings.Join(from, ", ")
	if len(no) > 0 {
		said += "; " + strings.Join(no, ", ")
	}
	return said
}

// taken has for each role a bit for each rank under which a field of it was found.
// Goroutines that read chunks of one collection note them side by side.
type taken [roles]atomic.Uint32

// hostBit stands behind all ranks.
const hostBit = 31

func (t *taken) note(r role, rank int) {
	if bit := uint32(1) << min(rank, hostBit); t[r].Load()&bit == 0 {
		t[r].Or(bit)
	}
}

// FieldsRead tells what the documents read so far were taken from, and whether something
// had to be guessed: it stood under another than the first of the usual names. It is nil
// if no record with fields was read.
func (c *Collection) FieldsRead() (f Fields, guessed bool) {
	if c.taken[textRole].Load() == 0 {
		return nil, false
	}
	f = Fields{}
	named := c.opts.named()
	for _, r := range shownRoles {
		if named[r.role] == none {
			continue
		}
		list := []string{}
		for set := c.taken[r.role].Load(); set != 0; set &= set - 1 {
			rank := bits.TrailingZeros32(set)
			switch {
			case rank == hostBit:
				list = append(list, fromHost)
			case named[r.role] == "":
				list = append(list, usualNames[r.role][rank])
			case len(list) == 0: // as written, in other case or as a path
				list = append(list, named[r.role])
			}
			guessed = guessed || named[r.role] == "" && rank > 0
		}
		f[r.name] = list
	}
	return f, guessed
}
