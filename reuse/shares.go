package reuse

import "math"

// reading maps the share of a document as counted to what careful readers said of it, who
// think in quarters: points of a line that rises all the way, little near what they said
// often and fast in between. No share is printed before it was put through it, so that figure
// and kind never disagree.
type reading [][2]float64

// What readers called half of an article is counted as .375 in German and as .41 in English.
// The points follow 14 judged sets, seven of each language, below .15, where the least that
// readers say is .1, the count itself (bench/shares).
var (
	// anyReading is that for German, and for languages that nobody read.
	anyReading = reading{
		{0, 0}, {.1, .1}, {.17, .13}, {.21, .24}, {.35, .26}, {.375, republishedFrom},
		{.48, .51}, {.54, .56}, {.62, .72}, {.72, .76}, {.78, .81}, {.86, .98}, {1, 1},
	}
	englishReading = reading{
		{0, 0}, {.1, .1}, {.14, .12}, {.18, .24}, {.395, .26}, {.41, republishedFrom},
		{.52, .51}, {.6, .6}, {.66, .73}, {.81, .77}, {.87, .97}, {1, 1},
	}

	// fewReading is anyReading where the text in common stands in few pieces: a paragraph or two of
	// background, in an article that is another one, have to be more of it to be half to readers.
	fewReading = reading{
		{0, 0}, {.1, .1}, {.17, .13}, {.21, .24}, {.37, .26}, {.395, republishedFrom},
		{.48, .51}, {.54, .56}, {.62, .72}, {.72, .76}, {.78, .81}, {.86, .98}, {1, 1},
	}
)

// fewPieces is how many passages are few, rewordings left out.
const fewPieces = 3

// readings are those for one language, where the passages are few and where they are not.
type readings struct{ few, many reading }

// of turns a share as counted, in so many passages, into what readers would say.
func (r *readings) of(counted float64, pieces int) float64 {
	if pieces <= fewPieces {
		return r.few.of(counted)
	}
	return r.many.of(counted)
}

// of turns a share as counted into what readers would say, rounded as it is printed.
func (r reading) of(counted float64) float64 {
	for i := 1; i < len(r); i++ {
		p, q := r[i-1], r[i]
		if counted <= q[0] {
			return math.Round((p[1]+(counted-p[0])*(q[1]-p[1])/(q[0]-p[0]))*1e4) / 1e4
		}
	}
	return 1
}

// anyReadings are those for German, and for languages that nobody read.
var (
	anyReadings     = readings{few: fewReading, many: anyReading}
	englishReadings = readings{few: englishReading, many: englishReading}
)

// readingsOf are those for texts in the language of d.
func (v *Derived) readingsOf(d *Document) *readings {
	if v.inEnglish(d) {
		return &englishReadings
	}
	return &anyReadings
}

// inEnglish reports whether d is an English text. What readers were asked in German and in
// English has two values where they differ, and texts in other languages have the German one.
func (v *Derived) inEnglish(d *Document) bool {
	if d.Tongue != 0 {
		return d.Tongue == english
	}
	v.once(&v.heard, func() { v.english = Hear(&d.Text) == english })
	return v.english
}

// calibrate fills in the shares of m from those that were counted, of a text in common that
// stands in so many passages beside the rewordings.
func (x *Aligner) calibrate(b *Document, m *Match, pieces int) {
	m.ShareA = x.da.readingsOf(x.a).of(m.Evidence.RawA, pieces)
	m.ShareB = x.db.readingsOf(b).of(m.Evidence.RawB, pieces)
	if m.Evidence.Little.told() {
		m.ShareA, m.ShareB = min(m.ShareA, mostTold), min(m.ShareB, mostTold)
	}
}
