package copies

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"iter"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/pool"
	"reprint/internal/spill"
)

// Parts of the blocks in a sign file. Blocks of keys have the highest byte of their
// keys for a part.
const (
	keyParts  = 256
	docsPart  = 256 // records of documents, see docRecord
	tokenPart = 257 // token store; the tag is the first document of the block
)

const (
	// batchBytes of text make a task and a block of the token store: enough to
	// hide what handing it over costs, few enough to keep all workers busy.
	batchBytes = 256 << 10

	// shardBytes of text make a file: what is lost when a run is killed, and what
	// a resumed one has to do again.
	shardBytes = 1 << 30

	// keyBlock is the size of a block of keys. 256 of them are being filled.
	keyBlock = 24 << 10

	// keyBytes is the size of a record of keys: the key (8), the document's
	// number in the shard (4).
	keyBytes = 12
)

// shard names a file of the sign stage.
func shard(p Part, n int) string { return fmt.Sprintf("sign-%v.%05d", p, n) }

// sign reads a part of the collection, and leaves of every document a record, its
// tokens and the keys of its signature. Shards that are there are passed over.
func (w *work) sign(ctx context.Context, c *corpus.Collection, p Part, tell *dedup.Teller) error {
	next, skip, finished, err := w.signed(p)
	if err != nil || finished {
		return err
	}
	tell.Stage("sign", "B", c.Size())
	signers := make([]signer, w.o.Threads)
	for i := range signers {
		signers[i].prepare(w, c.Files())
	}
	work := func(worker int, batch []*corpus.Document) (*signedBatch, error) {
		return signers[worker].batch(batch), nil
	}
	size := func(d *corpus.Document) int64 { return int64(len(d.Text)) + 512 }
	from, to := p.span(len(c.Files()))
	docs := rest(c.Texts(from, to), skip)
	s := shardWriter{w: w, part: p, next: next}
	defer s.abort()
	for b, err := range pool.Ordered(ctx, w.o.Threads, w.o.Memory/8, pool.Batches(docs, batchBytes, size), pool.Sum(size), work) {
		if err == nil {
			err = s.add(b)
		}
		if err != nil {
			return err
		}
		tell.At(c.BytesRead())
	}
	return s.finish(true)
}

// signed tells which shards of a part are there: the number of the next one, the
// documents in them, and whether the part is finished.
func (w *work) signed(p Part) (next int, docs int64, finished bool, err error) {
	for ; !finished; next++ {
		f, n, err := w.open(shard(p, next), "sign")
		if err != nil {
			break
		}
		docs += n.Docs
		finished = n.Last
		if err := f.Close(); err != nil {
			return 0, 0, false, err
		}
	}
	return next, docs, finished, nil
}

// rest leaves out the first n documents.
func rest(docs iter.Seq2[*corpus.Document, error], n int64) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		for d, err := range docs {
			if err == nil && n > 0 {
				n--
				continue
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// shardWriter writes the files of one part.
type shardWriter struct {
	w    *work
	part Part
	next int // number of the shard
	out  *spill.BlockWriter
	note note
	keys [keyParts][]byte
	docs []byte
}

// add writes what a worker made of a batch.
func (s *shardWriter) add(b *signedBatch) (err error) {
	if s.note.Bytes >= s.w.o.shard() || s.note.Docs+int64(b.docs) > maxShardDocs {
		if err := s.finish(false); err != nil {
			return err
		}
	}
	if s.out == nil {
		if s.out, err = s.w.create(shard(s.part, s.next), "sign"); err != nil {
			return err
		}
	}
	first := uint32(s.note.Docs)
	if err := s.out.Write(tokenPart, uint64(first), b.tokens); err != nil {
		return err
	}
	if s.docs = append(s.docs, b.records...); len(s.docs) >= keyBlock {
		if err := s.flushDocs(); err != nil {
			return err
		}
	}
	for i, n := range b.keyed {
		doc := first + uint32(i)
		for _, key := range b.keys[:n] {
			if err := s.key(key, doc); err != nil {
				return err
			}
		}
		b.keys = b.keys[n:]
	}
	s.note.Docs += int64(b.docs)
	s.note.Bytes += b.bytes
	s.note.Words += b.words
	s.note.Empty += b.empty
	return nil
}

// maxShardDocs keeps the numbers of a shard's documents within 32 bits.
const maxShardDocs = 1 << 30

func (s *shardWriter) key(key uint64, doc uint32) error {
	p := key >> 56
	buf := s.keys[p]
	if len(buf)+keyBytes > cap(buf) {
		if buf == nil {
			buf = make([]byte, 0, keyBlock)
		} else if err := s.out.Write(uint32(p), 0, buf); err != nil {
			return err
		}
		buf = buf[:0]
	}
	buf = binary.BigEndian.AppendUint64(buf, key)
	s.keys[p] = binary.BigEndian.AppendUint32(buf, doc)
	return nil
}

func (s *shardWriter) flushDocs() error {
	err := s.out.Write(docsPart, 0, s.docs)
	s.docs = s.docs[:0]
	return err
}

// finish closes the shard; last says that it is the part's last one, which is
// written even if it is empty.
func (s *shardWriter) finish(last bool) (err error) {
	if s.out == nil && last {
		if s.out, err = s.w.create(shard(s.part, s.next), "sign"); err != nil {
			return err
		}
	}
	if s.out == nil {
		return nil
	}
	if len(s.docs) > 0 {
		if err := s.flushDocs(); err != nil {
			return err
		}
	}
	for p := range s.keys {
		if len(s.keys[p]) == 0 {
			continue
		}
		if err := s.out.Write(uint32(p), 0, s.keys[p]); err != nil {
			return err
		}
		s.keys[p] = s.keys[p][:0]
	}
	s.note.Last = last
	s.note.Settings = &settings{s.w.m, s.w.o.Kinds}
	err = s.w.finish(s.out, s.note)
	s.out, s.note = nil, note{}
	s.next++
	return err
}

func (s *shardWriter) abort() {
	if s.out != nil {
		s.out.Abort()
	}
}

// shards opens the sign files one after the other, each with the number of its
// first document. The file is closed when the next one is asked for.
func (w *work) shards() iter.Seq2[openShard, error] {
	return func(yield func(openShard, error) bool) {
		names, err := w.files("sign")
		first := uint64(0)
		for _, name := range names {
			var s openShard
			if s.BlockFile, s.note, err = w.open(name, "sign"); err != nil {
				break
			}
			s.first = first
			first += uint64(s.Docs)
			more := yield(s, nil)
			if err = s.Close(); err != nil || !more {
				break
			}
		}
		if err != nil {
			yield(openShard{}, err)
		}
	}
}

// openShard is a sign file.
type openShard struct {
	*spill.BlockFile
	note
	first uint64
}

var _ io.Closer = openShard{}
