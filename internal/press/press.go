// Package press makes up a press for tests: outlets that print articles of their
// own, copies of each other's, passages and quotations of each other's, and
// furniture. The words are invented, so that nothing in them is anybody's.
package press

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Record is one line of a collection made by a test.
type Record struct {
	ID        string `json:"id,omitempty"`
	Source    string `json:"source,omitempty"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
	Text      string `json:"text"`
}

// Press makes things up. The same seed gives the same press.
type Press struct {
	*rand.Rand
	Words     []string // that all texts are made of
	furniture []string // of each outlet
	stories   [][]string
	quotes    []string
}

const outlets = 7

// New returns a press of its own words.
func New(seed uint64) *Press {
	p := &Press{Rand: rand.New(rand.NewPCG(seed, 1))}
	for range 4000 {
		p.Words = append(p.Words, p.word())
	}
	for range outlets {
		p.furniture = append(p.furniture, p.Sentence(11)+" "+p.Sentence(9))
	}
	for range 12 {
		p.quotes = append(p.quotes, "„"+p.Sentence(14)+"“")
	}
	return p
}

// word makes a word of two to four syllables.
func (p *Press) word() string {
	var b strings.Builder
	for range 2 + p.IntN(3) {
		b.WriteByte("bdfghklmnprstwz"[p.IntN(15)])
		b.WriteString([]string{"a", "e", "i", "o", "u", "ä", "ie", "au"}[p.IntN(8)])
		b.WriteString([]string{"", "", "n", "r", "st", "l"}[p.IntN(6)])
	}
	return b.String()
}

// Sentence makes a sentence of n words.
func (p *Press) Sentence(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = p.Words[p.IntN(len(p.Words))]
	}
	list[0] = strings.ToUpper(list[0][:1]) + list[0][1:]
	return strings.Join(list, " ") + "."
}

// Article makes the sentences of an article of about so many words.
func (p *Press) Article(words int) []string {
	var list []string
	for words > 0 {
		n := 7 + p.IntN(14)
		list = append(list, p.Sentence(n))
		words -= n
	}
	return list
}

// edited changes a word in one of five sentences, and the order now and then.
func (p *Press) edited(story []string) []string {
	out := append([]string(nil), story...)
	for i := range out {
		if p.IntN(5) == 0 {
			w := strings.Fields(out[i])
			w[p.IntN(len(w))] = p.Words[p.IntN(len(p.Words))]
			out[i] = strings.Join(w, " ")
		}
	}
	if len(out) > 3 && p.IntN(4) == 0 {
		out[1], out[2] = out[2], out[1]
	}
	return out
}

// body makes the next article, from old ones or new.
func (p *Press) body(words int) []string {
	if len(p.stories) == 0 {
		return p.Article(words)
	}
	old := p.stories[p.IntN(len(p.stories))]
	switch p.IntN(10) {
	case 0:
		return old
	case 1:
		return p.edited(old)
	case 2:
		return append(old[:len(old)/2:len(old)/2], p.Article(words/2)...)
	case 3:
		from := p.IntN(len(old))
		return append(p.Article(words), old[from:min(from+2, len(old))]...)
	case 4:
		return append(p.Article(words), p.quotes[p.IntN(len(p.quotes))])
	}
	return p.Article(words)
}

// Records makes n records of about so many words, over twenty days. Some
// have no id, no date or no source.
func (p *Press) Records(n, words int) []Record {
	first := time.Date(2024, 3, 1, 6, 0, 0, 0, time.UTC)
	list := make([]Record, n)
	for i := range list {
		story := p.body(words/2 + p.IntN(words))
		p.stories = append(p.stories, story)
		outlet := p.IntN(outlets)
		r := Record{
			ID: fmt.Sprintf("doc-%05d", i), Source: fmt.Sprintf("outlet-%d.example", outlet),
			Published: first.Add(time.Duration(i) * 20 * 24 * time.Hour / time.Duration(n)).Format(time.RFC3339),
			Text:      Paragraphs(story),
		}
		if p.IntN(3) > 0 {
			r.Text += "\n\n" + p.furniture[outlet]
		}
		switch p.IntN(40) {
		case 0:
			r.ID = ""
		case 1:
			r.ID = "twice"
		case 2:
			r.Published = ""
		case 3:
			r.Source = ""
		case 4:
			r.Text = ""
		}
		list[i] = r
	}
	return list
}

// Paragraphs joins sentences, three to a paragraph.
func Paragraphs(story []string) string {
	var b strings.Builder
	for i, s := range story {
		switch {
		case i > 0 && i%3 == 0:
			b.WriteString("\n\n")
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}
