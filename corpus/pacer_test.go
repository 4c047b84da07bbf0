package corpus

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// late is a Beside that does what it is given as late as it may.
func late(do func() error) (wait func() error) {
	done := false
	var err error
	return func() error {
		if !done {
			done, err = true, do()
		}
		return err
	}
}

// What is written arrives in its order, at once or beside the calls.
func TestPacer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got, want bytes.Buffer
		p := newPacer(&got, nil)
		if rapid.Bool().Draw(t, "beside") {
			p = newPacer(&got, late)
		}
		for i := range rapid.IntRange(0, 40).Draw(t, "writes") {
			b := bytes.Repeat([]byte{byte(i)}, rapid.OneOf(rapid.IntRange(0, 99), rapid.IntRange(0, 3*besideBytes)).Draw(t, "bytes"))
			n, err := p.Write(b)
			want.Write(b)
			if i%3 == 0 {
				n, err = p.WriteString(string(b))
				want.Write(b)
			}
			clear(b)
			if n != len(b) || err != nil {
				t.Fatalf("%d of %d bytes, %v", n, len(b), err)
			}
		}
		if err := p.Flush(); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatalf("%d bytes arrive of %d, %v", got.Len(), want.Len(), err)
		}
	})
}

// fullDisk takes so many bytes.
type fullDisk int

var errFull = errors.New("no space")

func (d *fullDisk) Write(b []byte) (int, error) {
	if *d -= fullDisk(len(b)); *d < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// An error is told by a later call, at the latest by Flush, and stays.
func TestPacerFault(t *testing.T) {
	for _, beside := range []func(func() error) func() error{nil, late} {
		disk := fullDisk(besideBytes + 10)
		p := newPacer(&disk, beside)
		var err error
		for range 5 {
			if err == nil {
				_, err = p.Write(make([]byte, besideBytes-1))
			}
		}
		for range 2 {
			if _, again := p.Write(nil); err != errFull || again != errFull || p.Flush() != errFull {
				t.Errorf("%v, then %v", err, again)
			}
		}
	}
}
