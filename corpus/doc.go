// Package corpus reads documents from files and writes their records back.
//
// Open takes files, folders, globs and "-" for standard input, finds each
// one's format by its extension, else by its first bytes, and checks all of
// them before anything is read. All yields one Document after the other, as
// often as it is called:
//
//	c, err := corpus.Open(corpus.Options{}, "news/", "archive-*.jsonl.zst")
//	if err != nil {
//		return err // every path that cannot be read, joined
//	}
//	defer c.Close()
//	for d, err := range c.All() {
//		if err != nil {
//			return err // file, record, byte offset; often a hint
//		}
//		fmt.Println(d.ID, d.Site, len(d.Text))
//	}
//
// # Formats
//
//	.jsonl .ndjson   a JSON object on each line                          lines.go
//	.json            an array of objects, or objects one after another   values.go
//	.csv .tsv        a table whose first row names the columns           table.go
//	.txt .md         one document, all of the file                       text.go
//
// each also as .gz .zst .bz2. A file of another name, and what comes through a pipe, is told by
// its first bytes if it is JSON or a table with a column of a usual name for the text. Before
// a table's header blank lines may stand, and a line "sep=;" that tells its delimiter, which
// else is the comma, semicolon or tab that the header has most of. Input is UTF-8; .txt and
// .md may be UTF-16 with a byte order mark.
//
// # Fields
//
// A Document's fields are found in the record under the usual names, whatever
// their case; of several the first in this list counts:
//
//	text       text content body raw_content article maintext fulltext full_text
//	           volltext artikeltext
//	id         id doc_id docid uid uuid warc-record-id url
//	title      title headline heading titel überschrift
//	source     source outlet publisher site domain medium feed quelle; else the host
//	           of the url
//	published  published date published_at timestamp datetime pubdate
//	           publication_date created_at date_publish datum
//	url        url link uri
//	author     author authors byline autor
//
// Options names them where they are called otherwise. Every other field is the
// record's own matter: it stays in Document.Raw.
//
// A named field that no record has, a date that is not understood, and a text that
// is no UTF-8 are no faults: Unseen, OddDate and OddText tell of them. Neither is that no
// record has a source that the caller counts on: Expect and Absent. FieldsRead tells which
// fields were read as what.
//
// # Writing
//
// A Writer writes records in the input's format. What is not changed is the
// bytes that were read, spacing, field order, line ends and all; WriteText
// replaces the text's value alone. The blanks and separators between the
// records that remain are the input's too, so that writing every document
// gives the input back. Lists and folders beside the records come into being in the same
// way, whole or not at all: CreateFile, CreateFolder.
//
// # In parallel
//
// Chunks cuts files into stretches that ChunkReaders read side by side: the goroutine that
// cuts finds line ends only, all else is the readers'. Who needs neither speed nor order
// across goroutines has no need of it.
//
// # Bounds
//
// Nothing that an input says of itself is believed: sizes are bounded by
// Options before memory is allocated, and a record above its bound is rejected
// like one that is no JSON. Reading needs the memory of the largest record, two or three
// times, in one goroutine, the caller's.
package corpus
