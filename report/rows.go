package report

import (
	"math"

	"reprint/boilerplate"
	"reprint/reuse"
)

// The rows of the page's lists, as the template reads them.

type kindRow struct {
	Name, About string
	Count       int
	Width       float64 // percent of the widest
	Reuse       bool
}

type pairRow struct {
	N          int // number of the pair in the page, from 1
	Kind       reuse.Kind
	A, B       documentRow
	ShareA     float64
	ShareB     float64
	Share      float64
	First      string
	Passages   int
	Quotes     int
	Credit     string
	Copies     int
	HasText    bool
	Across     bool
	Characters int
	Newest     string // the later date
}

// width is that of a bar, in percent.
func width(share float64) float64 { return math.Round(min(max(share, 0), 1)*1000) / 10 }

type documentRow struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Source string `json:"source"`
	Date   string `json:"date"`
	URL    string `json:"url"`
}

type clusterRow struct {
	Number, Size, More int
	Reason             string
	Min                float64
	Kept               documentRow
	Others             []memberRow
}

// memberRow is a document that is in a cluster and is not the one that stays.
type memberRow struct {
	Document documentRow
	Pair     int // number of the pair in the page that shows it beside the one that stays; 0: none does
}

type passageRow struct {
	Kind           string
	Count, Sources int
	Text           string
	At             []documentRow
	More           int
}

type sourceGallery struct {
	Source   string
	Share    float64
	Count    int
	Patterns []patternRow
}

type patternRow struct {
	Kind     boilerplate.Kind
	Count    int
	Reason   string
	Where    string // in its documents
	Examples []example
}
