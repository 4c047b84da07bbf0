package copies

import (
	"encoding/binary"
	"errors"
	"iter"

	"reprint/internal/spill"
)

// Links say what two nodes of a component have in common. Records of resolver.links are 50
// bytes:
//
//	8   place of the later node
//	8   place of the earlier one
//	1   1: the later one is the edge's b
//	1   the edge's mark
//	32  its numbers, as in an edge
//
// and of resolver.onward the place of the earlier node and that of the later one.
const (
	linkBytes   = 8 + 8 + 1 + 1 + edgeNumbers
	onwardBytes = 16
	edgeNumbers = edgeBytes - edgeHead
	edgeHead    = 24
	halfBytes   = 8 + 8 + 8 + 1 + edgeNumbers // see connect
)

// number gives the nodes their places.
func (r *resolver) number() error {
	place, first, label := uint64(0), uint64(0), uint64(none)
	var rec [placeBytes]byte
	for n, err := range r.nodes.Sorted() {
		if err != nil {
			return err
		}
		if l := binary.BigEndian.Uint64(n); l != label {
			first, label = place, l
		}
		copy(rec[:8], n[24:32])
		binary.BigEndian.PutUint64(rec[8:], first)
		binary.BigEndian.PutUint64(rec[16:], place)
		if err := r.places.Add(rec[:]); err != nil {
			return err
		}
		place++
	}
	return nil
}

// connect makes links of edges whose documents are in the same component. The places of
// their documents are put to them one after the other; what is known in between is sorted
// as b, first place of a's component, place of a, mark, numbers.
func (r *resolver) connect(edges iter.Seq2[edge, error]) error {
	byA, byB := spill.NewSorter(r.spill(), linkedBytes), spill.NewSorter(r.spill(), halfBytes)
	defer closeAll(byA, byB)
	for e, err := range edges {
		if err == nil {
			err = byA.Add(linked(e.a, &e))
		}
		if err != nil {
			return err
		}
	}
	if err := r.placed(byA, func(rec, at []byte) error {
		var half [halfBytes]byte
		copy(half[:], rec[8+16:8+edgeHead]) // b
		copy(half[8:], at[8:24])
		half[24] = rec[8+7] // the mark, of which the rest is 0
		copy(half[25:], rec[8+edgeHead:])
		return byB.Add(half[:])
	}); err != nil {
		return err
	}
	return r.placed(byB, func(rec, at []byte) error {
		if string(rec[8:16]) != string(at[8:16]) {
			return nil // looked alike, but does not join
		}
		a, b := rec[16:24], at[16:24]
		link := make([]byte, 0, linkBytes)
		later := string(b) > string(a)
		if later {
			link = append(append(append(link, b...), a...), 1)
		} else {
			link = append(append(append(link, a...), b...), 0)
		}
		link = append(link, rec[24:]...)
		onward := append(append(make([]byte, 0, onwardBytes), link[8:16]...), link[:8]...)
		return errors.Join(r.links.Add(link), r.onward.Add(onward))
	})
}

// placed calls do for the records that begin with a document that has a place, with what
// is known of it: document, first place of its component, place.
func (r *resolver) placed(recs *spill.Sorter, do func(rec, at []byte) error) error {
	places := follow(r.places.Sorted())
	defer places.stop()
	for rec, err := range recs.Sorted() {
		var at []byte
		if err == nil {
			at, err = places.find(binary.BigEndian.Uint64(rec))
		}
		if err == nil && at != nil {
			err = do(rec, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readLink reads a record of resolver.links.
func readLink(rec []byte) link {
	var e [edgeBytes]byte
	e[7] = rec[17]
	copy(e[edgeHead:], rec[18:])
	return link{from: binary.BigEndian.Uint64(rec[8:]), later: rec[16] == 1, edge: readEdge(e[:])}
}
