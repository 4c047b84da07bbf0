package copies

import (
	"errors"
	"fmt"
	"slices"

	"reprint/dedup"
	"reprint/lsh"
	"reprint/shingle"
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
	// ByEdits asks for the same and for as high a similarity of edits: 1 less the
	// units to be put in, taken out or replaced, as a part of the longer text's. Texts
	// with more than 16,384 edits are not alike.
	ByEdits Verify = "jaccard and edits"
	// Never takes every candidate for a copy.
	Never Verify = "none"
)

// Method is what makes a copy: what is compared, what makes a candidate and what
// verifies it. Methods are values; two that are equal find the same.
type Method struct {
	Name      string
	Unit      shingle.Units
	Length    int       // units of a shingle
	Bands     lsh.Bands // of the signature, which has Bands.B * Bands.R lanes
	Verify    Verify
	Threshold float64 // least share, or similarity, that verifies
	Keep      string  // the policy if Options name none: those of Options.Keep, or "latest"; empty: "first"

	// Short is how many words a text has that is not compared by shingles: a word
	// changed in a dozen leaves too few of them. Texts of fewer words become
	// candidates by their single words, if their numbers are the same, and are
	// verified word by word in order. 0: all texts are compared by shingles.
	Short int
}

// Validate reports every fault of m.
func (m Method) Validate() error {
	var faults []error
	if !m.Unit.Known() {
		faults = append(faults, fmt.Errorf("unknown units %q", m.Unit))
	}
	if m.Length < 1 || m.Length > maxLength {
		faults = append(faults, fmt.Errorf("shingles of %d units: 1 to %d are possible", m.Length, maxLength))
	}
	if m.Bands.B < 1 || m.Bands.R < 1 || m.Bands.B > maxLanes/max(m.Bands.R, 1) {
		faults = append(faults, fmt.Errorf("%d bands of %d lanes: at least 1 of each, at most %d lanes", m.Bands.B, m.Bands.R, maxLanes))
	}
	if m.Verify != ByShare && m.Verify != ByJaccard && m.Verify != ByEdits && m.Verify != Never {
		faults = append(faults, fmt.Errorf("unknown way of verifying %q: %s, %s, %s or %s", m.Verify, ByShare, ByJaccard, ByEdits, Never))
	}
	if m.Short < 0 || m.Short > maxShort || m.Short > 0 && m.Unit != shingle.Words {
		faults = append(faults, fmt.Errorf("short texts of %d %s: up to %d words are possible", m.Short, m.Unit, maxShort))
	}
	if !(m.Threshold >= 0 && m.Threshold <= 1) { // NaN neither
		faults = append(faults, fmt.Errorf("threshold %g is not between 0 and 1", m.Threshold))
	}
	if !slices.Contains([]string{"", "earliest", "latest", "longest", "first"}, m.Keep) && len(dedup.Sources(m.Keep)) == 0 {
		faults = append(faults, fmt.Errorf("unknown policy %q: earliest, latest, longest, first or source:NAME,NAME", m.Keep))
	}
	return errors.Join(faults...)
}

const (
	maxLength = 1 << 10
	maxShort  = 1 << 7
	maxLanes  = 1 << 14 // the largest signatures that are in use have 9,000
)
