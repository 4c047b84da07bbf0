package copies

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"reprint/dedup"
	"reprint/internal/press"
	"reprint/internal/short"
)

// watch is a context that looks at the memory in use now and then.
type watch struct {
	context.Context
	on       bool
	last     time.Time
	low, top uint64 // bytes that are in use
}

func (w *watch) Err() error {
	if w.on && time.Since(w.last) > 5*time.Millisecond {
		w.look()
	}
	return w.Context.Err()
}

func (w *watch) look() {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	if w.low == 0 {
		w.low = m.HeapAlloc
	}
	w.top, w.last = max(w.top, m.HeapAlloc), time.Now()
}

// A component of which the nodes and edges do not fit into the memory is settled all the
// same, and as it is with plenty.
func TestLargeComponent(t *testing.T) {
	short.Alone(t)
	rng := rand.New(rand.NewPCG(8, 8))
	p := press.New(8)
	page := strings.Fields(p.Sentence(70))
	var docs []record
	for i := range 20_000 {
		words := append([]string(nil), page...)
		for range 3 {
			words[rng.IntN(len(words))] = fmt.Sprint("anders", rng.IntN(1000))
		}
		docs = append(docs, record{ID: fmt.Sprint(i), Text: strings.Join(words, " ")})
	}
	c := collect(t, docs...)
	want := ""
	for _, memory := range []int64{1 << 30, 24 << 20} {
		ctx := &watch{Context: context.Background()}
		o := Options{Options: dedup.Options{Threads: 1, Memory: memory, Temp: t.TempDir()}}
		o.Progress = func(p dedup.Progress) {
			if ctx.on = p.Stage == "components"; ctx.on {
				ctx.look()
			}
		}
		r, err := Run(ctx, c, o)
		check(t, err)
		ctx.on = false
		f := apply(t, r, c)
		check(t, r.Close())
		if got := told(f); want == "" {
			want = got
		} else if got != want {
			t.Error("with little memory other documents go")
		}
		if len(f.drops) < 15_000 {
			t.Errorf("%d of %d copies go", len(f.drops), len(docs))
		}
		t.Logf("%d MiB may be used, %d MiB are in the component", memory>>20, (ctx.top-ctx.low)>>20)
		if used := int64(ctx.top - ctx.low); used > max(memory/3, 8<<20) {
			t.Errorf("of %d MiB one component takes %d MiB", memory>>20, used>>20)
		}
	}
}
