package copies

import (
	"encoding/binary"
	"errors"

	"reprint/internal/spill"
)

// A group is written in three sorts: its documents by survivor and rank, from which
// follow its size and its number, then by document.
//
//	grouped  survivor, rank, document, units held, units, shingles in common, of
//	         both, kind, exact
const groupedBytes = 8 + 8 + 8 + 6*4

// write says of every document in a group what becomes of it.
func (r *resolver) write() (clusters int64, err error) {
	grouped := spill.NewSorter(r.w.spill(8), groupedBytes)
	byDoc := spill.NewSorter(r.w.spill(8), verdictBytes)
	defer closeAll(grouped, byDoc)
	if err := r.members(grouped); err != nil {
		return 0, err
	}
	n := note{Beside: r.beside}
	if err := numbered(grouped, byDoc, &n); err != nil {
		return 0, err
	}
	out, err := r.w.create("components", "comp")
	if err != nil {
		return 0, err
	}
	if err := writeSorted(out, 0, verdictBytes, byDoc.Sorted()); err != nil {
		return 0, errors.Join(err, out.Abort())
	}
	return n.Clusters, r.w.finish(out, n)
}

// members sorts the documents of all groups by their survivors.
func (r *resolver) members(grouped *spill.Sorter) error {
	settled := follow(r.settled.Sorted())
	defer settled.stop()
	of, face := uint64(none), uint64(0)
	for f, err := range r.faces.Sorted() {
		if err != nil {
			return err
		}
		if doc := binary.BigEndian.Uint64(f); doc != of {
			of, face = doc, binary.BigEndian.Uint64(f[16:])
		}
		s, err := settled.find(of)
		if err != nil {
			return err
		}
		rec := make([]byte, 0, groupedBytes)
		if s != nil {
			rec = append(rec, s[16:24]...)
			rec = append(rec, f[8:24]...)
			rec = append(rec, s[24:44]...)
			rec = binary.BigEndian.AppendUint32(rec, 0)
		} else {
			rec = binary.BigEndian.AppendUint64(rec, face)
			rec = append(rec, f[8:24]...)
			rec = append(rec, make([]byte, 20)...)
			rec = binary.BigEndian.AppendUint32(rec, 1)
		}
		if err := grouped.Add(rec); err != nil {
			return err
		}
	}
	return nil
}

// numbered gives every group of two documents and more its number and size, and its
// documents their rank.
func numbered(grouped, byDoc *spill.Sorter, n *note) error {
	ahead := follow(grouped.Sorted())
	defer ahead.stop()
	kept, best, size, rank := uint64(none), uint64(0), uint32(0), uint32(0)
	for rec, err := range grouped.Sorted() {
		if err != nil {
			return err
		}
		if k := binary.BigEndian.Uint64(rec); k != kept {
			if size, best, err = count(ahead, k); err != nil {
				return err
			}
			kept, rank = k, 0
			if size > 1 {
				n.Clusters++
				n.Drops += int64(size) - 1
			}
		}
		rank++
		if size < 2 {
			continue
		}
		u := binary.BigEndian
		v := verdict{
			doc: u.Uint64(rec[16:]), kept: kept, cluster: uint64(n.Clusters), size: size, rank: rank,
			held: u.Uint32(rec[24:]), units: u.Uint32(rec[28:]), inter: u.Uint32(rec[32:]), union: u.Uint32(rec[36:]), kind: u.Uint32(rec[40:]), exact: u.Uint32(rec[44:]),
		}
		if best == u.Uint64(rec[8:]) {
			v.tied = 1
		}
		if err := byDoc.Add(v.append(nil)); err != nil {
			return err
		}
	}
	return nil
}

// count returns how many documents the group of a survivor has, and the survivor's rank by
// the policy, and goes past the group.
func count(f *follower, survivor uint64) (size uint32, rank uint64, err error) {
	err = f.each(survivor, func(rec []byte) error {
		size++
		if binary.BigEndian.Uint64(rec[16:]) == survivor {
			rank = binary.BigEndian.Uint64(rec[8:])
		}
		return nil
	})
	return size, rank, err
}
