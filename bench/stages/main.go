//go:build unix

// Command stages measures what a document costs on its way to the keys of its bands,
// stage by stage:
//
//	go run ./bench/stages [-profile FILE] COLLECTION
//	go run ./bench/stages -dedup [-threads N] [-profile FILE] COLLECTION
//
// The second call measures the whole of dedup instead. The first prints megabytes of text
// a second of processor time, user and system, which tells more than a clock on a machine
// that does other things too, and each stage's part of the sum. Each stage runs alone, over
// the whole collection, on what the one before it made; the best of three rounds counts. All
// texts are held in memory.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"syscall"
	"time"

	"reprint/corpus"
	"reprint/lsh"
	"reprint/minhash"
	"reprint/shingle"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "stages:", err)
		os.Exit(2)
	}
}

func run() error {
	profile := flag.String("profile", "", "write a profile of the processor's time to `FILE`")
	dedup := flag.Bool("dedup", false, "measure a whole run of dedup")
	threads := flag.Int("threads", 1, "with -dedup: `N` threads")
	flag.Parse()
	if flag.NArg() == 0 {
		return errors.New("usage: stages [-dedup [-threads N]] [-profile FILE] COLLECTION [COLLECTION ...]")
	}
	docs, err := corpus.Open(corpus.Options{}, flag.Args()...)
	if err != nil {
		return err
	}
	defer docs.Close()
	var w *work
	if !*dedup {
		if w, err = load(docs); err != nil {
			return err
		}
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if *dedup {
		return whole(docs, *threads)
	}
	return w.measure(docs)
}

const (
	length = 5 // words of a shingle
	lanes  = 128
)

var bands = lsh.Bands{B: 32, R: 4}

// work is what the stages read.
type work struct {
	texts    []string
	bytes    int
	words    int
	z        shingle.Tokenizer
	text     shingle.Text
	hashes   [][]uint64
	shingles [][]uint64
	sig      minhash.Signature
	buf      []uint64
	keys     []uint64
}

// load reads all texts and makes each stage's input.
func load(docs *corpus.Collection) (*work, error) {
	w := &work{sig: minhash.New(lanes)}
	for d, err := range docs.All() {
		if err != nil {
			return nil, err
		}
		w.texts = append(w.texts, d.Text)
		w.bytes += len(d.Text)
		hashes := w.z.AppendHashes(nil, d.Text)
		w.words += len(hashes)
		w.hashes = append(w.hashes, hashes)
		w.shingles = append(w.shingles, shingle.Append(nil, hashes, length))
	}
	return w, nil
}

type stage struct {
	name string
	aim  bool // part of the way
	do   func() error
}

func (w *work) measure(docs *corpus.Collection) error {
	stages := []stage{
		{"decode", true, func() error { return decode(docs) }},
		{"tokenise", true, w.tokenise},
		{"shingle", true, w.shingle},
		{"fold", true, w.fold},
		{"keys", true, w.bandKeys},
		{"full Tokenize", false, w.full},
	}
	costs := make([]time.Duration, len(stages))
	var sum time.Duration
	for i, s := range stages {
		for range 3 {
			start := used()
			if err := s.do(); err != nil {
				return err
			}
			if cost := used() - start; costs[i] == 0 || cost < costs[i] {
				costs[i] = cost
			}
		}
		if s.aim {
			sum += costs[i]
		}
	}
	fmt.Printf("%d documents, %d bytes of text, %d words, %d lanes\n", len(w.texts), w.bytes, w.words, lanes)
	fmt.Printf("%-14s %9s %9s %7s\n", "stage", "MB/s", "ns/word", "share")
	for i, s := range append(stages, stage{"all of the way", true, nil}) {
		cost, share := sum, "100 %"
		if s.do != nil {
			cost, share = costs[i], ""
			if s.aim {
				share = fmt.Sprintf("%.0f %%", 100*float64(cost)/float64(sum))
			}
		}
		fmt.Printf("%-14s %9.0f %9.2f %7s\n", s.name, float64(w.bytes)/1e6/cost.Seconds(), float64(cost.Nanoseconds())/float64(w.words), share)
	}
	return nil
}

// used returns the processor's time of this process.
func used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err) // there is no way to call it wrongly
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// decode reads the records from disk, or from the system's memory of it.
func decode(docs *corpus.Collection) error {
	for _, err := range docs.All() {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *work) tokenise() error {
	for _, text := range w.texts {
		w.buf = w.z.AppendHashes(w.buf[:0], text)
	}
	return nil
}

func (w *work) full() error {
	for _, text := range w.texts {
		w.z.Tokenize(&w.text, text)
	}
	return nil
}

func (w *work) shingle() error {
	for _, hashes := range w.hashes {
		w.buf = shingle.Append(w.buf[:0], hashes, length)
	}
	return nil
}

func (w *work) fold() error {
	for _, shingles := range w.shingles {
		w.sig.Reset()
		w.sig.FoldFunc(shingles, shingle.Second)
	}
	return nil
}

func (w *work) bandKeys() error {
	for range w.texts {
		w.keys = bands.AppendKeys(w.keys[:0], w.sig.Lanes())
	}
	return nil
}
