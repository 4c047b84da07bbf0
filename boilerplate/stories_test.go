package boilerplate

import (
	"fmt"
	"testing"

	"reprint/shingle"
)

// told learns articles of one source, each with the words it speaks of, and
// reports whether what they repeat is a story. The source has others that do not.
func told(t *testing.T, others []Subject, subjects ...Subject) bool {
	t.Helper()
	l := NewLearner(LearnOptions{})
	defer l.Close()
	var z shingle.Tokenizer
	var x shingle.Text
	site := SiteHash("example.org")
	grams := make([][]uint64, len(subjects))
	for i := range subjects {
		z.Tokenize(&x, story(i)+call)
		grams[i] = Grams(nil, &x)
		if err := l.Add(site, 18000+i, grams[i]); err != nil {
			t.Fatal(err)
		}
	}
	for range others {
		if err := l.Add(site, 17000, nil); err != nil {
			t.Fatal(err)
		}
	}
	learnt, err := l.Learn()
	if err != nil {
		t.Fatal(err)
	}
	s := l.Stories(learnt)
	defer s.Close()
	for i, about := range subjects {
		if err := s.Add(site, 18000+i, about, learnt.hitsIn(nil, grams[i], site)); err != nil {
			t.Fatal(err)
		}
	}
	for _, about := range others {
		if err := s.Add(site, 17000, about, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Tell(); err != nil {
		t.Fatal(err)
	}
	z.Tokenize(&x, call)
	hits := learnt.hitsIn(nil, Grams(nil, &x), site)
	if len(hits) != x.Len()-gramWords+1 {
		t.Fatalf("%d runs are known", len(hits))
	}
	first := learnt.counts(hits[0].slot).story
	for _, h := range hits {
		if learnt.counts(h.slot).story != first {
			t.Fatal("runs of one sentence differ")
		}
	}
	return first
}

// TestStories: what is a story and what is not.
func TestStories(t *testing.T) {
	var same, different, long, two, three, others, wide, wider []Subject
	for i := range 30 {
		same = append(same, Subject{uint16(100 + i), 8})
		different = append(different, Subject{uint16(100 + i), uint16(200 + i)})
		two = append(two, Subject{uint16(100 + i), 8, 9})
		three = append(three, Subject{uint16(100 + i), 8, 9, 10})
	}
	for i := range 50 {
		others = append(others, Subject{1, uint16(2*i + 301)})
	}
	wide = append(three[27:30:30], others[3:]...) // one in sixteen speaks of it, too
	wider = append(three[26:30:30], others[4:]...)
	long = same[:storyDays+1]
	for _, c := range []struct {
		name     string
		others   []Subject
		subjects []Subject
		want     bool
	}{
		{"five days of one thing", others, same[:5], true},
		{"five days of five things", others, different[:5], false},
		{"four of five of one thing", others, append(different[:1:1], same[:4]...), false},
		{"nine of eleven of one thing", others, append(different[:2:2], same[:9]...), true},
		{"longer than a story runs", others, long, false},
		{"what all articles speak of", others, []Subject{{1}, {1}, {1}, {1}}, false},
		{"five days of what many speak of, by two words", wide, two[:5], false},
		{"five days of what many speak of, by three words", wide, three[:5], true},
		{"five days of what more speak of", wider, three[:5], false},
		{"no subject", others, make([]Subject, 5), false},
	} {
		if got := told(t, c.others, c.subjects...); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestHeld: each word that a hit holds, once.
func TestHeld(t *testing.T) {
	for _, c := range []struct {
		at   []int
		want string
	}{
		{nil, "[]"},
		{[]int{0}, "[0 1 2 3 4 5]"},
		{[]int{2, 3, 14}, "[2 3 4 5 6 7 8 14 15 16 17 18 19]"},
		{[]int{1, 8}, "[1 2 3 4 5 6 8 9 10 11 12 13]"},
	} {
		var hits []Hit
		for _, at := range c.at {
			hits = append(hits, Hit{at: at})
		}
		words := []int{}
		for from, to := range Held(hits) {
			for ; from < to; from++ {
				words = append(words, from)
			}
		}
		if got := fmt.Sprint(words); got != c.want {
			t.Errorf("%d: %s, want %s", c.at, got, c.want)
		}
	}
}

// TestTimesLevel: more articles are never on a lower level.
func TestTimesLevel(t *testing.T) {
	last := 0
	for n := 1; n < 1<<20; n++ {
		l := timesLevel(n)
		if l < last || l >= timesLevels || n <= 256 && l != n {
			t.Fatalf("%d articles are on level %d, one less on %d", n, l, last)
		}
		last = l
	}
	if l := timesLevel(1<<31 - 1); l <= last || l >= timesLevels {
		t.Errorf("level %d", l)
	}
}
