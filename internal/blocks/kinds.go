package blocks

// Kinds of furniture beside those that cues name.
const (
	caption    = "caption"
	navigation = "navigation"
	teaser     = "teaser"
	other      = "other"
)

const (
	captionWords    = 40 // most words of a caption
	navigationWords = 3  // most words of an entry of a menu
	nearProse       = 3  // blocks between a caption and the article around it
)

// kind says what sort of furniture block i is, if it is any: what its cues
// name, the first that cueNames lists, else by what it looks like.
func (p *Page) kind(i int) string {
	b := &p.blocks[i]
	for k, name := range cueNames {
		if b.cues>>k&1 != 0 {
			return name
		}
	}
	inside := p.proseBefore[i] <= nearProse && p.proseAfter[i] <= nearProse
	switch {
	case b.words <= captionWords && (b.right || b.ends && inside):
		return caption
	case b.words <= navigationWords:
		return navigation
	case !b.ends:
		return teaser
	}
	return other
}
