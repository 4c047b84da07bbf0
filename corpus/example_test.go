package corpus_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"reprint/corpus"
)

const news = `{"id": "a", "published": "25. April 2025", "url": "https://www.havelbote.example/1", "text": "Die Fähre fährt wieder.", "n": 1}
{"id": "b", "published": "2025-04-26T08:00:00+02:00", "url": "https://presse.example/2", "text": "Die Faehre faehrt wieder. Jetzt Newsletter abonnieren!"}
{"id": "c", "url": "https://presse.example/3"}
`

// Read a collection from standard input; the record without a text is left
// out and reported.
func Example() {
	c, err := corpus.Open(corpus.Options{
		Stdin: strings.NewReader(news),
		Skip:  true,
		Rejected: func(r corpus.Rejection) {
			fmt.Printf("%v: record %d, byte %d\nhint: %s\n", r.Err, r.Record, r.Offset, r.Hint)
		},
	}, "-")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	for d, err := range c.All() {
		if err != nil {
			log.Fatal(err)
		}
		day, _ := d.Published.Day()
		fmt.Println(d.Number, d.ID, d.Site, day, d.Text)
	}
	// Output:
	// 0 a havelbote.example 20203 Die Fähre fährt wieder.
	// 1 b presse.example 20204 Die Faehre faehrt wieder. Jetzt Newsletter abonnieren!
	// no text field: record 3, byte 285
	// hint: fields seen: "id", "url"; name the one with the text by --text-field
}

// Write the records back with a shorter text: all else stays as it was read.
func ExampleWriter() {
	c, err := corpus.Open(corpus.Options{Stdin: strings.NewReader(news), Skip: true}, "-")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w, err := corpus.NewWriter(c, "-", corpus.WriterOptions{Stdout: os.Stdout})
	if err != nil {
		log.Fatal(err)
	}
	defer w.Abort() // does nothing once Close has returned
	for d, err := range c.All() {
		if err != nil {
			log.Fatal(err)
		}
		text := strings.TrimSuffix(d.Text, " Jetzt Newsletter abonnieren!")
		if err := w.WriteText(d, text); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// {"id": "a", "published": "25. April 2025", "url": "https://www.havelbote.example/1", "text": "Die Fähre fährt wieder.", "n": 1}
	// {"id": "b", "published": "2025-04-26T08:00:00+02:00", "url": "https://presse.example/2", "text": "Die Faehre faehrt wieder."}
}

func ExampleParseDate() {
	for _, s := range []string{"2025-04-25T06:30:00+02:00", "25. April 2025", "April 2025", "next week"} {
		d := corpus.ParseDate(s)
		day, ok := d.Day()
		fmt.Println(d.Time.Format("2006-01-02"), d.Precision, day, ok)
	}
	// Output:
	// 2025-04-25 4 20203 true
	// 2025-04-25 3 20203 true
	// 2025-04-01 2 0 false
	// 0001-01-01 0 0 false
}
