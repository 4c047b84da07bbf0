package boilerplate

import (
	"fmt"
	"strings"
	"testing"
)

// TestClosing: where a source ends its articles with teasers behind a call, they are none
// of the next one, though nobody knows them.
func TestClosing(t *testing.T) {
	const closing, inside = "Das könnte Sie auch interessieren: ", "Lesen Sie auch: "
	var list []string
	for i := range 6 {
		name := fmt.Sprintf("%cburg", 'A'+i)
		list = append(list, town(name, inside, closing+"Anderes "+ownWordsOf("Fern"+name, 1)))
	}
	k := heads(t, LearnOptions{}, "example.org", list...)
	own, far := town("Gburg", "", ""), swanLead+swanRest
	for _, c := range []struct {
		name, before, call, behind string
		closes                     bool
	}{
		{"off the subject", own, closing, far, true},
		{"on it", own, closing, strings.TrimSpace(ownWordsOf("Gburg", 2)), false},
		{"another call", own, inside, far, false},
		{"a short article", strings.TrimSpace(own[:len(own)/4]) + " ", closing, far, false},
		{"more than before", own, closing, town("Hburg", "", "") + unknown, false},
		{"too much behind it", own + own + own, closing, strings.TrimSpace(ownWordsOf("Fern", 1) + ownWordsOf("Fern", 2) + ownWordsOf("Fern", 3)), false},
	} {
		got := markAround(k, "example.org", c.before+c.call+c.behind)
		if strings.HasSuffix(got, "⟧") != c.closes || c.closes && !strings.HasPrefix(got, c.before+"⟦") {
			t.Errorf("%s: got %s", c.name, got)
		}
		if got := markAround(k, "other.org", c.before+c.call+c.behind); strings.HasSuffix(got, "⟧") {
			t.Errorf("%s: it is the habit of another source: %s", c.name, got)
		}
	}
	few := heads(t, LearnOptions{}, "example.org", list[:minDays-1]...)
	if got := markAround(few, "example.org", own+closing+far); strings.HasSuffix(got, "⟧") {
		t.Errorf("a few articles make a habit: %s", got)
	}
}

// TestOverRepeated: what a source repeats behind the end of an article is none of it, whatever
// its subject.
func TestOverRepeated(t *testing.T) {
	const about = "Im Prozess um den Tunnelbrand sagte ein Arbeiter aus. Die Bauleitung habe im März nichts getan. "
	const background = "Beim Tunnelbrand waren im März sechs Arbeiter gestorben, die Bauleitung schweigt."
	const end = "Hier können Sie die Rechte an diesem Artikel erwerben."
	f := &Furniture{Patterns: []Pattern{{Source: "example.org", Text: background, Kind: Repeated, Articles: 5, Days: 5, Decision: "strip", By: "learnt"}}}
	for name, marked := range map[string]string{
		"before the end": about + background + " ⟦" + end + "⟧",
		"behind it":      about + "⟦" + end + " " + background + "⟧",
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
		got, _ := markLearnt(&Marker{Rules: Shipped(), Learnt: f.Learnt()}, "example.org", text)
		if got = strings.ReplaceAll(got, "⟧⟦", ""); got != marked {
			t.Errorf("%s:\n got %s\nwant %s", name, got, marked)
		}
	}
}
