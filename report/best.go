package report

import "slices"

// best keeps the first max values of an order among all that are added. The
// order must be total, so that what stays does not depend on what came
// first. Memory: 2 max values; an addition costs O(log max) on average.
type best[T any] struct {
	max   int
	order func(a, b T) int
	list  []T
	seen  int // all that were added
}

func (b *best[T]) add(v T) {
	b.seen++
	if b.list = append(b.list, v); len(b.list) == 2*b.max {
		b.cut()
	}
}

// cut sorts what is kept and lets go of the rest.
func (b *best[T]) cut() {
	slices.SortFunc(b.list, b.order)
	if len(b.list) > b.max {
		clear(b.list[b.max:])
		b.list = b.list[:b.max]
	}
}

// sorted returns what is kept, first of the order first.
func (b *best[T]) sorted() []T {
	b.cut()
	return b.list
}
