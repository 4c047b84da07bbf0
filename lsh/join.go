package lsh

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"

	"reprint/internal/spill"
)

// Posting says that a document has a key.
type Posting struct {
	Key  uint64
	Time int32  // of the document, in days; 0: not known. One document has one time.
	Doc  uint64 // its number, up to MaxDoc
	Pos  uint32 // where in the document
	Mark uint16 // bits that mean something to the caller
}

// Pair is two documents that share a key.
type Pair struct {
	A, B uint64 // documents, A < B
	Pos  uint32 // where the key stands first in A
	PosB uint32 // where it stands first in B
	DF   uint32 // how many documents have the key
	Mark uint16 // all marks of all postings of the key
}

// MaxDoc is the largest document number of a posting: a million million documents.
const MaxDoc = 1<<40 - 1

// DefaultNear is the number of partners on each side if JoinOptions names none.
// A run of words that stands in more documents than that is found by way of the
// neighbours: each document still meets the next twenty.
const DefaultNear = 20

// JoinOptions say how many partners are kept and where postings lie. The zero value
// works.
type JoinOptions struct {
	// Near is how many documents a document is paired with for one key, before it
	// and after it; 0 or less: DefaultNear.
	Near int
	// Spill gives the memory of the join, half of it for postings and half for
	// pairs, and the folder for what does not fit.
	Spill spill.Options
}

// Join finds the pairs of documents with a key in common. Where more documents have
// a key than a document may have partners, the nearest by time, then by number,
// are kept on each side. What is nearest does not depend on the order in which
// postings come, so a document that is added late, or left out, changes only the
// pairs around it. A Join is not safe for concurrent use.
type Join struct {
	near      int
	half      spill.Options
	groupSize int // entries of a key that are held in memory
	postings  *spill.Sorter
	rec       [postingBytes]byte // scratch
}

// NewJoin makes an empty join. Nothing is allocated or opened yet.
func NewJoin(o JoinOptions) *Join {
	half := o.Spill
	if half.Memory <= 0 {
		half.Memory = spill.DefaultMemory
	}
	half.Memory = max(half.Memory/2, 1)
	near := o.Near
	if near <= 0 {
		near = DefaultNear
	}
	return &Join{near: near, half: half, groupSize: 1 << 16, postings: spill.NewSorter(half, postingBytes)}
}

// A posting is sorted as 23 bytes, big-endian, in this order:
//
//	8  key
//	4  time, its sign bit flipped so that times before 1970 come first
//	5  document
//	4  position
//	2  mark
//
// The postings of a key so lie together, in the order in which near is near, and
// those of one document together in it, the first position first.
//
// A pair is sorted as 24 bytes: 5 A, 5 B, 4 position in A, 4 document frequency,
// 2 mark, 4 position in B.
const (
	postingBytes = 8 + 4 + 5 + 4 + 2
	pairBytes    = 5 + 5 + 4 + 4 + 2 + 4
	signBit      = 1 << 31
)

func (p Posting) put(rec *[postingBytes]byte) {
	binary.BigEndian.PutUint64(rec[:], p.Key)
	binary.BigEndian.PutUint32(rec[8:], uint32(p.Time)^signBit)
	binary.BigEndian.PutUint64(rec[12:], p.Doc<<24|uint64(p.Pos)>>8)
	rec[20] = byte(p.Pos)
	binary.BigEndian.PutUint16(rec[21:], p.Mark)
}

func posting(rec []byte) Posting {
	docPos := binary.BigEndian.Uint64(rec[12:])
	return Posting{
		Key:  binary.BigEndian.Uint64(rec),
		Time: int32(binary.BigEndian.Uint32(rec[8:]) ^ signBit),
		Doc:  docPos >> 24,
		Pos:  uint32(docPos<<8) | uint32(rec[20]),
		Mark: binary.BigEndian.Uint16(rec[21:]),
	}
}

func (p Pair) put(rec *[pairBytes]byte) {
	binary.BigEndian.PutUint64(rec[:], p.A<<24|p.B>>16)
	binary.BigEndian.PutUint16(rec[8:], uint16(p.B))
	binary.BigEndian.PutUint32(rec[10:], p.Pos)
	binary.BigEndian.PutUint32(rec[14:], p.DF)
	binary.BigEndian.PutUint16(rec[18:], p.Mark)
	binary.BigEndian.PutUint32(rec[20:], p.PosB)
}

func pair(rec []byte) Pair {
	ab := binary.BigEndian.Uint64(rec)
	return Pair{
		A:    ab >> 24,
		B:    ab<<16&MaxDoc | uint64(binary.BigEndian.Uint16(rec[8:])),
		Pos:  binary.BigEndian.Uint32(rec[10:]),
		DF:   binary.BigEndian.Uint32(rec[14:]),
		Mark: binary.BigEndian.Uint16(rec[18:]),
		PosB: binary.BigEndian.Uint32(rec[20:]),
	}
}

// Add takes one posting. Order makes no difference.
func (j *Join) Add(p Posting) error {
	if p.Doc > MaxDoc {
		return fmt.Errorf("lsh: document number %d is above %d", p.Doc, uint64(MaxDoc))
	}
	p.put(&j.rec)
	return j.postings.Add(j.rec[:])
}

// Close removes the temporary files and frees the memory.
func (j *Join) Close() error { return j.postings.Close() }

// Drain gives one pair for each key that two documents share, unless more than Near
// other documents with the key stand between them: sorted by A, B, Pos, then by DF,
// Mark and PosB. A key that one document has twice counts once, with its first position. Two
// documents that share several keys come out as often, one pair after the other.
// After an error, which comes with a zero Pair, the sequence ends.
//
// Postings and pairs are each sorted once, so that a key costs memory for at most
// 65,536 of its postings, however many it has; what is beyond goes to a file. The
// memory and the files of the postings are free before the first pair comes, so that
// the sequence can be read once, and nothing can be added after it.
func (j *Join) Drain() iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		pairs := spill.NewSorter(j.half, pairBytes)
		err := j.join(pairs)
		if err == nil {
			err = j.postings.Close()
		}
		if err == nil {
			for rec, e := range pairs.Sorted() {
				if e != nil {
					err = e
					break
				}
				if !yield(pair(rec), nil) {
					pairs.Close() // nobody is left to be told
					return
				}
			}
		}
		if err = errors.Join(err, pairs.Close()); err != nil {
			yield(Pair{}, err)
		}
	}
}

// join reads the postings, key by key, and writes their pairs.
func (j *Join) join(pairs *spill.Sorter) error {
	g := group{near: j.near, size: j.groupSize, spill: j.half, pairs: pairs}
	defer g.close()
	for rec, err := range j.postings.Sorted() {
		if err != nil {
			return err
		}
		p := posting(rec)
		if p.Key != g.key {
			if err := g.flush(); err != nil {
				return err
			}
			g.key = p.Key
		}
		if err := g.add(p); err != nil {
			return err
		}
	}
	return g.flush()
}

// clamp is n as 32 bits, or the largest such number.
func clamp(n uint64) uint32 { return uint32(min(n, math.MaxUint32)) }
