package reuse

import "testing"

// A share never falls where more is counted, and begins and ends where the count does.
func TestReadingsRise(t *testing.T) {
	for name, r := range map[string]reading{"any": anyReading, "few pieces": fewReading, "english": englishReading} {
		last := -1.0
		for i := range 1001 {
			counted := float64(i) / 1000
			if got := r.of(counted); got < last || got > 1 {
				t.Errorf("%s: %g of %g, after %g", name, got, counted, last)
			} else {
				last = got
			}
		}
		if r.of(0) != 0 || r.of(1) != 1 {
			t.Errorf("%s: %g to %g", name, r.of(0), r.of(1))
		}
	}
}

// What is half of a German article to its readers is not yet half of an English one.
func TestReadingByLanguage(t *testing.T) {
	const counted = .39
	for text, copies := range map[string]bool{
		"Die Stadt hat die Brücke über den Fluss gesperrt, weil sie nach dem Hochwasser nicht mehr sicher ist.":            true,
		"The town has closed the bridge over the river because it is no longer safe after the flood of the last few days.": false,
		"Η πόλη έκλεισε τη γέφυρα.":                                                                                        true,
	} {
		d := tokenised(text)
		if got := new(Derived).readingsOf(d).of(counted, fewPieces+1); got >= republishedFrom != copies {
			t.Errorf("%q: a share of %g", text, got)
		}
	}
}

// A third of a German article in one piece or two is a part of it; in many it is more.
func TestReadingByPieces(t *testing.T) {
	german := readings{few: fewReading, many: anyReading}
	for pieces, copies := range map[int]bool{1: false, fewPieces: false, fewPieces + 1: true} {
		if got := german.of(.38, pieces); got >= republishedFrom != copies {
			t.Errorf("in %d pieces: a share of %g", pieces, got)
		}
		for _, counted := range []float64{.1, .2, .5, .9} {
			if few, many := german.few.of(counted), german.many.of(counted); few != many {
				t.Errorf("of %g: %g in few pieces, %g in many", counted, few, many)
			}
		}
	}
}
