package curve

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// A Band says where an interval over steps is to hold.
type Band string

// The bands. A pointwise one holds at each step by itself, the others at all
// steps at once, which a reading such as "they cross at step 60" needs.
const (
	Pointwise  Band = ""
	Bonferroni Band = "bonferroni"
	SupT       Band = "sup-t"
)

// The limits of resampling runs: fewer runs repeat each other too often, and
// more steps take too long.
const (
	leastResampled = 8
	mostResampled  = 2000
	bandDraws      = 1000
)

// Widen gives an answer by step a band that holds at all steps of a group at
// once: intervals of Student's t at a level divided by the steps, or the
// mean ± c standard errors with c from seeded bootstraps of whole runs
// (stats.SupT). Where runs are too few or do not share all steps, Bonferroni
// stands in for sup-t, and a note says so. Rows of one run keep no interval.
func Widen(f frame.Frame, b Band, confidence float64) frame.Frame {
	if b == Pointwise {
		return f
	}
	w := widening{f: f, lo: numbers(f, frame.Lo), hi: numbers(f, frame.Hi), why: make([]string, f.Len()), method: slices.Clone(texts(f, frame.Method)), level: level(confidence)}
	for _, g := range Groups(f) {
		if why := w.resample(g, b); why != "" {
			w.note(g, why)
			w.divide(g)
		}
	}
	out := f
	out.Columns = slices.Clone(f.Columns)
	for i, c := range out.Columns {
		switch c.Name {
		case frame.Lo:
			out.Columns[i].Num, out.Columns[i].Why = w.lo, w.why
		case frame.Hi:
			out.Columns[i].Num, out.Columns[i].Why = w.hi, w.why
		case frame.Method:
			out.Columns[i].Text = w.method
		}
	}
	out.Notes = append(slices.Clone(f.Notes), w.notes...)
	return out
}

type widening struct {
	f      frame.Frame
	lo, hi []float64
	why    []string
	method []string
	level  float64
	notes  []frame.Note
}

func (w *widening) note(g Group, why string) {
	if why != "as asked" {
		w.notes = append(w.notes, frame.Note{Row: -1, ID: "band", Text: g.Name() + ": Bonferroni in place of sup-t, because " + why})
	}
}

// divide takes the level of each interval by the number of steps.
func (w *widening) divide(g Group) {
	m := 0
	for _, row := range g.rows {
		if len(g.values(w.f, row)) > 1 {
			m++
		}
	}
	for _, row := range g.rows {
		e, err := stats.SeedMean(g.values(w.f, row), 1-(1-w.level)/float64(max(m, 1)))
		w.set(row, e.Lo, e.Hi, fmt.Sprintf("t over seeds, Bonferroni over %s", count(m, "step")), stats.Reason(err))
	}
}

func (w *widening) set(row int, lo, hi float64, method, why string) {
	if why != "" {
		lo, hi, method = math.NaN(), math.NaN(), ""
	}
	w.lo[row], w.hi[row], w.why[row], w.method[row] = lo, hi, why, method
}

// resample gives a group its sup-t band, or says why it has none.
func (w *widening) resample(g Group, b Band) (why string) {
	switch k := len(g.Runs); {
	case b != SupT:
		return "as asked"
	case k < leastResampled:
		return fmt.Sprintf("%s are too few to be drawn again", count(k, "run"))
	case len(g.rows) > mostResampled:
		return fmt.Sprintf("%d steps take too long to be drawn again", len(g.rows))
	}
	values := make([][]float64, len(g.rows)) // by step, then run
	for i, row := range g.rows {
		if values[i] = g.values(w.f, row); len(values[i]) < len(g.Runs) {
			return "its runs do not share all steps"
		}
	}
	center := make([]float64, len(values))
	for i, v := range values {
		center[i], _ = stats.Mean(v)
	}
	c, err := stats.SupT(center, replicates(values), w.level)
	if err != nil {
		return stats.Reason(err)
	}
	for i, row := range g.rows {
		se, _ := stats.SE(values[i])
		w.set(row, center[i]-c*se, center[i]+c*se, fmt.Sprintf("sup-t over %s, bootstrap of seeds", count(len(values), "step")), "")
	}
	return ""
}

// replicates draws whole runs with replacement and averages them.
func replicates(values [][]float64) [][]float64 {
	rng := rand.New(rand.NewPCG(1, bandDraws))
	out := make([][]float64, bandDraws)
	runs := len(values[0])
	times := make([]float64, runs)
	for b := range out {
		clear(times)
		for range runs {
			times[rng.IntN(runs)]++
		}
		out[b] = make([]float64, len(values))
		for i, v := range values {
			for k, n := range times {
				out[b][i] += n * v[k] / float64(runs)
			}
		}
	}
	return out
}

// values are what the runs of a group have at a row, in a fixed order.
func (g Group) values(f frame.Frame, row int) []float64 {
	var out []float64
	for _, u := range f.Units[row] {
		if u.Value == u.Value {
			out = append(out, u.Value)
		}
	}
	return out
}

func numbers(f frame.Frame, name string) []float64 {
	if c := f.Col(name); c != nil && c.Num != nil {
		return slices.Clone(c.Num)
	}
	out := make([]float64, f.Len())
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}

func texts(f frame.Frame, name string) []string {
	if c := f.Col(name); c != nil && c.Text != nil {
		return c.Text
	}
	return make([]string, f.Len())
}
