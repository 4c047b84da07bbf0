package reuse

import "reprint/shingle"

// Kind says what a pair of documents has in common.
type Kind string

// The kinds of a match. The first three are reuse, the others say why a
// pair that looks alike is none. An empty Kind is no match at all, whatever shares and
// passages say.
const (
	Duplicate   Kind = "duplicate"   // the same article, trivially edited
	Republished Kind = "republished" // at least half of the shorter one's own text is in the other
	Partial     Kind = "partial"     // at least a sentence of running text is
	Quote       Kind = "quote"       // only quotations and statements are shared
	Template    Kind = "template"    // the same recurring form with other content
	Boilerplate Kind = "boilerplate" // only furniture is shared, or what one source prints in articles on other things
)

// Reuse reports whether the kind is one of the three that mean reused text.
func (k Kind) Reuse() bool { return k == Duplicate || k == Republished || k == Partial }

// Copy reports whether documents so matched belong into one cluster.
func (k Kind) Copy() bool { return k == Duplicate || k == Republished }

// Type says how the two sides of a passage relate.
type Type string

// The types of a passage.
const (
	Verbatim Type = "verbatim" // at least nine of ten words stand on both sides in the same order
	Reworded Type = "reworded" // the same said in other words or another order
)

// Passage is a stretch of text that both documents hold. A and B are bytes
// of the two original texts. Passages of one match are disjoint on either
// side and stand in the order of A.
type Passage struct {
	A, B       shingle.Span
	Type       Type
	Similarity float64 // 0 to 1: of verbatim text the longer side's words that agree in order; of reworded text the mass in common, as likeness weighs it
	Quoted     bool    // at least half of it stands inside quotation marks
}

// Match is the verdict on a pair. The kind follows from the figures.
type Match struct {
	Kind           Kind
	ShareA, ShareB float64 // part of each one's own running text that the other holds, 0 to 1
	Jaccard        float64 // of the whole texts' word 5-grams, furniture included
	Passages       []Passage
	Direction      Direction // of reuse: what the texts tell; date and credit lines are the caller's to add
	Evidence       Evidence
}

// Evidence holds the sums from which the kind was decided, for people who ask why.
type Evidence struct {
	Words    float64 // unquoted words in verbatim runs and stretches of noisy text, weighted by rarity; reuse from MinEvidence upward unless it is little of either document
	Runs     int     // verbatim runs
	Longest  int     // words of the longest run
	Shared   int     // words in passages that grew from verbatim runs, the shorter side
	Quoted   int     // of these, inside quotation marks
	Whole    int     // words that agree in the longest passage that is whole sentences on both sides, if there is evidence enough
	Retold   int     // sentences of a retelling, where Words are too few
	Beside   int     // sentences reworded beside a quotation in common, where there is no retelling either
	Little   Little  // whether it is reuse, where all that is little
	OwnA     int     // words outside furniture
	OwnB     int
	HeldA    float64 // part of the own words that stands in passages, rewordings left out
	HeldB    float64
	RawA     float64 // shares as counted, before calibration
	RawB     float64
	Numbers  int     // numbers in matched sentences
	Agreeing int     // of these, equal on both sides
	Names    int     // names in matched sentences, both sides together
	Named    int     // of these, in the other document too
	Figures  int     // numbers there, both sides together
	Figured  int     // of these, in the other document too
	Frame    float64 // part of the words in runs that many documents hold, where figures there differ
	Opening  bool    // of one source, of which nothing is in common but the sentences with which they begin, without a name or number
	Leads    bool    // of one source and short, and each begins with names that the other lacks, while what is in common holds hardly any
	Off      bool    // of one source, and what is in common is off the subject of both
	Later    bool    // the documents are of different days
	Rule     string  // the rule that decided, in words
}
