// Package wide makes large slices in memory that the system may keep in wide pages.
//
// Memory that was never used takes a fault for every page that is touched first, and a
// place that is looked for all over a large table an entry in the processor's table of
// pages. Pages of 4 KiB are too many for both: of a collection of 52 MB, half of the
// system's time went with the first, and an eighth of all time waiting for the second.
package wide

import (
	"strings"
	"unsafe"
)

const (
	// page is the size of a wide page on the usual processors.
	page = 2 << 20

	// least is how many bytes are worth it. What is cut off so that a slice begins
	// where a page does is never touched.
	least = 2 * page
)

// Make returns a slice of n zero values, which must be of a type without pointers, as
// make does. Of some MiB or more it begins where a wide page does, and the system is asked
// for these; elsewhere than on Linux it is not.
func Make[T any](n int) []T {
	s := Room[T](n)
	if isWide[T](n) {
		clear(s)
	}
	return s
}

// Room is Make for who writes every value before it is read: what stands in the slice at
// first is not told. Make clears it when the wide pages are there; make would do so before
// they are asked for, and so touch all of it in small ones, whenever a part of the memory
// has been in use.
func Room[T any](n int) []T {
	if !isWide[T](n) {
		return make([]T, n)
	}
	size := n * int(unsafe.Sizeof(*new(T)))
	var b strings.Builder // the one way to memory that is not cleared
	b.Grow(size + page)
	b.WriteByte(0)
	at := unsafe.Pointer(unsafe.StringData(b.String()))
	at = unsafe.Add(at, -uintptr(at)&(page-1))
	advise(unsafe.Slice((*byte)(at), size))
	return unsafe.Slice((*T)(at), n)
}

// isWide reports whether n values are worth wide pages.
func isWide[T any](n int) bool {
	size := int(unsafe.Sizeof(*new(T)))
	return size > 0 && n >= least/size
}
