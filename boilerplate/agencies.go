package boilerplate

import (
	"slices"
	"strings"
	"sync"

	"reprint/shingle"
)

// agencyNames are the news agencies whose names credit lines give, by the
// form that is shown.
var agencyNames = []string{"dpa", "AFP", "Reuters", "AP", "APA", "epd", "KNA", "SID", "dts", "dapd", "ddp", "ots", "UPI", "Bloomberg", "ANSA", "EFE", "TASS", "Interfax", "Xinhua", "Kyodo", "Yonhap", "PA", "CNN", "Belga", "ATS", "ANP", "PAP", "Lusa", "AGI", "Adnkronos", "ČTK", "NTB", "Ritzau"}

// agencyOf finds a name by the hash of its folded form.
var agencyOf = sync.OnceValue(func() map[uint64]string {
	m := map[uint64]string{}
	for written, name := range map[string]string{
		"rtr": "Reuters", "rts": "Reuters", "رويترز": "Reuters", "ТАСС": "TASS", "Интерфакс": "Interfax", "Interfax.ru": "Interfax", "연합뉴스": "Yonhap",
	} {
		m[shingle.Hash(written)] = name
	}
	for _, name := range agencyNames {
		m[shingle.Hash(name)] = name
	}
	return m
})

// Agencies returns the agencies that the credits and datelines among found
// name, and the author's line, in alphabetical order; nil if there are none.
// t is the text in which they were found.
func (r *Rules) Agencies(t *shingle.Text, found []Found, author string) []string {
	var names []string
	for _, f := range found {
		if !r.has(f) {
			continue
		}
		if kind := r.list[f.Rule].kind; kind != Credit && kind != Dateline {
			continue
		}
		for _, h := range t.Hash[f.From:f.To] {
			if name := agencyOf()[h]; name != "" {
				names = append(names, name)
			}
		}
	}
	for _, word := range strings.FieldsFunc(author, func(r rune) bool { return strings.ContainsRune(" /,;()-", r) }) {
		if name := agencyOf()[shingle.Hash(word)]; name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
