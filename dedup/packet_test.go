package dedup

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"reprint/internal/spill"
)

// Records stay what they are as long as their packet is not freed, whether they lie
// in memory or on disk, and packets are no larger than a task.
func TestPackets(t *testing.T) {
	for _, memory := range []int64{1, 100_000, 64 << 20} {
		store := spill.NewBlobs(spill.Options{Dir: t.TempDir(), Memory: memory})
		var want [][]byte
		for i := range 3000 {
			b := fmt.Appendf(nil, "%d %s", i, strings.Repeat("x", i*i%997))
			if i == 1500 {
				b = bytes.Repeat([]byte("long"), batchBytes)
			}
			want = append(want, b)
			if _, err := store.Append(b); err != nil {
				t.Fatal(err)
			}
		}
		for round := range 2 {
			var all []*packet
			n := uint64(0)
			for p, err := range packets(store) {
				if err != nil {
					t.Fatal(err)
				}
				longest := 0
				for _, b := range p.list {
					longest = max(longest, len(b))
				}
				if len(p.list) > 1 && p.total > batchBytes || p.size() != p.total+int64(decodedBytes*longest) {
					t.Errorf("memory %d, round %d: %d bytes in a packet, size %d", memory, round, p.total, p.size())
				}
				all = append(all, p)
			}
			for _, p := range all {
				for doc, b := range p.records() {
					if doc != n || !bytes.Equal(b, want[n]) {
						t.Fatalf("memory %d, round %d: record %d is not what was stored", memory, round, doc)
					}
					n++
				}
			}
			if n != uint64(len(want)) {
				t.Errorf("memory %d, round %d: %d records", memory, round, n)
			}
			for _, p := range slices.Backward(all) {
				p.free()
			}
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
}
