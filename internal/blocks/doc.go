// Package blocks tells furniture from content in a text that is cut into
// blocks: a page saved as text, whose paragraphs, headings, captions, link
// lists and share bars stand on lines of their own.
//
// It reads no layout. What a block looks like (length, function words of the
// language, capitals, digits, punctuation, phrases of furniture), what stands
// around it, where it stands and, where several pages of a source are known, on
// how many of them it stands goes through some hundred small decision trees,
// whose sum is the log odds that the block is furniture. A hashed word score is
// one of the features. What is decided by them also knows where the source's other
// pages hold a block: what stands above a menu that others have above their article
// is of the menu, most likely.
//
//	var p blocks.Page // scratch of one goroutine
//	for i, kind := range p.Furniture(blocks.Shipped(), text, &t, blocks.Source{}) {
//		fmt.Println(t.Paragraphs[i], kind) // nothing for content
//	}
//
// The weights are made by the command internal/blocktrain, which prints how
// good they are on hosts they were not trained on.
package blocks
