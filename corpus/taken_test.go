package corpus

import (
	"testing"
)

// Which fields were read as what is told, however the collection is cut, and whether that
// was guessed.
func TestFieldsRead(t *testing.T) {
	for _, c := range []struct {
		name, content string
		o             Options
		want          string
		guessed       bool
	}{
		{"a.csv", "Zeitung,Datum,Volltext\nBote,2021-03-14,a\n", Options{}, "text from volltext, date from datum; no title, no source", true},
		{"a.csv", "text,title,source,published\na,b,c,2021-03-14\n", Options{}, "text from text, title from title, source from source, date from published", false},
		{"a.csv", "text,Zeitung\na,b\n", Options{SourceField: "zeitung", TitleField: none}, "text from text, source from zeitung; no date", false},
		{"a.csv", "text,source,quelle\na,b,\nb,,c\n", Options{DateField: none}, "text from text, source from source or quelle; no title", true},
		{"a.csv", "text,title\na,\n", Options{}, "text from text; no title, no source, no date", false},
		{"a.jsonl", `{"body":"a","url":"https://bote.example/1","titel":"b"}`, Options{}, "text from body, title from titel, source from the host of the url; no date", true},
		{"a.jsonl", `{"text":"a"}` + "\n" + `{"content":"b","Titel":"c"}`, Options{}, "text from text or content, title from titel; no source, no date", true},
		{"a.jsonl", `{"meta":{"text":"a"},"date":"x"}`, Options{TextField: "meta.text", DateField: "date"}, "text from meta.text, date from date; no title, no source", false},
		{"a.jsonl", "", Options{}, "", false},
		{"a.txt", "a", Options{}, "", false},
	} {
		path := put(t, t.TempDir(), c.name, c.content)
		all, cut := open(t, c.o, path), open(t, c.o, path)
		for _, err := range all.All() {
			if err != nil {
				t.Fatal(err)
			}
		}
		readBackward(t, cut)
		for _, col := range []*Collection{all, cut} {
			if got, guessed := col.FieldsRead(); got.String() != c.want || guessed != c.guessed {
				t.Errorf("%s %q: %q, %v; want %q, %v", c.name, c.content, got, guessed, c.want, c.guessed)
			}
		}
	}
}
