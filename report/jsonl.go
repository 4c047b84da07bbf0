package report

import (
	"io"
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/copies"
	"reprint/reuse"
	"reprint/shingle"
)

// version is that of every line and of the summary.
const version = 1

// WriteMatch writes m as a line of matches.jsonl.
func WriteMatch(w io.Writer, m *dedup.Match) error {
	return emit(w, appendMatch(scratch(w), m))
}

// WriteCluster writes c as a line of clusters.jsonl.
func WriteCluster(w io.Writer, c *dedup.Cluster) error {
	b := begin(scratch(w))
	b = appendInt(b, "cluster", int64(c.Number))
	b = appendString(b, "keep", keptID(c))
	b = appendString(b, "reason", c.Reason)
	b = appendStrings(b, "members", c.IDs)
	b = appendShare(b, "min_similarity", c.MinSimilarity)
	return emit(w, b)
}

// keptID is the id of the member that stays.
func keptID(c *dedup.Cluster) string {
	for i, doc := range c.Members {
		if doc == c.Keep && i < len(c.IDs) {
			return c.IDs[i]
		}
	}
	return ""
}

// WriteRecurrence writes r with its words as a line of passages.jsonl.
func WriteRecurrence(w io.Writer, r *dedup.Recurrence, text string) error {
	b := begin(scratch(w))
	b = appendString(b, "text", text)
	b = appendInt(b, "count", int64(r.Count))
	b = appendInt(b, "sources", int64(r.Sources))
	b = appendString(b, "kind", r.Kind)
	b = append(key(b, "at"), '[')
	for i, p := range r.At {
		b = append(separate(b, i), '{')
		b = appendString(b, "id", p.ID)
		b = appendEnds(b, p.Span)
		b = append(b, '}')
	}
	return emit(w, append(b, ']'))
}

// WriteRemoval writes r as a line of removed.jsonl, and of what clean lists.
func WriteRemoval(w io.Writer, r *dedup.Removal) error {
	b := begin(scratch(w))
	b = appendString(b, "id", r.ID)
	return emit(w, appendMarks(b, "removed", r.Marks))
}

// WriteDrop writes d as a line of what dedup lists.
func WriteDrop(w io.Writer, d *copies.Drop) error {
	b := begin(scratch(w))
	b = appendString(b, "id", d.ID)
	b = appendString(b, "kept", d.KeptID)
	b = appendString(b, "kind", string(d.Kind))
	b = appendShare(b, "share", d.Share)
	b = appendShare(b, "jaccard", d.Jaccard)
	b = appendString(b, "reason", d.Reason)
	b = appendString(b, "file", d.File)
	b = appendInt(b, "record", int64(d.Record))
	return emit(w, b)
}

// WriteRejection writes r as a line of rejected.jsonl.
func WriteRejection(w io.Writer, r *corpus.Rejection) error {
	b := begin(scratch(w))
	b = appendString(b, "file", r.File)
	b = appendInt(b, "record", int64(r.Record))
	b = appendInt(b, "offset", r.Offset)
	fault := ""
	if r.Err != nil {
		fault = r.Err.Error()
	}
	b = appendString(b, "error", fault)
	return emit(w, appendString(b, "raw", string(r.Raw)))
}

// PairJSON writes what compare found as one line: the fields of a match,
// whose kind is "none" where the two have nothing in common, then the
// furniture of both, their words and the rule that decided.
func PairJSON(w io.Writer, p *dedup.Pair) error {
	b := appendMatch(scratch(w), &p.Match)
	b = appendMarks(b, "removed_a", p.MarksA)
	b = appendMarks(b, "removed_b", p.MarksB)
	b = appendInt(b, "words_a", int64(p.WordsA))
	b = appendInt(b, "words_b", int64(p.WordsB))
	b = appendString(b, "rule", p.Match.Evidence.Rule)
	return emit(w, b)
}

// appendMatch appends the open object of a match.
func appendMatch(b []byte, m *dedup.Match) []byte {
	b = begin(b)
	b = appendString(b, "a", m.IDA)
	b = appendString(b, "b", m.IDB)
	b = appendString(b, "kind", kindName(m.Kind))
	b = appendShare(b, "share_a", m.ShareA)
	b = appendShare(b, "share_b", m.ShareB)
	b = appendShare(b, "jaccard", m.Jaccard)
	if m.First != "" {
		b = appendString(b, "first", m.First)
		b = appendString(b, "first_by", m.FirstBy)
		b = appendShare(b, "first_confidence", m.FirstConfidence)
	}
	b = appendStrings(b, "credit", m.Credit)
	if m.Copies > 0 {
		b = appendInt(b, "copies", int64(m.Copies))
	}
	b = append(key(b, "passages"), '[')
	for i := range m.Passages {
		b = appendPassage(separate(b, i), &m.Passages[i])
	}
	return append(b, ']')
}

func appendPassage(b []byte, p *reuse.Passage) []byte {
	b = append(b, '{')
	b = appendSpan(b, "a", p.A)
	b = appendSpan(b, "b", p.B)
	b = appendString(b, "type", string(p.Type))
	b = appendShare(b, "similarity", p.Similarity)
	b = strconv.AppendBool(key(b, "quoted"), p.Quoted)
	return append(b, '}')
}

func appendMarks(b []byte, name string, marks []boilerplate.Mark) []byte {
	b = append(key(b, name), '[')
	for i := range marks {
		m := &marks[i]
		b = append(separate(b, i), '{')
		b = appendEnds(b, m.Span)
		b = appendString(b, "kind", string(m.Kind))
		b = appendString(b, "reason", m.Reason)
		b = appendShare(b, "score", m.Score)
		b = append(b, '}')
	}
	return append(b, ']')
}

// kindName is a kind as it is written: no match has a name too.
func kindName(k reuse.Kind) string {
	if k == "" {
		return "none"
	}
	return string(k)
}

// scratch returns the free end of w's buffer if it has one, so that a line
// is written without a copy.
func scratch(w io.Writer) []byte {
	if buffered, ok := w.(interface{ AvailableBuffer() []byte }); ok {
		return buffered.AvailableBuffer()
	}
	return nil
}

// begin opens the object of a line.
func begin(b []byte) []byte {
	return appendInt(append(b, '{'), "v", version)
}

// emit closes the object and writes the line.
func emit(w io.Writer, b []byte) error {
	_, err := w.Write(append(b, "}\n"...))
	return err
}

// key appends the name of the next field. The names are ours and need no
// escaping.
func key(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	b = append(append(b, '"'), name...)
	return append(b, `":`...)
}

// separate appends a comma before every element of a list but the first.
func separate(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

func appendInt(b []byte, name string, n int64) []byte {
	return strconv.AppendInt(key(b, name), n, 10)
}

func appendString(b []byte, name, s string) []byte { return quote(key(b, name), s) }

// quote appends s as a JSON string. The error only tells of bytes that are
// not UTF-8; they were replaced.
func quote(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s)
	return b
}

func appendStrings(b []byte, name string, list []string) []byte {
	b = append(key(b, name), '[')
	for i, s := range list {
		b = quote(separate(b, i), s)
	}
	return append(b, ']')
}

func appendShare(b []byte, name string, x float64) []byte {
	return strconv.AppendFloat(key(b, name), round(x), 'f', -1, 64)
}

// round cuts a figure to four decimals. What is no number is 0: JSON has no
// word for it.
func round(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	if x = math.Round(x*1e4) / 1e4; x == 0 {
		return 0 // not -0
	}
	return x
}

func appendSpan(b []byte, name string, s shingle.Span) []byte {
	b = strconv.AppendInt(append(key(b, name), '['), int64(s.Start), 10)
	b = strconv.AppendInt(append(b, ','), int64(s.End), 10)
	return append(b, ']')
}

func appendEnds(b []byte, s shingle.Span) []byte {
	b = appendInt(b, "start", int64(s.Start))
	return appendInt(b, "end", int64(s.End))
}
