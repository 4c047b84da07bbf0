package dedup

import "time"

// tellEvery is how often progress is told.
const tellEvery = 100 * time.Millisecond

// teller passes progress on and keeps the time of each stage.
type teller struct {
	to      func(Progress)
	summary *Summary
	now     Progress
	started time.Time
	told    time.Time
}

// stage begins a stage of total units; 0, or less, is not known.
func (t *teller) stage(name, unit string, total int64) {
	t.now = Progress{Stage: name, Unit: unit, Total: max(total, 0)}
	t.started = time.Now()
	t.send()
}

// at tells how far the stage is.
func (t *teller) at(done int64) {
	t.now.Done = done
	if t.to != nil && time.Since(t.told) >= tellEvery {
		t.send()
	}
}

// done ends the stage.
func (t *teller) done(items int64) {
	t.now.Done = max(t.now.Done, t.now.Total)
	t.send()
	t.summary.Stages = append(t.summary.Stages, Stage{Name: t.now.Stage, Seconds: time.Since(t.started).Seconds(), Items: items})
}

func (t *teller) send() {
	if t.to != nil {
		t.told = time.Now()
		t.to(t.now)
	}
}
