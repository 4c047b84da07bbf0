package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// stdinPath is the path that stands for standard input.
const stdinPath = "-"

// An input is a file with what Open found out about it.
type input struct {
	File
	format *format
	codec  *codec // nil: not compressed
	src    *source
	rel    string // the name that its text gets in an output folder
	direct bool   // named itself, not found in a folder or by a glob
	kept   stretch
}

func (in *input) size() int64 {
	if in.src.pipe != nil && in.src.spool == nil {
		return -1
	}
	return in.src.size
}

// expand adds the files that path stands for.
func (c *Collection) expand(path string) error {
	if path == stdinPath {
		return c.addStdin()
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && hasMeta(path) {
		return c.expandGlob(path)
	}
	if err != nil {
		return &ReadError{File: path, Err: plain(err)}
	}
	if info.IsDir() {
		return c.expandFolder(path, "")
	}
	return c.addFile(path, filepath.Base(path), info, true)
}

func (c *Collection) addStdin() error {
	if c.paths[stdinPath] {
		return namedTwice(stdinPath)
	}
	src := pipeSource(stdinPath, c.opts.Stdin, nil)
	return c.add(src, "stdin", true)
}

// namedTwice is the error of a path by which a file is in the collection already: its
// documents could not be told apart.
func namedTwice(path string) error {
	return &ReadError{File: path, Err: errors.New("named twice")}
}

// addFile adds one file by name; what is not a regular file is read as a pipe.
func (c *Collection) addFile(path, rel string, info fs.FileInfo, direct bool) error {
	if c.paths[path] {
		return namedTwice(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return &ReadError{File: path, Err: plain(err)}
	}
	if !info.Mode().IsRegular() {
		return c.add(pipeSource(path, f, f), rel, direct)
	}
	f.Close()
	return c.add(&source{path: path, size: info.Size(), changed: info.ModTime()}, rel, direct)
}

func (c *Collection) add(src *source, rel string, direct bool) error {
	in := &input{File: File{Path: src.path}, src: src, rel: rel, direct: direct}
	if err := in.identify(&c.opts); err != nil {
		return errors.Join(err, src.close())
	}
	c.inputs = append(c.inputs, in)
	c.paths[src.path] = true
	return nil
}

// expandFolder adds the readable files below root. Their names in an output
// folder are relative to root, below prefix.
func (c *Collection) expandFolder(root, prefix string) error {
	before := len(c.inputs)
	var errs []error
	folder := filepath.Clean(root) + string(filepath.Separator) // of a link what it points to
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			errs = append(errs, &ReadError{File: path, Err: plain(err)})
		case path == folder:
		case entry.IsDir() && c.excepted(entry):
			return filepath.SkipDir
		case strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return filepath.SkipDir
			}
		case !entry.IsDir():
			rel, _ := filepath.Rel(root, path)
			errs = append(errs, c.addFound(path, filepath.Join(prefix, rel), entry))
		}
		return nil
	})
	errs = append(errs, err)
	if err := errors.Join(errs...); err != nil || len(c.inputs) > before {
		return err
	}
	return &ReadError{
		File: root,
		Err:  errors.New("no file in the folder has a known format"),
		Hint: knownFormats(),
	}
}

// excepted tells whether a folder is the one that Options.Except names.
func (c *Collection) excepted(folder fs.DirEntry) bool {
	if c.except == nil {
		return false
	}
	info, err := folder.Info()
	return err == nil && os.SameFile(info, c.except)
}

// addFound adds a file found in a folder if its extension is known.
func (c *Collection) addFound(path, rel string, entry fs.DirEntry) error {
	info, err := entry.Info()
	if err == nil && entry.Type()&fs.ModeSymlink != 0 {
		info, err = os.Stat(path)
	}
	if err != nil {
		return &ReadError{File: path, Err: plain(err)}
	}
	_, f := byExtension(path)
	switch regular := info.Mode().IsRegular(); {
	case info.IsDir():
		c.skipped.add("a link to a folder")
		return nil
	case !regular:
		c.skipped.add("a pipe or a device")
		return nil
	case f == nil:
		c.skipped.add(strings.ToLower(filepath.Ext(path)))
		return nil
	}
	return c.addFile(path, rel, info, false)
}

// skipped counts files that are in a folder and not read.
type skipped struct {
	files      int
	extensions []string // distinct ones
}

// extensionsKept bounds what is remembered of names.
const extensionsKept = 8

func (s *skipped) add(what string) {
	s.files++
	if len(s.extensions) < extensionsKept && !slices.Contains(s.extensions, what) {
		s.extensions = append(s.extensions, what)
	}
}

// identify finds the format by extension, else by the first bytes.
func (in *input) identify(o *Options) error {
	in.codec, in.format = byExtension(in.Path)
	if in.format == nil {
		if err := in.sniff(o); err != nil {
			return &ReadError{File: in.Path, Err: plain(err), Hint: knownFormats()}
		}
	}
	in.Format = in.format.name
	if in.codec != nil {
		in.Compression = in.codec.name
	}
	return nil
}

// sniff finds the format by the first bytes. A pipe through which nothing comes holds no
// documents.
func (in *input) sniff(o *Options) error {
	head, err := in.head(o)
	if err != nil {
		return err
	}
	switch in.format = sniffFormat(head); {
	case in.format != nil:
	case len(head) > 0:
		return errors.New("unknown format")
	case in.src.pipe == nil:
		return errors.New("empty, and no name tells its format")
	default:
		in.format = formatOf(".jsonl")
	}
	return nil
}

// head returns the first bytes of the decompressed file; it finds the
// compression by its magic number if the name did not tell it.
func (in *input) head(o *Options) ([]byte, error) {
	f, err := in.src.peek(o.Temp)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	if in.codec == nil {
		magic, _ := r.Peek(magicSize)
		in.codec = byMagic(magic)
	}
	if in.codec == nil {
		return io.ReadAll(io.LimitReader(r, headSize))
	}
	unpacked, done, err := in.codec.read(r)
	if err != nil {
		return nil, in.codec.explain(err)
	}
	defer done()
	head, err := io.ReadAll(io.LimitReader(unpacked, headSize))
	if len(head) > 0 {
		err = nil // All tells of what is wrong further on
	}
	return head, in.codec.explain(err)
}

// knownFormats is the hint for what cannot be read.
func knownFormats() string {
	var names, packed []string
	for i := range formats {
		names = append(names, formats[i].extensions...)
	}
	for i := range codecs {
		packed = append(packed, codecs[i].extension)
	}
	return fmt.Sprintf("what is read: %s, each also as %s; under another name what begins as JSON or as a table with a column for the text", strings.Join(names, " "), strings.Join(packed, " "))
}
