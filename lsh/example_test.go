package lsh_test

import (
	"fmt"

	"reprint/lsh"
	"reprint/minhash"
	"reprint/shingle"
)

var news = []string{
	"The ferry with 212 people aboard ran aground off Gannet Point on Monday night, the coastguard said. Nobody was hurt.",
	"A fire at the old mill in Vale has been put out after six hours. The cause is not known yet.",
	"The ferry with 212 people aboard ran aground off Gannet Point late on Monday night, the coastguard said. Nobody was hurt.",
}

// Texts to candidates: shingles, signature, keys of its bands, and a map from each key to
// those that have it. Candidates are compared on the shingles themselves.
func Example() {
	bands, err := lsh.Choose(128, 0.6, 0.99)
	if err != nil {
		fmt.Println(err)
		return
	}
	var z shingle.Tokenizer
	sets, known := make([][]uint64, len(news)), map[uint64][]int{}
	for i, text := range news {
		h1s := shingle.Append(nil, z.AppendHashes(nil, text), 3)
		signature := minhash.New(128)
		signature.FoldFunc(h1s, shingle.Second)
		sets[i] = shingle.Set(h1s)
		candidates := map[int]bool{}
		for _, key := range bands.AppendKeys(nil, signature.Lanes()) {
			for _, j := range known[key] {
				candidates[j] = true
			}
			known[key] = append(known[key], i)
		}
		for j := range candidates {
			fmt.Printf("%d and %d: Jaccard %.2f\n", j, i, shingle.Jaccard(sets[j], sets[i]))
		}
	}
	// Output: 0 and 2: Jaccard 0.76
}

// What the bands that Choose gives let through.
func ExampleChoose() {
	bands, err := lsh.Choose(128, 0.7, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d bands of %d lanes\n", bands.B, bands.R)
	for _, s := range []float64{0.3, 0.5, 0.7, 0.9} {
		fmt.Printf("similarity %.1f: a candidate in %.1f %% of the cases\n", s, 100*bands.Probability(s))
	}
	// Output:
	// 17 bands of 5 lanes
	// similarity 0.3: a candidate in 4.1 % of the cases
	// similarity 0.5: a candidate in 41.7 % of the cases
	// similarity 0.7: a candidate in 95.6 % of the cases
	// similarity 0.9: a candidate in 100.0 % of the cases
}

// Where a map is too large, a Join sorts the keys, on disk if need be.
func ExampleJoin() {
	j := lsh.NewJoin(lsh.JoinOptions{Memory: 1 << 20})
	defer j.Close()
	for _, p := range []lsh.Posting{
		{Key: 11, Doc: 0, Pos: 4}, {Key: 11, Doc: 2, Pos: 9}, {Key: 11, Doc: 5, Pos: 1},
		{Key: 22, Doc: 0, Pos: 8}, {Key: 22, Doc: 2, Pos: 13},
		{Key: 33, Doc: 1, Pos: 0},
	} {
		if err := j.Add(p); err != nil {
			fmt.Println(err)
			return
		}
	}
	for p, err := range j.Drain() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%d and %d: at %d and %d, key of %d documents\n", p.A, p.B, p.Pos, p.PosB, p.DF)
	}
	// Output:
	// 0 and 2: at 4 and 9, key of 3 documents
	// 0 and 2: at 8 and 13, key of 2 documents
	// 0 and 5: at 4 and 1, key of 3 documents
	// 2 and 5: at 9 and 1, key of 3 documents
}
