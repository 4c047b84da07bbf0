package reuse

import (
	"strings"
	"testing"
)

// What is counted is not said by who comes to another number in words.
func TestCountsOther(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"mehr als drei Millionen Menschen starben", "mehr als zwei Millionen Menschen sind tot", true},
		{"mehr als drei Millionen Menschen starben", "mehr als 3 Millionen Menschen sind tot", false},
		{"mehr als fünf Millionen Menschen starben", "mehr als 3 Millionen Menschen sind tot", true},
		{"mehr als 5 Millionen Menschen starben", "mehr als 3 Millionen Menschen sind tot", false}, // weighed where sentences are
		{"the third quarter was better", "it was better in the fourth quarter", true},
		{"Three ships sank.", "Of seven boats three ships were lost.", false},
		{"twelve ships and three boats", "twelve boats and three ships", true},
		{"after two years or three years", "after three years", false},
		{"zwei Wochen später", "zwei Jahre später", false},
		{"Die dritte Welle", "Die Welle, die dritte", false},
		{"seis barcos hundidos", "ocho barcos hundidos", true},
		{"fast 8,5 Prozent", "acht Prozent", false},                                   // no whole number
		{"Sie warten. Drei Schiffe kamen.", "Sie warten. Fünf Schiffe kamen.", false}, // more than a sentence
		{"Sie warten. Drei Schiffe kamen.", "Fünf Schiffe kamen.", true},
	} {
		for range 2 {
			a, b := tokenised(c.a), tokenised(c.b)
			var x Aligner
			x.Left(a)
			x.turnTo(b)
			if got := x.countsOther(b, block{AEnd: a.Text.Len(), BEnd: b.Text.Len()}); got != c.want {
				t.Errorf("%q and %q: %t", c.a, c.b, got)
			}
			c.a, c.b = c.b, c.a
		}
	}
}

// TestCountNames: each name stands for one number, and no line has a gap.
func TestCountNames(t *testing.T) {
	values := map[string]int{}
	for _, c := range []struct {
		names            string
		from, step, long int
	}{{countNames, 2, 1, 19}, {ordinalNames, 3, 1, 10}, {tensNames, 30, 10, 7}} {
		for line := range strings.Lines(strings.TrimSpace(c.names)) {
			names := strings.Fields(line)
			if len(names) != c.long {
				t.Errorf("%d names in %q", len(names), line)
			}
			for i, name := range names {
				v := c.from + i*c.step
				if was, ok := values[name]; ok && was != v && name != "-" {
					t.Errorf("%s is %d and %d", name, was, v)
				}
				values[name] = v
			}
		}
	}
}
