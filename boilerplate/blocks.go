package boilerplate

import (
	"reprint/internal/blocks"
	"reprint/shingle"
)

// BlockFinder finds furniture in texts that are cut into blocks, pages saved
// with all that stood around the article, by a small model of what a block and
// its neighbours look like. It holds scratch memory and serves one goroutine at
// a time; the zero value is ready for use.
type BlockFinder struct {
	page blocks.Page
}

// Append appends to found, what rules found in a text, the blocks that the
// model takes for furniture, ordered among themselves. Blocks that one find of
// the rules covers whole are left to it; others take their kind from the first
// rule that found something in them. A text of a few paragraphs, or one that
// does not look like a page, has none.
// Cost: the words once more, and about a microsecond for each block.
func (f *BlockFinder) Append(found []Found, rules *Rules, text string, t *shingle.Text) []Found {
	if len(t.Paragraphs) < blocks.LeastBlocks {
		return found
	}
	told := found
	for i, name := range f.page.Furniture(blocks.Shipped(), text, t) {
		u := t.Paragraphs[i]
		for len(told) > 0 && told[0].To <= u.From {
			told = told[1:]
		}
		if name == "" {
			continue
		}
		kind := Kind(name)
		if len(told) > 0 && told[0].From < u.To {
			if told[0].From <= u.From && told[0].To >= u.To {
				continue
			}
			kind, _ = rules.says(told[0].Rule)
		}
		found = append(found, Found{From: u.From, To: u.To, Call: u.From, Rule: rules.modelRule(kind)})
	}
	return found
}
