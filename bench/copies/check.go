package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"reprint/corpus"
	"reprint/shingle"
)

// claim is a line of what dedup lists.
type claim struct {
	ID    string  `json:"id"`
	Kept  string  `json:"kept"`
	Share float64 `json:"share"`
}

const (
	runWords   = 5  // words that must stand in a row in both texts to count
	shortWords = 64 // texts of fewer words are compared word by word
)

// check reads the texts of every document that a list of dropped ones names and of its
// survivor, and finds how much of it the survivor holds. Texts are compared in a way of
// their own, not with the engine's code. The collection is read once; the texts of the
// list are held in memory.
func check(w io.Writer, collection, removed string) error {
	var claims []claim
	texts := map[string][]uint64{}
	if err := each(removed, func(c claim) error {
		claims = append(claims, c)
		texts[c.ID], texts[c.Kept] = nil, nil
		return nil
	}); err != nil {
		return err
	}
	if err := readWords(collection, texts); err != nil {
		return err
	}
	lost, off := 0, 0
	least, most := 1.0, 0
	for _, c := range claims {
		gone, kept := texts[c.ID], texts[c.Kept]
		share, lack := heldIn(gone, kept)
		if math.Abs(share-c.Share) > 1e-4 {
			if off++; off <= 5 {
				fmt.Fprintf(w, "  %s: share %.4f, claimed %.4f\n", c.ID, share, c.Share)
			}
		}
		if share < .8 {
			lost++
		}
		least, most = min(least, share), max(most, lack)
	}
	fmt.Fprintf(w, "%d dropped, %d with another share than claimed, %d held by less than .8\n", len(claims), off, lost)
	fmt.Fprintf(w, "least share %.4f, most words of %d in a row that a survivor lacks %d\n", least, shortWords, most)
	return nil
}

// readWords fills in the words of the documents whose ids are in the map.
func readWords(collection string, texts map[string][]uint64) error {
	c, err := corpus.Open(corpus.Options{}, collection)
	if err != nil {
		return err
	}
	defer c.Close()
	var z shingle.Tokenizer
	var t shingle.Text
	for d, err := range c.All() {
		if err != nil {
			return err
		}
		if _, named := texts[d.ID]; named {
			z.Tokenize(&t, d.Text)
			texts[d.ID] = slices.Clone(t.Hash)
		}
	}
	return nil
}

// heldIn returns the share of a text's words that another holds, and the most words of
// shortWords in a row that it lacks.
func heldIn(gone, kept []uint64) (share float64, lack int) {
	if slices.Equal(gone, kept) {
		return 1, 0
	}
	if max(len(gone), len(kept)) < shortWords {
		return inOrder(gone, kept), 0
	}
	key := func(run []uint64) string { b, _ := json.Marshal(run); return string(b) }
	runs := map[string]bool{}
	for i := 0; i+runWords <= len(kept); i++ {
		runs[key(kept[i:i+runWords])] = true
	}
	held := make([]bool, len(gone))
	for i := 0; i+runWords <= len(gone); i++ {
		if runs[key(gone[i:i+runWords])] {
			for j := range runWords {
				held[i+j] = true
			}
		}
	}
	n := 0
	for i, h := range held {
		if h {
			n++
		}
		lacks := 0
		for _, h := range held[i:min(i+shortWords, len(held))] {
			if !h {
				lacks++
			}
		}
		lack = max(lack, lacks)
	}
	return float64(n) / float64(len(gone)), lack
}

// inOrder returns the share of a text's words that another holds in the same order; a
// word said twice in a row counts once more where the other holds it.
func inOrder(gone, kept []uint64) float64 {
	a, b := slices.Compact(slices.Clone(gone)), slices.Compact(slices.Clone(kept))
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i, v := range a {
		for j, u := range b {
			best[i+1][j+1] = max(best[i][j+1], best[i+1][j])
			if u == v {
				best[i+1][j+1] = best[i][j] + 1
			}
		}
	}
	return float64(best[len(a)][len(b)]+len(gone)-len(a)) / float64(max(len(gone), 1))
}
