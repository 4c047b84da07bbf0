package language

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"reprint/shingle"
)

func TestOf(t *testing.T) {
	for text, want := range map[string]string{
		"Der Rat der Stadt hat beschlossen, die alte Mühle zu kaufen und in den nächsten Jahren zu sanieren.":            "de",
		"The council has decided to buy the old mill and to repair it soon.":                                             "en",
		"Nous avons vu que le moulin sera réparé, mais les habitants ne sont pas contents de cette décision du conseil.": "fr",
		"Il consiglio della città ha deciso che il mulino sarà riparato.":                                                "it",
		"Rada miasta zdecydowała, że stary młyn zostanie naprawiony przez tych, którzy są tutaj.":                        "pl",
		"Рада міста вирішила, що старий млин буде відремонтовано для тих, які тут живуть.":                               "uk",
		"Совет города решил, что старая мельница будет восстановлена для тех, кто здесь живёт.":                          "ru",
		"قرر المجلس أن الطاحونة القديمة سوف ترمم من أجل الذين يعيشون في المدينة.":                                        "ar",
		"परिषद ने तय किया है कि पुरानी चक्की की मरम्मत की जाएगी।":                                                        "hi",
		"市议会决定，旧磨坊将在今年修复，这是居民的愿望。":                                                                                       "zh",
		"市議会は、古い水車小屋をこの春に直すことを決めた。":                                                                                      "ja",
		"시의회는 오래된 방앗간을 이번 봄에 고치기로 한 것으로 전했다.":                                                                            "ko",
		"สภาเมืองมีมติว่าโรงสีเก่าที่อยู่ริมน้ำจะได้รับการซ่อมแซมในปีนี้":                                                "th",
		"Xqz vvk ppt":  "",
		"":             "",
		"123 456 78 9": "",
	} {
		var z shingle.Tokenizer
		var words shingle.Text
		z.Tokenize(&words, text)
		if got := Of(&words).Code; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if n := len(languages().list); n != 58 {
		t.Errorf("%d languages", n)
	}
}

// TestHas: a language has the words of its list that are one token each, taken one by one, and
// the table of all says the same; a word of no list is nowhere.
func TestHas(t *testing.T) {
	zr, err := gzip.NewReader(bytes.NewReader(stopwords))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zr)
	if err != nil {
		t.Fatal(err)
	}
	a := languages()
	var z shingle.Tokenizer
	var token shingle.Text
	words := 0
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		list, l := strings.Fields(line), a.list[i]
		for _, w := range list[1:] {
			if z.Tokenize(&token, w); token.Len() != 1 {
				continue
			}
			words++
			if h := token.Hash[0]; list[0] != l.Code || !l.Has(h) || a.of(h)>>i&1 == 0 {
				t.Fatalf("%s: %s", list[0], w)
			}
		}
	}
	if words < 17000 {
		t.Errorf("%d words", words)
	}
	if z.Tokenize(&token, "Wassermühle"); a.of(token.Hash[0]) != 0 || a.list[0].Has(token.Hash[0]) {
		t.Error("a word of no list is in one")
	}
}

// TestHasStem: a function word has its stem, another word none.
func TestHasStem(t *testing.T) {
	var z shingle.Tokenizer
	var words shingle.Text
	for text, want := range map[string]bool{"avec": true, "cependant": true, "moulin": false} {
		z.Tokenize(&words, text)
		for _, l := range languages().list {
			if l.Code == "fr" && l.HasStem(words.Stem[0]) != want {
				t.Errorf("%s: %v", text, !want)
			}
		}
	}
	if None.Has(1<<40) || None.HasStem(7) {
		t.Error("no language has words")
	}
}
