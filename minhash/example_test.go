package minhash_test

import (
	"fmt"

	"reprint/minhash"
	"reprint/shingle"
)

// Two texts that differ in a word: what their signatures estimate, and what is so.
func Example() {
	first := "the council has passed the budget for the coming year after a long debate on schools and roads"
	second := "the council has passed the budget for the coming year after a short debate on schools and roads"
	var z shingle.Tokenizer
	x := shingle.Append(nil, z.AppendHashes(nil, first), 3)
	y := shingle.Append(nil, z.AppendHashes(nil, second), 3)

	a, b := minhash.New(128), minhash.New(128)
	a.FoldFunc(x, shingle.Second)
	b.FoldFunc(y, shingle.Second)
	fmt.Printf("estimated %.2f, exact %.2f\n", a.Similarity(b), shingle.Jaccard(shingle.Set(x), shingle.Set(y)))
	// Output: estimated 0.69, exact 0.68
}

// The signature of a whole is that of its parts merged.
func ExampleSignature_Merge() {
	var z shingle.Tokenizer
	monday, tuesday := minhash.New(128), minhash.New(128)
	monday.FoldFunc(z.AppendHashes(nil, "wind from the west, rain, wind"), shingle.Second)
	tuesday.FoldFunc(z.AppendHashes(nil, "wind from the east, sun"), shingle.Second)
	if err := monday.Merge(tuesday); err != nil {
		fmt.Println(err)
	}
	fmt.Println("some", monday.Cardinality(), "different words")
	// Output: some 7 different words
}
