package main

import (
	"fmt"
	"io"
	"strings"

	"reprint/internal/figures"
)

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
	line("seeds", "%d rare runs of words in both; they grow to %s, the longest of %s", x.Keys, figures.Count(x.Runs, "run"), figures.Count(x.Longest, "word"))
	line("evidence", "%.1f words, unquoted and weighted by rarity; reuse from %g upward", x.Evidence, x.Needed)
	x.printRuns(&b)
	if l := x.Little; l != nil {
		line("", "which is little; what speaks for reuse comes to %.2f, needed are %.1f: sentences that say the same %+.2f, words of both texts %+.2f, runs %+.2f, names %+.2f, the same phrases all over %+.2f",
			l.Sum, l.Needed, l.Said, l.Story, l.Runs, l.Names, l.Held)
	}
	line("verbatim", "%d words of passages, %d of them quoted", x.Shared, x.Quoted)
	line("numbers", "%d of %d in the common sentences agree; of %d names there %d stand in the other text, of %d figures %d",
		x.Agreeing, x.Numbers, x.Names, x.Named, x.Figures, x.Figured)
	if x.Frame > 0 {
		line("", "%.2f of the words in runs stand in so many documents that they are the frame of a form", x.Frame)
	}
	line("shares", "a %.4f, b %.4f, as readers would say of %.4f and %.4f", x.A.Share, x.B.Share, x.A.Raw, x.B.Raw)
	if x.A.Raw != x.A.Held || x.B.Raw != x.B.Held {
		line("", "the mean of what passages hold, %.4f and %.4f, and of that with sentences that say alike in other words, %.4f and %.4f",
			x.A.Held, x.B.Held, 2*x.A.Raw-x.A.Held, 2*x.B.Raw-x.B.Held)
	}
	line("first", "%s", x.Direction.words())
	x.Direction.print(&b)
	if x.Scan != nil {
		line("scan", "%s", x.Scan.words(x))
	}
	if c := x.Cluster; c != nil {
		line("cluster", "%s", c.words())
		if c.Cluster > 0 {
			line("", "number %d, %d documents, %s stays, the weakest link is %.4f", c.Cluster, c.Members, printable(c.Keep), c.MinSimilarity)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printRuns lists what the evidence is made of, the first of many.
func (x *explanation) printRuns(b *strings.Builder) {
	rest := x.Evidence
	for i, r := range x.Counted {
		rest -= r.Weight
		if i < shownRuns {
			fmt.Fprintf(b, "%-12s%+.1f: %g of %d words, in %s, sentences %.2f alike, bytes %d to %d and %d to %d: %s\n",
				"", r.Weight, r.Own, r.Words, holders(r.Documents), r.Held, r.A[0], r.A[1], r.B[0], r.B[1], shorten(printable(r.text), 60))
		}
	}
	if n := len(x.Counted) - shownRuns; n > 0 {
		fmt.Fprintf(b, "%-12sand %d more\n", "", n)
	}
	if rest > .05 {
		fmt.Fprintf(b, "%-12s%+.1f: stretches of noisy text\n", "", rest)
	}
}

// shownRuns is how many runs people are shown.
const shownRuns = 20

// holders says in how many documents a run stands.
func holders(n int) string {
	if n >= 1<<10 {
		return "many documents"
	}
	return fmt.Sprintf("%d documents", n)
}

// words says who was first.
func (d *direction) words() string {
	if d.First == "" {
		return "not known"
	}
	return fmt.Sprintf("%s, by %s, with a confidence of %.2f", d.First, d.By, d.Confidence)
}

// print says what speaks for either side, and how much.
func (d *direction) print(b *strings.Builder) {
	for i, side := range [...]string{"a", "b"} {
		var reasons []string
		for _, t := range d.reasons() {
			if v := t.value * float64(1-2*i); v >= .005 {
				reasons = append(reasons, fmt.Sprintf("%s %.2f", t.words, v))
			}
		}
		if len(reasons) > 0 {
			fmt.Fprintf(b, "%-12sfor %s: %s\n", "", side, strings.Join(reasons, ", "))
		}
	}
}

// reason is a term of a direction, and what it says of the side that it speaks for.
type reason struct {
	words string
	value float64
}

func (d *direction) reasons() [10]reason {
	return [...]reason{
		{"it is dated earlier", d.Date},
		{"its credit line names an agency", d.Credit},
		{"the common text stands higher up in it", d.Depth},
		{"more of its opening is common", d.Opening},
		{"less of its end is common", d.Ending},
		{"the other one tells the same looking back", d.Back},
		{"the other one opens with a later weekday and names its day too", d.Carried},
		{"the other one names later weekdays", d.Days},
		{"the other one gives amounts in another currency too", d.Abroad},
		{"the other one has more different words for its length", d.Variety},
	}
}

func (s *sideSums) printMasks(b *strings.Builder, name string) {
	for _, m := range s.Masks {
		fmt.Fprintf(b, "%-12s%s, bytes %d to %d, %s: %s\n", name, m.Kind, m.Start, m.End, printable(m.Reason), shorten(printable(m.text), 60))
		name = ""
	}
}

func (g *gramSums) print(b *strings.Builder, name string) {
	fmt.Fprintf(b, "%-12s%d and %d runs of %d words, %d in both: Jaccard %.4f, b holds %.4f of a, a holds %.4f of b\n",
		name, g.A, g.B, gramWords, g.Both, g.Jaccard, g.AInB, g.BInA)
}
