// Package boilerplate finds furniture: text that belongs to the site and not
// to the article, such as disclaimers, teasers, newsletter calls, paywall
// lines, credits and datelines.
//
// Three signals tell it. What one source prints again and again, on several
// days, and hardly anybody else prints, is its furniture ([Learner],
// [Furniture]), unless it is of the article's own subject, as the background
// of a running story is. What the words say is told by rules in a file that
// people can read and extend ([Rules]): they find a disclaimer that occurs
// once in the whole collection; and, in a text that is cut into blocks, a page
// saved with all that stood around the article, by a small model of what a
// block and its neighbours look like ([PageMarker]). Where it stands tells
// the rest ([Heads], [Known], [Breadcrumb]): titles and leads of other
// articles, also without titles where they are off the subject, the teasers behind a
// call, what follows the end of the article, the article's own head once more. A
// [Marker] joins them into marks, spans of the original text that say their
// kind and their reason, and [Strip] takes them out.
//
//	rules := boilerplate.Shipped()
//	var z shingle.Tokenizer
//	var t shingle.Text
//	z.Tokenize(&t, text)
//	m := boilerplate.Marker{Rules: rules}
//	marks := m.Mark(nil, text, &t, rules.Find(nil, text, &t), 0)
//	fmt.Println(boilerplate.Strip(text, marks))
//
// What is learnt is bounded, however large the archive is. A run of words is
// furniture of a source if it stands on four days, or on one day for every 2,000
// of the source's articles, so that no source has more of them than words in 2,000
// articles; of all sources' together a million stay, those of the most articles. A
// [Sieve] lets few others come so far. What exceeds memory on the way is sorted on
// disk. Of pages saved with all that stood around the article the blocks are counted
// that several pages of a source hold, and where ([PageLearner]): at most 1<<18 stay, those on the
// most pages. Both become lines of the furniture file that people can read and edit
// ([Gallery], [BlockGallery]). Package dedup runs all that over a collection: its Learn
// gives a [Furniture], whose Learnt a Marker takes.
//
// Days are counted and not articles: a story that one outlet printed nine
// times in an afternoon is no furniture, and neither is what many outlets
// print because an agency wrote it.
package boilerplate
