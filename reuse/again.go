package reuse

import (
	"math"
	"slices"

	"reprint/shingle"
)

// Again is a sum that tells of two documents with little text in common whether one
// of them tells a sentence of the other again all the same. No single figure does: a
// long sentence may be alike by chance, and two reports of one event have its words in
// common. Each term is in log odds.
//
//	Story     how much of all their words, by rarity, the documents share: what
//	          stands in two articles on one thing comes from one text more often
//	Sentence  how much the two sentences that are the likest have in common beside a
//	          run of names, by their likeness, mass and order, less for each number
//	          that differs
//	Telling   how many words in them agree that are rare and no names
//
// It is fitted by logistic regression, Sentence on pairs of sentences of twelve judged sets,
// those that readers called rewordings of each other and that share no long run against
// those that are as like in pairs that are no reuse, the whole on the pairs with little
// evidence. bench/again has the figures, with each set left out in turn.
type Again struct {
	Story, Sentence, Telling float64
}

const (
	storyWeight   = 14.7
	tellingWeight = 1.59

	// likeWeight, massWeight, orderWeight and offWeight are those of two sentences.
	likeWeight, massWeight, orderWeight, offWeight = 1.52, .711, 1.49, .308

	// AgainFrom is the sum from which a sentence is told again.
	AgainFrom = 14.2

	// leastStory is how much of their words two documents share at least to be about
	// one thing. With less the sum hardly reaches AgainFrom, whatever a sentence says.
	leastStory = .2

	// againRarity is the rarity of a word that tells something.
	againRarity = 1.5

	// againLike and againMass are how like two sentences are at least and what they
	// have in common, againPart how much of either document each of them is, and
	// againWords how many of the words that agree are rare and no names.
	againLike, againMass = .35, 8
	againPart            = .1
	againWords           = 3

	// stockRarity is the rarity of a run of words under which it is a stock phrase:
	// more than six documents hold it.
	stockRarity = .5
)

// Sum is the sum of all terms.
func (a *Again) Sum() float64 { return a.Story + a.Sentence + a.Telling }

// told reports whether it tells a sentence.
func (a *Again) told() bool { return a.Sum() >= AgainFrom }

// again fills in the sum for a pair with little evidence and, where it tells a sentence, notes
// that as told, unless the text in common has the marks of a form. It is asked only of documents
// whose days are known and few days apart, since without a day it may be the background of
// another year. Cost: linear in the words of both; where they share many, that of the
// rewordings.
func (x *Aligner) again(b *Document, e *Evidence) {
	if x.a.Day == 0 || b.Day == 0 || !x.fewDaysApart(b) {
		return
	}
	x.profile(b)
	x.meetWords()
	together := x.together()
	if together < leastStory {
		return
	}
	s, t, says := x.likestSentences(b)
	if s < 0 {
		return
	}
	a := Again{Story: storyWeight * together, Sentence: says, Telling: tellingWeight * math.Log1p(float64(x.tellingWords(s, t)))}
	if a.told() {
		x.countNumbers(b, x.legible, e)
		x.countNames(b, x.legible, e)
		if e.form() {
			return
		}
		x.tell(s, t)
	}
	e.Again = a
}

// together is the cosine of all words of both documents, weighted by rarity.
func (x *Aligner) together() float64 {
	a, b, both := &x.left.index, &x.right.index, float32(0)
	for _, w := range x.bothHold {
		r := min(a.allOf(w.a)[0].rarity(), b.allOf(w.b)[0].rarity())
		both += r * r
	}
	return float64(both / geometric(max(1, a.square()), max(1, b.square())))
}

// square adds up the squares of the rarities of all words.
func (x *wordIndex) square() (sum float32) {
	for i := range x.stem {
		r := x.all[x.at[i].all].rarity()
		sum += r * r
	}
	return sum
}

// likestSentences are the two sentences that say most in common, and what they say; s is
// below 0 if there are none worth it. Headlines and quotations are left out.
func (x *Aligner) likestSentences(b *Document) (s, t int, most float64) {
	s, t = -1, -1
	x.common = resize(x.common, len(x.left.mass))
	clear(x.common)
	for j := range x.right.mass {
		x.meetSentence(j)
		for _, i := range x.touched {
			mass := x.common[i]
			x.common[i] = 0
			if mass < anchorMass*rarityUnit || !x.mayTell(b, int(i), j) {
				continue
			}
			if says := x.sayInCommon(b, int(i), j); s < 0 || says > most {
				s, t, most = int(i), j, says
			}
		}
	}
	return s, t, most
}

// mayTell reports whether sentence s of the left document and t of b are alike enough to
// say anything, and a good part of both.
func (x *Aligner) mayTell(b *Document, s, t int) bool {
	mass := x.left.common(s, x.right, t)
	return mass >= againMass && mass >= againLike*geometric(x.left.full(s), x.right.full(t)) &&
		share(x.left.words[s], x.da.own) >= againPart && share(x.right.words[t], x.db.own) >= againPart &&
		!x.a.heading(s) && !b.heading(t) && x.tellable(b, s, t) && x.tellingWords(s, t) >= againWords && !x.stock(b, s, t)
}

// sayInCommon is what two such sentences say in common.
func (x *Aligner) sayInCommon(b *Document, s, t int) float64 {
	mass := x.left.common(s, x.right, t)
	names := min(mass, x.nameRun(x.left, x.right, likeness{a: s, b: t}))
	like := (mass - names) / geometric(max(1, x.left.full(s)-names), max(1, x.right.full(t)-names))
	u, v := x.a.Text.Sentences[s], b.Text.Sentences[t]
	p, q := x.a.Text.Stem[u.From:min(u.To, u.From+longSentence)], b.Text.Stem[v.From:min(v.To, v.From+longSentence)]
	m, n := x.left.numbersOf(s), x.right.numbersOf(t)
	apart := min(len(m), len(n)) - shingle.Shared(m, n)
	order := float64(x.inOrder(p, q)) / float64(max(1, min(len(p), len(q))))
	return likeWeight*float64(like) + massWeight*math.Log1p(float64(mass-names)) + orderWeight*order - offWeight*float64(apart)
}

// tellingWords counts the stems that two sentences share and that are rare, but no names.
func (x *Aligner) tellingWords(s, t int) (n int) {
	x.sameStems = sharedStems(x.sameStems[:0], x.left.stemsOf(s), x.right.stemsOf(t))
	for i, e := range x.sameStems {
		if r := e.rarity(); r >= againRarity && r < nameRarity && (i == 0 || e.stem() != x.sameStems[i-1].stem()) {
			n++
		}
	}
	return n
}

// stock reports whether two sentences share a run of words that many other documents hold:
// those say it again, and none of another.
func (x *Aligner) stock(b *Document, s, t int) bool {
	u, v := x.a.Text.Sentences[s], b.Text.Sentences[t]
	return slices.ContainsFunc(x.kept, func(r run) bool {
		return r.A < u.To && u.From < r.A+r.N && r.B < v.To && v.From < r.B+r.N && rarity(x.runDocs(r)) < stockRarity
	})
}
