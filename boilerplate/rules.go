package boilerplate

import (
	"bufio"
	"bytes"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed rules.txt rules
var shipped embed.FS

// Rules is an immutable list of rules, safe for concurrent use. A nil Rules has none.
type Rules struct {
	list    []rule              // as written; the numbers behind theirs stand for the model's, one for each kind
	first   map[uint64][]int32  // rules by the hash of a possible first word
	open    [maxAnchor][]int32  // rules that begin with # or *, by the place of their anchor
	longest int                 // words of a phrase
	start   wordBits            // of first words of rules
	begins  beginnings          // of rules
	any     beginnings          // of rules that are tried at every word
	anchors [maxAnchor]wordBits // of the words at their anchors of rules that begin with # or *
}

// maxAnchor bounds the places at which a rule's anchor is looked for.
const maxAnchor = 4

// wordBits is a bitmap of the hashes of words, asked before the map.
type wordBits [1 << 10]uint64

func (f *wordBits) add(h uint64)      { f[h>>6&1023] |= 1 << (h & 63) }
func (f *wordBits) may(h uint64) bool { return f[h>>6&1023]>>(h&63)&1 != 0 }

// pair joins the hashes of two words.
func pair(first, second uint64) uint64 { return first*0x9e3779b97f4a7c15 ^ second }

// beginnings are bitmaps of how rules begin.
type beginnings struct {
	pairs wordBits // their first two words
	lone  wordBits // first words behind which any word may stand
}

// add takes in a first word, with those that may follow it; none: any may.
func (b *beginnings) add(first uint64, next []uint64) {
	for _, second := range next {
		b.pairs.add(pair(first, second))
	}
	if next == nil {
		b.lone.add(first)
	}
}

// at reports whether a rule may begin with token at.
func (b *beginnings) at(words []uint64, at int) bool {
	return at+1 < len(words) && b.pairs.may(pair(words[at], words[at+1])) || b.lone.may(words[at])
}

// anchored returns a bit for each place at which, seen from token at, the anchor of
// an open rule may stand, and for place 0, which stands for no anchor.
func (r *Rules) anchored(words []uint64, at int) (places uint) {
	places = 1
	for k := 1; k < maxAnchor && at+k < len(words); k++ {
		if r.anchors[k].may(words[at+k]) {
			places |= 1 << k
		}
	}
	return places
}

// sure returns the hashes of the word at place k of a phrase; none if that word may be
// missing or any word.
func (r *rule) sure(k int) []uint64 {
	if k >= len(r.words) || r.words[k].optional {
		return nil
	}
	return r.words[k].hashes
}

// rule is one line of a rule file.
type rule struct {
	kind         Kind
	where, takes string
	anywhere     bool // where is any
	placed       bool // where is head or tail
	whole        bool // where is line or block
	words        []word
	anchor       int      // place of the first word but one that has to stand there, 0 for none
	after        []string // marks: one of each has to stand behind the last word
	name         string   // the phrase as written
}

// word is one element of a phrase.
type word struct {
	hashes   []uint64 // either of them; none: any word
	number   bool     // a word with a digit
	upper    bool     // a word with a capital
	capitals bool     // a word in capitals
	optional bool
	before   []string // marks: one of each has to stand between the word before and this one
}

// Shipped returns the rules that come with the package: for German and English, and
// fewer for 21 other languages. Whatever the language of a text, all are tried.
func Shipped() *Rules { return shippedRules() }

var shippedRules = sync.OnceValue(func() *Rules {
	var list []rule
	err := eachShipped(func(name string, text []byte) error {
		one, err := readRules(bytes.NewReader(text), name, false)
		list = append(list, one...)
		return err
	})
	if err != nil {
		panic(err) // a test reads the same files, and checks them
	}
	return newRules(list)
})

// eachShipped calls do for each of the shipped files.
func eachShipped(do func(name string, text []byte) error) error {
	more, err := fs.Glob(shipped, "rules/*.txt")
	for _, name := range append([]string{"rules.txt"}, more...) {
		text, err1 := fs.ReadFile(shipped, name)
		err = errors.Join(err, err1, do(name, text))
	}
	return err
}

// ParseRules reads a rule file; name is used in errors. All faults are
// reported, each with its line.
//
// A rule file is text, one rule a line, with four words before the phrase:
//
//	kind        lang  where  takes     phrase
//	disclaimer  de    start  paragraph haftungsausschluss :
//	teaser      de    start  line      auch spannend|interessant :
//	dateline    de    start  phrase    stand : # # # uhr
//
// Empty lines and lines that begin with # are passed over. kind is a kind of
// furniture, lang says for whom the rule was written and is not matched.
//
// where says at which place the phrase has to stand:
//
//	start  at the beginning of a sentence or paragraph
//	head   at the beginning of one of the first sentences of the text
//	tail   at the beginning of a sentence in the text's last part
//	line   it has to be a whole paragraph that does not end like a sentence
//	block  at the beginning of a paragraph that is as short as a line
//	any    anywhere
//
// takes says what is furniture where the phrase was found:
//
//	phrase     the words of the phrase
//	sentence   the sentence around it, or the phrase where it goes on for 160 words
//	line       the paragraph that begins with it and is as short as a line,
//	           else the sentence if that is as short as a headline, else the
//	           phrase
//	paragraph  the paragraph that begins with it and is no longer than a
//	           disclaimer, else the sentence
//	rest       everything to the end of the text, if that is not much
//	over       the sentence around it, behind which nothing is of the article
//	call       everything up to three words or more in capitals, if they are
//	           near, else nothing: an advert that ends with its call
//	caption    the caption before a picture's credit, from the beginning of its
//	           line or sentence, and the name behind a credit that ends with a
//	           mark, if it ends a sentence, else nothing
//
// A phrase is a sequence of words, compared in folded form (case, width and
// composition do not matter). a|b is either word, # a word with a digit, *
// any word, ^ a word with a capital, ^word this word with a capital and ^^word
// this word in capitals; a [word] may be missing. A punctuation mark between words has to stand in the
// text between them; without one, anything that is no word may stand there. A
// mark before the first or behind the last word has to stand there as well, and
// .|! is either mark, and so is ([ either bracket. Of several in a row all have to
// stand there.
//
// Words that may be missing are taken where they stand; no other reading is
// tried then.
//
// Two things hold for all: the address of a web page right behind a phrase
// goes with it, and what a bracket opens ends where the bracket closes, if that
// is near. Behind a teaser's the text's last words go in its line, if there are
// not many and no sentence ends among them: a list of headings.
func ParseRules(r io.Reader, name string) (*Rules, error) {
	list, err := readRules(r, name, true)
	rules := newRules(list)
	if percent := rules.ofSample(); err == nil && percent > mostSample {
		err = fmt.Errorf("%s: its rules would strip %d %% of plain prose", name, percent)
	}
	return rules, err
}

// readRules is ParseRules without a look at what the rules do together, and unless they
// are to be checked at what each of them does.
func readRules(r io.Reader, name string, check bool) ([]rule, error) {
	var list []rule
	var faults []error
	var p phraseReader
	lines := bufio.NewScanner(r)
	n := 1
	for ; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		one, err := p.parseRule(line)
		if err == nil && check {
			err = one.check()
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, n, err))
			continue
		}
		list = append(list, one)
	}
	if err := lines.Err(); err != nil {
		faults = append(faults, fmt.Errorf("%s:%d: %w", name, n, err))
	}
	return list, errors.Join(faults...)
}

// check refuses a rule that takes most of plain prose.
func (r *rule) check() error {
	if percent := newRules([]rule{*r}).ofSample(); percent > mostSample {
		return fmt.Errorf("it would strip %d %% of plain prose", percent)
	}
	return nil
}

// ofSample returns how much of plain prose the rules take, in percent.
func (r *Rules) ofSample() int {
	return ofSample(func(yield func(int, int) bool) {
		for _, f := range r.Find(nil, sampleProse, sampleText()) {
			if !yield(f.From, f.To) {
				return
			}
		}
	})
}

// With returns rules that hold r's and more's; either may be nil. Where both mark the
// same words, more's decide. Cost: a pass over all of them.
func (r *Rules) With(more *Rules) *Rules {
	return newRules(slices.Concat(more.all(), r.all()))
}

func (r *Rules) all() []rule {
	if r == nil {
		return nil
	}
	return r.list
}

// Len returns the number of rules.
func (r *Rules) Len() int { return len(r.all()) }

// Version names the rules: it changes if what they find may.
func (r *Rules) Version() string {
	h := fnv.New64a()
	for i := range r.all() {
		one := &r.list[i]
		fmt.Fprintf(h, "%s %s %s %q\n", one.kind, one.where, one.takes, one.name)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// modelReason is the reason of what the model of blocks marks.
const modelReason = "model"

// modelRules is where the indices begin that stand for what the model of blocks marks,
// by kind; they lie behind those of any rules.
const modelRules = 1 << 24

// modelRule returns that of one kind.
func modelRule(k Kind) int { return modelRules + slices.Index(Kinds[:], k) }

// has reports whether a find is of one of the rules.
func (r *Rules) has(f Found) bool { return f.Rule >= 0 && f.Rule < r.Len() }

// foreign reports whether a find is of other rules, of which nothing is known.
func (r *Rules) foreign(f Found) bool { return f.Rule >= r.Len() && f.Rule < modelRules }

// says returns the kind and the reason of what rule or cause i marks.
func (r *Rules) says(i int) (Kind, string) {
	switch {
	case i < causeLearnt:
		c := causes[causeLearnt-1-i]
		return c.kind, c.reason
	case i >= modelRules:
		return Kinds[i-modelRules], modelReason
	}
	return r.list[i].kind, "rule: " + r.list[i].name
}

func newRules(list []rule) *Rules {
	r := &Rules{list: list, first: map[uint64][]int32{}}
	for i := range list {
		one := &list[i]
		one.anywhere, one.placed, one.whole = one.where == "any", one.where == "head" || one.where == "tail", one.where == "line" || one.where == "block"
		r.longest = max(r.longest, len(one.words))
		one.findAnchor()
		if len(one.words[0].hashes) == 0 {
			r.open[one.anchor] = append(r.open[one.anchor], int32(i))
			for _, h := range one.sure(one.anchor) {
				r.anchors[one.anchor].add(h)
			}
			continue
		}
		for _, h := range one.words[0].hashes {
			r.first[h] = append(r.first[h], int32(i))
			r.start.add(h)
			r.begins.add(h, one.sure(1))
			if one.anywhere {
				r.any.add(h, one.sure(1))
			}
		}
	}
	return r
}

// findAnchor fills in the anchor.
func (r *rule) findAnchor() {
	for k := 1; k < min(len(r.words), maxAnchor) && !r.words[k].optional; k++ {
		if r.sure(k) != nil {
			r.anchor = k
			return
		}
	}
}
