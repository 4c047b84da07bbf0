package copies

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/pool"
)

const (
	// chunkBytes of the input make a task and a block of the token store: enough to
	// hide what handing it over costs, few enough to stay in a processor's cache.
	chunkBytes = 256 << 10

	// shardBytes of text make a file: what is lost when a run is killed, and what
	// a resumed one has to do again.
	shardBytes = 1 << 30
)

// chunk is a stretch of the input on its way to a worker.
type chunk struct {
	*corpus.Chunk
	known bool // its documents are in a shard that is there
}

// sign reads a part of the collection, and leaves of every document a record, its
// tokens and the keys of its signature. What is in shards that are there is passed over.
func (w *work) sign(ctx context.Context, c *corpus.Collection, p Part, tell *dedup.Teller) error {
	next, known, finished, err := w.signed(p)
	if err != nil || finished {
		return err
	}
	tell.Stage("sign", "B", c.Size())
	signers := w.signers(c)
	work := func(worker int, k chunk) (*signedBatch, error) { return signers[worker].batch(k) }
	from, to := p.span(len(c.Files()))
	s := shardWriter{w: w, part: p, next: next}
	defer s.abort()
	n := int64(0)
	for b, err := range pool.Ordered(ctx, w.o.Threads, w.underWay(), chunks(c, from, to, known, chunkBytes), chunk.inFlight, work) {
		if err != nil {
			return err
		}
		b.chunk.Report()
		if !b.chunk.known {
			n += int64(len(b.docs))
			err = s.add(b)
		}
		b.release()
		if err != nil {
			return err
		}
		tell.At(c.BytesRead())
	}
	if err := s.finish(true); err != nil {
		return err
	}
	tell.Done(n)
	return nil
}

// signers makes a signer for each worker.
func (w *work) signers(c *corpus.Collection) []signer {
	s := make([]signer, w.o.Threads)
	for i := range s {
		s[i].prepare(w, c)
	}
	return s
}

// inFlight is how much memory a chunk and what is made of it take for each byte.
const inFlight = 4

// inFlight is how much memory the chunk and what is made of it take.
func (k chunk) inFlight() int64 { return inFlight * k.Size() }

// chunks yields those of the files [from, to), of about size bytes; the first ones are known.
func chunks(c *corpus.Collection, from, to int, known int64, size int) iter.Seq2[chunk, error] {
	return func(yield func(chunk, error) bool) {
		n := int64(0)
		for k, err := range c.Chunks(from, to, size, true) {
			if !yield(chunk{k, n < known}, err) {
				return
			}
			n++
		}
	}
}

// signed tells which shards of a part are there: the number of the next one, the
// chunks in them, and whether the part is finished.
func (w *work) signed(p Part) (next int, chunks int64, finished bool, err error) {
	for ; !finished; next++ {
		f, n, err := w.open(shard(p, next), "sign")
		if err != nil {
			break
		}
		chunks += n.Chunks
		finished = n.Last
		if err := f.Close(); err != nil {
			return 0, 0, false, err
		}
	}
	return next, chunks, finished, nil
}

// alone refuses a folder in which another run has signed: its shards would be written over,
// and what other machines made of them be of no use.
func (w *work) alone() error {
	list, err := w.list()
	if err != nil {
		return err
	}
	for _, e := range list {
		if !strings.HasPrefix(e.Name(), "sign-") {
			continue
		}
		f, _, err := w.open(e.Name(), "sign")
		if errors.Is(err, errOther) {
			return err
		}
		if err != nil {
			continue // damaged: signed lets it be done again
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

// shard names a file of the sign stage.
func shard(p Part, n int) string { return fmt.Sprintf("sign-%v.%05d", p, n) }
