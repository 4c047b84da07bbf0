// Command blocktrain trains the model of package blocks and says how good it
// is on hosts that it has not seen.
//
//	go run ./internal/blocktrain DATA OUT [TEST...]
//	go run ./internal/blocktrain -stopwords stopwords-iso.json OUT
//
// DATA is a folder with aeb-scrapinghub.jsonl.gz, fundus-eval.jsonl.gz,
// fundus-fixtures-de.jsonl.gz and fundus-fixtures-en.jsonl.gz, whose licence
// (MIT) allows it: pages cut into blocks, each a JSON object with id, source and
// blocks, a list of [text, 1 for content or 0 for furniture]. OUT is the weights
// file, internal/blocks/weights.bin. TEST names further sets of DATA that are
// only scored.
//
// The sets have few pages of each source, few articles with little around them
// and hardly a reader's comment: copies of their pages, from which furniture was
// taken away or to which an invented discussion or source was added, are trained
// on with less weight.
//
// The pages are parted into five by host (the name of the site without country
// and subdomain, so that sister sites stand together). Each fifth is scored by a
// model of the other four, with the same decisions as in the product; then one
// model is trained on all. A model is the mean of several forests, of other random
// numbers each, so that little depends on them. Gradients are whole numbers and the
// only random numbers come from seeds, so the same data give the same bytes.
package main

import (
	"fmt"
	"os"
)

func main() {
	args := os.Args[1:]
	var err error
	switch {
	case len(args) == 3 && args[0] == "-stopwords":
		err = packStopwords(args[1], args[2])
	case len(args) >= 2:
		err = run(args[0], args[1], args[2:])
	default:
		fmt.Fprintln(os.Stderr, "usage: blocktrain DATA OUT [TEST...]\n       blocktrain -stopwords stopwords-iso.json OUT")
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "blocktrain:", err)
		os.Exit(2)
	}
}

// trained are the sets whose licence allows training on them.
var trained = []string{"aeb-scrapinghub", "fundus-eval", "fundus-fixtures-de", "fundus-fixtures-en"}

func run(folder, out string, tests []string) error {
	train, r, pick, real := newCollection(defaults), random(3), random(5), 0
	for _, set := range trained {
		pages, err := readSet(folder, set)
		if err != nil {
			return err
		}
		addAll(train, pages, &r, &pick)
		real += len(pages)
	}
	fmt.Printf("content / furniture / words F1, %d pages of other hosts than the model's:\n", real)
	report(train.pages, crossValidate(train))
	m := fit(train, func(*page) bool { return true })
	if len(tests) > 0 {
		fmt.Println("the model of all, on sets that it was not trained on:")
	}
	for _, set := range tests {
		pages, err := readSet(folder, set)
		if err != nil {
			return err
		}
		report(pages, apply(m, pages))
	}
	return os.WriteFile(out, m.Append(nil), 0o644)
}

// addAll adds the pages of a set, and some of what is made of them.
func addAll(train *collection, pages []page, r, pick *random) {
	for i := range pages {
		p := &pages[i]
		train.add(*p)
		for k, made := range [copies]page{
			p.thinned(0, r),
			p.thinned(mostThin, r),
			p.thinned(mostThin, r).repeated(r),
			p.discussed(pages, r).repeated(r),
			p.repeated(r),
		} {
			if pick.unit() < train.chance[k] {
				train.add(made)
			}
		}
	}
}
