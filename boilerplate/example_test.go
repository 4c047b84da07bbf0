package boilerplate_test

import (
	"fmt"
	"os"
	"strings"

	"reprint/boilerplate"
	"reprint/shingle"
)

// Rules alone find what its own words give away.
func Example() {
	text := `Köln (dpa) - Der Rat hat die Brücke gesperrt.

Lesen Sie auch: Streit um die Fähre

Sie bleibt bis Mai zu. Quelle: dpa`
	rules := boilerplate.Shipped()
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	m := boilerplate.Marker{Rules: rules}
	marks := m.Mark(nil, text, &t, rules.Find(nil, text, &t), 0)
	for _, mark := range marks {
		fmt.Printf("%s: %s\n", mark.Kind, text[mark.Start:mark.End])
	}
	fmt.Printf("%q\n", boilerplate.Strip(text, marks))
	// Output:
	// dateline: Köln (dpa) -
	// teaser: Lesen Sie auch: Streit um die Fähre
	// credit: Quelle: dpa
	// "Der Rat hat die Brücke gesperrt.\n\nSie bleibt bis Mai zu."
}

// What a source prints on four days is its furniture.
func ExampleLearner() {
	l := boilerplate.NewLearner(boilerplate.LearnOptions{})
	defer l.Close()
	site := boilerplate.SiteHash("example.org")
	var z shingle.Tokenizer
	var t shingle.Text
	for day, story := range []string{"Der Rat tagt.", "Die Fähre fährt wieder.", "Es schneit im Mai.", "Die Brücke bleibt zu."} {
		z.Tokenize(&t, story+" Bleiben Sie mit uns am Ball!")
		if err := l.Add(site, day, boilerplate.Grams(nil, &t)); err != nil {
			fmt.Println(err)
		}
	}
	learnt, err := l.Learn()
	if err != nil {
		fmt.Println(err)
	}
	text := "Bleiben Sie mit uns am Ball! Der Hafen friert zu."
	z.Tokenize(&t, text)
	m := boilerplate.Marker{Learnt: learnt}
	for _, mark := range m.Mark(nil, text, &t, nil, site) {
		fmt.Printf("%s (%s)\n", text[mark.Start:mark.End], mark.Reason)
	}
	// Output: Bleiben Sie mit uns am Ball! (source repeats it on 4 days, 4 times)
}

// Rules of one's own are lines of text.
func ExampleParseRules() {
	rules, err := boilerplate.ParseRules(strings.NewReader("navigation de line line zur wetterkarte"), "my rules")
	if err != nil {
		fmt.Println(err)
	}
	text := "Es schneit.\nZur Wetterkarte\nZur Wetterkarte gehört ein Bild."
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	for _, found := range boilerplate.Shipped().With(rules).Find(nil, text, &t) {
		span := t.Span(found.From, found.To)
		fmt.Println(span, text[span.Start:span.End])
	}
	// Output: {12 27} Zur Wetterkarte
}

// A furniture file is read, and written, line by line.
func ExampleReadFurniture() {
	f, err := boilerplate.ReadFurniture(strings.NewReader(`{"v":1,"what":"furniture","articles":120,"days":60,"sources":1}
{"source":"example.org","text":"Bleiben Sie mit uns am Ball!","decision":"keep"}`), "archive.jsonl")
	if err != nil {
		fmt.Println(err)
	}
	if err := boilerplate.Merge(f, f).Write(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"v":1,"what":"furniture","version":"8992b18bb54c71ed","articles":120,"days":60,"sources":1}
	// {"source":"example.org","text":"Bleiben Sie mit uns am Ball!","kind":"repeated","articles":0,"days":0,"position":"","decision":"keep","by":"person"}
}

func ExampleStrip() {
	text := "Der Rat tagt.\n\nAnzeige\n\nEr tagt lange."
	marks := []boilerplate.Mark{{Span: shingle.Span{Start: 15, End: 22}, Kind: boilerplate.Advert}}
	fmt.Printf("%q\n", boilerplate.Strip(text, marks))
	// Output: "Der Rat tagt.\n\nEr tagt lange."
}
