package main

// grower grows one tree, level by level.
type grower struct {
	settings
	features []int
	bin      [][]uint8 // by feature of features and row
	sum      []int64   // gradients by row
	leaf     []uint8   // by row: where in the level it stands
	hist     []int64   // sums of gradients by leaf and bin
}

// split is the best way found to part a leaf.
type split struct {
	gain    float64
	feature int // index into features
	bin     int
}

func newGrower(s settings, rows, features []int, columns [][]uint8, sums []int64) *grower {
	g := &grower{settings: s, features: features, bin: make([][]uint8, len(features)), hist: make([]int64, binRoom<<s.depth)}
	for k, feature := range features {
		g.bin[k] = make([]uint8, len(rows))
		for j, i := range rows {
			g.bin[k][j] = columns[feature][i]
		}
	}
	g.leaf, g.sum = make([]uint8, len(rows)), make([]int64, len(rows))
	for j, i := range rows {
		g.sum[j] = sums[i]
	}
	return g
}

// binRoom is the power of two above maxBins.
const binRoom = 64

func (g *grower) grow() tree {
	inner := 1<<g.depth - 1
	t := tree{feature: make([]int, inner), bin: make([]uint8, inner), leaf: make([]float64, inner+1)}
	for d := range g.depth {
		best := make([]split, 1<<d)
		for k := range g.features {
			g.part(k, best)
		}
		for l, s := range best {
			node := len(best) - 1 + l
			t.feature[node], t.bin[node] = g.features[s.feature], never
			if s.gain > 0 {
				t.bin[node] = uint8(s.bin)
			}
		}
		for j := range g.leaf {
			s := &best[g.leaf[j]]
			g.leaf[j] *= 2
			if s.gain > 0 && g.bin[s.feature][j] >= uint8(s.bin) {
				g.leaf[j]++
			}
		}
	}
	sums := make([]int64, len(t.leaf))
	for j, l := range g.leaf {
		sums[l] += g.sum[j]
	}
	for l, sum := range sums {
		slope, curve := parts(sum)
		t.leaf[l] = g.rate * slope / (curve + g.l2)
	}
	return t
}

// part looks for a better split of every leaf by feature k.
func (g *grower) part(k int, best []split) {
	hist := g.hist[:binRoom*len(best)]
	clear(hist)
	bin := g.bin[k]
	for j, sum := range g.sum {
		hist[int(g.leaf[j])*binRoom+int(bin[j])] += sum
	}
	for l := range best {
		g.cut(k, hist[l*binRoom:][:maxBins], &best[l])
	}
}

// cut looks for a better split of one leaf, whose sums by bin are given.
func (g *grower) cut(k int, hist []int64, best *split) {
	all := int64(0)
	for _, sum := range hist {
		all += sum
	}
	_, curve := parts(all)
	whole, low := g.worth(all), int64(0)
	for b := 1; b < len(hist); b++ {
		if hist[b-1] == 0 {
			continue
		}
		low += hist[b-1]
		if _, c := parts(low); c < g.least || curve-c < g.least {
			continue
		}
		if gain := g.worth(low) + g.worth(all-low) - whole; gain > best.gain+1e-9 {
			*best = split{gain, k, b}
		}
	}
}

// worth is how much loss a leaf of this sum saves.
func (g *grower) worth(sum int64) float64 {
	slope, curve := parts(sum)
	return slope * slope / (curve + g.l2)
}
