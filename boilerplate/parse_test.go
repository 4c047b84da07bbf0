package boilerplate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reprint/shingle"
)

func parse(t *testing.T, lines ...string) *Rules {
	t.Helper()
	r, err := ParseRules(strings.NewReader(strings.Join(lines, "\n")), "my.txt")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestParseRulesFaults: every fault with its line, and the good rules stay.
func TestParseRulesFaults(t *testing.T) {
	const file = "\ufeff# mine\r\n\r\n" +
		"teaser de any phrase noch mehr\n" +
		"teaser de any\n" +
		"poem de any phrase ein Reim\n" +
		"teaser de top phrase noch mehr\n" +
		"teaser de any half noch mehr\n" +
		"teaser de any phrase : ,\n" +
		"teaser de any phrase [noch] mehr\n" +
		"teaser de any phrase # mehr\n" +
		"teaser de any phrase noch e-mail\n" +
		"teaser de any phrase noch|\n" +
		"teaser de any phrase (a+)+$\n" +
		"teaser de line line # mehr\n" +
		"teaser de any phrase noch || mehr\n"
	r, err := ParseRules(strings.NewReader(file), "my.txt")
	want := []string{"my.txt:4: a rule has five parts", `my.txt:5: unknown kind "poem"`, `my.txt:6: unknown place "top"`, `my.txt:7: cannot take "half"`,
		"my.txt:8: a phrase begins with a word", "my.txt:9: a phrase begins with a word", "my.txt:10: a phrase that may stand anywhere begins with a word of its own",
		`my.txt:11: "e-mail" is not one word`, `my.txt:12: "" is not one word`, `my.txt:13: "(a+)+$" is not one word`, "my.txt:15: || stands for no mark"}
	if err == nil || !slices.EqualFunc(strings.Split(err.Error(), "\n"), want, strings.Contains) {
		t.Errorf("%v\nwant %q", err, want)
	}
	if r.Len() != 2 {
		t.Errorf("%d rules, want 2", r.Len())
	}
	if _, err := ParseRules(strings.NewReader("# "+strings.Repeat("x", 1<<20)), "my.txt"); err == nil || !strings.HasPrefix(err.Error(), "my.txt:1: ") {
		t.Errorf("a line of a megabyte: %v", err)
	}
}

// TestRulesTogether: rules that each take little are refused if they take most of
// plain prose together.
func TestRulesTogether(t *testing.T) {
	var file strings.Builder
	for _, w := range strings.Fields("der die das a hat haben had müssen have ob will wann no many viele seien eleven elf") {
		fmt.Fprintf(&file, "other de any sentence %s\n", w)
	}
	if _, err := ParseRules(strings.NewReader(file.String()), "my.txt"); err == nil || !strings.Contains(err.Error(), "my.txt: its rules would strip") {
		t.Error(err)
	}
}

// TestPlaces: where a phrase has to stand and what goes with it, for rules of
// one's own.
func TestPlaces(t *testing.T) {
	long := strings.Repeat("so geht es immer weiter ", 45)
	for _, c := range []struct{ rule, marked string }{
		{"other de start phrase mehr davon", "Rat tagt. ⟦Mehr davon⟧ gibt es hier."},
		{"other de start phrase mehr davon", "Rat will mehr davon."},
		{"other de any phrase mehr davon", "Rat will ⟦mehr davon.⟧"},
		{"other de any phrase mehr davon", "Rat will mehr\ndavon."},
		{"other de any phrase mehr : davon", "Rat will ⟦mehr: davon⟧ und mehr davon"},
		{"other de any phrase mehr davon !", "Rat will ⟦mehr davon!⟧ Rat will mehr davon."},
		{"other de any phrase mehr [noch] davon", "⟦Mehr davon⟧ und ⟦mehr noch davon⟧"},
		{"other de any phrase mehr|viel davon", "⟦Mehr davon⟧ und ⟦viel davon⟧ und nichts davon"},
		{"other de any phrase mehr # * ende", "⟦Mehr 3 davon Ende⟧ Mehr drei davon Ende"},
		{"other de any phrase mehr ^ ende", "⟦Mehr Davon Ende⟧ Mehr davon Ende"},
		{"other de any phrase mehr ^davon", "⟦Mehr Davon⟧ Mehr davon"},
		{"other de any phrase ( mehr", "Rat ⟦(mehr davon)⟧ und mehr"},
		{"other de any phrase mehr", "Rat ⟦[mehr⟧ davon"},
		{"other de any phrase mehr ) -|–", "Rat ⟦(mehr) –⟧ und (mehr) davon"},
		{"other de any phrase mehr | davon", "⟦Mehr | davon⟧ und mehr davon"},
		{"other de head phrase mehr davon", "⟦Mehr davon.⟧ Rat tagt. Rat tagt. ⟦Mehr davon.⟧ Mehr davon."},
		{"other de tail phrase mehr davon", "Mehr davon. Rat tagt. Rat tagt. Rat tagt. ⟦Mehr davon.⟧"},
		{"other de line line mehr davon", "Rat tagt.\n⟦- Mehr davon!⟧\nMehr davon gibt es."},
		{"other de line line mehr davon", "Rat tagt.\nMehr davon.\n"},
		{"other de block line mehr davon", "⟦Mehr davon gibt es. Hier.⟧\nRat will. Mehr davon."},
		{"other de block line mehr davon", "Mehr davon " + long},
		{"other de start line mehr davon", "Rat tagt. ⟦Mehr davon gibt es hier.⟧ Rat tagt."},
		{"other de start line mehr davon", "⟦Mehr davon⟧ " + long},
		{"other de any sentence mehr davon", "Rat tagt. ⟦„Rat will mehr davon“.⟧ Rat tagt."},
		{"other de any sentence mehr davon", long + "⟦mehr davon in der Stadt.⟧ Rat tagt."},
		{"other de start paragraph mehr davon", "Rat tagt.\n⟦Mehr davon. Rat tagt. Ende.⟧\nRat tagt."},
		{"other de start paragraph mehr davon", "Rat tagt. ⟦Mehr davon.⟧ Rat tagt. Ende."},
		{"other de start rest mehr davon", "Rat tagt heute hier. ⟦Mehr davon.\n\nRat tagt.⟧"},
		{"other de start rest mehr davon", "⟦Mehr davon.⟧ Rat tagt hier in der Stadt.\n\nRat tagt."},
		{"other de start rest mehr davon", "Rat tagt. ⟦Mehr davon.⟧ " + long},
		{"other de any phrase mehr davon", "⟦Mehr davon www.example.org/a-b?c=d,⟧ Rat tagt."},
		{"other de any phrase mehr davon", "⟦Mehr davon⟧\nhttps://example.org Rat tagt."},
	} {
		r := parse(t, c.rule)
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(c.marked)
		if got, _ := markLearnt(&Marker{Rules: r}, "", text); got != c.marked {
			t.Errorf("%s:\n got %s\nwant %s", c.rule, got, c.marked)
		}
	}
}

// filler returns n different words.
func filler(name string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s%d ", name, i)
	}
	return b.String()
}

// TestTailAndRest: how much of a long text is its tail, and how much "rest"
// takes at most.
func TestTailAndRest(t *testing.T) {
	for _, c := range []struct {
		rule          string
		before, after int // words
		marked        bool
	}{
		{"other de tail phrase mehr davon", 500, 118, true},
		{"other de tail phrase mehr davon", 500, 119, false},
		{"other de tail phrase mehr davon", 60, 28, true},
		{"other de tail phrase mehr davon", 57, 31, false},
		{"other de start rest mehr davon", 500, 198, true},
		{"other de start rest mehr davon", 500, 199, false},
	} {
		text := filler("a", c.before) + "tagt.\n\nMehr davon. " + filler("b", c.after)
		got, marks := markLearnt(&Marker{Rules: parse(t, c.rule)}, "", text)
		whole := len(marks) == 1 && (marks[0].End == len(strings.TrimSpace(text)) || strings.Contains(c.rule, "phrase"))
		if whole != c.marked {
			t.Errorf("%s, %d words before and %d behind: marked %v, want %v: …%s", c.rule, c.before, c.after, whole, c.marked, got[max(0, len(got)-60):])
		}
	}
}

// TestOverlaps: of two finds the one that begins first stays, then the longer
// one, then the earlier rule.
func TestOverlaps(t *testing.T) {
	for _, c := range []struct {
		rules []string
		want  string
	}{
		{[]string{"other de any phrase rat tagt", "other de any phrase tagt heute abend"}, "⟦Rat tagt⟧ heute Abend"},
		{[]string{"other de any phrase rat tagt", "other de any phrase rat tagt heute"}, "⟦Rat tagt heute⟧ Abend"},
		{[]string{"other de any phrase rat", "other de any phrase heute"}, "⟦Rat⟧ tagt ⟦heute⟧ Abend"},
	} {
		if got, _ := markLearnt(&Marker{Rules: parse(t, c.rules...)}, "", "Rat tagt heute Abend"); got != c.want {
			t.Errorf("%q: %s, want %s", c.rules, got, c.want)
		}
	}
}

// TestWith: one's own rules come before the shipped ones.
func TestWith(t *testing.T) {
	shipped := Shipped()
	r := shipped.With(parse(t, "advert de line line anzeige", "other de line line teilen"))
	if r.Len() != shipped.Len()+2 || Shipped().Len() != shipped.Len() {
		t.Fatalf("%d rules of %d and 2", r.Len(), shipped.Len())
	}
	_, marks := markLearnt(&Marker{Rules: r}, "", "Teilen\n\n"+news+"\n\nQuelle: dpa")
	if len(marks) != 2 || marks[0].Kind != Other || marks[1].Kind != Credit {
		t.Errorf("%+v, want other and credit", marks)
	}
}

func TestAgencies(t *testing.T) {
	rules := Shipped()
	for _, c := range []struct {
		text, author string
		want         []string
	}{
		{"Köln (dpa) - Der Rat tagt.\n\nQuelle: DPA/rtr", "", []string{"Reuters", "dpa"}},
		{"Der Rat tagt.", "Käthe Möllering/epd", []string{"epd"}},
		{"ЯСНОГОРСК, 14 мая. /ТАСС/. Совет собрался вечером.", "", []string{"TASS"}},
		{"(명항=연합뉴스) 의회가 저녁에 열렸다.", "", []string{"Yonhap"}},
		{"القاهرة (رويترز) - اجتمع المجلس مساء.", "", []string{"Reuters"}},
		{"Die Agentur dpa meldet, dass Reuters und AFP melden.", "", nil},
		{"Lesen Sie auch: Die dpa wird alt", "", nil},
		{"", "", nil},
	} {
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, c.text)
		if got := rules.Agencies(&x, rules.Find(nil, c.text, &x), c.author); !slices.Equal(got, c.want) {
			t.Errorf("%q, by %q: %q, want %q", c.text, c.author, got, c.want)
		}
	}
}

// FuzzParseRules: nothing panics, and rules that were read without fault are
// read again from their own words.
func FuzzParseRules(f *testing.F) {
	own, err := shipped.ReadFile("rules.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(own), news)
	f.Add("other de any phrase mehr # * [^davon] ( a|b ) -|–", "mehr 3 x Davon (a) -")
	f.Add("other x start rest | ^\n# \nother x line line #", "|\n3\n")
	f.Add("other x any phrase \xff [ ] |a", "\xff")
	f.Fuzz(func(t *testing.T, file, text string) {
		r, err := ParseRules(strings.NewReader(file), "my.txt")
		checkMarks(t, &Marker{Rules: r}, text)
		if err != nil {
			return
		}
		var lines []string
		for _, one := range r.list {
			lines = append(lines, strings.Join([]string{string(one.kind), "xx", one.where, one.takes, one.name}, " "))
		}
		again := parse(t, lines...)
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, text)
		if !slices.Equal(again.Find(nil, text, &x), r.Find(nil, text, &x)) {
			t.Fatalf("%q: other finds after reading again", file)
		}
	})
}

// TestRulesThatTakeAll: a rule that would strip plain prose, and a phrase that
// could take long, are refused with their line.
func TestRulesThatTakeAll(t *testing.T) {
	for rule, want := range map[string]string{
		"other de start sentence ^":                               "my.txt:1: it would strip",
		"other de head rest *":                                    "", // at the head only
		"other de any phrase der":                                 "",
		"other de any sentence der|die|das":                       "my.txt:1: it would strip",
		"other en any sentence the":                               "my.txt:1: it would strip",
		"other de any phrase a" + strings.Repeat(" b", maxPhrase): "my.txt:1: a phrase of 41 words",
	} {
		_, err := ParseRules(strings.NewReader(rule), "my.txt")
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%.40s: %v, want %q", rule, err, want)
		}
	}
}
