package shingle

import "testing"

// An amount of money that opens a bracket is told by its number.
func TestAside(t *testing.T) {
	for text, want := range map[string]string{
		"a profit of A$63 million (US$47.55 million) in the half": "47.55",
		"rose to 2.36 billion pounds ($3.82 billion)":             "3.82",
		"zahlte 400 Franken (€ 370,50), hieß es":                  "370,50",
		"fiel auf 12 Dollar (EUR €11)":                            "11",
		"for 5 francs (HK $ 7)":                                   "7",
		"in marks (£1,500 or $2,000)":                             "1,500",
		"it paid $5 million":                                      "",
		"the minister (52) and his law (2019)":                    "",
		"(AUSD$5)":                                                "", // too many letters
		"50 km (31 miles)":                                        "",
		"($ million)":                                             "",
		"$5":                                                      "",
		"€5 (":                                                    "",
		"(5":                                                      "",
		"(x$5)":                                                   "",
	} {
		var z Tokenizer
		var x Text
		z.Tokenize(&x, text)
		got := ""
		for i, f := range x.Flag {
			if f&Aside != 0 {
				got += text[x.Start[i]:x.End[i]]
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
