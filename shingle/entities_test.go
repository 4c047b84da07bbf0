package shingle

import (
	"html"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEntityAt(t *testing.T) {
	for s, want := range map[string]struct {
		stands string
		size   int
	}{
		"&uuml;ber":                         {"ü", 6},
		"&#252;":                            {"ü", 6},
		"&#xFC;":                            {"ü", 6},
		"&nbsp;":                            {"\u00a0", 6},
		"&shy;ung":                          {"\u00ad", 5},
		"&amp; Co":                          {"&", 5},
		"&amp;uuml;":                        {"ü", 10},
		"&amp;amp;#39;s":                    {"'", 14 - 1},
		"&amp;auml":                         {"&", 5},
		"&CounterClockwiseContourIntegral;": {"∳", 33},
		"&copy=1;":                          {"", 0},
		"&copy":                             {"", 0},
		"&;":                                {"", 0},
		"&nosuchthing;":                     {"", 0},
		"& uuml;":                           {"", 0},
		"&" + strings.Repeat("a", 40) + ";": {"", 0},
	} {
		if stands, size := entityAt(s); stands != want.stands || size != want.size {
			t.Errorf("%q stands for %q, %d bytes, want %q, %d", s, stands, size, want.stands, want.size)
		}
	}
}

// No entity is longer than those that are looked for, nor shorter than what it
// stands for, as offsets have 32 bits.
func TestLongestEntity(t *testing.T) {
	for _, name := range []string{"CounterClockwiseContourIntegral", "nvgt", "nGg", "nLl", "acE", "ThickSpace"} {
		s := "&" + name + ";"
		if stands, size := entityAt(s); size != len(s) || len(stands) > size {
			t.Errorf("%s stands for %q, %d bytes", s, stands, size)
		}
	}
}

// Repeated escaping takes linear time.
func TestEscapedForever(t *testing.T) {
	var z Tokenizer
	var text Text
	z.Tokenize(&text, "&"+strings.Repeat("amp;", 1<<20)+"uuml;ber")
	if text.Len() != 1 || text.Hash[0] != Hash("über") || text.Start[0] != 0 {
		t.Fatalf("%d tokens", text.Len())
	}
}

// A text reads the same whether its characters or entities for them stand in
// it, and every token of it stands where its letters do.
func TestEntities(t *testing.T) {
	pieces := []string{"f", "ü", "ß", "é", "A", "7", " ", " ", ". ", "\n", "\n\n", "„", "“", "\"", "'", "\u00a0", "\u00ad", "–", "&", "…", "文", "ж", "<", ">"}
	forms := map[string][]string{
		"ü": {"&uuml;", "&#252;", "&#xfc;", "&amp;uuml;"}, "ß": {"&szlig;"}, "é": {"&eacute;", "&#xE9;"}, "\u00a0": {"&nbsp;"},
		"\u00ad": {"&shy;"}, "„": {"&bdquo;"}, "“": {"&ldquo;"}, "\"": {"&quot;", "&#34;"}, "'": {"&apos;", "&#39;"}, "–": {"&ndash;"},
		"&": {"&amp;"}, "…": {"&hellip;"}, "A": {"&#65;"}, "文": {"&#25991;"}, "ж": {"&zhcy;"}, "<": {"&lt;"}, ">": {"&gt;"},
	}
	rapid.Check(t, func(t *rapid.T) {
		var raw, plain strings.Builder
		for _, p := range rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces") {
			plain.WriteString(p)
			if f := forms[p]; f != nil && (p == "&" || rapid.Bool().Draw(t, "escaped")) {
				p = rapid.SampledFrom(f).Draw(t, "form")
			}
			raw.WriteString(p)
		}
		var z Tokenizer
		var got, want Text
		z.Tokenize(&want, plain.String())
		z.Tokenize(&got, raw.String())
		if !slices.Equal(got.Hash, want.Hash) || !slices.Equal(got.Stem, want.Stem) || !slices.Equal(got.Flag, want.Flag) {
			t.Fatalf("%q is not read as %q", raw.String(), plain.String())
		}
		if h := z.AppendHashes(nil, raw.String()); !slices.Equal(h, got.Hash) {
			t.Fatalf("%q has other hashes", raw.String())
		}
		same := func(start, end, from, to int) {
			if s := unescaped(raw.String()[start:end]); s != plain.String()[from:to] {
				t.Fatalf("%q of %q is not %q", s, raw.String(), plain.String()[from:to])
			}
		}
		for i := range got.Hash {
			same(int(got.Start[i]), int(got.End[i]), int(want.Start[i]), int(want.End[i]))
		}
		for k, units := range [][]Unit{got.Sentences, got.Paragraphs} {
			for i, u := range units {
				w := [][]Unit{want.Sentences, want.Paragraphs}[k][i]
				if u.From != w.From || u.To != w.To {
					t.Fatalf("unit %d of %q has other tokens", i, raw.String())
				}
				same(u.Start, u.End, w.Start, w.End)
			}
		}
	})
}

// checkPlaces checks that what is found in a text with entities stands in order
// and inside it.
func checkPlaces(t *testing.T, z *Tokenizer, x *Text, text string) {
	t.Helper()
	z.Tokenize(x, text)
	checkHashes(t, z, x, text)
	at := 0
	for i := range x.Hash {
		s := x.Span(i, i+1)
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("%q: token %d is %v after %d", text, i, s, at)
		}
		at = s.End
	}
	checkUnits(t, x, text, x.Paragraphs)
	checkUnits(t, x, text, x.Sentences)
}

// unescaped decodes what was escaped once or twice.
func unescaped(s string) string {
	return strings.NewReplacer("&amp;uuml;", "ü").Replace(html.UnescapeString(strings.ReplaceAll(s, "&amp;uuml;", "ü")))
}
