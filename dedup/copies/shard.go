package copies

import (
	"encoding/binary"
	"io"
	"iter"

	"reprint/internal/spill"
)

// Parts of the blocks in a sign file. Blocks of keys have the highest byte of their
// keys for a part, those by which equal texts and equal ids are found the highest four
// bits of the hash.
const (
	keyParts  = 256
	docsPart  = 256 // records of documents, see docRecord
	tokenPart = 257 // token store; the tag is the first document of the block
	chunkPart = 258 // of each chunk of the input the number of its documents, 4 bytes
	textPart  = 272
	idPart    = textPart + hashParts
	hashParts = 16
	allParts  = idPart + hashParts
)

// Postings are records with documents, by document: so many bytes, then how far the
// document's number in the shard lies behind that of the record before, 7 bits a byte.
// The tag of a block of postings is the document of its first record.
//
//	keys   the lower 7 bytes of a key
//	texts  murmur3 of the text's bytes (16), a second opinion on it (8)
//	ids    hash of the id (8)
const (
	keyBytes  = 7
	textBytes = 24
	idBytes   = 8

	// postingBlock is about the size of a block of postings. Of each part one is being
	// filled.
	postingBlock = 24 << 10

	// postingMost is what a record takes at most.
	postingMost = textBytes + binary.MaxVarintLen32
)

// postings is a block of postings that is being filled.
type postings struct {
	buf         []byte
	first, last uint32
}

// shardWriter writes the files of one part of the input.
type shardWriter struct {
	w     *work
	part  Part
	next  int // number of the shard
	out   *spill.BlockWriter
	note  note
	posts [allParts]postings
	docs  []byte
	sizes []byte // of chunks, in documents
}

// maxShardDocs keeps the numbers of a shard's documents within 32 bits.
const maxShardDocs = 1 << 30

// add writes what a worker made of a chunk.
func (s *shardWriter) add(b *signedBatch) (err error) {
	if s.note.Bytes >= s.w.o.shard() || s.note.Docs+int64(len(b.docs)) > maxShardDocs {
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
	if len(b.docs) > 0 {
		if err := s.out.Write(tokenPart, uint64(first), b.tokens); err != nil {
			return err
		}
	}
	keys := b.keys
	for i := range b.docs {
		d := &b.docs[i]
		if err := s.post(d, keys[:d.keys], first+uint32(i)); err != nil {
			return err
		}
		keys = keys[d.keys:]
	}
	if s.docs = b.appendRecords(s.docs); len(s.docs) >= postingBlock {
		if err := s.flushDocs(); err != nil {
			return err
		}
	}
	s.sizes = binary.BigEndian.AppendUint32(s.sizes, uint32(len(b.docs)))
	s.note.Chunks++
	s.note.Docs += int64(len(b.docs))
	s.note.Bytes += b.bytes
	s.note.Words += b.words
	s.note.Empty += b.empty
	return nil
}

// post adds what documents are found by.
func (s *shardWriter) post(d *signedDoc, keys []uint64, doc uint32) error {
	for _, key := range keys {
		p, err := s.room(uint32(key>>56), doc)
		if err != nil {
			return err
		}
		p.buf = binary.BigEndian.AppendUint64(p.buf, key<<8)
		p.close(doc, 1)
	}
	p, err := s.room(uint32(textPart+d.text[0]>>60), doc)
	if err != nil {
		return err
	}
	for _, h := range d.text {
		p.buf = binary.BigEndian.AppendUint64(p.buf, h)
	}
	p.close(doc, 0)
	if p, err = s.room(uint32(idPart+d.id>>60), doc); err != nil {
		return err
	}
	p.buf = binary.BigEndian.AppendUint64(p.buf, d.id)
	p.close(doc, 0)
	return nil
}

// room returns the block of a part with room for a record of a document.
func (s *shardWriter) room(part, doc uint32) (*postings, error) {
	p := &s.posts[part]
	if p.buf == nil {
		p.buf = make([]byte, 0, postingBlock)
	}
	if len(p.buf)+postingMost > postingBlock {
		if err := s.out.Write(part, uint64(p.first), p.buf); err != nil {
			return nil, err
		}
		p.buf = p.buf[:0]
	}
	if len(p.buf) == 0 {
		p.first, p.last = doc, doc
	}
	return p, nil
}

// close ends a record of a document, of which extra bytes are too many.
func (p *postings) close(doc uint32, extra int) {
	p.buf = binary.AppendUvarint(p.buf[:len(p.buf)-extra], uint64(doc-p.last))
	p.last = doc
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
	if err := s.flushDocs(); err != nil {
		return err
	}
	if err := s.out.Write(chunkPart, 0, s.sizes); err != nil {
		return err
	}
	s.sizes = s.sizes[:0]
	for i := range s.posts {
		p := &s.posts[i]
		if len(p.buf) == 0 {
			continue
		}
		if err := s.out.Write(uint32(i), uint64(p.first), p.buf); err != nil {
			return err
		}
		p.buf = p.buf[:0]
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

// postings calls do for each record of so many bytes in the blocks of a part, with its
// document. At least one byte more can be read of rec. buf is used again if it is large
// enough, and returned.
func (s *openShard) postings(part uint32, size int, buf []byte, do func(rec []byte, doc uint64) error) ([]byte, error) {
	for _, block := range s.Blocks(part) {
		var err error
		if buf, err = s.Read(block, buf); err != nil {
			return buf, err
		}
		doc := s.first + block.Tag
		for b := buf; len(b) > size; {
			delta, n := uint64(b[size]), 1
			if delta >= 0x80 {
				delta, n = binary.Uvarint(b[size:])
			}
			if doc += delta; n <= 0 || doc >= s.first+uint64(s.Docs) {
				return buf, errTokens
			}
			if err := do(b, doc); err != nil {
				return buf, err
			}
			b = b[size+n:]
		}
	}
	return buf, nil
}
