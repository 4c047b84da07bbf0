package report

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"io"
	mathbits "math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// texts are the documents and pairs that the page holds for its script, each
// document once.
type texts struct {
	g     *gathered
	have  map[int]bool // documents written
	docs  []field
	pairs []field
	room  budget
}

// field is a field of a JSON object that has a number for its name.
type field struct {
	name  int
	value []byte
}

// size is how many bytes it takes, with a comma.
func (f *field) size() int { return len(strconv.Itoa(f.name)) + len(`,"":`) + len(f.value) }

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
	var missing []*article
	least := 0 // escaping makes nothing shorter
	for _, d := range []*article{a, b} {
		if !t.have[d.info.Number] {
			missing, least = append(missing, d), least+len(d.text)
		}
	}
	if least > int(t.room) {
		return false, nil
	}
	docs, size := t.docs, 16 // of the pair's name
	for _, d := range missing {
		out, err := json.Marshal(t.g.newJSDocument(d))
		if err != nil {
			return false, err
		}
		docs = append(docs, field{d.info.Number, out})
		size += docs[len(docs)-1].size()
	}
	out, err := json.Marshal(newJSPair(m, a.text, b.text))
	if err != nil {
		return false, err
	}
	if !t.room.take(size + len(out)) {
		return false, nil
	}
	t.have[m.A], t.have[m.B] = true, true
	t.docs, t.pairs = docs, append(t.pairs, field{n, out})
	return true, nil
}

// write writes the object that the script reads, as the page holds it. Marshal has escaped
// what could end a script.
func (t *texts) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString(`<script type="application/json" id="data">{"docs":{`)
	writeFields(out, t.docs)
	out.WriteString(`},"pairs":{`)
	writeFields(out, t.pairs)
	out.WriteString("}}</script>\n")
	return out.Flush()
}

func writeFields(out *bufio.Writer, list []field) {
	for i := range list {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('"')
		out.WriteString(strconv.Itoa(list[i].name))
		out.WriteString(`":`)
		out.Write(list[i].value)
	}
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
// offsets cost one pass, in which ASCII is passed over eight bytes at a time.
type units struct {
	text     string
	bytes, n int
}

func (u *units) at(offset int) int {
	offset = min(max0(offset), len(u.text))
	if offset < u.bytes {
		u.bytes, u.n = 0, 0
	}
	for u.bytes < offset {
		if n := leadingASCII(u.text[u.bytes:offset]); n > 0 {
			u.bytes, u.n = u.bytes+n, u.n+n
			continue
		}
		r, size := utf8.DecodeRuneInString(u.text[u.bytes:])
		u.bytes, u.n = u.bytes+size, u.n+1
		if r >= 0x10000 {
			u.n++
		}
	}
	return u.n
}

// leadingASCII counts the bytes of ASCII with which s begins, none of a tail of less than eight.
func leadingASCII(s string) (n int) {
	const high = 0x8080808080808080
	for b := unsafe.Slice(unsafe.StringData(s), len(s)); len(b) >= 8; b = b[8:] {
		if other := binary.LittleEndian.Uint64(b) & high; other != 0 {
			return n + mathbits.TrailingZeros64(other)/8
		}
		n += 8
	}
	return n
}
