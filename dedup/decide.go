package dedup

import (
	"context"
	"math"
	"slices"
)

// decider says which documents of a cluster go. The policy's choice stays;
// the others follow in the policy's order, and each one goes that a document
// which stays holds. A cluster may be a chain whose ends are not alike, or
// hold a short and a long version with copies of both; so each document is
// compared with the policy's choice, and with those for which the documents
// next to it went. That is one comparison for a document and one for a
// match, however large the cluster.
type decider struct {
	d     *Dropped
	v     verifier
	next  map[int][]int     // documents by matches
	stays map[int]int       // for every document decided, the one that stays for it: often itself
	same  map[[2]uint64]int // the same by the bytes of its text
}

// decide goes through all clusters.
func (d *Dropped) decide(ctx context.Context, tell *teller) error {
	tell.stage("decide", "clusters", int64(len(d.r.clusters)))
	x := decider{
		d: d, v: verifier{texts: d.r.reading.texts, masks: d.r.keying.masks, blind: true},
		next: map[int][]int{}, stays: map[int]int{}, same: map[[2]uint64]int{},
	}
	for m, err := range d.r.copies() {
		if err != nil {
			return err
		}
		a, b := int(m.a), int(m.b)
		x.next[a], x.next[b] = append(x.next[a], b), append(x.next[b], a)
	}
	for i := range d.r.clusters {
		if err := x.cluster(&d.r.clusters[i]); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		tell.at(int64(i))
	}
	slices.SortFunc(d.drops, func(p, q Drop) int { return p.Doc - q.Doc })
	tell.done(int64(len(d.drops)))
	return nil
}

// cluster decides on the documents of one cluster.
func (x *decider) cluster(c *Cluster) error {
	members, err := x.d.r.ranked(c)
	for i := range members {
		if err = x.document(c, &members[i]); err != nil {
			break
		}
	}
	return err
}

// document decides on one of them.
func (x *decider) document(c *Cluster, e *entry) error {
	x.stays[e.Number] = e.Number
	for _, kept := range x.holders(c, e) {
		drop, err := x.check(kept, e)
		if err != nil {
			return err
		}
		if drop.Share >= x.d.r.o.Threshold && slices.Contains(x.d.r.o.Kinds, drop.Kind) {
			drop.Reason = c.Reason
			x.d.drops = append(x.d.drops, drop)
			x.stays[e.Number] = kept
			break
		}
	}
	x.same[e.hash] = x.stays[e.Number]
	return nil
}

// holders lists the documents that stay and may hold the text of e.
func (x *decider) holders(c *Cluster, e *entry) []int {
	if e.Number == c.Keep {
		return nil
	}
	var list []int
	add := func(doc int, ok bool) {
		if ok && !slices.Contains(list, doc) {
			list = append(list, doc)
		}
	}
	same, ok := x.same[e.hash]
	add(same, ok)
	add(c.Keep, true)
	for _, doc := range x.next[e.Number] {
		kept, ok := x.stays[doc]
		add(kept, ok)
	}
	return list
}

// check compares a document with one that stays.
func (x *decider) check(kept int, gone *entry) (Drop, error) {
	stays, err := x.d.r.entry(kept)
	if err != nil {
		return Drop{}, err
	}
	pair := candidate{a: uint64(kept), b: uint64(gone.Number), equal: stays.hash == gone.hash}
	m, err := x.v.verify(&pair)
	return Drop{Doc: gone.Number, Kept: kept, Kind: m.Kind, Share: math.Round(m.Evidence.HeldB*1e4) / 1e4, Jaccard: m.Jaccard}, err
}

// ranked returns the members of a cluster, the one that stays first, then as
// the policy prefers them.
func (r *Results) ranked(c *Cluster) ([]entry, error) {
	list := make([]entry, len(c.Members))
	for i, doc := range c.Members {
		var err error
		if list[i], err = r.entry(doc); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		switch {
		case a.Number == c.Keep || b.Number != c.Keep && r.better(&a.Info, &b.Info):
			return -1
		case b.Number == c.Keep || r.better(&b.Info, &a.Info):
			return 1
		}
		return 0
	})
	return list, nil
}
