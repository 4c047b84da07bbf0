package reuse

import "unsafe"

// Derived is memory for what comparisons find out about one document alone:
// where its runs of words stand, which of its words are quoted, what its
// sentences are compared by. A document that is compared often, and whose field
// Derived points to one, is looked through once; what is left to do for a pair
// then grows with the shorter one of two. The zero value is ready. It belongs to
// the document that it was first used with, until Clear, and to one goroutine
// at a time.
type Derived struct {
	quoted  []bool // by token: part of a quotation
	own     int    // words outside furniture
	gram    []uint64
	index   index
	profile profile
	places  places
	times   times

	known, indexed, profiled, placed, timed bool
}

// Clear forgets the document, and keeps the memory for the next one. It is to
// be called when the document or its mask changes.
func (v *Derived) Clear() {
	v.known, v.indexed, v.profiled, v.placed, v.timed = false, false, false, false, false
}

// Bytes is how much memory v holds.
func (v *Derived) Bytes() int64 {
	x, p, w, i := &v.index, &v.profile, &v.places, &v.profile.index
	return held(v.quoted) + held(v.gram) + held(x.next) + held(x.slot) + held(x.many) + held(x.may) +
		held(p.own) + held(p.mass) + held(p.words) + held(p.stems) + held(p.from) +
		held(p.numbers) + held(p.byValue) + held(p.numFrom) +
		held(i.stem) + held(i.at) + held(i.all) + held(i.anchors) + held(i.rare) + held(i.told) +
		held(i.from) + held(i.figures) + held(i.other) + held(i.count) +
		held(w.stem) + held(w.first) + held(w.next) + held(w.n)
}

// held is the memory of a slice.
func held[T any](s []T) int64 {
	var t T
	return int64(cap(s)) * int64(unsafe.Sizeof(t))
}

// derived returns what is known of d: its own Derived, or v, cleared.
func (d *Document) derived(v *Derived) *Derived {
	if d.Derived != nil {
		v = d.Derived
	} else {
		v.Clear()
	}
	if !v.known {
		v.quoted = quotations(v.quoted, &d.Text)
		v.own = d.Own()
		v.gram = grams(v.gram[:0], d)
		v.known = true
	}
	return v
}

// indexOf returns the index of d.
func (v *Derived) indexOf(d *Document) *index {
	if !v.indexed {
		v.index.build(d, v.gram)
		v.indexed = true
	}
	return &v.index
}

// placesOf returns the places of the rare words of d.
func (v *Derived) placesOf(d *Document, rarity []uint8) *places {
	if !v.placed {
		v.places.build(d, rarity)
		v.placed = true
	}
	return &v.places
}

// profileOf returns the profile of d.
func (v *Derived) profileOf(d *Document) *profile {
	if !v.profiled {
		v.profile.fill(d)
		v.profiled = true
	}
	return &v.profile
}
