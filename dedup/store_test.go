package dedup

import (
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/internal/short"
	"reprint/internal/spill"
	"reprint/reuse"
	"reprint/shingle"
)

// samples are texts of many kinds for the stores.
var samples = []string{
	"", " ", "-", "Wort", storm, bridge + "\n\n" + harbour,
	"Brakenau (dpa) - Die Brücke bleibt „vorerst“ gesperrt.\r\n\r\nMehr zum Thema: Stau",
	"桥梁将关闭六个星期。市政府表示。", "ตลาดเช้าริมแม่น้ำเปิดอีกครั้งในวันเสาร์", "مرفأ المدينة مغلق اليوم.",
	"Die Brücke bleibt gesperrt.\n\nMehr\n\nKontakt\n\nImpressum\n\nKommentare (3)",
	"u\u0308ber e\u0301", "🌊 Ebbe 🌊🌊", "\ufeffBOM", "Stra\xdfe \xff\xfe ganz \xe2\x82", "1.234,5 Euro (12 %) — „so“",
}

// made tokenises a text as the reading does.
func made(text string) *stored {
	var p preparer
	p.rules = boilerplate.Shipped()
	p.prepare(new(prepared), &corpus.Document{Text: text, Site: "bote.example"}, wants{compare: true})
	return &p.doc
}

// A document of the token store is read as it was written, into new memory
// or into that of another document.
func TestStored(t *testing.T) {
	used := made(bridge)
	for _, text := range samples {
		want := made(text)
		b := want.append(nil)
		for _, got := range []*stored{{}, used} {
			check(t, got.read(b))
			if !reflect.DeepEqual(plain(want), plain(got)) {
				t.Errorf("%q: read %+v, wrote %+v", text, plain(got), plain(want))
			}
		}
	}
}

// What is stored of a document that will be read again is good for its own text, and
// for no other one.
func TestRecall(t *testing.T) {
	texts := spill.NewBlobs(spill.Options{})
	defer texts.Close()
	for _, text := range samples {
		d := made(text)
		_, err := texts.Append(d.appendFound(nil, textSum(text)))
		check(t, err)
	}
	for n, text := range append(samples, "one more") {
		w := cleaner{known: texts}
		known, err := w.recall(&corpus.Document{Number: n, Text: text})
		check(t, err)
		if known != (n < len(samples)) {
			t.Errorf("%q: known %v", text, known)
		}
		want := made(text)
		want.full, want.Grams = "", w.doc.Grams
		if known && !reflect.DeepEqual(plain(want), plain(&w.doc)) {
			t.Errorf("%q: read %+v, wrote %+v", text, plain(&w.doc), plain(want))
		}
		if known, err = w.recall(&corpus.Document{Number: n, Text: text + "."}); known || err != nil {
			t.Errorf("%q: another text is known, %v", text, err)
		}
	}
}

// plain returns a document without what is only memory: nil and empty lists
// are the same.
func plain(d *stored) stored {
	c := stored{found: append([]boilerplate.Found{}, d.found...), full: d.full}
	c.Site, c.Day, c.Grams = d.Site, d.Day, d.Grams
	c.Text.Hash, c.Text.Flag = append([]uint64{}, d.Text.Hash...), append([]shingle.Flag{}, d.Text.Flag...)
	c.Text.Start, c.Text.End = append([]uint32{}, d.Text.Start...), append([]uint32{}, d.Text.End...)
	c.Text.Sentences, c.Text.Paragraphs = append([]shingle.Unit{}, d.Text.Sentences...), append([]shingle.Unit{}, d.Text.Paragraphs...)
	return c
}

// Who needs the words alone reads them, and the blocks of a page.
func TestStoredWords(t *testing.T) {
	pages := 0
	for _, text := range samples {
		want, got := made(text), &stored{}
		check(t, got.readWords(want.appendWords(nil)))
		var blocks []shingle.Unit
		if boilerplate.IsPage(&want.Text) {
			pages++
			for _, u := range want.Text.Paragraphs {
				blocks = append(blocks, shingle.Unit{From: u.From, To: u.To})
			}
		}
		if !slices.Equal(got.Text.Hash, want.Text.Hash) || !slices.Equal(got.again, want.again) || !slices.Equal(got.Text.Paragraphs, blocks) {
			t.Errorf("%q: read %+v, %v", text, got.Text, got.again)
		}
		stems, err := stemsOf(want.appendWords(nil))
		check(t, err)
		if !slices.Equal(stems, appendNumbers(nil, want.Text.Stem)) {
			t.Errorf("%q: other stems", text)
		}
	}
	if pages == 0 {
		t.Error("no page among the samples")
	}
	b := made("Eins zwei.\n\nDrei.\n\nVier.\n\nFünf.").appendWords(nil)
	b[len(b)-1]-- // the last block lacks a word
	if err := new(stored).readWords(b); !errors.Is(err, errShort) {
		t.Errorf("blocks that end early: %v", err)
	}
}

// Who learns only reads the runs of words, and all else where it stands.
func TestStoredRuns(t *testing.T) {
	some := 0
	for _, text := range samples {
		want, got := made(text), &stored{}
		runs := boilerplate.Grams(nil, &want.Text)
		some += len(runs)
		b := want.appendRuns(nil, runs)
		check(t, got.readWords(b))
		n := boilerplate.Runs(want.Text.Len())
		if got.Text.Len() != want.Text.Len() || !slices.Equal(got.Text.Hash[:n], runs) || slices.Max(append(got.Text.Hash[n:], 0)) != 0 {
			t.Errorf("%q: other runs", text)
		}
		words := want.appendWords(nil)
		if stems, err := stemsOf(b); err != nil || len(b) != len(words) || !slices.Equal(stems, appendNumbers(nil, want.Text.Stem)) {
			t.Errorf("%q: other stems, %v", text, err)
		}
	}
	if some == 0 {
		t.Error("no runs in the samples")
	}
}

// The same holds for any text.
func TestStoredAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, got := made(rapid.String().Draw(t, "text")), &stored{}
		if err := got.read(want.append(nil)); err != nil || !reflect.DeepEqual(plain(want), plain(got)) {
			t.Fatalf("%v: read %+v, wrote %+v", err, plain(got), plain(want))
		}
	})
}

// A record that ends early is an error in every store, wherever it ends.
func TestTruncated(t *testing.T) {
	d := made(samples[6])
	e := entry{Info: Info{ID: "a", Title: "b", Published: corpus.ParseDate("2024-05-06T07:08:09.5+02:00")}, credit: []string{"dpa"}}
	m := pairMatch{1, 2, 3, reuse.Match{Kind: reuse.Partial, Passages: make([]reuse.Passage, 2)}}
	for name, store := range map[string]struct {
		b    []byte
		read func([]byte) error
	}{
		"text":       {d.append(nil), func(b []byte) error { return new(stored).read(b) }},
		"words":      {made(samples[10]).appendWords(nil), func(b []byte) error { return new(stored).readWords(b) }},
		"stems":      {made("Eins und eins.").appendWords(nil)[:len(made("Eins und eins.").appendWords(nil))-1], func(b []byte) error { _, err := stemsOf(b); return err }},
		"entry":      {appendEntry(nil, &e), func(b []byte) error { _, err := readEntry(b); return err }},
		"match":      {m.append(nil), func(b []byte) error { _, err := readMatch(b); return err }},
		"stretches":  {appendStretches(nil, []boilerplate.Stretch{{To: 3, Rule: -1}}), func(b []byte) error { _, err := readStretches(b, nil); return err }},
		"recurrence": {[]byte("\x05quote\x02\x01\x02\x03\x04\x05\x06"), func(b []byte) error { _, err := readRecurrence(b); return err }},
	} {
		check(t, store.read(store.b))
		for cut := range store.b {
			if err := store.read(store.b[:cut:cut]); !errors.Is(err, errShort) {
				t.Errorf("%s: %d of %d bytes: %v", name, cut, len(store.b), err)
			}
		}
	}
}

// Bytes that no program wrote are an error or a record, never a crash, and
// take no more memory than they are long.
func TestDamaged(t *testing.T) {
	short.Alone(t)
	r := rand.New(rand.NewPCG(7, 7))
	for range 20_000 {
		b := made(samples[r.IntN(len(samples))]).append(nil)
		for range 1 + r.IntN(4) {
			b[r.IntN(len(b))] = byte(r.IntN(256))
		}
		readAll(b[:r.IntN(len(b)+1)])
	}
	var d stored
	promise := append(make([]byte, 10), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)
	if err := d.read(promise); !errors.Is(err, errShort) || cap(d.Text.Hash) > 0 {
		t.Errorf("%v, %d words", err, cap(d.Text.Hash))
	}
}

// readAll reads b as a record of every store.
func readAll(b []byte) {
	_ = new(stored).read(b)
	_, _ = readEntry(b)
	_, _ = readMatch(b)
	_, _ = readRecurrence(b)
	_, _ = readStretches(b, nil)
}

// No record makes a reader crash, and what it reads without a fault it
// writes and reads again as the same.
func FuzzStored(f *testing.F) {
	for _, text := range samples {
		f.Add(made(text).append(nil))
	}
	e := entry{Info: Info{ID: "a", Published: corpus.ParseDate("2024-05-06")}, credit: []string{"dpa"}}
	f.Add(appendEntry(nil, &e))
	m := pairMatch{1, 2, 3, reuse.Match{Kind: reuse.Partial, Passages: make([]reuse.Passage, 2)}}
	f.Add(m.append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		readAll(b)
		if m, err := readMatch(b); err == nil {
			again, err := readMatch(m.append(nil))
			check(t, err)
			if string(again.append(nil)) != string(m.append(nil)) {
				t.Errorf("%+v becomes %+v", m, again)
			}
		}
		if list, err := readStretches(b, nil); err == nil {
			again, err := readStretches(appendStretches(nil, list), nil)
			check(t, err)
			if len(list) > 0 && !reflect.DeepEqual(again, list) {
				t.Errorf("%+v becomes %+v", list, again)
			}
		}
	})
}

// Entries of the catalog, matches and stretches are read as they were
// written.
func TestRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntry(t)
		gotEntry, err := readEntry(appendEntry(nil, &e))
		if err != nil || !gotEntry.Published.Time.Equal(e.Published.Time) ||
			gotEntry.Published.Time.Format(time.RFC3339Nano) != e.Published.Time.Format(time.RFC3339Nano) {
			t.Fatalf("%v: read %+v, wrote %+v", err, gotEntry, e)
		}
		gotEntry.Published.Time = e.Published.Time
		if !reflect.DeepEqual(gotEntry, e) {
			t.Fatalf("read %+v, wrote %+v", gotEntry, e)
		}
		m := drawMatch(t)
		if got, err := readMatch(m.append(nil)); err != nil || !reflect.DeepEqual(got, m) {
			t.Fatalf("%v: read %+v, wrote %+v", err, got, m)
		}
		list := drawStretches(t)
		if got, err := readStretches(appendStretches(nil, list), nil); err != nil || !reflect.DeepEqual(got, list) {
			t.Fatalf("%v: read %+v, wrote %+v", err, got, list)
		}
	})
}

func drawEntry(t *rapid.T) entry {
	n := func(name string) int { return rapid.IntRange(0, math.MaxInt32).Draw(t, name) }
	s := func(name string) string { return rapid.String().Draw(t, name) }
	e := entry{
		Info:  Info{ID: s("id"), Title: s("title"), Source: s("source"), Site: s("site"), URL: s("url"), Bytes: n("bytes"), Words: n("words")},
		named: rapid.Bool().Draw(t, "named"), file: n("file"), record: n("record"),
		hash: [2]uint64{rapid.Uint64().Draw(t, "hash"), rapid.Uint64().Draw(t, "hash")},
	}
	if rapid.Bool().Draw(t, "dated") {
		zone := time.FixedZone("", rapid.IntRange(-12*3600, 14*3600).Draw(t, "zone")/60*60)
		seconds := rapid.Int64Range(-62135596800, 253402300799).Draw(t, "seconds") // years 1 to 9999
		e.Published = corpus.Date{Precision: corpus.Second, Time: time.Unix(seconds, rapid.Int64Range(0, 999_999_999).Draw(t, "nanos")).In(zone)}
	}
	if rapid.Bool().Draw(t, "credited") {
		e.credit = rapid.SliceOfN(rapid.String(), 1, 4).Draw(t, "credit")
	}
	return e
}

func drawMatch(t *rapid.T) pairMatch {
	n := func() int { return rapid.IntRange(0, math.MaxInt32).Draw(t, "n") }
	share := func() float64 { return rapid.Float64Range(0, 1).Draw(t, "share") }
	m := pairMatch{a: rapid.Uint64().Draw(t, "a"), b: rapid.Uint64().Draw(t, "b"), copies: n()}
	m.Kind, m.ShareA, m.ShareB, m.Jaccard = reuse.Quote, share(), share(), share()
	m.Passages = make([]reuse.Passage, rapid.IntRange(0, 5).Draw(t, "passages"))
	for i := range m.Passages {
		m.Passages[i] = reuse.Passage{
			A: shingle.Span{Start: n(), End: n()}, B: shingle.Span{Start: n(), End: n()},
			Type: reuse.Reworded, Similarity: share(), Quoted: rapid.Bool().Draw(t, "quoted"),
		}
	}
	return m
}

func drawStretches(t *rapid.T) []boilerplate.Stretch {
	var list []boilerplate.Stretch
	n := func() int { return rapid.IntRange(0, math.MaxInt32).Draw(t, "n") }
	for range rapid.IntRange(0, 5).Draw(t, "stretches") {
		from := n() / 2
		list = append(list, boilerplate.Stretch{
			From: from, To: from + n()/2, Rule: rapid.IntRange(-1, 500).Draw(t, "rule"),
			Count: boilerplate.Count{Days: n(), Times: n(), Kind: boilerplate.Teaser, Undated: rapid.Bool().Draw(t, "undated"), Firm: rapid.Bool().Draw(t, "firm")},
		})
	}
	return list
}

// The numbers of the wire are read as they were written, one behind the
// other.
func TestWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, f := rapid.Uint64().Draw(t, "uint"), rapid.Float64().Draw(t, "float")
		n, s := rapid.Int().Draw(t, "int"), rapid.String().Draw(t, "string")
		l := rapid.SliceOfN(rapid.String(), 1, 5).Draw(t, "strings")
		var w writer
		w.uint(u)
		w.int(n)
		w.fixed(u)
		w.float(f)
		w.string(s)
		w.strings(l)
		r := reader{b: w.b}
		if r.uint() != u || r.int() != n || r.fixed() != u || r.float() != f || r.string() != s || !reflect.DeepEqual(r.strings(), l) || r.err != nil || len(r.b) > 0 {
			t.Fatalf("%v, %d bytes are left", r.err, len(r.b))
		}
		if r.uint() != 0 || r.err == nil {
			t.Fatal("there is more than was written")
		}
	})
}

// Lists are read as they were written, and lie in a record least byte first on any
// machine.
func TestNumbers(t *testing.T) {
	checkNumbers(t, []uint64{0, 1, 0x0102030405060708, 1<<64 - 1})
	checkNumbers(t, []uint32{0, 1, 0x01020304, 1<<32 - 1})
	checkNumbers(t, []shingle.Flag{0, 1, 0xff})
	checkNumbers(t, []uint64(nil))
	if b := appendNumbers([]byte{9}, []uint32{0x01020304}); !slices.Equal(b, []byte{9, 4, 3, 2, 1}) {
		t.Error(b)
	}
	short := []uint32{7, 7}
	if readNumbers(short, make([]byte, 7)); short[0] != 0 || short[1] != 0 {
		t.Errorf("read of too few bytes: %v", short)
	}
}

func checkNumbers[T number](t *testing.T, list []T) {
	t.Helper()
	b := appendNumbers(nil, list)
	if each := appendEach(nil, list); !slices.Equal(b, each) {
		t.Errorf("%v: %v whole, %v one by one", list, b, each)
	}
	for _, read := range []func([]T, []byte){readNumbers[T], readEach[T]} {
		got := make([]T, len(list))
		if read(got, b); !slices.Equal(got, list) {
			t.Errorf("wrote %v, read %v", list, got)
		}
	}
}

// TestFits: what has more words than a store takes is a fault of its record, which the error
// names, and says how to go on.
func TestFits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, []byte("{\"text\":\"eins\"}\n{\"text\":\"zwei\"}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Open(corpus.Options{}, path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		if err := Fits(c, d, spill.MaxRecord); err != nil {
			t.Error(err)
		}
		var read *corpus.ReadError
		err := Fits(c, d, spill.MaxRecord+1)
		if !errors.As(err, &read) || read.File != path || read.Record != d.Handle.Record || !strings.Contains(read.Hint, "--max-text "+wordyText) {
			t.Errorf("error %v", err)
		}
	}
	// The length that the hint names is one that always fits.
	text := strings.Repeat("a ", 1<<18)
	var p preparer
	p.rules = boilerplate.Shipped()
	var out prepared
	p.prepare(&out, &corpus.Document{Text: text}, wants{compare: true, furniture: true})
	if most := float64(len(out.text)) / float64(len(text)) * (120 << 20); most > spill.MaxRecord {
		t.Errorf("%s of words of one letter take %.0f bytes", wordyText, most)
	}
}
