package copies

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/internal/press"
	"reprint/internal/short"
)

// shards writes a collection of several files.
func shards(t testing.TB, n int) []string {
	t.Helper()
	p := press.New(21)
	var paths []string
	for i := range n {
		paths = append(paths, write(t, fmt.Sprintf("docs-%d.jsonl", i), p.Records(150, 80)...))
	}
	return paths
}

// told is all that a run says, for comparing.
func told(f found) string { return fmt.Sprintf("%+v\n%+v\n%+v", f.drops, f.fates, f.Summary) }

// What goes is the same for any number of threads, any memory, any size of shards.
func TestSameForAnyMachine(t *testing.T) {
	c := load(t, shards(t, 3)...)
	want := ""
	for _, o := range []Options{
		{Options: dedup.Options{Threads: 1}},
		{Options: dedup.Options{Threads: 2}, shardText: 1},
		{Options: dedup.Options{Threads: 7, Memory: 16 << 20}, shardText: 20_000},
	} {
		f := run(t, c, o)
		f.gone(t)
		if got := told(f); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%d threads: other results", o.Threads)
		}
	}
}

// The stages on their own, in parts that are done in any order, say what a run in one
// process says.
func TestStages(t *testing.T) {
	paths := shards(t, 5)
	c := load(t, paths...)
	want := told(run(t, c, Options{}))
	for _, n := range [][3]int{{1, 1, 1}, {5, 16, 2}, {3, 7, 5}, {7, 256, 1}} {
		if got := told(staged(t, paths, Options{}, n)); got != want {
			t.Errorf("%v parts: other results", n)
		}
	}
}

// staged runs the stages on their own, sign, bands and edges in so many parts, in any order.
func staged(t *testing.T, paths []string, o Options, parts [3]int) found {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, uint64(parts[1])))
	ctx := context.Background()
	o.Work, o.Temp, o.shardText = t.TempDir(), t.TempDir(), 30_000
	shuffled := func(n int, do func(Part) error) {
		for _, i := range rng.Perm(n) {
			check(t, do(Part{i + 1, n}))
		}
	}
	shuffled(parts[0], func(p Part) error { return Sign(ctx, load(t, paths...), o, p) })
	check(t, Exact(ctx, o))
	shuffled(parts[1], func(p Part) error { return Bands(ctx, o, p) })
	shuffled(parts[2], func(p Part) error { return Edges(ctx, o, p) })
	check(t, Components(ctx, o))
	c := load(t, paths...)
	r, err := Open(c, o)
	check(t, err)
	f := apply(t, r, c)
	check(t, r.Close())
	empty(t, o.Temp)
	return f
}

// A stage whose input is not there says what has to be run, and one that is given
// other input refuses.
func TestStagesMissing(t *testing.T) {
	paths := shards(t, 2)
	c := load(t, paths...)
	ctx := context.Background()
	o := Options{Work: t.TempDir()}
	o.Temp = t.TempDir()
	for _, step := range []struct {
		stage string
		part  Part
		run   func() error
		early func() error
	}{
		{"sign", Part{1, 1}, func() error { return Sign(ctx, c, o, Part{1, 2}) }, func() error { return Exact(ctx, o) }},
		{"sign", Part{2, 2}, func() error { return Sign(ctx, c, o, Part{2, 2}) }, func() error { return Exact(ctx, o) }},
		{"exact", Part{}, func() error { return errors.Join(Exact(ctx, o), Bands(ctx, o, Part{2, 3})) }, func() error { return Edges(ctx, o, all) }},
		{"bands", Part{1, 3}, func() error { return errors.Join(Bands(ctx, o, Part{1, 3}), Bands(ctx, o, Part{3, 3})) }, func() error { return Edges(ctx, o, all) }},
		{"edges", Part{1, 1}, func() error { return Edges(ctx, o, all) }, func() error { return Components(ctx, o) }},
	} {
		err := step.early()
		if m := fault[*MissingError](t, err); m.Stage != step.stage || m.Part != step.part || m.Hint() == "" {
			t.Errorf("%v: %+v", step, m)
		}
		check(t, step.run())
	}
	check(t, Components(ctx, o))
	other := load(t, write(t, "other.jsonl", record{Text: bridge}))
	if _, err := Open(other, o); !errors.Is(err, errOther) {
		t.Errorf("%v, want that the input is another", err)
	}
	for _, p := range []Part{{1, 1}, {2, 2}} {
		if err := Sign(ctx, other, o, p); !errors.Is(err, errOther) {
			t.Errorf("%v: %v, want that other input was signed", p, err)
		}
	}
	r, err := Open(c, o) // all is as it was
	check(t, err)
	check(t, r.Close())
}

// A stage whose file is damaged, wherever that is, is done again.
func TestStagesDamaged(t *testing.T) {
	c := load(t, shards(t, 2)...)
	ctx := context.Background()
	o := Options{Work: t.TempDir()}
	o.Temp = t.TempDir()
	check(t, Sign(ctx, c, o, all))
	for _, stage := range []struct {
		file string
		run  func() error
	}{
		{"exact", func() error { return Exact(ctx, o) }},
		{bandsFile(all), func() error { return Bands(ctx, o, all) }},
		{edgesFile(all), func() error { return Edges(ctx, o, all) }},
		{"components", func() error { return Components(ctx, o) }},
	} {
		check(t, stage.run())
		path := filepath.Join(o.Work, stage.file)
		want, err := os.ReadFile(path)
		check(t, err)
		for _, at := range []int{16, len(want) / 2, len(want) - 1} {
			damaged := slices.Clone(want)
			damaged[at] ^= 1
			check(t, os.WriteFile(path, damaged, 0o666))
			check(t, stage.run())
			if got, err := os.ReadFile(path); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: byte %d of %d stays damaged", stage.file, at, len(want))
			}
		}
	}
}

// When a run has found what goes, hardly anything is left of what the stages left, and
// another run goes on from that.
func TestShed(t *testing.T) {
	c := load(t, shards(t, 2)...)
	for _, threads := range []int{1, 2} {
		o := Options{Options: dedup.Options{Threads: threads}, Work: t.TempDir()}
		want := told(run(t, c, o))
		list, err := os.ReadDir(o.Work)
		check(t, err)
		var left []string
		for _, f := range list {
			left = append(left, f.Name())
		}
		if !slices.Equal(left, []string{"components", "exact"}) {
			t.Errorf("%d threads: %q", threads, left)
		}
		r, err := Run(t.Context(), c, o)
		check(t, err)
		if n := len(r.Summary().Stages); n != 0 {
			t.Errorf("%d threads: %d stages run again", threads, n)
		}
		if got := told(apply(t, r, c)); got != want {
			t.Errorf("%d threads: other results", threads)
		}
		check(t, r.Close())
	}
}

// What a killed run was at goes from its work folder, and nothing else does.
func TestWorkFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".hidden", "reprint-notes.txt", ".sign-1.00ff00ff00ff00ff.part", "reprint-run-17", "reprint-blob-1", "reprint-offs-1", "reprint-mail-1"} {
		check(t, os.WriteFile(filepath.Join(dir, name), nil, 0o666))
	}
	f := run(t, collect(t, record{ID: "a", Text: bridge}), Options{Work: dir})
	if len(f.drops) > 0 {
		t.Errorf("%d go", len(f.drops))
	}
	list, err := os.ReadDir(dir)
	check(t, err)
	var left []string
	for _, e := range list {
		if strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "reprint-") {
			left = append(left, e.Name())
		}
	}
	if want := []string{".hidden", "reprint-notes.txt"}; !slices.Equal(left, want) {
		t.Errorf("%q are left, want %q", left, want)
	}
}

// Calls with other rules find other things, and share no work folder.
func TestIdentityOfRules(t *testing.T) {
	rules := func(lines string) *boilerplate.Rules {
		r, err := boilerplate.ParseRules(strings.NewReader(lines), "rules.txt")
		check(t, err)
		return r
	}
	c := collect(t, record{ID: "a", Text: bridge})
	with := func(r *boilerplate.Rules) string { return Identity(c, Options{Options: dedup.Options{Rules: r}}) }
	one, other := "teaser de start line lies hier :\n", "teaser de start line lies dort :\n"
	first, again := with(rules(one)), with(rules(one))
	if first != again || first == with(rules(other)) || first == with(nil) {
		t.Error("rules do not tell")
	}
}

// killed is the environment in which this test is the run that gets killed.
const killed = "REPRINT_KILLED"

// TestKilledRun is no test but the run that TestResume kills.
func TestKilledRun(t *testing.T) {
	dir := os.Getenv(killed)
	if dir == "" {
		t.Skip("runs within TestResume")
	}
	c, err := corpus.Open(corpus.Options{}, filepath.Join(dir, "docs"))
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "result"), []byte(told(killedRun(t, c, dir))), 0o666))
}

func killedRun(t *testing.T, c *corpus.Collection, dir string) found {
	o := Options{Work: filepath.Join(dir, "work"), shardText: 20_000}
	o.Threads, o.Memory = 2, 16<<20
	return run(t, c, o)
}

// A run that is killed at any moment, again and again, and then goes on says what one
// that was not disturbed says.
func TestResume(t *testing.T) {
	enough := short.Size(100, 4)
	dir := t.TempDir()
	check(t, os.Mkdir(filepath.Join(dir, "docs"), 0o777))
	for i, path := range shards(t, 4) {
		check(t, os.Rename(path, filepath.Join(dir, "docs", fmt.Sprintf("%d.jsonl", i))))
	}
	want := told(run(t, load(t, filepath.Join(dir, "docs")), Options{}))
	rng := rand.New(rand.NewPCG(9, 9))
	begun := time.Now()
	if !finished(t, dir, time.Hour) {
		t.Fatal("an undisturbed run did not finish")
	}
	whole, kills := time.Since(begun), 0
	for kills < enough {
		check(t, os.RemoveAll(filepath.Join(dir, "work")))
		check(t, os.RemoveAll(filepath.Join(dir, "result")))
		for tries := int64(4); ; tries++ { // with ever more time, as the machine may be busy
			if finished(t, dir, time.Duration(rng.Int64N(int64(whole)*tries/4))) {
				break
			}
			kills++
		}
		got, err := os.ReadFile(filepath.Join(dir, "result"))
		check(t, err)
		if string(got) != want {
			t.Fatal("other results")
		}
	}
}

// finished runs a process and kills it after a while; it reports whether the process
// came to its end.
func finished(t *testing.T, dir string, after time.Duration) bool {
	t.Helper()
	p := exec.Command(os.Args[0], "-test.run=^TestKilledRun$")
	p.Env = append(os.Environ(), killed+"="+dir, "TMPDIR="+dir)
	check(t, p.Start())
	timer := time.AfterFunc(after, func() { p.Process.Kill() })
	err := p.Wait()
	timer.Stop()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.Exited()) {
		t.Fatal("the run failed: ", err)
	}
	return err == nil
}

// TestStageOptions: what a stage cannot work with is said before it begins.
func TestStageOptions(t *testing.T) {
	ctx, all := context.Background(), Part{1, 1}
	work := t.TempDir()
	check(t, Sign(ctx, collect(t, record{ID: "a", Text: "-"}), Options{Work: work}, all))
	for name, o := range map[string]Options{
		"no work folder": {}, "work folder that is not there": {Work: filepath.Join(work, "none")},
		"threads": {Work: work, Options: dedup.Options{Threads: -1}},
		"memory":  {Work: work, Options: dedup.Options{Memory: 1}},
	} {
		for stage, run := range map[string]func() error{
			"sign":       func() error { return Sign(ctx, collect(t, record{ID: "a", Text: "-"}), o, all) },
			"exact":      func() error { return Exact(ctx, o) },
			"bands":      func() error { return Bands(ctx, o, all) },
			"edges":      func() error { return Edges(ctx, o, all) },
			"components": func() error { return Components(ctx, o) },
		} {
			if err := run(); err == nil || strings.HasPrefix(err.Error(), "open :") {
				t.Errorf("%s, %s: got %v", name, stage, err)
			}
		}
	}
	check(t, Exact(ctx, Options{Work: work}))
}
