package main

import (
	"fmt"
	"slices"
	"strings"

	"reprint/internal/blocks"
)

// The sets hold few pages of each source and hardly any discussion of readers.
// What a collection of many pages shows of its sources, and what stands below
// an article that is discussed, is therefore made up on copies of their pages.

// tellSources counts on how many of the pages a block stands, by source.
func tellSources(pages []page, c *counter) {
	type place struct {
		site  string
		block uint64
	}
	holders, all := map[place]map[uint64]bool{}, map[string]map[uint64]bool{}
	heads, tails := map[place]int{}, map[place]int{}
	for i := range pages {
		t := c.read(pages[i].text)
		hashes, key := blocks.Hashes(nil, t)
		places := blocks.Places(nil, t)
		site := pages[i].site
		if all[site] == nil {
			all[site] = map[uint64]bool{}
		}
		all[site][key] = true
		for k, h := range hashes {
			at := place{site, h}
			if holders[at] == nil {
				holders[at] = map[uint64]bool{}
			}
			if !holders[at][key] {
				heads[at] += int(places[k] & blocks.Head)
				tails[at] += int(places[k] & blocks.Tail >> 1)
			}
			holders[at][key] = true
		}
	}
	for i := range pages {
		site := pages[i].site
		pages[i].source = blocks.Source{
			Pages: len(all[site]),
			Hold:  func(h uint64) int { return len(holders[place{site, h}]) },
			Place: func(h uint64) blocks.Place {
				at := place{site, h}
				return blocks.PlaceOf(len(holders[at]), heads[at], tails[at])
			},
		}
	}
}

// Of what a source with many pages repeats: of runs of furniture of that many
// blocks at most, what share stands on most pages and what on a few; of blocks
// of an article, what share was printed once more, and of titles.
const (
	repeatedRun  = 6
	repeatedMost = .45
	repeatedFew  = .35
	quotedShare  = .01
	titleShare   = .3
	fewestPages  = 3
	mostPages    = 20
)

// mostSaid is the most blocks of a reader's comment.
const mostSaid = 16

// repeated returns the page as if it came from a source with several others.
func (p page) repeated(r *random) page {
	pages := fewestPages + int(r.unit()*(mostPages-fewestPages))
	var c counter
	hashes, _ := blocks.Hashes(nil, c.read(p.text))
	hold := map[uint64]int{}
	left, n, first := 0, 0, true
	for i, h := range hashes {
		if !p.furniture[i] {
			left, n = 0, 0
			if x := r.unit(); x < quotedShare || first && x < titleShare {
				hold[h] = 2
			}
			first = false
			continue
		}
		if left == 0 {
			left = 1 + int(r.unit()*repeatedRun)
			n = 0
			switch x := r.unit(); {
			case x < repeatedMost:
				n = max(2, int((.5+r.unit()/2)*float64(pages)))
			case x < repeatedMost+repeatedFew:
				n = 2 + int(r.unit()*float64(pages)*.2)
			}
		}
		left--
		hold[h] = n
	}
	p.made, p.source = true, blocks.Source{Pages: pages, Hold: func(h uint64) int { return hold[h] }}
	return p
}

// What stands around the words of readers.
var (
	discussionHeads = []string{"Comments (%d)", "%d Comments", "View all comments", "Add a comment", "%d Kommentare", "Kommentare (%d)", "Alle Kommentare anzeigen", "Leserkommentare", "Join the conversation", "Diskutieren Sie mit", "Discussion", "Leave a reply"}
	discussionStamp = []string{"%[1]s wrote :", "%[1]s says:", "%[1]s %[2]d hours ago", "%[1]s schrieb am %[2]d.%[3]d.2021", "%[2]d:%[4]d pm July %[3]d, 2013", "%[1]s", "%[1]s, %[2]d. Mai 2022 um %[3]d:%[4]d", "%[1]s %[3]d/%[2]d/2014", "vor %[2]d Stunden"}
	discussionEnds  = []string{"Reply", "Report", "Antworten", "Melden", "Like (%d)", "Share", "Recommend %d"}
	discussionBars  = []string{"Comments", "Tweet", "More", "Share"}
	readers         = []string{"JohnB34", "truthteller", "A. Miller", "Kritischer Leser", "Ines Weber", "gasthoerer", "Sam", "H. Meyer", "RonaldK", "old_timer", "maria99", "Bernd S."}
)

// discussed returns the page with a discussion below its article, made of
// blocks of other articles among pages.
func (p page) discussed(pages []page, r *random) page {
	pick := func(list []string) string { return list[int(r.unit()*float64(len(list)))] }
	number := func() int { return 1 + int(r.unit()*28) }
	var thread []string
	add := func(form string) {
		if strings.Contains(form, "%d") {
			form = fmt.Sprintf(form, number())
		}
		thread = append(thread, form)
	}
	for range 1 + int(r.unit()*3) {
		add(pick(discussionHeads))
	}
	stamp, end := pick(discussionStamp), pick(discussionEnds)
	ends := r.unit() < .5
	for range 1 + int(r.unit()*6) {
		line := stamp
		if strings.Contains(stamp, "%[") {
			line = strings.TrimSpace(strings.Split(fmt.Sprintf(stamp, pick(readers), number(), number(), 10+number()), "%!")[0])
		}
		add(line)
		thread = append(thread, said(&pages[int(r.unit()*float64(len(pages)))], r)...)
		if ends {
			add(end)
		}
	}
	head := discussionBars[:int(r.unit()*float64(len(discussionBars)+1))]
	at := len(p.block)
	for at > 0 && p.furniture[at-1] {
		at--
	}
	at += int(r.unit() * float64(len(p.block)-at+1))
	q := p
	q.made = true
	q.block = slices.Insert(slices.Clone(p.block), at, thread...)
	q.furniture = slices.Insert(slices.Clone(p.furniture), at, slices.Repeat([]bool{true}, len(thread))...)
	from := min(1, len(q.block)-1) // below the title
	q.block = slices.Insert(q.block, from, head...)
	q.furniture = slices.Insert(q.furniture, from, slices.Repeat([]bool{true}, len(head))...)
	q.text = strings.Join(q.block, "\n\n")
	return q
}

// said returns blocks of an article that follow each other, most often few.
func said(p *page, r *random) []string {
	var content []string
	for i, b := range p.block {
		if !p.furniture[i] {
			content = append(content, b)
		}
	}
	if len(content) == 0 {
		return nil
	}
	from := int(r.unit() * float64(len(content)))
	x := r.unit()
	return content[from:min(len(content), from+1+int(x*x*x*mostSaid))]
}
