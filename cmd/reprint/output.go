package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"reprint/corpus"
	"reprint/dedup/pool"
)

// output is a file that comes into being whole or not at all: it is written
// under a passing name in the same folder and gets its own in commit. "-" is
// standard output; devices and named pipes are written to as they are. A name
// that ends in .gz or .zst is compressed.
type output struct {
	path    string
	passing string // "" where nothing is renamed
	file    *os.File
	packer  io.WriteCloser // nil: not compressed
	*bufio.Writer
}

// checkOutput says whether path may be written, before any work begins.
func checkOutput(path string, force bool) error {
	if path == "" || path == "-" {
		return nil
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
	switch path {
	case "":
		return &output{Writer: bufio.NewWriter(io.Discard)}, nil
	case "-":
		return &output{path: path, Writer: bufio.NewWriterSize(t.out, 1<<16)}, nil
	}
	if err := checkOutput(path, force); err != nil {
		return nil, err
	}
	o := &output{path: path}
	var err error
	if isStream(path) {
		o.file, err = os.OpenFile(path, os.O_WRONLY, 0)
	} else {
		o.file, err = createBeside(path)
		if err == nil {
			o.passing = o.file.Name()
		}
	}
	if err != nil {
		return nil, &corpus.OutputError{File: path, Err: err}
	}
	return o, o.pack()
}

// createBeside makes a file of a passing name in the folder of path.
func createBeside(path string) (*os.File, error) {
	for n := 0; ; n++ {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d-%d.tmp", filepath.Base(path), os.Getpid(), n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, os.ErrExist) || n > 1000 {
			return f, err
		}
	}
}

// called is a file whose errors name what it is to be called.
type called struct {
	*os.File
	path string
}

func (c called) Write(p []byte) (int, error) {
	n, err := c.File.Write(p)
	if failed, ok := err.(*fs.PathError); ok {
		err = &corpus.OutputError{File: c.path, Err: failed.Err}
	}
	return n, err
}

// pack puts the compressor that the name asks for before the file.
func (o *output) pack() error {
	var w io.Writer = called{o.file, o.path}
	switch strings.ToLower(filepath.Ext(o.path)) {
	case ".gz":
		o.packer = gzip.NewWriter(w)
		w = o.packer
	case ".zst":
		z, err := zstd.NewWriter(w)
		if err != nil {
			return err
		}
		o.packer, w = z, z
	}
	o.Writer = bufio.NewWriterSize(w, 1<<16)
	return nil
}

// finish brings every byte into the file; a full disk shows here at the
// latest. The file still has its passing name.
func (o *output) finish() error {
	err := o.Flush()
	if o.packer != nil {
		err = errors.Join(err, o.packer.Close())
		o.packer = nil
	}
	if o.file == nil {
		return err
	}
	if o.passing != "" && err == nil {
		err = o.file.Sync()
	}
	err = errors.Join(err, o.file.Close())
	o.file = nil
	return err
}

// commit finishes the file and gives it its name. After an error nothing of
// it is left.
func (o *output) commit() error {
	err := o.finish()
	if o.passing == "" {
		return err
	}
	if err == nil {
		err = os.Rename(o.passing, o.path)
	}
	if err != nil {
		os.Remove(o.passing)
	}
	o.passing = ""
	return err
}

// abort takes the file away, unless it was committed. It may be deferred.
func (o *output) abort() {
	if o.file != nil {
		o.file.Close()
		o.file = nil
	}
	if o.passing != "" {
		os.Remove(o.passing)
		o.passing = ""
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
