package reuse

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// Derived is memory for what comparisons find out about one document alone:
// where its runs of words stand, which of its words are quoted, what its
// sentences are compared by. A document that is compared often, and whose field
// Derived points to one, is looked through once; what is left to do for a pair
// then grows with the shorter one of two. The zero value is ready. It belongs to
// the document that it was first used with, until Clear, and any number of
// goroutines may compare that document at a time.
type Derived struct {
	quoted  []bool // by token: part of a quotation
	own     int    // words outside furniture
	title   int    // words of the headline with which it begins
	gram    []uint64
	index   index
	profile profile
	times   times
	english bool   // what it was heard to be
	version uint64 // how often it was cleared

	known, indexed, profiled, timed, heard atomic.Bool
	making                                 sync.Mutex
}

// once has a part of v made, and noted in done, unless it is there.
func (v *Derived) once(done *atomic.Bool, make func()) {
	if done.Load() {
		return
	}
	v.making.Lock()
	defer v.making.Unlock()
	if !done.Load() {
		make()
		done.Store(true)
	}
}

// Clear forgets the document, and keeps the memory for the next one. It is to
// be called when the document or its mask changes, while nobody compares it.
func (v *Derived) Clear() {
	for _, done := range []*atomic.Bool{&v.known, &v.indexed, &v.profiled, &v.timed, &v.heard} {
		done.Store(false)
	}
	v.version++
}

// Bytes is how much memory v holds. Nobody may compare the document meanwhile.
func (v *Derived) Bytes() int64 {
	x, p, i := &v.index, &v.profile, &v.profile.index
	return held(v.quoted) + held(v.gram) + held(x.next) + held(x.slot) + held(x.many) + held(x.may) +
		held(p.own) + held(p.mass) + held(p.low) + held(p.whole) + held(p.small) + held(p.rare) + held(p.spread) + held(p.words) + held(p.from) + held(p.slab) +
		held(p.numbers) + held(p.byValue) + held(p.numFrom) + held(i.stem) + held(i.at) + held(i.from)
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
	v.once(&v.known, func() {
		v.quoted = quotations(v.quoted, &d.Text)
		v.own, v.title = d.Own(), d.title()
		v.gram = grams(v.gram[:0], d)
	})
	return v
}

// indexOf returns the index of d, which is kept.
func (v *Derived) indexOf(d *Document) *index {
	v.once(&v.indexed, func() { v.index.build(d, v.gram) })
	return &v.index
}

// lookup is what is looked up in a left document, for as long as it is the left
// one.
type lookup struct {
	of              *Derived
	version         uint64
	index           index
	places          places
	indexed, placed bool
}

// turnTo has l be about the document of v.
func (l *lookup) turnTo(v *Derived) {
	if l.of != v || l.version != v.version {
		l.of, l.version, l.indexed, l.placed = v, v.version, false, false
	}
}

// leftIndex returns the index of the left document.
func (x *Aligner) leftIndex() *index {
	if x.da.indexed.Load() {
		return &x.da.index
	}
	if l := &x.lookup; !l.indexed {
		l.index.build(x.a, x.da.gram)
		l.indexed = true
	}
	return &x.lookup.index
}

// placesOf returns the places of the rare words of the left document.
func (x *Aligner) placesOf(rarity []uint8) *places {
	if l := &x.lookup; !l.placed {
		l.places.build(x.a, rarity)
		l.placed = true
	}
	return &x.lookup.places
}

// profileOf returns the profile of d, made in z.
func (v *Derived) profileOf(d *Document, z *wordScratch) *profile {
	v.once(&v.profiled, func() { v.profile.fill(d, z) })
	return &v.profile
}
