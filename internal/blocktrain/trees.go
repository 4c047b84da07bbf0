package main

import (
	"math"
	"slices"

	"reprint/internal/blocks"
)

// never is the bin of a node that parts nothing.
const never = 255

// forest is a sum of trees, grown one after the other on what those before
// left over (Friedman, 2001), each on random rows and features.
type forest struct {
	settings
	edge  [][]float32 // by feature, ascending
	base  float64
	grown []tree
}

// tree is complete: the children of node i are 2i+1 and, if its feature's bin
// is at least bin, 2i+2.
type tree struct {
	feature []int
	bin     []uint8
	leaf    []float64
}

// edges returns where a feature's values are parted: between all of few, else
// at quantiles.
func edges(column []float32) (list []float32) {
	slices.Sort(column)
	distinct := slices.Compact(slices.Clone(column))
	if len(distinct) <= maxBins {
		for i := 1; i < len(distinct); i++ {
			list = append(list, (distinct[i-1]+distinct[i])/2)
		}
		return list
	}
	for q := 1; q < maxBins; q++ {
		x := column[len(column)*q/maxBins]
		if x > column[0] && (len(list) == 0 || x > list[len(list)-1]) {
			list = append(list, x)
		}
	}
	return list
}

// grow adds trees that are fitted to samples, whose mean with those of other calls is
// the forest's answer.
func (f *forest) grow(samples []*sample, r random) {
	columns := f.columns(samples)
	total, furniture := 0.0, 0.0
	for _, s := range samples {
		total += s.weight
		furniture += float64(s.weight * target(s.y))
	}
	f.base = math.Log(furniture / (total - furniture))
	odds := make([]float64, len(samples))
	for i := range odds {
		odds[i] = f.base
	}
	sums := make([]int64, len(samples))
	order := make([]int, len(columns))
	for k := range order {
		order[k] = k
	}
	for range f.trees {
		for i, one := range samples {
			sums[i] = gradient(one, odds[i], one.weight*float64(len(samples))/total)
		}
		var rows []int
		for i := range samples {
			if r.unit() < f.rows {
				rows = append(rows, i)
			}
		}
		r.shuffle(order)
		features := slices.Clone(order[:max(1, int(float64(len(order))*f.cols))])
		slices.Sort(features)
		g := newGrower(f.settings, rows, features, columns, sums)
		f.grown = append(f.grown, g.grow())
		t := &f.grown[len(f.grown)-1]
		for i := range samples {
			odds[i] += t.value(columns, i)
		}
	}
}

// columns returns the bins by feature and sample, and sets the edges if there are none.
func (f *forest) columns(samples []*sample) [][]uint8 {
	columns := make([][]uint8, blocks.Features)
	values := make([]float32, len(samples))
	m := blocks.Model{Edges: f.edge}
	for k := range columns {
		if len(f.edge) == 0 {
			for i, s := range samples {
				values[i] = s.row[k]
			}
			m.Edges = append(m.Edges, edges(values))
		}
		columns[k] = make([]uint8, len(samples))
		for i, s := range samples {
			columns[k][i] = m.Bin(k, s.row[k])
		}
	}
	f.edge = m.Edges
	return columns
}

func (t *tree) value(columns [][]uint8, i int) float64 {
	at := 0
	for at < len(t.feature) {
		right := columns[t.feature[at]][i] >= t.bin[at]
		at = 2*at + 1
		if right {
			at++
		}
	}
	return t.leaf[at-len(t.feature)]
}

// gradient returns the slope and the curvature of a sample's loss, both whole
// numbers, in the upper and the lower half: sums of them are exact, whatever
// the order.
func gradient(s *sample, odds, weight float64) int64 {
	p := sigmoid(odds)
	slope := int64(math.Round(weight * (target(s.y) - p) * unit))
	return slope<<32 + int64(math.Round(weight*p*(1-p)*unit))
}

// parts returns slope and curvature of a sum.
func parts(sum int64) (slope, curve float64) {
	low := int64(int32(sum))
	return float64((sum-low)>>32) / unit, float64(low) / unit
}

// model returns the forest with whole numbers for weights, and w's words.
func (f *forest) model(w *wordModel) *blocks.Model {
	m := &blocks.Model{Depth: f.depth, Edges: make([][]float32, len(f.edge))}
	renamed := f.used(m)
	largest := 1e-9
	for _, t := range f.grown {
		for _, x := range t.leaf {
			largest = max(largest, math.Abs(x))
		}
	}
	largest /= float64(f.bags)
	m.Scale = float32(largest / math.MaxInt16)
	m.Base = int32(math.Round(f.base / float64(m.Scale)))
	for _, t := range f.grown {
		for i, k := range t.feature {
			m.Nodes = append(m.Nodes, blocks.Node{Feature: uint8(k), Bin: renamed[k][t.bin[i]]})
		}
		for _, x := range t.leaf {
			m.Leaves = append(m.Leaves, int16(math.Round(x/float64(f.bags)/float64(m.Scale))))
		}
	}
	w.quantise(m)
	return m
}

// used sets the edges of m, those that some node asks for, and returns the new
// numbers of bins by feature and old number.
func (f *forest) used(m *blocks.Model) [][256]uint8 {
	asked := make([][256]bool, len(f.edge))
	for _, t := range f.grown {
		for i, k := range t.feature {
			asked[k][t.bin[i]] = true
		}
	}
	renamed := make([][256]uint8, len(f.edge))
	for k, list := range f.edge {
		renamed[k][never] = never
		for b, x := range list {
			if asked[k][b+1] {
				m.Edges[k] = append(m.Edges[k], x)
				renamed[k][b+1] = uint8(len(m.Edges[k]))
			}
		}
	}
	return renamed
}
