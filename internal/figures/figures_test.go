package figures

import (
	"fmt"
	"math"
	"testing"
)

func TestFigures(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Grouped(0), "0"}, {Grouped(999), "999"}, {Grouped(1000), "1,000"}, {Grouped(1234567), "1,234,567"},
		{Grouped(-5000), "-5,000"}, {Grouped(-1234567), "-1,234,567"}, {Grouped(-999), "-999"},
		{Grouped(math.MinInt64), "-9,223,372,036,854,775,808"},
		{Count(1, "copy"), "1 copy"}, {Count(2, "copy"), "2 copies"}, {Count(0, "day"), "0 days"},
		{Count(3, "stretch"), "3 stretches"}, {Count(1200, "document"), "1,200 documents"},
		{Size(0), "0 B"}, {Size(999), "999 B"}, {Size(1000), "1.0 kB"}, {Size(1500), "1.5 kB"}, {Size(12345), "12.3 kB"},
		{Size(99949), "99.9 kB"}, {Size(99950), "100 kB"}, {Size(999499), "999 kB"}, {Size(999500), "1.0 MB"},
		{Size(123456789), "123 MB"}, {Size(1.5e9), "1.5 GB"}, {Size(math.MaxInt64), "9223 PB"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func Example() {
	fmt.Println(Count(13523, "document")+",", Size(52_000_000), "of text")
	// Output: 13,523 documents, 52.0 MB of text
}
