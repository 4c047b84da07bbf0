package copies

import (
	"fmt"
	"math"
	"strings"

	"reprint/lsh"
	"reprint/shingle"
)

// A Preset is a Method under the name of the collection for which its makers described
// it.
type Preset struct {
	Method
	// About says where the method is described and in what it departs from that.
	About string
}

// presets are all presets, the default first. Where makers keep a copy by chance, the
// first in the input stays here, so that a run can be repeated.
var presets = []Preset{
	{
		Method{
			Name: "newswire", Unit: shingle.Words, Length: 5, Bands: lsh.Bands{B: 32, R: 4},
			Verify: ByShare, Threshold: .8, Keep: "earliest", Short: 64,
		},
		"for articles that were trivially edited: reprint's own",
	},
	{
		Method{
			Name: "fineweb", Unit: shingle.BareWords, Length: 5, Bands: lsh.Bands{B: 14, R: 8},
			Verify: Never, Keep: "first",
		},
		"datatrove's MinHash stages with FineWeb's settings. There a document of the group stays that " +
			"no rule names, each crawl is taken by itself, and words are cut by a tokeniser of the language.",
	},
	{
		Method{
			Name: "refinedweb", Unit: shingle.SpacedWords, Length: 5, Bands: lsh.Bands{B: 450, R: 20},
			Verify: ByEdits, Threshold: .8, Keep: "first",
		},
		"RefinedWeb, after Lee et al. 2021 (NearDup). Their exact substrings are not part of it. How RefinedWeb " +
			"normalises texts is not known; Lee et al. cut at spaces.",
	},
	{
		Method{
			Name: "dolma3", Unit: shingle.PlainWords, Length: 5, Bands: lsh.Bands{B: 26, R: 11},
			Verify: ByJaccard, Threshold: .8, Keep: "latest",
		},
		"Dolma 3, Common Crawl, by duplodocus. There 5-grams are of a language model's tokens, here of words; " +
			"32 shards are taken by themselves, and repeated substrings go afterwards.",
	},
	{
		Method{
			Name: "nemotron", Unit: shingle.Characters, Length: 24, Bands: lsh.Bands{B: 20, R: 13},
			Verify: Never, Keep: "first",
		},
		"Nemotron-CC, by NeMo Curator. There a document of the group stays by chance.",
	},
	{
		Method{
			Name: "slimpajama", Unit: shingle.PlainCharacters, Length: 13, Bands: lsh.Bands{B: 9, R: 13},
			Verify: Never, Keep: "first",
		},
		"SlimPajama. Its description says 13-grams; its code takes them of characters, not of words. The bands are " +
			"those that datasketch chooses for 128 lanes and a Jaccard similarity of .8.",
	},
	{
		Method{
			Name: "redpajama2", Unit: shingle.PlainWords, Length: 13, Bands: lsh.Bands{B: 9, R: 13},
			Verify: Never, Keep: "first",
		},
		"RedPajama v2, its signatures for a similarity of .8, of its settings' 13 words. It publishes signatures and " +
			"leaves it to users what they drop. Its bands for .7 are 14 x 9, for .9 they are 5 x 25.",
	},
	{
		Method{
			Name: "bigcode", Unit: shingle.CodeWords, Length: 5, Bands: lsh.Bands{B: 25, R: 10},
			Verify: Never, Keep: "first",
		},
		"The Stack and SantaCoder. The bands are those that datasketch chooses for 256 lanes and a Jaccard " +
			"similarity of .7. There each language is taken by itself, and texts of fewer than five words are no copies. " +
			"It is for code: of text in other letters than a-z it sees nothing but the figures.",
	},
}

// Newswire is the method of choice for articles: it finds copies of an article that
// was trivially edited. Of copies of which 1 to 5 % of the words were changed, whose
// Jaccard similarity is .6 to .9, 32 bands of 4 make .999 candidates; with every
// tenth word changed still four fifths of a copy's words stand in five in a row.
var Newswire = presets[0].Method

// Presets returns all presets, the default first.
func Presets() []Preset { return append([]Preset(nil), presets...) }

// FindPreset returns the preset of a name; "" is the default's. The error lists all.
func FindPreset(name string) (Preset, error) {
	var names []string
	for _, p := range presets {
		if p.Name == name || name == "" {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Preset{}, fmt.Errorf("unknown preset %q: %s", name, strings.Join(names, ", "))
}

const (
	// thresholdLanes and ThresholdRecall bound what AtThreshold chooses.
	thresholdLanes  = 128
	ThresholdRecall = lsh.DefaultRecall
)

// AtThreshold is Newswire with another threshold, above 0 and up to 1. Its bands are
// Newswire's, so that what goes at a higher threshold goes at a lower one as well, unless
// these make candidates of less than ThresholdRecall of the pairs whose Jaccard similarity
// is the threshold: then they are those that do, and of the fewest others. An error names
// the least threshold for which there are such bands.
func AtThreshold(threshold float64) (Method, error) {
	m := Newswire
	if least := leastThreshold(); threshold > 0 && threshold < least {
		return m, fmt.Errorf("%g is too low to find %g of the pairs as similar: the least is %g", threshold, ThresholdRecall, least)
	}
	m.Name, m.Threshold = "", threshold
	if threshold <= 1 && m.Bands.Probability(threshold) >= ThresholdRecall {
		return m, nil
	}
	var err error
	m.Bands, err = lsh.Choose(thresholdLanes, threshold, ThresholdRecall)
	return m, err
}

// leastThreshold is the similarity at which bands of one lane each, the most there can be,
// find ThresholdRecall of the pairs, rounded up.
func leastThreshold() float64 {
	return math.Ceil(1000*(1-math.Pow(1-ThresholdRecall, 1./thresholdLanes))) / 1000
}
