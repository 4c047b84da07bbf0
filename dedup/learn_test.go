package dedup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"reprint/corpus"
	"reprint/internal/short"
)

// archiveFile writes articles of a few papers, each with some of its paper's
// furniture, until the file has the given size.
func archiveFile(t *testing.T, size int) *corpus.Collection {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.jsonl")
	f, err := os.Create(path)
	check(t, err)
	p := newPress(7)
	for n, written := 0, 0; written < size; n++ {
		paper, day := n%5, n/40
		line, err := fmt.Fprintf(f, `{"id":"%d","source":"paper%d.example","published":"20%02d-%02d-%02d","text":"%s Unser Blatt %d dankt allen Lesern sehr herzlich. %s"}`+"\n",
			n, paper, day/336%80, day/28%12+1, day%28+1, p.Sentence(200), paper, p.Sentence(100))
		check(t, err)
		written += line
	}
	check(t, f.Close())
	return open(t, path)
}

// peak learns an archive and returns the most memory that was in use whenever
// it told of its progress.
func peak(t *testing.T, c *corpus.Collection, memory int64) (most uint64, patterns int) {
	t.Helper()
	o := Options{Memory: memory, Threads: 1, Temp: t.TempDir()}.filled()
	o.Progress = func(Progress) {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	}
	f, _, err := learnAll(context.Background(), c, o)
	check(t, err)
	return most, len(f.Patterns)
}

// Learning an archive ten times as large as its memory takes no more memory than
// learning one that is hardly larger than it.
func TestLearnMemory(t *testing.T) {
	short.Alone(t)
	const memory = 1 << 20
	peak(t, archiveFile(t, memory), memory) // tables that stay are made
	small, few := peak(t, archiveFile(t, 2*memory), memory)
	large, many := peak(t, archiveFile(t, 10*memory), memory)
	t.Logf("%d KiB, then %d KiB", small>>10, large>>10)
	// What was taken for the larger one beside what was taken for the smaller
	// one has 8 MiB of text, whose words alone would take twice as much. How far
	// a batch has come when memory is looked at makes up a MiB or so.
	if large > small+3*memory {
		t.Errorf("%d bytes for ten times the memory, %d for twice", large, small)
	}
	if few < 5 || many < 5 {
		t.Errorf("%d and %d patterns of 5 papers", few, many)
	}
}
