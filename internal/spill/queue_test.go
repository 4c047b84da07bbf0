package spill

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A queue hands out what a sorted list of what is in it would, however little fits into
// memory.
func TestQueue(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		quota := NewQuota(0)
		q := NewQueue(Options{Dir: dir, Memory: rapid.SampledFrom([]int64{1, 64, 400, 1 << 20}).Draw(t, "memory"), Quota: quota}, 9)
		defer q.Close()
		var want []uint64
		var rec [9]byte
		for range rapid.IntRange(0, 1000).Draw(t, "steps") {
			if rng.IntN(5) < 3 {
				n := rng.Uint64N(1000)
				binary.BigEndian.PutUint64(rec[:], n)
				if err := q.Add(rec[:]); err != nil {
					t.Fatal(err)
				}
				at, _ := slices.BinarySearch(want, n)
				want = slices.Insert(want, at, n)
				continue
			}
			top, ok := q.Top()
			if ok != (len(want) > 0) || ok && binary.BigEndian.Uint64(top) != want[0] {
				t.Fatalf("%x %v, want %v", top, ok, want)
			}
			if err := q.Next(); err != nil {
				t.Fatal(err)
			}
			want = want[min(1, len(want)):]
		}
		for _, n := range want {
			if top, ok := q.Top(); !ok || binary.BigEndian.Uint64(top) != n {
				t.Fatalf("%x %v, want %d", top, ok, n)
			}
			if err := q.Next(); err != nil {
				t.Fatal(err)
			}
		}
		if top, ok := q.Top(); ok {
			t.Fatalf("%x is left", top)
		}
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
		if used := quota.used.Load(); used != 0 {
			t.Fatalf("%d bytes are still counted", used)
		}
	})
	if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
		t.Errorf("%d files are left, %v", len(list), err)
	}
}

// A size that cannot be is an error of Add.
func TestQueueSizes(t *testing.T) {
	for _, size := range []int{-1, 0, maxRecord + 1, 8} {
		if NewQueue(Options{}, size).Add(make([]byte, 9)) == nil {
			t.Errorf("%d bytes: no error", size)
		}
	}
}

func BenchmarkQueue(b *testing.B) {
	q := NewQueue(Options{Dir: b.TempDir()}, 33)
	defer q.Close()
	rng := rand.New(rand.NewPCG(1, 1))
	rec := make([]byte, 33)
	for range 100_000 {
		binary.BigEndian.PutUint64(rec, rng.Uint64())
		if err := q.Add(rec); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		binary.BigEndian.PutUint64(rec, rng.Uint64())
		if err := q.Add(rec); err != nil {
			b.Fatal(err)
		}
		if err := q.Next(); err != nil {
			b.Fatal(err)
		}
	}
}
