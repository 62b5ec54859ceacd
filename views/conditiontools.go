package views

import (
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// openCheckpoints shows the runs of a stretch of a coverage chart, narrowed
// to its steps where there is something at them.
func (v *conditions) openCheckpoints(h charts.Hit) {
	if len(h.Keys) == 0 {
		return
	}
	v.place.Desk.Do(desk.Both("Open Runs", desk.Change{Apply: func(s desk.State) desk.State {
		for _, k := range h.Keys {
			if k.Field == data.Step && strings.Contains(k.Value, "..") {
				s.Where = withinSteps(s.Where, k.Value)
				continue
			}
			s.Where = s.Where.Narrow(k.Field, k.Value)
		}
		return s
	}}, desk.Open("runs", "Runs")))
}

// withinSteps narrows a filter to a range of steps, "100..200".
func withinSteps(f query.Filter, steps string) query.Filter {
	f = f.Drop(data.Step)
	if narrow, err := query.Parse(strings.TrimSpace(f.String() + " " + data.Step + ":" + steps)); err == nil {
		return narrow
	}
	return f
}

// openUnit shows the samples of one ring, or its runs where it has none.
func (v *conditions) openUnit(h charts.Hit) {
	facts := v.place.Facts()
	run, _ := keyAt(h.Keys, data.Run)
	if i, ok := facts.byName[run]; ok && facts.sampled([]int{i}) {
		v.place.Desk.Do(desk.Both("Open Samples", desk.Narrow(h.Keys...), desk.Open("samples", "Samples")))
		return
	}
	v.open(h.Keys)
}

// partners are the marks of the same seed, or item, under the baseline; of a
// mark of the baseline they are those under the other conditions. Judges and
// panels are kept apart.
func (v *conditions) partners(h charts.Hit) []charts.Hit {
	by := v.state.By[0]
	own, isRing := keyAt(h.Keys, by)
	base := v.state.Baseline
	if h.Unit < 0 || !isRing || base == "" {
		return nil
	}
	var out []charts.Hit
	for _, o := range v.chart.box.Drawing().Hits {
		other, ok := keyAt(o.Keys, by)
		if o.Unit < 0 || !ok || other == own || own != base && other != base {
			continue
		}
		if samePartner(h.Keys, o.Keys, by) {
			out = append(out, o)
		}
	}
	return out
}

// samePartner tells whether the keys of two units are of one seed or item,
// and differ in nothing but the condition and the run.
func samePartner(a, b []frame.Key, by string) bool {
	shared := false
	for _, k := range a {
		value, ok := keyAt(b, k.Field)
		switch {
		case k.Field == by || k.Field == data.Run:
		case !ok || value != k.Value:
			return false
		case k.Field == data.Seed || k.Field == data.Item:
			shared = true
		}
	}
	return shared && !slices.ContainsFunc(b, func(k frame.Key) bool {
		_, ok := keyAt(a, k.Field)
		return !ok
	})
}
