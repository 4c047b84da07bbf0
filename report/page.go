package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"

	"reprint/dedup"
	"reprint/internal/figures"
	"reprint/reuse"
)

// The page is one file. All lists are plain HTML, so that they can be read,
// printed and searched without scripts; a script adds filters, sorting and
// the view of a pair. The texts of the pairs stand in the page as JSON with
// "<" escaped, and get into the document as text nodes only: no word of an
// article is ever markup. A content security policy forbids every request and
// every script but ours.
//
// Each list may take so many bytes, counted while it is chosen; the texts get what the
// lists leave. Together they stay below maxPage.
const (
	maxPage       = 20_000_000
	roomRows      = 6_500_000
	roomClusters  = 1_500_000
	roomPassages  = 1_500_000
	roomFurniture = 1_500_000
	roomRest      = 1_000_000

	rowMarkup = 1000 // bytes of a row beside its words
)

// Bounds of what has no budget of its own; roomRest covers them.
const (
	maxLabel       = 200 // bytes of an id, a title, a source
	maxSourceRows  = 200
	maxMatrix      = 12
	maxGallery     = 40  // patterns of a source
	maxSpans       = 400 // passages of a pair, marks of a text
	maxSettingText = 500
)

//go:embed web/page.html web/page.css web/page.js
var web embed.FS

// asset returns an embedded file.
func asset(name string) string {
	b, err := web.ReadFile("web/" + name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return string(b)
}

// page is what the template shows.
type page struct {
	*summaryFile
	CSS    template.CSS
	JS     template.JS
	Policy string

	Reuse          int     // matches that are reuse
	Recurring      int     // passages and quotes
	FurnitureShare float64 // of all words
	Kinds          []kindRow
	Shares         []bar
	Timeline       timeline
	SourceRows     []sourceLight
	Matrix         matrix
	Rows           []pairRow
	ClusterRows    []clusterRow
	PassageRows    []passageRow
	Gallery        []sourceGallery
	Lossy          bool
	Left           leftOut

	texts budget // what the lists leave for texts
}

// leftOut counts what the page does not show.
type leftOut struct {
	Rows, Texts, Clusters, Passages, Patterns, Sources int
}

// Any tells whether something was left out.
func (l leftOut) Any() bool { return l != leftOut{} }

// budget counts down the bytes that a list may take.
type budget int

// take tells whether n more bytes fit, and takes them.
func (b *budget) take(n int) bool {
	if n > int(*b) {
		return false
	}
	*b -= budget(n)
	return true
}

// cost is how many bytes texts take in HTML at most, markup around them included. html/template
// writes out a plus sign, too.
func cost(markup int, texts ...string) int {
	for _, s := range texts {
		markup += len(template.HTMLEscapeString(s)) + strings.Count(s, "+")*(len("&#43;")-1)
	}
	return markup
}

// writePage writes the page for what was gathered.
func writePage(w io.Writer, s *summaryFile, g *gathered) error {
	p := &page{summaryFile: s, CSS: template.CSS(asset("page.css")), JS: template.JS(asset("page.js")), Lossy: g.gallery.lossy, texts: maxPage - roomRest}
	sum := sha256.Sum256([]byte(p.JS))
	p.Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	for _, k := range kinds {
		if k.Reuse() {
			p.Reuse += s.Matches[k]
		}
	}
	if s.Words > 0 {
		p.FurnitureShare = 1 - float64(s.OwnWords)/float64(s.Words)
	}
	p.Recurring = s.Passages["passage"] + s.Passages["quote"]
	p.Kinds = kindRows(s.Matches)
	p.Shares = shareBars(g.shares)
	p.Timeline = newTimeline(g.days)
	p.addSources(g)
	p.Matrix = newMatrix(g.between)
	p.addClusters(g)
	p.addPassages(g)
	p.addFurniture(g)
	pairs := p.addPairs(g)
	texts, err := p.addTexts(g, pairs)
	if err != nil {
		return err
	}
	p.linkClusters(g, pairs)
	t := pageTemplate()
	if err := t.Execute(w, p); err != nil {
		return err
	}
	if err := texts.write(w); err != nil {
		return err
	}
	return t.ExecuteTemplate(w, "end", p)
}

func pageTemplate() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"percent": percent, "size": figures.Size, "seconds": seconds, "counted": figures.Count,
		"grouped": func(n any) string {
			if n, ok := n.(int64); ok {
				return figures.Grouped(n)
			}
			return figures.Grouped(int64(n.(int)))
		},
		"web":   webAddress,
		"clip":  func(s string) string { return cutText(s, 0, len(s), maxSettingText) },
		"label": func(d documentRow) string { return d.label() },
	}).Parse(asset("page.html")))
}

// label is the title, or the id.
func (d documentRow) label() string {
	if d.Title != "" {
		return d.Title
	}
	return d.ID
}

// webAddress returns an address that is safe to follow, or "".
func webAddress(url string) string {
	lower := strings.ToLower(url)
	if (strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://")) && !strings.ContainsAny(url, " \t\r\n\"<>\\") {
		return url
	}
	return ""
}

func (g *gathered) row(i *dedup.Info) documentRow {
	clip := func(s string) string { return cutText(s, 0, len(s), maxLabel) }
	d := documentRow{ID: clip(i.ID), Title: clip(oneLine(i.Title)), Source: clip(source(i)), Date: date(i.Published)}
	if d.Title == "" {
		d.Title = g.leads[i.Number]
	}
	if len(i.URL) <= 4*maxLabel {
		d.URL = webAddress(i.URL)
	}
	return d
}

func (d documentRow) cost() int { return cost(0, d.ID, d.Title, d.Source, d.Date, d.URL) }

// about says what a kind of match means.
var about = [...]string{
	"the same article, trivially edited",
	"at least half of the shorter one comes from the same text",
	"at least a sentence of running text is shared",
	"only quotations and statements are shared",
	"the same recurring form with other content",
	"only furniture is shared, or what one source prints in articles on other things",
}

func kindRows(matches map[reuse.Kind]int) []kindRow {
	var rows []kindRow
	most := 1
	for i, k := range kinds {
		rows = append(rows, kindRow{Name: string(k), About: about[i], Count: matches[k], Reuse: k.Reuse()})
		most = max(most, matches[k])
	}
	for i := range rows {
		rows[i].Width = math.Round(float64(rows[i].Count)/float64(most)*1000) / 10
	}
	return rows
}

// addSources fills the table of sources.
func (p *page) addSources(g *gathered) {
	list := g.sourceList()
	for _, s := range list[:min(len(list), maxSourceRows)] {
		name := cutText(s.name, 0, len(s.name), maxLabel)
		p.SourceRows = append(p.SourceRows, sourceLight{name, s.documents, s.reused, s.first, s.later, s.furniture()})
	}
	p.Left.Sources = len(list) - len(p.SourceRows)
}

// addPairs fills the list of pairs, the most telling first, and returns them.
func (p *page) addPairs(g *gathered) []pair {
	room := budget(roomRows)
	listed, rows := g.listed(&room)
	p.texts -= roomRows - room
	p.Rows = rows
	for i := range p.Rows {
		p.Rows[i].N = i + 1
	}
	for _, k := range kinds {
		p.Left.Rows += g.pairs[k].seen
	}
	p.Left.Rows -= len(p.Rows)
	return listed
}

// listed returns the ranked pairs for which there is room, and their rows. The first of each
// kind have it before all others.
func (g *gathered) listed(room *budget) (listed []pair, rows []pairRow) {
	all := slices.Collect(g.ranked())
	fits, made := make([]bool, len(all)), make([]pairRow, len(all))
	fit := func(i int) bool {
		r := g.newPairRow(&all[i])
		made[i], fits[i] = r, room.take(cost(rowMarkup, r.First, r.Credit)+r.A.cost()+r.B.cost())
		return fits[i]
	}
	seen := map[reuse.Kind]int{}
	for i := range all {
		if seen[all[i].Kind]++; seen[all[i].Kind] <= surePairs {
			fit(i)
		}
	}
	for i := range all {
		if !fits[i] && !fit(i) {
			break
		}
	}
	for i := range all {
		if fits[i] {
			listed, rows = append(listed, all[i]), append(rows, made[i])
		}
	}
	return listed, rows
}

// addTexts returns the texts of listed pairs, first of those that have them in any case.
func (p *page) addTexts(g *gathered, pairs []pair) (*texts, error) {
	texts := newTexts(g, p.texts)
	for _, sure := range []bool{true, false} {
		for i := range pairs {
			if has, chosen := g.chosen[[2]int{pairs[i].A, pairs[i].B}]; !chosen || has != sure {
				continue
			}
			var err error
			if p.Rows[i].HasText, err = texts.add(i+1, &pairs[i]); err != nil {
				return nil, err
			}
		}
	}
	p.Left.Texts = len(p.Rows) - len(texts.pairs)
	return texts, nil
}

func (g *gathered) newPairRow(m *pair) pairRow {
	r := pairRow{
		Kind: m.Kind, A: g.row(&m.a), B: g.row(&m.b), ShareA: m.ShareA, ShareB: m.ShareB, Share: round(m.share()),
		First:    firstWords(m),
		Passages: len(m.Passages), Copies: m.Copies, Across: m.across(), Characters: m.shared(),
	}
	r.A.URL, r.B.URL = "", "" // stand with the texts
	r.Newest = max(r.A.Date, r.B.Date)
	credit := strings.Join(m.Credit, ", ")
	r.Credit = cutText(credit, 0, len(credit), maxLabel)
	for i := range m.Passages {
		if m.Passages[i].Quoted {
			r.Quotes++
		}
	}
	return r
}

func (p *page) addClusters(g *gathered) {
	list := g.clusters
	room := budget(roomClusters)
	for _, c := range list.sorted() {
		r := clusterRow{Number: c.Number, Size: len(c.Members), More: len(c.Members) - len(c.shown), Reason: c.Reason, Min: c.MinSimilarity, Kept: g.row(&c.shown[0])}
		bytes := cost(700, r.Reason) + 2*r.Kept.cost()
		for i := range c.shown[1:] {
			r.Others = append(r.Others, memberRow{Document: g.row(&c.shown[i+1])})
			bytes += 250 + 2*r.Others[i].Document.cost()
		}
		if !room.take(bytes) {
			break
		}
		p.ClusterRows = append(p.ClusterRows, r)
	}
	p.texts -= roomClusters - room
	p.Left.Clusters = list.seen - len(p.ClusterRows)
}

// linkClusters leads from the members of clusters to the pairs that have their texts.
func (p *page) linkClusters(g *gathered, pairs []pair) {
	at := map[[2]int]int{}
	for i := range pairs {
		if p.Rows[i].HasText {
			at[[2]int{pairs[i].A, pairs[i].B}] = p.Rows[i].N
		}
	}
	clusters := g.clusters.sorted()
	for i := range p.ClusterRows {
		for k := range p.ClusterRows[i].Others {
			a, b := clusters[i].Keep, clusters[i].shown[k+1].Number
			p.ClusterRows[i].Others[k].Pair = at[[2]int{min(a, b), max(a, b)}]
		}
	}
}
