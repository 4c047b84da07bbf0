package copies

// mostEdits is how many edits two texts have at most to be alike: to count as many takes a
// second or two, and only texts of more than 80,000 words may have more.
const mostEdits = 1 << 14

// editor measures the edit distance of rows of units. It holds scratch memory and
// serves one goroutine at a time.
type editor struct{ last, next []int }

// distance is the least number of units that have to be put in, taken out or replaced to
// make b of a (Levenshtein), or limit+1 if it is greater. It takes the length of the
// texts and the square of the distance (Ukkonen, Algorithms for approximate string
// matching, 1985): after e edits only the farthest place on each diagonal counts.
func (x *editor) distance(a, b []uint64, limit int) int {
	a, b = trimCommon(a, b)
	end := len(b) - len(a) // the diagonal of both ends
	if max(end, -end) > limit {
		return limit + 1
	}
	// last[limit+1+k] is how much of a was matched on diagonal k, in b that and k.
	size := 2*limit + 3
	if cap(x.last) < size {
		x.last, x.next = make([]int, size), make([]int, size)
	}
	last, next := x.last[:size], x.next[:size]
	const never = -1 << 30
	for i := range last {
		last[i], next[i] = never, never
	}
	for e := 0; e <= limit; e++ {
		for k := -e; k <= e; k++ {
			at := limit + 1 + k
			i := max(last[at]+1, last[at-1], last[at+1]+1)
			if e == 0 {
				i = 0
			}
			i = min(i, len(a), len(b)-k)
			if i < 0 || i+k < 0 {
				next[at] = never
				continue
			}
			for i < len(a) && i+k < len(b) && a[i] == b[i+k] {
				i++
			}
			if next[at] = i; k == end && i == len(a) {
				return e
			}
		}
		last, next = next, last
	}
	return limit + 1
}

// trimCommon takes what both begin and end with off.
func trimCommon(a, b []uint64) (_, _ []uint64) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}
