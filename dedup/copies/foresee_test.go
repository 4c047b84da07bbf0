package copies

import (
	"errors"
	"testing"
)

// What there is beside the passing files is what the limit leaves, as far as the disk has it.
func TestRoomBeside(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct{ temp, limit, most int64 }{
		{1000, 5000, 4000},
		{5000, 5000, 0},
	} {
		n := Needs{Temp: c.temp, Folder: folder}
		if err := n.room(c.limit); err != nil || n.Spare != c.most {
			t.Errorf("%d bytes of %d: %d left, %v; want %d", c.temp, c.limit, n.Spare, err, c.most)
		}
	}
	n := Needs{Temp: 5001, Folder: folder}
	var full *RoomError
	if err := n.room(5000); !errors.As(err, &full) || !full.Limit {
		t.Errorf("5001 bytes of 5000: %v", err)
	}
	free, known := freeBytes(folder)
	n = Needs{Temp: 1000, Folder: folder}
	if err := n.room(0); err != nil || known && n.Spare > free {
		t.Errorf("%d bytes left of %d, %v", n.Spare, free, err)
	}
	n = Needs{Temp: 1 << 60, Folder: folder}
	if err := n.room(0); known && (!errors.As(err, &full) || full.Limit) {
		t.Errorf("more than any disk has: %v", err)
	}
}

// What a run has room for beside its passing files is told with its needs.
func TestForeseeSpare(t *testing.T) {
	c := collect(t, record{ID: "a", Text: "Der Rat hat getagt."})
	o := Options{TempLimit: 1 << 20}
	o.Temp = t.TempDir()
	n, err := Foresee(c, o)
	if err != nil || n.Temp <= 0 || n.Temp+n.Spare != o.TempLimit {
		t.Errorf("%d bytes needed, %d beside, of %d: %v", n.Temp, n.Spare, o.TempLimit, err)
	}
}
