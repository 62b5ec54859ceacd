package desk

import (
	"slices"
	"strconv"
	"strings"

	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Open shows another view.
func Open(view, title string) Change {
	return Change{Name: "Open " + title, Apply: func(s State) State {
		s.View, s.Selected, s.Compare = view, nil, false
		return s
	}}
}

// Restore shows a state as it was saved.
func Restore(name string, saved State) Change {
	return Change{Name: "Open view " + name, Apply: func(State) State { return saved }}
}

// SetFilter replaces the filter.
func SetFilter(f query.Filter) Change {
	return Change{Name: "Filter", Apply: func(s State) State { s.Where = f; return s }}
}

// EditFilter changes the filter's terms on a field.
func EditFilter(field string, edit func(query.Filter) query.Filter) Change {
	return Change{Name: "Filter " + strings.ReplaceAll(field, "_", " "), Apply: func(s State) State {
		s.Where = edit(s.Where)
		return s
	}}
}

// Narrow holds all keys of a row at their values, and so leads from a mark to
// the samples behind it.
func Narrow(keys ...frame.Key) Change {
	return Change{Name: "Narrow", Apply: func(s State) State {
		for _, k := range keys {
			s.Where = s.Where.Narrow(k.Field, k.Value)
		}
		return s
	}}
}

// Both is two changes that are undone as one.
func Both(name string, first, second Change) Change {
	return Change{Name: name, Apply: func(s State) State { return second.Apply(first.Apply(s)) }}
}

// SetSteps chooses the steps that are read.
func SetSteps(w query.Window) Change {
	return Change{Name: "Steps", Apply: func(s State) State { s.Steps = w; return s }}
}

// SetMeasure chooses the metric that is shown.
func SetMeasure(metric string) Change {
	return Change{Name: "Measure", Apply: func(s State) State { s.Measure = metric; return s }}
}

// SetMonitor chooses the monitor that is shown.
func SetMonitor(monitor string) Change {
	return Change{Name: "Monitor", Apply: func(s State) State { s.Monitor = monitor; return s }}
}

// SetBaseline chooses the condition that others are compared with.
func SetBaseline(condition string) Change {
	return Change{Name: "Baseline", Apply: func(s State) State { s.Baseline = condition; return s }}
}

// SetLevel chooses the level of intervals, between 0 and 1.
func SetLevel(level float64) Change {
	return Change{Name: "Interval level", Apply: func(s State) State { s.Level = level; return s }}
}

// SetPairing chooses what is paired with the baseline.
func SetPairing(p query.Pairing) Change {
	return Change{Name: "Pairing", Apply: func(s State) State { s.Pair = p; return s }}
}

// SetChart chooses the kind of chart within the view.
func SetChart(kind string) Change {
	return Change{Name: "Chart", Apply: func(s State) State { s.Chart = kind; return s }}
}

// SetBy chooses what rows are grouped by.
func SetBy(fields ...string) Change {
	return Change{Name: "Group by", Apply: func(s State) State { s.By = fields; return s }}
}

// SetFacet chooses the field that splits the chart, "" for none.
func SetFacet(field string) Change {
	return Change{Name: "Split by", Apply: func(s State) State { s.Facet = field; return s }}
}

// SetColumns chooses the fields shown as further columns.
func SetColumns(fields ...string) Change {
	return Change{Name: "Columns", Apply: func(s State) State { s.Columns = fields; return s }}
}

// SetSort orders the table's rows.
func SetSort(orders ...query.Order) Change {
	return Change{Name: "Sort", Apply: func(s State) State { s.Sort = orders; return s }}
}

// SetOption sets a view's own switch; label is how the Edit menu calls it.
func SetOption(label, name, value string) Change {
	return Change{Name: label, Apply: func(s State) State { return s.With(name, value) }}
}

// SetFlag sets a switch that is on or off.
func SetFlag(label, name string, on bool) Change {
	return SetOption(label, name, strconv.FormatBool(on))
}

// SetNumber sets a switch that is a number.
func SetNumber(label, name string, v float64) Change {
	return SetOption(label, name, strconv.FormatFloat(v, 'g', -1, 64))
}

// Select selects rows by their keys.
func Select(keys ...string) Change {
	return Change{Name: "Select", Quiet: true, Apply: func(s State) State { s.Selected = keys; return s }}
}

// SetCompare opens or closes the comparison of what is selected.
func SetCompare(on bool) Change {
	return Change{Name: "Compare", Quiet: true, Apply: func(s State) State { s.Compare = on; return s }}
}

// ShowText opens or closes the filter's text form.
func ShowText(on bool) Change {
	return Change{Name: "Filter as text", Quiet: true, Apply: func(s State) State { s.Text = on; return s }}
}

// Hide leaves runs out of charts, or takes them back. Numbers do not change.
func Hide(hide bool, runs ...string) Change {
	name := "Show"
	if hide {
		name = "Hide"
	}
	if len(runs) == 1 {
		name += " " + runs[0]
	} else {
		name += " " + strconv.Itoa(len(runs)) + " runs"
	}
	return Change{Name: name, Apply: func(s State) State {
		s.Hidden = slices.DeleteFunc(slices.Clone(s.Hidden), func(r string) bool { return slices.Contains(runs, r) })
		if hide {
			s.Hidden = append(s.Hidden, runs...)
		}
		return s
	}}
}

// HideAllBut leaves every run but these out of charts.
func HideAllBut(all []string, keep ...string) Change {
	return Change{Name: "Show only " + strings.Join(keep, ", "), Apply: func(s State) State {
		s.Hidden = slices.DeleteFunc(slices.Clone(all), func(r string) bool { return slices.Contains(keep, r) })
		return s
	}}
}
