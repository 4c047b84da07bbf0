package reuse

import (
	"strconv"
	"strings"
	"sync"

	"reprint/shingle"
)

// countNames are the numbers from two to twenty in words, a line for each language, then
// the ordinals from the third one on, and the tens from thirty to ninety. What is
// another word as well, there or in one of the other languages, is left out, as a dash.
const countNames = `
zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
deux trois quatre cinq - sept huit neuf dix onze douze treize quatorze quinze seize - - - vingt
dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte
- - quattro cinque - sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti
twee drie - vijf zes zeven - negen tien - twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig`

const ordinalNames = `
dritte vierte fünfte sechste siebte - neunte zehnte elfte zwölfte
dritten vierten fünften sechsten siebten - neunten zehnten elften zwölften
dritter vierter fünfter sechster siebter - neunter zehnter elfter zwölfter
drittes viertes fünftes sechstes siebtes - neuntes zehntes elftes zwölftes
third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth`

const tensNames = `
dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
thirty forty fifty sixty seventy eighty ninety
- cuarenta cincuenta sesenta setenta ochenta noventa`

// countTable knows of the names of numbers how the number is written in digits.
type countTable struct {
	names *wordTable      // the stem of the digits
	whole map[uint32]bool // the stems of whole numbers under wholeBelow
}

// wholeBelow is the first number that is not held against one in words: 8.5 is no
// whole number, and 1,300 is hardly ever told in words.
const wholeBelow = 1000

// digitStem is the stem of a number in digits.
func digitStem(n int) uint32 { return uint32(shingle.Hash(strconv.Itoa(n)) >> 32) }

var counts = sync.OnceValue(func() countTable {
	whole, stems := map[uint32]bool{}, map[uint64]int{}
	for n := range wholeBelow {
		whole[digitStem(n)] = true
	}
	addNumbers(stems, countNames, 2, 1)
	addNumbers(stems, ordinalNames, 3, 1)
	addNumbers(stems, tensNames, 30, 10)
	return countTable{newWordTable(stems), whole}
})

// addNumbers adds lines of names of numbers that go up by step.
func addNumbers(stems map[uint64]int, names string, from, step int) {
	for line := range strings.Lines(strings.TrimSpace(names)) {
		for i, name := range strings.Fields(line) {
			if name != "-" {
				stems[shingle.Hash(name)] = int(digitStem(from + i*step))
			}
		}
	}
}

// tally is a number before what it counts, by their stems.
type tally struct {
	number, what uint32
	words        bool // it is in words
}

// countedIn appends the whole numbers among tokens [from, to), in digits or in words, that
// stand before another word.
func countedIn(dst []tally, t *shingle.Text, from, to int) []tally {
	table := counts()
	for i := from; i+1 < to; i++ {
		switch {
		case t.Flag[i+1]&shingle.Number != 0:
		case t.Flag[i]&shingle.Number != 0:
			if table.whole[t.Stem[i]] {
				dst = append(dst, tally{t.Stem[i], t.Stem[i+1], false})
			}
		default:
			if stem := table.names.find(t.Hash[i]); stem != 0 {
				dst = append(dst, tally{uint32(stem), t.Stem[i+1], true})
			}
		}
	}
	return dst
}

// countsOther reports whether both sides of a block, one of them a sentence, count the same
// things and come to other numbers, of which one at least is told in words: "three million
// dead" is not said by "two million dead". Figures in digits are looked at where sentences
// are compared. A side longer than any sentence counts nothing.
func (x *Aligner) countsOther(b *Document, k block) bool {
	if max(k.AEnd-k.A, k.BEnd-k.B) > mostSentence {
		return false
	}
	if sentence(&x.a.Text, k.A).To < k.AEnd && sentence(&b.Text, k.B).To < k.BEnd {
		return false
	}
	x.countedA = countedIn(x.countedA[:0], &x.a.Text, k.A, k.AEnd)
	x.countedB = countedIn(x.countedB[:0], &b.Text, k.B, k.BEnd)
	for _, p := range x.countedA {
		if otherCount(x.countedA, x.countedB, p.what) {
			return true
		}
	}
	return false
}

// otherCount reports whether two lists count something, one at least in words, and
// none of their numbers are the same.
func otherCount(a, b []tally, what uint32) bool {
	words, any := false, false
	for _, q := range b {
		if q.what != what {
			continue
		}
		for _, p := range a {
			if p.what == what && p.number == q.number {
				return false
			}
			words = words || p.what == what && p.words
		}
		any, words = true, words || q.words
	}
	return any && words
}
