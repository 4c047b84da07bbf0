package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What a compressed file unpacked to is read again from where it was kept, though the
// file is gone; the pass counts its bytes as the first one did. A pass that breaks off
// keeps nothing of the file it was in.
func TestUnpacked(t *testing.T) {
	temp := t.TempDir()
	lines := func(name string) string {
		return strings.Repeat(`{"id":"`+name+`","text":"`+strings.Repeat(name+" ", 3000)+`"}`+"\n", 40)
	}
	var paths []string
	for name, content := range map[string]string{"a.jsonl.gz": pack(t, "gz", lines("a")), "b.jsonl": lines("b"), "c.jsonl.zst": pack(t, "zst", lines("c"))} {
		path := filepath.Join(temp, name)
		paths = append(paths, path)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(paths)
	for _, room := range []int64{0, 300 << 10, 1 << 30} {
		c, err := Open(Options{Temp: temp}, paths...)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.KeepUnpacked(room)
		for range c.All() {
			break
		}
		kept := func() (n int) {
			for _, in := range c.inputs {
				if in.kept != (stretch{}) {
					n++
				}
			}
			return n
		}
		if n := kept(); n != 0 {
			t.Errorf("room for %d bytes: %d files are kept of a pass that broke off", room, n)
		}
		first := ids(t, c)
		want := map[int64]int{0: 0, 300 << 10: 1, 1 << 30: 2}[room]
		if n := kept(); n != want {
			t.Errorf("room for %d bytes: %d files are kept, want %d", room, n, want)
		}
		if again := ids(t, c); len(again) != 120 || !slices.Equal(first, again) {
			t.Errorf("room for %d bytes: %d documents, then %d", room, len(first), len(again))
		}
		if c.BytesRead() != c.Size() {
			t.Errorf("room for %d bytes: %d bytes read of %d", room, c.BytesRead(), c.Size())
		}
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "reprint-*")); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
}

func ids(t *testing.T, c *Collection) (ids []string) {
	t.Helper()
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID+d.Text)
	}
	return ids
}
