package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/boilerplate"
	"reprint/dedup"
	"reprint/reuse"
	"reprint/shingle"
)

const explainText = `Says why two texts did or did not match: what was masked as furniture, how
many shingles they share and what a signature makes of that, the runs of words
in common, the sums over them, and the rule that decided. A and B are named as
for compare.

With --preset or --threshold in place of A and B it says what dedup takes for a
copy then: what is compared, what makes a candidate, and how many pairs of a
given similarity become one.

Examples:
  reprint explain a.txt b.txt
  reprint explain d17 d42 --in week.jsonl.zst
  reprint explain a.txt b.txt --json | jq .rule
  reprint explain --preset fineweb`

func (t *tool) explainCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "explain",
		Usage:       "why two texts did or did not match",
		ArgsUsage:   "A B [--in PATH] [flags]",
		Description: explainText,
		Flags:       flags(pairFlags(), presetFlags()),
		Action:      t.explain,
	})
}

func (t *tool) explain(c *cli.Context) error {
	if c.IsSet("preset") || c.IsSet("threshold") {
		return t.explainPreset(c)
	}
	p, err := t.pair(c)
	if err != nil {
		return err
	}
	e := explained(p)
	if t.json {
		enc := json.NewEncoder(t.out)
		enc.SetEscapeHTML(false)
		err = enc.Encode(e)
	} else {
		err = e.print(t.out)
	}
	if err != nil {
		return err
	}
	return found(c, p.Match.Kind.Reuse())
}

// explanation is all that is known of a pair, in the order in which it is
// found out.
type explanation struct {
	V         int       `json:"v"`
	A         sideSums  `json:"a"`
	B         sideSums  `json:"b"`
	Whole     gramSums  `json:"whole"` // furniture included
	Own       gramSums  `json:"own"`   // outside furniture
	Signature signature `json:"signature"`
	Keys      int       `json:"seeds"`
	Runs      int       `json:"runs"`
	Longest   int       `json:"longest_run"`
	Evidence  float64   `json:"evidence"`
	Needed    float64   `json:"evidence_needed"`
	Shared    int       `json:"shared_words"`
	Quoted    int       `json:"quoted_words"`
	Numbers   int       `json:"numbers"`
	Agreeing  int       `json:"numbers_agreeing"`
	Kind      string    `json:"kind"` // "none" if the pair is no match
	Rule      string    `json:"rule"`
	Direction direction `json:"direction"`
}

// direction is who had the text first, and the terms of the sum that tells.
// What is above 0 speaks for a, what is below for b.
type direction struct {
	First      string  `json:"first"` // "a", "b" or "": not known
	By         string  `json:"by"`
	Confidence float64 `json:"confidence"`
	Sum        float64 `json:"sum"`
	Date       float64 `json:"date"`
	Credit     float64 `json:"credit"`
	Height     float64 `json:"height"`
	Opening    float64 `json:"opening"`
	Days       float64 `json:"days"`
	Figures    float64 `json:"figures"`
}

// sideSums is what is known of one text.
type sideSums struct {
	ID    string     `json:"id"`
	Bytes int        `json:"bytes"`
	Words int        `json:"words"`
	Own   int        `json:"own_words"`
	Masks []maskSums `json:"masks"`
	Raw   float64    `json:"share_raw"`
	Share float64    `json:"share"`
}

type maskSums struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
	text   string
}

// gramSums compares two sets of shingles.
type gramSums struct {
	A       int     `json:"a"`
	B       int     `json:"b"`
	Both    int     `json:"both"`
	Jaccard float64 `json:"jaccard"`
	AInB    float64 `json:"a_in_b"`
	BInA    float64 `json:"b_in_a"`
}

// signature is what banded MinHash signatures make of the whole texts.
type signature struct {
	Estimate    float64 `json:"estimate"` // of the Jaccard
	Bands       int     `json:"bands"`
	Equal       int     `json:"equal_bands"` // at least one makes a candidate pair
	Probability float64 `json:"probability"` // of that, for a pair of this Jaccard
}

// gramWords is the length of the shingles, in words.
const gramWords = 5

func explained(p *dedup.Pair) *explanation {
	wholeA, wholeB := grams(p.A.Text, nil), grams(p.B.Text, nil)
	ownA, ownB := grams(p.A.Text, p.MarksA), grams(p.B.Text, p.MarksB)
	m, e := &p.Match, &p.Match.Evidence
	kind := "none"
	if m.Kind != "" {
		kind = string(m.Kind)
	}
	return &explanation{
		V:         1,
		A:         sideSums{p.A.ID, len(p.A.Text), p.WordsA, e.OwnA, masks(p.A.Text, p.MarksA), e.RawA, m.ShareA},
		B:         sideSums{p.B.ID, len(p.B.Text), p.WordsB, e.OwnB, masks(p.B.Text, p.MarksB), e.RawB, m.ShareB},
		Whole:     compareGrams(wholeA, wholeB),
		Own:       compareGrams(ownA, ownB),
		Signature: signature{p.Estimate, p.BandsOf, p.Bands, p.Chance},
		Keys:      p.Keys, Runs: e.Runs, Longest: e.Longest, Evidence: e.Words, Needed: reuse.MinEvidence,
		Shared: e.Shared, Quoted: e.Quoted, Numbers: e.Numbers, Agreeing: e.Agreeing,
		Kind: kind, Rule: e.Rule, Direction: directed(m),
	}
}

func directed(m *dedup.Match) direction {
	d := &m.Direction
	return direction{m.First, m.FirstBy, m.FirstConfidence, d.Sum(), d.Date, d.Credit, d.Height, d.Opening, d.Days, d.Figures}
}

// grams returns the set of shingles of what marks leave of text; none spans
// a mark.
func grams(text string, marks []boilerplate.Mark) []uint64 {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	var set []uint64
	from := 0
	for i := 0; i <= t.Len(); i++ {
		if i < t.Len() && !masked(marks, int(t.Start[i])) {
			continue
		}
		if from < i {
			set = shingle.Append(set, t.Hash[from:i], gramWords)
		}
		from = i + 1
	}
	return shingle.Set(set)
}

func masked(marks []boilerplate.Mark, at int) bool {
	for _, m := range marks {
		if m.Start <= at && at < m.End {
			return true
		}
	}
	return false
}

func compareGrams(a, b []uint64) gramSums {
	held := shingle.Containment(a, b)
	return gramSums{
		A: len(a), B: len(b), Both: int(held*float64(len(a)) + .5),
		Jaccard: shingle.Jaccard(a, b), AInB: held, BInA: shingle.Containment(b, a),
	}
}

func masks(text string, marks []boilerplate.Mark) []maskSums {
	all := make([]maskSums, 0, len(marks))
	for _, m := range marks {
		all = append(all, maskSums{m.Start, m.End, string(m.Kind), m.Reason, text[m.Start:m.End]})
	}
	return all
}

// print writes the explanation for people, one matter a line.
func (x *explanation) print(w io.Writer) error {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s", name)
		fmt.Fprintf(&b, format+"\n", args...)
	}
	line("a", "%s", printable(x.A.ID))
	line("b", "%s", printable(x.B.ID))
	line("verdict", "%s: %s", strings.Replace(x.Kind, "none", "no match", 1), x.Rule)
	b.WriteByte('\n')
	line("words", "%d and %d, outside furniture %d and %d", x.A.Words, x.B.Words, x.A.Own, x.B.Own)
	x.A.printMasks(&b, "masked in a")
	x.B.printMasks(&b, "masked in b")
	x.Whole.print(&b, "shingles")
	x.Own.print(&b, "own text")
	s := x.Signature
	line("signature", "estimates a Jaccard of %.4f; %d of %d bands are equal, for such a pair at least one is with probability %.4f",
		s.Estimate, s.Equal, s.Bands, s.Probability)
	line("seeds", "%d rare runs of words stand in both; they grow to %d runs, the longest of %d words", x.Keys, x.Runs, x.Longest)
	line("evidence", "%.1f words, unquoted and weighted by rarity; reuse from %g upward", x.Evidence, x.Needed)
	line("passages", "%d words, %d of them quoted", x.Shared, x.Quoted)
	line("numbers", "%d of %d in the common sentences agree", x.Agreeing, x.Numbers)
	line("shares", "a %.4f, b %.4f (as counted %.4f and %.4f, then set to what readers say)", x.A.Share, x.B.Share, x.A.Raw, x.B.Raw)
	d := x.Direction
	line("first", "%s: a sum of %+.2f, from date %+.2f, credit line %+.2f, height in the text %+.2f, weekday in the opening %+.2f, weekdays %+.2f, figures %+.2f; above 0 speaks for a",
		d.words(), d.Sum, d.Date, d.Credit, d.Height, d.Opening, d.Days, d.Figures)
	_, err := io.WriteString(w, b.String())
	return err
}

func (d *direction) words() string {
	if d.First == "" {
		return "not known"
	}
	return fmt.Sprintf("%s, by %s, with a confidence of %.2f", d.First, d.By, d.Confidence)
}

func (s *sideSums) printMasks(b *strings.Builder, name string) {
	for _, m := range s.Masks {
		fmt.Fprintf(b, "%-12s%s, bytes %d to %d, %s: %s\n", name, m.Kind, m.Start, m.End, m.Reason, shorten(printable(m.text), 60))
		name = ""
	}
}

func (g *gramSums) print(b *strings.Builder, name string) {
	fmt.Fprintf(b, "%-12s%d and %d runs of %d words, %d in both: Jaccard %.4f, b holds %.4f of a, a holds %.4f of b\n",
		name, g.A, g.B, gramWords, g.Both, g.Jaccard, g.AInB, g.BInA)
}
