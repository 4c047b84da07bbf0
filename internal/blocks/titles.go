package blocks

import "slices"

// leastTitle is the fewest words of a title.
const leastTitle = 3

// titleAgain reports whether block i, which has prose behind it, says what block title
// says, below 0 for none: the same words, or more if that one breaks off. So the
// article's own head follows the name of the page, with links between the two.
func (p *Page) titleAgain(i, title int) bool {
	if title < 0 || p.sumProse[len(p.blocks)] == p.sumProse[i] {
		return false
	}
	a, b := &p.blocks[title], &p.blocks[i]
	n := a.words
	return (b.words == n || a.open && b.words > n) && slices.Equal(p.t.Hash[b.from:b.from+n], p.t.Hash[a.from:a.to])
}
