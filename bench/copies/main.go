// Command copies makes collections with planted copies, and scores what a tool
// found in them.
//
//	go run ./bench/copies make -seed 1 -size 500000000 -o DIR SOURCE...
//	go run ./bench/copies make -seed 1 -docs 10000000 -about 800 -o DIR SOURCE...
//	go run ./bench/copies score DIR/truth.jsonl FOUND.jsonl
//	go run ./bench/copies check DIR/docs.jsonl FOUND.jsonl
//
// The sources are collections of real articles, as reprint reads them. Their
// sentences are shuffled between articles, so that the language is real and no
// article is a copy of another; when all sentences have been used the next round
// shuffles them anew and replaces one word in five, or, with -fresh, so many. Of one article in twenty a copy
// is planted somewhere in the collection, with 1, 2, 3, 4 or 5 % of its words
// dropped, doubled or replaced.
//
// What many documents share, a page or a license, costs what it costs beside a collection of
// the same bytes and words in which nothing is shared, which -unlike makes.
//
// DIR gets docs.jsonl, the collection, and truth.jsonl, a line for each planted copy:
//
//	{"copy":"doc-00000017","of":"doc-00000003","percent":3,"words":412,"edits":12}
//
// check reads the texts of every document that dedup dropped and finds whether its
// survivor holds what is claimed.
//
// The same seed and sources give the same bytes. Sources are read whole; beyond
// them the memory needed is some 20 bytes a document.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

const usage = `usage: copies make [flags] SOURCE...
       copies score TRUTH FOUND
       copies check COLLECTION REMOVED`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "copies:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	switch args[0] {
	case "make":
		return runMake(args[1:])
	case "score":
		if len(args) != 3 {
			return errors.New(usage)
		}
		return score(os.Stdout, args[1], args[2])
	}
	if args[0] == "check" {
		if len(args) != 3 {
			return errors.New(usage)
		}
		return check(os.Stdout, args[1], args[2])
	}
	return fmt.Errorf("unknown verb %q\n%s", args[0], usage)
}

func runMake(args []string) error {
	var o options
	f := flag.NewFlagSet("make", flag.ContinueOnError)
	f.Uint64Var(&o.seed, "seed", 1, "seed of everything that is random")
	f.Int64Var(&o.size, "size", 500e6, "bytes of text")
	f.IntVar(&o.docs, "docs", 0, "documents, in place of -size")
	f.IntVar(&o.about, "about", 0, "bytes of an article's text, more or less (default: as many sentences as the sources' articles have)")
	f.IntVar(&o.fresh, "fresh", 1, "words in five that are replaced when all sentences have been used and are used again")
	f.IntVar(&o.pages, "pages", 0, "documents that are one and the same page, beside the articles")
	f.IntVar(&o.crowds, "crowds", 0, "articles of which the pages are copies in turns, in place of the one page")
	f.IntVar(&o.edited, "edited", 0, "percent of its words that are dropped, doubled or replaced in each page but the first, or in each with -crowds")
	f.BoolVar(&o.license, "license", false, "let every article end with one license page of about 4000 bytes")
	f.BoolVar(&o.unlike, "unlike", false, "let every page and license have its words in an order of its own, so that none is like another")
	f.BoolVar(&o.ascii, "ascii", false, "write letters beyond ASCII as \\u escapes")
	f.StringVar(&o.dir, "o", "", "folder for docs.jsonl and truth.jsonl")
	if err := f.Parse(args); err != nil {
		return err
	}
	if o.dir == "" || f.NArg() == 0 || o.fresh < 0 || o.fresh > wordEvery || o.crowds < 0 {
		return errors.New(usage)
	}
	p, err := readPool(f.Args())
	if err != nil {
		return err
	}
	return write(newPlan(p, o))
}
