package corpus

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"reprint/internal/short"
)

// What is unpacked ahead is what the stream holds, whatever the pieces in which it comes
// and is asked for, and an error stands behind all bytes before it.
func TestAhead(t *testing.T) {
	short.Alone(t)
	want := make([]byte, 3*aheadMost+17)
	for i := range want {
		want[i] = byte(i * i >> 7)
	}
	broken := errors.New("broken")
	for _, size := range []int{0, 1, aheadFirst, aheadFirst + 1, len(want)} {
		for name, pieces := range map[string]func(io.Reader) io.Reader{
			"whole": func(r io.Reader) io.Reader { return r },
			"half":  iotest.HalfReader,
			"end":   iotest.DataErrReader,
		} {
			for _, end := range []error{io.EOF, broken} {
				r := newAhead(pieces(io.MultiReader(bytes.NewReader(want[:size]), iotest.ErrReader(end))))
				got, err := io.ReadAll(iotest.HalfReader(r))
				if end == io.EOF {
					end = nil
				}
				if err != end || !bytes.Equal(got, want[:size]) {
					t.Errorf("%d bytes, %s: %d bytes, %v", size, name, len(got), err)
				}
				if n, again := r.Read(make([]byte, 1)); n != 0 || again == nil {
					t.Errorf("%d bytes, %s: %d bytes behind the end", size, name, n)
				}
			}
		}
	}
	if _, err := io.ReadAll(newAhead(idle{})); err != io.ErrNoProgress {
		t.Errorf("a reader without bytes: %v", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }
