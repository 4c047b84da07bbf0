package reuse

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"reprint/internal/short"
	"reprint/shingle"
)

// The texts here are so long that whatever costs the square of their length
// does not come back within a day. What is left to check is the verdict.

func TestLongEqualTexts(t *testing.T) {
	short.Alone(t)
	d := tokenised(numbered(100_000, " Meter weit fuhr der Zug. "))
	if d.Text.Len() < 500_000 {
		t.Fatalf("only %d words", d.Text.Len())
	}
	wantWhole(t, d, d)
}

func TestOneWordOverAndOver(t *testing.T) {
	a, b := tokenised(strings.Repeat("nein ", 200_000)), tokenised(strings.Repeat("nein ", 199_000))
	wantWhole(t, a, b)
	wantWhole(t, b, a)
	wantWhole(t, a, a)
}

func TestOneSentenceOverAndOver(t *testing.T) {
	short.Alone(t)
	const sentence = "Zu diesem Thema liegen der Redaktion heute keine Meldungen vor. "
	a, b := tokenised(strings.Repeat(sentence, 100_000)), tokenised("Stand: heute. "+strings.Repeat(sentence, 99_900))
	wantWhole(t, a, b)
	wantWhole(t, b, a)
}

// TestShuffledSentences: 5 MB of sentences, and the same ones in another order.
func TestShuffledSentences(t *testing.T) {
	short.Alone(t)
	const sentences = 100_000
	a, b := shuffled(sentences)
	longEnough(t, a, 5e6)
	m := compare(a, b)
	if m.Kind != Duplicate || min(m.ShareA, m.ShareB) < .99 || len(m.Passages) < sentences*9/10 {
		t.Errorf("%q %v %v in %d passages", m.Kind, m.ShareA, m.ShareB, len(m.Passages))
	}
}

// TestLongNoise: 5 MB of what looks German, in which every third word is
// another one.
func TestLongNoise(t *testing.T) {
	short.Alone(t)
	a, b := noisy(800_000)
	longEnough(t, a, 5e6)
	m := compare(a, b)
	if !m.Kind.Copy() || len(m.Passages) != 1 || m.Passages[0].Similarity > .7 {
		t.Errorf("%q %v %v in %d passages", m.Kind, m.ShareA, m.ShareB, len(m.Passages))
	}
}

func longEnough(t *testing.T, d *Document, bytes int) {
	t.Helper()
	if n := int(d.Text.End[d.Text.Len()-1]); n < bytes {
		t.Fatalf("only %d bytes", n)
	}
}

// shuffled is so many sentences in two orders.
func shuffled(sentences int) (a, b *Document) {
	rng := rand.New(rand.NewPCG(1, 2))
	list := make([]string, sentences)
	for i := range list {
		list[i] = randomSentence(rng)
	}
	a = tokenised(strings.Join(list, " "))
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return a, tokenised(strings.Join(list, " "))
}

// noisy is so many words of which every third is an everyday one, and the same
// with every third of them replaced.
func noisy(n int) (a, b *Document) {
	rng := rand.New(rand.NewPCG(3, 4))
	everyday := strings.Fields("der die und in den von zu das mit sich des auf")
	words := make([]string, n)
	for i := range words {
		words[i] = randomWord(rng)
		if i%3 == 0 {
			words[i] = everyday[rng.IntN(len(everyday))]
		} else if i%10 == 5 {
			words[i] += "."
		}
	}
	a = tokenised(strings.Join(words, " "))
	for i := 1; i < n; i += 3 {
		words[i] = randomWord(rng)
	}
	return a, tokenised(strings.Join(words, " "))
}

// randomSentence is eight words and a full stop.
func randomSentence(rng *rand.Rand) string {
	words := make([]string, 8)
	for i := range words {
		words[i] = randomWord(rng)
	}
	return "W" + strings.Join(words, " ") + "."
}

// randomWord is seven letters.
func randomWord(rng *rand.Rand) string {
	b := make([]byte, 7)
	for i := range b {
		b[i] = 'a' + byte(rng.IntN(26))
	}
	return string(b)
}

// TestFewAndMany: a sentence that stands eight times on one side, where all
// its places are tried, and everywhere on the other.
func TestFewAndMany(t *testing.T) {
	short.Alone(t)
	const sentence = "Zu diesem Thema liegen der Redaktion heute keine Meldungen vor. "
	for _, n := range []int{1, maxRepeats, maxRepeats + 1} {
		a, b := tokenised(strings.Repeat(sentence, n)), tokenised(strings.Repeat(sentence, 20_000))
		for _, m := range []Match{compare(a, b), mirrored(compare(b, a))} {
			if m.Kind != Republished || m.ShareA != 1 || m.ShareB > .01 || len(m.Passages) != 1 {
				t.Errorf("%d times: %s %v %v in %d passages", n, m.Kind, m.ShareA, m.ShareB, len(m.Passages))
			}
		}
	}
}

// TestOneLongSentence: a text without a full stop, in which short stretches
// are taken from another.
func TestOneLongSentence(t *testing.T) {
	short.Alone(t)
	const stretches = 100_000
	var a, b []uint64
	own := uint64(stretches * gramWords)
	for i := range uint64(stretches + 1) {
		n := 7 // too much to be joined
		if i == 0 {
			n = 1_000_000
		}
		for range n {
			a, b, own = append(a, own), append(b, own+1), own+2
		}
		for w := range uint64(gramWords) {
			a, b = append(a, i*gramWords+w), append(b, i*gramWords+w)
		}
	}
	m := compare(oneSentence(a[:len(a)-gramWords]), oneSentence(b[:len(b)-gramWords]))
	if len(m.Passages) != stretches || m.Kind != Partial {
		t.Errorf("%s, %d passages, want %d", m.Kind, len(m.Passages), stretches)
	}
}

// TestTranscripts: what was said, without a full stop, beside the same with full stops, and
// beside another transcript, in which one word in ten is misheard.
func TestTranscripts(t *testing.T) {
	short.Alone(t)
	rng := rand.New(rand.NewPCG(5, 6))
	said, read, heard := make([]string, 600_000), make([]string, 600_000), make([]string, 600_000)
	for i := range said {
		said[i] = randomWord(rng)
		read[i], heard[i] = said[i], said[i]
		switch i % 10 {
		case 5:
			heard[i] = randomWord(rng)
		case 9:
			read[i] += "."
		}
	}
	a := tokenised(strings.Join(said, " "))
	for _, words := range [][]string{read, heard} {
		m := compare(a, tokenised(strings.Join(words, " ")))
		if m.Kind != Duplicate || min(m.ShareA, m.ShareB) < .99 {
			t.Errorf("%s %v %v, evidence of %v words", m.Kind, m.ShareA, m.ShareB, m.Evidence.Words)
		}
	}
}

// oneSentence is a text of words that are told apart by numbers, with a byte
// and a space each.
func oneSentence(words []uint64) *Document {
	d := new(Document)
	for i, w := range words {
		d.Text.Hash = append(d.Text.Hash, shingle.Second(w))
		d.Text.Stem = append(d.Text.Stem, uint32(shingle.Second(w)>>32))
		d.Text.Start, d.Text.End = append(d.Text.Start, uint32(2*i)), append(d.Text.End, uint32(2*i+1))
	}
	d.Text.Flag = make([]shingle.Flag, len(words))
	whole := shingle.Unit{From: 0, To: len(words), Start: 0, End: 2*len(words) - 1}
	d.Text.Sentences, d.Text.Paragraphs = []shingle.Unit{whole}, []shingle.Unit{whole}
	return d
}

// TestLinesOfOneWord: a table of figures under the same sentence, all of them
// different, does not become one passage with it.
func TestLinesOfOneWord(t *testing.T) {
	short.Alone(t)
	const head = "Die Ergebnisse des Volkslaufs in der Reihenfolge der Startnummern aller Läuferinnen und Läufer lauten wie folgt:\n"
	a, b := tokenised(head+numbered(50_000, "a\n")), tokenised(head+numbered(50_000, "b\n"))
	m := compare(a, b)
	if len(m.Passages) != 1 || m.Passages[0].A.End > len(head) || m.Kind != Partial {
		t.Errorf("%s, passages %v, want the first line only", m.Kind, m.Passages)
	}
}

// numbered is each number under n with the given words behind it.
func numbered(n int, words string) string {
	var s strings.Builder
	for i := range n {
		s.WriteString(strconv.Itoa(i) + words)
	}
	return s.String()
}

// wantWhole wants nearly all of both to be one copied passage.
func wantWhole(t *testing.T, a, b *Document) {
	t.Helper()
	m := compare(a, b)
	if m.Kind != Duplicate || min(m.ShareA, m.ShareB) < .99 || len(m.Passages) != 1 {
		t.Errorf("%q %v %v in %d passages, want a duplicate in one: %s", m.Kind, m.ShareA, m.ShareB, len(m.Passages), m.Evidence.Rule)
	}
}

// mirrored is m seen from b.
func mirrored(m Match) Match {
	m.ShareA, m.ShareB = m.ShareB, m.ShareA
	return m
}

// TestManyQuotations: two texts with the same quotations in other sentences, none of which is
// evidence.
func TestManyQuotations(t *testing.T) {
	short.Alone(t)
	const quotations = 500_000
	var a, b []uint64
	for i := range uint64(quotations) {
		own := uint64(quotations*gramWords) + 4*i
		a, b = append(a, own), append(b, own+1, own+2)
		for w := range uint64(gramWords) {
			a, b = append(a, i*gramWords+w), append(b, i*gramWords+w)
		}
	}
	m := compare(quoting(a, 1), quoting(b, 2))
	if m.Kind != Quote || m.Evidence.Runs != quotations || m.Evidence.Words != 0 {
		t.Errorf("%s: %d runs, evidence of %v words", m.Kind, m.Evidence.Runs, m.Evidence.Words)
	}
}

// quoting is a text of sentences that are a quotation behind so many words.
func quoting(words []uint64, own int) *Document {
	d := oneSentence(words)
	d.Text.Sentences = nil
	for at := 0; at < len(words); at += own + gramWords {
		end := at + own + gramWords
		d.Text.Sentences = append(d.Text.Sentences, shingle.Unit{From: at, To: end, Start: 2 * at, End: 2*end - 1})
		for i := at + own; i < end; i++ {
			d.Text.Flag[i] |= shingle.Quoted
		}
	}
	return d
}
