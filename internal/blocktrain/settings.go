package main

// settings of the training. They were chosen by cross-validation; most change
// F1 by .002 at most.
type settings struct {
	seed         int     // of the parting of hosts, the copies and the trees
	bags         int     // forests
	trees, depth int     // of each
	rate         float64 // of learning
	least        float64 // least sum of curvatures of a leaf
	l2           float64 // added to the curvatures of a leaf
	rows, cols   float64 // shares that a tree sees

	// thin is the weight of pages of which most furniture was taken out, so that
	// an article with headings, lists and a few lines of furniture is not taken
	// for a page that ends long before its text does.
	thin float64

	// made is the weight of pages to which what their set has too little of was
	// added.
	made float64

	// noisy is the weight of aeb-scrapinghub, whose readers counted captions and
	// datelines otherwise than those of the other sets.
	noisy float64

	// german is the weight of the one German set beside three English ones.
	german float64

	// chance is how many of the copies of each sort are trained on: more of them
	// help sources with many pages, and cost the pages as they are.
	chance [copies]float64

	words wordSettings
}

type wordSettings struct {
	epochs     int
	rate, l2   float64
	inner      int // folds in which the scores for the trees are made
	innerSplit int
}

var defaults = settings{
	bags: 8, trees: 150, depth: 5, rate: .12, least: 1, l2: 5, rows: .7, cols: .2,
	thin: .07, made: .25, noisy: .35, german: 4,
	chance: [copies]float64{1, .25, .25, .5, .5},
	words:  wordSettings{epochs: 3, rate: .3, l2: 3e-4, inner: 5, innerSplit: 99},
}

const (
	folds    = 5
	copies   = 5 // sorts of copies of a page, see addAll
	shortest = 4 // blocks of an article in a thinned page, at most twice as many
	mostThin = 2 // blocks that stay of a run of furniture
	noisy    = "aeb-scrapinghub"
	maxBins  = 48      // of a feature
	unit     = 1 << 12 // gradients are whole numbers of this fraction
)
