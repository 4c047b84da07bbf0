package lsh

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// No key that was added twice is lost, whatever the size of the table.
func TestTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := NewTwice(rapid.Int64Range(0, 300).Draw(t, "bytes"))
		for k := range uint64(40) {
			table.Add(k)
			table.Add(k)
		}
		if table.Reset(rapid.Int64Range(0, 300).Draw(t, "bytes of the next")); table.Has(7) {
			t.Fatal("a key is left")
		}
		seen := map[uint64]int{}
		var keys []uint64
		for _, k := range rapid.SliceOf(rapid.Uint64Range(0, 40)).Draw(t, "keys") {
			k *= 0x9e3779b97f4a7c15
			keys = append(keys, k)
			seen[k]++
		}
		half := len(keys) / 2
		for _, k := range keys[:half] {
			table.Add(k)
		}
		table.AddAll(keys[half:])
		for i, has := range table.HasAll(nil, keys) {
			if has != table.Has(keys[i]) {
				t.Fatalf("key %d: %v among all", keys[i], has)
			}
		}
		for k, n := range seen {
			if n > 1 && !table.Has(k) {
				t.Fatalf("key %d was added %d times", k, n)
			}
		}
	})
}

// In a table with room few keys pass that were added once, and none that were
// not.
func TestTwiceParts(t *testing.T) {
	const n = 100_000
	table := NewTwice(1 << 19) // 2 M slots
	key := func(i uint64) uint64 { return (i + 1) * 0x9e3779b97f4a7c15 }
	for i := range uint64(n) {
		table.Add(key(i))
	}
	passed := 0
	for i := range uint64(n) {
		if table.Has(key(i)) {
			passed++
		}
	}
	if passed > n/10 {
		t.Errorf("%d of %d keys pass", passed, n)
	}
}

func TestTwiceBounds(t *testing.T) {
	for size, words := range map[int64]int{-1: 1, 0: 1, 15: 1, 16: 2, 1 << 20: 1 << 17, 3 << 20: 1 << 18} {
		if got := len(NewTwice(size).words); got != words {
			t.Errorf("%d bytes: %d words, want %d", size, got, words)
		}
	}
}

// AddAll does what Add does for one key after the other.
func TestTwiceAddAll(t *testing.T) {
	one, all := NewTwice(1<<12), NewTwice(1<<12)
	var keys []uint64
	for i := range uint64(5000) {
		keys = append(keys, (i%3000+1)*0x9e3779b97f4a7c15)
		one.Add(keys[i])
	}
	all.AddAll(keys)
	if !slices.Equal(one.words, all.words) {
		t.Error("the tables differ")
	}
}
