package lsh

import (
	"encoding/binary"

	"reprint/internal/spill"
)

// group is the postings of one key, one entry a document. How many documents there
// are is known only at the end, and belongs into every pair, so entries wait until
// then. When they are too many for memory they wait in a file, in chunks.
type group struct {
	key     uint64
	docs    uint64
	mark    uint16
	entries []entry
	chunks  *spill.Blobs // nil as long as entries is enough

	near  int
	size  int // of entries before they are written as a chunk
	spill spill.Options
	pairs *spill.Sorter
	last  []entry  // up to near entries before those being paired
	bytes []byte   // scratch
	made  []uint64 // pairs that wait to be given to the sort together
}

type entry struct {
	doc uint64
	pos uint32
}

// An entry in a chunk is 12 bytes, big-endian: 8 document, 4 position.
const entryBytes = 12

// addAll takes the next postings, by key.
func (g *group) addAll(list []uint64) error {
	for ; len(list) > 0; list = list[recordNumbers:] {
		p := posting(list)
		if p.Key != g.key {
			if err := g.flush(); err != nil {
				return err
			}
			g.key = p.Key
		}
		if err := g.add(p); err != nil {
			return err
		}
	}
	return nil
}

// add takes the next posting of the key. A document's first posting counts.
func (g *group) add(p Posting) error {
	g.mark |= p.Mark
	n := len(g.entries)
	if n > 0 && g.entries[n-1].doc == p.Doc {
		return nil
	}
	g.docs++
	if n == g.size {
		if err := g.writeChunk(); err != nil {
			return err
		}
	}
	g.entries = append(g.entries, entry{p.Doc, p.Pos})
	return nil
}

// writeChunk empties entries to the file.
func (g *group) writeChunk() error {
	if g.chunks == nil {
		g.chunks = spill.NewBlobs(spill.Options{Dir: g.spill.Dir, Memory: 1})
	}
	g.bytes = g.bytes[:0]
	for _, e := range g.entries {
		g.bytes = binary.BigEndian.AppendUint64(g.bytes, e.doc)
		g.bytes = binary.BigEndian.AppendUint32(g.bytes, e.pos)
	}
	g.entries = g.entries[:0]
	_, err := g.chunks.Append(g.bytes)
	return err
}

// flush writes the pairs of the key and empties the group.
func (g *group) flush() error {
	defer g.reset()
	if g.docs < 2 {
		return nil
	}
	if g.chunks == nil {
		return g.pair(g.entries)
	}
	if err := g.writeChunk(); err != nil {
		return err
	}
	for chunk, err := range g.chunks.All() {
		if err != nil {
			return err
		}
		g.entries = g.entries[:0]
		for ; len(chunk) > 0; chunk = chunk[entryBytes:] {
			g.entries = append(g.entries, entry{binary.BigEndian.Uint64(chunk), binary.BigEndian.Uint32(chunk[8:])})
		}
		if err := g.pair(g.entries); err != nil {
			return err
		}
	}
	return g.close()
}

func (g *group) reset() {
	g.docs, g.mark, g.entries, g.last = 0, 0, g.entries[:0], g.last[:0]
}

// close removes the file, if there is one.
func (g *group) close() error {
	chunks := g.chunks
	g.chunks = nil
	if chunks == nil {
		return nil
	}
	return chunks.Close()
}

// pair writes the pairs of each of the entries with the near ones before it, among
// them those of the chunk before.
func (g *group) pair(entries []entry) error {
	for i, e := range entries {
		for _, before := range g.last[min(max(len(g.last)-g.near+i, 0), len(g.last)):] {
			if err := g.emit(before, e); err != nil {
				return err
			}
		}
		for _, before := range entries[max(i-g.near, 0):i] {
			if err := g.emit(before, e); err != nil {
				return err
			}
		}
	}
	if g.chunks != nil {
		g.last = append(g.last, entries...)
		g.last = append(g.last[:0], g.last[max(len(g.last)-g.near, 0):]...)
	}
	return nil
}

// emit writes one pair, unless a document was given two times and meets itself.
func (g *group) emit(a, b entry) error {
	if a.doc == b.doc {
		return nil
	}
	if a.doc > b.doc {
		a, b = b, a
	}
	g.made = Pair{a.doc, b.doc, a.pos, b.pos, clamp(g.docs), g.mark}.append(g.made)
	if len(g.made) < together*recordNumbers {
		return nil
	}
	return g.hand()
}

// hand gives the pairs that wait to the sort.
func (g *group) hand() error {
	err := g.pairs.AddNumbers(g.made)
	g.made = g.made[:0]
	return err
}
