package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"os"
	"strings"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/pool"
	"reprint/internal/spill"
	"reprint/reuse"
)

// Fate is what becomes of a document.
type Fate struct {
	Goes    bool
	Cluster int // the group that it is in, from 1; 0: none
	Size    int // documents of the group; 0 if it is in none
	Rank    int // of the document in the group by the policy, the survivor 1; 0 if it is in none
}

// Drop says that a document goes, and for which one.
type Drop struct {
	Doc, Kept  int    // document numbers
	ID, KeptID string // as they stand in every output
	Kind       reuse.Kind
	Share      float64 // of the dropped one's own units that stand in the kept one, in a shingle of both
	Jaccard    float64 // of the two sets of shingles, exact
	Reason     string  // the policy that chose the kept one; first: it prefers neither
	File       string  // where the dropped one's record stands
	Record     int
}

// Summary counts what a run did.
type Summary struct {
	Stages    []dedup.Stage
	Documents int
	Bytes     int64 // of text
	Words     int64
	Empty     int // documents without words
	Exact     int // documents whose text is the same bytes as one before
	SameIDs   int // documents whose id occurs more than once
	Clusters  int
	Drops     int
	Beside    int   // with Options.From, matches for which nothing goes: what would has text of its own
	Temp      int64 // bytes of passing files, at most at a time
}

// Result is what a run found. It serves one goroutine at a time.
type Result struct {
	w        *work
	own      bool         // the folder is the run's own
	shedding func() error // waits until shed is done; nil: it never began
	files    []corpus.File
	summary  Summary
	found    *spill.BlockFile
	exact    *spill.BlockFile
	named    *ranks       // documents whose ids are kept
	ids      *spill.Blobs // their ids and places, by their rank
	applied  bool         // they are all there
}

var (
	errClosed  = errors.New("the result is closed")
	errApplied = errors.New("ids are known only after Apply")
)

// Summary counts what the run did.
func (r *Result) Summary() *Summary { return &r.summary }

// open opens what the components stage left.
func (r *Result) open() (err error) {
	var total, found note
	if r.exact, total, err = r.w.open("exact", "exct"); err != nil {
		return err
	}
	if r.found, found, err = r.w.open("components", "comp"); err != nil {
		return err
	}
	s := &r.summary
	s.Documents, s.Bytes, s.Words, s.Empty = int(total.Docs), total.Bytes, total.Words, int(total.Empty)
	s.Exact, s.SameIDs, s.Clusters, s.Drops = int(total.Copies), int(total.SameIDs), int(found.Clusters), int(found.Drops)
	s.Beside, s.Temp = int(found.Beside), r.w.quota.Most()
	r.named = newRanks(total.Docs)
	for v, err := range r.verdicts() {
		if err != nil {
			return err
		}
		r.named.set.add(v.doc)
	}
	r.named.count()
	return nil
}

// verdicts yields what was found, by document.
func (r *Result) verdicts() iter.Seq2[verdict, error] {
	return func(yield func(verdict, error) bool) {
		for b, err := range records(r.found, 0, verdictBytes) {
			var v verdict
			if err == nil {
				v = readVerdict(b)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// applied is a chunk of the input on its way through Apply.
type applied struct {
	*corpus.Chunk
	first, docs int // number of its first document, and of its documents
	records     iter.Seq[*corpus.Document]
}

// chunks yields those of the collection with the documents that the sign stage found in
// them.
func (r *Result) chunks(c *corpus.Collection) iter.Seq2[*applied, error] {
	return func(yield func(*applied, error) bool) {
		next, stop := iter.Pull2(records(r.exact, sizePart, 4))
		defer stop()
		first := 0
		for k, err := range c.Chunks(0, len(r.files), chunkBytes, false) {
			docs := 0
			if err == nil {
				var n []byte
				if n, err, _ = next(); n != nil {
					docs = int(binary.BigEndian.Uint32(n))
				}
			}
			if !yield(&applied{Chunk: k, first: first, docs: docs}, err) || err != nil {
				return
			}
			first += docs
		}
	}
}

// Apply reads the collection once more and hands each document to do with what
// becomes of it, in input order. Of documents in no group only Number, Handle and what a
// corpus.Writer needs is known, and all of it is good until do returns only. After Apply
// Drops knows the ids. An error of do ends it and is returned. It may be called again.
func (r *Result) Apply(ctx context.Context, c *corpus.Collection, do func(*corpus.Document, Fate) error) error {
	if r.found == nil {
		return errClosed
	}
	tell := dedup.NewTeller(r.w.o.Progress, &r.summary.Stages)
	tell.Stage("write", "B", c.Size())
	x, err := r.newApplier(do)
	if err != nil {
		return err
	}
	defer x.close()
	readers := make([]*corpus.ChunkReader, r.w.o.Threads)
	for i := range readers {
		readers[i] = c.NewChunkReader()
	}
	named := func(number int) bool { return number < r.summary.Documents && r.named.set.has(uint64(number)) }
	work := func(worker int, k *applied) (_ *applied, err error) {
		k.records, err = readers[worker].Records(k.Chunk, k.first, k.docs, named)
		return k, err
	}
	size := func(k *applied) int64 { return inFlight * k.Size() }
	for k, err := range pool.Ordered(ctx, len(readers), r.w.underWay(), r.chunks(c), size, work) {
		if err == nil {
			k.Report()
			err = x.chunk(k)
		}
		if err != nil {
			return err
		}
		k.Release()
		tell.At(c.BytesRead())
	}
	if x.n != r.summary.Documents {
		return changed(r.summary.Documents, x.n)
	}
	r.summary.Temp, r.applied = r.w.quota.Most(), true
	tell.Done(int64(x.n))
	return nil
}

// applier brings documents and verdicts together.
type applier struct {
	r    *Result
	do   func(*corpus.Document, Fate) error
	next func() (verdict, error, bool)
	stop func()
	v    verdict
	more bool
	same *follower
	n    int // documents
}

func (r *Result) newApplier(do func(*corpus.Document, Fate) error) (x *applier, err error) {
	if r.ids != nil {
		err = r.ids.Close()
	}
	if r.ids, r.applied = nil, false; err != nil {
		return nil, err
	}
	x = &applier{r: r, do: do, same: follow(records(r.exact, samePart, 8))}
	x.next, x.stop = iter.Pull2(r.verdicts())
	r.ids = spill.NewBlobs(r.w.spill(4))
	if x.v, err, x.more = x.next(); err != nil {
		x.close()
	}
	return x, err
}

func (x *applier) close() {
	x.stop()
	x.same.stop()
}

// changed is the error of a collection that does not hold the documents it was signed with:
// so many of all, or of a chunk.
func changed(were, are int) error {
	return fmt.Errorf("the collection changed while it was read: %d documents, then %d", were, are)
}

// chunk hands the documents of a chunk on.
func (x *applier) chunk(k *applied) error {
	if n := k.Count(); n != k.docs {
		return changed(k.docs, n)
	}
	for d := range k.records {
		x.n++
		fate := Fate{}
		if v := &x.v; x.more && v.doc == uint64(d.Number) {
			fate = Fate{Goes: v.doc != v.kept, Cluster: int(v.cluster), Size: int(v.size), Rank: int(v.rank)}
			err := x.r.name(d, x.same)
			if err == nil {
				x.v, err, x.more = x.next()
			}
			if err != nil {
				return err
			}
		}
		if err := x.do(d, fate); err != nil {
			return err
		}
	}
	return nil
}

// name keeps the id of a document and where it stands.
func (r *Result) name(d *corpus.Document, same *follower) error {
	id := d.ID
	twice, err := same.find(uint64(d.Number))
	if err != nil {
		return err
	}
	if twice != nil {
		id = dedup.IDAt(id, r.files[d.Handle.File].Path, d.Handle.Record)
	}
	b := binary.AppendUvarint(nil, uint64(d.Handle.File))
	b = binary.AppendUvarint(b, uint64(d.Handle.Record))
	_, err = r.ids.Append(append(b, id...))
	return err
}

// nameOf returns what name kept.
func (r *Result) nameOf(doc uint64) (file, record int, id string, err error) {
	b, err := r.ids.Get(r.named.rank(doc), nil)
	if err != nil {
		return 0, 0, "", err
	}
	f, n := binary.Uvarint(b)
	rec, m := binary.Uvarint(b[max(n, 0):])
	if n <= 0 || m <= 0 || f >= uint64(len(r.files)) {
		return 0, 0, "", errTokens
	}
	return int(f), int(rec), string(b[n+m:]), nil
}

// Drops yields what goes, in input order, as often as it is called. Before Apply, which
// meets the ids, and after Close it yields an error.
func (r *Result) Drops() iter.Seq2[Drop, error] {
	return func(yield func(Drop, error) bool) {
		if r.found == nil || !r.applied {
			err := errApplied
			if r.found == nil {
				err = errClosed
			}
			yield(Drop{}, err)
			return
		}
		for v, err := range r.verdicts() {
			if err == nil && v.doc == v.kept {
				continue
			}
			var d Drop
			if err == nil {
				d, err = r.drop(&v)
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

// drop says in words what a verdict says.
func (r *Result) drop(v *verdict) (d Drop, err error) {
	d = Drop{Doc: int(v.doc), Kept: int(v.kept), Kind: reuse.Duplicate, Share: 1, Jaccard: 1, Reason: r.w.m.Keep}
	if v.tied == 1 {
		d.Reason = "first"
	}
	if v.exact == 0 {
		d.Share, d.Jaccard = rounded(ratio(v.held, v.units)), rounded(ratio(v.inter, v.union))
		d.Kind = kinds[v.kind]
	}
	file := 0
	if file, d.Record, d.ID, err = r.nameOf(v.doc); err != nil {
		return d, err
	}
	d.File = r.files[file].Path
	_, _, d.KeptID, err = r.nameOf(v.kept)
	return d, err
}

// shed removes what the stages left and only they read: nearly all of it, for which the
// system takes a while. It goes on beside what is done next, until Close.
func (r *Result) shed() error {
	list, err := os.ReadDir(r.w.dir)
	if err != nil {
		return err
	}
	r.shedding = pool.Beside(r.w.o.Threads, func() (err error) {
		for _, e := range list {
			switch stage, _, _ := strings.Cut(e.Name(), "-"); stage {
			case "sign", "bands", "edges":
				err = errors.Join(err, os.Remove(r.w.path(e.Name())))
			}
		}
		return err
	})
	return nil
}

// Remove closes the result and removes the work folder, even if Options.Work named it.
func (r *Result) Remove() error { return errors.Join(r.Close(), os.RemoveAll(r.w.dir)) }

// Close removes what the run left on disk, unless Options.Work named the place.
func (r *Result) Close() error {
	var err error
	if r.shedding != nil {
		err = r.shedding()
	}
	r.shedding = nil
	for _, f := range []**spill.BlockFile{&r.found, &r.exact} {
		if *f != nil {
			err = errors.Join(err, (*f).Close())
		}
		*f = nil
	}
	if r.ids != nil {
		err = errors.Join(err, r.ids.Close())
	}
	r.ids = nil
	if r.own {
		err = errors.Join(err, os.RemoveAll(r.w.dir))
	}
	return err
}

// ranks numbers the documents of a set in their order.
type ranks struct {
	set    bitmap
	before []int64 // documents in the set before each word
}

func newRanks(docs int64) *ranks { return &ranks{set: newBitmap(docs)} }

// count makes rank ready, after the last document was added.
func (r *ranks) count() {
	r.before = make([]int64, len(r.set))
	n := int64(0)
	for i, w := range r.set {
		r.before[i] = n
		n += int64(bits.OnesCount64(w))
	}
}

// rank returns how many documents of the set stand before doc.
func (r *ranks) rank(doc uint64) int64 {
	return r.before[doc/64] + int64(bits.OnesCount64(r.set[doc/64]&(1<<(doc%64)-1)))
}
