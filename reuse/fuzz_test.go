package reuse

import (
	"reflect"
	"testing"
)

// FuzzCompare compares two texts of any bytes. settings is furniture, source
// and day: see dressed.
func FuzzCompare(f *testing.F) {
	const news = "Der Kreistag hat am Montag den Haushalt beschlossen. „Das war überfällig“, sagte die Landrätin. 14 Abgeordnete stimmten dagegen."
	f.Add([]byte(news), []byte("Vorab: "+news), uint64(0))
	f.Add([]byte(news), []byte(news), uint64(0x0123_4567_0000_0011))
	f.Add([]byte("nein nein nein nein nein nein nein nein nein nein nein nein nein nein"), []byte("nein nein nein nein nein nein nein"), uint64(1))
	f.Add([]byte("海边小城东港的新防潮堤星期二正式启用，工程历时十年。"), []byte("海边小城东港的新防潮堤正式启用。"), uint64(0x21))
	f.Add([]byte("\xff\xfe „a\x00 b“ \u0301\n\n\u202e1. 2. 3. 4. 5."), []byte("👩‍👩‍👧 a b"), uint64(3))
	f.Add([]byte(""), []byte("Wort"), uint64(0))
	f.Fuzz(func(t *testing.T, left, right []byte, settings uint64) {
		a, b := dressed(string(left), settings), dressed(string(right), settings>>4)
		var seeds []Seed
		if settings>>63 == 1 {
			var scratch []uint64
			for _, k := range a.Keys(nil, &scratch) {
				seeds = append(seeds, Seed{Pos: k.Pos, Docs: int(k.Hash % 100)})
			}
		}
		var x Aligner
		x.Left(a)
		m := x.Compare(b, seeds)
		invariants(t, a, b, m)
		if again := x.Compare(b, seeds); !reflect.DeepEqual(m, again) {
			t.Fatalf("got %+v the second time, %+v the first", again, m)
		}
		if string(left) == string(right) && len(x.Equal(b).Passages) == 0 && a.Text.Len() > 0 {
			t.Fatalf("equal texts have no passage")
		}
	})
}

// dressed is a text with the source (two bits), the day (two bits) and one
// stretch of furniture that settings say.
func dressed(text string, settings uint64) *Document {
	d := tokenised(text)
	d.Site, d.Day = settings&3, int(settings>>2&3)
	from, n := int(settings>>8&0xff), int(settings>>24&0x3f)
	if n > 0 && from+n <= d.Text.Len() {
		d.Mask = make([]bool, d.Text.Len())
		fill(d.Mask[from : from+n])
	}
	return d
}
