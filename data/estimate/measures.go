package estimate

import (
	"maps"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A Measure is something that can be estimated: a metric, or a monitor's
// score or flag under the names "monitor.score" and "monitor.flag".
type Measure struct {
	Name     string
	Grains   []data.Grain // in which it came, the finest first
	Binary   bool         // all values of samples are 0 or 1
	Rate     bool         // Binary, or counted as k of n
	Lo, Hi   float64      // scale; NaN where not known
	Inferred bool         // the scale was taken from names and values: no file states it
	Better   int          // see data.Metric
	Samples  int          // rows that have a value
	Monitor  string       // name of the monitor, "" for metrics
}

// measureName returns the name under which a column is a measure of its own
// or part of one.
func measureName(id column.ID, attempts bool) (string, bool) {
	switch id.Kind {
	case column.Label:
		return "", false
	case column.Score:
		return id.Name + ".score", attempts
	case column.Flag:
		return id.Name + ".flag", attempts
	case column.Value:
		return id.Name, true
	}
	return id.Name, !attempts
}

func (x *Index) nameMeasures() {
	monitors := map[string]string{}
	for _, t := range x.set.Tables {
		for _, c := range t.Columns {
			if name, ok := measureName(c.ID, t.Attempts); ok {
				monitor := ""
				if c.Kind == column.Score || c.Kind == column.Flag {
					monitor = c.Name
				}
				monitors[name] = monitor
			}
		}
	}
	for i, name := range slices.SortedFunc(maps.Keys(monitors), natural) {
		x.byName[name] = i
		x.measures = append(x.measures, Measure{Name: name, Monitor: monitors[name], Lo: math.NaN(), Hi: math.NaN()})
	}
}

// Measures lists what can be estimated, by name.
func (x *Index) Measures() []Measure {
	out := slices.Clone(x.measures)
	for i := range out {
		m := &out[i]
		m.Better = x.set.Metrics[m.Name].Better
		m.Lo, m.Hi, m.Inferred = x.scales[i].lo, x.scales[i].hi, x.scales[i].inferred
		x.describe(m, i)
		if m.Rate && math.IsNaN(m.Lo) && math.IsNaN(m.Hi) {
			m.Lo, m.Hi = 0, 1
		}
	}
	return out
}

// describe says in which grains a measure came and whether it is a rate.
func (x *Index) describe(m *Measure, id int) {
	binary, found := true, [3]bool{}
	for _, t := range x.tables {
		if c, ok := t.samples[id]; ok {
			n, all := c.total()
			m.Samples += n
			binary = binary && all
			found[data.Samples] = found[data.Samples] || n > 0
		}
		if g, ok := t.groups[id]; ok {
			counts, summaries := g.total()
			found[data.Counts] = found[data.Counts] || counts
			found[data.Summaries] = found[data.Summaries] || summaries
		}
	}
	for g, yes := range found {
		if yes {
			m.Grains = append(m.Grains, data.Grain(g))
		}
	}
	m.Binary = found[data.Samples] && binary && x.mayBeRate(id)
	m.Rate = m.Binary || found[data.Counts]
}

// mayBeRate tells whether the scale of a measure allows that its 0 and 1 are
// failure and success: 0 on a scale to 100 is not.
func (x *Index) mayBeRate(id int) bool {
	sc := x.scales[id]
	return math.IsNaN(sc.hi) || sc.hi == 1 && !(sc.lo < 0)
}

// scale returns the ends of a measure's scale; ok is false where they are
// not known. Rates are on the scale from 0 to 1.
func (x *Index) scale(id int, rate bool) (lo, hi float64, ok bool) {
	if sc := x.scales[id]; sc.known() {
		return sc.lo, sc.hi, true
	}
	return 0, 1, rate
}
