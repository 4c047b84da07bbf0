package report

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// texts are the documents and pairs that the page holds for its script, each
// document once.
type texts struct {
	g     *gathered
	have  map[int]bool // documents written
	docs  []byte
	pair  []byte
	pairs int
	room  budget
}

func newTexts(g *gathered, room budget) *texts {
	return &texts{g: g, have: map[int]bool{}, room: room}
}

type jsDocument struct {
	documentRow
	Words int    `json:"words"`
	Own   int    `json:"own"`
	Cut   bool   `json:"cut"`
	Text  string `json:"text"`
	Marks []any  `json:"marks"` // [start, end, kind, reason]
}

type jsPair struct {
	A        int     `json:"a"`
	B        int     `json:"b"`
	Kind     string  `json:"kind"`
	ShareA   float64 `json:"shareA"`
	ShareB   float64 `json:"shareB"`
	Jaccard  float64 `json:"jaccard"`
	First    string  `json:"first"`
	Credit   string  `json:"credit"`
	Rule     string  `json:"rule"`
	Passages []any   `json:"passages"` // [startA, endA, startB, endB, type, similarity, quoted]
	More     int     `json:"more"`
}

// add appends a pair that was chosen and the documents it needs, if all of it fits.
func (t *texts) add(n int, m *pair) (bool, error) {
	a, b := t.g.texts[m.A], t.g.texts[m.B]
	var docs []byte
	for _, d := range []*article{a, b} {
		if t.have[d.info.Number] {
			continue
		}
		out, err := json.Marshal(t.g.newJSDocument(d))
		if err != nil {
			return false, err
		}
		docs = append(docs, fmt.Sprintf(",\"%d\":%s", d.info.Number, out)...)
	}
	out, err := json.Marshal(newJSPair(m, a.text, b.text))
	if err != nil {
		return false, err
	}
	if !t.room.take(len(docs) + len(out) + 16) {
		return false, nil
	}
	t.have[m.A], t.have[m.B] = true, true
	t.docs = append(t.docs, docs...)
	t.pair = append(t.pair, fmt.Sprintf(",\"%d\":%s", n, out)...)
	t.pairs++
	return true, nil
}

// json returns the object that the script reads. Marshal has escaped what
// could end a script.
func (t *texts) json() template.JS {
	cut := func(b []byte) []byte { return b[min(1, len(b)):] }
	return template.JS(slices.Concat([]byte(`{"docs":{`), cut(t.docs), []byte(`},"pairs":{`), cut(t.pair), []byte(`}}`)))
}

func (g *gathered) newJSDocument(d *article) *jsDocument {
	out := &jsDocument{documentRow: g.row(&d.info), Words: d.info.Words, Own: d.info.Own, Cut: d.cut, Text: d.text, Marks: []any{}}
	u := units{text: d.text}
	for i := range d.marks[:min(len(d.marks), maxSpans)] {
		m := &d.marks[i]
		out.Marks = append(out.Marks, []any{u.at(m.Start), u.at(m.End), m.Kind, cutText(m.Reason, 0, len(m.Reason), maxLabel)})
	}
	return out
}

func newJSPair(m *pair, a, b string) *jsPair {
	credit := strings.Join(m.Credit, ", ")
	out := &jsPair{
		A: m.A, B: m.B, Kind: string(m.Kind), ShareA: round(m.ShareA), ShareB: round(m.ShareB), Jaccard: round(m.Jaccard),
		First: firstWords(m), Credit: cutText(credit, 0, len(credit), maxLabel),
		Rule:     cutText(m.Evidence.Rule, 0, len(m.Evidence.Rule), maxSettingText),
		Passages: []any{}, More: max0(len(m.Passages) - maxSpans),
	}
	inA, inB := units{text: a}, units{text: b}
	for _, p := range m.Passages[:min(len(m.Passages), maxSpans)] {
		out.Passages = append(out.Passages, []any{
			inA.at(p.A.Start), inA.at(p.A.End), inB.at(p.B.Start), inB.at(p.B.End),
			p.Type, round(p.Similarity), p.Quoted,
		})
	}
	return out
}

// units turns offsets of bytes into offsets of UTF-16 code units, in which
// scripts count. Each byte that is not UTF-8 is one U+FFFD there. Ascending
// offsets cost one pass.
type units struct {
	text     string
	bytes, n int
}

func (u *units) at(offset int) int {
	offset = min(max0(offset), len(u.text))
	if offset < u.bytes {
		u.bytes, u.n = 0, 0
	}
	for i, r := range u.text[u.bytes:] {
		if u.bytes+i >= offset {
			u.bytes += i
			return u.n
		}
		u.n++
		if r >= 0x10000 {
			u.n++
		}
	}
	u.bytes = len(u.text)
	return u.n
}
