// Package wide makes large slices in memory that the system may keep in wide pages.
//
// Memory that was never used takes a fault for every page that is touched first, and a
// place that is looked for all over a large table an entry in the processor's table of
// pages. Pages of 4 KiB are too many for both: of a collection of 52 MB, half of the
// system's time went with the first, and an eighth of all time waiting for the second.
package wide

import "unsafe"

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
	size := int(unsafe.Sizeof(*new(T)))
	if size == 0 || n < least/size || page%size != 0 {
		return make([]T, n)
	}
	s := make([]T, n+page/size)
	at := unsafe.Pointer(unsafe.SliceData(s))
	skip := int(-uintptr(at)&(page-1)) / size
	s = s[skip : skip+n : skip+n]
	advise(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), n*size))
	return s
}
