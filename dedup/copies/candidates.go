package copies

import (
	"cmp"
	"context"
	"slices"

	"reprint/internal/spill"
)

// maxHot is with how many documents one is compared with which it has only hot keys in
// common. A million documents that bear the same license are each the neighbour of others at
// some key, and where Method.lacks, of none of them a copy: one that has many other keys is
// then compared with none of them. A copy among them has a key of its own with it as well, as
// long as keys are of few lanes, unless there are very many copies; then most of its keys are
// hot.
const maxHot = 2

// candidates are the documents before one with which it has keys in common.
type candidates struct {
	bands  int // keys of a document, at least; 0: hot ones count however few they are
	doc    uint64
	first  []firstDoc
	heads  []headDoc
	hot    int  // its hot keys
	mostly bool // most of its keys are hot
}

// firstDoc is a document before the present one, and the keys that both have.
type firstDoc struct {
	doc       uint64
	rare, hot int
}

// headDoc is the head of some keys of the present document, with hotMark if they are hot.
type headDoc struct {
	doc  uint64
	keys int
}

// candidates calls do for each document that has some before it. Pairs are of the document, the
// one before it and the head of the key that makes them, in the order of these.
func (w *work) candidates(ctx context.Context, pairs *spill.Sorter, bands int, do func(*candidates) error) error {
	x := candidates{bands: bands}
	for list, err := range pairs.Numbers() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		for ; len(list) >= 3; list = list[3:] {
			if list[0] != x.doc {
				if err := x.end(do); err != nil {
					return err
				}
				x.doc = list[0]
			}
			x.add(list[1], list[2])
		}
	}
	return x.end(do)
}

// add takes a pair: its first document and the head of its key.
func (x *candidates) add(first, head uint64) {
	head, keys := headOf(head)
	if n := len(x.first); n == 0 || x.first[n-1].doc != first {
		x.first = append(x.first, firstDoc{doc: first})
	}
	f := &x.first[len(x.first)-1]
	if head&hotMark == 0 {
		f.rare += keys
	} else {
		f.hot += keys
		x.hot += keys
	}
	if n := len(x.heads); n > 0 && x.heads[n-1].doc == head {
		x.heads[n-1].keys += keys
	} else {
		x.heads = append(x.heads, headDoc{head, keys})
	}
}

// end calls do with those that are worth a comparison: those with a rare key, and if most of the
// document's keys are hot, of the others those with the most keys, of which nearer ones are
// preferred.
func (x *candidates) end(do func(*candidates) error) error {
	if len(x.first) == 0 {
		return nil
	}
	most := 0
	if x.mostly = 2*x.hot > x.bands; x.mostly {
		most = maxHot
	}
	x.first = chosen(x.first, most)
	err := do(x)
	x.first, x.heads, x.hot = x.first[:0], x.heads[:0], 0
	return err
}

// weak reports whether a document may have what it has in common with the present one by a license
// that both bear: no key that is not hot, or but one though most of the keys are not hot. Edited copies
// with a license that fills no more than five sixths of them have seven of these, more or less, and two
// texts with a license may have one in common by a phrase beside it.
func (x *candidates) weak(f *firstDoc) bool {
	return f.rare == 0 || f.rare == 1 && !x.mostly && x.bands > 0
}

// chosen are the documents with a rare key, and of the others those with the most keys, the
// nearer one of two with as many. It puts them in front.
func chosen(first []firstDoc, most int) []firstDoc {
	n := 0
	for i, f := range first {
		if f.rare > 0 {
			first[i], first[n] = first[n], f
			n++
		}
	}
	for ; most > 0 && n < len(first); most-- {
		best := n
		for i, f := range first[n:] {
			if b := first[best]; f.hot > b.hot || f.hot == b.hot && f.doc > b.doc {
				best = n + i
			}
		}
		first[n], first[best] = first[best], first[n]
		n++
	}
	return first[:n]
}

// keep leaves out the heads of hot keys, or all others.
func (x *candidates) keep(hot bool) {
	x.heads = slices.DeleteFunc(x.heads, func(h headDoc) bool { return (h.doc&hotMark != 0) != hot })
}

// head returns the head of many keys, and of how many: the first one of those that are that of
// half as many as another at least, so that most of a crowd have the same.
func (x *candidates) head() (doc uint64, keys int) {
	for i := range x.heads {
		x.heads[i].doc &^= hotMark
	}
	slices.SortFunc(x.heads, func(a, b headDoc) int { return cmp.Compare(a.doc, b.doc) })
	n, most := 0, 0
	for _, h := range x.heads {
		if n > 0 && x.heads[n-1].doc == h.doc {
			x.heads[n-1].keys += h.keys
		} else {
			x.heads[n] = h
			n++
		}
		most = max(most, x.heads[n-1].keys)
	}
	i := slices.IndexFunc(x.heads[:n], func(h headDoc) bool { return 2*h.keys >= most })
	return x.heads[i].doc, x.heads[i].keys
}
