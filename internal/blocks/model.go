package blocks

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"sync"
)

// A weights file is little endian:
//
//	magic     4 bytes "RPbm"
//	version   1 byte, 1
//	features  1 byte, the length of a row
//	depth     1 byte, of every tree
//	trees     2 bytes, their number
//	scale     float32, what one unit of base and leaves is in log odds
//	base      int32, the log odds that every block begins with
//	edges     for each feature: 1 byte n, then n float32, ascending
//	nodes     for each tree 2^depth - 1 times: feature, bin (1 byte each)
//	leaves    for each tree 2^depth times: int16
//	step      float32, what one unit of a word's weight is
//	bias      float32, the word score of a block without known words
//	words     2^15 int8, the weight of each slot
//	checksum  CRC-32 (IEEE) of everything before it
//
// A feature's bin is the number of its edges that are not above it. A tree is
// complete: from node i the way goes on at 2i+1 or, if the bin of its feature is
// at least its own, at 2i+2; behind the last node the leaves follow in order.
// A node that parts nothing has bin 255. The file is about 200 KB.
const (
	magic     = "RPbm"
	version   = 1
	maxDepth  = 8
	maxEdges  = 254
	fixedSize = 4 + 1 + 1 + 1 + 2 + 4 + 4
)

//go:embed weights.bin
var weights []byte

// errWeights says that a weights file is damaged or of another version.
var errWeights = errors.New("no weights of this version, or damaged")

// Model holds the trees and the words' weights. It is immutable and safe for
// concurrent use.
type Model struct {
	Base   int32
	Scale  float32
	Edges  [][]float32 // by feature
	Depth  int
	Nodes  []Node  // 2^Depth-1 for each tree
	Leaves []int16 // 2^Depth for each tree
	Step   float32
	Bias   float32
	Words  []int8 // 2^ScoreBits
}

// Node asks whether a feature's bin is at least Bin.
type Node struct{ Feature, Bin uint8 }

// Shipped returns the model that comes with the package.
var Shipped = sync.OnceValue(func() *Model {
	m, err := ReadModel(weights)
	if err != nil {
		panic(err) // embedded; a test reads it
	}
	return m
})

// Append appends the weights file of m to dst.
func (m *Model) Append(dst []byte) []byte {
	le, start := binary.LittleEndian, len(dst)
	dst = append(dst, magic...)
	dst = append(dst, version, uint8(len(m.Edges)), uint8(m.Depth))
	dst = le.AppendUint16(dst, uint16(len(m.Leaves)>>m.Depth))
	dst = le.AppendUint32(dst, math.Float32bits(m.Scale))
	dst = le.AppendUint32(dst, uint32(m.Base))
	for _, edges := range m.Edges {
		dst = append(dst, uint8(len(edges)))
		for _, x := range edges {
			dst = le.AppendUint32(dst, math.Float32bits(x))
		}
	}
	for _, n := range m.Nodes {
		dst = append(dst, n.Feature, n.Bin)
	}
	for _, x := range m.Leaves {
		dst = le.AppendUint16(dst, uint16(x))
	}
	dst = le.AppendUint32(dst, math.Float32bits(m.Step))
	dst = le.AppendUint32(dst, math.Float32bits(m.Bias))
	for _, x := range m.Words {
		dst = append(dst, uint8(x))
	}
	return le.AppendUint32(dst, crc32.ChecksumIEEE(dst[start:]))
}

// ReadModel reads a weights file, whose form is described above.
func ReadModel(b []byte) (*Model, error) {
	le := binary.LittleEndian
	if len(b) < fixedSize+4 || string(b[:4]) != magic || b[4] != version ||
		crc32.ChecksumIEEE(b[:len(b)-4]) != le.Uint32(b[len(b)-4:]) {
		return nil, errWeights
	}
	if int(b[5]) != Features {
		return nil, fmt.Errorf("%w: made for %d features, this version has %d: train it anew", errWeights, b[5], Features)
	}
	m := &Model{Depth: int(b[6]), Scale: math.Float32frombits(le.Uint32(b[9:])), Base: int32(le.Uint32(b[13:]))}
	trees := int(le.Uint16(b[7:]))
	r := cursor{b: b[fixedSize : len(b)-4]}
	for range Features {
		m.Edges = append(m.Edges, r.floats(int(r.take(1)[0])))
	}
	if m.Depth == 0 || m.Depth > maxDepth {
		return nil, fmt.Errorf("%w: depth %d", errWeights, m.Depth)
	}
	nodes := r.take(2 * trees * (1<<m.Depth - 1))
	for i := 0; i < len(nodes); i += 2 {
		m.Nodes = append(m.Nodes, Node{nodes[i], nodes[i+1]})
	}
	leaves := r.take(2 * trees << m.Depth)
	for i := 0; i < len(leaves); i += 2 {
		m.Leaves = append(m.Leaves, int16(le.Uint16(leaves[i:])))
	}
	ends := r.floats(2)
	for _, x := range r.take(1 << ScoreBits) {
		m.Words = append(m.Words, int8(x))
	}
	if r.short || len(r.b) > 0 {
		return nil, errWeights
	}
	m.Step, m.Bias = ends[0], ends[1]
	return m, m.check()
}

// check looks whether every node asks for a feature that there is.
func (m *Model) check() error {
	for _, n := range m.Nodes {
		if int(n.Feature) >= Features {
			return fmt.Errorf("%w: feature %d of %d", errWeights, n.Feature, Features)
		}
	}
	for _, e := range m.Edges {
		if len(e) > maxEdges || !slices.IsSorted(e) {
			return fmt.Errorf("%w: edges out of order", errWeights)
		}
	}
	return nil
}

// cursor reads a file from front to back; what is missing reads as zeros.
type cursor struct {
	b     []byte
	short bool
}

func (r *cursor) take(n int) []byte {
	if n > len(r.b) {
		r.short = true
		return make([]byte, min(n, 1<<16))
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

func (r *cursor) floats(n int) []float32 {
	var list []float32
	b := r.take(4 * n)
	for i := 0; i < len(b); i += 4 {
		list = append(list, math.Float32frombits(binary.LittleEndian.Uint32(b[i:])))
	}
	return list
}

// Bin returns the bin of value x of feature k.
func (m *Model) Bin(k int, x float32) uint8 {
	edges := m.Edges[k]
	lo, hi := 0, len(edges)
	for lo < hi {
		if mid := (lo + hi) / 2; edges[mid] <= x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint8(lo)
}

// bins are the bins of a row of features.
type bins [256]uint8

func (m *Model) bins(to *bins, row []float32) {
	for k, x := range row {
		to[k] = m.Bin(k, x)
	}
}

// together is how many rows go down a tree side by side: each step waits for the
// one before it, but not for those of other rows.
const together = 4

// sums returns the log odds of rows in whole numbers.
func (m *Model) sums(b *[together]bins) (sum [together]int32) {
	for k := range sum {
		sum[k] = m.Base
	}
	inner := 1<<m.Depth - 1
	nodes, leaves := m.Nodes, m.Leaves
	for len(leaves) > 0 {
		tree := nodes[:inner]
		var i0, i1, i2, i3 int
		for range m.Depth {
			i0, i1 = b[0].step(tree, i0), b[1].step(tree, i1)
			i2, i3 = b[2].step(tree, i2), b[3].step(tree, i3)
		}
		sum[0] += int32(leaves[i0-inner])
		sum[1] += int32(leaves[i1-inner])
		sum[2] += int32(leaves[i2-inner])
		sum[3] += int32(leaves[i3-inner])
		nodes, leaves = nodes[inner:], leaves[inner+1:]
	}
	return sum
}

// step returns the child of node i to which a row goes.
func (b *bins) step(tree []Node, i int) int {
	n := tree[i]
	return 2*i + 2 + int((int32(b[n.Feature])-int32(n.Bin))>>31) // without a branch
}

// Row returns the log odds of a row of features.
func (m *Model) Row(row []float32) float32 {
	var b [together]bins
	m.bins(&b[0], row)
	return float32(m.sums(&b)[0]) * m.Scale
}

// words returns the word score of block i.
func (m *Model) words(p *Page, i int) float32 {
	p.slots = p.Slots(p.slots[:0], i)
	sum := int32(0)
	for _, s := range p.slots {
		sum += int32(m.Words[s])
	}
	return m.Bias + float32(float32(sum)*m.Step)/norm(len(p.slots))
}

// Odds returns for every block of the page that was read the log odds that it
// is furniture, valid until the next call.
func (p *Page) Odds(m *Model) []float32 {
	p.Score(m.words)
	n := len(p.blocks)
	p.odds = append(p.odds[:0], make([]float32, n)...)
	for from := 0; from < n; from += together {
		to := min(from+together, n)
		for i := from; i < to; i++ {
			m.bins(&p.bins[i-from], p.Row(i))
		}
		sum := m.sums(&p.bins)
		for i := from; i < to; i++ {
			p.odds[i] = float32(sum[i-from]) * m.Scale
		}
	}
	return p.odds
}
