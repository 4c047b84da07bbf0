package boilerplate

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"reprint/shingle"
)

// heads learns what stands around articles, each of a day of its own.
func heads(t *testing.T, o LearnOptions, source string, texts ...string) *Known {
	t.Helper()
	l := NewHeads(o)
	defer l.Close()
	var z shingle.Tokenizer
	var x shingle.Text
	for i, text := range texts {
		z.Tokenize(&x, text)
		if err := l.Add(SiteHash(source), i, Shipped().HeadOf(Head{}, text, &x, Shipped().Find(nil, text, &x))); err != nil {
			t.Fatal(err)
		}
	}
	k, err := l.learn()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// prose is n sentences of running text, different for each name.
func prose(name string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%sa%d sah %sb%d und %sc%d mit %sd%d. ", name, i, name, i, name, i, name, i)
	}
	return b.String()
}

const (
	otherTitle = "Sechs Schwäne kehren an den Weiher zurück"
	otherLead  = "Nach vier Jahren brüten sie wieder im Schilf am Nordufer."
	thirdTitle = "Bäcker verschenkt tausend Brezeln am Markt"
)

// archive holds articles that call others by title and lead.
func archive() []string {
	list := []string{otherTitle + "\n" + otherLead + " " + prose("Schwan", 9), thirdTitle + "\n" + prose("Brezel", 9)}
	for i := range 6 {
		name := fmt.Sprintf("Stadt%c", 'a'+i)
		teaser := "Lesen Sie auch Der Fluss steigt wieder Seit Montag regnet es ohne Pause in den Bergen. "
		list = append(list, "Rat von "+name+" streitet weiter über alles\n"+prose(name, 4)+teaser+prose(name+"x", 4))
	}
	return list
}

func markAround(k *Known, source, text string) string {
	m := &Marker{Rules: Shipped(), Learnt: newLearnt()}
	m.Learnt.known = k
	got, _ := markLearnt(m, source, text)
	return got
}

// TestAround: what is told by where else it stands. The text is given as it
// is to be marked.
func TestAround(t *testing.T) {
	k := heads(t, LearnOptions{}, "example.org", archive()...)
	a, b := prose("Anna", 5), prose("Bert", 5)
	const title = "Neue Brücke über den Kanal wird doch nicht gebaut"
	const lead = "Der Rat nahm seinen Beschluss vom Januar zurück, weil das Geld fehlt."
	for name, marked := range map[string]string{
		"the own title and lead at the end": title + "\n" + lead + " " + a + b + "⟦" + title + " " + lead + "⟧ Ende",
		"what the title quotes is quoted":   "Anna Bürger: „Wir wollen die alte Brücke am Kanal unbedingt für alle behalten“\n" + a + b + "Im Rat sagte sie: „Wir wollen die alte Brücke am Kanal unbedingt für alle behalten.“ Ende gut.",
		"a quotation that goes on alike":    "Anna Bürger: „Wir wollen die alte Brücke am Kanal unbedingt für alle behalten“\nDer " + a + b + "Im Rat sagte sie: „Wir wollen die alte Brücke am Kanal unbedingt für alle behalten.“ Der Rat lachte.",
		"the title in a known credit":       title + "\n" + a + b + "⟦Lesen Sie auch: „" + title + "“⟧",
		"the own title in the middle":       title + "\n" + lead + " " + title + " " + a + b,
		"a sentence of the lead again":      title + "\n" + lead + " " + a + b + lead + " Ende gut.",
		"title and lead of another":         title + "\n" + a + b + "⟦" + otherTitle + " " + otherLead + "⟧ " + prose("Carl", 3),
		"only the lead of another":          title + "\n" + a + b + otherLead + " " + prose("Carl", 3),
		"words of a title in a sentence":    title + "\n" + a + b + "Er sah, wie Schwäne kehren an den Weiher zurück und lachte laut. " + prose("Carl", 3),
		"a known teaser behind a call":      title + "\n" + a + "⟦Lesen Sie auch Der Fluss steigt wieder Seit Montag regnet es ohne Pause in den Bergen.⟧ " + b,
		"the same words without a call":     title + "\n" + a + "Der Fluss steigt wieder. Seit Montag regnet es ohne Pause in den Bergen. " + b,
		"a call in its own paragraph":       title + "\n" + a + "\n⟦Lesen Sie auch⟧\nDer Fluss steigt wieder. Seit Montag regnet es ohne Pause in den Bergen. " + b,
		"too short for a head":              "Rat tagt\nEnde",
		"nothing":                           "",
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
		if got := strings.ReplaceAll(markAround(k, "example.org", text), "⟧⟦", ""); got != marked {
			t.Errorf("%s:\n got %s\nwant %s", name, got, marked)
		}
		if strings.Contains(name, "another") || strings.Contains(name, "known") {
			if got := markAround(k, "other.org", text); strings.Contains(got, otherTitle+" "+otherLead+"⟧") {
				t.Errorf("%s: another source's titles count: %s", name, got)
			}
		}
	}
}

// TestHeadsReprinted: what stands behind a call in one article that was
// printed again and again is that article.
func TestHeadsReprinted(t *testing.T) {
	var list []string
	for i := range 8 {
		list = append(list, "Der Rat von Altstadt streitet weiter\n"+prose(fmt.Sprint("neu", i), 2)+"Lesen Sie auch "+prose("Anna", 5))
	}
	if k := heads(t, LearnOptions{}, "example.org", list...); len(k.behind.keys) > 0 || len(k.calls) > 0 {
		t.Errorf("%d runs behind %d calls are known", len(k.behind.keys), len(k.calls))
	}
}

// TestHeadsOrder: neither the order of articles nor memory matters.
func TestHeadsOrder(t *testing.T) {
	list := archive()
	want := heads(t, LearnOptions{}, "example.org", list...)
	if len(want.titles.keys) == 0 || len(want.leads.keys) == 0 || len(want.starts.keys) == 0 || len(want.behind.keys) == 0 || len(want.calls) != 1 {
		t.Fatalf("%d titles, %d leads, %d behind %d calls", len(want.titles.keys), len(want.leads.keys), len(want.behind.keys), len(want.calls))
	}
	for seed := range uint64(5) {
		shuffled := append([]string(nil), list...)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := heads(t, LearnOptions{Temp: t.TempDir(), Memory: 1 << 12}, "example.org", shuffled...); !same(got, want) {
			t.Errorf("order %d gives something else", seed)
		}
	}
}

// TestBreadcrumb: the way to the article ends with the article's own name.
func TestBreadcrumb(t *testing.T) {
	const url = "https://example.org/politik/neue-bruecke-ueber-den-kanal-wird-nicht-gebaut-7XK2.html?x=1"
	for name, c := range map[string]struct{ url, marked string }{
		"by the address":        {url, "Kanal ohne Brücke\n⟦Startseite Politik Neue Brücke über den Kanal wird nicht gebaut⟧ Der Rat nahm seinen Beschluss zurück."},
		"by the title":          {"", "Brücke über den Kanal kommt nicht\n⟦Startseite Politik Brücke über den Kanal kommt nicht⟧ Der Rat nahm seinen Beschluss zurück."},
		"an address cut short":  {"https://example.org/rat-sagt-neue-bruecke-ueber-den-kanal-ab", "Rat sagt neue Brücke über den Kanal ab und spart\n⟦Startseite Rat sagt neue Brücke über den Kanal ab und spart⟧ Der Rat tagt."},
		"the title in the lead": {url, "Rat baut keine Brücke\n⟦Startseite Neue Brücke über den Kanal wird nicht gebaut⟧ Der Rat baut jetzt keine Brücke."},
		"home, not at the top":  {url, "Kanal\n⟦Home News Neue Brücke über den Kanal wird nicht gebaut⟧ Der Rat tagt."},
		"no home word":          {url, "Kanal\nPolitik Neue Brücke über den Kanal wird nicht gebaut. Der Rat tagt."},
		"another name":          {url, "Kanal\nStartseite Politik Der Rat nahm seinen Beschluss zurück, weil das Geld fehlt."},
		"a name of three":       {"https://example.org/rat-tagt-heute", "Kanal\nStartseite Rat tagt heute im Saal."},
		"no address, no title":  {"", "Startseite Politik Neue Brücke über den Kanal wird nicht gebaut."},
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(c.marked)
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, text)
		var m Marker
		got := text
		for _, mark := range m.Mark(nil, text, &x, Breadcrumb(nil, text, c.url, &x), 0) {
			got = text[:mark.Start] + "⟦" + text[mark.Start:mark.End] + "⟧" + text[mark.End:]
		}
		if got != c.marked {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.marked)
		}
	}
}

// TestRefine: learnt runs take whole sentences, or what stands between them.
func TestRefine(t *testing.T) {
	const learnt = "Alle Meldungen des Tages lesen Sie in unserer App."
	const name = "dem Redaktionsnetz des Landes liegt das vor"
	const state = "Das geht aus Zahlen vom Morgen hervor, die den Stand der"
	const study = "Das zeigt eine Studie im Auftrag der Initiative neue Marktwirtschaft"
	const result = "Instituts der Wirtschaft im Auftrag der Initiative aller Betriebe."
	const begun = "Laut der Zahlen haben viele Bürger der Stadt bisher die neue Karte"
	const head = "Der Geschäftsführer der Initiative aller Betriebe der Stadt, Hubert"
	const beds = "Zudem meldete die Stadt heute früh"
	const letter = "Jeden Morgen ab sechs berichten die Redakteure im Newsletter über"
	m := &Marker{Learnt: furnitureOf("example.org", learnt, name, "mahnte er. "+learnt+" Die", state, study, result, begun+" erhalten", head+" Berger", letter, beds)}
	for what, marked := range map[string]string{
		"a sentence":                         "Der Rat tagt heute im großen Saal. ⟦" + learnt + "⟧ Er tagt auch morgen.",
		"words on both sides":                "Der Rat sei zu langsam und zu alt, mahnte er. ⟦" + learnt + "⟧ Die Debatte geht morgen im großen Saal weiter.",
		"a piece of a sentence":              "Wie die Ministerin schrieb und dem Redaktionsnetz des Landes liegt das vor allem heute noch im Magen.",
		"a sentence that was not ended":      "Der Rat tagt heute im großen Saal und ⟦" + learnt + "⟧ Er tagt auch morgen.",
		"a sentence that goes on":            "Der Rat tagt heute im großen Saal. " + state + " Behörde von fünf Uhr wiedergeben.",
		"a sentence with a name in brackets": "Der Rat tagt heute im großen Saal. " + study + " (INM) zum Haus von morgen.",
		"a sentence with a verb by chance":   "Der Rat tagt heute im großen Saal. " + begun + " erhalten, zehn Prozent den vollen Schutz von morgen.",
		"a sentence with a name by chance":   "Der Rat tagt heute im großen Saal. " + head + " Berger bewertet das als ein gutes Signal von morgen.",
		"a sentence that began before":       "Der Rat tagt heute im großen Saal. Zu diesem Ergebnis kommt die Studie des " + result + " Er tagt auch morgen.",
		"a few words of the sentence more":   "Der Rat tagt heute im großen Saal. ⟦" + beds + " wieder freie Betten.⟧ Er tagt auch morgen.",
		"a few words with a number":          "Der Rat tagt heute im großen Saal. " + beds + " 19 freie Betten. Er tagt auch morgen.",
		"behind adjectives":                  "Der Rat tagt heute im großen Saal. Zu diesem Ergebnis kommt die Studie des großen deutschen " + result + " Er tagt auch morgen.",
		"a heading and a sentence":           "Der Rat tagt. ⟦" + state + "⟧ Auch der Rat lacht auch morgen über alles im Saal.",
		"between furniture":                  "Der Rat tagt. ⟦" + letter + " Berlins Irrungen mit allen Wirren. " + learnt + "⟧ Er tagt auch morgen.",
		"all of a sentence but three words":  "Der Rat tagt. ⟦Ja, " + learnt + "⟧ Er tagt auch morgen.",
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
		if got, _ := markLearnt(m, "example.org", text); got != marked {
			t.Errorf("%s:\n got %s\nwant %s", what, got, marked)
		}
	}
}

// TestBegins: a title of another article may begin with a sentence, behind it a word later, or
// behind furniture, but not in the middle of a sentence that only goes on with what is repeated.
func TestBegins(t *testing.T) {
	var text shingle.Text
	new(shingle.Tokenizer).Tokenize(&text, "Das sagt eine Umfrage im Auftrag der Initiative für alle. Der Rat lachte.")
	var m Marker
	m.begin(&text, nil, 0)
	m.counts = append(m.counts, Count{Days: 4, Times: 4}, Count{Days: 4, Times: 4, Firm: true})
	for i := 3; i < 6; i++ {
		m.told[i].count = 1
	}
	for i, want := range map[int]bool{1: true, 2: false, 3: false, 6: false, 7: false, 9: false, 10: true, 11: true, 12: false} {
		if got := m.begins(&text, i); got != want {
			t.Errorf("word %d: %v", i, got)
		}
	}
	m.told[6].count = 1
	if !m.begins(&text, 7) {
		t.Error("a word with a capital does not begin a title behind what is repeated")
	}
	m.told[5].count = 2
	if !m.begins(&text, 6) {
		t.Error("no title begins behind what a person told")
	}
}

// TestSubjects: what a source repeats stays in articles that speak of it.
func TestSubjects(t *testing.T) {
	const background = "Beim Tunnelbrand waren im März sechs Arbeiter gestorben, die Bauleitung schweigt."
	const box = "Unsere Meldungen bekommen Sie jeden Morgen kostenlos als Newsletter."
	f := &Furniture{Patterns: []Pattern{
		{Source: "example.org", Text: background, Kind: Repeated, Articles: 5, Days: 5, Decision: "strip", By: "learnt"},
		{Source: "example.org", Text: box, Kind: Repeated, Articles: 5, Days: 5, Decision: "strip", By: "learnt"},
	}}
	const about = "Im Prozess um den Tunnelbrand sagte ein Arbeiter aus. Die Bauleitung habe im März nichts getan. "
	const other = "Der Schnee fällt leise auf die Dächer der Stadt. "
	story := &Furniture{Patterns: append([]Pattern(nil), f.Patterns...)}
	story.Patterns[0].Story = true
	for _, c := range []struct {
		name   string
		f      *Furniture
		marked string
	}{
		{"of the article's subject", f, about + background + " ⟦" + box + "⟧"},
		{"of another", f, other + "⟦" + background + " " + box + "⟧"},
		{"all holders have one subject", story, "Vor dem Tunnel lag Schnee. Der Prozess um den Brand im Tunnelbau geht weiter. " + background + " ⟦" + box + "⟧"},
		{"no word of it", story, other + "⟦" + background + " " + box + "⟧"},
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(c.marked)
		if got, _ := markLearnt(&Marker{Learnt: c.f.Learnt()}, "example.org", text); got != c.marked {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.marked)
		}
	}
	for i := range f.Patterns {
		f.Patterns[i].By = "person"
	}
	if got, _ := markLearnt(&Marker{Learnt: f.Learnt()}, "example.org", about+background); !strings.Contains(got, "⟦") {
		t.Error("what a person decided is not done")
	}
}
