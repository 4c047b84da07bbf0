package boilerplate

import (
	"testing"

	"reprint/shingle"
)

// A unit is found wherever the search begins before it, as if one after the other was looked at.
func TestSeek(t *testing.T) {
	var units []shingle.Unit
	for at := 0; len(units) < 40; at = units[len(units)-1].To {
		units = append(units, shingle.Unit{From: at, To: at + 1 + len(units)%3})
	}
	for n := 1; n <= len(units); n++ {
		some := units[:n]
		for u := range some {
			for i := some[u].From; i < some[n-1].To+2; i++ {
				want := u
				for want+1 < n && some[want].To <= i {
					want++
				}
				if got := seek(some, u, i); got != want {
					t.Fatalf("token %d of %d units, from unit %d on: %d, want %d", i, n, u, got, want)
				}
			}
		}
	}
}
