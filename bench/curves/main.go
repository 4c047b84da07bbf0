// Command curves holds every preset of dedup to its own curve on a collection that
// bench/copies made:
//
//	go run ./bench/curves DIR      DIR has docs.jsonl and truth.jsonl
//
// For each preset it prints the mean Jaccard similarity of the planted pairs under the
// preset's shingles, the part of them that share a key of a band, and what the curve
// says of pairs as similar as these: the mean of 1-(1-s^rows)^bands.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"reprint/corpus"
	"reprint/dedup/copies"
	"reprint/minhash"
	"reprint/shingle"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "curves:", err)
		os.Exit(2)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return errors.New("usage: curves DIR")
	}
	pairs, err := planted(filepath.Join(os.Args[1], "truth.jsonl"))
	if err != nil {
		return err
	}
	texts, err := textsOf(filepath.Join(os.Args[1], "docs.jsonl"), pairs)
	if err != nil {
		return err
	}
	fmt.Printf("%d pairs\n%-11s %9s %9s %9s %9s\n", len(pairs), "preset", "Jaccard", "found", "curve", "apart")
	for _, p := range copies.Presets() {
		similarity, found, curve := measure(p.Method, pairs, texts)
		fmt.Printf("%-11s %9.4f %9.4f %9.4f %9.4f\n", p.Name, similarity, found, curve, found-curve)
	}
	return nil
}

// planted reads the pairs of the truth.
func planted(name string) (pairs [][2]string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var p struct{ Copy, Of string }
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		pairs = append(pairs, [2]string{p.Copy, p.Of})
	}
	return pairs, nil
}

// textsOf returns the texts of all documents of the pairs by their ids.
func textsOf(name string, pairs [][2]string) (map[string]string, error) {
	texts := map[string]string{}
	for _, p := range pairs {
		texts[p[0]], texts[p[1]] = "", ""
	}
	docs, err := corpus.Open(corpus.Options{}, name)
	if err != nil {
		return nil, err
	}
	defer docs.Close()
	for d, err := range docs.All() {
		if err != nil {
			return nil, err
		}
		if _, ok := texts[d.ID]; ok {
			texts[d.ID] = d.Text
		}
	}
	return texts, nil
}

// measure returns the mean similarity, the part of the pairs with a key in common, and
// what the curve says of that part.
func measure(m copies.Method, pairs [][2]string, texts map[string]string) (similarity, found, curve float64) {
	var z shingle.Tokenizer
	signature := minhash.New(m.Bands.B * m.Bands.R)
	sign := func(id string) (shingles, keys []uint64) {
		shingles = shingle.Set(shingle.Append(nil, z.AppendUnits(nil, m.Unit, texts[id]), m.Length))
		signature.Reset()
		signature.FoldFunc(shingles, shingle.Second)
		return shingles, m.Bands.AppendKeys(nil, signature.Lanes())
	}
	n := float64(len(pairs))
	for _, p := range pairs {
		a, keysA := sign(p[0])
		b, keysB := sign(p[1])
		s := shingle.Jaccard(a, b)
		similarity += s / n
		curve += m.Bands.Probability(s) / n
		if slices.ContainsFunc(keysA, func(k uint64) bool { return slices.Contains(keysB, k) }) {
			found += 1 / n
		}
	}
	return similarity, found, curve
}
