package corpus

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
)

// expected are the sources that a call counts on, and those that there are. Goroutines
// that read chunks of one collection note them side by side.
type expected struct {
	mu      sync.Mutex
	absent  []string       // asked for and not met so far
	present map[string]int // sources by how often they were met
	read    int            // documents looked into, once for each pass
}

// presentMost bounds the names remembered: a crawl may have a source for each document.
const presentMost = 4096

// Expect makes the passes that follow note which of these sources documents have, by their
// name or their site, whatever the case.
func (c *Collection) Expect(sources []string) {
	if len(sources) > 0 {
		c.expected = &expected{absent: slices.Clone(sources), present: map[string]int{}}
	}
}

// Absent lists the sources given to Expect that none of the documents has, and the sources
// that there are, those met most first. Of more than some thousand sources not all are
// listed. It lists nothing if fewer than the given number of documents were looked into, as
// those are that are only written.
func (c *Collection) Absent(documents int) (absent, present []string) {
	x := c.expected
	if x == nil || x.read < documents || documents == 0 || len(x.absent) == 0 {
		return nil, nil
	}
	return slices.Clone(x.absent), slices.SortedFunc(maps.Keys(x.present), func(a, b string) int {
		return cmp.Or(cmp.Compare(x.present[b], x.present[a]), cmp.Compare(a, b))
	})
}

// look notes the source of a document.
func (x *expected) look(d *Document) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.read++
	x.absent = slices.DeleteFunc(x.absent, func(name string) bool {
		return strings.EqualFold(name, d.Source) || strings.EqualFold(name, d.Site)
	})
	name := cmp.Or(d.Source, d.Site)
	if n := x.present[name]; name != "" && (n > 0 || len(x.present) < presentMost) {
		x.present[name] = n + 1
	}
}
