package reuse

import (
	"math/bits"
	"slices"
)

// wordIndex holds the stems and numbers of a profile by stem, to find the
// sentences of each. A number stands there as if it were a stem. What has one
// stem is a word; two documents meet in the words that both hold, which are
// found once for a pair.
type wordIndex struct {
	stem    []uint32 // the words, ascending
	at      []wordAt // by word, and the end
	all     []entry  // all stems and numbers by word, then sentence, each once
	anchors []entry  // those of anchorRarity or more; a number stands there as often as in its sentence
	rare    []entry  // those of storyRarity or more, numbers left out
	told    []entry  // the anchors by sentence, with their words in place of stems
	from    []int32  // first of told of each sentence, and the end
}

// wordScratch is the memory in which profiles are made.
type wordScratch struct {
	list, other, figures []entry
	count                []int32
}

// wordAt is where the entries of a word begin in the lists of an index.
type wordAt struct{ all, anchors, rare int32 }

// wordPair is a word that both documents of a pair hold, by its places in their
// indexes.
type wordPair struct{ a, b int32 }

// sort makes the stems of a profile, in any order, ascending and each once in
// its sentence, and counts what the lists of an index will hold at most: words,
// anchors and rare stems.
func (z *wordScratch) sort() (words, anchors, rare int) {
	z.list, z.other, z.count = sortEntries(z.list, z.other, z.count)
	last, n := ^entry(0), 0 // no sentence has so high a number
	for _, e := range z.list {
		if e>>sentenceAtBit == last>>sentenceAtBit {
			z.list[n-1] |= e & smallLetter
			continue
		}
		z.list[n] = e
		n++
		if e>>32 != last>>32 {
			words++
		}
		last = e
		if e&0xff >= anchorRarity*rarityUnit {
			anchors++
		}
		if e&0xff >= storyRarity*rarityUnit {
			rare++
		}
	}
	z.list = z.list[:n]
	return words + len(z.figures), anchors + len(z.figures), rare
}

// leastDealt is the least number of entries that are dealt into buckets, and
// mostDealt how many of a bucket are sorted by insertion.
const leastDealt, mostDealt = 32, 16

// sortEntries sorts a list: entries are dealt by the highest bits of their
// hashes into buckets of one or two, and what shares a bucket is put in order. It
// returns the sorted list and the other memory. Cost: linear but for buckets with
// many different stems.
func sortEntries(list, other []entry, count []int32) (sorted, spare []entry, counts []int32) {
	if len(list) < leastDealt {
		slices.Sort(list)
		return list, other, count
	}
	width := min(bits.Len(uint(len(list))), 16)
	shift := 64 - width
	count = resize(count, 1<<width)
	clear(count)
	for _, e := range list {
		count[e>>shift]++
	}
	sum := int32(0)
	for i, n := range count {
		count[i] = sum
		sum += n
	}
	other = resize(other, len(list))
	for _, e := range list {
		n := &count[e>>shift]
		other[*n] = e
		*n++
	}
	from := int32(0)
	for _, to := range count {
		if to-from > mostDealt {
			slices.Sort(other[from:to])
		} else if to-from > 1 {
			insert(other[from:to])
		}
		from = to
	}
	return other, list, count
}

// insert sorts a few entries.
func insert(list []entry) {
	for i := 1; i < len(list); i++ {
		e, j := list[i], i
		for ; j > 0 && list[j-1] > e; j-- {
			list[j] = list[j-1]
		}
		list[j] = e
	}
}

// lay cuts the lists of x, empty, out of memory for entries, of which it takes
// as many as it is told.
func (x *wordIndex) lay(slab []entry, all, words, anchors, rare int) {
	x.all, slab = slab[:0:all], slab[all:]
	x.anchors, slab = slab[:0:anchors], slab[anchors:]
	x.told, slab = slab[:anchors:anchors], slab[anchors:]
	x.rare = slab[:0:rare]
	x.stem, x.at = resize(x.stem, words)[:0], resize(x.at, words+1)[:0]
}

// build fills the lists of x from the sorted stems and numbers of so many
// sentences.
func (x *wordIndex) build(stems, figures []entry, sentences int) {
	for len(stems)+len(figures) > 0 {
		if len(figures) == 0 || len(stems) > 0 && stems[0].stem() < figures[0].stem() {
			n := 1
			for n < len(stems) && stems[n].stem() == stems[0].stem() {
				n++
			}
			x.addStem(stems[:n])
			stems = stems[n:]
		} else if len(stems) > 0 && stems[0]&^smallLetter <= figures[0] {
			x.add(stems[0], false)
			stems = stems[1:]
		} else {
			x.add(figures[0], true)
			figures = figures[1:]
		}
	}
	x.at = append(x.at, x.end())
	x.tell(sentences)
}

// addStem adds all entries of a stem that is no number.
func (x *wordIndex) addStem(list []entry) {
	x.stem = append(x.stem, list[0].stem())
	x.at = append(x.at, x.end())
	for _, e := range list {
		x.all = append(x.all, e)
		if e&0xff >= anchorRarity*rarityUnit {
			x.anchors = append(x.anchors, e)
		}
		if e&0xff >= storyRarity*rarityUnit {
			x.rare = append(x.rare, e)
		}
	}
}

// end is where the next entry goes in the lists of x.
func (x *wordIndex) end() wordAt {
	return wordAt{int32(len(x.all)), int32(len(x.anchors)), int32(len(x.rare))}
}

// add adds the next entry.
func (x *wordIndex) add(e entry, figure bool) {
	if n := len(x.stem); n == 0 || x.stem[n-1] != e.stem() {
		x.stem = append(x.stem, e.stem())
		x.at = append(x.at, x.end())
	}
	if n := len(x.all); n == 0 || x.all[n-1] != e {
		x.all = append(x.all, e)
	}
	if figure || e&0xff >= anchorRarity*rarityUnit {
		x.anchors = append(x.anchors, e)
	}
	if !figure && e&0xff >= storyRarity*rarityUnit {
		x.rare = append(x.rare, e)
	}
}

// tell lists the anchors of each of so many sentences.
func (x *wordIndex) tell(sentences int) {
	x.from, x.told = resize(x.from, sentences+1), x.told[:len(x.anchors)]
	clear(x.from)
	for _, e := range x.anchors {
		x.from[e.sentence()+1]++
	}
	for s := range sentences {
		x.from[s+1] += x.from[s]
	}
	for w := range x.stem {
		for _, e := range x.anchorsOf(int32(w)) {
			n := &x.from[e.sentence()]
			x.told[*n] = entry(w)<<32 | e&0xffffffff
			*n++
		}
	}
	copy(x.from[1:], x.from)
	x.from[0] = 0
}

// allOf returns the entries of a word.
func (x *wordIndex) allOf(word int32) []entry { return x.all[x.at[word].all:x.at[word+1].all] }

// anchorsOf returns the anchors of a word.
func (x *wordIndex) anchorsOf(word int32) []entry {
	return x.anchors[x.at[word].anchors:x.at[word+1].anchors]
}

// rareOf returns the rare entries of a word.
func (x *wordIndex) rareOf(word int32) []entry { return x.rare[x.at[word].rare:x.at[word+1].rare] }

// holds reports whether any sentence holds a stem as an anchor.
func (x *wordIndex) holds(stem uint32) bool {
	w, found := slices.BinarySearch(x.stem, stem)
	return found && len(x.anchorsOf(int32(w))) > 0
}

// sentences counts the sentences that hold a stem, 1 if none does.
func (x *wordIndex) sentences(stem uint32) int {
	if w, found := slices.BinarySearch(x.stem, stem); found {
		return len(x.allOf(int32(w)))
	}
	return 1
}

// farLonger is how many times more words one document has than the other one
// where each word of that is searched for.
const farLonger = 16

// wordsInBoth lists the words that two indexes hold, in the memory of dst.
func wordsInBoth(dst []wordPair, a, b []uint32) []wordPair {
	switch {
	case len(a) > farLonger*len(b):
		return searched(dst[:0], b, a, func(short, long int) wordPair { return wordPair{int32(long), int32(short)} })
	case len(b) > farLonger*len(a):
		return searched(dst[:0], a, b, func(short, long int) wordPair { return wordPair{int32(short), int32(long)} })
	}
	dst = resize(dst, min(len(a), len(b))+1)
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) { // without branches that cannot be foreseen
		p, q := a[i], b[j]
		dst[n] = wordPair{int32(i), int32(j)}
		if p == q {
			n++
		}
		if p <= q {
			i++
		}
		if q <= p {
			j++
		}
	}
	return dst[:n]
}

// searched lists the words of a short list that stand in a long one.
func searched(dst []wordPair, short, long []uint32, pair func(short, long int) wordPair) []wordPair {
	from := 0
	for i, stem := range short {
		at, found := slices.BinarySearch(long[from:], stem)
		if from += at; found {
			dst = append(dst, pair(i, from))
		}
	}
	return dst
}

// meetWords finds the words that both profiles hold, unless that is done.
func (x *Aligner) meetWords() {
	if x.wordsMet {
		return
	}
	for _, w := range x.bothHold {
		x.mate[w.b] = 0
	}
	a, b := &x.left.index, &x.right.index
	x.bothHold = wordsInBoth(x.bothHold, a.stem, b.stem)
	x.mate = zeros(x.mate, len(b.stem))
	for _, w := range x.bothHold {
		x.mate[w.b] = w.a + 1
	}
	x.wordsMet = true
}

// meetSentence adds up what the anchors that sentence s of the right document
// shares with each sentence of the left one weigh, and lists these in x.touched.
// What it may share beyond, of words that are too common in the left one or no
// anchors there, is at most what is returned.
func (x *Aligner) meetSentence(s int) (beyond int32) {
	a, b := &x.left.index, &x.right.index
	x.touched = x.touched[:0]
	for _, e := range b.told[b.from[s]:b.from[s+1]] {
		w := x.mate[e.stem()]
		if w == 0 {
			continue
		}
		list := a.anchorsOf(w - 1)
		if len(list) > maxSentences || len(list) == 0 {
			beyond += int32(e & 0xff)
			continue
		}
		for _, f := range list {
			t := f.sentence()
			if x.common[t] == 0 {
				x.touched = append(x.touched, int32(t))
			}
			x.common[t] += int32(min(e&0xff, f&0xff))
		}
	}
	return beyond
}

// evenly reports whether the words that both documents hold are anchors in both or
// in none of them.
func (x *Aligner) evenly() bool {
	a, b := &x.left.index, &x.right.index
	for _, w := range x.bothHold {
		if (len(a.anchorsOf(w.a)) > 0) != (len(b.anchorsOf(w.b)) > 0) {
			return false
		}
	}
	return true
}
