// Package spill holds what grows with a collection: records that must be
// sorted and records that must be kept, in bounded memory.
//
// A [Sorter] takes small records of one size and gives them back in ascending
// order of their bytes. As long as they fit into its memory it sorts them there.
// Otherwise each full buffer is sorted and written to a temporary file, a run,
// and the runs are merged while they are read. Records are compared whole, so
// two records that compare equal are the same bytes, and the order that comes
// out is the same for any amount of memory.
//
// The caller puts what is sorted by first and in big-endian order. To sort
// pairs of numbers:
//
//	s := spill.NewSorter(spill.Options{}, 16)
//	defer s.Close()
//	rec := make([]byte, 0, 16)
//	for key, value := range pairs {
//		rec = binary.BigEndian.AppendUint64(rec[:0], key)
//		rec = binary.BigEndian.AppendUint64(rec, value)
//		if err := s.Add(rec); err != nil {
//			return err
//		}
//	}
//	for rec, err := range s.Sorted() {
//		if err != nil {
//			return err
//		}
//		fmt.Println(binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:]))
//	}
//
// [Blobs] keeps records of any length and gives them back by number or in the
// order they came; what exceeds its memory goes to a temporary file.
//
// Temporary files begin with "reprint-" and are removed by Close. Everything
// read back from one is checked against a CRC-32C. A full disk, a file that ends
// early and a changed bit are errors of type [*Error].
//
// Nothing here starts a goroutine.
package spill
