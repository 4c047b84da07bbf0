package main

import (
	"encoding/json"
	"math"

	"github.com/urfave/cli/v2"

	"reprint/boilerplate"
	"reprint/dedup"
	"reprint/report"
	"reprint/reuse"
	"reprint/shingle"
)

const explainText = `Says why two texts did or did not match: what was masked as furniture, how
many shingles they share and what a signature makes of that, the runs of words
in common with what each adds to the evidence, the rule that decided, and who had
it first. A and B are named as for compare; with the results of a scan it is
said how they stand in its clusters.

With --preset or --threshold in place of A and B it says what dedup takes for a
copy then: what is compared, what makes a candidate, and how many pairs of a
given similarity become one.

Examples:
  reprint explain a.txt b.txt
  reprint explain d17 d42 --in week.jsonl.zst
  reprint explain d17 d42 --in reprint-results
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
	if _, ok := report.SettingsOf(c.String("in")); ok {
		if e.Scan, e.Cluster, err = linked(c.String("in"), p.A.ID, p.B.ID); err != nil {
			return err
		}
	}
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
	Counted   []runSums `json:"evidence_runs"`
	Little    *little   `json:"little_evidence,omitempty"`
	Shared    int       `json:"shared_words"`
	Quoted    int       `json:"quoted_words"`
	Numbers   int       `json:"numbers"`
	Agreeing  int       `json:"numbers_agreeing"`
	Names     int       `json:"names"`
	Named     int       `json:"names_in_both"`
	Figures   int       `json:"figures"`
	Figured   int       `json:"figures_in_both"`
	Frame     float64   `json:"frame"` // part of the words in runs that many documents hold, where figures differ
	Kind      string    `json:"kind"`  // "none" if the pair is no match
	Rule      string    `json:"rule"`
	Direction direction `json:"direction"`

	Scan    *finding     `json:"scan,omitempty"` // both where results of a scan are named
	Cluster *clusterLink `json:"cluster,omitempty"`
}

// little is the sum that says whether little evidence is reuse, and its terms.
type little struct {
	Sum    float64 `json:"sum"`
	Needed float64 `json:"needed"`
	Said   float64 `json:"said"`
	Story  float64 `json:"story"`
	Runs   float64 `json:"runs"`
	Names  float64 `json:"names"`
	Held   float64 `json:"held"`
}

// newLittle is nil where the sum was not asked.
func newLittle(l *reuse.Little) *little {
	if l.Said == 0 {
		return nil
	}
	return &little{four(l.Sum()), reuse.LittleFrom, four(l.Said), four(l.Story), four(l.Runs), four(l.Names), four(l.Held)}
}

// runSums is what a run of words in common adds to the evidence.
type runSums struct {
	A         [2]int  `json:"a"` // bytes
	B         [2]int  `json:"b"`
	Words     int     `json:"words"`
	Own       float64 `json:"own_words"` // those that may be evidence, less a toll
	Documents int     `json:"documents"` // that hold the rarest part that is known
	Held      float64 `json:"sentences_alike"`
	Weight    float64 `json:"evidence"`
	text      string
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
	Depth      float64 `json:"depth"`
	Opening    float64 `json:"opening"`
	Ending     float64 `json:"ending"`
	Back       float64 `json:"back"`
	Carried    float64 `json:"carried"`
	Days       float64 `json:"days"`
	Abroad     float64 `json:"abroad"`
	Variety    float64 `json:"variety"`
}

// sideSums is what is known of one text.
type sideSums struct {
	ID    string     `json:"id"`
	Bytes int        `json:"bytes"`
	Words int        `json:"words"`
	Own   int        `json:"own_words"`
	Masks []maskSums `json:"masks"`
	Held  float64    `json:"share_held"` // in passages, rewordings left out
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
		A:         sideSums{p.A.ID, len(p.A.Text), p.WordsA, e.OwnA, masks(p.A.Text, p.MarksA), four(e.HeldA), four(e.RawA), m.ShareA},
		B:         sideSums{p.B.ID, len(p.B.Text), p.WordsB, e.OwnB, masks(p.B.Text, p.MarksB), four(e.HeldB), four(e.RawB), m.ShareB},
		Whole:     compareGrams(wholeA, wholeB),
		Own:       compareGrams(ownA, ownB),
		Signature: signature{four(p.Estimate), p.BandsOf, p.Bands, four(p.Chance)},
		Keys:      p.Keys, Runs: e.Runs, Longest: e.Longest, Evidence: four(e.Words), Needed: reuse.MinEvidence,
		Counted: counted(p),
		Little:  newLittle(&e.Little),
		Shared:  e.Shared, Quoted: e.Quoted, Numbers: e.Numbers, Agreeing: e.Agreeing,
		Names: e.Names, Named: e.Named, Figures: e.Figures, Figured: e.Figured, Frame: four(e.Frame),
		Kind: kind, Rule: e.Rule, Direction: directed(m),
	}
}

// four rounds to four decimals.
func four(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func counted(p *dedup.Pair) []runSums {
	list := make([]runSums, 0, len(p.Runs))
	for _, r := range p.Runs {
		list = append(list, runSums{
			[2]int{r.A.Start, r.A.End}, [2]int{r.B.Start, r.B.End}, r.Words, four(r.Own), r.Docs, four(r.Held), four(r.Weight), p.A.Text[r.A.Start:r.A.End],
		})
	}
	return list
}

func directed(m *dedup.Match) direction {
	d := &m.Direction
	return direction{
		m.First, m.FirstBy, m.FirstConfidence,
		four(d.Sum()), four(d.Date), four(d.Credit),
		four(d.Depth), four(d.Opening), four(d.Ending), four(d.Back), four(d.Carried), four(d.Days), four(d.Abroad), four(d.Variety),
	}
}

// grams returns the set of shingles of what marks, in their order, leave of text; none
// spans a mark.
func grams(text string, marks []boilerplate.Mark) []uint64 {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	var set []uint64
	at := 0
	for _, m := range marks {
		set = shingle.Append(set, t.Hash[at:t.At(m.Start)], gramWords)
		at = t.At(m.End)
	}
	return shingle.Set(shingle.Append(set, t.Hash[at:], gramWords))
}

func compareGrams(a, b []uint64) gramSums {
	held := shingle.Containment(a, b)
	return gramSums{
		A: len(a), B: len(b), Both: int(held*float64(len(a)) + .5),
		Jaccard: four(shingle.Jaccard(a, b)), AInB: four(held), BInA: four(shingle.Containment(b, a)),
	}
}

func masks(text string, marks []boilerplate.Mark) []maskSums {
	all := make([]maskSums, 0, len(marks))
	for _, m := range marks {
		all = append(all, maskSums{m.Start, m.End, string(m.Kind), m.Reason, text[m.Start:m.End]})
	}
	return all
}
