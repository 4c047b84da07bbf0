package copies

import (
	"testing"

	"pgregory.net/rapid"
)

// Of a crowd of some size, of those with a head and those whose head has it for a head of its own,
// the document is found that the policy prefers, of equal ones the first in the input.
func TestLarge(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		ranks := rapid.SliceOfN(rapid.Uint64Range(0, 5), 2, 40).Draw(t, "ranks")
		c := (&work{temp: dir}).newCrowds()
		defer c.free()
		heads, near := map[uint64]uint64{}, map[uint64]uint64{}
		for doc := uint64(1); doc < uint64(len(ranks)); doc++ {
			head := rapid.Uint64Range(0, min(doc-1, 3)).Draw(t, "head")
			if rapid.Bool().Draw(t, "close") {
				near[doc] = head
				check(t, c.close(doc, head))
			}
			if rapid.Bool().Draw(t, "member") {
				heads[doc] = head
				check(t, c.add(member{head: head, rank: ranks[doc], doc: doc, pair: true}))
			}
		}
		best, size, root := map[uint64]uint64{}, map[uint64]int{}, map[uint64]uint64{}
		for doc, head := range heads {
			for range closeSteps {
				if next, ok := near[head]; ok {
					head = next
				}
			}
			root[doc] = head
			size[head]++
			for _, d := range []uint64{head, doc} {
				if b, ok := best[head]; !ok || ranks[d] < ranks[b] || ranks[d] == ranks[b] && d < b {
					best[head] = d
				}
			}
		}
		check(t, c.joined())
		for rec, err := range c.members.Sorted() {
			check(t, err)
			m := readMember(rec)
			if m.head != root[m.doc] || m.rank != ranks[m.doc] || m.pair != (m.head == heads[m.doc]) {
				t.Errorf("%+v, want the head %d", m, root[m.doc])
			}
			delete(root, m.doc)
		}
		if len(root) > 0 {
			t.Errorf("members %v are missing", root)
		}
		last := -1
		for l, err := range c.large() {
			check(t, err)
			b, head := l.best, l.best.head
			if l.size != size[head] || l.size < ledFrom || b.rank != ranks[b.doc] || best[head] != b.doc && best[head] != head || int(head) <= last {
				t.Errorf("%+v of %d, and the best one is %d", l, size[head], best[head])
			}
			last = int(head)
			delete(size, head)
		}
		for head, n := range size {
			if n >= ledFrom {
				t.Errorf("the crowd of %d is missing, which has %d", head, n)
			}
		}
	})
}

// The rank of a document is found in whatever shard and block it is.
func TestRanked(t *testing.T) {
	path := write(t, "docs.jsonl", crowd(40, 40)...)
	o := Options{shardText: 10_000}
	o.Work, o.Temp, o.Keep = t.TempDir(), t.TempDir(), "longest"
	r, err := begin(load(t, path), o)
	check(t, err)
	defer r.Close()
	check(t, r.stages(t.Context(), load(t, path)))
	var want []uint64
	check(t, r.w.eachDoc(t.Context(), func(_ uint64, d *docRecord) error {
		want = append(want, d.rank)
		return nil
	}))
	for _, step := range []int{1, 3, 50} {
		ranks := r.w.ranked()
		for doc := 0; doc < len(want); doc += step {
			if got, err := ranks.of(uint64(doc)); err != nil || got != want[doc] {
				t.Fatalf("document %d has rank %d, want %d: %v", doc, got, want[doc], err)
			}
		}
		if _, err := ranks.of(uint64(len(want))); err == nil {
			t.Error("a document that is not there has a rank")
		}
		ranks.stop()
	}
}

// A record of a member says what it is.
func TestMember(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := member{rapid.Uint64().Draw(t, "head"), rapid.Uint64().Draw(t, "rank"), rapid.Uint64Range(0, 1<<40).Draw(t, "doc"), rapid.Bool().Draw(t, "pair")}
		rec := m.record()
		if got := readMember(rec[:]); got != m {
			t.Errorf("%+v, want %+v", got, m)
		}
	})
}
