package pool

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// numbers yields 0 to n-1, and then err if there is one.
func numbers(n int, err error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		if err != nil {
			yield(0, err)
		}
	}
}

func one(int) int64 { return 1 }

// uneven takes longer for some items than for others.
func uneven(_ int, item int) (int, error) {
	if item%7 == 0 {
		time.Sleep(time.Duration(item%5) * 100 * time.Microsecond)
	}
	return 2 * item, nil
}

// tester is what a test and a property have in common.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// check ends a test on an error.
func check(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settled waits until no more goroutines run than before.
func settled(t tester, before int) {
	t.Helper()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d goroutines run, %d before", runtime.NumGoroutine(), before)
}

// Results come in the order of the items, however long each one takes, on
// any number of goroutines and with any limit.
func TestOrdered(t *testing.T) {
	before := runtime.NumGoroutine()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 300).Draw(t, "items")
		threads := rapid.IntRange(1, 9).Draw(t, "threads")
		limit := rapid.Int64Range(0, 40).Draw(t, "limit")
		next := 0
		for got, err := range Ordered(context.Background(), threads, limit, numbers(n, nil), one, uneven) {
			if err != nil || got != 2*next {
				t.Fatalf("result %d is %d, %v", next, got, err)
			}
			next++
		}
		if next != n {
			t.Fatalf("%d results of %d", next, n)
		}
	})
	settled(t, before)
}

// No more bytes are under way than the limit allows, from the moment an item
// is handed out until its result was taken; an item above the limit goes
// alone.
func TestOrderedLimit(t *testing.T) {
	const limit = 100
	size := func(item int) int64 { return []int64{10, 30, 250, 60}[item%4] }
	var under atomic.Int64
	work := func(_ int, item int) (int, error) {
		if now := under.Add(size(item)); now > limit && now != size(item) {
			t.Errorf("item %d makes %d bytes under way", item, now)
		}
		time.Sleep(50 * time.Microsecond)
		under.Add(-size(item)) // its room is held longer, until its turn
		return item, nil
	}
	n := 0
	for _, err := range Ordered(context.Background(), 8, limit, numbers(200, nil), size, work) {
		check(t, err)
		n++
	}
	if n != 200 {
		t.Errorf("%d results", n)
	}
}

// What was read ahead is bounded by the limit too, not by what workers take.
func TestOrderedReadsAhead(t *testing.T) {
	read := atomic.Int64{}
	seq := func(yield func(int, error) bool) {
		for i := range 1000 {
			read.Add(1)
			if !yield(i, nil) {
				return
			}
		}
	}
	taken := int64(0)
	for _, err := range Ordered(context.Background(), 2, 10, seq, one, uneven) {
		check(t, err)
		taken++
		if ahead := read.Load() - taken; ahead > 12 {
			t.Fatalf("%d items were read ahead with room for 10", ahead)
		}
		if taken%100 == 0 {
			time.Sleep(time.Millisecond)
		}
	}
}

// A worker has its scratch memory for itself.
func TestOrderedWorkers(t *testing.T) {
	const threads = 5
	var busy [threads]atomic.Bool
	for _, err := range Ordered(context.Background(), threads, 100, numbers(500, nil), one, func(w, item int) (int, error) {
		if !busy[w].CompareAndSwap(false, true) {
			return 0, fmt.Errorf("worker %d runs twice", w)
		}
		defer busy[w].Store(false)
		return uneven(w, item)
	}) {
		check(t, err)
	}
}

// The first error ends everything, after the results before it and without
// any result behind it, wherever it comes from.
func TestOrderedErrors(t *testing.T) {
	fault := errors.New("fault")
	for _, threads := range []int{1, 2, 8} {
		for name, run := range map[string]iter.Seq2[int, error]{
			"seq": Ordered(context.Background(), threads, 10, numbers(50, fault), one, uneven),
			"work": Ordered(context.Background(), threads, 10, numbers(5000, nil), one, func(w, item int) (int, error) {
				if item >= 50 {
					return 0, fault
				}
				return uneven(w, item)
			}),
		} {
			before := runtime.NumGoroutine()
			n, errs := 0, 0
			for _, err := range run {
				if err == nil {
					n++
				} else if errs++; !errors.Is(err, fault) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if n != 50 || errs != 1 {
				t.Errorf("%s, %d threads: %d results and %d errors", name, threads, n, errs)
			}
			settled(t, before)
		}
	}
}

// Cancelling ends the loop with the context's error and all goroutines, also
// where the reader waits for room or for a slow worker.
func TestOrderedCancel(t *testing.T) {
	for _, limit := range []int64{1, 1000} {
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithCancel(context.Background())
		n, err := 0, error(nil)
		endless := func(yield func(int, error) bool) {
			for i := 0; yield(i, nil); i++ {
			}
		}
		for _, err = range Ordered(ctx, 4, limit, endless, one, uneven) {
			if n++; n == 20 {
				cancel()
			}
		}
		if !errors.Is(err, context.Canceled) || n < 20 || n > 22 {
			t.Errorf("%v after %d results", err, n)
		}
		settled(t, before)
		cancel()
	}
}

// A context that is cancelled from the start lets nothing through.
func TestOrderedCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, n := range []int{0, 1, 1000} {
		var errs []error
		for _, err := range Ordered(ctx, 2, 100, numbers(n, nil), one, uneven) {
			errs = append(errs, err)
		}
		if len(errs) != 1 || !errors.Is(errs[0], context.Canceled) {
			t.Errorf("%d items: %v", n, errs)
		}
	}
}

// Whoever leaves the loop early, even by a panic, leaves no goroutine behind,
// and the reader of the items is told.
func TestOrderedBreak(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, limit := range []int64{1, 3, 1000} {
		for _, stop := range []int{1, 10, 99} {
			left := false
			seq := func(yield func(int, error) bool) {
				defer func() { left = true }()
				numbers(5000, nil)(yield)
			}
			n := 0
			for range Ordered(context.Background(), 3, limit, seq, one, uneven) {
				if n++; n == stop {
					break
				}
			}
			if !left {
				t.Errorf("limit %d, %d results: the reader goes on", limit, stop)
			}
		}
	}
	func() {
		defer func() { _ = recover() }()
		for range Ordered(context.Background(), 3, 2, numbers(5000, nil), one, uneven) {
			panic("the consumer gives up")
		}
	}()
	settled(t, before)
}

// Batches hold all items in order, each of about the given size, and what
// came before an error is not lost.
func TestBatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 100).Draw(t, "items")
		bytes := rapid.Int64Range(1, 50).Draw(t, "bytes")
		var fault error
		if rapid.Bool().Draw(t, "fault") {
			fault = errors.New("fault")
		}
		size := func(item int) int64 { return int64(item % 9) }
		var got []int
		var last error
		for batch, err := range Batches(numbers(n, fault), bytes, size) {
			last = err
			if len(batch) == 0 && err == nil {
				t.Fatalf("an empty batch")
			}
			if most := Sum(size)(batch); most >= bytes+8 {
				t.Fatalf("a batch of %d, above %d", most, bytes)
			}
			got = append(got, batch...)
		}
		if last != fault || len(got) != n || !slices.IsSorted(got) {
			t.Fatalf("%d of %d items, %v", len(got), n, last)
		}
	})
	for batch := range Batches(numbers(100, nil), 5, one) {
		if !slices.Equal(batch, []int{0, 1, 2, 3, 4}) {
			t.Errorf("the first batch is %v", batch)
		}
		break
	}
}

// Ahead yields what it is given, in order, and leaves no goroutine behind
// when the loop ends early.
func TestAhead(t *testing.T) {
	before := runtime.NumGoroutine()
	fault := errors.New("fault")
	seq := func(yield func(int, error) bool) {
		for i := range 1000 {
			if !yield(i, nil) {
				return
			}
		}
		yield(0, fault)
	}
	for _, end := range []int{0, 10, 1000, 2000} {
		n := 0
		for v, err := range Ahead(seq, 4) {
			if n == 1000 && err != fault || n < 1000 && (err != nil || v != n) {
				t.Fatalf("item %d is %d, %v", n, v, err)
			}
			if n++; n > end {
				break
			}
		}
		if want := min(end+1, 1001); n != want {
			t.Errorf("%d items, want %d", n, want)
		}
	}
	settled(t, before)
}

// Each task runs once, however many there are for how many goroutines.
func TestEach(t *testing.T) {
	if Together(0) != nil || Together(1) != nil {
		t.Error("one goroutine runs nothing side by side")
	}
	before := runtime.NumGoroutine()
	for _, n := range []int{0, 1, 2, 7} {
		for _, count := range []int{0, 1, n, 100} {
			ran := make([]int, count)
			tasks := make([]func(), count)
			for i := range tasks {
				tasks[i] = func() { ran[i]++ }
			}
			if together := Together(n); together != nil {
				together(tasks...)
			} else {
				Each(n, tasks...)
			}
			for i, times := range ran {
				if times != 1 {
					t.Errorf("%d goroutines: task %d of %d ran %d times", n, i, count, times)
				}
			}
		}
	}
	settled(t, before)
}

// What runs beside has ended when it was waited for, and its error comes as often as it is
// asked for.
func TestBeside(t *testing.T) {
	fault := errors.New("no room")
	for _, n := range []int{1, 2} {
		ran := 0
		wait := Beside(n, func() error { ran++; return fault })
		for range 2 {
			if err := wait(); err != fault || ran != 1 {
				t.Errorf("%d: %v, ran %d times", n, err, ran)
			}
		}
	}
}
