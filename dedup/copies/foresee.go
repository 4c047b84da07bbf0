package copies

import (
	"context"
	"fmt"
	"iter"
	"math"
	"os"
	"time"

	"reprint/corpus"
	"reprint/dedup/pool"
	"reprint/internal/figures"
	"reprint/internal/spill"
)

// Needs is what a run will take, as a sample tells.
type Needs struct {
	Documents int64
	Bytes     int64 // of text
	Memory    int64 // bytes that will be in use at most
	Temp      int64 // bytes of passing files
	Spare     int64 // bytes for which there is room beside them
	Folder    string
	Seconds   float64
}

const (
	// sampleShare of the input makes the sample, as it is signed twice, within bounds in
	// bytes: from as much as holds a few hundred articles to what one thread signs in a
	// tenth of a second, which sampleTime is.
	sampleShare = 256
	sampleLeast = 512 << 10
	sampleMost  = 8 << 20
	sampleChunk = 64 << 10
	sampleTime  = 100 * time.Millisecond

	// besides is what a document takes in passing files beside its keys and tokens:
	// its record, and its share of pairs, edges and verdicts where every second
	// document has a copy.
	besides = docBytes + textBytes + idBytes + 2 + 100
	// afterSign is what the other stages cost for each second of signing.
	afterSign = .35
	// sortBytes is what a document takes in memory while it is sorted, as long as
	// Options.Memory has room.
	sortBytes = 300
	// baseMemory is in use whatever the size of the collection and Options.Memory.
	baseMemory = 60 << 20
)

// Foresee signs the first documents of a collection and tells from them what a run
// will need. It is a *RoomError if there is less room for passing files. Of a pipe, and
// of a collection whose first record is faulty, nothing can be told: the zero Needs.
func Foresee(c *corpus.Collection, o Options) (Needs, error) {
	o = o.filled()
	n := Needs{Folder: o.Work}
	if n.Folder == "" {
		n.Folder = o.Temp
	}
	if n.Folder == "" {
		n.Folder = os.TempDir()
	}
	size := c.Size()
	if size <= 0 {
		return Needs{}, nil
	}
	s, ok := takeSample(c, &o)
	if !ok {
		return Needs{}, nil
	}
	scale := max(float64(size)/float64(max(s.read, 1)), 1)
	n.Documents, n.Bytes = int64(scale*float64(s.docs)), int64(scale*float64(s.bytes))
	n.Temp = int64(scale * float64(s.docs*besides+(keyBytes+1)*s.keys+unitBytes*s.words))
	n.Memory = min(o.Memory, sortBytes*n.Documents) + baseMemory + n.Documents/4
	n.Seconds = scale * s.seconds * (1 + afterSign)
	err := n.room(o.TempLimit)
	return n, err
}

// sample is what the first documents of a collection are like.
type sample struct {
	read, docs, bytes, words, keys int64
	seconds                        float64 // to read and sign them
}

func takeSample(c *corpus.Collection, o *Options) (s sample, ok bool) {
	w := &work{o: *o, m: o.Method}
	signers := w.signers(c)
	sign := func(worker int, k chunk) (*signedBatch, error) { return signers[worker].batch(k) }
	begun := time.Now()
	for b, err := range pool.Ordered(context.Background(), o.Threads, w.underWay(), sampleChunks(c), chunk.inFlight, sign) {
		if err != nil {
			return s, false
		}
		s.docs += int64(len(b.docs))
		s.bytes += b.bytes
		s.words += b.words
		s.keys += int64(len(b.keys))
		b.release()
	}
	s.read, s.seconds = c.BytesRead(), time.Since(begun).Seconds()
	return s, s.docs > 0
}

// sampleChunks yields the first chunks of a collection.
func sampleChunks(c *corpus.Collection) iter.Seq2[chunk, error] {
	return func(yield func(chunk, error) bool) {
		begun, size := time.Now(), int64(0)
		enough := min(max(c.Size()/sampleShare, sampleLeast), sampleMost)
		for k, err := range chunks(c, 0, len(c.Files()), 0, sampleChunk) {
			if err == nil {
				size += k.Size()
			}
			if !yield(k, err) || size >= enough || time.Since(begun) > sampleTime {
				return
			}
		}
	}
}

// ErrTempLimit is the error of a run whose passing files reach Options.TempLimit, as
// errors.Is tells.
var ErrTempLimit = spill.ErrQuota

// RoomError tells that passing files would not find room.
type RoomError struct {
	Needs Needs
	Room  int64 // bytes that there are
	Limit bool  // they are Options.TempLimit, not what the disk has
}

// Error gives both numbers and the folder in one line.
func (e *RoomError) Error() string {
	bound := "the disk has room for"
	if e.Limit {
		bound = "the limit is"
	}
	return fmt.Sprintf("about %s of passing files will be needed, and %s %s: %s", figures.Size(e.Needs.Temp), bound, figures.Size(e.Room), e.Needs.Folder)
}

// Hint says what to do.
func (e *RoomError) Hint() string {
	if e.Limit {
		return "allow more by --temp-limit, or share the stages between machines: reprint stage"
	}
	return "name a folder with more room by --temp, or share the stages between machines: reprint stage"
}

// room checks that there is room for what is needed, and tells how much beside.
func (n *Needs) room(limit int64) error {
	n.Spare = math.MaxInt64
	if limit > 0 {
		n.Spare = limit - n.Temp
	}
	if n.Spare < 0 {
		return &RoomError{*n, limit, true}
	}
	free, known := freeBytes(n.Folder)
	if known {
		n.Spare = min(n.Spare, free-n.Temp)
	}
	if n.Spare < 0 {
		return &RoomError{*n, free, false}
	}
	return nil
}
