// Command frequencies counts in how many documents each stem stands, for the
// file that package reuse ships: a small collection knows nothing of rarity.
//
//	go run ./internal/frequencies OUT COLLECTION...
//
// Each COLLECTION is one language, in the order of the file; several files of
// one language are given with commas between them. The form of OUT is
// described in reuse/frequencies.go. The same collections give the same bytes.
//
// What is shipped was counted from 13,523 German press articles of 2021 and
// 26,578 English dispatches (Reuters-21578 and Reuters C50). It holds counts
// only, no text.
package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"reprint/corpus"
	"reprint/shingle"
)

// leastDocuments is how many documents have to hold a stem for it to be kept.
const leastDocuments = 3

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: frequencies OUT COLLECTION...")
		os.Exit(2)
	}
	var out []byte
	for _, paths := range os.Args[2:] {
		docs, count, err := count(strings.Split(paths, ","))
		if err != nil {
			fmt.Fprintln(os.Stderr, "frequencies:", err)
			os.Exit(2)
		}
		out = appendLanguage(out, docs, count)
	}
	if err := os.WriteFile(os.Args[1], out, 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "frequencies:", err)
		os.Exit(2)
	}
}

// count returns the number of documents and, by stem, of those that hold it.
func count(paths []string) (docs int, count map[uint32]int, err error) {
	c, err := corpus.Open(corpus.Options{}, paths...)
	if err != nil {
		return 0, nil, err
	}
	defer c.Close()
	count = map[uint32]int{}
	var z shingle.Tokenizer
	var t shingle.Text
	for d, err := range c.All() {
		if err != nil {
			return 0, nil, err
		}
		z.Tokenize(&t, d.Text)
		stems := slices.Clone(t.Stem)
		slices.Sort(stems)
		for _, s := range slices.Compact(stems) {
			count[s]++
		}
		docs++
	}
	return docs, count, nil
}

// appendLanguage encodes the counts of one language.
func appendLanguage(dst []byte, docs int, count map[uint32]int) []byte {
	var stems []uint32
	for s, n := range count {
		if n >= leastDocuments {
			stems = append(stems, s)
		}
	}
	slices.Sort(stems)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(docs))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(stems)))
	for _, s := range stems {
		dst = binary.LittleEndian.AppendUint32(dst, s)
	}
	for _, s := range stems {
		dst = append(dst, uint8(min(math.Round(16*math.Log2(float64(count[s]))), math.MaxUint8))) // from some 63,000 documents on
	}
	return dst
}
