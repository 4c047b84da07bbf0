package copies

import (
	"errors"
	"fmt"

	"reprint/lsh"
)

// Unit is what a text is cut into.
type Unit string

// Units.
const (
	Words      Unit = "words"      // as shingle.Tokenizer cuts and folds them
	Characters Unit = "characters" // of the folded text
)

// Verify is how a candidate is looked at before it counts.
type Verify string

// Ways of verifying.
const (
	// ByShare asks for the part of its own words that the dropped one has
	// in the survivor: words that stand in a shingle of both.
	ByShare Verify = "share"
	// ByJaccard asks for the exact Jaccard similarity of the two sets of
	// shingles.
	ByJaccard Verify = "jaccard"
	// Never takes every candidate for a copy.
	Never Verify = "none"
)

// Method is what makes a copy: what is compared, what makes a candidate and what
// verifies it. Methods are values; two that are equal find the same.
type Method struct {
	Name      string
	Unit      Unit
	Length    int       // units of a shingle
	Bands     lsh.Bands // of the signature, which has Bands.B * Bands.R lanes
	Verify    Verify
	Threshold float64 // least share, or Jaccard similarity, that verifies
	Keep      string  // the policy if Options name none: see Options.Keep
}

// Newswire is the method of choice for articles: it finds copies of an article that
// was trivially edited. Of copies of which 1 to 5 % of the words were changed, whose
// Jaccard similarity is .6 to .9, 32 bands of 4 make .999 candidates; with every
// tenth word changed still four fifths of a copy's words stand in five in a row.
var Newswire = Method{
	Name: "newswire", Unit: Words, Length: 5, Bands: lsh.Bands{B: 32, R: 4},
	Verify: ByShare, Threshold: .8, Keep: "earliest",
}

// Validate reports every fault of m.
func (m Method) Validate() error {
	var faults []error
	if m.Unit != Words && m.Unit != Characters {
		faults = append(faults, fmt.Errorf("unknown unit %q: %s or %s", m.Unit, Words, Characters))
	}
	if m.Length < 1 || m.Length > maxLength {
		faults = append(faults, fmt.Errorf("shingles of %d units: 1 to %d are possible", m.Length, maxLength))
	}
	if m.Bands.B < 1 || m.Bands.R < 1 || m.Bands.B > maxLanes/max(m.Bands.R, 1) {
		faults = append(faults, fmt.Errorf("%d bands of %d lanes: at least 1 of each, at most %d lanes", m.Bands.B, m.Bands.R, maxLanes))
	}
	if m.Verify != ByShare && m.Verify != ByJaccard && m.Verify != Never {
		faults = append(faults, fmt.Errorf("unknown way of verifying %q: %s, %s or %s", m.Verify, ByShare, ByJaccard, Never))
	}
	if !(m.Threshold >= 0 && m.Threshold <= 1) { // NaN neither
		faults = append(faults, fmt.Errorf("threshold %g is not between 0 and 1", m.Threshold))
	}
	return errors.Join(faults...)
}

const (
	maxLength = 1 << 10
	maxLanes  = 1 << 14 // the largest signatures that are in use have 9,000
)
