package spill

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/short"
)

// TestBlobsOracle compares with a slice of slices, for any sizes and any memory.
func TestBlobsOracle(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(0, 3*appendBytes)), 0, 25).Draw(t, "sizes")
		s := NewBlobs(Options{Dir: dir, Memory: rapid.Int64Range(1, 4*appendBytes).Draw(t, "memory")})
		defer s.Close()
		want := make([][]byte, len(sizes))
		var total int64
		for i, size := range sizes {
			want[i] = bytes.Repeat([]byte{byte(i), byte(size)}, size)[:size]
			total += int64(size)
			n, err := s.Append(want[i])
			if n != int64(i) || err != nil {
				t.Fatalf("record %d has number %d, error %v", i, n, err)
			}
			back := rapid.IntRange(0, i).Draw(t, "read back")
			if got, err := s.Get(int64(back), nil); err != nil || !bytes.Equal(got, want[back]) {
				t.Fatalf("record %d after %d is wrong: %v", back, i, err)
			}
		}
		if s.Len() != int64(len(want)) || s.Size() != total {
			t.Fatalf("Len %d, Size %d; want %d, %d", s.Len(), s.Size(), len(want), total)
		}
		i := 0
		for got, err := range s.All() {
			if err != nil || !bytes.Equal(got, want[i]) {
				t.Fatalf("record %d of all is wrong: %v", i, err)
			}
			i++
		}
		if i != len(want) {
			t.Fatalf("All gives %d of %d records", i, len(want))
		}
	})
	wantEmpty(t, dir)
}

// TestBlobsGive: large records are kept as they are while there is room, all others
// are copied, and all come back.
func TestBlobsGive(t *testing.T) {
	dir := t.TempDir()
	for _, memory := range []int64{1 << 10, 5 * leastChunk, 1 << 30} {
		s := NewBlobs(Options{Dir: dir, Memory: memory})
		var want [][]byte
		for i, size := range []int{10, 2 * leastChunk, 0, leastChunk, 3 * leastChunk, 7, leastChunk - 1} {
			b := bytes.Repeat([]byte{byte(i + 1)}, size+5)[:size] // with room behind it
			want = append(want, bytes.Clone(b))
			taken, err := s.Give(b)
			if err != nil {
				t.Fatal(err)
			}
			if large := size >= leastChunk; taken && !large || large && memory == 1<<30 && !taken {
				t.Errorf("memory %d: a record of %d bytes taken: %v", memory, size, taken)
			}
			if !taken {
				clear(b)
			}
		}
		for i := range want {
			if got, err := s.Get(int64(i), nil); err != nil || !bytes.Equal(got, want[i]) {
				t.Errorf("memory %d: record %d is wrong: %v", memory, i, err)
			}
		}
		if s.Len() != int64(len(want)) || s.used > max(memory, 1) {
			t.Errorf("memory %d: %d records, %d bytes used", memory, s.Len(), s.used)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if _, err := s.Give(nil); err == nil {
			t.Error("a closed store takes a record")
		}
	}
	wantEmpty(t, dir)
}

func filledBlobs(t testing.TB, dir string, memory int64) (*Blobs, [][]byte) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	s := NewBlobs(Options{Dir: dir, Memory: memory})
	var want [][]byte
	for range 3000 {
		b := make([]byte, rng.IntN(200))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		want = append(want, b)
		if _, err := s.Append(b); err != nil {
			t.Fatal(err)
		}
	}
	return s, want
}

// View gives what Get gives, from memory and from disk, and Kept tells which is which.
func TestBlobsView(t *testing.T) {
	s, want := filledBlobs(t, t.TempDir(), 2000)
	defer s.Close()
	if s.Kept() <= 0 || s.Kept() >= s.Len() {
		t.Fatalf("%d of %d records in memory", s.Kept(), s.Len())
	}
	var buf []byte
	for n := s.Len() - 1; n >= 0; n-- {
		got, err := s.View(n, &buf)
		if err != nil || !bytes.Equal(got, want[n]) {
			t.Fatalf("record %d: %v, %v", n, got, err)
		}
		if n < s.Kept() && len(got) > 0 && &got[0] != &s.kept(n)[0] {
			t.Errorf("record %d in memory was copied", n)
		}
	}
	for _, n := range []int64{-1, s.Len()} {
		if _, err := s.View(n, &buf); err == nil {
			t.Errorf("record %d: no error", n)
		}
	}
	s.Close()
	if _, err := s.View(0, &buf); err == nil {
		t.Error("View after Close: no error")
	}
}

// TestBlobsConcurrent reads from many goroutines at once, as soon as the last
// record is there. The race detector watches.
func TestBlobsConcurrent(t *testing.T) {
	s, want := filledBlobs(t, t.TempDir(), 100_000)
	defer s.Close()
	if len(s.places) == 0 || s.disk == nil {
		t.Fatal("the test needs records in memory and on disk")
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			var buf []byte
			for i := range want {
				n := (i*7 + g*371) % len(want)
				got, err := s.Get(int64(n), buf)
				if err != nil || !bytes.Equal(got, want[n]) {
					t.Errorf("record %d is wrong: %v", n, err)
					return
				}
				buf = got
			}
		})
	}
	wg.Wait()
}

// TestBlobsMemory pins that memory stays within the bound.
func TestBlobsMemory(t *testing.T) {
	const memory = 100_000
	s, _ := filledBlobs(t, t.TempDir(), memory)
	defer s.Close()
	var held int
	for _, c := range s.chunks {
		held += cap(c)
	}
	if held += placeBytes * len(s.places); held > memory || held < memory/2 {
		t.Errorf("%d bytes held with a bound of %d", held, memory)
	}
}

func TestBlobsFaults(t *testing.T) {
	s := NewBlobs(Options{})
	for range s.All() {
		t.Error("empty blobs give a record")
	}
	for _, n := range []int64{-1, 0, 1} {
		if _, err := s.Get(n, nil); err == nil {
			t.Errorf("record %d of none: no error", n)
		}
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if _, err := s.Append(nil); err == nil {
		t.Error("Append after Close: no error")
	}
	if _, err := s.Get(0, nil); err == nil {
		t.Error("Get after Close: no error")
	}
	for _, err := range s.All() {
		if err == nil {
			t.Error("All after Close: a record")
		}
	}
}

// TestBlobsCorrupt flips bits all over both files and cuts them short: what is
// read is right or an error.
func TestBlobsCorrupt(t *testing.T) {
	short.Alone(t)
	s, want := filledBlobs(t, t.TempDir(), 1)
	defer s.Close()
	if _, err := s.Get(0, nil); err != nil { // brings everything to the files
		t.Fatal(err)
	}
	for _, f := range []*os.File{s.disk.blob.f, s.disk.offs.f} {
		good, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for at := headerSize; at < len(good); at += 997 {
			bad := bytes.Clone(good)
			bad[at] ^= 1 << (at % 8)
			rewrite(t, f, bad)
			wantBlobFault(t, s, want)
		}
		rewrite(t, f, good[:len(good)-1])
		wantBlobFault(t, s, want)
		rewrite(t, f, good)
	}
}

func rewrite(t *testing.T, f *os.File, b []byte) {
	t.Helper()
	if err := errors.Join(f.Truncate(int64(len(b))), writeAll(f, b, 0)); err != nil {
		t.Fatal(err)
	}
}

func wantBlobFault(t *testing.T, s *Blobs, want [][]byte) {
	t.Helper()
	faults := 0
	for i := range want {
		got, err := s.Get(int64(i), nil)
		if err != nil && errors.Is(err, ErrCorrupt) {
			faults++
		} else if err != nil || !bytes.Equal(got, want[i]) {
			t.Fatalf("record %d is wrong, error %v", i, err)
		}
	}
	if faults == 0 {
		t.Error("Get: no error")
	}
	i := 0
	for got, err := range s.All() {
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Error(err)
			}
			return
		}
		if !bytes.Equal(got, want[i]) {
			t.Fatalf("All: record %d is wrong and there was no error", i)
		}
		i++
	}
	t.Error("All: no error")
}

// TestBlobFiles pins the bytes of the format.
func TestBlobFiles(t *testing.T) {
	s := NewBlobs(Options{Dir: t.TempDir(), Memory: 1})
	defer s.Close()
	for _, word := range []string{"hello", ""} {
		if _, err := s.Append([]byte(word)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.disk.flush(); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[*os.File]string{
		s.disk.blob.f: "rpspil" + "\x00\x01" + "blob" + "\x00\x00\x00\x00" + "hello" + "\x63\x58\x68\x9d" + "" + "\x7e\x43\x31\x89",
		s.disk.offs.f: "rpspil" + "\x00\x01" + "offs" + "\x00\x00\x00\x08" + "\x00\x00\x00\x00\x00\x00\x00\x10" + "\x00\x00\x00\x00\x00\x00\x00\x19",
	} {
		got, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	}
}

func ExampleBlobs() {
	s := NewBlobs(Options{})
	defer s.Close()
	for _, word := range []string{"one", "fourteen", ""} {
		if _, err := s.Append([]byte(word)); err != nil {
			fmt.Println(err)
		}
	}
	b, err := s.Get(1, nil)
	fmt.Printf("%s %v, %d records, %d bytes\n", b, err, s.Len(), s.Size())
	// Output: fourteen <nil>, 3 records, 11 bytes
}

func BenchmarkBlobs(b *testing.B) {
	rec := make([]byte, 3000)
	for _, memory := range []int64{256 << 20, 1} {
		b.Run(fmt.Sprintf("memory=%d", memory), func(b *testing.B) {
			s := NewBlobs(Options{Dir: b.TempDir(), Memory: memory})
			defer s.Close()
			for range 20_000 {
				if _, err := s.Append(rec); err != nil {
					b.Fatal(err)
				}
			}
			b.Run("Get", func(b *testing.B) {
				var buf []byte
				b.SetBytes(int64(len(rec)))
				for i := int64(0); b.Loop(); i++ {
					var err error
					if buf, err = s.Get(i*7919%s.Len(), buf); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("All", func(b *testing.B) {
				b.SetBytes(s.Size())
				for b.Loop() {
					for _, err := range s.All() {
						if err != nil {
							b.Fatal(err)
						}
					}
				}
			})
		})
	}
}
