package estimate

import (
	"math"

	"witnessmark/data"
)

// A runValue is what a run contributes to a series: the unweighted mean over
// the steps of the window.
type runValue struct {
	run         int32
	value       float64 // NaN where the run has none
	k, n        float64 // over all steps; k only if binary, n NaN where unknown
	binary      bool
	excluded    int32
	steps       int32   // averaged over
	first, last float64 // of those steps
	refs        int32   // see ref
	cells       int32

	// While reading, the step at hand.
	step             int32
	num, den         float64
	weighted, weight float64
}

// A slot holds the pieces of a run between which a window chooses.
type slot struct {
	pieces []int32
	steps  []int32 // distinct, with a value, ascending
}

type slotKey struct {
	base, grader int32
	measure      int16
	kind         kind
}

// fold adds the pieces of a run to the series.
func (s *scan) fold(run int32) {
	slots := map[slotKey]*slot{}
	var order []slotKey
	for i, p := range s.pieces {
		key := slotKey{p.base, p.grader, p.measure, p.kind}
		sl := slots[key]
		if sl == nil {
			sl = &slot{}
			slots[key] = sl
			order = append(order, key)
		}
		sl.pieces = append(sl.pieces, int32(i))
		if n := len(sl.steps); p.all > 0 && (n == 0 || sl.steps[n-1] != p.step) {
			sl.steps = append(sl.steps, p.step)
		}
	}
	for _, key := range order {
		s.foldSlot(run, slots[key])
	}
}

func (s *scan) foldSlot(run int32, sl *slot) {
	within := s.window(sl.steps)
	var touched []int32
	for _, i := range sl.pieces {
		p := &s.pieces[i]
		if !within(p.step) {
			continue
		}
		id := s.seriesOf(seriesKey{p.group, p.grader, p.measure, p.kind})
		values := &s.series[id].values
		if n := len(*values); n == 0 || (*values)[n-1].run != run {
			*values = append(*values, runValue{run: run, step: -1, binary: true, refs: -1})
			touched = append(touched, id)
		}
		v := &(*values)[len(*values)-1]
		v.add(p, s.x.steps)
		p.ref.next = v.refs
		v.refs = s.keep(p.ref)
	}
	for _, id := range touched {
		values := s.series[id].values
		values[len(values)-1].end(s.x.steps)
	}
}

func (s *scan) seriesOf(key seriesKey) int32 {
	id, ok := s.at[key]
	if !ok {
		id = int32(len(s.series))
		s.at[key] = id
		s.series = append(s.series, series{seriesKey: key})
	}
	return id
}

// window returns whether a step is among those that the query's window
// chooses from a run's steps. Rows without a step belong to every window if
// there is nothing else, but for one that names steps.
func (s *scan) window(steps []int32) func(step int32) bool {
	unstepped := len(steps) > 0 && math.IsNaN(s.x.steps[steps[0]])
	if s.q.Steps.IsZero() || unstepped && len(steps) == 1 && s.q.Steps.Counted() {
		return func(int32) bool { return true }
	}
	if unstepped {
		steps = steps[1:]
	}
	values := make([]float64, len(steps))
	for i, step := range steps {
		values[i] = s.x.steps[step]
	}
	from, to := s.q.Steps.Pick(values)
	if from >= to {
		return func(int32) bool { return false }
	}
	lo, hi := steps[from], steps[to-1]
	return func(step int32) bool { return lo <= step && step <= hi }
}

// add takes a piece; pieces come in the order of steps.
func (v *runValue) add(p *piece, steps []float64) {
	if p.step != v.step {
		v.endStep(steps)
		v.step, v.num, v.den, v.weighted, v.weight = p.step, 0, 0, 0, 0
	}
	v.num += p.num
	v.den += p.den
	v.weighted += p.weighted
	v.weight += p.weight
	v.excluded += p.excluded
	v.cells++
	v.binary = v.binary && p.binary
	if p.kind.grain() == data.Summaries {
		v.n += p.weight
		return
	}
	v.k += p.num
	v.n += p.den
}

// endStep adds the value of the step at hand: k/n or the mean of samples, and
// of summaries the mean weighted by n where all of them have one.
func (v *runValue) endStep(steps []float64) {
	if v.step < 0 || v.den == 0 {
		return
	}
	at := v.num / v.den
	if v.weight > 0 {
		at = v.weighted / v.weight
	}
	v.value += at
	if v.steps == 0 {
		v.first = steps[v.step]
	}
	v.steps++
	v.last = steps[v.step]
}

func (v *runValue) end(steps []float64) {
	v.endStep(steps)
	v.step = -1
	if v.steps == 0 {
		v.value = math.NaN()
		return
	}
	v.value /= float64(v.steps)
}
