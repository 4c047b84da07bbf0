package blocks

import (
	"slices"
	"strings"
	"testing"

	"reprint/shingle"
)

// BenchmarkFurniture looks at a page of an article between menus.
func BenchmarkFurniture(b *testing.B) {
	text := strings.Join(slices.Concat(before, article, article, article, behind), "\n\n")
	var z shingle.Tokenizer
	var t shingle.Text
	var p Page
	z.Tokenize(&t, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		p.Furniture(Shipped(), text, &t, Source{})
	}
	b.ReportMetric(float64(len(t.Paragraphs)), "blocks/op")
}
