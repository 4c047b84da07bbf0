package copies

import (
	"cmp"
	"slices"
)

// maxRounds bounds how often the documents of a component ask for further
// comparisons. A document that is not settled then stays.
const maxRounds = 12

// maxAsked bounds the comparisons that a document may ask for in one round.
const maxAsked = 3

// node stands for the documents with one text: the one that the policy prefers, its
// face, speaks for them.
type node struct {
	doc  uint64 // the first of them, by which edges know them
	face uint64
	rank uint64 // of the face

	edges []link // by place of the other node
	state state
	kept  int  // place of the node that stays for it
	by    edge // why it goes
}

type state uint8

const (
	unsettled state = iota
	stays
	goes
)

// link is an edge as one of its nodes sees it.
type link struct {
	to int // place of the other node
	edge
}

// decider settles the nodes of one component: the one that the policy prefers stays;
// the others, in the policy's order, each go if one that stays holds their text. Of
// those that stay a node is compared with the preferred one and with those for which
// its neighbours went, which takes one comparison for a node and one for an edge
// however large the component is, and finds the copies of both versions where a
// component holds a short and a long one.
type decider struct {
	m     *Method
	joins func(*edge) bool
	nodes []node // in the policy's order
}

// begin takes the nodes and edges of a component.
func (x *decider) begin(nodes []node, edges []edge) {
	slices.SortFunc(nodes, func(a, b node) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.face, b.face))
	})
	x.nodes = nodes
	at := make(map[uint64]int, len(nodes))
	for i := range nodes {
		at[nodes[i].doc] = i
	}
	for _, e := range edges {
		i, okA := at[e.a]
		j, okB := at[e.b]
		if !okA || !okB {
			continue // looked alike, but does not join
		}
		nodes[i].edges = append(nodes[i].edges, link{j, e})
		nodes[j].edges = append(nodes[j].edges, link{i, e})
	}
	for i := range nodes {
		slices.SortFunc(nodes[i].edges, func(a, b link) int { return a.to - b.to })
	}
}

// settle decides as far as the edges tell, and returns the comparisons that are
// wanted: none, if every node is settled. In the last round what is not settled
// stays.
func (x *decider) settle(last bool) [][2]uint64 {
	var asked [][2]uint64
	wanted := make([][]int, len(x.nodes)) // nodes that each open node asks to be compared with
	for i := range x.nodes {
		n := &x.nodes[i]
		if i == 0 {
			n.state = stays
			continue
		}
		want, waits := x.look(i, wanted)
		switch {
		case n.state == goes:
		case len(want) == 0 && !waits || last:
			n.state = stays
		default:
			wanted[i] = want
			for _, j := range want {
				a, b := n.doc, x.nodes[j].doc
				asked = append(asked, [2]uint64{min(a, b), max(a, b)})
			}
		}
	}
	return asked
}

// look lets node i go if one that stays is known to hold it. If not, it returns the
// nodes with which it should be compared, and whether a neighbour before it is open.
func (x *decider) look(i int, wanted [][]int) (want []int, waits bool) {
	n := &x.nodes[i]
	ask := func(j int) {
		if _, known := x.link(i, j); !known && len(want) < maxAsked && !slices.Contains(want, j) {
			want = append(want, j)
		}
	}
	ask(0)
	for _, l := range n.edges {
		if l.to > i {
			break
		}
		switch other := &x.nodes[l.to]; other.state {
		case stays:
			if x.joins(&l.edge) && x.m.holds(&l.edge, l.b == n.doc) {
				n.state, n.kept, n.by = goes, l.to, l.edge
				return nil, false
			}
		case goes:
			ask(other.kept)
		case unsettled:
			waits = true
			for _, j := range wanted[l.to] {
				ask(j)
			}
		}
	}
	return want, waits
}

// link returns the edge between two nodes.
func (x *decider) link(i, j int) (*edge, bool) {
	edges := x.nodes[i].edges
	k, found := slices.BinarySearchFunc(edges, j, func(l link, j int) int { return l.to - j })
	if !found {
		return nil, false
	}
	return &edges[k].edge, true
}
