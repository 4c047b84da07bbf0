// Package reuse decides for two documents, from their words, what one holds
// of the other: which passages, how much of each one's own text, and what
// kind of match that is.
//
// It works on tokenised texts ([shingle.Text]) with their furniture masked,
// in eight steps:
//
//  1. seeds: runs of five equal words outside furniture (index.go)
//  2. runs: seeds extended word by word, longest first, disjoint on both
//     sides, so that moved sentences are found and repeated ones do not
//     count twice (runs.go)
//  3. stretches of noisy text, of a scan, a transcript or heavy editing, where
//     hardly any run is left: aligned along their rare words (align.go)
//  4. blocks: runs extended over small changes, to sentence borders, and
//     joined over small gaps (extend.go, passages.go)
//  5. evidence: unquoted words of the runs and stretches, weighted by how rare
//     they are in the collection, and those of runs by what the sentences
//     around them have in common (evidence.go), with all that agrees in
//     sentences that are nearly the same (nearly.go)
//  6. rewordings: in a pair that shares text, the sentences that say the same
//     in other words, by the rarity of the stems they have in common
//     (sentences.go), weighed with their order and what else speaks for it
//     (odds.go, reworded.go)
//  7. retellings: where there is too little of all that, sentences that one
//     document tells in its own words and the order of the other (retold.go), or
//     sentences beside a quotation that both hold (beside.go)
//  8. kind: names and numbers tell forms from copies, one threshold on the
//     evidence tells reuse, and where that is little a sum of all that speaks
//     for it (little.go), one on the share republished articles (kind.go); what one source
//     prints in articles on other things is furniture (off.go)
//
// Of a reuse those rewordings are shown whose two sides say the same as they are cut, by a
// sum of their own (shown.go), without what was said anew (anew.go), from where clauses
// (clauses.go) and sentences below headlines (headlines.go) begin.
//
// The method follows Potthast et al., "Overview of the 5th International
// Competition on Plagiarism Detection" (2013): seeding, extension,
// filtering.
//
//	var z shingle.Tokenizer
//	var a, b reuse.Document
//	z.Tokenize(&a.Text, first)
//	z.Tokenize(&b.Text, second)
//	var x reuse.Aligner
//	x.Left(&a)
//	m := x.Compare(&b, nil)
//	fmt.Println(m.Kind, m.ShareA, m.Passages)
//
// Documents that may share text find each other by keys that a join compares:
// rare runs of words (seeds.go), and couples of rare words, which survive where
// runs do not (couples.go).
//
// What the verdict needs to know of the collection, how many documents hold
// a run of words, comes with the seeds that the caller found, and how rare each word is with the document
// ([Frequencies]); nothing is looked up.
package reuse
