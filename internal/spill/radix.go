package spill

import (
	"encoding/binary"
	"math"
	"math/bits"
	"sync"
	"unsafe"

	"reprint/internal/wide"
)

// maxRecord is the largest record a Sorter takes, in bytes.
const maxRecord = 64

// words is a record as big-endian numbers, padded with zeros, so that comparing
// two records takes one comparison a word.
type words interface {
	[1]uint64 | [2]uint64 | [3]uint64 | [4]uint64 | [8]uint64
}

// table is a growing array of records, whatever their width.
type table interface {
	add(rec []byte)
	addNumbers(list []uint64) // of whole records
	get(i int, rec []byte)    // writes record i to rec
	numbers() []uint64        // of all records, in their memory
	len() int
	sort()
	cut(n int) // drops all but the first n
	reset()
	free() // gives the memory back; the table is empty then
}

// tableBytes is what a record of size bytes takes in a table.
func tableBytes(size int) int64 {
	width := (size + 7) / 8
	if width > 4 {
		width = 8
	}
	return int64(8 * width)
}

// newTable makes a table for records of size bytes in the memory of o.
func newTable(size int, o Options) (t table, capacity int) {
	width := tableBytes(size)
	capacity = int(min(max(o.memory()/width, 1), math.MaxInt))
	switch width / 8 {
	case 1:
		t = &grid[[1]uint64]{max: capacity, together: o.Together}
	case 2:
		t = &grid[[2]uint64]{max: capacity, together: o.Together}
	case 3:
		t = &grid[[3]uint64]{max: capacity, together: o.Together}
	case 4:
		t = &grid[[4]uint64]{max: capacity, together: o.Together}
	default:
		t = &grid[[8]uint64]{max: capacity, together: o.Together}
	}
	return t, capacity
}

type grid[T words] struct {
	recs     []T
	max      int
	together func(tasks ...func())
}

func (g *grid[T]) len() int  { return len(g.recs) }
func (g *grid[T]) reset()    { g.recs = g.recs[:0] }
func (g *grid[T]) cut(n int) { g.recs = g.recs[:n] }

func (g *grid[T]) add(rec []byte) {
	if len(g.recs) == cap(g.recs) {
		g.grow()
	}
	var v T
	i := 0
	for ; len(rec) >= 8; rec = rec[8:] {
		v[i] = binary.BigEndian.Uint64(rec)
		i++
	}
	if len(rec) > 0 {
		var tail [8]byte
		copy(tail[:], rec)
		v[i] = binary.BigEndian.Uint64(tail[:])
	}
	g.recs = append(g.recs, v)
}

func (g *grid[T]) addNumbers(list []uint64) {
	var one T
	recs := unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(list))), len(list)/len(one))
	for len(recs) > 0 {
		if len(g.recs) == cap(g.recs) {
			g.grow()
		}
		n := min(len(recs), cap(g.recs)-len(g.recs))
		g.recs = append(g.recs, recs[:n]...)
		recs = recs[n:]
	}
}

func (g *grid[T]) numbers() []uint64 {
	var one T
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(g.recs))), len(one)*len(g.recs))
}

const (
	// sharedFrom is how many records are worth being sorted by several goroutines,
	// in sharedTasks tasks of about one size.
	sharedFrom  = 1 << 14
	sharedTasks = 16
)

// sort sorts the records. Many are parted by their first digit, then the groups are
// sorted side by side.
func (g *grid[T]) sort() {
	s := &sorter[T]{}
	if g.together == nil || len(g.recs) < sharedFrom {
		s.sort(g.recs)
		return
	}
	var tasks []func()
	var groups []int // ends of those of the next task
	start := 0
	ends := s.part(g.recs)
	for i, end := range ends {
		groups = append(groups, end)
		if end-start >= len(g.recs)/sharedTasks || i == len(ends)-1 {
			from, list := start, groups
			tasks = append(tasks, func() { (&sorter[T]{}).groups(g.recs, from, list) })
			start, groups = end, nil
		}
	}
	g.together(tasks...)
}

// grow makes the array four times as large, but never larger than the buffer.
func (g *grid[T]) grow() {
	n := min(max(4*cap(g.recs), 256), max(g.max, len(g.recs)+1))
	if len(g.recs) == 0 && g.used(n) {
		return
	}
	recs := wide.Room[T](n)[:len(g.recs)]
	copy(recs, g.recs)
	g.recs = recs
}

// Memory that was never used costs more than sorting what is put there. Many sorts of a few
// thousand records come one after the other, so that the arrays of those that are done are kept
// for the next ones, by the words of a record, as long as nobody else needs the memory.
const (
	leastKept = 8 << 10
	mostKept  = 2 << 20
)

var kept [9]sync.Pool

// used takes an array that was used, if there is one of n records at least that is not larger
// than the buffer.
func (g *grid[T]) used(n int) bool {
	var one T
	recs, ok := kept[len(one)].Get().(*[]T)
	if !ok || cap(*recs) < n || cap(*recs) > g.max {
		return false
	}
	g.recs = (*recs)[:0]
	return true
}

func (g *grid[T]) free() {
	var one T
	if size := cap(g.recs) * int(unsafe.Sizeof(one)); leastKept <= size && size <= mostKept {
		recs := g.recs
		kept[len(one)].Put(&recs)
	}
	g.recs = nil
}

func (g *grid[T]) get(i int, rec []byte) {
	w := 0
	for ; len(rec) >= 8; rec = rec[8:] {
		binary.BigEndian.PutUint64(rec, g.recs[i][w])
		w++
	}
	if len(rec) > 0 {
		var tail [8]byte
		binary.BigEndian.PutUint64(tail[:], g.recs[i][w])
		copy(rec, tail[:])
	}
}

// sorter is a radix sort in place, from the most significant bit down (American
// flag sort, McIlroy, Bostic, McIlroy 1993). Three things differ from the textbook:
// a digit begins at the highest bit in which two records of the group differ, so
// that common prefixes cost one pass whatever their length, and is as wide as the
// group is large, so that groups end up small at once; and a group that fits a cache
// with a copy of itself is dealt from the copy, where no record waits for another.
type sorter[T words] struct {
	bounds []int // next and end of each group, a stack with one pair of tables a level

	copied []T // the group that is dealt
	dealt  [1 << dealtDigit]uint16
}

const (
	smallGroup = 20 // sorted by insertion
	maxDigit   = 11 // 2048 groups: more would not fit the first-level cache and its address table

	dealtDigit = 12
	dealtBytes = 1 << 17 // of a group that is dealt: half of a second-level cache, with its copy
)

func (s *sorter[T]) sort(a []T) {
	if len(a) <= smallGroup {
		insertion(a)
		return
	}
	if len(a) <= dealtBytes/int(unsafe.Sizeof(a[0])) {
		s.deal(a)
		return
	}
	base := len(s.bounds)
	s.groups(a, 0, s.part(a))
	s.bounds = s.bounds[:base]
}

// groups sorts groups that lie one behind the other: the first begins at start.
func (s *sorter[T]) groups(a []T, start int, ends []int) {
	for _, end := range ends {
		if end-start > 1 {
			s.sort(a[start:end])
		}
		start = end
	}
}

// part moves records together that agree in the first digit in which not all of
// them do, and returns where the groups end; none if all records are equal. The ends
// lie on the stack.
func (s *sorter[T]) part(a []T) (ends []int) {
	word, diff := firstDiff(a)
	if diff == 0 {
		return nil
	}
	high := bits.Len64(diff)
	width := min(high, maxDigit, max(bits.Len(uint(len(a)))-4, 3))
	d := digit{word: word, shift: high - width, mask: 1<<width - 1}

	base, n := len(s.bounds), 1<<width
	s.bounds = append(s.bounds, make([]int, 2*n)...)
	s.group(a, d, s.bounds[base:base+n], s.bounds[base+n:])
	return s.bounds[base+n:]
}

// deal sorts a group that fits a cache: it is dealt into about as many groups as it has
// records, which are next to sorted then.
func (s *sorter[T]) deal(a []T) {
	word, diff := firstDiff(a)
	if diff == 0 {
		return
	}
	high := bits.Len64(diff)
	width := min(high, dealtDigit, bits.Len(uint(len(a))))
	shift, mask := uint(high-width)&63, uint64(1)<<width-1
	ends := s.dealt[:1<<width]
	clear(ends)
	for i := range a {
		ends[a[i][word]>>shift&mask]++
	}
	most, sum := uint16(0), uint16(0)
	for i, n := range ends {
		ends[i] = sum
		sum += n
		most = max(most, n)
	}
	s.copied = append(s.copied[:0], a...)
	for i := range s.copied {
		end := &ends[s.copied[i][word]>>shift&mask]
		a[*end] = s.copied[i]
		*end++
	}
	if most <= smallGroup {
		insertion(a)
		return
	}
	base := len(s.bounds)
	for _, end := range ends {
		s.bounds = append(s.bounds, int(end))
	}
	s.groups(a, 0, s.bounds[base:])
	s.bounds = s.bounds[:base]
}

// SortNumbers sorts a list in ascending order. It takes some memory of its own, no more than
// a processor's cache has.
func SortNumbers(list []uint64) {
	(&sorter[[1]uint64]{}).sort(unsafe.Slice((*[1]uint64)(unsafe.Pointer(unsafe.SliceData(list))), len(list)))
}

// digit is a run of bits of one word.
type digit struct {
	word, shift int
	mask        uint64
}

// hands is how many records are on their way at a time. Each has to wait for the one
// whose place it takes to come from memory.
const hands = 8

// group moves the records of equal digits together, in ascending order of the
// digits; end becomes the end of each group. Hands take records out of the places of
// one group; each follows its cycle until it has one of this group in hand, and fills
// the place.
func (s *sorter[T]) group(a []T, d digit, next, end []int) {
	shift := uint(d.shift) & 63
	for i := range a {
		end[a[i][d.word]>>shift&d.mask]++
	}
	sum := 0
	for i, n := range end {
		next[i] = sum
		sum += n
		end[i] = sum
	}
	for g := range next {
		var v [hands]T
		var hole [hands]int
		n := 0
		for ; n < hands && next[g] < end[g]; n++ {
			v[n], hole[n] = a[next[g]], next[g]
			next[g]++
		}
		for n > 0 {
			for h := 0; h < n; {
				to := int(v[h][d.word] >> shift & d.mask)
				if to != g {
					at := next[to]
					next[to]++
					v[h], a[at] = a[at], v[h]
					h++
					continue
				}
				a[hole[h]] = v[h]
				if next[g] < end[g] {
					v[h], hole[h] = a[next[g]], next[g]
					next[g]++
				} else {
					n--
					v[h], hole[h] = v[n], hole[n]
				}
			}
		}
	}
}

// firstDiff gives the first word in which not all records agree, and the bits of
// it that differ; 0 bits: all records are equal.
func firstDiff[T words](a []T) (word int, diff uint64) {
	for w := range len(a[0]) {
		first := a[0][w]
		for i := range a {
			diff |= a[i][w] ^ first
		}
		if diff != 0 {
			return w, diff
		}
	}
	return 0, 0
}

func insertion[T words](a []T) {
	for i := 1; i < len(a); i++ {
		v := a[i]
		j := i
		for j > 0 && less(v, a[j-1]) {
			a[j] = a[j-1]
			j--
		}
		a[j] = v
	}
}

func less[T words](a, b T) bool {
	for i := range len(a) {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}
