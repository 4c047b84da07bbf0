package copies_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"reprint/corpus"
	"reprint/dedup/copies"
)

const (
	bridge = "The old bridge at Hallow Ford will be closed to all traffic from Monday for six weeks. Divers found cracks in the middle " +
		"pier in March, the county said, and it has to be founded anew. Half of the cost is borne by the state, the other half by the " +
		"towns on both banks. Buses turn at the mill until then, and the market moves to the meadow behind the church, where there is " +
		"room for all the stalls and for the cars of those who come from the villages up the river."
	quay = "A new quay is being built in the harbour. It replaces a wall through which water has come for years."
)

// crawl is a small collection as it may come through a pipe.
var crawl = fmt.Sprintf(`{"id":"courier-1","text":%q}
{"id":"courier-2","text":%q}
{"id":"standard-1","text":%q}
`, bridge, quay, strings.Replace(bridge, "six weeks", "a month", 1))

// Of an article and its edited copy one stays.
func Example() {
	ctx := context.Background()
	c, err := corpus.Open(corpus.Options{Stdin: strings.NewReader(crawl)}, "-")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	r, err := copies.Run(ctx, c, copies.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	err = r.Apply(ctx, c, func(d *corpus.Document, f copies.Fate) error {
		if !f.Goes {
			fmt.Printf("document %d stays, in a group of %d\n", d.Number, f.Size)
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	for d, err := range r.Drops() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s goes for %s, which holds %.0f %% of it; Jaccard %.2f\n", d.ID, d.KeptID, 100*d.Share, d.Jaccard)
	}
	// Output:
	// document 0 stays, in a group of 2
	// document 1 stays, in a group of 0
	// standard-1 goes for courier-1, which holds 98 % of it; Jaccard 0.87
}

// What a copy is, as those say who cleaned a crawl, and how surely a pair of a given
// similarity is found.
func ExampleFindPreset() {
	p, err := copies.FindPreset("fineweb")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Length, "words a shingle,", p.Bands.B, "bands of", p.Bands.R)
	for _, s := range []float64{.6, .75, .9} {
		fmt.Printf("at %.2f %.3f of all pairs\n", s, p.Bands.Probability(s))
	}
	// Output:
	// 5 words a shingle, 14 bands of 8
	// at 0.60 0.211 of all pairs
	// at 0.75 0.772 of all pairs
	// at 0.90 1.000 of all pairs
}
