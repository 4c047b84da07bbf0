package dedup

import (
	"io"

	"reprint/boilerplate"
	"reprint/internal/sections"
)

// Beside a furniture file, which people read and edit, stands a file of what
// is no use to read, as named parts; see package sections for its form.
const (
	besideMagic   = "reprintB"
	besideVersion = 1
)

// WriteBeside writes the file that stands beside f and returns its version,
// which belongs into f.Beside.
func WriteBeside(w io.Writer, f *boilerplate.Furniture) (string, error) {
	out := sections.NewWriter(w, besideMagic, besideVersion)
	for _, name := range boilerplate.KnownParts {
		if f.Known == nil {
			break
		}
		err := out.Add(name, func(w io.Writer) error {
			_, err := w.Write(f.Known.AppendPart(nil, name))
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return out.Close()
}

// ReadBeside reads the file that stands beside f, which has size bytes, and
// returns its version.
func ReadBeside(r io.ReaderAt, size int64, f *boilerplate.Furniture) (string, error) {
	in, err := sections.Read(r, size, besideMagic, besideVersion)
	if err != nil {
		return "", err
	}
	f.Known, err = boilerplate.ReadKnown(in.Bytes)
	return in.Version, err
}
