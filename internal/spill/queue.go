package spill

import (
	"bytes"
	"errors"
	"fmt"
)

// Queue hands out records of one size in ascending order of their bytes while others are
// added: a heap in memory which, when it is full, is written as a run beside those before
// it. It is not safe for concurrent use.
type Queue struct {
	o        Options
	size     int
	capacity int    // records in memory
	heap     []byte // of them, the least first
	moved    []byte // scratch: the record that sinks or rises
	runs     []queued
	merged   *merger // of what is left of the runs; nil: none
}

// queued is a run that is being read.
type queued struct {
	run    run
	reader *runReader
}

// NewQueue makes a Queue for records of size bytes, 1 to 64; any other size is reported by
// Add. Half of the memory is for records, half for reading what was written. Nothing is
// allocated or opened yet.
func NewQueue(o Options, size int) *Queue {
	return &Queue{o: o, size: size, capacity: int(max(o.memory()/2/int64(max(size, 1)), 1)), moved: make([]byte, max(size, 0))}
}

// Add takes one record; rec may be reused by the caller. When the memory is full it is
// written to a file, so that one call in many takes long.
func (q *Queue) Add(rec []byte) error {
	if q.size < 1 || q.size > maxRecord || len(rec) != q.size {
		return fmt.Errorf("spill: record of %d bytes in a queue of records of %d bytes", len(rec), q.size)
	}
	if len(q.heap) >= q.capacity*q.size {
		if err := q.spill(); err != nil {
			return err
		}
	}
	if len(q.heap) == cap(q.heap) {
		heap := make([]byte, len(q.heap), min(max(4*cap(q.heap), 64*q.size), q.capacity*q.size))
		copy(heap, q.heap)
		q.heap = heap
	}
	q.heap = append(q.heap, rec...)
	q.rise()
	return nil
}

// Top is the least record, valid until the next call; false: there is none.
func (q *Queue) Top() ([]byte, bool) {
	rec, ok := q.ofRuns()
	if len(q.heap) == 0 || ok && bytes.Compare(rec, q.at(0)) <= 0 {
		return rec, ok
	}
	return q.at(0), true
}

// Next takes the least record out.
func (q *Queue) Next() error {
	rec, ok := q.ofRuns()
	switch {
	case ok && (len(q.heap) == 0 || bytes.Compare(rec, q.at(0)) <= 0):
		return q.merged.next()
	case len(q.heap) > 0:
		q.sink()
	}
	return nil
}

// Close removes the temporary files and frees the memory. It may be called at any time and
// more than once.
func (q *Queue) Close() error {
	var errs []error
	for _, r := range q.runs {
		errs = append(errs, r.reader.close(), r.run.remove())
	}
	q.runs, q.merged, q.heap = nil, nil, nil
	return errors.Join(errs...)
}

func (q *Queue) at(i int) []byte { return q.heap[i*q.size : (i+1)*q.size] }

func (q *Queue) ofRuns() ([]byte, bool) {
	if q.merged == nil {
		return nil, false
	}
	return q.merged.top()
}

// rise brings the last record to its place in the heap.
func (q *Queue) rise() {
	i := len(q.heap)/q.size - 1
	copy(q.moved, q.at(i))
	for i > 0 && bytes.Compare(q.moved, q.at((i-1)/2)) < 0 {
		copy(q.at(i), q.at((i-1)/2))
		i = (i - 1) / 2
	}
	copy(q.at(i), q.moved)
}

// sink takes the first record out of the heap.
func (q *Queue) sink() {
	n := len(q.heap)/q.size - 1
	copy(q.moved, q.at(n))
	q.heap = q.heap[:n*q.size]
	if n == 0 {
		return
	}
	i := 0
	for child := 1; child < n; child = 2*i + 1 {
		if child+1 < n && bytes.Compare(q.at(child+1), q.at(child)) < 0 {
			child++
		}
		if bytes.Compare(q.moved, q.at(child)) <= 0 {
			break
		}
		copy(q.at(i), q.at(child))
		i = child
	}
	copy(q.at(i), q.moved)
}

// spill writes the heap as a run. Where there are many, what is left of them becomes one.
func (q *Queue) spill() error {
	kept := q.runs[:0]
	var errs []error
	for _, r := range q.runs {
		if !r.reader.done {
			kept = append(kept, r)
			continue
		}
		errs = append(errs, r.reader.close(), r.run.remove())
	}
	q.runs = kept
	if len(q.runs) >= fanIn {
		errs = append(errs, q.write(q.merged.top, q.merged.next, 0))
	}
	least := func() ([]byte, bool) {
		if len(q.heap) == 0 {
			return nil, false
		}
		return q.at(0), true
	}
	errs = append(errs, q.write(least, func() error { q.sink(); return nil }, len(q.runs)))
	readers := make([]*runReader, len(q.runs))
	for i := range q.runs {
		readers[i] = q.runs[i].reader
	}
	q.merged = merge(readers)
	return errors.Join(errs...)
}

// write writes the records of a source as a run, which takes the place of all runs but the
// first keep.
func (q *Queue) write(top func() ([]byte, bool), next func() error, keep int) error {
	w, err := newRunWriter(q.o, q.size, q.blockBytes())
	if err != nil {
		return err
	}
	for rec, ok := top(); ok; rec, ok = top() {
		to, err := w.next()
		if err == nil {
			copy(to, rec)
			err = next()
		}
		if err != nil {
			w.abort()
			return err
		}
	}
	r, err := w.close()
	if err != nil {
		return err
	}
	var errs []error
	for _, old := range q.runs[keep:] {
		errs = append(errs, old.reader.close(), old.run.remove())
	}
	q.runs = q.runs[:keep]
	reader, err := openRun(r, q.size, q.blockBytes())
	if err != nil {
		return errors.Join(append(errs, err, r.remove())...)
	}
	q.runs = append(q.runs, queued{r, reader})
	return errors.Join(append(errs, reader.next())...)
}

// blockBytes is the size of a block of records when as many runs are read as may be.
func (q *Queue) blockBytes() int { return blockBytes(q.o.memory()/2, q.size) }
