package predict

import (
	"fmt"
	"math"
	"slices"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// Options say how a model is computed. The zero value computes it as it
// stands.
type Options struct {
	HoldOut  HoldOut
	Fit      bool      // fit η and the offsets of patterns on runs that are not held out
	Steps    []float64 // checkpoints to report; nil for some of the second half of training, and the last
	Alike    float64   // policies closer than this count as the same; 0 for 0.1, 10 points
	Level    float64   // of intervals; 0 for 0.95
	Readings []Reading // in place of guessed ones
	Ahead    []string  // arms not yet run, predicted as the model's own contexts have it
	// Stop is asked now and then while a model is fitted: its error, such as
	// that of a canceled context, ends it. Nil for no end.
	Stop func() error
}

func (p Options) level() float64 {
	if p.Level == 0 {
		return .95
	}
	return p.Level
}

func (p Options) alike() float64 {
	if p.Alike == 0 {
		return .1
	}
	return p.Alike
}

// Computed is a model beside a study: the shares of its patterns along the
// training of every arm, and what follows from them.
type Computed struct {
	Model      motive.Model // as it was computed, fitted where that was asked
	Options    Options
	Fit        *motive.Fit // nil where nothing was fitted
	Readings   []Reading
	Paths      []Path // an arm each, in the order of Observed.Arms
	Identified Identification
	Steps      []float64 // checkpoints that are reported
	Unit       float64   // training steps to one update of the model

	seen  *Observed
	held  map[string]bool // runs
	given motive.Model    // before it was fitted
}

// A Path is the shares of a model's patterns in one arm.
type Path struct {
	Arm        string
	Model      motive.Model      // with the arm's contexts
	Training   motive.Trajectory // a row for every Unit of steps, the prior first
	Deployment motive.Trajectory // goes on from the last, a row a step; one row unless deployment is switched on
}

// unstepped is how many updates a model is trained where the study names no
// steps.
const unstepped = 100

// Compute lays a model beside what was observed. Errors say in plain words
// what keeps the model from being computed or fitted; a fit without an answer
// is a *stats.NotEstimable.
func Compute(m motive.Model, o *Observed, p Options) (*Computed, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	c := &Computed{Model: m, Options: p, Unit: unitOf(o), seen: o, held: p.HoldOut.holds(o), Readings: p.Readings, given: m}
	if c.Readings == nil {
		c.Readings = Read(o, m, c.held)
	}
	c.readAhead()
	if p.Fit {
		fit, err := motive.FitArms(m, c.cells(), p.Stop)
		if err != nil {
			return nil, err
		}
		c.Fit, c.Model = &fit, fit.Model
		c.Model.Name += ", fitted" // another model than the one it was fitted from
	}
	if c.Steps = p.Steps; c.Steps == nil {
		c.Steps = o.checkpoints()
	}
	for _, arm := range c.arms() {
		p := c.path(arm)
		if slices.ContainsFunc(slices.Concat(p.Training.Last(), p.Deployment.Last()), math.IsNaN) {
			return nil, fmt.Errorf("the model %s has no finite shares in %s: its η, gaps or weights are too large", Name(m), arm)
		}
		c.Paths = append(c.Paths, p)
	}
	c.Identified = c.identify()
	return c, nil
}

// arms are those observed, then those not yet run.
func (c *Computed) arms() []string {
	var out []string
	for _, a := range c.seen.Arms {
		out = append(out, a.Name)
	}
	for _, name := range c.Options.Ahead {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// readAhead reads every evaluation of the study for arms that are not yet
// run. Nothing is measured in them, and no prompt is known to license.
func (c *Computed) readAhead() {
	for _, name := range c.arms()[len(c.seen.Arms):] {
		for _, r := range c.Readings {
			r.Arm, r.Licensed, r.Gap = name, false, stats.Unknown("not yet run")
			if !slices.ContainsFunc(c.Readings, func(o Reading) bool { return o.Circumstance == r.Circumstance }) {
				c.Readings = append(c.Readings, r)
			}
		}
	}
}

func (c *Computed) path(arm string) Path {
	m := c.Model
	m.Contexts = armContexts(m, c.Readings, arm)
	p := Path{Arm: arm, Model: m, Training: m.Train(c.updates(c.lastOf(arm)))}
	p.Deployment = m.Deploy(m.Deployed(p.Training.Last()), m.Params.DeploySteps)
	return p
}

// lastOf is the last step of an arm's runs, or of the checkpoints asked for;
// of an arm not yet run, that of the others. NaN where no step is named.
func (c *Computed) lastOf(arm string) float64 {
	last := math.NaN()
	ahead := !slices.ContainsFunc(c.seen.Arms, func(a ArmFacts) bool { return a.Name == arm })
	for _, s := range c.seen.Series {
		if (s.Arm == arm || ahead) && !(s.Last() <= last) {
			last = s.Last()
		}
	}
	for _, step := range c.Steps {
		if step > last {
			last = step
		}
	}
	return last
}

// updates is how many updates of the model come before a step.
func (c *Computed) updates(step float64) int {
	if math.IsNaN(step) {
		return unstepped
	}
	return max(0, int(math.Round(step/c.Unit)))
}

// Path returns the path of an arm.
func (c *Computed) Path(arm string) (Path, bool) {
	i := slices.IndexFunc(c.Paths, func(p Path) bool { return p.Arm == arm })
	if i < 0 {
		return Path{}, false
	}
	return c.Paths[i], true
}

// fitWindows is into how many windows a curve is pooled to be fitted.
const fitWindows = 12

// cells are what the fit sees: acts of trials of each evaluation of an arm at
// each checkpoint, of all fitted runs together and of all held out together.
// A curve is pooled into twelve windows.
func (c *Computed) cells() []motive.Arm {
	var out []motive.Arm
	for _, a := range c.seen.Arms {
		arm := motive.Arm{Name: a.Name, Contexts: armContexts(c.Model, c.Readings, a.Name)}
		at := map[motive.Cell]int{}
		for _, r := range c.Readings {
			if r.Arm != a.Name {
				continue
			}
			for _, s := range c.seen.Series {
				if s.circumstance() == r.Circumstance {
					c.pool(&arm, at, s, r.Context)
				}
			}
		}
		out = append(out, arm)
	}
	return out
}

// pool adds a series to the cells of an arm; at finds a cell by all of it but
// its counts.
func (c *Computed) pool(arm *motive.Arm, at map[motive.Cell]int, s Series, context string) {
	windows := min(fitWindows, len(s.Seen))
	if s.window() == 1 {
		windows = len(s.Seen)
	}
	for w := range windows {
		from, to := w*len(s.Seen)/windows, (w+1)*len(s.Seen)/windows
		cell := motive.Cell{Context: context, Steps: c.updates((s.Steps[from] + s.Steps[to-1]) / 2), HeldOut: c.held[s.Run]}
		i, ok := at[cell]
		if !ok {
			i = len(arm.Cells)
			at[cell] = i
			arm.Cells = append(arm.Cells, cell)
		}
		seen := motive.Pool(s.Seen[from:to])
		arm.Cells[i].K += seen.Acts
		arm.Cells[i].N += seen.Trials
	}
}

// checkpoints chooses steps to report: all of a few, else round ones in the
// second half of training, and the last.
func (o *Observed) checkpoints() []float64 {
	var all []float64
	for _, s := range o.Series {
		all = append(all, s.Steps...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	all = slices.DeleteFunc(all, math.IsNaN)
	if len(all) == 0 {
		return []float64{math.NaN()}
	}
	last := all[len(all)-1]
	if len(all) <= 8 {
		return all
	}
	var out []float64
	width := roundWidth(last / 6)
	for step := width; step < last-width/2; step += width {
		if i, _ := slices.BinarySearch(all, step); step >= last/2 {
			out = append(out, all[i])
		}
	}
	return append(slices.Compact(out), last)
}

// roundWidth is the 1, 2 or 5 times a power of ten next to x.
func roundWidth(x float64) float64 {
	base := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if x <= m*base*1.25 {
			return m * base
		}
	}
	return 10 * base
}
