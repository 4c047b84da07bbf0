package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"os"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/pool"
)

// open opens the collection after the paths were counted. What it finds
// wrong and what is wrong with the outputs is said together.
func (t *tool) open(s *settings, outputs error) (*corpus.Collection, error) {
	if len(s.paths) == 0 {
		return nil, errors.Join(noInput(), outputs)
	}
	c, err := corpus.Open(s.corpus, s.paths...)
	if err == nil {
		if outputs = errors.Join(outputs, s.notFound(c)); outputs != nil {
			c.Close()
		}
	}
	if bad := errors.Join(err, outputs); bad != nil {
		return nil, bad
	}
	t.noteSkipped(c)
	c.Expect(dedup.Sources(s.dedup.Keep))
	return c, nil
}

// notFound says which outputs the call would read if it went on.
func (s *settings) notFound(c *corpus.Collection) error {
	bad := []error{c.NotFound(s.out), c.NotFound(s.removed)}
	if s.corpus.Skip && s.corpus.Except == "" {
		bad = append(bad, c.NotFound(beside(s.out, "rejected")))
	}
	return errors.Join(bad...)
}

// openAgain is open for who reads the collection more than once.
func (t *tool) openAgain(s *settings, outputs error) (*corpus.Collection, error) {
	docs, err := t.open(s, outputs)
	if err == nil {
		docs.KeepUnpacked(s.dedup.Sized().Memory)
	}
	return docs, err
}

func noInput() error {
	return usage("name files, folders, globs, or - for standard input", "no input was named")
}

// firstLine returns the beginning of a regular file up to its first line end,
// at most 64 KiB.
func firstLine(path string) (string, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return "", errors.Join(err, errors.New("not a regular file"))
	}
	f, err := corpus.OpenFile(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, 1<<16)).ReadString('\n')
	if err == io.EOF {
		err = nil
	}
	return line, err
}

// readAhead is how many documents are read while others are written.
const readAhead = 64

// reread yields the documents once more, tells how far it is, and ends when
// ctx does. That they are others by now is an error.
func (t *tool) reread(ctx context.Context, docs *corpus.Collection, stage string) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		for d, err := range pool.Ahead(docs.All(), readAhead) {
			t.progress.update(dedup.Progress{Stage: stage, Done: docs.BytesRead(), Total: max(0, docs.Size()), Unit: "B"})
			if err = firstOf(err, ctx.Err()); err != nil {
				d = nil
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
		if err := docs.Unchanged(); err != nil {
			yield(nil, err)
		}
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
