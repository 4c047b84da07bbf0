package dedup

import "reprint/reuse"

// direction tells which of two documents had the text first, by their dates and, in case of
// reuse, by their credit lines and what the texts themselves say. A form and furniture
// are older than both: of these nobody was first.
func direction(m *Match, a, b *entry) {
	m.Credit = union(a.credit, b.credit)
	d := &m.Direction
	switch {
	case m.Kind.Reuse():
		d.Credited(len(a.credit) > 0, len(b.credit) > 0)
	case m.Kind != reuse.Quote:
		return
	}
	d.Dated(dated(&a.Info, &b.Info))
	m.First, m.FirstBy, m.FirstConfidence = d.First()
}

// dated returns 1 if a is known to be published before b, -1 if b is, else 0,
// and whether it was on another day.
func dated(a, b *Info) (sign int, days bool) {
	dayA, okA := a.Published.Day()
	dayB, okB := b.Published.Day()
	switch {
	case !okA || !okB:
		return 0, false
	case before(a, b):
		return 1, dayA != dayB
	case before(b, a):
		return -1, dayA != dayB
	}
	return 0, false
}
