// Package short says what a test leaves out in a short run. A short run is the one under
// the race detector, which costs ten times the time and sees nothing but what several
// goroutines do, and whether unsafe pointers are used well: whatever else a test holds is
// held by the run that is not short.
package short

import "testing"

// Alone leaves out a test that has one goroutine. Where its package has unsafe pointers
// other tests use them.
func Alone(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("one goroutine, nothing for the race detector")
	}
}

// Size returns how much of something a test takes. The smaller size has to take the same
// way through the code: as many threads, files where there are files, several chunks.
func Size(whole, short int) int {
	if testing.Short() {
		return short
	}
	return whole
}
