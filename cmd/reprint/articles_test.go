package main

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"reprint/reuse"
	"reprint/shingle"
)

const articles = "../../testdata/articles/"

// The five articles: what is known of them by careful reading.
var (
	// articleFurniture has to go.
	articleFurniture = map[string][]string{
		"000_a78249f2b5a46b23.txt": {"Haftungsausschluss: Das Urheberrecht dieses Artikels liegt bei seinem ursprünglichen Autor. Der Zweck dieses Artikels besteht in der erneuten Veröffentlichung zu ausschließlich Informationszwecken und stellt keine Anlageberatung dar. Sollten dennoch Verstöße vorliegen, nehmen Sie bitte umgehend Kontakt mit uns auf. Korrektur Oder wir werden Maßnahmen zur Löschung ergreifen. Danke"},
		"001_48fb3006fc53d837.txt": nil,
		"002_091400d8262ef6fd.txt": nil,
		"003_f63df39f82d48ae5.txt": {"date 2024-10", "Stand: 25.10.2024 11:36 Uhr"},
		"004_ce0bd7a860c99cd0.txt": {"- Aktualisiert: 28.04.2025", "- 08:45 Uhr", "- dpa", "Auch spannend: Plötzlich hämmert Trump gegen Putin - hier anschauen!"},
	}
	// articleHeads may go or stay: kickers, headings, boxes of key points.
	articleHeads = map[string][]string{
		"001_48fb3006fc53d837.txt": {
			"Nordkorea schickt Soldaten: Pjöngjang bestätigt Unterstützung für Russland",
			"Putin traf sich mit Kim: Ein wichtiger Vertrag wurde unterzeichnet",
			"Kim Jong Un unterstützt Russland",
		},
		"003_f63df39f82d48ae5.txt": {
			"Krieg gegen die Ukraine",
			"Sind nordkoreanische Soldaten bereits in Kursk?",
			"Putin: \"Was wir tun, ist unsere Sache\"",
			"Putin spottet über Satellitenbilder",
			"50 Meter Klopapier und 300 Gramm Seife pro Soldat im Monat?",
			"Südkoreanische Waffen für die Ukraine?",
		},
		"004_ce0bd7a860c99cd0.txt": {
			"Ukraine-Krieg",
			"Nordkorea bestätigt: Kim Jong Un hat Russland mit Soldaten unterstützt",
			"Das Wichtigste in Kürze",
			"Nordkorea hat erstmals den Einsatz eigener Soldaten im Ukraine-Krieg bestätigt.",
			"Laut Südkorea wurden bisher rund 14.000 nordkoreanische Soldaten entsandt, mit etwa 4.000 Verlusten.",
			"Zudem liefert Nordkorea weiterhin umfangreich Waffen und Munition an Russland.",
			"Rund 11.000 Nordkoreaner im Ukraine-Krieg",
		},
	}
	// articlePassages stand in 000 and in 004, word for word.
	articlePassages = []string{
		"Laut Seoul soll Nordkoreas Armee im Ukraine-Krieg rund 4.000 Verluste erlitten haben, was sowohl Verletzte als auch Tote umfasst.",
		"Zusätzlich zur Entsendung von Soldaten liefert Nordkorea nach Angaben des südkoreanischen Generalstabs auch weiterhin Munition und Waffen im großen Stil nach Russland, darunter Kurzstreckenraketen, Panzerhaubitzen und Raketenwerfer.",
	}
	// articleReworded are pairs in which rewordings of one statement may be shown.
	articleReworded = [][2]string{{"000", "002"}, {"000", "001"}, {"001", "002"}, {"001", "004"}, {"002", "004"}}
)

// TestArticlesReuse: 000 and 004 share two sentences, and nothing is a copy.
func TestArticlesReuse(t *testing.T) {
	s := scanAll(t, articles)
	a, b := articles+"000_a78249f2b5a46b23.txt", articles+"004_ce0bd7a860c99cd0.txt"
	m, swapped := s.match(a, b)
	if m == nil || m.Kind != reuse.Partial || swapped {
		t.Fatalf("000 and 004 are %v, want partial", m)
	}
	for _, text := range articlePassages {
		x, y := place(s.texts[a], text), place(s.texts[b], text)
		if !slices.ContainsFunc(m.Passages, func(p reuse.Passage) bool {
			return p.Type == reuse.Verbatim && near(p.A, x) && near(p.B, y)
		}) {
			t.Errorf("no verbatim passage %v %v: %s; passages are %v", x, y, text, m.Passages)
		}
	}
	for key, m := range s.matches {
		short := [2]string{strings.TrimPrefix(key[0], articles)[:3], strings.TrimPrefix(key[1], articles)[:3]}
		known := short == [2]string{"000", "004"} || slices.Contains(articleReworded, short)
		if m.Kind.Copy() || m.Kind.Reuse() && !known {
			t.Errorf("%v are called %s: %s", short, m.Kind, m.Evidence.Rule)
		}
	}
	if len(s.clusters) > 0 {
		t.Errorf("clusters: %v", s.clusters)
	}
}

func place(text, piece string) shingle.Span {
	at := strings.Index(text, piece)
	return shingle.Span{Start: at, End: at + len(piece)}
}

// near allows for a quotation mark or a full stop more or less.
func near(x, y shingle.Span) bool {
	return max(x.Start-y.Start, y.Start-x.Start) <= 5 && max(x.End-y.End, y.End-x.End) <= 5
}

// TestArticlesFurniture: disclaimer, time stamps, credit and teaser go, and
// no word of the articles.
func TestArticlesFurniture(t *testing.T) {
	s := scanAll(t, articles)
	for name, must := range articleFurniture {
		id := articles + name
		text, gone := s.texts[id], s.cut(id)
		free := make([]bool, len(text))
		for _, piece := range must {
			p := place(text, piece)
			kept := 0
			for i := p.Start; i < p.End; i++ {
				free[i] = true
				if !gone[i] {
					kept++
				}
			}
			if kept > 2 {
				t.Errorf("%.3s keeps furniture: %s", name, piece)
			}
		}
		for _, piece := range articleHeads[name] {
			for i, p := 0, place(text, piece); i < len(piece); i++ {
				free[p.Start+i] = true
			}
		}
		var lost strings.Builder
		for i, r := range text {
			if gone[i] && !free[i] && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
				lost.WriteRune(r)
			}
		}
		if lost.Len() > 3 {
			t.Errorf("%.3s loses text of the article: %.80s", name, lost.String())
		}
	}
}
