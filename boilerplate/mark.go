package boilerplate

import (
	"fmt"
	"strings"

	"reprint/shingle"
)

// Kind says what sort of furniture a mark is.
type Kind string

// The kinds of furniture, as results and rule files name them.
const (
	Disclaimer Kind = "disclaimer"
	Newsletter Kind = "newsletter"
	Teaser     Kind = "teaser"
	Paywall    Kind = "paywall"
	Share      Kind = "share"
	Navigation Kind = "navigation"
	Dateline   Kind = "dateline"
	Credit     Kind = "credit"
	Caption    Kind = "caption"
	Comments   Kind = "comments"
	Advert     Kind = "advert"
	Repeated   Kind = "repeated" // what a source repeats, when nothing tells more
	Other      Kind = "other"
)

// Kinds lists every kind in the order in which people are shown them.
var Kinds = [...]Kind{Disclaimer, Newsletter, Teaser, Paywall, Share, Navigation, Dateline, Credit, Caption, Comments, Advert, Repeated, Other}

func unknownKind(k Kind) error {
	var names []string
	for _, known := range Kinds {
		names = append(names, string(known))
	}
	return fmt.Errorf("unknown kind %q: one of %s", k, strings.Join(names, ", "))
}

// Mark is one stretch of furniture in a text.
type Mark struct {
	shingle.Span
	Kind   Kind
	Reason string  // "source repeats it on 4 days, 5 times", "a person says so", "rule: haftungsausschluss :", "model"
	Score  float64 // how sure, 0 to 1
}
