// Package dedup is the engine: a collection in, matches, clusters, repeated
// passages and furniture out, from one reading.
//
//	c, err := corpus.Open(corpus.Options{}, "articles/")
//	r, err := dedup.Scan(ctx, c, dedup.Options{})
//	defer r.Close()
//	for m, err := range r.Matches() {
//		fmt.Println(m.IDA, m.IDB, m.Kind, m.ShareA)
//	}
//
// A run has stages, each a function over streams:
//
//	read     documents are tokenised once; words, rule finds and what people
//	         are shown of a document go into stores (read.go, store.go)
//	learn    what each source repeats on several days (learn.go)
//	keys     furniture is masked; rare word runs and bands of the signature
//	         become keys (keys.go, rarekeys.go)
//	join     equal keys make candidate pairs, each once (candidates.go)
//	verify   the texts decide: passages, shares, kind (verify.go)
//	resolve  clusters, who was first, which passages recur (resolve.go,
//	         bridges.go, direction.go, recur.go)
//
// Every verdict depends on two texts and on the background, which is what
// the collection repeats and how many documents hold a run of words. It does
// not depend on the number of threads, on memory or on the order of work:
// the same input gives the same bytes.
//
// What grows with the collection is sorted, spilled and merged within
// Options.Memory; beside it stay some 24 bytes for each side of a passage and each cluster,
// and some 60 and its id for each document that is a copy. Goroutines start in package pool only.
package dedup
