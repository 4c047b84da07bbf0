package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"reprint/shingle"
)

// packStopwords writes the words of stopwords-iso.json in the form that package
// language reads: those that are one word and no number, German and English first.
func packStopwords(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var lists map[string][]string
	if err := json.Unmarshal(data, &lists); err != nil {
		return err
	}
	codes := []string{"de", "en"}
	for code := range lists {
		if code != "de" && code != "en" {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes[2:])
	var out bytes.Buffer
	zw := gzip.NewWriter(&out)
	var z shingle.Tokenizer
	var t shingle.Text
	for _, code := range codes {
		line := []string{code}
		for _, w := range lists[code] {
			if z.Tokenize(&t, w); t.Len() == 1 && t.Flag[0]&shingle.Number == 0 {
				line = append(line, w)
			}
		}
		fmt.Fprintln(zw, strings.Join(line, " "))
	}
	if err := zw.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}
