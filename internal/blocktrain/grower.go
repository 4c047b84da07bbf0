package main

// grower grows one tree, level by level.
type grower struct {
	settings
	features []int
	bin      [][]uint8 // by feature of features and row
	sum      []int64   // gradients by row
	order    []int32   // rows, those of one leaf of the level together
	from     []int     // by leaf, where in order its rows begin, and the end of all
	hist     []int64   // sums of gradients by feature, leaf and bin
	last     []int64   // those of the level before
	spare    []int32
}

// split is the best way found to part a leaf.
type split struct {
	gain    float64
	feature int // index into features
	bin     int
}

func newGrower(s settings, rows, features []int, columns [][]uint8, sums []int64) *grower {
	g := &grower{settings: s, features: features, bin: make([][]uint8, len(features)), from: []int{0, len(rows)}}
	for k, feature := range features {
		g.bin[k] = make([]uint8, len(rows))
		for j, i := range rows {
			g.bin[k][j] = columns[feature][i]
		}
	}
	g.order, g.spare, g.sum = make([]int32, len(rows)), make([]int32, len(rows)), make([]int64, len(rows))
	for j, i := range rows {
		g.order[j], g.sum[j] = int32(j), sums[i]
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
		g.count()
		for k := range g.features {
			for l := range best {
				g.cut(k, g.of(g.hist, k, l), &best[l])
			}
		}
		for l, s := range best {
			node := len(best) - 1 + l
			t.feature[node], t.bin[node] = g.features[s.feature], never
			if s.gain > 0 {
				t.bin[node] = uint8(s.bin)
			}
		}
		g.part(best)
	}
	for l := range t.leaf {
		sum := int64(0)
		for _, j := range g.order[g.from[l]:g.from[l+1]] {
			sum += g.sum[j]
		}
		slope, curve := parts(sum)
		t.leaf[l] = g.rate * slope / (curve + g.l2)
	}
	return t
}

// of returns the sums by bin of feature k in leaf l.
func (g *grower) of(hist []int64, k, l int) []int64 {
	return hist[(k*(len(g.from)-1)+l)*binRoom:][:maxBins]
}

// count sums the gradients of every leaf. Of two leaves that were one it adds up the
// smaller only; the other has the rest of what that one had.
func (g *grower) count() {
	g.last, g.hist = g.hist, make([]int64, len(g.features)*(len(g.from)-1)*binRoom)
	for k := range g.features {
		if len(g.from) == 2 {
			g.add(k, 0)
			continue
		}
		for l := 0; l+1 < len(g.from); l += 2 {
			small, large := l, l+1
			if g.from[l+1]-g.from[l] > g.from[l+2]-g.from[l+1] {
				small, large = large, small
			}
			g.add(k, small)
			to, less := g.of(g.hist, k, large), g.of(g.hist, k, small)
			for b, sum := range g.last[(k*(len(g.from)-1)/2+l/2)*binRoom:][:maxBins] {
				to[b] = sum - less[b]
			}
		}
	}
}

// add sums the gradients of leaf l by the bins of feature k.
func (g *grower) add(k, l int) {
	hist, bin := g.of(g.hist, k, l), g.bin[k]
	for _, j := range g.order[g.from[l]:g.from[l+1]] {
		hist[bin[j]] += g.sum[j]
	}
}

// part parts every leaf as its best split says.
func (g *grower) part(best []split) {
	from := []int{0}
	for l, s := range best {
		rows := g.order[g.from[l]:g.from[l+1]]
		left, right := rows[:0], g.spare[:0]
		for _, j := range rows {
			if s.gain > 0 && g.bin[s.feature][j] >= uint8(s.bin) {
				right = append(right, j)
			} else {
				left = append(left, j)
			}
		}
		copy(rows[len(left):], right)
		from = append(from, g.from[l]+len(left), g.from[l+1])
	}
	g.from = from
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
