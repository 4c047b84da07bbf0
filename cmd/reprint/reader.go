package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
)

// A reader reads flags and collects what is wrong with them. A flag that is
// not set gives the zero value.
type reader struct {
	c      *cli.Context
	faults []error
}

func (r *reader) check(err error) {
	if err != nil {
		r.faults = append(r.faults, err)
	}
}

func (r *reader) fault(name, hint, format string, args ...any) {
	r.check(usage(hint, "--%s: "+format, append([]any{name}, args...)...))
}

func (r *reader) size(name string) int64 {
	if !r.c.IsSet(name) {
		return 0
	}
	n, err := parseSize(r.c.String(name))
	if err != nil {
		r.fault(name, sizeHint, "%v", err)
	}
	return n
}

// textSize is size for a text, which has a bound of its own.
func (r *reader) textSize(name string) int64 {
	n := r.size(name)
	if n > corpus.MaxTextLimit {
		r.fault(name, "", "%q is not below 4GiB", r.c.String(name))
		return 0
	}
	return n
}

// textField reads the name of the one field that cannot be switched off.
func (r *reader) textField(name string) string {
	field := r.c.String(name)
	if field == "none" {
		r.fault(name, "", "the text cannot be switched off")
		return ""
	}
	return field
}

// count reads a number from 1 to most.
func (r *reader) count(name string, most int) int {
	if !r.c.IsSet(name) {
		return 0
	}
	n, err := strconv.Atoi(r.c.String(name))
	if err != nil || n < 1 || n > most {
		r.fault(name, "", "%q is no number from 1 to %d", r.c.String(name), most)
		return 0
	}
	return n
}

// share reads a number above 0 and up to 1; 80% means .8.
func (r *reader) share(name string) float64 {
	if !r.c.IsSet(name) {
		return 0
	}
	s, percent := strings.CutSuffix(strings.TrimSpace(r.c.String(name)), "%")
	x, err := strconv.ParseFloat(s, 64)
	if percent {
		x /= 100
	}
	if err != nil || !(x > 0 && x <= 1) {
		r.fault(name, "", "%q is no share above 0 and up to 1", r.c.String(name))
		return 0
	}
	return x
}

func (r *reader) choice(name string, words ...string) string {
	s := r.c.String(name)
	if r.c.IsSet(name) && !slices.Contains(words, s) {
		r.fault(name, "", "%q is none of %s", s, strings.Join(words, ", "))
	}
	return s
}

// list reads words with commas between them.
func (r *reader) list(name string) []string {
	if !r.c.IsSet(name) {
		return nil
	}
	var words []string
	for w := range strings.SplitSeq(r.c.String(name), ",") {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		r.fault(name, "", "names nothing")
	}
	return words
}

func (r *reader) kinds(name string) []reuse.Kind {
	var kinds []reuse.Kind
	for _, w := range r.list(name) {
		k := reuse.Kind(w)
		if !k.Copy() {
			r.fault(name, "", "%q is none of %s, %s", w, reuse.Duplicate, reuse.Republished)
		}
		kinds = append(kinds, k)
	}
	return kinds
}

// marks reads kinds of furniture.
func (r *reader) marks(name string) map[boilerplate.Kind]bool {
	kinds := make(map[boilerplate.Kind]bool)
	for _, w := range r.list(name) {
		k := boilerplate.Kind(w)
		if !slices.Contains(boilerplate.Kinds[:], k) {
			r.fault(name, "", "%q is none of %s", w, kindList())
		}
		kinds[k] = true
	}
	return kinds
}

func kindList() string {
	words := make([]string, len(boilerplate.Kinds))
	for i, k := range boilerplate.Kinds {
		words[i] = string(k)
	}
	return strings.Join(words, ", ")
}

func (r *reader) folder(name string) string {
	path := r.c.String(name)
	if path == "" {
		return ""
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		r.fault(name, "make it first, or name another place", "no such folder: %s", path)
	}
	return path
}

func (r *reader) furniture(name string) taught {
	path := r.c.String(name)
	if path == "" {
		return taught{}
	}
	l, err := readFurniture(path)
	r.check(err)
	return l
}

func (r *reader) rules(name string) *boilerplate.Rules {
	path := r.c.String(name)
	if path == "" {
		return nil
	}
	rules, err := readRules(path)
	r.check(err)
	return rules
}

// readRules reads rules of people's own, to be used with the shipped ones.
func readRules(path string) (*boilerplate.Rules, error) {
	in, err := corpus.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	more, err := boilerplate.ParseRules(in, path)
	if err != nil {
		return nil, withHint(err, "a rule is a kind, a language, where the phrase stands, what is taken, and the phrase, as in: teaser en start line read also :")
	}
	return boilerplate.Shipped().With(more), nil
}

// taught is what an archive taught: a furniture file and the one beside it.
type taught struct {
	furniture *boilerplate.Furniture
	archive   *reuse.Archive
}

// readFurniture reads a furniture file and the one beside it.
func readFurniture(path string) (l taught, err error) {
	in, err := corpus.OpenFile(path)
	if err != nil {
		return l, err
	}
	defer in.Close()
	if l.furniture, err = boilerplate.ReadFurniture(in, path); err != nil {
		return l, withHint(err, "a furniture file is what reprint learn writes: JSON lines, the first of which says what it is")
	}
	if l.furniture.Beside.File != "" {
		l.archive, err = readBeside(l.furniture, filepath.Join(filepath.Dir(path), filepath.Base(l.furniture.Beside.File)))
	}
	return l, err
}

// readBeside reads the file that stands beside a furniture file.
func readBeside(f *boilerplate.Furniture, path string) (*reuse.Archive, error) {
	const hint = "learn wrote it together with the furniture file: keep both in one folder"
	in, err := os.Open(path)
	if err != nil {
		return nil, withHint(err, hint)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	a, err := dedup.ReadBeside(in, info.Size(), f)
	if err != nil {
		return nil, usage(hint, "%s: %v", path, err)
	}
	return a, nil
}
