package spill

import "bytes"

// merger gives the records of several runs in ascending order. It is a tree of
// losers (Knuth, The Art of Computer Programming, volume 3, 5.4.1): tree[0] is the
// run whose record is the smallest, each other node the run that lost there, so
// one record costs one comparison a level.
type merger struct {
	runs []*runReader
	tree []int
}

// newMerger opens the runs and goes to the first record. The caller closes it,
// also after an error.
func newMerger(runs []run, size, blockBytes int) (*merger, error) {
	m := &merger{}
	for _, r := range runs {
		rr, err := openRun(r, size, blockBytes)
		if err != nil {
			return m, err
		}
		m.runs = append(m.runs, rr)
		if err := rr.next(); err != nil {
			return m, err
		}
	}
	return merge(m.runs), nil
}

// merge makes a merger of runs that are open and stand at a record.
func merge(runs []*runReader) *merger {
	m := &merger{runs: runs, tree: make([]int, len(runs))}
	for i := range m.tree {
		m.tree[i] = -1
	}
	for i := range m.runs {
		m.enter(i)
	}
	return m
}

// enter lets run i play from its leaf to the root while the tree is being filled:
// where nobody waits yet, it stays and waits.
func (m *merger) enter(i int) {
	for node := (i + len(m.runs)) / 2; node > 0; node /= 2 {
		if m.tree[node] < 0 {
			m.tree[node] = i
			return
		}
		if m.less(m.tree[node], i) {
			m.tree[node], i = i, m.tree[node]
		}
	}
	m.tree[0] = i
}

// next goes to the next record of all.
func (m *merger) next() error {
	i := m.tree[0]
	if err := m.runs[i].next(); err != nil {
		return err
	}
	for node := (i + len(m.runs)) / 2; node > 0; node /= 2 {
		if m.less(m.tree[node], i) {
			m.tree[node], i = i, m.tree[node]
		}
	}
	m.tree[0] = i
	return nil
}

func (m *merger) less(i, j int) bool {
	a, b := m.runs[i], m.runs[j]
	if a.done || b.done {
		return !a.done
	}
	if a.prefix != b.prefix {
		return a.prefix < b.prefix
	}
	return bytes.Compare(a.rec(), b.rec()) < 0
}

// top is the smallest record, valid until next; false: there are no more.
func (m *merger) top() ([]byte, bool) {
	if len(m.runs) == 0 || m.runs[m.tree[0]].done {
		return nil, false
	}
	return m.runs[m.tree[0]].rec(), true
}

// close closes the files. They were only read, so there is nothing to report.
func (m *merger) close() {
	for _, r := range m.runs {
		r.close()
	}
}
