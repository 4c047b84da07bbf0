package corpus

// A Document is one text and what its record says about it. One that All
// yields owns its memory: it stays valid after the iteration has gone on, and
// may be handed to another goroutine. One of a ChunkReader does not.
type Document struct {
	// Number counts documents densely from 0 in input order. Rejected records
	// have none, so the number of a document depends on nothing but the input
	// and the bounds in Options.
	Number int

	// ID is the record's own id, or "path:record" where it has none. The id of
	// a one-document file is its path as given. Bytes that are not valid UTF-8 are
	// U+FFFD in it, as in every output: ids that differ in nothing else are the same.
	ID string
	// Named tells that ID is the record's own.
	Named bool

	// Text is the text decoded to UTF-8, without byte order mark, with its
	// line ends as they were read. Bytes that are not valid UTF-8 stay where
	// they are: a range loop gives U+FFFD of width one for each, which is how
	// tokenising takes them. So an offset in Text is an offset in the bytes of
	// the input's own text, and a text that is written back loses nothing.
	Text string

	Title, Source, URL, Author string

	// Site is the lower-case host of URL without "www."; without a URL it is
	// Source, treated the same way. Empty if both are.
	Site string

	// Published is the zero Date where the record has none that is understood.
	Published Date

	// Handle says where the record stands.
	Handle Handle

	// Raw is the record's own bytes without line end or separator; nil for
	// one-document files.
	Raw []byte

	// What stands before and after Raw in the file up to its neighbours:
	// separators of a JSON array, line ends and blank lines. A Writer puts
	// them back.
	before, after string
	// width is where in Raw the last column of a table's row ends; more empty cells may follow.
	width int
	// literal is where in Raw the text stands, if it is an object; end 0: not known.
	literal value
	// encoding of a one-document file.
	encoding encoding
}

// A Handle says where a record stands in a Collection.
type Handle struct {
	File int // index in Collection.Files
	// Record counts from 1: lines in JSON lines (blank ones count, so that it
	// is the line number an editor shows), rows without the header in CSV,
	// values in JSON. It is 1 for a one-document file.
	Record int
	Offset int64 // where Raw begins, in bytes of the decompressed file
	Length int   // bytes of Raw; of the whole file for a one-document file
}
