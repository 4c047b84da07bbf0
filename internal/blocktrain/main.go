// Command blocktrain trains the model of package blocks and says how good it
// is on hosts that it has not seen.
//
//	go run ./internal/blocktrain [-seeds N] DATA OUT [TEST...]
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
// model is trained on all. With -seeds the first is done N times, each with another
// parting, other copies and other trees; the mean F1 of content, its standard deviation
// and the least are printed. OUT is made with the first seed.
//
// A model is the mean of several forests, of other random numbers each, so that
// little depends on them. Gradients are whole numbers and the only random numbers
// come from seeds, so the same data give the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	seeds := flag.Int("seeds", 1, "")
	lists := flag.String("stopwords", "", "")
	flag.Usage = usage
	flag.Parse()
	args := flag.Args()
	var err error
	switch {
	case *lists != "" && len(args) == 1:
		err = packStopwords(*lists, args[0])
	case *lists == "" && len(args) >= 2 && *seeds >= 1:
		err = run(*seeds, args[0], args[1], args[2:])
	default:
		usage()
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "blocktrain:", err)
		os.Exit(2)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: blocktrain [-seeds N] DATA OUT [TEST...]\n       blocktrain -stopwords stopwords-iso.json OUT")
}

// trained are the sets whose licence allows training on them.
var trained = []string{"aeb-scrapinghub", "fundus-eval", "fundus-fixtures-de", "fundus-fixtures-en"}

// apart is how far two seeds are apart: forests and partings of hosts count up from theirs.
const apart = 1000

func run(seeds int, folder, out string, tests []string) error {
	var content []map[string]float64
	for k := range seeds {
		f, err := validate(folder, k)
		if err != nil {
			return err
		}
		content = append(content, f)
	}
	if seeds > 1 {
		fmt.Printf("content F1 of %d seeds:\n", seeds)
		spread(content)
	}
	train, err := gather(folder, defaults)
	if err != nil {
		return err
	}
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

// validate prints how good models of one seed are on other hosts.
func validate(folder string, seed int) (content map[string]float64, err error) {
	s := defaults
	s.seed = seed * apart
	c, err := gather(folder, s)
	if err != nil {
		return nil, err
	}
	fmt.Printf("content / furniture / words F1, %d pages of other hosts than the model's, seed %d:\n", c.real(), seed)
	return report(c.pages, crossValidate(c)), nil
}

// gather reads the sets that are trained on and makes copies of their pages.
func gather(folder string, s settings) (*collection, error) {
	c, r, pick := newCollection(s), random(3+s.seed), random(5+s.seed)
	for _, set := range trained {
		pages, err := readSet(folder, set)
		if err != nil {
			return nil, err
		}
		addAll(c, pages, &r, &pick)
	}
	return c, nil
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
