package report

import (
	"html/template"
	"strconv"
	"strings"

	"reprint/internal/figures"
)

// What the page has thousands of is put together here: the template would ask by
// reflection for each of the some fifty words and figures of a row, which took a third of
// the page's time. All else is in page.html.

// markup is a piece of the page.
type markup struct{ strings.Builder }

// put appends markup of ours and words of others by turns, markup first. Words stand between
// tags or in double quotes.
func (m *markup) put(parts ...string) {
	for i, s := range parts {
		if i%2 == 1 {
			s = template.HTMLEscapeString(s)
		}
		m.WriteString(s)
	}
}

// html is what was put together.
func (m *markup) html() template.HTML { return template.HTML(m.String()) }

// HTML is the row of a pair in the list.
func (r *pairRow) HTML() template.HTML {
	var m markup
	m.Grow(rowMarkup)
	m.put(`<tr data-n="`, strconv.Itoa(r.N), `" data-kind="`, string(r.Kind), `" data-share="`, plainFigure(r.Share),
		`" data-length="`, strconv.Itoa(r.Characters), `" data-date="`, r.Newest, `"`)
	m.when(r.Across, ` data-across`)
	m.when(r.HasText, ` data-text`)
	m.put(">\n<td><span class=\"kind k-", string(r.Kind), `">`, string(r.Kind), "</span></td>\n<td class=\"shares\"><div>")
	m.share("first", r.ShareA)
	m.share("second", r.ShareB)
	m.put(`</div><small>`, figures.Count(r.Passages, "passage"))
	if r.Quotes > 0 {
		m.put(`, `, strconv.Itoa(r.Quotes), ` quoted`)
	}
	m.put("</small></td>\n<td class=\"two\">")
	if r.HasText {
		m.put(`<a href="#pair-`, strconv.Itoa(r.N), `">`)
	}
	m.side(&r.A)
	m.side(&r.B)
	m.when(r.HasText, `</a>`)
	m.put("</td>\n<td class=\"first\">", r.First)
	if r.Credit != "" {
		m.put(`<small>credit: `, r.Credit, `</small>`)
	}
	if r.Copies > 0 {
		m.put(`<small>`, figures.Count(r.Copies, "identical copy"), `</small>`)
	}
	m.put("</td>\n</tr>")
	return m.html()
}

// when appends markup where something is so.
func (m *markup) when(so bool, s string) {
	if so {
		m.WriteString(s)
	}
}

// share appends the share of one document of a pair, as a bar and in words.
func (m *markup) share(which string, share float64) {
	m.put(`<span class="share" title="of the `, which, ` one"><span style="width:`, plainFigure(width(share)), `%"></span></span><b>`, percent(share), `</b>`)
}

// side appends a document of a pair.
func (m *markup) side(d *documentRow) {
	m.put(`<span class="doc"><span class="title" dir="auto">`, d.label(), `</span>`)
	m.where(d)
	m.WriteString(`</span>`)
}

// where appends where a document is from, and its id if its title stands before.
func (m *markup) where(d *documentRow) {
	m.put(`<span class="where">`)
	if d.Source != "" {
		m.put(`<bdi class="source">`, d.Source, `</bdi>`)
	}
	if d.Date != "" {
		m.put(`<time>`, d.Date, `</time>`)
	}
	if d.Title != "" {
		m.put(`<bdi class="id">`, d.ID, `</bdi>`)
	}
	m.put(`</span>`)
}

// Side is a document of a list, and Where what stands behind its title, for page.html.
func (d documentRow) Side() template.HTML {
	var m markup
	m.side(&d)
	return m.html()
}

func (d documentRow) Where() template.HTML {
	var m markup
	m.where(&d)
	return m.html()
}

// plainFigure writes a figure as it is, without an exponent.
func plainFigure(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
