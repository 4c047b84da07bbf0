package dedup

import (
	"errors"
	"io"

	"reprint/boilerplate"
	"reprint/internal/sections"
	"reprint/reuse"
)

// Beside a furniture file, which people read and edit, stands a file of what
// is no use to read, as named parts; see package sections for its form. Those
// of boilerplate.Known come first, then what a reuse.Archive says of words.
const (
	besideMagic   = "reprintB"
	besideVersion = 1
	archivePart   = "words 2"
)

// WriteBeside writes the file that stands beside f, with a, which may be nil,
// and returns its version, which belongs into f.Beside before f is written.
func WriteBeside(w io.Writer, f *boilerplate.Furniture, a *reuse.Archive) (string, error) {
	out := sections.NewWriter(w, besideMagic, besideVersion)
	for _, name := range boilerplate.KnownParts {
		if f.Known == nil {
			break
		}
		if err := out.Add(name, func(w io.Writer) error { return f.Known.WritePart(w, name) }); err != nil {
			return "", err
		}
	}
	if a != nil {
		if err := out.Add(archivePart, a.Write); err != nil {
			return "", err
		}
	}
	return out.Close()
}

// ErrBeside says that a file was written beside another furniture file.
var ErrBeside = errors.New("belongs to another furniture file")

// ReadBeside reads the file that stands beside f, which has size bytes: into f.Known, and
// what it says of words is returned, nil if that is not in it. The error is ErrBeside if
// f names another version than that of the file; an f that names no file takes any.
func ReadBeside(r io.ReaderAt, size int64, f *boilerplate.Furniture) (*reuse.Archive, error) {
	in, err := sections.Read(r, size, besideMagic, besideVersion)
	if err != nil {
		return nil, err
	}
	if f.Beside != (boilerplate.Beside{}) && f.Beside.Version != in.Version {
		return nil, ErrBeside
	}
	known, err := boilerplate.ReadKnown(in.Bytes)
	if err != nil {
		return nil, err
	}
	f.Known = known
	b, err := in.Bytes(archivePart)
	if err != nil || b == nil {
		return nil, err
	}
	return reuse.ParseArchive(b)
}
