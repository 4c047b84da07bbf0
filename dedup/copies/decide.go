package copies

// maxRounds bounds how often the documents of a component ask for further
// comparisons. A document that is not settled then stays.
const maxRounds = 12

// maxAsked bounds the comparisons that a document may ask for in one round.
const maxAsked = 3

// node stands for the documents with one text: the one that the policy prefers, its
// face, speaks for them. Its place is its number among all nodes: component by component,
// in the policy's order.
//
// The nodes of a component are settled in their order: the first one stays; each of the
// others goes if one that stays holds its text. Of those that stay a node is compared with
// the first one and with those for which its neighbours went, which takes one comparison
// for a node and one for an edge however large the component is, and finds the copies of
// both versions where a component holds a short and a long one. All that a node has to know
// of the others is what its neighbours before it tell.
type node struct {
	other
	face  uint64
	links []link // to neighbours before it, by their places
	heard []news // from them, in the same order

	state state
	kept  news    // of the one that stays for it
	by    link    // why it goes
	want  []other // with which it asks to be compared
}

// other is a node as others know it.
type other struct {
	place uint64
	doc   uint64 // the first of its documents, by which edges know them
}

type state uint8

const (
	unsettled state = iota
	stays
	goes
	wants // no state: what an unsettled node asks for
)

// link is an edge as the later one of its nodes sees it.
type link struct {
	from  uint64 // place of the earlier one
	later bool   // the later one is the edge's b
	edge
}

// news is what a node tells a neighbour behind it.
type news struct {
	from  uint64 // place
	state state
	other        // itself if it stays, for which it goes, or what it wants
	face  uint64 // of that one, if it stays
}

// look settles a node that is not the first of its component as far as its links and what
// it heard tell: its state and what it wants. If waits says so, one of its neighbours is open.
func (x *node) look(m *Method, joins func(*edge) bool, first *news) (waits bool) {
	x.state, x.want = unsettled, x.want[:0]
	x.ask(first.other)
	at := 0
	for i := range x.links {
		l := &x.links[i]
		if l.from == first.from {
			if x.goesFor(m, joins, first, l) {
				return false
			}
			continue
		}
		for at < len(x.heard) && x.heard[at].from < l.from {
			at++
		}
		for j := at; j < len(x.heard) && x.heard[j].from == l.from; j++ {
			switch h := &x.heard[j]; h.state {
			case stays:
				if x.goesFor(m, joins, h, l) {
					return false
				}
			case unsettled:
				waits = true
			default:
				x.ask(h.other)
			}
		}
	}
	return waits
}

// beside counts the links by which a node that stays is joined to others that do.
func (x *node) beside(joins func(*edge) bool, first *news) (n int64) {
	at := 0
	for i := range x.links {
		l := &x.links[i]
		for at < len(x.heard) && x.heard[at].from < l.from {
			at++
		}
		stay := l.from == first.from || at < len(x.heard) && x.heard[at].from == l.from && x.heard[at].state == stays
		if stay && joins(&l.edge) {
			n++
		}
	}
	return n
}

// goesFor settles a node that goes for one that stays, if the link between them says that it
// does.
func (x *node) goesFor(m *Method, joins func(*edge) bool, kept *news, by *link) bool {
	if !joins(&by.edge) || !m.holds(&by.edge, by.later) {
		return false
	}
	x.state, x.kept, x.by, x.want = goes, *kept, *by, x.want[:0]
	return true
}

// ask asks for a comparison, if it is not known and not too many are asked for.
func (x *node) ask(with other) {
	if len(x.want) == maxAsked {
		return
	}
	for i := range x.want {
		if x.want[i] == with {
			return
		}
	}
	if !x.knows(with.place) {
		x.want = append(x.want, with)
	}
}

// knows reports whether a node before this one was compared with it.
func (x *node) knows(place uint64) bool {
	for lo, hi := 0, len(x.links); lo < hi; {
		mid := int(uint(lo+hi) / 2)
		switch from := x.links[mid].from; {
		case from == place:
			return true
		case from < place:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return false
}
