package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
	"reprint/shingle"
)

// maxLine bounds a line of matches.jsonl: two texts of the largest size share
// fewer passages than that holds.
const maxLine = 64 << 20

// matchLine is a line of matches.jsonl, as appendMatch writes it.
type matchLine struct {
	V               int      `json:"v"`
	A               *string  `json:"a"`
	B               *string  `json:"b"`
	Kind            string   `json:"kind"`
	ShareA          float64  `json:"share_a"`
	ShareB          float64  `json:"share_b"`
	Jaccard         float64  `json:"jaccard"`
	First           string   `json:"first"`
	FirstBy         string   `json:"first_by"`
	FirstConfidence float64  `json:"first_confidence"`
	Credit          []string `json:"credit"`
	Copies          int      `json:"copies"`
	Passages        []struct {
		A          [2]int  `json:"a"`
		B          [2]int  `json:"b"`
		Type       string  `json:"type"`
		Similarity float64 `json:"similarity"`
		Quoted     bool    `json:"quoted"`
	} `json:"passages"`
}

// ReadMatches yields the lines of a matches.jsonl in their order; name is used
// in errors. The documents' numbers and the evidence are not in the file and
// stay zero. Blank lines are passed over, unknown fields too. The first line
// that is no match ends the iteration with a corpus.ReadError. Memory: one
// line.
func ReadMatches(r io.Reader, name string) iter.Seq2[*dedup.Match, error] {
	return readLines(r, name, readMatch)
}

// ReadClusters yields the lines of a clusters.jsonl, as ReadMatches does those
// of a matches.jsonl. Keep and Members are numbers that the file has not: Keep
// is the place of the kept one in IDs, and Members are all places.
func ReadClusters(r io.Reader, name string) iter.Seq2[*dedup.Cluster, error] {
	return readLines(r, name, readCluster)
}

// readLines yields what parse makes of the lines.
func readLines[T any](r io.Reader, name string, parse func([]byte) (*T, error)) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxLine)
		var offset int64
		lines.Split(func(data []byte, atEOF bool) (int, []byte, error) {
			n, token, err := bufio.ScanLines(data, atEOF)
			offset += int64(n)
			return n, token, err
		})
		fault := func(record int, at int64, err error) {
			yield(nil, &corpus.ReadError{File: name, Record: record, Offset: at, Err: err, Hint: "only what scan wrote can be read here"})
		}
		record, at := 0, int64(0)
		for ; lines.Scan(); at = offset {
			record++
			line := bytes.TrimPrefix(bytes.TrimSpace(lines.Bytes()), []byte("\ufeff"))
			if len(line) == 0 {
				continue
			}
			v, err := parse(line)
			if err != nil {
				fault(record, at, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			fault(record+1, at, err)
		}
	}
}

// clusterLine is a line of clusters.jsonl, as WriteCluster writes it.
type clusterLine struct {
	V             int      `json:"v"`
	Cluster       int      `json:"cluster"`
	Keep          string   `json:"keep"`
	Reason        string   `json:"reason"`
	Members       []string `json:"members"`
	MinSimilarity float64  `json:"min_similarity"`
}

func readCluster(line []byte) (*dedup.Cluster, error) {
	var in clusterLine
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, fmt.Errorf("no cluster: %w", err)
	}
	c := &dedup.Cluster{Number: in.Cluster, Keep: slices.Index(in.Members, in.Keep), Reason: in.Reason, IDs: in.Members, MinSimilarity: in.MinSimilarity}
	switch {
	case in.V > version:
		return nil, fmt.Errorf("written by a newer version (%d)", in.V)
	case c.Keep < 0:
		return nil, errors.New("no cluster: the one to keep is no member")
	}
	for i := range in.Members {
		c.Members = append(c.Members, i)
	}
	return c, nil
}

func readMatch(line []byte) (*dedup.Match, error) {
	var in matchLine
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, fmt.Errorf("no match: %w", err)
	}
	m := &dedup.Match{
		First: in.First, FirstBy: in.FirstBy, FirstConfidence: in.FirstConfidence,
		Credit: in.Credit, Copies: in.Copies,
		Match: reuse.Match{Kind: reuse.Kind(in.Kind), ShareA: in.ShareA, ShareB: in.ShareB, Jaccard: in.Jaccard},
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	m.IDA, m.IDB = *in.A, *in.B
	for _, p := range in.Passages {
		m.Passages = append(m.Passages, reuse.Passage{
			A: shingle.Span{Start: p.A[0], End: p.A[1]}, B: shingle.Span{Start: p.B[0], End: p.B[1]},
			Type: reuse.Type(p.Type), Similarity: p.Similarity, Quoted: p.Quoted,
		})
	}
	return m, nil
}

// check reports what no writer of ours writes.
func (in *matchLine) check() error {
	switch {
	case in.V > version:
		return fmt.Errorf("written by a newer version (%d)", in.V)
	case in.A == nil || in.B == nil:
		return errors.New("no match: a or b is missing")
	case !knownKind(reuse.Kind(in.Kind)):
		return fmt.Errorf("no match: unknown kind %q", in.Kind)
	case in.ShareA < 0 || in.ShareA > 1 || in.ShareB < 0 || in.ShareB > 1:
		return errors.New("no match: a share is not between 0 and 1")
	case in.Copies < 0:
		return fmt.Errorf("no match: %d copies", in.Copies)
	}
	for _, p := range in.Passages {
		if p.A[0] < 0 || p.A[1] < p.A[0] || p.B[0] < 0 || p.B[1] < p.B[0] {
			return fmt.Errorf("no match: passage %v %v is no span", p.A, p.B)
		}
	}
	return nil
}

// kinds are those of matches, in the order in which people are shown them.
var kinds = [...]reuse.Kind{reuse.Duplicate, reuse.Republished, reuse.Partial, reuse.Quote, reuse.Template, reuse.Boilerplate}

func knownKind(kind reuse.Kind) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}
