package report

func (p *page) addPassages(g *gathered) {
	room := budget(roomPassages)
	for _, c := range g.passages.sorted() {
		r := passageRow{Kind: c.kind, Count: c.count, Sources: c.sources, Text: c.text, More: c.count - len(c.at)}
		bytes := cost(600, r.Text)
		for i := range c.shown {
			r.At = append(r.At, g.row(&c.shown[i]))
			bytes += 300 + r.At[i].cost()
		}
		if !room.take(bytes) {
			break
		}
		p.PassageRows = append(p.PassageRows, r)
	}
	p.texts -= roomPassages - room
	p.Left.Passages = g.passages.seen - len(p.PassageRows)
}

// addFurniture sorts the gallery by source, those with most documents first.
func (p *page) addFurniture(g *gathered) {
	room := budget(roomFurniture)
	bySource := map[string][]*pattern{}
	patterns := g.gallery.sorted()
	for _, q := range patterns {
		bySource[q.source] = append(bySource[q.source], q)
	}
	shown := 0
	for _, s := range g.sourceList() {
		list := bySource[s.name]
		if len(list) == 0 || !room.take(cost(600, cutText(s.name, 0, len(s.name), maxLabel))) {
			continue
		}
		out := sourceGallery{Source: cutText(s.name, 0, len(s.name), maxLabel), Share: s.furniture()}
		for _, q := range list {
			out.Count += q.count
			if r, fits := newPatternRow(q, &room); fits && len(out.Patterns) < maxGallery {
				out.Patterns = append(out.Patterns, r)
				shown++
			}
		}
		p.Gallery = append(p.Gallery, out)
	}
	p.texts -= roomFurniture - room
	p.Left.Patterns = len(patterns) - shown
}

func newPatternRow(q *pattern, room *budget) (patternRow, bool) {
	r := patternRow{Kind: q.kind, Count: q.count, Reason: cutText(q.reason, 0, len(q.reason), maxLabel), Where: q.where()}
	bytes := cost(500, r.Reason)
	for _, e := range q.examples {
		e.id = cutText(e.id, 0, len(e.id), maxLabel)
		r.Examples = append(r.Examples, e)
		bytes += cost(150, e.id, e.text)
	}
	return r, room.take(bytes)
}

// Text and ID are for the template.
func (e example) Text() string { return e.text }
func (e example) ID() string   { return e.id }
