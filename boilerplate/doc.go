// Package boilerplate finds furniture: text that belongs to the site and not
// to the article, such as disclaimers, teasers, newsletter calls, paywall
// lines, credits and datelines.
//
// Two signals tell it. What one source prints again and again, on several
// days, and hardly anybody else prints, is its furniture ([Learner],
// [Furniture]). What the words say is told by rules in a file that people
// can read and extend ([Rules]): they find a disclaimer that occurs once in
// the whole collection. A [Marker] joins both into marks, spans of the
// original text that say their kind and their reason, and [Strip] takes
// them out.
//
//	rules := boilerplate.Shipped()
//	var z shingle.Tokenizer
//	var t shingle.Text
//	z.Tokenize(&t, text)
//	var m boilerplate.Marker
//	marks := m.Mark(text, &t, rules.Find(nil, text, &t), nil, 0)
//	fmt.Println(boilerplate.Strip(text, marks))
//
// Days are counted and not articles: a story that one outlet printed nine
// times in an afternoon is no furniture, and neither is what many outlets
// print because an agency wrote it.
package boilerplate
