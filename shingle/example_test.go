package shingle_test

import (
	"fmt"

	"reprint/shingle"
)

func Example() {
	texts := [2]string{
		"Der Rat von Süderau hat am Dienstag den Bau der Brücke beschlossen, sagte Dr. Voß. Sie kostet 3,5 Mio. Euro.",
		"SÜDERAU. Der Rat von Su\u0308derau hat am Dienstag den Bau der Brü\u00adcke beschlossen, sagte Dr. Voss.",
	}
	var z shingle.Tokenizer
	var sets [2][]uint64
	for i, text := range texts {
		var t shingle.Text
		z.Tokenize(&t, text)
		fmt.Println(t.Len(), "tokens,", len(t.Sentences), "sentences")
		sets[i] = shingle.Set(shingle.Append(nil, t.Hash, 4))
	}
	fmt.Printf("Jaccard %.2f, %.2f of the second is in the first\n",
		shingle.Jaccard(sets[0], sets[1]), shingle.Containment(sets[1], sets[0]))
	// Output:
	// 20 tokens, 2 sentences
	// 16 tokens, 2 sentences
	// Jaccard 0.67, 0.92 of the second is in the first
}

func ExampleTokenizer_Tokenize() {
	text := "Er fragte: „Was tun?“ Am 3. Mai kam Dr. Voß."
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	for _, s := range t.Sentences {
		fmt.Println(text[s.Start:s.End])
		for i := s.From; i < s.To; i++ {
			if t.Flag[i]&shingle.Quoted != 0 {
				fmt.Println("  quoted:", text[t.Start[i]:t.End[i]])
			}
		}
	}
	// Output:
	// Er fragte: „Was tun?“
	//   quoted: Was
	//   quoted: tun
	// Am 3. Mai kam Dr. Voß.
}

func ExampleAppend() {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, "Der Rat tagt. Der Rat tagt nicht.")
	shingles := shingle.Append(nil, t.Hash, 3)
	fmt.Println(len(shingles), "shingles,", len(shingle.Set(shingles)), "different")
	// Output: 5 shingles, 4 different
}
