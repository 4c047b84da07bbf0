package dedup

import (
	"errors"
	"iter"
	"math"
	"slices"
	"strings"
)

// resolver turns matches into clusters.
type resolver struct {
	r     *Results
	docs  []uint64 // documents in copy matches, ascending
	root  []int32  // of a forest over docs, by position
	least []float64
}

// resolve builds the clusters from the verified duplicates and republished
// articles, without the bridges between them, and from nothing else. It keeps some 60
// bytes and the id of every document that has such a match.
func (r *Results) resolve() (err error) {
	v := resolver{r: r}
	b, failed := r.bridges()
	defer func() { err = errors.Join(err, b.Close()) }()
	if failed != nil {
		return failed
	}
	copies := b.without(r.copies())
	for m, err := range copies {
		if err != nil {
			return err
		}
		v.docs = append(v.docs, m.a, m.b)
	}
	slices.Sort(v.docs)
	v.docs = slices.Compact(v.docs)
	v.root = make([]int32, len(v.docs))
	v.least = make([]float64, len(v.docs))
	for i := range v.root {
		v.root[i], v.least[i] = int32(i), 1
	}
	for m, err := range copies {
		if err != nil {
			return err
		}
		v.join(m)
	}
	return v.clusters()
}

// copies yields the matches that make clusters.
func (r *Results) copies() iter.Seq2[pairMatch, error] {
	return func(yield func(pairMatch, error) bool) {
		for m, err := range r.pairs() {
			if (err != nil || m.Kind.Copy()) && !yield(m, err) {
				return
			}
		}
	}
}

// join links the documents of a match. The root of a tree is its first
// document, so that the result does not depend on the order.
func (v *resolver) join(m pairMatch) {
	a, b := v.find(m.a), v.find(m.b)
	least := min(v.least[a], v.least[b], max(m.ShareA, m.ShareB))
	a, b = min(a, b), max(a, b)
	v.root[b] = a
	v.least[a] = least
}

// find returns the root of a document's tree.
func (v *resolver) find(doc uint64) int32 {
	p, _ := slices.BinarySearch(v.docs, doc)
	i := int32(p)
	for v.root[i] != i {
		v.root[i] = v.root[v.root[i]]
		i = v.root[i]
	}
	return i
}

// clusters writes the trees down, by first document.
func (v *resolver) clusters() error {
	members := make([][]int, len(v.docs))
	for _, doc := range v.docs {
		root := v.find(doc)
		members[root] = append(members[root], int(doc))
	}
	for root, docs := range members {
		if len(docs) < 2 {
			continue
		}
		c := Cluster{Number: len(v.r.clusters) + 1, Members: docs, MinSimilarity: v.least[root]}
		if err := v.r.choose(&c); err != nil {
			return err
		}
		v.r.clusters = append(v.r.clusters, c)
		v.r.summary.Copies += len(docs) - 1
	}
	v.r.summary.Clusters = len(v.r.clusters)
	return nil
}

// choose names the document of a cluster that stays, and why: where the policy prefers none
// of them, as it is the first.
func (r *Results) choose(c *Cluster) error {
	var best Info
	told := false // by the policy
	for i, doc := range c.Members {
		info, err := r.Info(doc)
		if err != nil {
			return err
		}
		c.IDs = append(c.IDs, strings.Clone(info.ID)) // and nothing else of the record
		better := i > 0 && r.better(&info, &best)
		told = told || better || r.better(&best, &info)
		if i == 0 || better {
			best = info
		}
	}
	c.Keep, c.Reason = best.Number, "first"
	if told {
		c.Reason = r.o.Keep
	}
	return nil
}

// better reports whether the policy prefers a to b, of which b comes first
// in the input.
func (r *Results) better(a, b *Info) bool {
	switch {
	case r.o.Keep == "first":
		return false
	case r.o.Keep == "longest":
		return a.Bytes > b.Bytes
	case r.o.Keep == "earliest":
		return begins(a) < begins(b)
	}
	list := Sources(r.o.Keep)
	return Rank(list, a.Source, a.Site) < Rank(list, b.Source, b.Site)
}

// begins returns when the date of a document begins; of one without, after all that have one.
func begins(a *Info) int64 {
	if at, ok := a.Published.Instant(); ok {
		return at
	}
	return math.MaxInt64
}

// before reports whether a is known to be published before b, as one of the same day is not
// if either lacks its time. A document without a date comes after all that have one.
func before(a, b *Info) bool {
	dayA, okA := a.Published.Day()
	dayB, okB := b.Published.Day()
	switch {
	case !okA || !okB:
		return okA && !okB
	case a.Published.Precision == b.Published.Precision:
		return a.Published.Time.Before(b.Published.Time)
	}
	return dayA < dayB
}

// Rank returns the place of a document's source in a list of sources: of its name or
// its site, whatever their case. What is not in the list comes behind it.
func Rank(list []string, source, site string) int {
	for n, s := range list {
		if strings.EqualFold(s, source) || strings.EqualFold(s, site) {
			return n
		}
	}
	return len(list)
}
