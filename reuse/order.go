package reuse

// Two sentences on one event share its names; a sentence and its rewording
// share much of how the words follow each other, too, even if clauses were
// moved. On two judged collections, in German and in English, hardly any
// rewording had less of it than these.
const (
	// leastOrder is the part of the shorter sentence's words that stand in
	// the other in the same order, by their stems; under a likeness of
	// clearLike it is clearOrder.
	leastOrder            = .35
	clearLike, clearOrder = .6, .4

	// leastPairs is how many pairs of neighbours stand side by side in both,
	// with or without the words of every text that stand between them, a number
	// that agrees being one; of a short sentence, half of them.
	leastPairs = 2

	// movedPairs is the part of the shorter one's pairs of neighbours that stand
	// side by side in the other, too, from which clauses only changed places,
	// whatever order that left.
	movedPairs = .4

	// longSentence bounds the work: of longer ones the beginnings are
	// compared.
	longSentence = 120
)

// follow reports whether the words of two sentences follow each other alike.
func (x *Aligner) follow(a, b *Document, l likeness) bool {
	u, v := a.Text.Sentences[l.a], b.Text.Sentences[l.b]
	p := a.Text.Stem[u.From:min(u.To, u.From+longSentence)]
	q := b.Text.Stem[v.From:min(v.To, v.From+longSentence)]
	shorter := min(len(p), len(q))
	order := leastOrder
	if l.g < clearLike {
		order = clearOrder
	}
	side, least := pairs(p, q), min(leastPairs, (shorter-1)/2)-l.agree
	if side < least {
		x.rareStemsA = x.left.rarer(x.rareStemsA[:0], u.From, len(p))
		x.rareStemsB = x.right.rarer(x.rareStemsB[:0], v.From, len(q))
		if pairs(x.rareStemsA, x.rareStemsB) < least {
			return false
		}
	}
	return float64(side) >= movedPairs*float64(max(shorter-1, 1)) || float64(x.inOrder(p, q)) >= order*float64(shorter)
}

// rarer appends the stems of n tokens from the given one on that not nearly every
// text holds.
func (p *profile) rarer(dst []uint32, from, n int) []uint32 {
	for i := from; i < from+n; i++ {
		if p.of(i) >= leastRarity {
			dst = append(dst, p.doc.Text.Stem[i])
		}
	}
	return dst
}

// pairs counts the pairs of neighbours of p that are neighbours in q, each once.
func pairs(p, q []uint32) int {
	var may [4]uint64 // bits by a pair's place: it may be in q
	for i := range len(q) - 1 {
		at := place(q[i], q[i+1])
		may[at>>6&3] |= 1 << (at & 63)
	}
	n := 0
	for i := range len(p) - 1 {
		if at := place(p[i], p[i+1]); may[at>>6&3]>>(at&63)&1 != 0 && neighbours(q, p[i], p[i+1]) {
			n++
		}
	}
	return n
}

// place is a number of eight bits for a pair of stems.
func place(s, t uint32) uint32 { return (s + t*0x9e3779b1) >> 24 }

// neighbours reports whether t follows s somewhere in list.
func neighbours(list []uint32, s, t uint32) bool {
	for i := range len(list) - 1 {
		if list[i] == s && list[i+1] == t {
			return true
		}
	}
	return false
}

// inOrder is the length of the longest common subsequence of p and q.
func (x *Aligner) inOrder(p, q []uint32) int {
	x.row = resize(x.row, len(q)+1)
	clear(x.row)
	for _, s := range p {
		diagonal := int32(0)
		for j, t := range q {
			above := x.row[j+1]
			if s == t {
				x.row[j+1] = diagonal + 1
			} else {
				x.row[j+1] = max(above, x.row[j])
			}
			diagonal = above
		}
	}
	return int(x.row[len(q)])
}
