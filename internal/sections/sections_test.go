package sections

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const magic = "testMAGI"

func written(t testing.TB, names []string, content [][]byte) ([]byte, string) {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out, magic, 3)
	for i, name := range names {
		err := w.Add(name, func(w io.Writer) error {
			for b := content[i]; len(b) > 0; b = b[min(3, len(b)):] {
				if _, err := w.Write(b[:min(3, len(b))]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	version, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), version
}

func read(b []byte) (*File, error) { return Read(bytes.NewReader(b), int64(len(b)), magic, 3) }

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringN(1, 20, 255), 0, 5, rapid.ID).Draw(t, "names")
		var content [][]byte
		for range names {
			content = append(content, rapid.SliceOf(rapid.Byte()).Draw(t, "content"))
		}
		var out bytes.Buffer
		w := NewWriter(&out, magic, 3)
		for i, name := range names {
			if err := w.Add(name, func(w io.Writer) error { _, err := w.Write(content[i]); return err }); err != nil {
				t.Fatal(err)
			}
		}
		version, err := w.Close()
		if err != nil {
			t.Fatal(err)
		}
		f, err := read(out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if f.Version != version {
			t.Errorf("version %s, written as %s", f.Version, version)
		}
		for i, name := range names {
			if b, err := f.Bytes(name); err != nil || !bytes.Equal(b, content[i]) {
				t.Errorf("part %q: %x, %v; want %x", name, b, err, content[i])
			}
		}
		if b, err := f.Bytes("no such part, as no name is so long"); b != nil || err != nil {
			t.Errorf("a part that is not there: %x, %v", b, err)
		}
	})
}

// TestBytes pins the form: it is stored.
func TestBytes(t *testing.T) {
	got, version := written(t, []string{"a"}, [][]byte{[]byte("xyz")})
	want := "testMAGI\x03\x00\x00\x00xyz" +
		"\x01a\x0c\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00" + "\x85h#%" +
		"\x16\x00\x00\x00\x01\x00\x00\x00"
	if len(got) != 12+3+22+20 || !strings.HasPrefix(string(got), want) || !strings.HasSuffix(string(got), magic) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	sum := got[len(got)-12 : len(got)-8]
	if say := fmt.Sprintf("%02x%02x%02x%02x", sum[3], sum[2], sum[1], sum[0]); say != version {
		t.Errorf("version %s, the foot says %s", version, say)
	}
}

// TestDamage: a file with one changed or missing byte is never read as if it
// were whole.
func TestDamage(t *testing.T) {
	whole, _ := written(t, []string{"one", "two"}, [][]byte{[]byte("some bytes"), []byte("and others")})
	sound := func(b []byte) error {
		f, err := read(b)
		if err != nil {
			return err
		}
		_, one := f.Bytes("one")
		_, two := f.Bytes("two")
		return errors.Join(one, two)
	}
	if err := sound(whole); err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		b := bytes.Clone(whole)
		b[i] ^= 0x10
		if sound(b) == nil {
			t.Errorf("byte %d may change unseen", i)
		}
		if sound(whole[:i]) == nil {
			t.Errorf("the first %d bytes pass for a file", i)
		}
	}
}

func TestOtherVersion(t *testing.T) {
	b, _ := written(t, nil, nil)
	if _, err := Read(bytes.NewReader(b), int64(len(b)), magic, 2); err == nil || errors.Is(err, ErrCorrupt) {
		t.Errorf("another version is told as %v", err)
	}
}

func TestNames(t *testing.T) {
	w := NewWriter(io.Discard, magic, 3)
	nothing := func(io.Writer) error { return nil }
	if err := w.Add("a", nothing); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "a", strings.Repeat("x", 256)} {
		if w.Add(name, nothing) == nil {
			t.Errorf("the name %.9q was taken", name)
		}
	}
}

// TestWriteError: what goes wrong once is said at the end as well.
func TestWriteError(t *testing.T) {
	full := errors.New("disk full")
	w := NewWriter(io.Discard, magic, 3)
	if err := w.Add("a", func(io.Writer) error { return full }); !errors.Is(err, full) {
		t.Errorf("Add: %v", err)
	}
	if _, err := w.Close(); !errors.Is(err, full) {
		t.Errorf("Close: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	b, _ := written(f, []string{"one", "two"}, [][]byte{[]byte("some bytes"), nil})
	f.Add(b)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := read(b)
		if err != nil {
			return
		}
		for name := range file.parts {
			if part, err := file.Bytes(name); err == nil && len(part) > len(b) {
				t.Errorf("part %q has %d bytes of a file of %d", name, len(part), len(b))
			}
		}
	})
}
