// Package report shows what the engine found: as JSON lines for programs, on
// a terminal, and as one page of HTML.
//
//	r, err := dedup.Scan(ctx, c, dedup.Options{})
//	err = report.Folder("reprint-results", r, c.All(), report.Options{})
//	err = report.Terminal(os.Stdout, "reprint-results", report.TerminalOptions{Width: 100})
//
// # The results folder
//
//	matches.jsonl    pairs of documents with their shared passages
//	clusters.jsonl   groups of copies and the one kept
//	passages.jsonl   texts that stand in several documents
//	removed.jsonl    the furniture of each document
//	rejected.jsonl   records that could not be read
//	summary.json     counts, settings, versions, times, and the most telling finds
//	report.html      the same for people
//
// Every file is there, even if empty. The folder is written beside its place
// and renamed, so that what stands there is whole. The JSON lines are the
// same bytes whenever the input and the settings are; times, paths and
// machine stand in summary.json and the page's foot alone.
//
// Matches and clusters are streamed. Then the documents are read once more, in
// step with the passages and the furniture, which come in the same order:
// that puts the words to the offsets. What is kept for people is bounded,
// whatever the size of the collection (gather.go): the most telling pairs,
// clusters and passages, and of furniture each pattern with two examples.
//
// # Fields
//
// The fields of every line, in the order in which they are written; what stands in
// brackets is left out where it is not known or does not apply:
//
//	matches     v a b kind share_a share_b jaccard [first first_by first_confidence] credit [copies] passages
//	 passages   a:[start,end] b:[start,end] type similarity quoted
//	clusters    v cluster keep reason members min_similarity
//	passages    v text count sources kind at:[{id start end}]
//	removed     v id removed:[{start end kind reason score}]
//	rejected    v file record offset error raw
//	and what dedup lists as removed: v id kept kind share jaccard reason file record
//
// They mean what the fields of like names in dedup.Match, reuse.Passage, dedup.Cluster,
// dedup.Recurrence, boilerplate.Mark, corpus.Rejection and copies.Drop do; v is 1.
// Offsets are bytes of the text, half open. Shares and similarities are rounded to
// four decimals. Nothing is escaped that JSON does not ask for; bytes that are not
// UTF-8 become U+FFFD. Later versions may add fields.
//
// # Where things stand
//
//	jsonl.go      how a line is written; read.go reads them back
//	folder.go     the files and their order
//	gather.go     what is kept for people; gallery.go the furniture
//	summary.go    summary.json
//	terminal.go   the summary that a person reads; pair.go two texts
//	page.go       what the page shows and leaves out; texts.go the pairs in
//	              full; charts.go the figures; web/ its template and script
package report
