package lsh

import (
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
	// Memory is for postings and pairs, half of it for each, in bytes; 0 or less:
	// 64 MiB.
	Memory int64
	// Temp is the folder for what does not fit; empty: the system's.
	Temp string
	// Together, if it is not nil, runs tasks side by side and returns when all are
	// done: what is much is then sorted by several goroutines.
	Together func(tasks ...func())
}

// Join finds the pairs of documents with a key in common. Where more documents have
// a key than a document may have partners, the nearest by time, then by number,
// are kept on each side. What is nearest does not depend on the order in which
// postings come, so a document that is added late, or left out, changes only the
// pairs around it. NewJoin makes one; it is not safe for concurrent use.
type Join struct {
	near      int
	half      spill.Options
	groupSize int // entries of a key that are held in memory
	postings  *spill.Sorter
	added     []uint64 // postings that wait to be given to it together
	room      int      // how many numbers may wait; 0 when nothing is added any more
}

// NewJoin makes an empty join. Nothing is allocated or opened yet.
func NewJoin(o JoinOptions) *Join {
	memory := o.Memory
	if memory <= 0 {
		memory = spill.DefaultMemory
	}
	half := spill.Options{Dir: o.Temp, Memory: max(memory/2, 1), Together: o.Together}
	near := o.Near
	if near <= 0 {
		near = DefaultNear
	}
	return &Join{near: near, half: half, groupSize: 1 << 16, room: together * recordNumbers, postings: spill.NewSorter(half, recordBytes)}
}

// A posting is sorted as three numbers of 64 bits, of these parts from the highest bit down:
//
//	64  key
//	32  time, its sign bit flipped so that times before 1970 come first
//	40  document
//	32  position
//	16  mark
//	 8  nothing
//
// The postings of a key so lie together, in the order in which near is near, and
// those of one document together in it, the first position first.
//
// A pair is sorted likewise: 40 A, 40 B, 32 position in A, 32 document frequency,
// 16 mark, 32 position in B.
const (
	recordNumbers = 3
	recordBytes   = 8 * recordNumbers
	signBit       = 1 << 31
)

// together is how many records are given to a sort at a time.
const together = 256

func (p Posting) append(dst []uint64) []uint64 {
	return append(dst, p.Key, uint64(uint32(p.Time)^signBit)<<32|p.Doc>>8, p.Doc<<56|uint64(p.Pos)<<24|uint64(p.Mark)<<8)
}

func posting(rec []uint64) Posting {
	return Posting{
		Key:  rec[0],
		Time: int32(uint32(rec[1]>>32) ^ signBit),
		Doc:  rec[1]<<8&MaxDoc | rec[2]>>56,
		Pos:  uint32(rec[2] >> 24),
		Mark: uint16(rec[2] >> 8),
	}
}

func (p Pair) append(dst []uint64) []uint64 {
	return append(dst, p.A<<24|p.B>>16, p.B<<48|uint64(p.Pos)<<16|uint64(p.DF)>>16, uint64(p.DF)<<48|uint64(p.Mark)<<32|uint64(p.PosB))
}

func pair(rec []uint64) Pair {
	return Pair{
		A:    rec[0] >> 24,
		B:    rec[0]<<16&MaxDoc | rec[1]>>48,
		Pos:  uint32(rec[1] >> 16),
		DF:   uint32(rec[1]<<16) | uint32(rec[2]>>48),
		Mark: uint16(rec[2] >> 32),
		PosB: uint32(rec[2]),
	}
}

// Add takes one posting. Order makes no difference. An error of the disk may be that of a
// posting before it, or come with Drain.
func (j *Join) Add(p Posting) error {
	if p.Doc > MaxDoc {
		return fmt.Errorf("lsh: document number %d is above %d", p.Doc, uint64(MaxDoc))
	}
	if j.added = p.append(j.added); len(j.added) < j.room {
		return nil
	}
	return j.hand()
}

// hand gives the postings that wait to the sort.
func (j *Join) hand() error {
	err := j.postings.AddNumbers(j.added)
	j.added = j.added[:0]
	return err
}

// Close removes the temporary files and frees the memory.
func (j *Join) Close() error {
	j.added, j.room = nil, 0
	return j.postings.Close()
}

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
		pairs := spill.NewSorter(j.half, recordBytes)
		err := j.join(pairs)
		if err == nil {
			err = j.Close()
		}
		if err == nil {
			for list, e := range pairs.Numbers() {
				if e != nil {
					err = e
					break
				}
				for ; len(list) > 0; list = list[recordNumbers:] {
					if !yield(pair(list), nil) {
						pairs.Close() // nobody is left to be told
						return
					}
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
	j.room = 0
	if err := j.hand(); err != nil {
		return err
	}
	for list, err := range j.postings.Numbers() {
		if err == nil {
			err = g.addAll(list)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(g.flush(), g.hand())
}

// clamp is n as 32 bits, or the largest such number.
func clamp(n uint64) uint32 { return uint32(min(n, math.MaxUint32)) }
