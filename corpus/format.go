package corpus

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A format is a kind of file. A new one is a reader in a file of its own and a
// line in formats.
type format struct {
	name       string
	extensions []string
	single     bool // a file is one document
	open       func(*pass, *input, *stream) (reader, error)
}

var formats = []format{
	{name: "jsonl", extensions: []string{".jsonl", ".ndjson"}, open: openLines},
	{name: "json", extensions: []string{".json"}, open: openValues},
	{name: "csv", extensions: []string{".csv"}, open: openCSV},
	{name: "tsv", extensions: []string{".tsv"}, open: openTSV},
	{name: "txt", extensions: []string{".txt", ".md"}, single: true, open: openText},
}

// byExtension returns what the name tells of compression and format; nil is
// unknown.
func byExtension(path string) (*codec, *format) {
	c, name := codecOf(filepath.Base(path))
	return c, formatOf(filepath.Ext(name))
}

func formatOf(ext string) *format {
	for i := range formats {
		for _, e := range formats[i].extensions {
			if strings.EqualFold(e, ext) {
				return &formats[i]
			}
		}
	}
	return nil
}

// sniffFormat tells the format by a file's first bytes: '[' begins a JSON
// array; '{' begins JSON lines if the first line is a whole object, else JSON
// values that span lines; a first line with a delimiter and one of the usual
// names for the text is the header of a table. Else nil.
func sniffFormat(head []byte) *format {
	head = bytes.TrimPrefix(head, []byte(bomUTF8))
	head = bytes.TrimLeft(head, blanks)
	if len(head) == 0 {
		return nil
	}
	line, _, whole := bytes.Cut(head, []byte("\n"))
	switch {
	case head[0] == '[':
		return formatOf(".json")
	case head[0] != '{':
		return sniffTable(line)
	case !whole || jsontext.Value(line).IsValid(jsonOptions...):
		return formatOf(".jsonl")
	}
	return formatOf(".json")
}
