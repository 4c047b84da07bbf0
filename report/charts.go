package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"reprint/internal/figures"
)

// The charts are drawn by the template as SVG or tables; here their figures
// are put into shape.

// bar is one bar of a histogram.
type bar struct {
	X, Y, W, H float64 // in a box of 100 by 100
	Label      string
	Count      int
}

// shareBars is the histogram of the matches of reuse by share.
func shareBars(shares [20]int) []bar {
	most := slices.Max(shares[:])
	if most == 0 {
		return nil
	}
	var bars []bar
	for i, n := range shares {
		h := tall(n, most)
		bars = append(bars, bar{X: float64(i) * 5, Y: 100 - h, W: 4.2, H: h, Count: n, Label: fmt.Sprintf("%d–%d %%: %s", i*5, i*5+5, figures.Count(n, "pair"))})
	}
	return bars
}

// tall is the height of a bar; what is there can be seen.
func tall(n, most int) float64 {
	if n == 0 {
		return 0
	}
	return max(1.5, math.Round(float64(n)/float64(most)*1000)/10)
}

// maxColumns of a timeline.
const maxColumns = 62

// timeline counts documents by day, week, month or year.
type timeline struct {
	All, Reused []bar
	From, To    string
	Step        string
	Most        int
	Outside     int // documents of days that are not drawn
}

// newTimeline takes the finest step that gives no more than maxColumns.
func newTimeline(days map[int][2]int) timeline {
	if len(days) < 2 {
		return timeline{}
	}
	var list []int
	for d := range days {
		list = append(list, d)
	}
	slices.Sort(list)
	list, outside := crowded(list, days)
	first, last := list[0], list[len(list)-1]
	for _, step := range steps {
		if from, n := step.column(first), 0; step.column(last)-from < maxColumns || step.name == "decade" {
			n = min(step.column(last)-from+1, maxColumns)
			columns := make([][2]int, n)
			for _, d := range list {
				i := min(step.column(d)-from, n-1)
				columns[i][0] += days[d][0]
				columns[i][1] += days[d][1]
			}
			return timeline{From: dayOf(first), To: dayOf(last), Step: step.name, Outside: outside}.draw(columns)
		}
	}
	return timeline{}
}

// crowded leaves out the first and the last twentieth of the documents if
// that makes the span three times shorter, but for those close to the rest:
// a few old articles would press a week into one column.
func crowded(list []int, days map[int][2]int) (rest []int, outside int) {
	total := 0
	for _, d := range list {
		total += days[d][0]
	}
	from, n := 0, days[list[0]][0]
	for ; n <= total/20; n += days[list[from]][0] {
		from++
	}
	to := len(list)
	for n = days[list[to-1]][0]; n <= total/20; n += days[list[to-1]][0] {
		to--
	}
	if from >= to || (list[to-1]-list[from]+1)*3 > list[len(list)-1]-list[0] {
		return list, 0
	}
	margin := (list[to-1]-list[from])/5 + 1
	least, most := list[from]-margin, list[to-1]+margin
	for _, d := range list {
		if d >= least && d <= most {
			rest = append(rest, d)
			total -= days[d][0]
		}
	}
	return rest, total
}

// steps of a timeline: column numbers a day's column.
var steps = [...]struct {
	name   string
	column func(day int) int
}{
	{"day", func(d int) int { return d }},
	{"week", func(d int) int { return floor(d+3, 7) }}, // Mondays
	{"month", func(d int) int { t := dayTime(d); return t.Year()*12 + int(t.Month()) }},
	{"year", func(d int) int { return dayTime(d).Year() }},
	{"decade", func(d int) int { return floor(dayTime(d).Year(), 10) }},
}

func dayTime(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

func floor(n, by int) int { return int(math.Floor(float64(n) / float64(by))) }

func (t timeline) draw(columns [][2]int) timeline {
	for _, c := range columns {
		t.Most = max(t.Most, c[0])
	}
	w := 100 / float64(len(columns))
	for i, c := range columns {
		all, reused := tall(c[0], t.Most), tall(c[1], t.Most)
		x := math.Round(float64(i)*w*100) / 100
		label := fmt.Sprintf("%s, %d with shared text", figures.Count(c[0], "document"), c[1])
		t.All = append(t.All, bar{X: x, Y: 100 - all, W: math.Round(w*82) / 100, H: all, Count: c[0], Label: label})
		t.Reused = append(t.Reused, bar{X: x, Y: 100 - reused, W: math.Round(w*82) / 100, H: reused, Count: c[1], Label: label})
	}
	return t
}

// matrix counts the matches of reuse between the sources that share most.
type matrix struct {
	Names []string
	Rows  [][]cell
}

type cell struct {
	Count int
	Heat  float64 // 0 to 1
	Same  bool    // a source with itself
	Title string
}

// unknownSource stands where a source has a name elsewhere.
const unknownSource = "(not known)"

func sourceName(s string) string { return cmp.Or(shorten(s, 60), unknownSource) }

func newMatrix(between map[[2]string]int) matrix {
	weight := map[string]int{}
	most := 0
	for pair, n := range between {
		weight[pair[0]] += n
		weight[pair[1]] += n
		most = max(most, n)
	}
	var m matrix
	for name := range weight {
		m.Names = append(m.Names, name)
	}
	slices.SortFunc(m.Names, func(a, b string) int {
		return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b))
	})
	m.Names = m.Names[:min(len(m.Names), maxMatrix)]
	for _, a := range m.Names {
		var row []cell
		for _, b := range m.Names {
			n := between[[2]string{min(a, b), max(a, b)}]
			heat := math.Round(math.Sqrt(float64(n)/float64(max(most, 1)))*100) / 100
			row = append(row, cell{Count: n, Heat: heat, Same: a == b, Title: sourceName(a) + " and " + sourceName(b) + ": " + figures.Count(n, "pair")})
		}
		m.Rows = append(m.Rows, row)
	}
	for i, n := range m.Names {
		m.Names[i] = cmp.Or(cutText(n, 0, len(n), maxLabel), unknownSource)
	}
	return m
}
