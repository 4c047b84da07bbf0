package spill

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/short"
)

// collect adds the records to a sorter of the given memory and reads them back.
func collect(t testing.TB, o Options, size int, recs [][]byte) [][]byte {
	t.Helper()
	s := NewSorter(o, size)
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, r := range recs {
		if err := s.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if s.Len() != int64(len(recs)) {
		t.Fatalf("Len is %d after %d records", s.Len(), len(recs))
	}
	return drain(t, s)
}

func drain(t rapid.TB, s *Sorter) [][]byte {
	t.Helper()
	var out [][]byte
	for rec, err := range s.Sorted() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, bytes.Clone(rec))
	}
	return out
}

func sorted(recs [][]byte) [][]byte {
	want := slices.Clone(recs)
	slices.SortFunc(want, bytes.Compare)
	return want
}

func equal(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }

// TestSorterOracle compares with slices.SortFunc, for records of any size and any
// amount of memory, from one record up.
func TestSorterOracle(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, maxRecord).Draw(t, "size")
		alphabet := rapid.IntRange(1, 256).Draw(t, "alphabet") // few: long common prefixes, many equal records
		n := rapid.IntRange(0, 600).Draw(t, "records")
		memory := rapid.Int64Range(1, 64*600).Draw(t, "memory")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		recs := make([][]byte, n)
		for i := range recs {
			recs[i] = make([]byte, size)
			for j := range recs[i] {
				recs[i][j] = byte(rng.IntN(alphabet))
			}
		}
		s := NewSorter(Options{Dir: dir, Memory: memory}, size)
		defer s.Close()
		for _, r := range recs {
			if err := s.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		var got [][]byte
		for rec, err := range s.Sorted() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, bytes.Clone(rec))
		}
		if !equal(got, sorted(recs)) {
			t.Fatalf("%d records of %d bytes in %d bytes of memory: wrong order", n, size, memory)
		}
	})
	wantEmpty(t, dir)
}

// together runs every task in a goroutine of its own.
func together(tasks ...func()) {
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(task)
	}
	wg.Wait()
}

// shaped gives a test records that a radix sort finds hard, and how they are sorted.
func shaped(t *testing.T, n int, test func(t *testing.T, recs, want [][]byte)) {
	t.Helper()
	for name, key := range map[string]func(i int) uint64{
		"ascending":     func(i int) uint64 { return uint64(i) },
		"descending":    func(i int) uint64 { return uint64(n - i) },
		"equal":         func(int) uint64 { return 7 },
		"one differs":   func(i int) uint64 { return uint64(i / (n - 1)) },
		"powers of two": func(i int) uint64 { return 1 << (i % 64) },
		"low bits":      func(i int) uint64 { return 0xABCD<<48 | uint64(i*7919%n) },
		"high bits":     func(i int) uint64 { return uint64(i*7919%n) << 48 },
		"zipf": func(i int) uint64 {
			if i%3 > 0 {
				return 42
			}
			return uint64(i) * 0x9E3779B97F4A7C15
		},
	} {
		t.Run(name, func(t *testing.T) {
			recs := make([][]byte, n)
			for i := range recs {
				recs[i] = binary.BigEndian.AppendUint64(nil, key(i))
				recs[i] = binary.BigEndian.AppendUint32(recs[i], uint32(i*31%n))
			}
			test(t, recs, sorted(recs))
		})
	}
}

// TestSorterShapes sorts what a radix sort finds hard, in memory and with enough
// runs for several passes of merging.
func TestSorterShapes(t *testing.T) {
	short.Alone(t)
	const n = 20_000
	shaped(t, n, func(t *testing.T, recs, want [][]byte) {
		for _, memory := range []int64{0, 16 * n, 16 * n / 10, 16 * n / 150, 16 * n / 500} {
			if got := collect(t, Options{Dir: t.TempDir(), Memory: memory}, 12, recs); !equal(got, want) {
				t.Errorf("%d bytes of memory: wrong order", memory)
			}
		}
	})
}

// TestSorterTogether sorts the same on several goroutines.
func TestSorterTogether(t *testing.T) {
	shaped(t, 20_000, func(t *testing.T, recs, want [][]byte) {
		if got := collect(t, Options{Dir: t.TempDir(), Together: together}, 12, recs); !equal(got, want) {
			t.Error("wrong order")
		}
	})
}

func filled(t testing.TB, o Options, n int) (*Sorter, [][]byte) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	s := NewSorter(o, 16)
	var recs [][]byte
	for range n {
		r := binary.BigEndian.AppendUint64(nil, rng.Uint64N(1000))
		r = binary.BigEndian.AppendUint64(r, rng.Uint64())
		recs = append(recs, r)
		if err := s.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	return s, sorted(recs)
}

func TestSortedAgain(t *testing.T) {
	for _, memory := range []int64{0, 1000} {
		dir := t.TempDir()
		s, want := filled(t, Options{Dir: dir, Memory: memory}, 5000)
		for range s.Sorted() {
			break // leaving early closes the files
		}
		for range 2 {
			if got := drain(t, s); !equal(got, want) {
				t.Errorf("memory %d: wrong order", memory)
			}
		}
		if err := s.Add(make([]byte, 16)); err == nil {
			t.Error("Add after Sorted: no error")
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		wantEmpty(t, dir)
	}
}

// TestSorterBounds pins that a long sort keeps neither its records in memory nor
// its files open.
func TestSorterBounds(t *testing.T) {
	s, _ := filled(t, Options{Dir: t.TempDir(), Memory: 256}, 2000) // 125 runs
	defer s.Close()
	if got := s.table.(*grid[[2]uint64]); cap(got.recs) > 16 {
		t.Errorf("buffer of %d records in 256 bytes", cap(got.recs))
	}
	if runtime.GOOS == "linux" {
		if n := openFiles(t); n > 0 {
			t.Errorf("%d runs are open while records are added", n)
		}
	}
	drain(t, s)
	if len(s.runs) > fanIn {
		t.Errorf("%d runs merged at once", len(s.runs))
	}
}

// TestRunFile pins the bytes of the format.
func TestRunFile(t *testing.T) {
	w, err := newRunWriter(Options{Dir: t.TempDir()}, 5, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"apple", "berry", "hello"} {
		rec, err := w.next()
		if err != nil {
			t.Fatal(err)
		}
		copy(rec, word)
	}
	r, err := w.close()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(r.name)
	if err != nil {
		t.Fatal(err)
	}
	want := "rpspil" + "\x00\x01" + "runs" + "\x00\x00\x00\x05" +
		"\x00\x00\x00\x0a" + "\x88\xa2\xb1\x00" + "appleberry" +
		"\x00\x00\x00\x05" + "\x8c\x68\x03\x84" + "hello"
	if string(got) != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func wantEmpty(t testing.TB, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		t.Errorf("left behind: %s", f.Name())
	}
}

func Example() {
	s := NewSorter(Options{}, 4)
	defer s.Close()
	for _, word := range []string{"news", "copy", "wire", "desk"} {
		if err := s.Add([]byte(word)); err != nil {
			fmt.Println(err)
		}
	}
	for rec, err := range s.Sorted() {
		fmt.Println(string(rec), err)
	}
	// Output:
	// copy <nil>
	// desk <nil>
	// news <nil>
	// wire <nil>
}

func BenchmarkSorter(b *testing.B) {
	const n = 1_000_000
	for _, size := range []int{8, 12, 16, 24, 32} {
		for _, memory := range []int64{256 << 20, 4 << 20} {
			b.Run(fmt.Sprintf("size=%d/memory=%dMiB", size, memory>>20), func(b *testing.B) {
				rng := rand.New(rand.NewPCG(1, 2))
				data := make([]byte, n*size)
				for i := range data {
					data[i] = byte(rng.Uint32())
				}
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					s := NewSorter(Options{Dir: b.TempDir(), Memory: memory}, size)
					for i := 0; i < len(data); i += size {
						if err := s.Add(data[i : i+size]); err != nil {
							b.Fatal(err)
						}
					}
					for _, err := range s.Sorted() {
						if err != nil {
							b.Fatal(err)
						}
					}
					s.Close()
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrec/s")
			})
		}
	}
}

// A record that is added may lie on the caller's stack.
func TestAddAllocates(t *testing.T) {
	s := NewSorter(Options{Dir: t.TempDir()}, 16)
	defer s.Close()
	add := func() {
		rec := binary.BigEndian.AppendUint64(make([]byte, 0, 16), 1)
		if err := s.Add(binary.BigEndian.AppendUint64(rec, 2)); err != nil {
			t.Fatal(err)
		}
	}
	for range 5000 {
		add()
	}
	if err := s.Reset(); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(1000, add); n > 0 {
		t.Errorf("%v allocations for a record", n)
	}
}

// A sorter that was reset sorts anew, whether it had put anything on disk or not.
func TestReset(t *testing.T) {
	dir := t.TempDir()
	q := NewQuota(0)
	s := NewSorter(Options{Dir: dir, Memory: 4 << 10, Quota: q}, 8)
	defer s.Close()
	for _, n := range []int{10, 3000, 20} {
		if err := s.Reset(); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if err := s.Add(binary.BigEndian.AppendUint64(nil, uint64(n-i))); err != nil {
				t.Fatal(err)
			}
		}
		want := uint64(0)
		for rec, err := range s.Sorted() {
			if want++; err != nil || binary.BigEndian.Uint64(rec) != want {
				t.Fatalf("%x, want %x: %v", rec, want, err)
			}
		}
		if int(want) != n || s.Len() != int64(n) {
			t.Errorf("%d records, want %d", want, n)
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) > 0 || q.used.Load() != 0 || q.Most() < 3000*8 {
		t.Errorf("%d files are left, %d bytes counted, %d at most: %v", len(list), q.used.Load(), q.Most(), err)
	}
}

// TestLeastOracle compares with the first of all records in order, for any number that is
// asked for and any amount of memory; Each gives the same ones.
func TestLeastOracle(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 120).Draw(t, "most")
		alphabet := rapid.IntRange(1, 256).Draw(t, "alphabet")
		o := Options{Dir: dir, Memory: rapid.Int64Range(1, 8*400).Draw(t, "memory")}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		recs := make([][]byte, rapid.IntRange(0, 600).Draw(t, "records"))
		s := NewLeast(o, 3, most)
		defer s.Close()
		for i := range recs {
			recs[i] = []byte{byte(rng.IntN(alphabet)), byte(rng.IntN(alphabet)), byte(rng.IntN(alphabet))}
			if err := s.Add(recs[i]); err != nil {
				t.Fatal(err)
			}
		}
		want := sorted(recs)
		want = want[:min(most, len(want))]
		var got [][]byte
		for rec, err := range s.Sorted() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, bytes.Clone(rec))
		}
		if !equal(got, want) {
			t.Fatalf("%d records, want %d: the least %d of %d", len(got), len(want), most, len(recs))
		}
	})
}

// TestLeastKeepsLittle: what is not asked for takes neither memory nor a file.
func TestLeastKeepsLittle(t *testing.T) {
	dir := t.TempDir()
	s := NewLeast(Options{Dir: dir, Memory: 1 << 20}, 8, 1000)
	defer s.Close()
	for i := range uint64(1_000_000) {
		if err := s.Add(binary.BigEndian.AppendUint64(nil, i*0x9e3779b97f4a7c15)); err != nil {
			t.Fatal(err)
		}
		if s.table.len() > 2000 {
			t.Fatalf("%d records are kept", s.table.len())
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	if n := len(drain(t, s)); n != 1000 {
		t.Errorf("%d records", n)
	}
}
