package blocks

import (
	"slices"
	"strings"
	"testing"

	"reprint/shingle"
)

// article is invented, and so is what stands around it in page.
var article = []string{
	"Der Rat der Stadt Ellernbruch hat am Montag beschlossen, die alte Mühle am Fluss zu kaufen und in den nächsten drei Jahren zu sanieren.",
	"Das Gebäude steht seit mehr als zwanzig Jahren leer. Nach Angaben der Verwaltung wird der Umbau rund vier Millionen Euro kosten, von denen das Land die Hälfte übernimmt.",
	"Streit um die Kosten",
	"Die Opposition hatte den Kauf abgelehnt, weil die Stadt in diesem Jahr schon die Schule am Markt erneuern muss. „Wir können das Geld nur einmal ausgeben“, sagte ihre Sprecherin im Rat.",
	"Der Bürgermeister hielt dagegen, dass die Mühle zu den ältesten Häusern der Stadt gehört und ohne Hilfe den nächsten Winter kaum überstehen würde.",
	"Im Frühjahr sollen die Arbeiten am Dach beginnen. Danach werden die Räume für die Bücherei und den Verein der Heimatfreunde eingerichtet.",
}

var (
	before = []string{"Startseite", "Politik", "Sport", "Anmelden", "Jetzt Newsletter abonnieren", "Teilen", "Drucken", "Von Erna Muster", "Stand: 12.03.2024, 17:45 Uhr"}
	behind = []string{"Auf Facebook teilen", "Mehr zum Thema", "Lesen Sie auch: Brücke gesperrt", "Kommentare (12)", "Kommentar schreiben", "Meistgelesen", "Anzeige", "Alle Rechte vorbehalten", "Impressum", "Datenschutz", "Kontakt"}
)

func kinds(text string) []string {
	var z shingle.Tokenizer
	var t shingle.Text
	var p Page
	z.Tokenize(&t, text)
	return p.Furniture(Shipped(), text, &t, Source{})
}

func TestPage(t *testing.T) {
	all := slices.Concat(before, article, behind)
	got := kinds(strings.Join(all, "\n\n"))
	for i, kind := range got {
		inside := i >= len(before) && i < len(before)+len(article)
		if inside != (kind == "") {
			t.Errorf("%q: kind %q", all[i], kind)
		}
	}
	for text, want := range map[string]string{"Jetzt Newsletter abonnieren": "newsletter", "Teilen": "share", "Kommentare (12)": "comments", "Impressum": "disclaimer", "Sport": "navigation"} {
		if kind := got[slices.Index(all, text)]; kind != want {
			t.Errorf("%q: kind %q, want %q", text, kind, want)
		}
	}
}

func TestArticleAlone(t *testing.T) {
	for _, sep := range []string{"\n\n", "\n", " "} {
		if got := kinds(strings.Join(article, sep)); slices.ContainsFunc(got, func(k string) bool { return k != "" }) {
			t.Errorf("parted by %q: %q", sep, got)
		}
	}
	for _, text := range []string{"", "\n\n", "Teilen", strings.Join(behind, " ")} {
		if got := kinds(text); slices.ContainsFunc(got, func(k string) bool { return k != "" }) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A list of facts between the paragraphs of an article, however much its entries
// look like a menu, is the article's: a page begins or ends with furniture.
func TestIsland(t *testing.T) {
	list := []string{"Das Gericht verlangt von dem Netzwerk in dem Schreiben die Herausgabe der folgenden Daten:",
		"Klarnamen der Benutzer", "Private und geschäftliche Adressen, auch E-Mail", "alle bei Twitter veröffentlichten Beiträge", "Kreditkarten- und Bankdaten", "IP-Adressen, Telefon, Facebook"}
	text := strings.Join(slices.Concat(article, list, article), "\n")
	if got := kinds(text); slices.ContainsFunc(got, func(k string) bool { return k != "" }) {
		t.Errorf("%q", got)
	}
}

// TestScratch checks that what a page was before does not matter.
func TestScratch(t *testing.T) {
	texts := []string{strings.Join(before, "\n\n"), strings.Join(slices.Concat(article, behind), "\n\n"), "", "one\ntwo\nthree\nfour\nfive", strings.Join(slices.Concat(before, article, behind), "\n")}
	var z shingle.Tokenizer
	var text shingle.Text
	var used Page
	for _, s := range slices.Concat(texts, texts) {
		z.Tokenize(&text, s)
		got := slices.Clone(used.Furniture(Shipped(), s, &text, Source{}))
		if want := kinds(s); !slices.Equal(got, want) {
			t.Errorf("%.40q: used %q, fresh %q", s, got, want)
		}
	}
}

func TestRowLength(t *testing.T) {
	var z shingle.Tokenizer
	var text shingle.Text
	var p Page
	s := strings.Join(before, "\n")
	z.Tokenize(&text, s)
	p.Read(s, &text)
	p.Odds(Shipped())
	for i := range p.Len() {
		if n := len(p.Row(i)); n != Features {
			t.Fatalf("row of %d values, %d names", n, Features)
		}
	}
}

func TestCues(t *testing.T) {
	for text, want := range map[string]string{
		"Melden Sie sich für unseren Newsletter an": "newsletter",
		"Lesen Sie auch: Brücke gesperrt":           "teaser",
		"All rights reserved":                       "disclaimer",
		"vor 5 Stunden":                             "dateline",
		"17 Kommentare":                             "comments",
		"all rights":                                "",
	} {
		var z shingle.Tokenizer
		var words shingle.Text
		z.Tokenize(&words, text)
		set := allCues().find(&words, 0, words.Len())
		if want == "" && set != 0 || want != "" && set>>slices.Index(cueNames[:], want)&1 == 0 {
			t.Errorf("%q: %b, want %s", text, set, want)
		}
	}
}

// TestCueFile checks that every line of the file is read.
func TestCueFile(t *testing.T) {
	for line := range strings.Lines(cueText) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name != "#" && !slices.Contains(cueNames[:], name) {
			t.Errorf("no kind of furniture: %q", line)
		}
	}
}

// TestCount compares the packed counts with a count of each byte.
func TestCount(t *testing.T) {
	for _, s := range []string{"", "Ab1, c.", strings.Repeat("Zx9,~ä„© ", 200), strings.Repeat(",", 1000), "Bild © Erna", "a » b"} {
		var got, want block
		got.count(s)
		for i := range len(s) {
			c := byteClass[s[i]]
			for field, n := range map[uint64]*int{isUpper: &want.upper, isLetter: &want.letters, isDigit: &want.digits, isMark: &want.marks, isComma: &want.commas, isChar: &want.chars} {
				if c&field != 0 {
					*n++
				}
			}
		}
		want.right = strings.Contains(s, "©")
		if got != want {
			t.Errorf("%.20q: %+v, want %+v", s, got, want)
		}
	}
}
