package corpus

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// A literal stands for what encoding/json makes of it, save that bytes that
// are not UTF-8 are kept; and quoting a text gives a literal that stands for it.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{`a`, `\u00fc\n\"\\\/`, `\ud83d\ude00\ud83d`, `\ud83d\u0041`, "ü\xff", `\u0000`, "\x7f\u2028<>&"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, inner string) {
		for _, ascii := range []bool{false, true} {
			lit := appendQuoted(nil, inner, ascii)
			if ascii && utf8.ValidString(inner) && !isASCII(lit) {
				t.Fatalf("%q: not ASCII: %q", inner, lit)
			}
			if got := unquote(lit); got != inner {
				t.Fatalf("%q becomes %q becomes %q", inner, lit, got)
			}
		}
		lit := []byte(`"` + inner + `"`)
		if v := jsontext.Value(lit); !v.IsValid(jsonOptions...) || v.Kind() != jsontext.KindString {
			return
		}
		got := unquote(lit)
		if n := unquotedLen(lit); n != int64(len(got)) {
			t.Fatalf("%q: length %d, want %d", lit, n, len(got))
		}
		var want string
		if err := json.Unmarshal(lit, &want); err != nil {
			t.Fatalf("%q: %v", lit, err)
		}
		if toValid(got) != want {
			t.Fatalf("%q: got %q, want %q", lit, got, want)
		}
	})
}

// toValid replaces each byte that is not UTF-8, as encoding/json does.
func toValid(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}
