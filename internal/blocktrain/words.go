package main

import (
	"math"

	"reprint/internal/blocks"
)

// wordModel is a logistic model of hashed words.
type wordModel struct {
	weight []float64
	bias   float64
}

func (m *wordModel) score(slots []uint32) float32 {
	sum := 0.0
	for _, k := range slots {
		sum += m.weight[k]
	}
	return float32(m.bias + sum/length(slots))
}

// length is what the sum of a block's weights is divided by.
func length(slots []uint32) float64 { return math.Sqrt(float64(max(len(slots), 1))) }

// trainWords fits the weights by AdaGrad (Duchi, Hazan and Singer, 2011), with
// a little decay. It stops early: more rounds learn the hosts by heart.
func trainWords(samples []*sample, o wordSettings) *wordModel {
	n := 1 << blocks.ScoreBits
	m := &wordModel{weight: make([]float64, n)}
	squares, biasSquares := make([]float64, n), 1e-6
	for i := range squares {
		squares[i] = 1e-4
	}
	order := make([]int, len(samples))
	mean := 0.0
	for i, s := range samples {
		order[i] = i
		mean += s.weight / float64(len(samples))
	}
	r := random(1)
	for range o.epochs {
		r.shuffle(order)
		for _, i := range order {
			s := samples[i]
			g := (sigmoid(float64(m.score(s.slots))) - target(s.y)) * s.weight / mean
			biasSquares += float64(g * g)
			m.bias -= o.rate / 3 * g / math.Sqrt(biasSquares)
			each := g / length(s.slots)
			for _, k := range s.slots {
				d := each + float64(o.l2*m.weight[k])
				squares[k] += float64(d * d)
				m.weight[k] -= float64(o.rate * d / math.Sqrt(squares[k]))
			}
		}
	}
	return m
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func target(y bool) float64 {
	if y {
		return 1
	}
	return 0
}

// quantise sets the words' weights of to.
func (m *wordModel) quantise(to *blocks.Model) {
	largest := 1e-9
	for _, w := range m.weight {
		largest = max(largest, math.Abs(w))
	}
	to.Step, to.Bias = float32(largest/math.MaxInt8), float32(m.bias)
	to.Words = make([]int8, len(m.weight))
	for i, w := range m.weight {
		to.Words[i] = int8(math.Round(w / float64(to.Step)))
	}
}

// random is splitmix64 (Steele, Lea and Flood, 2014).
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	return mix(uint64(*r))
}

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// unit returns a number from 0 up to 1.
func (r *random) unit() float64 { return float64(r.next()>>11) / (1 << 53) }

func (r *random) shuffle(x []int) {
	for i := len(x) - 1; i > 0; i-- {
		j := int(r.next() >> 1 % uint64(i+1))
		x[i], x[j] = x[j], x[i]
	}
}
