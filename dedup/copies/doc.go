// Package copies finds the copies of a collection at full speed and says of each
// group which document stays. It is the engine's way through a crawl: what a scan
// does beside it (furniture, passages, quotations) is left out.
//
//	c, err := corpus.Open(corpus.Options{}, "crawl.jsonl.zst")
//	r, err := copies.Run(ctx, c, copies.Options{})
//	defer r.Close()
//	err = r.Apply(ctx, c, func(d *corpus.Document, f copies.Fate) error {
//		if f.Goes {
//			return nil
//		}
//		return w.Write(d)
//	})
//	for d, err := range r.Drops() {
//		fmt.Println(d.ID, "goes for", d.KeptID, d.Share)
//	}
//
// A run is a row of stages, each of which reads the files of the one before it in a
// work folder and leaves its own there (work.go):
//
//	sign        a text's words are hashed, once; of each document a record, its
//	            tokens and the keys of its signature (sign.go, signer.go, shard.go, tokens.go)
//	exact       texts that are the same bytes; only the first goes on (exact.go)
//	bands       documents with equal keys become pairs, in a chain (bands.go)
//	edges       pairs are measured on the texts: Jaccard similarity, and the part of
//	            its own words that each one has in the other; where there are many
//	            the first document of a key comes first, and the rest need not
//	            be measured of its copies (edges.go, candidates.go, companies.go, choose.go,
//	            leads.go, mail.go, texts.go, verify.go)
//	components  pairs that are copies become groups; in each the policy's choice
//	            stays, and others go if one that stays holds their text, which
//	            may take further comparisons (crowds.go, star.go, resolve.go, rounds.go,
//	            places.go, settle.go, decide.go, verdicts.go)
//	apply       the input is read once more: what stays is written, what goes is
//	            listed (apply.go)
//
// What grows with the collection lies on disk and is sorted there; memory stays
// within Options.Memory. The result is the same for any number of threads, any
// memory and any way of sharing the stages between runs.
//
// # Stages on their own
//
// Sign, Exact, Bands, Edges, Components and Open do what Run does, one stage each, in
// a work folder that they share: Options.Work, which must exist. Sign, Bands and Edges
// may run in parts, on as many machines as there are, in any order as long as all
// parts of a stage are finished before the next one begins, else the error is a
// MissingError; a part that has been finished is not done again. What they leave, and
// so what Apply says, is the same for any number of parts and any order, and the same
// as Run's. Options but Threads, Memory, Temp, Progress and Work count in Sign only,
// which notes them.
package copies
