package spill

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestNumbers: numbers come back as those of a slice that is sorted, whatever is in memory,
// and are the records that Sorted gives.
func TestNumbers(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.Uint64Range(1, 1<<20).Draw(t, "different numbers")
		memory := rapid.SampledFrom([]int64{1, 100, 8 << 10, 1 << 20}).Draw(t, "memory")
		n := rapid.IntRange(0, min(1<<15, int(2000*memory))).Draw(t, "numbers")
		rng := rand.New(rand.NewPCG(few, uint64(n)))
		s := NewSorter(Options{Dir: dir, Memory: memory}, 8)
		defer s.Close()
		want := make([]uint64, n)
		for i := range want {
			want[i] = rng.Uint64N(few) * 0x9e3779b97f4a7c15
		}
		for list := range slices.Chunk(want, rapid.IntRange(1, 5000).Draw(t, "together")) {
			if err := s.AddNumbers(list); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(want)
		for range 2 {
			if got := numbersOf(t, s); !slices.Equal(got, want) || s.Len() != int64(n) {
				t.Fatalf("%d numbers, Len %d: not the %d that were added, sorted", len(got), s.Len(), n)
			}
		}
		i := 0
		for rec, err := range s.Sorted() {
			if err != nil || binary.BigEndian.Uint64(rec) != want[i] {
				t.Fatalf("record %d: %x, %v", i, rec, err)
			}
			i++
		}
	})
}

// TestAddNumbers: records of several numbers are those that Add takes, also where only the
// least ones are asked for.
func TestAddNumbers(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 4).Draw(t, "numbers of a record")
		o := Options{Dir: dir, Memory: rapid.SampledFrom([]int64{100, 3000, 1 << 20}).Draw(t, "memory")}
		most := rapid.IntRange(0, 60).Draw(t, "asked for")
		of := func() *Sorter {
			if most > 0 {
				return NewLeast(o, 8*width, most)
			}
			return NewSorter(o, 8*width)
		}
		one, many := of(), of()
		defer one.Close()
		defer many.Close()
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		list := make([]uint64, width*rapid.IntRange(0, 500).Draw(t, "records"))
		for i := range list {
			list[i] = rng.Uint64N(20) << 40
		}
		for part := range slices.Chunk(list, width*rapid.IntRange(1, 300).Draw(t, "together")) {
			if err := many.AddNumbers(part); err != nil {
				t.Fatal(err)
			}
		}
		for rec := range slices.Chunk(list, width) {
			var b []byte
			for _, n := range rec {
				b = binary.BigEndian.AppendUint64(b, n)
			}
			if err := one.Add(b); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := drain(t, many), drain(t, one); !equal(got, want) || many.Len() != one.Len() {
			t.Fatalf("%d records, want %d; Len %d, want %d", len(got), len(want), many.Len(), one.Len())
		}
	})
}

// TestNumbersOfRecords: records of several numbers come back whole and in order, whatever is in
// memory.
func TestNumbersOfRecords(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 4).Draw(t, "numbers of a record")
		s := NewSorter(Options{Dir: dir, Memory: rapid.SampledFrom([]int64{3000, 1 << 20}).Draw(t, "memory")}, 8*width)
		defer s.Close()
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		list := make([]uint64, width*rapid.IntRange(0, 3*numbersTogether).Draw(t, "records"))
		for i := range list {
			list[i] = rng.Uint64N(20) << 40
		}
		if err := s.AddNumbers(list); err != nil {
			t.Fatal(err)
		}
		var want []uint64
		for rec, err := range s.Sorted() {
			if err != nil {
				t.Fatal(err)
			}
			for ; len(rec) > 0; rec = rec[8:] {
				want = append(want, binary.BigEndian.Uint64(rec))
			}
		}
		if got := numbersOf(t, s); !slices.Equal(got, want) || len(got) != len(list) {
			t.Fatalf("%d numbers, not the %d that were added, sorted", len(got), len(list))
		}
	})
}

// TestEachNumbers: the records that are asked for come whole, in any order, and Numbers gives
// them in order, also where only the least ones are asked for.
func TestEachNumbers(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		width, most := rapid.IntRange(1, 4).Draw(t, "numbers of a record"), rapid.IntRange(0, 60).Draw(t, "asked for")
		s := NewSorter(Options{Dir: dir, Memory: rapid.SampledFrom([]int64{100, 3000, 1 << 20}).Draw(t, "memory")}, 8*width)
		if most > 0 {
			s = NewLeast(s.o, 8*width, most)
		}
		defer s.Close()
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		var want [][]uint64
		for range rapid.IntRange(0, 300).Draw(t, "records") {
			rec := make([]uint64, width)
			for i := range rec {
				rec[i] = rng.Uint64N(20) << 40
			}
			want = append(want, rec)
			if err := s.AddNumbers(rec); err != nil {
				t.Fatal(err)
			}
		}
		slices.SortFunc(want, slices.Compare)
		if most > 0 {
			want = want[:min(most, len(want))]
		}
		var got [][]uint64
		for list, err := range s.EachNumbers() {
			if err != nil {
				t.Fatal(err)
			}
			for rec := range slices.Chunk(list, width) {
				got = append(got, slices.Clone(rec))
			}
		}
		slices.SortFunc(got, slices.Compare)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("%d records, not the %d that were asked for", len(got), len(want))
		}
		if got := numbersOf(t, s); !slices.Equal(got, slices.Concat(want...)) {
			t.Fatalf("%d numbers of %d records, not in order", len(got), len(want))
		}
	})
}

// TestSortNumbers compares with slices.Sort.
func TestSortNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 9))).Draw(t, "list")
		want := slices.Sorted(slices.Values(list))
		if SortNumbers(list); !slices.Equal(list, want) {
			t.Fatalf("got %d, want %d", list, want)
		}
	})
}

func numbersOf(t rapid.TB, s *Sorter) (got []uint64) {
	for list, err := range s.Numbers() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, list...)
	}
	return got
}

// Who has seen enough gets no more, whether numbers were spilled or not.
func TestNumbersStop(t *testing.T) {
	for _, memory := range []int64{8 << 10, 1 << 20} {
		s := NewSorter(Options{Dir: t.TempDir(), Memory: memory}, 8)
		for i := range uint64(1 << 14) {
			if err := s.AddNumbers([]uint64{i * i}); err != nil {
				t.Fatal(err)
			}
		}
		for list, err := range s.Numbers() {
			if err != nil || list[0] != 0 {
				t.Errorf("%v, %v", list[0], err)
			}
			break
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestNumbersFaults: other records are no numbers, and faults come as errors.
func TestNumbersFaults(t *testing.T) {
	for _, s := range []*Sorter{NewSorter(Options{}, 7), NewSorter(Options{}, 12), NewSorter(Options{}, 0), NewSorter(Options{}, 40)} {
		if err := s.AddNumbers([]uint64{1}); err == nil {
			t.Errorf("numbers among records of %d bytes", s.size)
		}
		for list, err := range s.Numbers() {
			if err == nil {
				t.Errorf("records of %d bytes are numbers: %d", s.size, list)
			}
		}
	}
	s := NewSorter(Options{Dir: t.TempDir(), Memory: 80, Quota: NewQuota(200)}, 8)
	err := s.AddNumbers(make([]uint64, 100))
	if !errors.Is(err, ErrQuota) {
		t.Errorf("more than the quota: %v", err)
	}
	if again := s.AddNumbers(nil); !errors.Is(again, ErrQuota) {
		t.Errorf("after an error: %v", again)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	s = NewSorter(Options{}, 8)
	numbersOf(t, s)
	if err := s.AddNumbers(nil); err == nil {
		t.Error("numbers are added after the end")
	}
}
