package reuse_test

import (
	"fmt"

	"reprint/reuse"
	"reprint/shingle"
)

// Two papers print an agency's report: one has shortened it and put the
// mayor's sentence first. What is furniture stands in Mask; here nothing is.
func Example() {
	first := `Die Stadt Süderau hat am Dienstag ihr neues Hallenbad eröffnet.
Der Bau dauerte vier Jahre und kostete nach Angaben der Verwaltung rund neun Millionen Euro.
Bürgermeisterin Käthe Möllering kündigte an, dass Schulklassen das Bad künftig kostenlos nutzen dürfen.`
	second := `Bürgermeisterin Käthe Möllering kündigte an, dass Schulklassen das Bad künftig kostenlos nutzen dürfen.
Der Bau dauerte vier Jahre und kostete rund neun Millionen Euro.`

	var z shingle.Tokenizer
	var a, b reuse.Document
	z.Tokenize(&a.Text, first)
	z.Tokenize(&b.Text, second)
	var x reuse.Aligner
	x.Left(&a)
	m := x.Compare(&b, nil)

	fmt.Printf("%s: %v of the first, %v of the second\n", m.Kind, m.ShareA, m.ShareB)
	for _, p := range m.Passages {
		fmt.Printf("%s %.2f\n  %s\n  %s\n", p.Type, p.Similarity, first[p.A.Start:p.A.End], second[p.B.Start:p.B.End])
	}
	// Output:
	// republished: 0.774 of the first, 1 of the second
	// reworded 0.73
	//   Der Bau dauerte vier Jahre und kostete nach Angaben der Verwaltung rund neun Millionen Euro.
	//   Der Bau dauerte vier Jahre und kostete rund neun Millionen Euro.
	// verbatim 1.00
	//   Bürgermeisterin Käthe Möllering kündigte an, dass Schulklassen das Bad künftig kostenlos nutzen dürfen.
	//   Bürgermeisterin Käthe Möllering kündigte an, dass Schulklassen das Bad künftig kostenlos nutzen dürfen.
}

// Keys find pairs in a collection: texts that have eight words in a row in
// common share one, wherever the words stand.
func ExampleDocument_Keys() {
	var z shingle.Tokenizer
	var scratch []uint64
	places := map[uint64][]string{} // a table from key to documents
	for _, text := range []string{
		"Wie der Deutsche Wetterdienst am Abend mitteilte, zieht ein Sturmtief auf.",
		"Am Mittwoch zieht, wie der Deutsche Wetterdienst am Abend mitteilte, Nebel auf.",
		"Am Mittwoch zieht Nebel auf.",
	} {
		var d reuse.Document
		z.Tokenize(&d.Text, text)
		for _, k := range d.Keys(nil, &scratch) {
			places[k.Hash] = append(places[k.Hash], text[:12])
		}
	}
	for _, texts := range places {
		if len(texts) > 1 {
			fmt.Printf("%q\n", texts)
		}
	}
	// Output:
	// ["Wie der Deut" "Am Mittwoch "]
}
