package reuse

import (
	"math"
	"slices"

	"reprint/shingle"
)

// Whether two sentences say the same is a matter of degree, and no single figure tells
// it: long sentences on one event are half alike by its names, and short ones that say the
// same have three words in common. So what speaks for it is added up, as the logarithm of
// the odds, with weights that were fitted on pairs of sentences that people read (logistic
// regression; bench/sentences has the pairs, the program and what it says of sets that
// were left out). Contradicting numbers are looked at before (otherNumbers).
const (
	// oddsG is the weight of the logarithm of the likeness, and oddsMass that of the mass
	// in common. oddsOwn is that of the mass in common if each stem counts by its rarity over
	// the mean number of sentences of either document that hold it: what both are about
	// all the way, which stands in oddsMass, too, says little of two sentences.
	oddsG    = 2.88
	oddsMass = -2.52
	oddsOwn  = 1.38
	leastOwn = .3 // is added to that mass

	// oddsOrder is the weight of the part of the words of both that agree in order,
	// oddsLonger and oddsShorter those of the logarithms of the words of the longer and of the
	// shorter one: in long ones less of it is chance.
	oddsOrder   = 7.61
	oddsLonger  = 1.55
	oddsShorter = .41

	// oddsSmall is the weight of the part that both hold of the words with a small letter,
	// of the one that has less of them: verbs, adjectives, what joins the names.
	oddsSmall = 1.12

	// oddsNames is the weight of the mass of the longest run of names that both hold: a name
	// with all its offices is whom they speak of, and nothing that they say.
	oddsNames = -.09

	// saidLike is how like two sentences are without such a run, at least.
	saidLike = .25

	// oddsBeside is what a passage adds that stands at most besideSentences before or
	// after both: what was taken over stands together.
	oddsBeside = .66

	// oddsDays is what two sentences lose in articles that are more than fewDays apart: what
	// these have in common is the background, which others tell, too.
	oddsDays = -.69

	// oddsWeekday is what they lose if both name weekdays and none is the same, and
	// oddsQuotes if most of either is quoted: what somebody said is repeated as it was said,
	// and what is only like it was said at another time.
	oddsWeekday = -1.44
	oddsQuotes  = -1.36

	// oddsFew is what they lose that share less than anchorMass of anchors: hardly any such
	// was among the pairs that people read, and of those that the sum would take without it
	// every fourth is wrong.
	oddsFew = -1

	// oddsNone is what every sum begins with, oddsFrom that from which two sentences may be a
	// passage, if what is to be shown of them is sure enough (shown.go), and oddsSure that from
	// which they say the same: it stands for four in five, and most are surer than that.
	oddsNone = -1.87
	oddsFrom = .5
	oddsSure = 1.35
)

// weighOdds adds up the odds of l, what stands beside it left out, and reports whether they
// may suffice: what is dear is found last, and only if all else may be enough. Beside a name
// with all its offices both sentences hold something that is alike, and what is longer than
// longSentence, as a transcript without marks is, is no sentence.
func (x *Aligner) weighOdds(a, b *profile, l *likeness) bool {
	const least = oddsFrom - oddsBeside
	u, v := a.doc.Text.Sentences[l.a], b.doc.Text.Sentences[l.b]
	p, q := a.doc.Text.Stem[u.From:u.To], b.doc.Text.Stem[v.From:v.To]
	if max(len(p), len(q)) > longSentence {
		return false
	}
	order := oddsOrder * 2 / float32(len(p)+len(q)) // of each word that agrees
	most := l.stems + min(len(p)-len(a.stemsOf(l.a)), len(q)-len(b.stemsOf(l.b)))
	most = min(len(p), len(q), max(most, l.stems))
	l.odds = oddsNone + oddsG*logOf(l.g) + oddsMass*logOf(l.mass) + ofLengths(len(p), len(q)) + x.discount(b.doc)
	if l.few {
		l.odds += oddsFew
	}
	if l.odds+oddsOwn*logOf(leastOwn+l.mass)+oddsSmall+order*float32(most) < least {
		return false
	}
	own, small := a.ownCommon(b, l)
	l.odds += oddsOwn*logOf(leastOwn+own) + order*float32(x.inOrder(p, q))
	if l.odds+oddsSmall < least {
		return false
	}
	if l.odds += oddsSmall*small + x.otherwise(a.doc, b.doc, u, v); l.odds < least {
		return false
	}
	names := min(l.mass, x.nameRun(a, b, *l))
	l.odds += oddsNames * names
	return l.odds >= least && (names == 0 || l.mass-names >= saidLike*geometric(max(1, a.full(l.a)-names), max(1, b.full(l.b)-names)))
}

// ofLengths is what the numbers of words of two sentences add.
func ofLengths(p, q int) float32 {
	deep := logs()
	return oddsLonger*float32(deep.of(max(p, q)-1)) + oddsShorter*float32(deep.of(min(p, q)-1))
}

// discount is what articles lose by the days between them.
func (x *Aligner) discount(b *Document) float32 {
	if x.fewDaysApart(b) {
		return 0
	}
	return oddsDays
}

// otherwise is what two sentences lose by other weekdays and by being quotations.
func (x *Aligner) otherwise(a, b *Document, u, v shingle.Unit) (odds float32) {
	if days := a.weekdays(u.From, u.To); days != 0 {
		if daysB := b.weekdays(v.From, v.To); daysB != 0 && days&daysB == 0 {
			odds += oddsWeekday
		}
	}
	if mostly(x.da.quoted[u.From:u.To]) && mostly(x.db.quoted[v.From:v.To]) {
		odds += oddsQuotes
	}
	return odds
}

// mostly reports whether more than half of some tokens are marked.
func mostly(marks []bool) bool {
	n := 0
	for _, m := range marks {
		if m {
			n++
		}
	}
	return 2*n > len(marks)
}

// logOf is the natural logarithm.
func logOf(v float32) float32 { return float32(math.Log(float64(v))) }

// ownCommon is the mass of the stems and of the numbers that both sentences of l hold, each
// by the mean number of sentences of either document that hold it. small is the part of the
// mass of words with a small letter that both hold, of the one that has less of it.
func (a *profile) ownCommon(b *profile, l *likeness) (mass, small float32) {
	p, q, i, j := a.stemsOf(l.a), b.stemsOf(l.b), a.from[l.a], b.from[l.b]
	for len(p) > 0 && len(q) > 0 {
		e, f := p[0], q[0]
		s, t := e.stem(), f.stem()
		if s == t {
			r := min(e&0xff, f&0xff).rarity()
			mass += r / geometric(float32(a.spread[i]), float32(b.spread[j]))
			if e&f&smallLetter != 0 {
				small += r
			}
		}
		if s <= t {
			p, i = p[1:], i+1
		}
		if t <= s {
			q, j = q[1:], j+1
		}
	}
	small /= max(1, min(a.small[l.a], b.small[l.b]))
	if l.agree == 0 {
		return mass, small
	}
	numbers, last := b.numbersOf(l.b), uint64(0)
	for _, n := range a.numbersOf(l.a) {
		if _, found := slices.BinarySearch(numbers, n); found && n != last {
			mass += numberMass / a.index.among(&b.index, uint32(n>>32))
		}
		last = n
	}
	return mass, small
}

// among is the mean number of sentences of two documents that hold a stem.
func (x *wordIndex) among(y *wordIndex, stem uint32) float32 {
	return geometric(float32(x.sentences(stem)), float32(y.sentences(stem)))
}

// saidSame reports whether the sentences of l may be a passage, by their odds and what stands
// beside them. Headlines name what everybody names: they have to be nearly the same.
func (x *Aligner) saidSame(b *Document, l likeness, blocks []block) bool {
	if x.a.heading(l.a) || b.heading(l.b) {
		return l.g >= closeFrom
	}
	return l.odds >= oddsFrom || x.besideBlock(b, l, blocks)
}

// besideBlock reports whether a block stands soon before both sentences of l, or soon after
// both.
func (x *Aligner) besideBlock(b *Document, l likeness, blocks []block) bool {
	u, v := x.a.Text.Sentences[l.a], b.Text.Sentences[l.b]
	fromA, toA := x.a.nearby(l.a)
	fromB, toB := b.nearby(l.b)
	x.inside, x.insideB = inside(x.inside[:0], x.ownA[fromA:u.From]), inside(x.insideB[:0], x.ownB[fromB:v.From])
	if x.inBoth(func(i int32) bool { return blocks[i-1].AEnd <= u.From && blocks[i-1].BEnd <= v.From }) {
		return true
	}
	x.inside, x.insideB = inside(x.inside[:0], x.ownA[u.To:toA]), inside(x.insideB[:0], x.ownB[v.To:toB])
	return x.inBoth(func(i int32) bool { return blocks[i-1].A >= u.To && blocks[i-1].B >= v.To })
}

// inBoth reports whether x.inside and x.insideB share a block of that kind.
func (x *Aligner) inBoth(ok func(i int32) bool) bool {
	return slices.ContainsFunc(x.inside, func(i int32) bool {
		_, found := slices.BinarySearch(x.insideB, i)
		return found && ok(i)
	})
}

// nearby returns where the sentences begin and end that are beside sentence s.
func (d *Document) nearby(s int) (from, to int) {
	all := d.Text.Sentences
	return all[max(0, s-besideSentences)].From, all[min(len(all)-1, s+besideSentences)].To
}
