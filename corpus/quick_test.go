package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"reprint/internal/short"
)

// checkQuick holds quick to jsontext and encoding/json: it finds what careful finds, it
// passes nothing that either rejects, and it gives up on nothing that both accept, save
// what is nested too deeply.
func checkQuick(t testing.TB, s *objectScanner, raw []byte) {
	t.Helper()
	s.forget()
	quick := s.quick(raw)
	found, other := s.found, s.other
	err := s.careful(raw)
	object := json.Valid(raw) && bytes.HasPrefix(raw, []byte("{"))
	switch {
	case quick && (err != nil || !object):
		t.Fatalf("%q passes; careful says %v, encoding/json %v", raw, err, object)
	case quick && (found != s.found || other != s.other):
		t.Fatalf("%q: found %v %v, want %v %v", raw, found, other, s.found, s.other)
	case !quick && err == nil && object && depth(raw) <= quickDepth:
		t.Fatalf("%q does not pass", raw)
	}
}

// depth is how deep containers lie in valid JSON, the outermost not counted.
func depth(raw []byte) (deepest int) {
	d := jsontext.NewDecoder(bytes.NewReader(raw), jsonOptions...)
	for {
		if _, err := d.ReadToken(); err != nil {
			return deepest - 1
		}
		deepest = max(deepest, d.StackDepth())
	}
}

// jsonPieces are tokens and parts of tokens, right and wrong.
var jsonPieces = []string{"{", "}", "[", "]", ",", ":", " ", "\n", "\t", "\r", "\f", `"`, `"text"`, `"id"`, `"url"`, `"a"`, `"authors"`,
	`"x\ny"`, `"\u00fc"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\u12"`, `"\uzzzz"`, `"\x"`, `"\"`, `\`, `"a` + "\x00" + `"`, `"` + "\x1f", "\"\xff\"", "ü",
	"0", "-0", "01", "1.5", "1.", "-", "1e5", "1E+07", "1e", ".5", "+1", "true", "false", "null", "nul", "True", "\x00", "\ufeff",
	`"a longer string of plain letters, with all that may stand in it"`, `,"text":"`, `":"`, `":`}

func TestQuick(t *testing.T) {
	short.Alone(t)
	s := newObjectScanner(newFields(&Options{}))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300_000 {
		var b bytes.Buffer
		b.WriteString("{")
		for range rng.IntN(9) {
			b.WriteString(jsonPieces[rng.IntN(len(jsonPieces))])
		}
		if rng.IntN(2) == 0 {
			b.WriteString("}")
		}
		checkQuick(t, s, b.Bytes())
	}
}

// TestQuickMutated changes bytes of real records.
func TestQuickMutated(t *testing.T) {
	short.Alone(t)
	s := newObjectScanner(newFields(&Options{}))
	rng := rand.New(rand.NewPCG(3, 4))
	const inserted = `{}[]",:\0 eu` + "\x1f\n\xc3"
	lines := []string{
		`{"id": "a1", "tags": ["a", "b", {"c": [1, -2.5e3, true, null]}], "text": "Die Fähre fährt wieder, sagte „Kapitän“ Müller.\n\"Endlich\"."}`,
		`{"text":"\u00fcber\ud83d\ude00 \/","id":17,"authors":["x","y"],"meta":{},"list":[],"url":"","date":20210304}`,
		`{ "text" : "a" , "text" : 5 , "TEXT" : "b" , "n" : [ [ ] , { "k" : { } } ] } `,
	}
	for _, line := range lines {
		checkQuick(t, s, []byte(line))
		if !s.quick([]byte(line)) {
			t.Errorf("%s does not pass", line)
		}
		for range 100_000 {
			b := []byte(line)
			for range 1 + rng.IntN(3) {
				at := rng.IntN(len(b))
				switch rng.IntN(3) {
				case 0:
					b[at] = byte(rng.Uint32())
				case 1:
					b = append(b[:at], b[at+1:]...)
				case 2:
					b = slices.Insert(b, at, inserted[rng.IntN(len(inserted))])
				}
			}
			checkQuick(t, s, b)
		}
	}
}

func TestQuickDepth(t *testing.T) {
	s := newObjectScanner(newFields(&Options{}))
	for _, c := range []struct {
		depth int
		quick bool
	}{{0, true}, {1, true}, {63, true}, {64, true}, {65, false}, {9000, false}} {
		for _, around := range [][2]string{{"[", "]"}, {`{"b":`, "}"}} {
			raw := []byte(`{"a":` + strings.Repeat(around[0], c.depth) + "1" + strings.Repeat(around[1], c.depth) + `,"text":"x"}`)
			if got := s.quick(raw); got != c.quick {
				t.Errorf("depth %d of %s: %v", c.depth, around[0], got)
			}
			if err := s.scan(raw); err != nil || s.found[textRole].end == 0 {
				t.Errorf("depth %d of %s: %v", c.depth, around[0], err)
			}
		}
	}
}

// TestQuickInner: what is looked for in nested objects is jsontext's matter.
func TestQuickInner(t *testing.T) {
	s := newObjectScanner(newFields(&Options{TextField: "a.b"}))
	raw := []byte(`{"a":{"b":"x"}}`)
	if s.quick(raw) {
		t.Error("quick takes it")
	}
	if err := s.scan(raw); err != nil || s.found[textRole].end == 0 {
		t.Errorf("not found: %v", err)
	}
}

func FuzzQuick(f *testing.F) {
	for _, p := range jsonPieces {
		f.Add([]byte(`{"text":` + p + `}`))
	}
	s := newObjectScanner(newFields(&Options{}))
	f.Fuzz(func(t *testing.T, raw []byte) { checkQuick(t, s, raw) })
}

// BenchmarkScan finds the fields of a record; MB/s are of the record.
func BenchmarkScan(b *testing.B) {
	s := newObjectScanner(newFields(&Options{}))
	text := benchTexts(1)[0]
	for _, ascii := range []bool{false, true} {
		raw := fmt.Appendf(nil, `{"id":"a1","source":"Havelbote","published":"2025-04-25","text":%s}`, appendQuoted(nil, text, ascii))
		for name, scan := range map[string]func([]byte) error{
			"quick":    s.scan,
			"jsontext": s.careful,
			"std": func(raw []byte) error {
				var v struct{ ID, Source, Published, Text string }
				return json.Unmarshal(raw, &v)
			},
		} {
			b.Run(fmt.Sprintf("%s/ascii=%v", name, ascii), func(b *testing.B) {
				b.SetBytes(int64(len(raw)))
				for b.Loop() {
					if err := scan(raw); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// TestPlainEnd: of every byte at every place, whatever stands around it.
func TestPlainEnd(t *testing.T) {
	for _, around := range []byte{'a', ' ', 0x7f, 0x80, 0xff} {
		for at := range 40 {
			for c := range 256 {
				b := bytes.Repeat([]byte{around}, 40)
				b[at] = byte(c)
				want := len(b)
				if c < ' ' || c == '"' || c == '\\' {
					want = at
				}
				for _, from := range []int{0, at / 2, at} {
					if got := plainEnd(b, from); got != want {
						t.Fatalf("byte %#x at %d from %d among %#x: ends at %d", c, at, from, around, got)
					}
				}
			}
		}
	}
}
