package report_test

import (
	"fmt"
	"os"
	"strings"

	"reprint/dedup"
	"reprint/report"
	"reprint/reuse"
	"reprint/shingle"
)

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
