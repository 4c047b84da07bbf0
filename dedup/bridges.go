package dedup

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"iter"
	"math"
	"slices"

	"reprint/internal/spill"
	"reprint/reuse"
)

// A cluster is to hold copies of one text. A live blog or a briefing holds
// five stories, each of them republished from its own article, and would join
// them all. So a republished match does not join its documents if one of them,
// the hub, is more of something else: if most of its rivals, the other copies
// of the hub, share nothing with its partner. Rivals are
//
//   - those that are closer to the hub than the partner: an article that was
//     merged of two is one with the one that it took more of;
//   - all of them, if the partner holds less than half of the hub, which has
//     three copies or more: the hub is then no version of the partner's text but
//     a list of texts, and joins none.
//
// Copies of the hub's whole text are no rivals: they hold what it holds.
// Matches of the duplicate kind always join. Readers' own labels of both
// judged sets give the same clusters with and without this rule.
//
// A weak match, of little more than half of the shorter one, does not join
// either if it has two witnesses or more against it: the copies of one of its documents
// that are closer than the other one, most of which are no copies of that. bench/shares
// has what that does to the clusters of judged sets.
//
// Nothing of this is kept in memory but the copies of one hub. Records are
// sorted, numbers big endian:
//
//	links     hub of 8 bytes, partner of 8, the part of the hub that the partner
//	          holds in 2 (of 10,000), the part of the partner in 2, and 1
//	          for a duplicate
//	questions rival and partner of 8 each, the lower first, the hub of 8, 1 if
//	          the partner is the lower one, and 1 to a witness: are they copies,
//	          in place of do they share anything?
//	answers   hub and partner of 8 each, 1 of a witness, and 1 for no
//	bridges   both documents of a match that does not join, the lower first
type bridges struct {
	links, questions, answers, found *spill.Sorter
	rec                              []byte
}

const (
	// maxRivals of a hub, the closest ones, are asked about each of its
	// partners, and as many witnesses.
	maxRivals = 32

	// weakUnder is the larger share under which a match is weak, and leastWitnesses how
	// many have to speak against it.
	weakUnder      = .51 * shareUnit
	leastWitnesses = 2

	// leastStories is how many copies, republished, a list of texts has at least: of two
	// that share nothing each may be nearly half of the hub.
	leastStories = 3
)

// bridges finds the matches that do not join their documents. The caller
// closes what it gets.
func (r *Results) bridges() (*bridges, error) {
	o := r.o.spill(16)
	b := &bridges{
		links: spill.NewSorter(o, 21), questions: spill.NewSorter(o, 26),
		answers: spill.NewSorter(o, 18), found: spill.NewSorter(o, 16),
	}
	return b, errors.Join(b.link(r.pairs()), b.ask(), b.answer(r.pairs()), b.decide())
}

// Close removes what was spilled.
func (b *bridges) Close() error {
	return errors.Join(b.links.Close(), b.questions.Close(), b.answers.Close(), b.found.Close())
}

// without yields the matches of pairs, which come by both documents, that do
// join theirs.
func (b *bridges) without(pairs iter.Seq2[pairMatch, error]) iter.Seq2[pairMatch, error] {
	return func(yield func(pairMatch, error) bool) {
		next, stop := iter.Pull2(b.found.Sorted())
		defer stop()
		bridge, err, ok := next()
		for m, failed := range pairs {
			b.pair(m.a, m.b)
			for ok && err == nil && bytes.Compare(bridge, b.rec) < 0 {
				bridge, err, ok = next()
			}
			if err = errors.Join(err, failed); err != nil {
				yield(pairMatch{}, err)
				return
			}
			if (!ok || !bytes.Equal(bridge, b.rec)) && !yield(m, nil) {
				return
			}
		}
	}
}

// pair begins a record with two documents, the lower first.
func (b *bridges) pair(p, q uint64) {
	b.rec = binary.BigEndian.AppendUint64(b.rec[:0], min(p, q))
	b.rec = binary.BigEndian.AppendUint64(b.rec, max(p, q))
}

// link notes every copy with both of its documents.
func (b *bridges) link(pairs iter.Seq2[pairMatch, error]) error {
	for m, err := range pairs {
		if err != nil {
			return err
		}
		if !m.Kind.Copy() {
			continue
		}
		err = errors.Join(b.add(m.a, m.b, m.ShareA, m.ShareB, m.Kind), b.add(m.b, m.a, m.ShareB, m.ShareA, m.Kind))
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *bridges) add(hub, partner uint64, held, holds float64, k reuse.Kind) error {
	b.rec = binary.BigEndian.AppendUint64(b.rec[:0], hub)
	b.rec = binary.BigEndian.AppendUint64(b.rec, partner)
	b.rec = binary.BigEndian.AppendUint16(b.rec, uint16(math.Round(held*shareUnit)))
	b.rec = binary.BigEndian.AppendUint16(b.rec, uint16(math.Round(holds*shareUnit)))
	b.rec = append(b.rec, flag(k == reuse.Duplicate))
	return b.links.Add(b.rec)
}

// shareUnit is what a share is counted in, as it is printed.
const shareUnit = 1e4

func flag(is bool) byte {
	if is {
		return 1
	}
	return 0
}

// copyLink is a copy of a hub.
type copyLink struct {
	doc         uint64
	held, holds uint16 // part of the hub that doc holds, part of doc that the hub holds
	duplicate   bool
}

// closer orders links by what both documents hold of each other, the closest
// first.
func (l copyLink) closer(m copyLink) int {
	return cmp.Or(cmp.Compare(min(m.held, m.holds), min(l.held, l.holds)), cmp.Compare(max(m.held, m.holds), max(l.held, l.holds)))
}

// larger is the part of the shorter one that both hold.
func (l copyLink) larger() uint16 { return max(l.held, l.holds) }

// ask puts the questions that the copies of each hub raise.
func (b *bridges) ask() error {
	var list []copyLink
	hub := uint64(none)
	for rec, err := range b.links.Sorted() {
		if err != nil {
			return err
		}
		if at := binary.BigEndian.Uint64(rec); at != hub {
			if err := b.askHub(hub, list); err != nil {
				return err
			}
			hub, list = at, list[:0]
		}
		list = append(list, copyLink{binary.BigEndian.Uint64(rec[8:]), binary.BigEndian.Uint16(rec[16:]), binary.BigEndian.Uint16(rec[18:]), rec[20] == 1})
	}
	return b.askHub(hub, list)
}

// askHub puts those of one hub: of every republished partner with each of its
// rivals and witnesses.
func (b *bridges) askHub(hub uint64, list []copyLink) error {
	slices.SortStableFunc(list, func(l, m copyLink) int { return cmp.Compare(m.larger(), l.larger()) })
	var err error
	for i, partner := range list {
		if partner.duplicate || partner.larger() >= weakUnder {
			continue
		}
		for _, witness := range list[:min(i, maxRivals)] {
			if witness.larger() > partner.larger() {
				err = errors.Join(err, b.question(hub, partner, witness, true))
			}
		}
	}
	list = slices.DeleteFunc(list, func(l copyLink) bool { return l.duplicate })
	slices.SortStableFunc(list, copyLink.closer)
	for i, partner := range list {
		rivals := list[:min(len(list), maxRivals)]
		stories := partner.held < shareUnit/2 && len(list) >= leastStories
		if !stories {
			rivals = rivals[:min(i, maxRivals)]
		}
		for _, rival := range rivals {
			if rival.doc != partner.doc && (stories || rival.closer(partner) < 0) {
				err = errors.Join(err, b.question(hub, partner, rival, false))
			}
		}
	}
	return err
}

// question puts one about partner and a rival, or a witness.
func (b *bridges) question(hub uint64, partner, rival copyLink, witness bool) error {
	b.pair(rival.doc, partner.doc)
	b.rec = binary.BigEndian.AppendUint64(b.rec, hub)
	b.rec = append(b.rec, flag(partner.doc < rival.doc), flag(witness))
	return b.questions.Add(b.rec)
}

// answer reads questions and matches side by side, both by their documents.
func (b *bridges) answer(pairs iter.Seq2[pairMatch, error]) error {
	if b.questions.Len() == 0 {
		return nil
	}
	next, stop := iter.Pull2(pairs)
	defer stop()
	m := pairMatch{}
	ok := true
	reach := func(p, q uint64) (kind reuse.Kind, err error) {
		for ok && (m.a < p || m.a == p && m.b < q || !m.Kind.Reuse()) {
			if m, err, ok = next(); err != nil {
				return "", err
			}
		}
		if ok && m.a == p && m.b == q {
			kind = m.Kind
		}
		return kind, nil
	}
	for rec, err := range b.questions.Sorted() {
		if err != nil {
			return err
		}
		p, q := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		kind, err := reach(p, q)
		if err != nil {
			return err
		}
		if rec[24] == 1 {
			q = p
		}
		b.rec = append(append(b.rec[:0], rec[16:24]...), binary.BigEndian.AppendUint64(nil, q)...)
		yes := kind.Reuse()
		if rec[25] == 1 {
			yes = kind.Copy()
		}
		b.rec = append(b.rec, rec[25], flag(!yes))
		if err := b.answers.Add(b.rec); err != nil {
			return err
		}
	}
	return nil
}

// decide counts the answers of rivals, and those of witnesses, on each hub and
// partner.
func (b *bridges) decide() error {
	var at []byte
	asked, apart := 0, 0
	settle := func() error {
		if 2*apart <= asked || at[16] == 1 && apart < leastWitnesses {
			return nil
		}
		b.pair(binary.BigEndian.Uint64(at), binary.BigEndian.Uint64(at[8:]))
		return b.found.Add(b.rec)
	}
	for rec, err := range b.answers.Sorted() {
		if err != nil {
			return err
		}
		if !bytes.Equal(at, rec[:17]) {
			if err := settle(); err != nil {
				return err
			}
			at, asked, apart = append(at[:0], rec[:17]...), 0, 0
		}
		asked++
		apart += int(rec[17])
	}
	return settle()
}
