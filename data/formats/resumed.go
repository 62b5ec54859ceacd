package formats

import (
	"math"
	"slices"
	"strconv"

	"witnessmark/data"
)

// A resumption is a mark that a run was resumed.
type resumption struct {
	after int // the row before it in the batch, −1 for before the first
	line  int // in the batch
}

// A runFault is what a fault that is about one run says of the first case.
type runFault struct {
	run     string  // key, and in the end name; "" of faults about no run
	step    float64 // NaN where it is not known
	several bool    // later cases were of other runs
	once    int     // steps of a resumed run that stand twice, and count once
}

// resume marks the runs that were resumed: the run of the row before the
// mark, or else of the row after it, whose step is the one resumed at.
func (w *writer) resume(b *batch) {
	for _, m := range b.resumed {
		run, step := w.last, math.NaN()
		if row := max(m.after, 0); row < b.rows() {
			run = b.block.Run[row]
		}
		if next := m.after + 1; next < b.rows() && b.block.Run[next] == run {
			step = b.block.Step[next]
		}
		if key, ok := w.keys[run]; ok {
			w.to.Run(key, data.Fields{data.Status: "resumed"})
		}
		w.noteRun(faultResumed, m.line, run, step)
	}
	if n := b.rows(); n > 0 {
		w.last = b.block.Run[n-1]
	}
}

// noteRun counts something about a run, at a line of the present batch.
func (w *writer) noteRun(kind *fault, line int, run int32, step float64) {
	about := runFault{run: w.keys[run], step: step}
	if about.run == "" {
		about.run = "the run"
	}
	w.faults.merge(&faults{[]*faultCount{{kind: kind, line: line, count: 1, runFault: about}}}, w.from)
}

// nameRuns gives the faults about runs their names, and makes one of a run
// that was resumed and repeated steps because of it.
func (w *writer) nameRuns() {
	var resumed, repeated *faultCount
	for _, c := range w.faults.list {
		switch c.kind {
		case faultResumed:
			resumed = c
		case faultRepeat:
			repeated = c
		}
	}
	if resumed != nil && repeated != nil && resumed.run == repeated.run && !resumed.several && !repeated.several {
		resumed.once = repeated.count
		w.faults.list = slices.DeleteFunc(w.faults.list, func(c *faultCount) bool { return c == repeated })
	}
	for _, c := range w.faults.list {
		if c.run != "" {
			c.run = runWords(w.fields[c.run], c.run)
		}
	}
}

// runWords names a run for people: by its name, or by condition and seed.
func runWords(f data.Fields, key string) string {
	condition, seed := f[data.Condition], f[data.Seed]
	switch {
	case f[data.Run] != "":
		return f[data.Run]
	case condition != "" && seed != "":
		return condition + "/seed_" + seed
	}
	return key
}

// ofRun says what happened to the run, or first to it.
func (c *faultCount) ofRun() string {
	step := "an unknown step"
	if c.step == c.step {
		step = "step " + strconv.FormatFloat(c.step, 'f', -1, 64)
	}
	if c.kind == faultRepeat {
		return c.repeated(step)
	}
	text := c.run + " resumed at " + step
	switch {
	case c.several:
		text = "runs were resumed " + thousands(c.count) + " times, first " + c.run + " at " + step
	case c.count > 1:
		text = c.run + " resumed " + thousands(c.count) + " times, first at " + step
	}
	if c.once > 0 {
		text += ", " + countOf(c.once, "step", "steps") + " counted once"
	}
	return text
}

func (c *faultCount) repeated(step string) string {
	switch {
	case c.count == 1:
		return c.run + " repeats " + step + ", replaced by the later line"
	case c.several:
		return thousands(c.count) + " repeated steps replaced by the later lines, first " + step + " of " + c.run
	}
	return c.run + " repeats " + thousands(c.count) + " steps, first " + step + ", replaced by the later lines"
}
