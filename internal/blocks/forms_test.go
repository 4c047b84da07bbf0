package blocks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// read returns the page of blocks.
func read(block ...string) *Page {
	var z shingle.Tokenizer
	var t shingle.Text
	p := new(Page)
	text := strings.Join(block, "\n\n")
	z.Tokenize(&t, text)
	p.Read(text, &t)
	p.Repeated(Source{})
	p.Score(func(*Page, int) float32 { return 0 })
	return p
}

// TestForms looks for the headings of a live ticker: they are of one form, and
// each stands before prose.
func TestForms(t *testing.T) {
	p := read("11.39 Uhr: Rat kauft die Mühle", article[0], "12.05 Uhr: Streit um das Geld", article[1], "13.20 Uhr: Dach zuerst dran", article[5], "Alle Rechte vorbehalten")
	for _, i := range []int{2, 4} {
		if p.blocks[i].form != p.blocks[0].form {
			t.Errorf("blocks 0 and %d are of two forms", i)
		}
	}
	if n := p.forms.all[p.blocks[0].form]; n != 3 {
		t.Errorf("%d blocks of the headings' form, want 3", n)
	}
	if x := p.beforeProse(2); x != 1 {
		t.Errorf("%v of the other headings stand before prose, want all", x)
	}
	if x := p.beforeProse(6); x != -1 {
		t.Errorf("a block alone of its form: %v, want -1", x)
	}
}

// TestFormsDiffer checks that each property of a block tells its form from that of
// another.
func TestFormsDiffer(t *testing.T) {
	seen := map[int]string{}
	for _, s := range []string{"mühle", "die mühle", "die mühle am fluss", "die mühle am fluss steht seit jahren wieder leer", "die mühle.", "die mühle:", "12 mühlen", "(die mühle", "DIE MÜHLE", "Die Mühle"} {
		f := read(s).blocks[0].form
		if f < 0 || f >= numForms {
			t.Fatalf("%q: form %d of %d", s, f, numForms)
		}
		if other, ok := seen[f]; ok {
			t.Errorf("%q and %q are of one form", s, other)
		}
		seen[f] = s
	}
}

// TestAgain compares what stands in other blocks as well with a search for every
// run of words.
func TestAgain(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.SampledFrom([]string{"mühle", "fluss", "rat", "dach"})
		block := rapid.SliceOfN(rapid.SliceOfN(word, 1, 8), 1, 6).Draw(r, "blocks")
		text := make([]string, len(block))
		for i, b := range block {
			text[i] = strings.Join(b, " ")
		}
		p := read(text...)
		for i, b := range block {
			hits, n := 0, 0
			for k := 0; k+againWords <= len(b); k++ {
				n++
				run := " " + strings.Join(b[k:k+againWords], " ") + " "
				if slices.ContainsFunc(slices.Delete(slices.Clone(text), i, i+1), func(s string) bool { return strings.Contains(" "+s+" ", run) }) {
					hits++
				}
			}
			want := float32(-1)
			if n > 0 {
				want = share(hits, n)
			}
			if got := p.blocks[i].again; got != want {
				r.Fatalf("block %d of %q: %v, want %v", i, text, got, want)
			}
		}
	})
}

// TestDensest compares with the sums of all runs.
func TestDensest(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		worth := rapid.SliceOfN(rapid.Float32Range(-4, 4), 0, 12).Draw(r, "worth")
		most := float32(0)
		for i := range worth {
			sum := float32(0)
			for k := i; k < len(worth); k++ {
				sum += worth[k]
				most = max(most, sum)
			}
		}
		s, sum := densest(len(worth), func(i int) float32 { return worth[i] }), float32(0)
		for i := s.from; i < s.to; i++ {
			sum += worth[i]
		}
		if abs(sum-most) > 1e-4 {
			r.Fatalf("%v: %v has %v, want %v", worth, s, sum, most)
		}
	})
}

func TestBodies(t *testing.T) {
	p := read(slices.Concat(before, article, behind)...)
	from, to := len(before), len(before)+len(article)
	if p.body != (stretch{from, to}) {
		t.Errorf("the article stands at %v, want [%d, %d)", p.body, from, to)
	}
	if a, b, c := p.body.off(from-3), p.body.off(from), p.body.off(to); a != -logOf(3) || b != 0 || c != logOf(1) {
		t.Errorf("before %v, inside %v, behind %v", a, b, c)
	}
	if x := read("Startseite", "Politik").body.off(0); x != farOff {
		t.Errorf("without an article: %v", x)
	}
}

// TestTogether compares the odds of blocks whose rows go down the trees side by
// side with those of each row alone.
func TestTogether(t *testing.T) {
	all := slices.Concat(before, article, behind)
	for n := range 2*together + 1 {
		p := read(all[:n]...)
		m := Shipped()
		got := fmt.Sprint(p.Odds(m))
		var want []float32
		for i := range p.blocks {
			want = append(want, m.Row(p.Row(i)))
		}
		if got != fmt.Sprint(want) {
			t.Errorf("%d blocks: %v, want %v", n, got, want)
		}
	}
}
