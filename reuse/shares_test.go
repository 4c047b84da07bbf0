package reuse

import "testing"

// A share never falls where more is counted, and begins and ends where the count does.
func TestReadingsRise(t *testing.T) {
	for name, r := range map[string]reading{"any": anyReading, "english": englishReading} {
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
		if got := new(Derived).readingOf(d).of(counted); got >= republishedFrom != copies {
			t.Errorf("%q: a share of %g", text, got)
		}
	}
}
