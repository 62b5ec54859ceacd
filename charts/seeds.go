package charts

import (
	"fmt"
	"math"

	"witnessmark/data/frame"
)

// A trace is one seed's raw values over the steps of its condition; NaN
// where the seed has none.
type trace struct {
	seed string
	x, y Values
	row  []int
	unit []int
}

// traces returns the lines of the seeds of a condition, in order of
// appearance. Every trace has an entry for every step of the condition, so
// that a missing one is a gap; ragged ones have those of the seed.
func (c curves) traces(name string) []trace {
	rows := c.rows(name)
	if c.o.Ragged {
		return c.ragged(rows)
	}
	index := map[string]int{}
	var out []trace
	for k, i := range rows {
		for u, unit := range unitsAt(c.f, i) {
			id := unit.Seed + "\x00" + unit.Run
			j, ok := index[id]
			if !ok {
				j = len(out)
				index[id] = j
				out = append(out, c.blank(unit, rows))
			}
			out[j].y[k], out[j].unit[k] = unit.Value, u
		}
	}
	return out
}

// ragged returns lines that have places of their own.
func (c curves) ragged(rows []int) []trace {
	index := map[string]int{}
	var out []trace
	for _, i := range rows {
		for u, unit := range unitsAt(c.f, i) {
			id := unit.Seed + "\x00" + unit.Run
			j, ok := index[id]
			if !ok {
				j = len(out)
				index[id] = j
				out = append(out, trace{seed: unit.Seed})
			}
			t := &out[j]
			t.x, t.y = append(t.x, c.step(i)), append(t.y, unit.Value)
			t.row, t.unit = append(t.row, i), append(t.unit, u)
		}
	}
	return out
}

func (c curves) blank(u frame.Unit, rows []int) trace {
	t := trace{seed: u.Seed, row: rows, unit: make([]int, len(rows))}
	for _, i := range rows {
		t.x, t.y = append(t.x, c.step(i)), append(t.y, math.NaN())
	}
	return t
}

// seedLayers draw the seeds of a condition: their lines, smoothed where
// asked for, and then the raw values as specks.
func (c curves) seedLayers(name string, width, fade float64) []Layer {
	var raw, lines []Layer
	for _, t := range c.traces(name) {
		l := Layer{
			Mark: "line", Name: fmt.Sprintf("%s, seed %s", name, t.seed), Role: c.roles[name],
			X: t.x, Y: smooth(t.y, c.o.Smooth), Width: width, Alpha: Light().SeedAlpha * fade,
		}
		if len(t.x) <= mostPoints {
			l.Source = c.sources(t, name)
		}
		lines = append(lines, c.broken(thinned(l)))
		if c.o.Smooth > 0 && !c.o.NoRaw {
			raw = append(raw, c.specks(t, name))
		}
	}
	return append(raw, lines...)
}

func (c curves) sources(t trace, name string) []Target {
	out := make([]Target, len(t.x))
	for k, i := range t.row {
		out[k] = Target{Row: i, Unit: t.unit[k]}
		if u := unitsAt(c.f, i); !math.IsNaN(t.y[k]) && t.unit[k] < len(u) {
			out[k].Text = unitText(u[t.unit[k]], name+", "+c.o.Along.Place(t.x[k])+",", c.o)
			out[k].Keys = unitKeys(c.f, i, u[t.unit[k]])
		}
	}
	return out
}

// specks are the raw values above 3 % of the scale; below that they would
// only thicken the axis.
func (c curves) specks(t trace, name string) Layer {
	l := Layer{Mark: "speck", Name: name + ", seed " + t.seed + ", raw", Role: c.roles[name]}
	for k, v := range t.y {
		if !math.IsNaN(v) && (v > 0.03*c.o.top() || c.all()) {
			l.X, l.Y = append(l.X, t.x[k]), append(l.Y, v)
		}
	}
	return thinned(l)
}

// all reports whether small raw values are shown too: where 0 is not the end
// of the axis, or small values have room.
func (c curves) all() bool {
	return c.o.Scale != RateScale && c.o.Scale != ScoreScale || c.y.Kind == LogZero
}

// smooth returns the exponential moving average with weight w, divided by
// 1 − wᵗ so that it does not start from 0 (as TensorBoard does). Missing
// values stay missing and do not count as a step.
func smooth(y Values, w float64) Values {
	if w <= 0 || w >= 1 {
		return y
	}
	out := make(Values, len(y))
	sum, weight := 0.0, 1.0
	for i, v := range y {
		if math.IsNaN(v) {
			out[i] = v
			continue
		}
		sum = w*sum + (1-w)*v
		weight *= w
		out[i] = sum / (1 - weight)
	}
	return out
}

// broken inserts a missing point where a line would bridge a gap.
func (c curves) broken(l Layer) Layer {
	out := l
	out.X, out.Y, out.Y2, out.Source = nil, nil, nil, nil
	for i := range l.X {
		if gapBefore(l.X, i) {
			out = out.add(math.NaN(), math.NaN(), math.NaN(), Target{Row: -1, Unit: -1}, l)
		}
		out = out.add(l.X[i], l.Y.at(i), l.Y2.at(i), at(l.Source, i), l)
	}
	return out
}

// whole is a line or band of a condition: broken at gaps, where all seeds have
// the same places.
func (c curves) whole(l Layer) Layer {
	if c.o.Ragged {
		return thinned(l)
	}
	return c.broken(thinned(l))
}

// add appends a point with as many parts as the points of like have.
func (l Layer) add(x, y, y2 float64, t Target, like Layer) Layer {
	l.X, l.Y = append(l.X, x), append(l.Y, y)
	if like.Y2 != nil {
		l.Y2 = append(l.Y2, y2)
	}
	if like.Source != nil {
		l.Source = append(l.Source, t)
	}
	return l
}

// gapBefore reports whether steps are missing before the i-th: the stretch
// is half as long again as both its neighbors. Grids that grow, such as
// powers of two, have no gaps by this rule.
func gapBefore(x Values, i int) bool {
	if i < 2 || i+1 >= len(x) {
		return false
	}
	return x[i]-x[i-1] > 1.5*math.Max(x[i-1]-x[i-2], x[i+1]-x[i])
}

func (c curves) threshold() float64 {
	if c.o.Threshold > 0 {
		return c.o.Threshold
	}
	return 0.5 * c.o.top()
}

func (c curves) thresholdText() string { return c.y.Format.tickText(c.threshold(), c.threshold()) }

// onsetRule marks where all onsets lie on an axis that counts from them.
func onsetRule() Layer {
	return Layer{Mark: "rule", Name: "onset", Role: AxisRole, X: Values{0}, Dash: []float64{4, 3}}
}

// onsetLayer marks the first step over a threshold of every seed that has one.
func onsetLayer(f frame.Frame, o Options, name string, role Role) Layer {
	l := Layer{Mark: "onset", Name: name + ", onset", Role: role}
	for i, n := range namesOf(f, o.By) {
		if v := numAt(f, o.stepColumn(), i); n == name && !math.IsNaN(v) {
			l.X, l.Y = append(l.X, v), append(l.Y, 0)
			text := joined(", ", name, "seed "+textAt(f, "seed", i), "onset at "+o.Along.Place(v))
			l.Source = append(l.Source, Target{i, -1, text, keysAt(f, i)})
		}
	}
	return l
}
