package reuse

import (
	"fmt"
	"strconv"
)

const (
	// duplicateFrom is the share that both sides must have of a duplicate.
	duplicateFrom = .8

	// republishedFrom is the printed share of the shorter one from which a
	// partial match is a republished article.
	republishedFrom = .5

	// mostTold is the largest share of a pair that sentences make a match without
	// evidence: they tell of a part.
	mostTold = republishedFrom - .01

	// plainEvidence is the evidence that is reuse however long the articles.
	// Less of it, the odd clause that every account of a story has, must
	// stand in passages that are slightShare of one of them, rewordings left
	// out, or be among rewordings for twice that, or be a whole sentence on both
	// sides: wholeWords that agree, which fill the sentences that they touch
	// to wholeFilled, as the product of the parts.
	plainEvidence = 12
	slightShare   = .08
	wholeWords    = 15
	wholeFilled   = .45

	// alikeFrom is the whole-text Jaccard from which a pair looks alike, so
	// that people want to be told why it is none.
	alikeFrom = .3

	// quoteWords is how much quoted text makes a pair worth telling.
	quoteWords = 8
)

// decide fills in the kind of m and the rule that gave it.
func decide(m *Match) {
	e := &m.Evidence
	high, low := max(m.ShareA, m.ShareB), min(m.ShareA, m.ShareB)
	switch {
	case e.enough() && e.form():
		m.Kind, e.Rule = Template, e.formRule()
	case e.Off && !e.slight():
		m.Kind, e.Rule = Boilerplate, "of one source, and what is in common is off the subject of both"
	case e.enough() && low >= duplicateFrom:
		m.Kind, e.Rule = Duplicate, fmt.Sprintf("both shares reach %.2g", duplicateFrom)
	case e.enough() && high >= republishedFrom:
		m.Kind, e.Rule = Republished, fmt.Sprintf("the share of the %s one reaches %.2g", m.higher(), republishedFrom)
	case e.Retold > 0:
		m.Kind, e.Rule = Partial, fmt.Sprintf("%d sentences tell the same in the same order, in other words", e.Retold)
	case e.Beside > 0:
		m.Kind, e.Rule = Partial, fmt.Sprintf("sentences beside a quotation in common say the same in other words: %d", e.Beside)
	case e.Little.told():
		m.Kind, e.Rule = Partial, fmt.Sprintf("%s is little, but what speaks for reuse comes to %.1f and reaches %g", e.amount(), e.Little.Sum(), LittleFrom)
	case e.Words >= MinEvidence && !e.slight():
		m.Kind, e.Rule = Partial, e.amount()+" reaches "+leastEvidence
	case e.Quoted >= quoteWords:
		m.Kind, e.Rule = Quote, strconv.Itoa(e.Quoted)+" of "+strconv.Itoa(e.Shared)+" words in common are quoted, evidence stays under "+leastEvidence
	case e.Shared == 0 && m.Jaccard >= alikeFrom:
		m.Kind, e.Rule = Boilerplate, "alike, but nothing outside furniture is shared"
	case e.Words >= MinEvidence:
		e.Rule = e.amount() + " is little of either article"
	default:
		e.Rule = e.amount() + " stays under " + leastEvidence
	}
}

// higher names the document with the larger share: nearly always the shorter one, where both are
// about as long the one whose words the passages fill.
func (m *Match) higher() string {
	if m.ShareA > m.ShareB && m.Evidence.OwnA > m.Evidence.OwnB || m.ShareB > m.ShareA && m.Evidence.OwnB > m.Evidence.OwnA {
		return "longer"
	}
	return "shorter"
}

// leastEvidence is MinEvidence in words.
var leastEvidence = strconv.Itoa(MinEvidence)

// amount tells how much evidence there is.
func (e *Evidence) amount() string {
	var number [24]byte
	return "evidence of " + string(strconv.AppendFloat(number[:0], e.Words, 'f', 1, 64)) + " unquoted words"
}

// slight reports whether the evidence is little of either document.
func (e *Evidence) slight() bool {
	return e.Words < plainEvidence && e.Whole < wholeWords &&
		max(e.HeldA, e.HeldB) < slightShare && max(e.RawA, e.RawB) < 2*slightShare
}

// enough reports whether there is enough of it for reuse.
func (e *Evidence) enough() bool {
	return e.Words >= MinEvidence || e.Retold > 0 || e.Beside > 0 || e.Little.told()
}

// telling reports whether the pair may be worth telling.
func (e *Evidence) telling() bool {
	return e.Words >= MinEvidence || e.Quoted >= quoteWords || e.Shared == 0
}
