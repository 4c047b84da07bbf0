package boilerplate

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"testing"
)

const (
	swanLead  = "Sechs Vögel brüten wieder im Schilf am Nordufer. Der Förster Albrecht Lindner zählt jeden Abend die Küken. Anwohner bringen ihnen Brot und frisches Wasser."
	shortLead = "Sechs Vögel brüten wieder im Schilf am Nordufer. Förster zählt die Küken. Anwohner bringen ihnen Brot und frisches Wasser."
	swanRest  = " Der Weiher war lange leer gewesen, weil ein Rohr gebrochen war. Zwei Bagger hoben den Graben aus."
	fireTwo   = "Im Hafen von Kalmar brennt seit Montag ein Frachter mit Düngemitteln an Bord. Die Behörden warnen Fischer und Badende vor giftigem Rauch über der Bucht."
	unknown   = "Eine Bäckerin aus Tirol backt Brezeln mit Kürbis und verschickt sie nach Japan."
)

// town is an article in words that it has for itself, with some text in the middle of it
// and at its end.
func town(name, middle, end string) string {
	return "Rat von " + name + " streitet weiter über Straßen\n" + ownWordsOf(name, 0) + middle + ownWordsOf(name, 1) + end
}

// ownWordsOf is sentences in words that no other name has.
func ownWordsOf(name string, part uint64) string {
	h := fnv.New64a()
	h.Write([]byte(name))
	own := rand.New(rand.NewPCG(h.Sum64(), 0))
	words := make([]string, 40)
	for i := range words {
		w := []byte("Xxxxxxx")
		for j := range w {
			w[j] = w[j]&^0x1f | byte(1+own.IntN(26))
		}
		words[i] = string(w)
	}
	rnd := rand.New(rand.NewPCG(h.Sum64(), part+1))
	var b strings.Builder
	for range 10 {
		for range 9 {
			b.WriteString(words[rnd.IntN(len(words))] + " ")
		}
		b.WriteString("im Jahr. ")
	}
	return b.String()
}

// strayArchive holds an article to which nobody calls, and a teaser that stands behind
// calls of articles that differ.
func strayArchive() []string {
	list := []string{"Am Weiher wird gebrütet\n" + swanLead + swanRest + ownWordsOf("Weiher", 0)}
	for i := range 3 {
		name := fmt.Sprintf("%cburg", 'A'+i)
		list = append(list, town(name, "", "Das könnte Sie auch interessieren: "+fireTwo))
	}
	return list
}

// TestStrays: leads of other articles, and what stands behind several calls, where they are
// off the subject, and what stands among them. The text is given as it is to be marked.
func TestStrays(t *testing.T) {
	k := heads(t, LearnOptions{}, "example.org", strayArchive()...)
	const call = "⟦Das könnte Sie auch interessieren: "
	for name, marked := range map[string]string{
		"a lead at the end":               town("Eburg", "", "⟦"+swanLead+"⟧"),
		"a lead in the middle":            town("Eburg", "⟦"+swanLead+"⟧ ", ""),
		"a lead behind a call":            town("Eburg", call+swanLead+"⟧ ", ""),
		"all of a lead but a word":        town("Eburg", "⟦"+strings.Replace(swanLead, "jeden", "gern", 1)+"⟧ ", ""),
		"a shorter one behind a call":     town("Eburg", call+shortLead+"⟧ ", ""),
		"the shorter one without a call":  town("Eburg", shortLead+" ", ""),
		"behind calls":                    town("Eburg", call+fireTwo+"⟧ ", ""),
		"the same without a call":         town("Eburg", fireTwo+" ", ""),
		"among teasers":                   town("Eburg", "", call+unknown+" "+swanLead+" "+fireTwo+"⟧"),
		"behind the last one":             town("Eburg", "", call+swanLead+" "+unknown+"⟧"),
		"behind it, and the article goes": town("Eburg", call+swanLead+"⟧ "+unknown+" ", ""),
		"the article itself":              "Am Weiher wird gebrütet\n" + swanLead + swanRest + " " + ownWordsOf("Weiher", 0),
		"on the subject":                  town("Eburg", "", "Der Förster Lindner liebt Vögel, Küken, Brot, Schilf und Wasser, sagen Anwohner am Nordufer. "+swanLead),
		"of a name that is said often":    town("Eburg", "Lindner kommt. Lindner geht. Lindner redet. "+swanLead+" ", ""),
		"a sentence of it":                town("Eburg", "Sechs Vögel brüten wieder im Schilf am Nordufer. ", ""),
		"not from its beginning":          town("Eburg", "Der Förster Albrecht Lindner zählt jeden Abend die Küken. Anwohner bringen ihnen Brot und frisches Wasser. ", ""),
		"in a text that is too short":     "Rat tagt\nEr tagt lange, und dann tagt er noch einmal, bis der Wirt die Stühle auf die Tische stellt und alle gehen müssen. " + swanLead,
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
		if got := strings.ReplaceAll(markAround(k, "example.org", text), "⟧⟦", ""); got != marked {
			t.Errorf("%s:\n got %s\nwant %s", name, got, marked)
		}
		if got := markAround(k, "other.org", text); strings.Contains(got, "⟦Sechs") || strings.Contains(got, "Wasser.⟧") {
			t.Errorf("%s: another source's leads count: %s", name, got)
		}
	}
}

// TestKeptCall: a call that a person keeps stays whole, and so does what only stands behind
// it; a lead of another article goes wherever it stands.
func TestKeptCall(t *testing.T) {
	const call = "Das könnte Sie auch interessieren"
	f := Furniture{
		Patterns: []Pattern{{Source: "example.org", Text: call, Kind: Teaser, Articles: 3, Decision: "keep", By: "found"}},
		Known:    heads(t, LearnOptions{}, "example.org", strayArchive()...),
	}
	for _, marked := range []string{
		town("Eburg", call+": "+fireTwo+" ", ""),
		town("Eburg", call+": ⟦"+swanLead+"⟧ ", ""),
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
		if got, _ := markLearnt(&Marker{Rules: Shipped(), Learnt: f.Learnt()}, "example.org", text); got != marked {
			t.Errorf("got %s\nwant %s", got, marked)
		}
	}
}

// TestOver: what stands behind the end of an article is none of it, if it is less than what
// stands before.
func TestOver(t *testing.T) {
	const end = "Hier können Sie die Rechte an diesem Artikel erwerben."
	a, long := prose("Anna", 20), prose("Bert", 60)
	for name, marked := range map[string]string{
		"teasers":            a + "⟦" + end + " " + unknown + " " + swanLead + "⟧",
		"nothing":            a + "⟦" + end + "⟧",
		"in lines":           a + "\n⟦" + end + "⟧\n⟦" + unknown + "\n" + swanLead + "⟧",
		"too much behind":    long + "⟦" + end + "⟧ " + strings.TrimSpace(long),
		"more than before":   unknown + " ⟦" + end + "⟧ " + strings.TrimSpace(a),
		"at the top":         "⟦" + end + "⟧\n" + strings.TrimSpace(a),
		"another to be sold": a + "Hier können Sie die Rechte an diesem Film erwerben. " + unknown,
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
		got, marks := markLearnt(&Marker{Rules: Shipped()}, "", text)
		if got = strings.ReplaceAll(got, "⟧⟦", ""); got != marked {
			t.Errorf("%s:\n got %s\nwant %s", name, got, marked)
		}
		if n := len(marks); n > 1 && marks[n-1].Kind != Teaser {
			t.Errorf("%s: what stands behind is called %s", name, marks[n-1].Kind)
		}
	}
}
