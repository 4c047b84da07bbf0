package wide

import (
	"runtime"
	"testing"
	"unsafe"

	"reprint/internal/short"
)

// TestMake: slices of any length and type are zero, as long as was asked for, no longer,
// and apart from each other; large ones begin where a page does.
func TestMake(t *testing.T) {
	for _, n := range []int{0, 1, 1000, least / 8, least/8 - 1, least/8 + 1, 3*page/8 + 7, 5 * page}[:short.Size(8, 6)] {
		check(t, n, uint64(7))
		check(t, n, byte(7))
		check(t, n, [2]uint64{7, 7})
		check(t, n, [3]uint64{7, 7, 7}) // of a size that no page is a multiple of
		runtime.GC()
	}
	if got := len(Make[struct{}](5)); got != 5 {
		t.Errorf("%d values without a size", got)
	}
}

// TestRoom: slices are as long as was asked for, and apart from each other.
func TestRoom(t *testing.T) {
	for _, n := range []int{0, 1, least/8 - 1, least / 8, 3*page/8 + 7} {
		a, b := Room[uint64](n), Room[uint64](n)
		if len(a) != n || len(b) != n || cap(a) > max(2*n, 8) {
			t.Fatalf("lengths %d and %d, capacity %d of %d", len(a), len(b), cap(a), n)
		}
		for i := range a {
			a[i], b[i] = uint64(i), ^uint64(i)
		}
		runtime.GC()
		for i := range a {
			if a[i] != uint64(i) || b[i] != ^uint64(i) {
				t.Fatalf("value %d of %d is another slice's", i, n)
			}
		}
	}
}

// TestMakeAgain: memory that was used before is cleared.
func TestMakeAgain(t *testing.T) {
	for range 4 {
		a := Make[uint64](least / 4)
		for i := range a {
			if a[i] != 0 {
				t.Fatalf("value %d is %d", i, a[i])
			}
			a[i] = ^uint64(0)
		}
		a = nil
		runtime.GC()
	}
}

func check[T comparable](t *testing.T, n int, v T) {
	t.Helper()
	var zero T
	a, b := Make[T](n), Make[T](n)
	if len(a) != n || cap(a) > max(2*n, 64) {
		t.Fatalf("%T: length %d, capacity %d of %d", v, len(a), cap(a), n)
	}
	size := int(unsafe.Sizeof(v))
	if n*size >= least && uintptr(unsafe.Pointer(unsafe.SliceData(a)))%page != 0 {
		t.Errorf("%T: %d values begin within a page", v, n)
	}
	for i := range a {
		if a[i] != zero || b[i] != zero {
			t.Fatalf("%T: value %d of %d is not zero", v, i, n)
		}
		a[i] = v
	}
	for i := range b {
		if b[i] != zero {
			t.Fatalf("%T: value %d of %d is another slice's", v, i, n)
		}
	}
}
