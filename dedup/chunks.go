package dedup

import (
	"context"
	"errors"
	"iter"
	"slices"

	"reprint/corpus"
	"reprint/dedup/pool"
)

// chunk is a stretch of a collection on its way through a pass.
type chunk struct {
	*corpus.Chunk
	first int // number of its first document, as the pass before found it
	docs  int // how many it found
}

// size is how much memory the chunk and its documents take, more or less, and what is
// made of a long one.
func (k chunk) size() int64 {
	n := 2 * k.Size()
	if k.Size() > longText {
		n += scratchBytes * k.Size()
	}
	return n
}

// scratchBytes is how much memory a byte of a text of short words takes while they are
// found and encoded. The documents of a chunk do so one after the other.
const scratchBytes = 20

// chunks yields the stretches of a collection, of about batchBytes, which are the same in
// every pass as long as the files are.
func (r *reading) chunks(c *corpus.Collection) iter.Seq2[chunk, error] {
	return func(yield func(chunk, error) bool) {
		sizes, first := r.sizes, 0
		for k, err := range c.Chunks(0, len(c.Files()), batchBytes, false) {
			docs := 0
			if len(sizes) > 0 {
				docs, sizes = int(sizes[0]), sizes[1:]
			}
			if !yield(chunk{k, first, docs}, err) {
				return
			}
			first += docs
		}
	}
}

// worked is what a worker made of a chunk's documents, which have to go on in order.
type worked[T any] struct {
	chunk
	list []T
}

// eachChunk makes a pass over a collection: one of the workers makes something of each
// document of a chunk, which take is given in order. Documents, and what points to
// them, are good until take returns.
func eachChunk[T any](ctx context.Context, r *reading, c *corpus.Collection, work func(worker int, d *corpus.Document) (T, error), take func([]T) error) error {
	return passOver(ctx, r, c, func(reader *corpus.ChunkReader, w int, k chunk) (list []T, err error) {
		docs, err := reader.Documents(k.Chunk, k.first)
		list = make([]T, len(docs))
		for i := 0; i < len(docs) && err == nil; i++ {
			list[i], err = work(w, docs[i])
		}
		return list, err
	}, take)
}

// eachText is eachChunk for who needs no more of a document than ChunkReader.Texts gives, and
// that only in work.
func eachText[T any](ctx context.Context, r *reading, c *corpus.Collection, work func(worker int, d *corpus.Document) T, take func([]T) error) error {
	return passOver(ctx, r, c, func(reader *corpus.ChunkReader, w int, k chunk) (list []T, err error) {
		for d, err := range reader.Texts(k.Chunk) {
			if err != nil {
				return nil, err
			}
			list = append(list, work(w, d))
		}
		return list, nil
	}, take)
}

// passOver has workers read the chunks of a collection, and gives what they made of each to
// take, in order.
func passOver[T any](ctx context.Context, r *reading, c *corpus.Collection, read func(*corpus.ChunkReader, int, chunk) ([]T, error), take func([]T) error) error {
	readers := make([]*corpus.ChunkReader, r.o.Threads)
	for i := range readers {
		readers[i] = c.NewChunkReader()
	}
	all := func(w int, k chunk) (worked[T], error) {
		list, err := read(readers[w], w, k)
		return worked[T]{k, list}, err
	}
	for m, err := range pool.Ordered(ctx, r.o.Threads, r.o.Memory/8, r.chunks(c), chunk.size, all) {
		if err != nil {
			return err
		}
		m.Report()
		if err := take(m.list); err != nil {
			return err
		}
		m.Release()
	}
	return nil
}

// again yields the documents with the given numbers, ascending, of a collection that was
// read. The records of others are only passed over.
func (r *reading) again(ctx context.Context, c *corpus.Collection, numbers []uint64) iter.Seq2[*corpus.Document, error] {
	reader := c.NewChunkReader()
	return func(yield func(*corpus.Document, error) bool) {
		for k, err := range r.chunks(c) {
			if err != nil || ctx.Err() != nil || len(numbers) == 0 {
				if err = errors.Join(err, ctx.Err()); err != nil {
					yield(nil, err)
				}
				return
			}
			some, _ := slices.BinarySearch(numbers, uint64(k.first+k.docs))
			if some > 0 && !k.these(reader, numbers[:some], yield) {
				return
			}
			numbers = numbers[some:]
			k.Release()
		}
	}
}

// these yields the documents of a chunk with the given numbers and reports whether to go on.
func (k chunk) these(reader *corpus.ChunkReader, numbers []uint64, yield func(*corpus.Document, error) bool) bool {
	need := func(n int) bool { _, is := slices.BinarySearch(numbers, uint64(n)); return is }
	docs, err := reader.Records(k.Chunk, k.first, k.docs, need)
	if err != nil {
		return yield(nil, err) && false
	}
	for d := range docs {
		if need(d.Number) && !yield(d, nil) {
			return false
		}
	}
	return true
}
