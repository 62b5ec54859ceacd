package charts

import (
	"math"
	"slices"
	"strings"

	"witnessmark/data/frame"
)

// Changes draws how far a measure has moved since one step (o.Since) at every
// other, about a line at no change: a panel a condition, or one for all, with
// a thin line a seed, the mean change and its band.
//
// Columns are those of Lines with diff, diff_lo, diff_hi, pairs and
// diff_method for the change, in the measure's own scale. Units carry Pair.
func Changes(f frame.Frame, o Options) Spec {
	own := o
	o.Scale, o.LogY = changeScale, false
	if own.Scale == RateScale {
		o.Scale = pointScale
	}
	c := newCurves(asChanges(f, o), o)
	s := Spec{ID: "changes", Title: o.title(c.proposeChange(f, own)), Source: o.source(), ShareY: true, Notes: append(frameNotes(f), c.thinNote()...)}
	s.Subtitle = o.subtitle(lead(o), upperFirst("change since "+o.Along.Place(o.Since)), c.changeSubtitle(f))
	if o.OnePanel || o.Facet != "" {
		s.Panels = c.shared()
	} else {
		for _, name := range c.conditions {
			p := c.apart(name)
			p.HeadNote = nil
			s.Panels = append(s.Panels, p)
		}
	}
	none := Layer{Mark: "rule", Name: "no change", Role: AxisRole, Y: Values{0}, Width: 1.3}
	since := Layer{Mark: "rule", Name: "since", Role: AxisRole, X: Values{o.Since}, Dash: []float64{4, 3}, Text: []string{o.Along.Place(o.Since)}}
	for i := range s.Panels {
		s.Panels[i].Layers = slices.Concat([]Layer{none, since}, s.Panels[i].Layers)
		s.Panels[i].Empty = "No change: no seed has a value at " + o.Along.Place(o.Since) + " and another step"
	}
	return s
}

// asChanges puts differences in the place of values; there is none at the
// step itself.
func asChanges(f frame.Frame, o Options) frame.Frame {
	f.Columns = slices.DeleteFunc(slices.Clone(f.Columns), func(c frame.Column) bool {
		return slices.Contains([]string{frame.Value, frame.Lo, frame.Hi, frame.Method, frame.K}, c.Name)
	})
	for i, c := range f.Columns {
		if to, ok := map[string]string{frame.Diff: frame.Value, frame.DiffLo: frame.Lo, frame.DiffHi: frame.Hi, frame.DiffVia: frame.Method}[c.Name]; ok {
			f.Columns[i].Name = to
		}
	}
	nan := math.NaN()
	units := make([][]frame.Unit, len(f.Units))
	for row, us := range f.Units {
		for _, u := range us {
			u.Value, u.Pair, u.K = u.Pair, nan, nan
			u.N = nan
			if numAt(f, o.stepColumn(), row) == o.Since {
				u.Value = 0
			}
			units[row] = append(units[row], u)
		}
	}
	f.Units = units
	for i, c := range f.Columns {
		if c.Name == frame.Value {
			f.Columns[i].Num = slices.Clone(c.Num)
			for row := range c.Num {
				if numAt(f, o.stepColumn(), row) == o.Since {
					f.Columns[i].Num[row] = 0
				}
			}
		}
	}
	return f
}

func (c curves) changeSubtitle(f frame.Frame) string {
	seed := "thin = one seed"
	if c.o.Smooth > 0 {
		seed += ", EMA " + Logs.Text(c.o.Smooth, 0)
	}
	if c.o.Smooth > 0 && !c.o.NoRaw {
		seed += ", specks = raw changes"
	}
	band := "no band, because " + why(c.f, frame.Lo, 0)
	for i := range f.Len() {
		if !math.IsNaN(numAt(f, frame.DiffLo, i)) {
			band = "band = " + methodText(c.f, i) + ", pointwise"
		}
	}
	if c.o.NoBand {
		band = ""
	}
	return upperFirst(joined("; ", seed, "thick = mean of raw changes", band))
}

// proposeChange says how far each condition has come at its last step, no
// stronger than the intervals there.
func (c curves) proposeChange(f frame.Frame, own Options) string {
	var v verdicts
	last := math.NaN()
	for _, name := range c.conditions {
		for _, i := range slices.Backward(c.rows(name)) {
			if d := numAt(f, frame.Diff, i); !math.IsNaN(d) {
				v.add(name, d, numAt(f, frame.DiffLo, i), numAt(f, frame.DiffHi, i))
				last = math.Max(c.step(i), orElse(last, c.step(i)))
				break
			}
		}
	}
	since := c.o.Along.Place(c.o.Since)
	if !v.any() {
		return upperFirst(joined(" ", given(c.o.MeasureLabel, "the measure"), "since", since))
	}
	own.Baseline = since
	sentence := strings.TrimSuffix(v.sentence(own), " than under "+since)
	return sentence + ", at " + c.o.Along.Place(last) + " against " + since
}

// orElse is v, or another number where v is missing.
func orElse(v, unset float64) float64 {
	if math.IsNaN(v) {
		return unset
	}
	return v
}
