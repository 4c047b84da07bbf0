package dedup

import "time"

// tellEvery is how often progress is told.
const tellEvery = 100 * time.Millisecond

// Teller passes progress on and keeps the time of each stage. It is for one
// goroutine.
type Teller struct {
	to      func(Progress)
	stages  *[]Stage
	now     Progress
	started time.Time
	told    time.Time
}

// NewTeller returns a Teller that passes progress to a function and notes stages that
// are done; each may be nil.
func NewTeller(to func(Progress), stages *[]Stage) *Teller { return &Teller{to: to, stages: stages} }

// Stage begins a stage of total units; 0, or less, is not known.
func (t *Teller) Stage(name, unit string, total int64) {
	t.now = Progress{Stage: name, Unit: unit, Total: max(total, 0)}
	t.started = time.Now()
	t.send()
}

// At tells how far the stage is.
func (t *Teller) At(done int64) {
	t.now.Done = done
	if t.to != nil && time.Since(t.told) >= tellEvery {
		t.send()
	}
}

// Done ends the stage.
func (t *Teller) Done(items int64) {
	t.now.Done = max(t.now.Done, t.now.Total)
	t.send()
	if t.stages == nil {
		return
	}
	*t.stages = append(*t.stages, Stage{Name: t.now.Stage, Seconds: time.Since(t.started).Seconds(), Items: items})
}

func (t *Teller) send() {
	if t.to != nil {
		t.told = time.Now()
		t.to(t.now)
	}
}
