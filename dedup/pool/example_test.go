package pool_test

import (
	"context"
	"fmt"
	"iter"
	"log"
	"strings"

	"reprint/dedup/pool"
)

// words yields a few words.
func words(list ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, w := range list {
			if !yield(w, nil) {
				return
			}
		}
	}
}

// Four goroutines share the work; what they make comes in the order of what they got.
func Example() {
	size := func(w string) int64 { return int64(len(w)) }
	upper := func(_ int, w string) (string, error) { return strings.ToUpper(w), nil }
	for w, err := range pool.Ordered(context.Background(), 4, 1<<20, words("one", "after", "the", "other"), size, upper) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(w)
	}
	// Output:
	// ONE
	// AFTER
	// THE
	// OTHER
}
