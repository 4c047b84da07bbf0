package spill

import (
	"errors"
	"fmt"
	"sync/atomic"
)

// ErrQuota marks a write for which a Quota has no room.
var ErrQuota = errors.New("the limit of temporary files is reached")

// A Quota counts the bytes of temporary files and bounds them. It is safe for concurrent
// use. A nil Quota has no bound.
type Quota struct {
	limit      int64
	used, most atomic.Int64
}

// NewQuota returns a Quota of so many bytes; of 0, one without a bound.
func NewQuota(limit int64) *Quota { return &Quota{limit: limit} }

// Most is the greatest number of bytes that was in use at a time.
func (q *Quota) Most() int64 { return q.most.Load() }

// Take counts bytes of a file that is written or found, which may be fewer than none
// for one that is removed. The error is ErrQuota if there is no room; then nothing was
// counted.
func (q *Quota) Take(n int64) error {
	if q == nil {
		return nil
	}
	used := q.used.Add(n)
	if n > 0 && q.limit > 0 && used > q.limit {
		q.used.Add(-n)
		return fmt.Errorf("%w: %d bytes", ErrQuota, q.limit)
	}
	for most := q.most.Load(); used > most && !q.most.CompareAndSwap(most, used); most = q.most.Load() {
	}
	return nil
}
