package report_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/report"
	"reprint/reuse"
	"reprint/shingle"
)

// A scan's results become a folder, and are read from there again.
func Example() {
	const sentence = "The ferry with 212 people aboard ran aground off Gannet Point late on Monday night, and nobody was hurt, the coastguard said."
	news := fmt.Sprintf("{\"id\":\"courier\",\"text\":%q}\n{\"id\":\"standard\",\"text\":%q}\n", sentence, "Stranded. "+sentence)
	temp, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(temp)
	results := filepath.Join(temp, "reprint-results")

	c, err := corpus.Open(corpus.Options{Stdin: strings.NewReader(news)}, "-")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	r, err := dedup.Scan(context.Background(), c, dedup.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	if err := report.Folder(results, r, c.All(), report.Options{}); err != nil {
		log.Fatal(err)
	}

	in, err := os.Open(filepath.Join(results, "matches.jsonl"))
	if err != nil {
		log.Fatal(err)
	}
	defer in.Close()
	for m, err := range report.ReadMatches(in, in.Name()) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s holds %.2f of %s, and %.2f the other way\n", m.Kind, m.IDB, m.ShareA, m.IDA, m.ShareB)
	}
	// Output: duplicate: standard holds 1.00 of courier, and 0.99 the other way
}

// What a scan writes can be read back, line by line.
func ExampleReadMatches() {
	lines := `{"v":1,"a":"bote","b":"kurier","kind":"republished","share_a":0.71,"share_b":0.6}` + "\n"
	for m, err := range report.ReadMatches(strings.NewReader(lines), "matches.jsonl") {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(m.IDA, m.IDB, m.Kind, m.ShareA)
	}
	// Output: bote kurier republished 0.71
}

func ExampleWriteMatch() {
	m := &dedup.Match{IDA: "bote", IDB: "kurier", First: "a", FirstBy: "date", FirstConfidence: .9}
	m.Kind, m.ShareA, m.ShareB, m.Jaccard = reuse.Partial, .31, 1.0/3, .2
	m.Passages = []reuse.Passage{{A: shingle.Span{Start: 0, End: 92}, B: shingle.Span{Start: 13, End: 105}, Type: reuse.Verbatim, Similarity: 1}}
	report.WriteMatch(os.Stdout, m)
	// Output: {"v":1,"a":"bote","b":"kurier","kind":"partial","share_a":0.31,"share_b":0.3333,"jaccard":0.2,"first":"a","first_by":"date","first_confidence":0.9,"credit":[],"passages":[{"a":[0,92],"b":[13,105],"type":"verbatim","similarity":1,"quoted":false}]}
}
