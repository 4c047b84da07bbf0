package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"reprint/corpus"
	"reprint/dedup/pool"
)

// output is a list beside the records. One without a name keeps nothing.
type output struct {
	*bufio.Writer
	path string
	file *corpus.OutputFile // nil: what is written is let go
}

// outputName gives standard output its one name: written to under that of its device, the
// file into which it is led would be replaced.
func outputName(path string) string {
	switch path {
	case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1":
		return "-"
	}
	return path
}

// checkOutput says whether path may be written, before any work begins.
func checkOutput(path string, force bool) error {
	if path == "" || path == "-" {
		return nil
	}
	if err := corpus.CheckName(path); err != nil { // as CreateFile would say after the work
		return err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return checkFolder(path)
	case err != nil:
		return err
	case info.IsDir():
		return usage("name a file", "the output is a folder: %s", path)
	case info.Mode().IsRegular() && !force:
		return usage("--force replaces it", "the output exists: %s", path)
	}
	return nil
}

// checkFolder says whether the folder that path would stand in exists.
func checkFolder(path string) error {
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return usage("make it first, or name another place", "no such folder for the output: %s", folder)
	}
	return nil
}

// isStream reports whether path is standard output, a device or a pipe:
// something that has no files beside it.
func isStream(path string) bool {
	if path == "-" {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && !info.Mode().IsRegular()
}

// create opens path for writing. An empty path gives an output that keeps nothing.
func (t *tool) create(path string, force bool) (*output, error) {
	if path == "" {
		return &output{Writer: bufio.NewWriter(io.Discard)}, nil
	}
	if err := checkOutput(path, force); err != nil {
		return nil, err
	}
	f, err := corpus.CreateFile(path, corpus.WriterOptions{Force: force, Stdout: t.out})
	if err != nil {
		return nil, err
	}
	return &output{f.Writer, path, f}, nil
}

// finish brings every byte into the file, which still has its passing name.
func (o *output) finish() error {
	if o.file == nil {
		return nil
	}
	return o.file.Finish()
}

// commit finishes the file and gives it its name. After an error nothing of
// it is left.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	return o.file.Close()
}

// abort takes the file away, unless it was committed. It may be deferred.
func (o *output) abort() {
	if o.file != nil {
		o.file.Abort()
	}
}

// beside names a list that accompanies out: "week.jsonl.zst" and "removed"
// give "week.removed.jsonl". A stream, or no output at all,
// has nothing beside it: "".
func beside(out, what string) string {
	if out == "" || isStream(out) {
		return ""
	}
	return stem(out) + "." + what + ".jsonl"
}

// background names the file beside a furniture file, "" for a stream.
func background(out string) string {
	if out == "" || isStream(out) {
		return ""
	}
	return stem(out) + ".background"
}

// stem is a name without the extensions that say how a file is read.
func stem(path string) string {
	base := strings.TrimRight(path, string(filepath.Separator))
	for _, known := range [...]string{
		".gz .zst .bz2 .xz",
		".jsonl .ndjson .json .csv .tsv .parquet .txt .md .html .warc .wet",
	} {
		if ext := filepath.Ext(base); ext != "" && strings.Contains(known+" ", strings.ToLower(ext)+" ") {
			base = strings.TrimSuffix(base, ext)
		}
	}
	return base
}

// needOutput asks for -o where a command has no default.
func (s *settings) needOutput(what string) error {
	if s.out == "" {
		return usage("-o "+what+" names it, -o - is standard output", "no output was named")
	}
	return nil
}

// checkOutputs says, before any work begins, what stands in the way of the
// output and of the lists beside it. A folder for one-document files is
// looked at when it is made, which is before the work as well.
func (s *settings) checkOutputs() error {
	if s.out == "" {
		return nil
	}
	if s.out == s.removed {
		return usage("--removed names another file", "one name for two outputs: %s", shown(s.out))
	}
	errs := []error{checkOutput(s.removed, s.force), checkRecords(s.out, s.force)}
	if s.corpus.Skip {
		errs = append(errs, checkOutput(beside(s.out, "rejected"), s.force))
	}
	return errors.Join(errs...)
}

// checkRecords is checkOutput, but the output may be a folder.
func checkRecords(path string, force bool) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	return checkOutput(strings.TrimRight(path, string(filepath.Separator)), force)
}

// commitBoth gives two outputs their names. The list is brought to its disk
// first, so that a full disk leaves neither.
func commitBoth(records *corpus.Writer, list *output) error {
	if err := list.finish(); err != nil {
		return err
	}
	if err := records.Close(); err != nil {
		return err
	}
	return list.commit()
}

// beside runs what may go on beside other things, if more than one thread was asked for.
func (s *settings) beside(do func() error) (wait func() error) {
	return pool.Beside(s.dedup.Sized().Threads, do)
}

// outputs opens where the records go that stay, each with columns of ours, and the
// list of what does not.
func (t *tool) outputs(s *settings, docs *corpus.Collection, columns ...string) (*corpus.Writer, *output, error) {
	removed, err := t.create(s.removed, s.force)
	if err != nil {
		return nil, nil, err
	}
	o := corpus.WriterOptions{Force: s.force, Stdout: t.out, Columns: columns}
	if s.dedup.Sized().Threads > 1 {
		o.Beside = s.beside
	}
	records, err := corpus.NewWriter(docs, s.out, o)
	if err != nil {
		removed.abort()
		return nil, nil, err
	}
	return records, removed, nil
}
