package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Kinds of output, finer than formats: what can stand in one file together.
const (
	kindLines  = "jsonl"
	kindValues = "json"
	kindArray  = "json array"
	kindText   = "txt"
)

// prepare finds the kind of the output and returns the bytes that it begins
// with.
func (w *Writer) prepare(out string) ([]byte, error) {
	if out == "" {
		return nil, errNoOutput
	}
	if err := w.findKind(out); err != nil {
		return nil, err
	}
	if w.kind == kindText && len(w.more) > 0 {
		return nil, w.noFields(out)
	}
	if w.kind == kindText && !w.c.singleFile(out) {
		return nil, w.nameFiles(out)
	}
	if err := w.checkName(out); err != nil {
		return nil, err
	}
	switch w.kind {
	case kindText:
		return nil, nil
	case "csv", "tsv":
		return w.readHeaders(out)
	}
	w.scan = newObjectScanner(newFields(&w.c.opts))
	return w.mark(w.c.inputs[0])
}

// noFields is the error of fields for files that are nothing but text.
func (w *Writer) noFields(out string) error {
	return &OutputError{File: out, Err: errors.New("text files have no place for " + strings.Join(w.more, ", "))}
}

// mark returns the byte order mark of a file, if it has one.
func (w *Writer) mark(in *input) ([]byte, error) {
	head, err := w.headOf(in)
	return head[:sniffEncoding(head).bomLen()], err
}

// headOf returns the first bytes of an input; none of one that All will skip.
func (w *Writer) headOf(in *input) ([]byte, error) {
	head, err := in.head(&w.c.opts)
	if err != nil && !w.c.opts.Skip {
		return nil, &ReadError{File: in.Path, Err: plain(err)}
	}
	return head, nil
}

// findKind finds what all inputs are, or says which two differ.
func (w *Writer) findKind(out string) error {
	var first *input
	for _, in := range w.c.inputs {
		kind := in.Format
		if kind == kindValues {
			head, err := w.headOf(in)
			if err != nil {
				return err
			}
			head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bomUTF8)), blanks)
			if len(head) == 0 {
				continue // of either kind
			}
			if head[0] == '[' {
				kind = kindArray
			}
		}
		if first == nil {
			first, w.kind = in, kind
		}
		if kind != w.kind {
			return w.differ(out, fmt.Sprintf("%s is %s, %s is %s", shown(first.Path), w.kind, shown(in.Path), kind))
		}
	}
	if first == nil && len(w.c.inputs) > 0 {
		w.kind = w.c.inputs[0].Format
	}
	return nil
}

func (w *Writer) differ(out, how string) error {
	return &OutputError{
		File: out,
		Err:  errors.New("these inputs cannot stand in one output: " + how),
		Hint: "write one output for each kind of input",
	}
}

// readHeaders checks that all tables have the same columns and returns the
// first one's header row.
func (w *Writer) readHeaders(out string) ([]byte, error) {
	p := newPass(w.c)
	var start []byte
	var first *input
	for i, in := range w.c.inputs {
		r, s, err := p.open(in)
		if err != nil && w.c.opts.Skip {
			continue // All rejects it as well
		}
		if err != nil {
			e, _ := p.readError(Handle{File: i}, err)
			return nil, e
		}
		s.Close()
		t := r.(*tableReader)
		switch {
		case t.head == nil:
		case w.head == nil:
			first, w.head, w.rows = in, t.head, rowScanner{delim: t.scan.delim, lax: t.scan.lax, limit: t.scan.limit}
			if start, err = w.mark(in); err != nil {
				return nil, err
			}
			if name := w.takenColumn(t.head); name != "" {
				e, _ := p.readError(Handle{File: i}, hasAlready(name))
				return nil, e
			}
			start = w.head.with(start, w.more)
		case t.head.delim != w.head.delim || !slices.Equal(t.head.names, w.head.names):
			return nil, w.differ(out, fmt.Sprintf("%s and %s have different columns", shown(first.Path), shown(in.Path)))
		}
	}
	return start, nil
}

// with appends the header row to dst, with more columns behind its own.
func (h *header) with(dst []byte, columns []string) []byte {
	row := bytes.TrimRight(h.raw, "\r\n")
	dst = append(dst, row...)
	for _, name := range columns {
		dst = append(append(dst, h.delim), name...)
	}
	return append(dst, h.raw[len(row):]...)
}

// checkName checks that the extension of out fits what is written.
func (w *Writer) checkName(out string) error {
	if err := CheckName(out); err != nil {
		return err
	}
	codec, format := byExtension(out)
	w.codec = codec
	fits := map[string]string{kindLines: "jsonl json", kindArray: "json"}[w.kind]
	if fits == "" {
		fits = w.kind
	}
	if format == nil || slices.Contains(strings.Fields(fits), format.name) {
		return nil
	}
	return &OutputError{
		File: out,
		Err:  fmt.Errorf("the output is written as %s, as the input is, but its name says %s", w.kind, format.name),
		Hint: "give it the extension ." + strings.Fields(fits)[0],
	}
}

// singleFile tells whether the one text given may go to the file out.
func (c *Collection) singleFile(out string) bool {
	if len(c.inputs) != 1 || !c.inputs[0].direct {
		return false
	}
	_, format := byExtension(out)
	return out == stdinPath || format != nil && format.single
}

// nameFiles finds the name of each file in the folder out.
func (w *Writer) nameFiles(out string) error {
	if _, format := byExtension(out); format != nil || out == stdinPath {
		return &OutputError{
			File: out,
			Err:  errors.New("files that hold one document each need a folder"),
			Hint: "name a folder as output",
		}
	}
	taken := make(map[string]string)
	for _, in := range w.c.inputs {
		name := in.rel
		if in.codec != nil && in.codec.write == nil {
			_, name = codecOf(name)
		}
		if !filepath.IsLocal(name) {
			return &OutputError{File: out, Err: fmt.Errorf("%s would lie outside", in.Path)}
		}
		if other, ok := taken[name]; ok {
			return &OutputError{
				File: out,
				Err:  fmt.Errorf("%s and %s would have the same name", other, in.Path),
				Hint: "name the folder that holds both, or write one output for each",
			}
		}
		taken[name] = in.Path
		w.names = append(w.names, name)
	}
	return nil
}

// Outside refuses a folder that holds an input or the working folder, which would be lost
// when it is replaced whole. A folder that does not exist holds nothing. The error is an
// *OutputError. Cost: a look at the disk for each input if the folder exists.
func (c *Collection) Outside(folder string) error {
	root, err := resolved(folder)
	if err != nil {
		return nil
	}
	what := ""
	if holds(root, ".") {
		what = "the output folder holds the working folder"
	}
	for _, in := range c.inputs {
		if holds(root, in.Path) {
			what = "the output folder holds the input " + in.Path
			break
		}
	}
	if what == "" {
		return nil
	}
	return &OutputError{File: folder, Err: errors.New(what), Hint: "name another folder"}
}

// NotFound refuses an output that is one of the files which were found in a folder or by a
// wildcard: an earlier call may have left it there, and it be read as if it were input, or it
// is input, and would be gone. Who means it names the file itself. The error is an
// *OutputError. A file that does not exist is no input. Cost: a look at the disk.
func (c *Collection) NotFound(file string) error {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	for _, in := range c.inputs {
		if in.direct || in.src.size != info.Size() || !in.src.changed.Equal(info.ModTime()) {
			continue
		}
		if other, err := os.Stat(in.Path); err == nil && os.SameFile(info, other) {
			return &OutputError{File: file, Err: errors.New("the output is among the files that would be read"),
				Hint: "put it into another folder, or name the files to be read"}
		}
	}
	return nil
}

// holds tells whether path exists in the folder root, which is resolved, or is root.
func holds(root, path string) bool {
	path, err := resolved(path)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(root, path)
	return err == nil && filepath.IsLocal(rel)
}

// resolved is path from the root of the file system, without links.
func resolved(path string) (string, error) {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}
