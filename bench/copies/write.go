package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A record is a line of the collection.
type record struct {
	ID        string `json:"id"`
	Source    string `json:"source"`
	Published string `json:"published"`
	Text      string `json:"text"`
}

// A planted copy is a line of the truth.
type planted struct {
	Copy    string `json:"copy"`
	Of      string `json:"of"`
	Percent int    `json:"percent"`
	Words   int    `json:"words"`
	Edits   int    `json:"edits"`
}

const license = "Permission to use, copy, print and send on this page is given to anyone, on the terms of clause %d: " +
	"that this notice is kept with every copy numbered %d, that whoever changes part %d of it says so and when, and that nobody " +
	"is held to answer for losses of kind %d that come from its use, in whatever way they come about."

// licensePage is some 4000 bytes that many documents may share.
func licensePage() string {
	var b strings.Builder
	for i := range 13 {
		fmt.Fprintf(&b, "\n"+license, i+1, 3*i+2, 5*i+4, 7*i+6)
	}
	return b.String()
}

// write makes the collection and its truth.
func write(p *plan) (err error) {
	if err := os.MkdirAll(p.dir, 0o777); err != nil {
		return err
	}
	docs, err := create(p.dir, "docs.jsonl")
	if err != nil {
		return err
	}
	truth, err := create(p.dir, "truth.jsonl")
	if err != nil {
		return err
	}
	w := &writer{plan: p, docs: docs.Writer, truth: json.NewEncoder(truth)}
	return errors.Join(w.all(), docs.close(), truth.close())
}

type file struct {
	*bufio.Writer
	f *os.File
}

func create(dir, name string) (*file, error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	return &file{bufio.NewWriterSize(f, 1<<20), f}, nil
}

func (f *file) close() error { return errors.Join(f.Flush(), f.f.Close()) }

type writer struct {
	*plan
	docs     *bufio.Writer
	truth    *json.Encoder
	line     strings.Builder
	at       []uint32 // place of each article, and of the first page
	firstDoc int
	size     int64
}

func id(place int) string { return fmt.Sprintf("doc-%08d", place) }

func (w *writer) all() error {
	first := len(w.articles) + len(w.copied) // number of the first page
	w.firstDoc = len(w.order)
	w.at = make([]uint32, len(w.articles))
	for place, n := range w.order {
		if int(n) < len(w.articles) {
			w.at[n] = uint32(place)
		} else if int(n) >= first {
			w.firstDoc = min(w.firstDoc, place)
		}
	}
	var words, edited []string
	for place, n := range w.order {
		if int(n) >= first {
			page := w.page
			if w.crowds > 0 {
				page = func(place int) error { return w.crowd(place, int(n)-first) }
			}
			if err := page(place); err != nil {
				return err
			}
			continue
		}
		words = words[:0]
		original := int(n)
		if original < len(w.articles) {
			words = w.words(words, original)
		} else {
			c := int(n) - len(w.articles)
			a := int(w.copied[c])
			original = a
			percent, edits := 1+c%percents, 0
			words = w.words(words, a)
			before := len(words)
			edited, edits = w.edit(edited[:0], words, percent, a)
			words = append(words[:0], edited...)
			if err := w.truth.Encode(planted{id(place), id(int(w.at[a])), percent, before, edits}); err != nil {
				return err
			}
		}
		tail := ""
		if w.license {
			tail = "\n" + joined(w.shared(original))
		}
		if err := w.record(place, joined(words)+tail); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "%d documents, %d bytes of text, %d edited copies, %d rounds of %d sentences\n",
		len(w.order), w.size, len(w.copied), len(w.rounds), len(w.sentences))
	return nil
}

// joined puts a space or a line end between words.
func joined(words []string) string {
	return strings.ReplaceAll(strings.Join(words, " "), " \n", "\n")
}

// shared is the license page's words, in the order that an article or a page has of them.
func (w *writer) shared(n int) []string {
	words := strings.Split(strings.TrimPrefix(strings.ReplaceAll(licensePage(), "\n", " \n"), " \n"), " ")
	if w.unlike {
		w.shuffle(words, n)
	}
	return words
}

// shuffle puts words into an order that is that of document n alone.
func (w *writer) shuffle(words []string, n int) {
	rng := rand.New(rand.NewPCG(w.seed, 1<<62|uint64(n)))
	rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
}

// page writes the page that many documents are, and its truth if it is not the first.
func (w *writer) page(place int) error {
	words := append(strings.Split("Access to this page is denied.", " "), w.shared(len(w.articles)+place)...)
	words[6] = "\n" + words[6]
	if place != w.firstDoc && !w.unlike {
		p := planted{Copy: id(place), Of: id(w.firstDoc)}
		if w.edited > 0 {
			p.Percent, p.Words = w.edited, len(words)
			words, p.Edits = w.edit(nil, words, w.edited, len(w.articles)+place)
		}
		if err := w.truth.Encode(p); err != nil {
			return err
		}
	}
	return w.record(place, joined(words))
}

// crowd writes a page that is one of the articles, number i of all pages, and its truth.
func (w *writer) crowd(place, i int) error {
	a := i % w.crowds * len(w.articles) / w.crowds
	words := w.words(nil, a)
	if w.unlike {
		w.shuffle(words, len(w.articles)+place)
		return w.record(place, joined(words))
	}
	p := planted{Copy: id(place), Of: id(int(w.at[a])), Percent: w.edited, Words: len(words)}
	if w.edited > 0 {
		words, p.Edits = w.edit(nil, words, w.edited, len(w.articles)+place)
	}
	if err := w.truth.Encode(p); err != nil {
		return err
	}
	return w.record(place, joined(words))
}

func (w *writer) record(place int, text string) error {
	w.size += int64(len(text))
	w.line.Reset()
	e := json.NewEncoder(&w.line)
	e.SetEscapeHTML(false)
	r := record{id(place), fmt.Sprintf("paper-%d", place%13), fmt.Sprintf("2021-%02d-%02d", 1+place%12, 1+place%28), text}
	if err := e.Encode(r); err != nil {
		return err
	}
	line := w.line.String()
	if w.ascii {
		line = escaped(line)
	}
	_, err := w.docs.WriteString(line)
	return err
}

// escaped writes all characters beyond ASCII as JSON's escapes.
func escaped(line string) string {
	var b strings.Builder
	for _, r := range line {
		switch {
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
