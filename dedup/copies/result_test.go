package copies

import (
	"context"
	"errors"
	"testing"

	"reprint/corpus"
)

// TestResultMisused: what a Result cannot tell yet, or any more, is an error, and Apply may
// be called again after one.
func TestResultMisused(t *testing.T) {
	c := collect(t, record{ID: "a", Text: "-"}, record{ID: "b", Text: "!"}, record{ID: "c", Text: "-"})
	r, err := Run(context.Background(), c, Options{})
	check(t, err)
	told := func(want error) {
		t.Helper()
		n := 0
		for d, err := range r.Drops() {
			if n++; !errors.Is(err, want) {
				t.Errorf("%+v, %v, want %v", d, err, want)
			}
		}
		if n != 1 {
			t.Errorf("%d errors", n)
		}
	}
	told(errApplied)
	own := errors.New("the caller's own")
	do := func(*corpus.Document, Fate) error { return own }
	if err := r.Apply(context.Background(), c, do); !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
	told(errApplied)
	for range 2 {
		if f := apply(t, r, c); f.gone(t) != "c>a" {
			t.Errorf("%q goes", f.gone(t))
		}
	}
	check(t, r.Close())
	told(errClosed)
	if err := r.Apply(context.Background(), c, do); !errors.Is(err, errClosed) {
		t.Errorf("got %v", err)
	}
	check(t, r.Close())
}
