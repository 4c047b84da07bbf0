package spill

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
)

// fanIn is the number of runs merged at once: with the default memory one merge
// covers 4 GiB, and 64 open files are within any system's limit.
const fanIn = 64

// Sorter sorts records of one size. It is not safe for concurrent use.
type Sorter struct {
	o        Options
	size     int
	table    table
	capacity int    // records in memory
	most     int    // records that are asked for, the least ones; 0: all
	bound    []byte // no record above it is asked for; nil: not known
	runs     []run
	n        int64
	rec      [maxRecord]byte // the last one that was added, so that a caller's may lie on its stack
	sealed   bool            // Sorted was called
	err      error
}

// NewSorter makes a Sorter for records of size bytes, 1 to 64. Any other size is
// reported by the first Add or Sorted. Nothing is allocated or opened before then.
func NewSorter(o Options, size int) *Sorter {
	s := &Sorter{o: o, size: size}
	if size < 1 || size > maxRecord {
		s.err = fmt.Errorf("spill: records of %d bytes cannot be sorted: 1 to %d", size, maxRecord)
		return s
	}
	s.makeTable()
	return s
}

// NewLeast makes a Sorter that gives only the n least of its records, n being 1 at least.
// If there is memory for some more than these it keeps no others, and has nothing to
// spill; else it spills all, as any Sorter does.
func NewLeast(o Options, size, n int) *Sorter {
	s := NewSorter(o, size)
	if s.most = n; s.err == nil {
		s.makeTable()
	}
	return s
}

// makeTable makes a table for the memory there is, or for twice as many records as are
// asked for.
func (s *Sorter) makeTable() {
	o := s.o
	if s.most > 0 {
		o.Memory = min(o.memory(), 2*int64(s.most)*tableBytes(s.size))
	}
	s.table, s.capacity = newTable(s.size, o)
}

// prunes reports whether what is not asked for is dropped whenever the table is full: so
// much that sorting it is worth while.
func (s *Sorter) prunes() bool { return s.most > 0 && s.capacity/5*4 >= s.most }

// prune drops what is not asked for.
func (s *Sorter) prune() {
	s.table.sort()
	s.table.cut(s.most)
	s.bound = append(s.bound[:0], make([]byte, s.size)...)
	s.table.get(s.most-1, s.bound)
}

// Add takes one record; rec may be reused by the caller. When the buffer is full it
// is sorted and written to a file, so that one call in many takes long. After an
// error every further call gives the same error.
func (s *Sorter) Add(rec []byte) error {
	if s.err != nil {
		return s.err
	}
	if s.sealed {
		return errors.New("spill: Add after Sorted")
	}
	if len(rec) != s.size {
		return fmt.Errorf("spill: record of %d bytes in a sort of records of %d bytes", len(rec), s.size)
	}
	s.n++
	if s.bound != nil && bytes.Compare(rec, s.bound) > 0 {
		return nil
	}
	if s.table.len() == s.capacity {
		if s.prunes() {
			s.prune()
		} else if s.err = s.spill(); s.err != nil {
			return s.err
		}
	}
	copy(s.rec[:], rec)
	s.table.add(s.rec[:s.size])
	return nil
}

// AddNumbers is Add for many records of one or more whole numbers of 8 bytes, given as these
// one after the other: a copy of the list while there is room.
func (s *Sorter) AddNumbers(list []uint64) error {
	width := s.size / 8
	switch {
	case s.err != nil:
		return s.err
	case s.sealed:
		return errors.New("spill: AddNumbers after Sorted")
	case s.size%8 != 0 || s.size > 32 || len(list)%width != 0:
		return fmt.Errorf("spill: %d numbers in a sort of records of %d bytes", len(list), s.size)
	}
	for len(list) > 0 && s.bound == nil {
		if s.table.len() == s.capacity && !s.prunes() {
			if s.err = s.spill(); s.err != nil {
				return s.err
			}
		} else if s.table.len() == s.capacity {
			s.prune()
			break
		}
		n := min(len(list)/width, s.capacity-s.table.len())
		s.table.addNumbers(list[:n*width])
		s.n += int64(n)
		list = list[n*width:]
	}
	return s.addEach(list, width)
}

// addEach adds records one by one, as those of which only some are asked for are.
func (s *Sorter) addEach(list []uint64, width int) error {
	var rec [maxRecord]byte
	for ; len(list) > 0; list = list[width:] {
		for i, n := range list[:width] {
			binary.BigEndian.PutUint64(rec[8*i:], n)
		}
		if err := s.Add(rec[:s.size]); err != nil {
			return err
		}
	}
	return nil
}

// Len is the number of records added.
func (s *Sorter) Len() int64 { return s.n }

// Sorted gives all records in ascending order of their bytes, equal ones as often
// as they were added. The slice is valid until the next step and not to be changed.
// After an error, which comes with a nil record, the sequence ends.
//
// Sorted may be called again and gives the same records; after the first call
// nothing can be added. Beside sorting the last buffer, it costs one reading of what
// was spilled; the first call also reads and writes it once more for every factor of
// 64 in the number of runs above 64.
func (s *Sorter) Sorted() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if err := s.seal(); err != nil {
			yield(nil, err)
			return
		}
		if len(s.runs) > 0 {
			s.merged(yield)
			return
		}
		s.kept(yield)
	}
}

// EachNumbers gives the records that Numbers gives in an order of its own. It does not sort
// them if all are in memory.
func (s *Sorter) EachNumbers() iter.Seq2[[]uint64, error] {
	return func(yield func([]uint64, error) bool) {
		switch {
		case s.err != nil || s.sealed || len(s.runs) > 0 || s.size%8 != 0 || s.size > 32 || s.most > 0 && s.table.len() > s.most:
			s.numbers(yield)
		case s.table.len() > 0:
			yield(s.table.numbers(), nil)
		}
	}
}

// numbersTogether is how many records that were spilled Numbers gives at a time.
const numbersTogether = 1 << 12

// Numbers gives what Sorted gives as numbers, many records at a time, of a Sorter of records of
// one to four whole numbers of 8 bytes. The slice is valid until the next
// step and not to be changed. What is in memory comes as one slice.
func (s *Sorter) Numbers() iter.Seq2[[]uint64, error] { return s.numbers }

func (s *Sorter) numbers(yield func([]uint64, error) bool) {
	err := s.seal()
	if err == nil && (s.size%8 != 0 || s.size > 32) {
		err = fmt.Errorf("spill: numbers of a sort of records of %d bytes", s.size)
	}
	switch {
	case err != nil:
		yield(nil, err)
	case len(s.runs) > 0:
		s.mergedNumbers(yield)
	case s.table.len() > 0:
		list := s.table.numbers()
		yield(list[:min(len(list)/(s.size/8), s.wanted())*(s.size/8)], nil)
	}
}

func (s *Sorter) mergedNumbers(yield func([]uint64, error) bool) {
	list := make([]uint64, 0, numbersTogether*s.size/8)
	more := true
	s.merged(func(rec []byte, err error) bool {
		for ; err == nil && len(rec) > 0; rec = rec[8:] {
			list = append(list, binary.BigEndian.Uint64(rec))
		}
		if len(list) == cap(list) || err != nil && len(list) > 0 {
			more = yield(list, nil)
			list = list[:0]
		}
		if err != nil && more {
			more = yield(nil, err)
		}
		return more
	})
	if len(list) > 0 && more {
		yield(list, nil)
	}
}

// kept gives the records in memory as they stand, as many as are asked for.
func (s *Sorter) kept(yield func([]byte, error) bool) {
	rec := make([]byte, s.size)
	for i := range min(s.table.len(), s.wanted()) {
		s.table.get(i, rec)
		if !yield(rec, nil) {
			return
		}
	}
}

// wanted is how many records are asked for at most.
func (s *Sorter) wanted() int {
	if s.most > 0 {
		return s.most
	}
	return math.MaxInt
}

func (s *Sorter) merged(yield func([]byte, error) bool) {
	m, err := newMerger(s.runs, s.size, s.blockBytes())
	defer m.close()
	for left := s.wanted(); err == nil; left-- {
		rec, ok := m.top()
		if !ok || left == 0 || !yield(rec, nil) {
			return
		}
		err = m.next()
	}
	yield(nil, err)
}

// Close removes the temporary files and frees the memory. It may be called at any
// time and more than once.
func (s *Sorter) Close() error {
	var errs []error
	for _, r := range s.runs {
		errs = append(errs, r.remove())
	}
	s.drop()
	s.runs = nil
	s.err = errors.New("spill: sorter is closed")
	return errors.Join(errs...)
}

// drop frees the memory of the table.
func (s *Sorter) drop() {
	if s.table != nil {
		s.table.free()
	}
	s.table = nil
}

// Reset makes the Sorter empty again and keeps its memory.
func (s *Sorter) Reset() error {
	var errs []error
	for _, r := range s.runs {
		errs = append(errs, r.remove())
	}
	if s.table == nil {
		s.makeTable()
	}
	s.table.reset()
	s.runs, s.n, s.bound, s.sealed, s.err = nil, 0, nil, false, errors.Join(errs...)
	return s.err
}

// seal ends the adding: everything is sorted in memory, or in at most fanIn runs.
func (s *Sorter) seal() error {
	if s.err != nil || s.sealed {
		return s.err
	}
	s.sealed = true
	if len(s.runs) == 0 {
		s.table.sort()
		return nil
	}
	s.err = s.spill()
	s.drop()
	for s.err == nil && len(s.runs) > fanIn {
		s.err = s.mergeSome()
	}
	return s.err
}

// spill sorts the buffer and writes it as a run.
func (s *Sorter) spill() error {
	s.table.sort()
	w, err := newRunWriter(s.o, s.size, s.blockBytes())
	if err != nil {
		return err
	}
	for i := range s.table.len() {
		rec, err := w.next()
		if err != nil {
			w.abort()
			return err
		}
		s.table.get(i, rec)
	}
	s.table.reset()
	r, err := w.close()
	if err != nil {
		return err
	}
	s.runs = append(s.runs, r)
	return nil
}

// mergeSome makes one run of the oldest ones, which are the shortest: of just as
// many as bring the number of runs down to fanIn, or of fanIn.
func (s *Sorter) mergeSome() error {
	k := min(len(s.runs)-fanIn+1, fanIn)
	r, err := s.mergeRuns(s.runs[:k])
	if err != nil {
		return err
	}
	merged := s.runs[:k]
	s.runs = append(slices.Clone(s.runs[k:]), r)
	for _, old := range merged {
		err = errors.Join(err, old.remove())
	}
	return err
}

func (s *Sorter) mergeRuns(runs []run) (run, error) {
	m, err := newMerger(runs, s.size, s.blockBytes())
	defer m.close()
	if err != nil {
		return run{}, err
	}
	w, err := newRunWriter(s.o, s.size, s.blockBytes())
	if err != nil {
		return run{}, err
	}
	for {
		rec, ok := m.top()
		if !ok {
			return w.close()
		}
		to, err := w.next()
		if err == nil {
			copy(to, rec)
			err = m.next()
		}
		if err != nil {
			w.abort()
			return run{}, err
		}
	}
}

func (s *Sorter) blockBytes() int { return blockBytes(s.o.memory(), s.size) }

// blockBytes is the size of a block of records: what a merge of fanIn runs may
// hold of each, between 4 and 256 KiB, in whole records.
func blockBytes(memory int64, size int) int {
	n := min(max(memory/(fanIn+1), 4<<10), 256<<10)
	return int(n) / size * size
}
