package copies

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reprint/corpus"
	"reprint/internal/spill"
	"reprint/reuse"
)

// Every stage leaves block files (see spill.BlockWriter) in the work folder, named
// after the stage and its share of the work:
//
//	sign-2of3.00007  kind "sign"  shard 7 of part 2 of 3 of the input
//	exact            kind "exct"
//	bands-03of16     kind "band"
//	edges-1of1       kind "edge"
//	components       kind "comp"
//
// A file has its name only when it is whole, so that what is there is done: to
// resume is to leave out what is there. The note of each file is a JSON object that
// says which run it belongs to.

// note is what a stage's file says of itself.
type note struct {
	Run    string `json:"run"` // Options.run: files of another run are no use
	Docs   int64  `json:"docs,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"` // of text
	Words  int64  `json:"words,omitempty"`
	Empty  int64  `json:"empty,omitempty"`
	Last   bool   `json:"last,omitempty"`   // of the shards of a part
	Chunks int64  `json:"chunks,omitempty"` // of the input in a shard
	Pairs  int64  `json:"pairs,omitempty"`

	Copies   int64 `json:"copies,omitempty"`
	SameIDs  int64 `json:"same_ids,omitempty"`
	Drops    int64 `json:"drops,omitempty"`
	Clusters int64 `json:"clusters,omitempty"`
	Beside   int64 `json:"beside,omitempty"`

	Settings *settings `json:"settings,omitempty"` // of the sign stage, for the others
}

// settings are what the stages behind sign have to know of it.
type settings struct {
	Method Method       `json:"method"`
	Kinds  []reuse.Kind `json:"kinds"`
}

// work is the folder of a run and what it knows.
type work struct {
	dir  string
	temp string // folder of what is sorted
	o    Options
	m    Method
	run  string

	quota *spill.Quota
}

// besideSorts is memory that is in use whatever is sorted: chunks of the input, blocks
// that are being filled, the program itself.
const besideSorts = 48 << 20

// spill returns options for a store that may use one part in n of the memory for what
// is sorted. Of stores that are in use at a time the parts make three quarters at most.
func (w *work) spill(n int64) spill.Options {
	return spill.Options{Dir: w.temp, Memory: max(w.o.Memory-besideSorts, w.o.Memory/4) / n, Quota: w.quota}
}

// underWay is how many bytes of the input, and of what is made of them, may be under way
// between the workers.
func (w *work) underWay() int64 {
	return min(w.o.Memory/8, int64(w.o.Threads)*24*inFlight*chunkBytes)
}

// share is spill for one of the workers that run side by side.
func (w *work) share(n int64) spill.Options { return w.spill(n * int64(w.o.Threads)) }

// path names the file of a stage.
func (w *work) path(stage string) string { return filepath.Join(w.dir, stage) }

// create begins the file of a stage.
func (w *work) create(stage, kind string) (*spill.BlockWriter, error) {
	return spill.CreateBlocks(w.path(stage), kind, w.quota)
}

// open opens the finished file of a stage.
func (w *work) open(stage, kind string) (*spill.BlockFile, note, error) {
	f, err := spill.OpenBlocks(w.path(stage), kind)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, note{}, &MissingError{Stage: stage}
	}
	if err != nil {
		return nil, note{}, err
	}
	var n note
	if err = json.Unmarshal(f.Note(), &n); err == nil && n.Run != w.run {
		err = errOther
	}
	if err != nil {
		return nil, n, errors.Join(fmt.Errorf("%s: %w", w.path(stage), err), f.Close())
	}
	return f, n, nil
}

// errOther is the error of a file that another run left.
var errOther = errors.New("left by a run with other input or other settings: give it these, or take another --work")

// done reports whether a stage has left its file. A file that is damaged or of
// another run is as good as none.
func (w *work) done(stage, kind string) bool {
	f, _, err := w.open(stage, kind)
	if err != nil {
		return false
	}
	return errors.Join(f.Check(), f.Close()) == nil
}

// finish closes the file of a stage.
func (w *work) finish(f *spill.BlockWriter, n note) error {
	n.Run = w.run
	b, err := json.Marshal(n)
	if err != nil {
		return errors.Join(err, f.Abort())
	}
	return f.Close(b)
}

// clear removes what a run that was broken off was at when it ended, and counts what else
// there is: what it had finished.
func (w *work) clear() error {
	list, err := os.ReadDir(w.dir)
	for _, e := range list {
		name := e.Name()
		if spill.Leftover(name) || strings.HasPrefix(name, mailName) {
			err = errors.Join(err, os.Remove(w.path(name)))
		} else if info, e := e.Info(); e == nil {
			err = errors.Join(err, w.quota.Take(info.Size()))
		}
	}
	return err
}

// identity is all that the result depends on: 16 hexadecimal digits for the input, and
// 16 for the method, the choice of the survivor and the caller's own settings.
func identity(c *corpus.Collection, o *Options) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %+v %v %v %q\n", formatVersion, o.Method, o.Kinds, o.From != nil, o.Identity)
	if o.Furniture != nil {
		fmt.Fprintln(h, o.Furniture.Version())
	}
	if o.Rules != nil {
		fmt.Fprintln(h, o.Rules.Version())
	}
	return inputIdentity(c) + fmt.Sprintf("%016x", h.Sum64())
}

// Identity is what two calls have in common that find the same: they may share a work
// folder. It reads nothing but the files' sizes and times.
func Identity(c *corpus.Collection, o Options) string {
	o = o.filled()
	return identity(c, &o)
}

// inputIdentity tells files by name, size and time.
func inputIdentity(c *corpus.Collection) string {
	h := fnv.New64a()
	for _, f := range c.Files() {
		changed := int64(0)
		if info, err := os.Stat(f.Path); err == nil && info.Mode().IsRegular() {
			changed = info.ModTime().UnixNano()
		}
		fmt.Fprintf(h, "%q %d %d\n", f.Path, f.Size, changed)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// formatVersion is that of all files in a work folder.
const formatVersion = 7

// Part is one share of a stage's work: number I of N, from 1.
type Part struct{ I, N int }

// all is the whole work as one part.
var all = Part{1, 1}

// String gives "2of8" or "02of16", so that names sort as numbers do.
func (p Part) String() string { return fmt.Sprintf("%0*dof%d", len(fmt.Sprint(p.N)), p.I, p.N) }

// Validate reports what is wrong with p.
func (p Part) Validate() error {
	if p.N < 1 || p.N > maxParts || p.I < 1 || p.I > p.N {
		return fmt.Errorf("part %d of %d: from 1 of 1 to %d of %d", p.I, p.N, maxParts, maxParts)
	}
	return nil
}

const maxParts = 9999

// span returns the part's share of n things.
func (p Part) span(n int) (from, to int) {
	return int(int64(n) * int64(p.I-1) / int64(p.N)), int(int64(n) * int64(p.I) / int64(p.N))
}

// list lists the work folder.
func (w *work) list() ([]os.DirEntry, error) {
	if w.dir == "" {
		return nil, errors.New("no work folder was named, in which the stages leave their files")
	}
	return os.ReadDir(w.dir)
}

// files lists the files that a stage left, in order. Parts that are missing are an
// error.
func (w *work) files(stage string) ([]string, error) {
	list, err := w.list()
	if err != nil {
		return nil, err
	}
	var names []string
	there := map[Part]bool{}
	of := 0
	for _, e := range list {
		rest, ok := strings.CutPrefix(e.Name(), stage+"-")
		if !ok {
			continue
		}
		var p Part
		if _, err := fmt.Sscanf(rest, "%dof%d", &p.I, &p.N); err != nil || p.Validate() != nil {
			return nil, fmt.Errorf("%s: not the name of a part", w.path(e.Name()))
		}
		if of != 0 && of != p.N {
			return nil, fmt.Errorf("%s holds parts of %d and of %d", w.path(stage), of, p.N)
		}
		of = p.N
		there[p] = true
		names = append(names, e.Name())
	}
	for i := range max(of, 1) {
		if p := (Part{i + 1, max(of, 1)}); !there[p] {
			return nil, &MissingError{Stage: stage, Part: p}
		}
	}
	slices.Sort(names)
	return names, nil
}

// MissingError tells which part of which stage has to be run first.
type MissingError struct {
	Stage string
	Part  Part
}

// Error names the part, if the stage has several, and the stage.
func (e *MissingError) Error() string {
	if e.Part.N <= 1 {
		return fmt.Sprintf("the stage %s is not finished", e.Stage)
	}
	return fmt.Sprintf("part %d of %d of the stage %s is not finished", e.Part.I, e.Part.N, e.Stage)
}

// Hint says what to do.
func (e *MissingError) Hint() string {
	if e.Part.N <= 1 {
		return "run it first: reprint stage " + e.Stage
	}
	return fmt.Sprintf("run it first: reprint stage %s --part %d/%d", e.Stage, e.Part.I, e.Part.N)
}
