package dedup

import (
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
// and returns its version, which belongs into f.Beside.
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

// ReadBeside reads the file that stands beside f, which has size bytes, and
// returns what it says of words, nil if that is not in it, and its version.
func ReadBeside(r io.ReaderAt, size int64, f *boilerplate.Furniture) (*reuse.Archive, string, error) {
	in, err := sections.Read(r, size, besideMagic, besideVersion)
	if err != nil {
		return nil, "", err
	}
	if f.Known, err = boilerplate.ReadKnown(in.Bytes); err != nil {
		return nil, "", err
	}
	b, err := in.Bytes(archivePart)
	if err != nil || b == nil {
		return nil, in.Version, err
	}
	a, err := reuse.ParseArchive(b)
	return a, in.Version, err
}
