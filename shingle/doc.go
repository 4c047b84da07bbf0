// Package shingle turns a text into tokens, sentences and paragraphs, and tokens
// into shingles.
//
// A text is read once. After that everything is numbers: each token is the
// 64-bit hash of its word's folded form, the bytes of the text where it stands,
// and a few flags; sentences and paragraphs are runs of tokens with the bytes
// they cover. All offsets are bytes of the original text.
//
//	var z shingle.Tokenizer // one for each goroutine, for many texts
//	var t shingle.Text      // its memory is used again
//	z.Tokenize(&t, text)
//	for _, s := range t.Sentences {
//		fmt.Println(text[s.Start:s.End], "has", s.To-s.From, "words")
//	}
//
// Words are cut as Unicode's UAX 29 says. They are folded before they are hashed:
// case, ß and ss, composed and decomposed umlauts, soft hyphens and HTML entities make no
// difference, nor what newspapers of one language write or leave out, as the points of
// Arabic. Chinese, Japanese and Thai have no spaces; there each character is a token, so
// that shingles are character n-grams by themselves.
//
// A shingle is a run of k tokens as one hash. Two texts that share many shingles
// share text:
//
//	a := shingle.Set(shingle.Append(nil, t.Hash, 5))
//	b := shingle.Set(shingle.Append(nil, u.Hash, 5))
//	fmt.Println(shingle.Jaccard(a, b), shingle.Containment(a, b))
//
// How the hashes are made is described beside Hash and Append, pinned by tests,
// and never changes: signatures made of them are stored. (Letters that Unicode
// does not know yet may fold otherwise when Go or x/text learn them.)
//
// Sentence splitting is made for German and English press text, and knows the marks and
// what goes before names in other languages; the folder language holds the words that it
// knows. Paragraphs are lines, or the blocks of a hard-wrapped text. Quotation marks are
// followed through all their national uses, dashes that quote among them.
package shingle
