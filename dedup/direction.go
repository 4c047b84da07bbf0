package dedup

// direction tells which of two documents had the text first, by their dates,
// their credit lines and, in case of reuse, by what the texts themselves say.
func direction(m *Match, a, b *entry) {
	d := &m.Direction
	d.Dated(dated(&a.Info, &b.Info))
	if m.Kind.Reuse() {
		d.Credited(len(a.credit) > 0, len(b.credit) > 0)
	}
	m.First, m.FirstBy, m.FirstConfidence = d.First()
	m.Credit = union(a.credit, b.credit)
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
