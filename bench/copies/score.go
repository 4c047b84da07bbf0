package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
)

// found is a line of what a tool says: a list of removed documents ("id" is a copy
// of "kept") or of pairs ("a" and "b").
type found struct {
	ID   string `json:"id"`
	Kept string `json:"kept"`
	A    string `json:"a"`
	B    string `json:"b"`
}

func (f found) pair() (a, b string) {
	if f.Kept != "" {
		return f.ID, f.Kept
	}
	return f.A, f.B
}

// groups are sets of documents that hang together.
type groups map[string]string

func (g groups) of(id string) string {
	for {
		up, ok := g[id]
		if !ok {
			return id
		}
		id = up
	}
}

func (g groups) join(a, b string) {
	if a, b = g.of(a), g.of(b); a != b {
		g[max(a, b)] = min(a, b)
	}
}

// score prints how many of the planted copies stand in one group with what they are
// a copy of, by the percentage of words changed, and how many lines of found join
// what the truth holds apart.
func score(w io.Writer, truthFile, foundFile string) error {
	said, right := groups{}, groups{}
	lines := 0
	var pairs [][2]string
	err := each(foundFile, func(f found) error {
		a, b := f.pair()
		if a == "" || b == "" {
			return fmt.Errorf("neither id and kept nor a and b")
		}
		lines++
		said.join(a, b)
		pairs = append(pairs, [2]string{a, b})
		return nil
	})
	if err != nil {
		return err
	}
	planted, hit := map[int]int{}, map[int]int{}
	err = each(truthFile, func(p plantedLine) error {
		right.join(p.Copy, p.Of)
		planted[p.Percent]++
		if said.of(p.Copy) == said.of(p.Of) {
			hit[p.Percent]++
		}
		return nil
	})
	if err != nil {
		return err
	}
	printScore(w, planted, hit)
	wrong := 0
	for _, p := range pairs {
		if right.of(p[0]) != right.of(p[1]) {
			if wrong++; wrong <= 5 {
				fmt.Fprintf(w, "  wrong: %s %s\n", p[0], p[1])
			}
		}
	}
	fmt.Fprintf(w, "%d lines, %d of them wrong\n", lines, wrong)
	return nil
}

type plantedLine = planted

func printScore(w io.Writer, planted, hit map[int]int) {
	var all, hits int
	percents := make([]int, 0, len(planted))
	for p := range planted {
		percents = append(percents, p)
	}
	slices.Sort(percents)
	for _, p := range percents {
		fmt.Fprintf(w, "%d %%  %d of %d copies found  %.4f\n", p, hit[p], planted[p], float64(hit[p])/float64(planted[p]))
		all += planted[p]
		hits += hit[p]
	}
	fmt.Fprintf(w, "all  %d of %d copies found  %.4f\n", hits, all, float64(hits)/float64(max(all, 1)))
}

// each decodes the lines of a file.
func each[T any](name string, do func(T) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		var v T
		err := json.Unmarshal(s.Bytes(), &v)
		if err == nil {
			err = do(v)
		}
		if err != nil {
			return fmt.Errorf("%s: line %d: %w", name, n, err)
		}
	}
	return s.Err()
}
