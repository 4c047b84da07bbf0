package shingle

import (
	"strings"
	"testing"
)

// Texts of the benchmarks, about 4 kB each, the length of an article.
var benchTexts = []struct{ name, text string }{
	{"German", article(`Die Bürgermeisterin von Süderau, Käthe Möllering (parteilos), hat am Dienstag, dem 25. April, die „größte Brücke der Region“ für den Verkehr freigegeben. Rund 1.200 Gäste kamen zur Eröffnung – deutlich mehr als erwartet. „Wir haben zwölf Jahre darauf gewartet“, sagte Möllering. Die Kosten stiegen laut Dr. Voß von 3,5 auf 7,25 Mio. Euro. Außerdem müssten z. B. die Zufahrten noch ausgebaut werden, hieß es. Über die Höhe der Maut entscheidet der Kreistag im 2. Halbjahr.`)},
	{"English", article(`The harbour town of Eastmere opened its new tidal barrier on Tuesday after a decade of delays. "We won't see another flood like that of 1953," said Mayor J. R. Whitcombe, who had pushed for the project since 2014. The barrier cost about $48.5 million, according to the U.S. engineering firm that built it. Critics say the money wasn't well spent. It will be closed, officials added, whenever the water rises by more than 2.4 metres.`)},
	{"Chinese", article(`星期二，海边小城东港的新防潮堤正式启用，工程历时十年。市长王小明说：“我们再也不会看到一九五三年那样的洪水了。”工程造价约为四千八百万元，比计划多出一倍。批评者认为这笔钱花得不值。官员补充说，只要水位上涨超过2.4米，闸门就会关闭。`)},
	{"Cyrillic", article(`Приморский город Восточный открыл во вторник новую плотину после десяти лет задержек. «Мы больше не увидим такого наводнения, как в 1953 году», — сказал мэр Иван Петров. Строительство обошлось в 48,5 млн рублей. Критики считают, что деньги потрачены зря. Ворота закроют, если вода поднимется более чем на 2,4 метра.`)},
	{"Thai", article(`เมืองท่าแห่งนี้เปิดใช้เขื่อนกั้นน้ำใหม่เมื่อวันอังคารหลังล่าช้ามาสิบปี นายกเทศมนตรีกล่าวว่าเราจะไม่เห็นน้ำท่วมแบบนั้นอีก`)},
	{"Wrapped", wrap(article(`The harbour town of Eastmere opened its new tidal barrier on Tuesday after a decade of delays. The barrier cost about 48.5 mln dlrs, according to the U.S. engineering firm that built it. Critics say the money was not well spent.`), 65)},
}

func article(paragraph string) string {
	return strings.Repeat(paragraph+"\n", 1+4000/len(paragraph))
}

// wrap breaks the lines of text at the given width and indents its paragraphs.
func wrap(text string, width int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("    ")
		n := 4
		for _, word := range strings.Fields(line) {
			if n+len(word) > width {
				b.WriteByte('\n')
				n = 0
			}
			b.WriteString(word + " ")
			n += len(word) + 1
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func BenchmarkTokenize(b *testing.B) {
	for _, c := range benchTexts {
		b.Run(c.name, func(b *testing.B) {
			var z Tokenizer
			var x Text
			z.Tokenize(&x, c.text)
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				z.Tokenize(&x, c.text)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*x.Len()), "ns/token")
		})
	}
}

func BenchmarkAppendHashes(b *testing.B) {
	for _, c := range benchTexts {
		b.Run(c.name, func(b *testing.B) {
			var z Tokenizer
			hashes := z.AppendHashes(nil, c.text)
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				hashes = z.AppendHashes(hashes[:0], c.text)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(hashes)), "ns/token")
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	var z Tokenizer
	var x Text
	z.Tokenize(&x, benchTexts[0].text)
	var dst []uint64
	for b.Loop() {
		dst = Append(dst[:0], x.Hash, 5)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(dst)), "ns/shingle")
}
