package boilerplate

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// furnitureOf returns patterns of one source as Learnt.
func furnitureOf(source string, texts ...string) *Learnt {
	f := &Furniture{}
	for _, text := range texts {
		f.Patterns = append(f.Patterns, Pattern{Source: source, Text: text, Kind: Repeated, Articles: 9, Days: 9, Decision: "strip", By: "learnt"})
	}
	return f.Learnt()
}

// markLearnt returns a text with the marks that m makes in ⟦ ⟧.
func markLearnt(m *Marker, source, text string) (string, []Mark) {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	var found []Found
	if m.Rules != nil {
		found = m.Rules.Find(nil, text, &t)
	}
	marks := m.Mark(nil, text, &t, found, SiteHash(source))
	out := text
	for _, mark := range slices.Backward(marks) {
		out = out[:mark.Start] + "⟦" + out[mark.Start:mark.End] + "⟧" + out[mark.End:]
	}
	return out, marks
}

// TestCloseGap: up to three words between two stretches that a source repeats
// go with them, four stay.
func TestCloseGap(t *testing.T) {
	const head, tail = "Bleiben Sie mit uns am Ball", "Und lesen Sie alles im Netz"
	m := &Marker{Learnt: furnitureOf("example.org", head, tail)}
	for _, c := range []struct{ text, want string }{
		{head + " " + tail, "⟦" + head + " " + tail + "⟧"},
		{head + " eins " + tail, "⟦" + head + " eins " + tail + "⟧"},
		{head + " eins zwei drei " + tail, "⟦" + head + " eins zwei drei " + tail + "⟧"},
		{head + " Eins zwei drei vier " + tail, "⟦" + head + "⟧ Eins zwei drei vier ⟦" + tail + "⟧"},
	} {
		if got, _ := markLearnt(m, "example.org", c.text); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestMarksOfSources: what one source repeats is no furniture of another, and
// nothing is known of an article without source.
func TestMarksOfSources(t *testing.T) {
	const call = "Bleiben Sie mit uns am Ball"
	m := &Marker{Learnt: furnitureOf("example.org", call)}
	for source, marked := range map[string]bool{"example.org": true, "www.Example.org": true, "other.org": false, "": false} {
		if _, marks := markLearnt(m, source, "Der Rat tagt. "+call+". Er tagt lange."); len(marks) == 1 != marked {
			t.Errorf("source %q: %v, want marked: %v", source, marks, marked)
		}
	}
	every := &Marker{Learnt: furnitureOf("*", call)}
	for _, source := range []string{"example.org", ""} {
		if _, marks := markLearnt(every, source, call); len(marks) != 1 {
			t.Errorf("source %q: a pattern of every source is not found", source)
		}
	}
}

// TestRuleNamesTheKind: where a rule and learning mark the same words the rule
// says what it is, and both together are surer than either.
func TestRuleNamesTheKind(t *testing.T) {
	const text = "Der Rat tagt. Lesen Sie auch: Alles über den Schnee im Mai!"
	rule := &Marker{Rules: Shipped()}
	learnt := &Marker{Learnt: furnitureOf("example.org", "Lesen Sie auch: Alles über den Schnee im Mai!")}
	both := &Marker{Rules: rule.Rules, Learnt: learnt.Learnt}
	want := "Der Rat tagt. ⟦Lesen Sie auch: Alles über den Schnee im Mai!⟧"
	score := map[string]float64{}
	for name, c := range map[string]struct {
		m      *Marker
		kind   Kind
		reason string
	}{
		"rule":   {rule, Teaser, "rule: lesen sie auch|hier|dazu|mehr :"},
		"learnt": {learnt, Repeated, "source repeats it on 9 days, 9 times"},
		"both":   {both, Teaser, "rule: lesen sie auch|hier|dazu|mehr :"},
	} {
		got, marks := markLearnt(c.m, "example.org", text)
		if got != want || len(marks) != 1 || marks[0].Kind != c.kind || marks[0].Reason != c.reason {
			t.Errorf("%s: %s %+v", name, got, marks)
			continue
		}
		score[name] = marks[0].Score
	}
	if !(score["both"] > score["rule"] && score["both"] > score["learnt"] && score["both"] < 1) {
		t.Errorf("scores %v: both should be surest", score)
	}
}

// TestPersonSays: what a person decided is told so, and sure.
func TestPersonSays(t *testing.T) {
	f := &Furniture{Patterns: []Pattern{{Source: "*", Text: "Ihr Bote", Kind: Other, Decision: "strip", By: "person"}}}
	_, marks := markLearnt(&Marker{Learnt: f.Learnt()}, "example.org", "Der Rat tagt. Ihr Bote")
	if len(marks) != 1 || marks[0].Reason != "a person says so" || marks[0].Score != 1 {
		t.Errorf("%+v", marks)
	}
}

// TestMarksAppend: marks of another text that stand in dst already change
// nothing.
func TestMarksAppend(t *testing.T) {
	var z shingle.Tokenizer
	var x shingle.Text
	text := "Quelle: dpa"
	z.Tokenize(&x, text)
	m := Marker{Rules: Shipped()}
	found := m.Rules.Find(nil, text, &x)
	dst := []Mark{{Span: shingle.Span{Start: 500, End: 900}}}
	got := m.Mark(dst, text, &x, found, 0)
	if want := (shingle.Span{Start: 0, End: len(text)}); len(got) != 2 || got[1].Span != want {
		t.Errorf("%+v, want a second mark %v", got, want)
	}
}

// checkMarks requires what holds of the furniture of any text.
func checkMarks(t interface {
	Fatalf(string, ...any)
	Helper()
}, m *Marker, text string) {
	t.Helper()
	var z shingle.Tokenizer
	var x shingle.Text
	z.Tokenize(&x, text)
	found := m.Rules.Find(nil, text, &x)
	at := 0
	for _, f := range found {
		if f.From < at || f.To <= f.From || f.To > x.Len() || f.Rule < 0 || f.Rule >= m.Rules.Len() {
			t.Fatalf("%q: finds %v overlap or lie outside", text, found)
		}
		at = f.To
	}
	stretches := m.Stretches(nil, text, &x, found, SiteHash("example.org"))
	marks := m.Marks(nil, text, &x, stretches)
	if len(marks) != len(stretches) {
		t.Fatalf("%q: %d marks of %d stretches", text, len(marks), len(stretches))
	}
	token, at := 0, 0
	for i, s := range stretches {
		span := x.Span(s.From, s.To)
		mark := marks[i]
		switch {
		case s.From < token || s.To <= s.From || s.To > x.Len():
			t.Fatalf("%q: stretches %v overlap or lie outside", text, stretches)
		case mark.Start < at || mark.Start > span.Start || mark.End < span.End || mark.End > len(text):
			t.Fatalf("%q: mark %+v of words at %v", text, mark, span)
		case mark.Score <= 0 || mark.Score > 1 || mark.Reason == "" || !slices.Contains(Kinds[:], mark.Kind):
			t.Fatalf("%q: mark %+v", text, mark)
		case s.To < x.Len() && mark.End > int(x.Start[s.To]) || s.From > 0 && mark.Start < int(x.End[s.From-1]):
			t.Fatalf("%q: mark %+v cuts a word", text, mark)
		case utf8.ValidString(text) && !utf8.ValidString(text[mark.Start:mark.End]):
			t.Fatalf("%q: mark %+v cuts a character", text, mark)
		}
		token, at = s.To, mark.End
	}
	Strip(text, marks)
}

// testMarker knows the shipped rules and two patterns of example.org.
func testMarker() *Marker {
	return &Marker{Rules: Shipped(), Learnt: furnitureOf("example.org", "Rat tagt Rat tagt Rat tagt", "2024 dpa")}
}

func TestMarksProperties(t *testing.T) {
	m := testMarker()
	rapid.Check(t, func(t *rapid.T) { checkMarks(t, m, drawText(t)) })
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "Rat", "Quelle: dpa", "(Quelle: abc/dpa, Köln (dpa)", "Stand:\n25", "[[[Lesen Sie auch: a]]]", "\xff\xfeTeilen\x00", "\ufeffAnzeige\r\n",
		"Lesen Sie auch https://", "مجلس (Quelle: dpa)", "中文 Quelle: dpa/中", news, strings.Repeat("Lesen Sie hier (", 50)} {
		f.Add(s)
	}
	m := testMarker()
	f.Fuzz(func(t *testing.T, text string) { checkMarks(t, m, text) })
}

// TestMarkHardTexts: texts of one kind that break things.
func TestMarkHardTexts(t *testing.T) {
	for _, text := range []string{"", " ", "\n\n", "Rat", "dpa", "中文新闻", "ข่าวไทย", "e\u0301", "é", "🙂🙂", "مجلس المدينة", "\xff\xfe", "Anzeige\r\nRat\r\n",
		"\ufeffAnzeige\n", strings.Repeat("Rat ", 20000), strings.Repeat("dpa\n", 5000), strings.Repeat("(", 5000) + "Quelle: dpa"} {
		checkMarks(t, testMarker(), text)
	}
}

var germanNews = strings.Repeat(news+"\n\n", 40) + "Lesen Sie auch: Schnee im Mai!\n\nQuelle: dpa\n"

func BenchmarkFind(b *testing.B) {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, germanNews)
	rules := Shipped()
	var dst []Found
	b.SetBytes(int64(len(germanNews)))
	b.ReportAllocs()
	for b.Loop() {
		dst = rules.Find(dst[:0], germanNews, &t)
	}
	if len(dst) != 2 {
		b.Fatalf("%d finds, want 2", len(dst))
	}
}

func BenchmarkStretches(b *testing.B) {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, germanNews)
	m := Marker{Rules: Shipped(), Learnt: furnitureOf("example.org", "Kritik kam vom Verein der Kaufleute")}
	found := m.Rules.Find(nil, germanNews, &t)
	site := SiteHash("example.org")
	var dst []Stretch
	b.SetBytes(int64(len(germanNews)))
	b.ReportAllocs()
	for b.Loop() {
		dst = m.Stretches(dst[:0], "", &t, found, site)
	}
	if len(dst) != 42 {
		b.Fatalf("%d stretches, want 42", len(dst))
	}
}

// TestKeepOverRules: what a person keeps stays, though a rule finds it.
func TestKeepOverRules(t *testing.T) {
	f := &Furniture{Patterns: []Pattern{{Source: "example.org", Text: "Lesen Sie auch: Streit um die Brücke", Kind: Teaser, Decision: "keep", By: "person"}}}
	m := &Marker{Rules: Shipped(), Learnt: f.Learnt()}
	const text = "Der Rat tagt.\n\nLesen Sie auch: Streit um die Brücke\n\nEr tagt wieder."
	if got, _ := markLearnt(m, "example.org", text); got != text {
		t.Errorf("got %s", got)
	}
	if got, _ := markLearnt(m, "other.org", text); got == text {
		t.Error("kept for another source")
	}
}

// TestForeignRules: what rules found that a marker does not have is passed over, on a page
// and in running text.
func TestForeignRules(t *testing.T) {
	for _, text := range []string{
		"Haftungsausschluss: Das Urheberrecht liegt beim Verlag. Der Rat tagt.\n\nLesen Sie auch: Der Zug kommt",
		"Start\nPolitik\nDer Rat tagt.\nSubscribe to our newsletter.\nFoto: dpa\nBerlin (dpa) - Der Rat tagt.",
	} {
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, text)
		found := Shipped().Find(nil, text, &x)
		if len(found) < 2 {
			t.Fatalf("%q: %v", text, found)
		}
		m := PageMarker{}
		want := m.Mark(nil, text, &x, nil, 0)
		if got := m.Mark(nil, text, &x, found, 0); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		if got := m.Marker.Mark(nil, text, &x, found, 0); len(got) > 0 {
			t.Errorf("%q: %v", text, got)
		}
	}
}
