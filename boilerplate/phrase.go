package boilerplate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"reprint/shingle"
)

var (
	wheres = []string{"start", "head", "tail", "line", "block", "any"}
	taking = []string{"phrase", "sentence", "line", "paragraph", "rest", "over", "call", "caption"}
)

// phraseReader is the scratch memory in which phrases are read.
type phraseReader struct {
	z shingle.Tokenizer
	t shingle.Text
}

func (p *phraseReader) parseRule(line string) (rule, error) {
	f := strings.Fields(line)
	if len(f) < 5 {
		return rule{}, errors.New("a rule has five parts: kind, language, where, takes, phrase")
	}
	r := rule{kind: Kind(f[0]), where: f[2], takes: f[3], name: strings.Join(f[4:], " ")}
	switch {
	case !slices.Contains(Kinds[:], r.kind):
		return r, unknownKind(r.kind)
	case !slices.Contains(wheres, r.where):
		return r, fmt.Errorf("unknown place %q: one of %s", r.where, strings.Join(wheres, ", "))
	case !slices.Contains(taking, r.takes):
		return r, fmt.Errorf("cannot take %q: one of %s", r.takes, strings.Join(taking, ", "))
	}
	if err := p.parsePhrase(&r, f[4:]); err != nil {
		return r, err
	}
	if r.where == "any" && len(r.words[0].hashes) == 0 {
		return r, errors.New("a phrase that may stand anywhere begins with a word of its own, not with #, * or ^")
	}
	return r, nil
}

// isCharacters reports whether t is one piece of a script without spaces, whose characters
// are words; signs for sounds among them may be longer words.
func isCharacters(t *shingle.Text) bool {
	chars := false
	for i, f := range t.Flag {
		chars = chars || f&shingle.Char != 0
		if i > 0 && t.Start[i] != t.End[i-1] || f&shingle.Number != 0 {
			return false
		}
	}
	return chars
}

// maxPhrase bounds the time that a rule takes at a word of a text.
const maxPhrase = 40

// marks are the punctuation marks that a phrase may ask for.
const marks = ":;-–—(),/|!?.+»«\"©[]%=【】"

// withWide returns marks with their full-width forms.
func withWide(set string) string {
	wide := strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r + 0xfee0
		}
		return -1
	}, set)
	return set + wide
}

// parsePhrase fills in words and after of r.
func (p *phraseReader) parsePhrase(r *rule, fields []string) error {
	z, t := &p.z, &p.t
	var before []string
	for _, f := range fields {
		if strings.Trim(f, marks) == "" {
			if len(f) > 1 { // else it may be the bar itself
				f = strings.ReplaceAll(f, "|", "")
			}
			if f == "" {
				return errors.New("|| stands for no mark")
			}
			before = append(before, withWide(f))
			continue
		}
		w := word{before: before}
		before = nil
		if strings.HasPrefix(f, "[") && strings.HasSuffix(f, "]") {
			w.optional = true
			f = f[1 : len(f)-1]
		}
		f, w.capitals = strings.CutPrefix(f, "^^")
		f, w.upper = strings.CutPrefix(f, "^")
		switch f {
		case "#":
			w.number = true
		case "*", "":
		default:
			if z.Tokenize(t, f); t.Len() > 1 && isCharacters(t) && !strings.Contains(f, "|") {
				for _, h := range t.Hash[:t.Len()-1] {
					w.hashes = []uint64{h}
					r.words, w = append(r.words, w), word{optional: w.optional}
				}
				w.hashes = []uint64{t.Hash[t.Len()-1]}
				break
			}
			for _, s := range strings.Split(f, "|") {
				if z.Tokenize(t, s); t.Len() != 1 || int(t.End[0]-t.Start[0]) != len(s) {
					return fmt.Errorf("%q is not one word: write the words of a phrase, and the marks between them, one by one", s)
				}
				w.hashes = append(w.hashes, t.Hash[0])
			}
		}
		r.words = append(r.words, w)
	}
	r.after = before
	if len(r.words) > maxPhrase {
		return fmt.Errorf("a phrase of %d words: %d at most", len(r.words), maxPhrase)
	}
	if len(r.words) == 0 || r.words[0].optional {
		return errors.New("a phrase begins with a word that has to be there")
	}
	return nil
}
