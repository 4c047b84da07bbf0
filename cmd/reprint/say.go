package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/copies"
	"reprint/internal/figures"
	"reprint/report"
	"reprint/reuse"
)

// What commands say at their end: a summary for people, or with --json one
// line {"v":1,"event":"summary",...} on standard error, and one line
// {"v":1,"event":"warning",...} for each warning before it.

// event heads every line of --json.
type event struct {
	V     int    `json:"v"`
	Event string `json:"event"`
}

var (
	summaryEvent = event{1, "summary"}
	warningEvent = event{1, "warning"}
)

// reused counts the matches that mean reuse.
func reused(s *dedup.Summary) int {
	n := 0
	for kind, count := range s.Matches {
		if kind.Reuse() {
			n += count
		}
	}
	return n
}

// scanned shows a results folder.
func (t *tool) scanned(dir string, s *dedup.Summary) error {
	t.progress.clear()
	t.noteIDs(s.SameIDs)
	if s.Rejected > 0 {
		t.warn("", "%s could not be read: left out and listed in %s", figures.Count(s.Rejected, "record"), filepath.Join(dir, "rejected.jsonl"))
	}
	if t.json {
		return t.event(struct {
			event
			Results   string             `json:"results"`
			Documents int                `json:"documents"`
			Rejected  int                `json:"rejected"`
			Matches   map[reuse.Kind]int `json:"matches"`
			Clusters  int                `json:"clusters"`
			Copies    int                `json:"copies"`
			Passages  map[string]int     `json:"passages"`
			Furniture int                `json:"documents_with_furniture"`
		}{summaryEvent, dir, s.Documents, s.Rejected, s.Matches, s.Clusters, s.Copies, s.Passages, s.Marked})
	}
	if t.quiet {
		return nil
	}
	return report.Terminal(t.out, dir, t.terminalOptions())
}

// learned tells what went into a furniture file.
func (t *tool) learned(path string, f *boilerplate.Furniture) error {
	t.note("%s of %s from %s: %s", figures.Count(len(f.Patterns), "pattern"), figures.Count(f.Sources, "source"),
		figures.Count(f.Articles, "article"), shown(path))
	if f.Beside.File != "" {
		t.note("how common words and runs are, to be kept beside it: %s", background(path))
	}
	return t.event(struct {
		event
		Output   string `json:"output"`
		Patterns int    `json:"patterns"`
		Articles int    `json:"articles"`
		Days     int    `json:"days"`
		Sources  int    `json:"sources"`
	}{summaryEvent, path, len(f.Patterns), f.Articles, f.Days, f.Sources})
}

// cleaned tells what was, or would be, taken out.
func (t *tool) cleaned(s *settings, dry bool, sum *cleanSum, rejected int) error {
	t.noteIDs(sum.sameIDs)
	verb, where := "stripped from", ": "+shown(s.out)
	if dry {
		verb, where = "would be stripped from", ""
		if s.out != "" {
			where = ": " + shown(s.out)
		}
	}
	t.note("furniture %s %s of %s, %s of %s%s", verb, figures.Grouped(int64(sum.marked)), figures.Count(sum.documents, "document"),
		figures.Size(sum.before-sum.after), figures.Size(sum.before), where)
	if len(sum.marks) > 0 {
		t.note("kinds: %s", markList(sum.marks))
	}
	if sum.whole > 0 {
		t.note("%s nothing but furniture: left as read, --allow-empty empties them", figures.Count(sum.whole, "text"))
	}
	t.noteRemoved(s, sum.marked, dry)
	if dry && s.out != "" {
		t.note("write \"keep\" where a wording is to stay, and give the file to --furniture")
	}
	return t.event(struct {
		event
		Output    string                   `json:"output"`
		Removed   string                   `json:"removed"`
		Documents int                      `json:"documents"`
		Marked    int                      `json:"documents_with_furniture"`
		Marks     map[boilerplate.Kind]int `json:"marks"`
		Whole     int                      `json:"nothing_but_furniture"`
		Before    int64                    `json:"bytes_before"`
		After     int64                    `json:"bytes_after"`
		SameIDs   int                      `json:"documents_with_same_id"`
		Rejected  int                      `json:"rejected"`
	}{summaryEvent, s.out, s.removed, sum.documents, sum.marked, sum.marks, sum.whole, sum.before, sum.after, sum.sameIDs, rejected})
}

// deduped tells how many stayed.
func (t *tool) deduped(s *settings, w *survivors, sum *copies.Summary, rejected int) error {
	t.noteIDs(sum.SameIDs)
	t.note("%s: %s", w.told(), shown(s.out))
	if sum.Beside > 0 {
		t.note("for %s of the scan nothing went: what would go has text of its own", figures.Count(sum.Beside, "match"))
	}
	t.noteRemoved(s, w.gone, false)
	return t.event(struct {
		event
		Output    string `json:"output"`
		Removed   string `json:"removed"`
		Documents int    `json:"documents"`
		Beside    int    `json:"matches_without_drop,omitempty"`
		Kept      int    `json:"kept"`
		Dropped   int    `json:"dropped"`
		Temp      int64  `json:"temp_bytes"`
		SameIDs   int    `json:"documents_with_same_id"`
		Rejected  int    `json:"rejected"`
	}{summaryEvent, s.out, s.removed, w.stayed + w.gone, sum.Beside, w.stayed, w.gone, sum.Temp, sum.SameIDs, rejected})
}

// told says what was written.
func (w *survivors) told() string {
	all, goes := figures.Count(w.stayed+w.gone, "document"), figures.Grouped(int64(w.gone))
	switch {
	case w.annotate:
		return fmt.Sprintf("%s, %s of them copies of others, each with its group", all, goes)
	case w.turned:
		return fmt.Sprintf("%s of %s, the copies of others", goes, all)
	}
	stay := "stay"
	if w.stayed == 1 {
		stay = "stays"
	}
	return fmt.Sprintf("%s of %s %s, %s went", figures.Grouped(int64(w.stayed)), all, stay, goes)
}

// noteWhole tells that all of a text counted, also what its source prints in every article,
// where documents went that name their sources.
func (t *tool) noteWhole(s *settings, c *corpus.Collection, gone int) {
	fields, _ := c.FieldsRead()
	if gone > 0 && s.dedup.Furniture == nil && len(fields["source"]) > 0 {
		t.remark("--furniture FILE, which learn writes, leaves that out", "all of a text counted, what its source repeats as well")
	}
}

// noteSkipped tells of files in folders that are not read.
func (t *tool) noteSkipped(c *corpus.Collection) {
	n, extensions := c.Skipped()
	if n == 0 {
		return
	}
	for i, ext := range extensions {
		if ext == "" {
			extensions[i] = "no extension"
		}
	}
	t.remark("", "%s in folders not read, of no known format: %s", figures.Count(n, "file"), strings.Join(extensions, ", "))
}

// noteFields tells people which fields were read as what, where that was guessed under
// other than the first of the usual names.
func (t *tool) noteFields(c *corpus.Collection) {
	if fields, guessed := c.FieldsRead(); guessed {
		t.note("read: %v", fields)
	}
}

// noteInput tells what no record is rejected for: a field that the call names and no
// record has, dates that are not understood, texts that are no UTF-8.
func (t *tool) noteInput(c *corpus.Collection) {
	t.noteFields(c)
	for _, name := range c.Unseen() {
		t.remark("", "no record has anything in the field %q", name)
	}
	for _, odd := range []*corpus.ReadError{c.OddText(), c.OddDate()} {
		if odd != nil {
			t.remark(odd.Hint, "%v", odd)
		}
	}
}

// noteSources tells that what the sources repeat cannot be learnt, as no record that could
// name its source does.
func (t *tool) noteSources(s *settings, c *corpus.Collection, sources int) {
	if sources == 0 && haveFields(c) && s.corpus.SourceField == "" {
		t.remark("--source-field names the field with the source, if there is one; none says that there is none",
			"no record names its source or its address: what a source repeats is not known as furniture")
	}
}

// haveFields reports whether a record of c could name its source.
func haveFields(c *corpus.Collection) bool {
	return slices.ContainsFunc(c.Files(), func(f corpus.File) bool { return f.Format != "txt" })
}

// sourcesShown is how many sources a hint lists.
const sourcesShown = 5

// noteKeep tells of sources that --keep prefers and none of the documents has.
func (t *tool) noteKeep(c *corpus.Collection, documents int) {
	absent, present := c.Absent(documents)
	for _, name := range absent {
		hint := "no record names its source: --source-field names the field with it, if there is one"
		if near := nearestSource(name, present); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		} else if len(present) > 0 {
			hint = "sources there are: " + strings.Join(present[:min(len(present), sourcesShown)], ", ")
			if len(present) > sourcesShown {
				hint += ", ..."
			}
		}
		t.remark(hint, "no record has the source %q, which --keep prefers", name)
	}
}

// nearestSource is nearest for names whose case does not matter.
func nearestSource(name string, present []string) string {
	folded := make(map[string]string, len(present))
	for _, p := range slices.Backward(present) { // of two that fold to one the more frequent
		folded[strings.ToLower(p)] = p
	}
	return folded[nearest(strings.ToLower(name), slices.Collect(maps.Keys(folded)))]
}

// noteIDs is the one warning about ids that occur twice.
func (t *tool) noteIDs(same int) {
	if same > 0 {
		t.remark("", "ids of %s occur more than once: told apart as id@path:record", figures.Count(same, "document"))
	}
}

func (t *tool) noteRemoved(s *settings, n int, dry bool) {
	if s.removed != "" && n > 0 && !dry {
		t.note("what went and why: %s", shown(s.removed))
	}
}

// markList counts marks by kind, in the order in which people are shown them.
func markList(marks map[boilerplate.Kind]int) string {
	var parts []string
	for _, k := range boilerplate.Kinds {
		if n := marks[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", k, figures.Grouped(int64(n))))
		}
	}
	return strings.Join(parts, ", ")
}

// shown is an output as people are told of it.
func shown(path string) string {
	if path == "-" {
		return "standard output"
	}
	return path
}
