package dedup

import (
	"context"
	"errors"

	"reprint/internal/spill"
	"reprint/reuse"
)

// keepArchived stores what an archive asks for of a document.
func (r *reading) keepArchived(p *prepared) error { return r.keys.AddNumbers(p.keys) }

// archive counts what is known of words and runs once all documents are read. Of
// keys an article has some 230.
func (r *reading) archive(ctx context.Context, tell *Teller) (a *reuse.Archive, err error) {
	tell.Stage("count", "documents", int64(r.n))
	a, err = reuse.NewArchive(&r.freq, func(yield func(uint64, reuse.Level)) error { return levels(r.keys, yield) })
	tell.Done(int64(r.n))
	return a, errors.Join(err, r.keys.Close(), ctx.Err())
}

// levels counts the documents that hold each key, for those that are kept.
func levels(keys *spill.Sorter, yield func(uint64, reuse.Level)) error {
	key, docs := uint64(0), 0
	finish := func() {
		if docs >= reuse.KeepDocs {
			yield(key, reuse.NewLevel(docs))
		}
	}
	for list, err := range keys.Often(reuse.KeepDocs) {
		if err != nil {
			return err
		}
		for _, k := range list {
			if k != key {
				finish()
				key, docs = k, 0
			}
			docs++
		}
	}
	finish()
	return nil
}
