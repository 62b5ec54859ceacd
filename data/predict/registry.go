package predict

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
)

// A Stated is a prediction as a study keeps it.
type Stated struct {
	data.Prediction
	ID       int64
	LockedAt string // RFC 3339, UTC; "" while it is open
	Hash     string // SHA-256 of what was locked, in hexadecimal
}

// A Standing says what a prediction's score is worth.
type Standing string

// The standings, in the order of display. A locked prediction is scored on
// data that were imported after the lock; where there are none, on earlier
// data, which is said.
const (
	Prospective   Standing = "Locked before the data"
	Retrospective Standing = "Retrospective: made after the data"
	Open          Standing = "Open: not locked, so it can still change"
)

// Standings lists the standings in the order of display.
var Standings = []Standing{Prospective, Retrospective, Open}

// A Register scores the predictions of one standing together, with rivals
// beside them.
type Register struct {
	Standing Standing
	Table
	Stated []Stated // that were scored
}

// A Registry is all predictions that a study keeps.
type Registry struct {
	Registers []Register // those that hold any, in the order of Standings
	Entries   []Entry    // parallel to what was to be scored
	Left      []string   // what could not be scored, and why, in plain words
}

// Score lays stated predictions of the behavior's rate beside what was
// observed. Runs answer to their names and, by the map, to other names such
// as keys. The baseline is an arm; "" for the first of that family. Level is
// that of the intervals.
func (o *Observed) Score(all []Stated, names map[string]string, arrived Arrivals, baseline string, level float64) Registry {
	if baseline == "" {
		if i := slices.IndexFunc(o.Arms, func(a ArmFacts) bool { return a.Family == "baseline" }); i >= 0 {
			baseline = o.Arms[i].Name
		}
	}
	r := registry{o: o, names: names, arrived: arrived, baseline: baseline, by: map[Standing]*register{}}
	var out Registry
	for _, s := range all {
		out.Entries = append(out.Entries, r.take(s, level))
	}
	for _, standing := range Standings {
		if g := r.by[standing]; g != nil {
			out.Registers = append(out.Registers, g.register(standing, level))
		}
	}
	out.Left = Left(out.Entries)
	return out
}

// Left says how many entries are not scored, by the reason.
func Left(all []Entry) []string {
	left := map[string]int{}
	for _, e := range all {
		if e.Outcome == nil {
			left[e.Why]++
		}
	}
	var out []string
	for _, why := range sortedKeys(left) {
		out = append(out, fmt.Sprintf("%s: %s", plural(left[why], "prediction"), why))
	}
	return out
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// registry is the state of one scoring.
type registry struct {
	o        *Observed
	names    map[string]string
	arrived  Arrivals
	baseline string
	by       map[Standing]*register
}

// take finds what a prediction is about and how it stands, and enters it for
// the scores of its standing.
func (r *registry) take(s Stated, level float64) Entry {
	e := entryOf(s)
	if e.Why = r.notScored(s); e.Why != "" {
		return e
	}
	series, why := r.about(s)
	if e.Why = why; e.Why != "" {
		return e
	}
	if s.LockedAt != "" {
		e.Standing = Retrospective
		if later := r.later(series, s); len(later) > 0 {
			e.Earlier = len(series) - len(later)
			e.Standing, series = Prospective, later
		}
	}
	if s.Quantity != "" && s.Quantity != Rated {
		r.other(&e, series)
		return e
	}
	g := r.by[e.Standing]
	if g == nil {
		g = &register{registry: r, at: map[string]int{}}
		r.by[e.Standing] = g
	}
	g.add(s, series)
	e.observe(g.outcome(s, series), level)
	return e
}

// The quantities that are stated of a behavior.
const (
	Rated = "rate"  // share of attempts that show it, 0 to 1
	Share = "share" // of a pattern of a model, 0 to 1, which nobody observes
	Onset = "onset" // step at which it takes off, see takeoff
	Order = "order" // place of the condition among all, 1 for the one that shows it most
)

// notScored says why nothing observed answers to a prediction.
func (r *registry) notScored(s Stated) string {
	switch {
	case s.Metric != "" && act(s.Metric) != act(r.o.Behavior):
		return "about " + s.Metric + ", and scores are of " + r.o.Behavior
	case s.Quantity == Share:
		return "about a share, which is not observed"
	case s.Quantity != "" && s.Quantity != Rated && s.Quantity != Onset && s.Quantity != Order:
		return "about a " + s.Quantity + ", which is not observed"
	case s.Deployment > 0:
		return "about a time in deployment, of which there are no observations"
	case math.IsNaN(s.P):
		return "no number is stated"
	case (s.Quantity == "" || s.Quantity == Rated) && !(s.P >= 0 && s.P <= 1):
		return "no rate between 0 and 1 is stated"
	}
	return ""
}

// act is the name of a measure without what says that it is a rate, so that a
// predicted hack_rate is about the counts of hack.
func act(measure string) string {
	kept := slices.DeleteFunc(words(measure), func(w string) bool { return slices.Contains(rateWords, w) })
	if len(kept) == 0 {
		return measure
	}
	return strings.Join(kept, " ")
}

var rateWords = []string{"rate", "frac", "fraction", "share", "proportion", "mean", "count"}

// about finds the series that a prediction is about, and that were recorded
// at its step.
func (r *registry) about(s Stated) (out []Series, why string) {
	run := s.Run
	if name, ok := r.names[run]; ok {
		run = name
	}
	evals := map[Circumstance]bool{}
	named := false
	for _, x := range r.o.Series {
		if run != "" && x.Run != run || run == "" && s.Condition != "" && x.Arm != s.Condition {
			continue
		}
		named = true
		if s.Eval != "" && x.Eval != s.Eval || s.EvalPrompt != "" && x.EvalPrompt != s.EvalPrompt {
			continue
		}
		if _, ok := x.answering(s); ok {
			at := x.circumstance()
			at.Arm = ""
			evals[at] = true
			out = append(out, x)
		}
	}
	switch {
	case s.Run == "" && s.Condition == "":
		return nil, "names neither a run nor a condition"
	case !named:
		return nil, "names a run or condition that is not here"
	case len(out) == 0:
		return nil, "nothing was observed at its step under its evaluation"
	case len(evals) > 1:
		return nil, "fits several evaluations; it must name eval and eval prompt"
	}
	return out, ""
}

// stepsAt are the recorded steps that are pooled at a step; NaN means the
// end.
func stepsAt(s Series, step float64) ([]float64, bool) {
	if math.IsNaN(step) {
		return s.Steps[len(s.Steps)-s.window():], true
	}
	if _, ok := s.At(step); !ok {
		return nil, false
	}
	to := s.before(math.Nextafter(step, math.Inf(1)))
	return s.Steps[max(0, to-s.window()):to], true
}

// answering are the recorded steps that answer a prediction: an onset may lie
// at any, everything else is about one.
func (s Series) answering(p Stated) ([]float64, bool) {
	if p.Quantity == Onset {
		return s.Steps, !math.IsNaN(s.Last())
	}
	return stepsAt(s, p.Step)
}

// later keeps the series whose values came after the lock.
func (r *registry) later(all []Series, s Stated) []Series {
	var out []Series
	for _, x := range all {
		steps, _ := x.answering(s)
		if r.arrived.of(x, steps) > s.LockedAt {
			out = append(out, x)
		}
	}
	return out
}

// key names an outcome: what it is of, and from which runs.
func key(s Stated, series []Series) string {
	var b strings.Builder
	at := series[0].circumstance()
	fmt.Fprint(&b, s.Run != "", at, bits(s.Step))
	for _, x := range series {
		b.WriteString("\x00" + x.Run)
	}
	return b.String()
}
