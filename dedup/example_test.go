package dedup_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"strings"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
)

// Five articles on one event: two of them share sentences, which a scan
// shows with their places in both texts.
func Example() {
	ctx := context.Background()
	c, err := corpus.Open(corpus.Options{}, "../testdata/articles")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	r, err := dedup.Scan(ctx, c, dedup.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	for m, err := range r.Matches() {
		if err != nil {
			log.Fatal(err)
		}
		if m.Kind.Reuse() {
			fmt.Println(name(m.IDA), "and", name(m.IDB), "are", m.Kind)
			fmt.Println(len(m.Passages), "passages, the first one at bytes", m.Passages[0].A, "and", m.Passages[0].B)
		}
	}
	fmt.Println(r.Summary().Clusters, "groups of copies")
	// Output:
	// 000 and 002 are partial
	// 3 passages, the first one at bytes {1911 2035} and {971 1118}
	// 000 and 004 are partial
	// 3 passages, the first one at bytes {1070 1272} and {874 1020}
	// 0 groups of copies
}

// name shortens the path of an article.
func name(id string) string {
	id = id[strings.LastIndex(id, "/")+1:]
	return id[:3]
}

// week is a small collection as it may come through a pipe.
const week = `{"id":"bote-1","source":"Bote","published":"2024-05-07","text":"Die alte Brücke über die Lahre wird von Montag an für sechs Wochen gesperrt, teilte das Bauamt mit."}
{"id":"kurier-1","source":"Kurier","published":"2024-05-06","text":"Die alte Brücke über die Lahre wird von Montag an für sechs Wochen gesperrt, teilte das Bauamt mit!"}
{"id":"kurier-2","source":"Kurier","published":"2024-05-07","text":"Im Hafen hat der Bau der neuen Kaimauer begonnen.\n\nFolgen Sie uns auf Facebook."}
`

// Clean leaves the articles and takes what belongs to the site.
func ExampleClean() {
	c, err := corpus.Open(corpus.Options{Stdin: strings.NewReader(week)}, "-")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	for d, err := range dedup.Clean(context.Background(), c, dedup.Options{}) {
		if err != nil {
			log.Fatal(err)
		}
		for _, m := range d.Marks {
			fmt.Printf("%s: %s: %q\n", d.Doc.ID, m.Kind, d.Doc.Text[m.Start:m.End])
		}
	}
	// Output:
	// kurier-2: newsletter: "Folgen Sie uns auf Facebook."
}

// What an archive teaches is kept in two files, and tells what is furniture in articles that
// come later, one at a time.
func ExampleLearn() {
	ctx := context.Background()
	var archive strings.Builder
	for day, story := range []string{"Der Rat tagt.", "Die Fähre fährt wieder.", "Es schneit im Mai.", "Die Brücke bleibt zu."} {
		fmt.Fprintf(&archive, "{\"source\":\"Bote\",\"published\":\"2024-05-0%d\",\"text\":\"%s Bleiben Sie mit uns am Ball!\"}\n", day+1, story)
	}
	c, err := corpus.Open(corpus.Options{Stdin: strings.NewReader(archive.String())}, "-")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	learnt, words, err := dedup.Learn(ctx, c, dedup.Options{})
	if err != nil {
		log.Fatal(err)
	}
	var file, beside bytes.Buffer
	learnt.Beside.File = "bote.background"
	if learnt.Beside.Version, err = dedup.WriteBeside(&beside, learnt, words); err != nil {
		log.Fatal(err)
	}
	if err := learnt.Write(&file); err != nil {
		log.Fatal(err)
	}

	var o dedup.Options
	if o.Furniture, err = boilerplate.ReadFurniture(&file, "bote.jsonl"); err != nil {
		log.Fatal(err)
	}
	if o.Archive, err = dedup.ReadBeside(bytes.NewReader(beside.Bytes()), int64(beside.Len()), o.Furniture); err != nil {
		log.Fatal(err)
	}
	late := `{"source":"Bote","published":"2024-06-01","text":"Bleiben Sie mit uns am Ball! Der Hafen friert zu."}`
	c, err = corpus.Open(corpus.Options{Stdin: strings.NewReader(late)}, "-")
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	for d, err := range dedup.Clean(ctx, c, o) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%q, as the %s\n", d.Text, d.Marks[0].Reason)
	}
	// Output: "Der Hafen friert zu.", as the source repeats it on 4 days, 4 times
}

// Compare tells of two texts on their own what they have in common.
func ExampleCompare() {
	p, err := dedup.Compare(
		&corpus.Document{Text: "Am Montag kam Regen auf, und mit ihm ein Wind, der bis in die Nacht hinein über die Dächer und Höfe der Altstadt fegte und viele Äste brach. Die Fähre nach Almina legte am Abend zwei Stunden später ab als im Fahrplan stand."},
		&corpus.Document{Text: "Die Fähre nach Almina legte am Abend zwei Stunden später ab als im Fahrplan stand. Sie wartete auf einen Zug mit Schulkindern, die von einer Reise in die Berge kamen und denen niemand den Tag verderben wollte, sagte der Kapitän."},
		dedup.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, x := range p.Match.Passages {
		fmt.Println(p.Match.Kind, x.Type, p.A.Text[x.A.Start:x.A.End])
	}
	// Output:
	// partial verbatim Die Fähre nach Almina legte am Abend zwei Stunden später ab als im Fahrplan stand.
}
