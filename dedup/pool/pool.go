// Package pool runs work on several goroutines and hands the results back in
// order. The engine's packages start no goroutine but through it.
//
//	for r, err := range pool.Ordered(ctx, threads, limit, items, size, work) {
//		... // work(worker, item) of the first item, of the second one, and so on
//	}
//
// Everywhere a number of goroutines below 2 means none at all: the caller does the work
// itself, so that a run of one thread is one.
package pool

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
)

// ahead is how many tasks a worker may be ahead of the one whose result is
// waited for, so that a long task does not hold up the others.
const ahead = 64

// waiting is how many tasks of a worker wait for it, so that it need not wait for the one who
// reads them: that one gets its turn when a worker has none left, or is interrupted.
const waiting = 8

// Ordered runs work on every item of seq, on n goroutines, and yields the
// results in the order of the items. At most limit bytes of items, as size
// counts them, are under way at a time, but always one. work is told which
// of the n goroutines it runs on, for scratch memory of its own. The first
// error, of seq, of work or of ctx, ends it. When the loop over it ends, all
// goroutines have ended. If n is 1 there are none: all is done in turn, by the caller.
func Ordered[T, R any](ctx context.Context, n int, limit int64, seq iter.Seq2[T, error], size func(T) int64, work func(worker int, item T) (R, error)) iter.Seq2[R, error] {
	if n < 2 {
		return inTurn(ctx, seq, work)
	}
	return func(yield func(R, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		p := pool[T, R]{tasks: make(chan *task[T, R], waiting*n), order: make(chan *task[T, R], ahead*n), room: newRoom(limit)}
		defer p.room.open() // wakes the producer
		wg.Go(func() { p.produce(ctx, seq, size) })
		for worker := range n {
			wg.Go(func() {
				for t := range p.tasks {
					t.result, t.err = work(worker, t.item)
					close(t.done)
				}
			})
		}
		for t := range p.order {
			<-t.done
			if t.err == nil {
				t.err = ctx.Err()
			}
			p.room.release(t.bytes)
			if !yield(t.result, t.err) || t.err != nil {
				cancel()
				p.room.open()
				for range p.order { // lets the producer end
				}
				return
			}
		}
		if err := ctx.Err(); err != nil {
			var none R
			yield(none, err)
		}
	}
}

// inTurn is Ordered without goroutines.
func inTurn[T, R any](ctx context.Context, seq iter.Seq2[T, error], work func(worker int, item T) (R, error)) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for item, err := range seq {
			var result R
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				result, err = work(0, item)
			}
			if !yield(result, err) || err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			var none R
			yield(none, err)
		}
	}
}

// pool is the plumbing of Ordered: every task goes to a worker and, in
// order, to the consumer.
type pool[T, R any] struct {
	tasks chan *task[T, R]
	order chan *task[T, R]
	room  *room
}

type task[T, R any] struct {
	item   T
	bytes  int64
	result R
	err    error
	done   chan struct{}
}

func (p *pool[T, R]) produce(ctx context.Context, seq iter.Seq2[T, error], size func(T) int64) {
	defer close(p.order)
	defer close(p.tasks)
	for item, err := range seq {
		t := &task[T, R]{item: item, err: err, done: make(chan struct{})}
		if err == nil {
			t.bytes = size(item)
			p.room.acquire(t.bytes)
		}
		select {
		case p.order <- t:
		case <-ctx.Done():
			return
		}
		if err != nil {
			close(t.done)
			return
		}
		select {
		case p.tasks <- t:
		case <-ctx.Done():
			t.err = ctx.Err()
			close(t.done)
			return
		}
	}
}

// room limits bytes under way.
type room struct {
	mu    sync.Mutex
	freed sync.Cond
	used  int64
	limit int64
	wide  bool
}

func newRoom(limit int64) *room {
	r := &room{limit: limit}
	r.freed.L = &r.mu
	return r
}

// acquire waits until n bytes fit, or nothing is under way.
func (r *room) acquire(n int64) {
	r.mu.Lock()
	for r.used > 0 && r.used+n > r.limit && !r.wide {
		r.freed.Wait()
	}
	r.used += n
	r.mu.Unlock()
}

func (r *room) release(n int64) {
	r.mu.Lock()
	r.used -= n
	r.mu.Unlock()
	r.freed.Signal()
}

// open lets everybody in, for the end.
func (r *room) open() {
	r.mu.Lock()
	r.wide = true
	r.mu.Unlock()
	r.freed.Broadcast()
}

// Beside runs do in a goroutine of its own. What it returns waits for its end and gives its
// error, as often as it is called. If n is 1 there is no goroutine: do has ended when Beside
// returns.
func Beside(n int, do func() error) (wait func() error) {
	if n < 2 {
		err := do()
		return func() error { return err }
	}
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = do()
	}()
	return func() error {
		<-done
		return err
	}
}

// Ahead yields seq as it is, read in a goroutine of its own that is up to n
// items ahead, so that reading goes on while an item is used. The goroutine
// has ended when the loop over it ends.
func Ahead[T any](seq iter.Seq2[T, error], n int) iter.Seq2[T, error] {
	type item struct {
		value T
		err   error
	}
	return func(yield func(T, error) bool) {
		items, stop := make(chan item, n), make(chan struct{})
		var wg sync.WaitGroup
		defer wg.Wait()
		defer close(stop)
		wg.Go(func() {
			defer close(items)
			for v, err := range seq {
				select {
				case items <- item{v, err}:
				case <-stop:
					return
				}
			}
		})
		for i := range items {
			if !yield(i.value, i.err) {
				return
			}
		}
	}
}

// Together returns Each for n goroutines, as lsh.JoinOptions and boilerplate.LearnOptions
// take it. If n is below 2 it is nil: there is nothing to run side by side.
func Together(n int) func(tasks ...func()) {
	if n < 2 {
		return nil
	}
	return func(tasks ...func()) { Each(n, tasks...) }
}

// Each runs tasks, the first one first, on n goroutines and returns when all are done.
func Each(n int, tasks ...func()) {
	var next atomic.Int64
	work := func() {
		for i := next.Add(1); i <= int64(len(tasks)); i = next.Add(1) {
			tasks[i-1]()
		}
	}
	if n < 2 {
		work()
		return
	}
	var wg sync.WaitGroup
	for range min(n, len(tasks)) {
		wg.Go(work)
	}
	wg.Wait()
}

// Batches groups the items of seq, in their order, into slices of the given size or a
// little more, as size counts bytes; the last one may be smaller. The slices are the
// caller's. An error comes behind what was yielded before it, and ends them.
func Batches[T any](seq iter.Seq2[T, error], bytes int64, size func(T) int64) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		var batch []T
		var n int64
		for item, err := range seq {
			if err != nil {
				if len(batch) > 0 && !yield(batch, nil) {
					return
				}
				yield(nil, err)
				return
			}
			batch = append(batch, item)
			if n += size(item); n >= bytes {
				if !yield(batch, nil) {
					return
				}
				batch, n = make([]T, 0, len(batch)), 0
			}
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

// Sum returns the function that counts the size of a batch as that of its items together.
func Sum[T any](size func(T) int64) func([]T) int64 {
	return func(batch []T) (n int64) {
		for _, item := range batch {
			n += size(item)
		}
		return n
	}
}
