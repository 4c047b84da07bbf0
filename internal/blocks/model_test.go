package blocks

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"
)

func TestModelFile(t *testing.T) {
	m, err := ReadModel(weights)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m.Append(nil), weights) {
		t.Error("written anew, the shipped weights are others")
	}
	for _, n := range []int{0, 1, fixedSize, fixedSize + 4, len(weights) / 2, len(weights) - 1} {
		if _, err := ReadModel(weights[:n]); !errors.Is(err, errWeights) {
			t.Errorf("cut off at %d: %v", n, err)
		}
	}
	for at := 0; at < len(weights); at += 997 {
		bad := bytes.Clone(weights)
		bad[at] ^= 0x10
		if _, err := ReadModel(bad); !errors.Is(err, errWeights) {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
}

// walk is the plain way through the trees.
func walk(m *Model, row []float32) float32 {
	sum := m.Base
	for tree := range len(m.Leaves) >> m.Depth {
		i := 0
		for i < 1<<m.Depth-1 {
			n := m.Nodes[tree*(1<<m.Depth-1)+i]
			bin := 0
			for _, edge := range m.Edges[n.Feature] {
				if edge <= row[n.Feature] {
					bin++
				}
			}
			if i = 2*i + 1; bin >= int(n.Bin) {
				i++
			}
		}
		sum += int32(m.Leaves[tree<<m.Depth+i-(1<<m.Depth-1)])
	}
	return float32(sum) * m.Scale
}

func TestModelRow(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := Shipped()
	for range 200 {
		row := make([]float32, Features)
		for k := range row {
			row[k] = float32(r.NormFloat64() * 3)
			if e := m.Edges[k]; len(e) > 0 && r.IntN(2) == 0 {
				row[k] = e[r.IntN(len(e))]
			}
		}
		if got, want := m.Row(row), walk(m, row); got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

func FuzzReadModel(f *testing.F) {
	small := &Model{Depth: 1, Edges: make([][]float32, Features), Nodes: []Node{{1, 1}}, Leaves: []int16{1, -1}, Words: make([]int8, 1<<ScoreBits)}
	small.Edges[1] = []float32{.5}
	f.Add(small.Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := ReadModel(b); err == nil {
			m.Row(make([]float32, Features))
		}
	})
}
