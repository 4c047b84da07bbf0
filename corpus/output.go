package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reprint/internal/held"
)

// An OutputError tells why an output cannot be written, and where there is a
// next step, what to do. The flag --force in a hint is WriterOptions.Force. Err is
// fs.ErrExist where the output exists and may not be replaced.
type OutputError struct {
	File string // path as given; "-" is standard output
	Err  error  // what is wrong
	Hint string // what to do about it, or empty
}

// Error gives "what: file" in one line.
func (e *OutputError) Error() string { return fmt.Sprintf("%v: %s", e.Err, shownOutput(e.File)) }

// Unwrap returns what is wrong.
func (e *OutputError) Unwrap() error { return e.Err }

func shownOutput(path string) string {
	if path == stdinPath {
		return "standard output"
	}
	return path
}

// An output is a file or folder that is written under another name beside its
// own, so that what has the name is always whole.
type output struct {
	path   string // "-" is standard output
	temp   string // the name while it is written; empty: written in place
	hold   *held.Hold
	force  bool
	folder bool
}

var errNoOutput = errors.New("corpus: no output named")

// newOutput checks that path may be written.
func newOutput(path string, folder, force bool) (*output, error) {
	o := &output{path: path, force: force, folder: folder}
	switch path {
	case stdinPath:
		return o, nil
	case "":
		return nil, errNoOutput
	}
	if folder {
		o.path = filepath.Clean(path) // without a separator at its end
	}
	info, err := os.Stat(path)
	switch {
	case !folder && os.IsPathSeparator(path[len(path)-1]):
		return nil, kindMismatch(path, folder)
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, &OutputError{File: path, Err: plain(err)}
	case info.IsDir() != folder:
		return nil, kindMismatch(path, folder)
	case !folder && !info.Mode().IsRegular(): // /dev/null, a named pipe
		return o, nil
	default:
		if err := o.mayReplace(); err != nil {
			return nil, err
		}
		if o.path, err = filepath.EvalSymlinks(path); err != nil {
			return nil, &OutputError{File: path, Err: plain(err)}
		}
	}
	if info, err := os.Stat(filepath.Dir(o.path)); err != nil || !info.IsDir() {
		return nil, &OutputError{File: path, Err: errors.New("there is no such folder to write into"), Hint: "create it first"}
	}
	dir, base := filepath.Split(o.path)
	held.Sweep(filepath.Clean(dir), func(name string) bool { return passes(name, base) })
	o.temp = beside(o.path)
	return o, nil
}

func kindMismatch(path string, folder bool) error {
	if folder {
		return &OutputError{File: path, Err: errors.New("the output is a folder, but a file has this name")}
	}
	return &OutputError{File: path, Err: errors.New("the output is a file, but a folder has this name"), Hint: "name a file in it"}
}

// mayReplace tells whether what has the output's name may go: an empty folder,
// or anything with force.
func (o *output) mayReplace() error {
	if o.force {
		return nil
	}
	if o.folder {
		if entries, err := os.ReadDir(o.path); err == nil && len(entries) == 0 {
			return nil
		}
	}
	return &OutputError{File: o.path, Err: errExists{}, Hint: "--force replaces it"}
}

// errExists is fs.ErrExist, which speaks of a file, of any output.
type errExists struct{}

func (errExists) Error() string        { return "the output exists" }
func (errExists) Is(target error) bool { return target == fs.ErrExist }

// passingMark are the letters and digits that tell passing names apart.
const passingMark = 13

// beside returns a name in the folder of path that nothing has.
func beside(path string) string {
	dir, base := filepath.Dir(path), filepath.Base(path)
	mark := strconv.FormatUint(rand.Uint64(), 36)
	mark = strings.Repeat("0", passingMark-len(mark)) + mark
	return filepath.Join(dir, "."+cutName(base)+"."+mark+".part")
}

// cutName leaves room for a mark in a name, which most file systems let have 255 bytes.
func cutName(base string) string {
	n := min(len(base), 255-len("..")-passingMark-len(".part"))
	for n < len(base) && !utf8.RuneStart(base[n]) {
		n--
	}
	return base[:n]
}

// passes tells whether name is one that beside gives for base.
func passes(name, base string) bool {
	mark, ok := strings.CutPrefix(name, "."+cutName(base)+".")
	mark, part := strings.CutSuffix(mark, ".part")
	return ok && part && len(mark) == passingMark && strings.Trim(mark, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// failed names the output in an error.
func (o *output) failed(err error) error {
	var named *OutputError
	if err == nil || errors.As(err, &named) {
		return err
	}
	return &OutputError{File: o.path, Err: plain(err)}
}

// foreign are extensions of formats and compressions that are not written. Under such a name
// JSON lines or a table would look like what they are not.
var foreign = strings.Fields(`.xz .lzma .lz4 .br .zip .7z .rar .tar .tgz .parquet .avro .arrow .feather
	.html .htm .xml .warc .wet .pdf .doc .docx .odt .rtf .xls .xlsx .ods`)

// CheckName says whether an output cannot have a name, as CreateFile and NewWriter do: its
// extension promises what is not written, or it is a name of a stream, as /dev/stderr is,
// that leads into a file, which would be replaced. The error is an *OutputError.
func CheckName(path string) error {
	if info, err := os.Stat(path); isDescriptor(path) && err == nil && info.Mode().IsRegular() {
		return &OutputError{File: path, Err: errors.New("the stream leads into a file"), Hint: "name a file of its own"}
	}
	codec, name := codecOf(filepath.Base(path))
	if codec != nil && codec.write == nil {
		return &OutputError{File: path, Err: fmt.Errorf("%s is only read, not written", codec.name), Hint: "use .gz or .zst"}
	}
	if ext := strings.ToLower(filepath.Ext(name)); slices.Contains(foreign, ext) {
		return &OutputError{File: path, Err: fmt.Errorf("%s is not written", ext[1:]),
			Hint: "give it the input's extension, and .gz or .zst behind it where it is to be compressed"}
	}
	return nil
}

// isDescriptor tells whether path is a name of an open stream of this process.
func isDescriptor(path string) bool {
	path = filepath.Clean(path)
	switch path {
	case "/dev/stdin", "/dev/stdout", "/dev/stderr":
		return true
	}
	dir := filepath.Dir(path)
	return dir == "/dev/fd" || dir == "/proc/self/fd"
}

// create opens the output, a file, for writing.
func (o *output) create(stdout io.Writer) (io.WriteCloser, error) {
	var f io.WriteCloser
	var err error
	switch {
	case o.path == stdinPath:
		f = keepOpen{stdout}
	case o.temp == "":
		f, err = os.OpenFile(o.path, os.O_WRONLY, 0)
	default:
		err = o.begin(func(path string) (err error) {
			f, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
			return err
		})
	}
	if err != nil {
		return nil, &OutputError{File: o.path, Err: plain(err)}
	}
	return f, nil
}

// mkdir makes the output, a folder.
func (o *output) mkdir() error {
	return o.failed(o.begin(func(path string) error { return os.Mkdir(path, 0o777) }))
}

// begin makes what passes for the output until commit or discard, and holds it so long: what
// is not held was left by a process that was killed, and goes when the next one begins the
// same output.
func (o *output) begin(create func(path string) error) (err error) {
	o.temp, o.hold, err = held.New(func() string { return beside(o.path) }, create)
	return err
}

// commit gives the output its name; what had it before is gone then.
func (o *output) commit() error {
	if o.temp == "" {
		return nil
	}
	replace := false
	if _, err := os.Lstat(o.path); err == nil {
		if err := o.mayReplace(); err != nil { // it came while we wrote
			return err
		}
		replace = o.folder // a file is replaced by the renaming itself
	}
	old, err := "", error(nil)
	if replace {
		old, err = exchange(o.temp, o.path)
	} else {
		err = os.Rename(o.temp, o.path)
	}
	if err != nil {
		return &OutputError{File: o.path, Err: err}
	}
	o.temp = ""
	o.hold.Release()
	if old == "" {
		return nil
	}
	return os.RemoveAll(old)
}

// renamed gives the folder temp the name path. What had it has another one then, old: a
// hidden one that no sweep takes for a passing name, as nothing else may be left of path.
func renamed(temp, path string) (old string, err error) {
	old = strings.TrimSuffix(temp, ".part") + ".old"
	if err := os.Rename(path, old); err != nil {
		return "", err
	}
	if err := os.Rename(temp, path); err != nil {
		return "", errors.Join(err, os.Rename(old, path))
	}
	return old, nil
}

// discard removes what was written, unless it has its name already.
func (o *output) discard() error {
	if o.temp == "" {
		return nil
	}
	temp := o.temp
	o.temp = ""
	defer o.hold.Release()
	return os.RemoveAll(temp)
}

type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }

// A sink is a buffered, compressed, open file. Its first error stays.
type sink struct {
	*pacer
	file   io.WriteCloser
	packer io.WriteCloser // nil: not compressed
}

// newSink makes a sink of a file. If early is set, what is written is on its way to the
// disk before close waits for it. For beside see WriterOptions.
func newSink(file io.WriteCloser, c *codec, early bool, beside func(func() error) func() error) (*sink, error) {
	s := &sink{file: file}
	var w io.Writer = file
	if f, ok := file.(*os.File); ok && early {
		w = &hasty{f: f}
	}
	if c == nil {
		s.pacer = newPacer(w, nil) // the system takes a piece in less time than a handover
		return s, nil
	}
	packer, err := c.write(w)
	if err != nil {
		return nil, err
	}
	s.packer, s.pacer = packer, newPacer(packer, beside)
	return s, nil
}

// sync writes what is left, to the disk if disk is set. Nothing can be written then.
func (s *sink) sync(disk bool) error {
	err := s.Flush()
	if s.packer != nil {
		err = errors.Join(err, s.packer.Close())
		s.packer = nil
	}
	if f, ok := s.file.(*os.File); ok && disk {
		err = errors.Join(err, f.Sync())
	}
	return err
}

// close writes what is left, to the disk if disk is set, and closes the file.
func (s *sink) close(disk bool) error { return errors.Join(s.sync(disk), s.file.Close()) }

// discard closes the file as it is, behind what is being written.
func (s *sink) discard() error {
	s.wait()
	return s.file.Close()
}
