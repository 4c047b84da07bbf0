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
// # Where things stand
//
//	jsonl.go      the fields of every line; read.go reads them back
//	folder.go     the files and their order
//	gather.go     what is kept for people; gallery.go the furniture
//	summary.go    summary.json
//	terminal.go   the summary that a person reads; pair.go two texts
//	page.go       what the page shows and leaves out; texts.go the pairs in
//	              full; charts.go the figures; web/ its template and script
package report
