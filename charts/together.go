package charts

import (
	"slices"

	"witnessmark/data/frame"
)

// mostAbreast is how many conditions stand side by side over two measures;
// more share one panel a measure.
const mostAbreast = 4

// leastAbreast is the width that a panel bears: with fewer panels a line, one
// measure would no longer stand below the other.
const leastAbreast = 84

// Together draws two measures over one axis of checkpoints, the second
// (o.SecondLabel, o.SecondScale) below the first: what happens in one when the
// other sets in. Both frames, and tables of onsets after them, are those of
// Lines; onsets are of the first measure.
func Together(f frame.Frame, o Options, more ...frame.Frame) Spec {
	second := at(more, 0)
	below := o
	below.MeasureLabel, below.Scale, below.Title = o.SecondLabel, o.SecondScale, "-"
	if len(distinct(append(namesOf(f, o.By), namesOf(second, o.By)...))) > mostAbreast || o.Facet != "" {
		o.OnePanel, below.OnePanel, o.Facet, below.Facet = true, true, "", ""
	}
	upper, lower := Lines(f, o, more[min(1, len(more)):]...), Lines(second, below)
	s := upper
	s.ID = "together"
	s.Subtitle = o.subtitle(joined(", ", upperFirst(o.MeasureLabel)+" above, "+lowerFirst(o.SecondLabel)+" below", o.Context), newCurves(f, o).subtitle(len(more) > 1 && !o.OnePanel))
	s.Columns = max(1, len(upper.Panels))
	s.Notes = slices.Concat(upper.Notes, lower.Notes)
	s.Panels = nil
	x := joinedAxis(upper.Panels, lower.Panels)
	for _, p := range upper.Panels {
		p.X, p.X.Quiet, p.MinWidth = x, true, leastAbreast
		p.Y.Title = joined(", ", upperFirst(o.MeasureLabel), p.Y.Title)
		s.Panels = append(s.Panels, p)
	}
	for _, p := range upper.Panels {
		q := beneath(p, lower.Panels)
		q.X, q.Head, q.HeadRole, q.HeadNote, q.MinWidth = x, "", "", nil, leastAbreast
		q.Y.Title = joined(", ", upperFirst(o.SecondLabel), q.Y.Title)
		s.Panels = append(s.Panels, q)
	}
	return s
}

// beneath finds the panel of the second measure that belongs under one of the
// first.
func beneath(p Panel, lower []Panel) Panel {
	for _, q := range lower {
		if q.Head == p.Head {
			return q
		}
	}
	empty := Panel{Y: p.Y, MinWidth: p.MinWidth, Empty: "Not measured"}
	if len(lower) > 0 {
		empty.Y = lower[0].Y
	}
	return empty
}

// joinedAxis holds the steps of both measures.
func joinedAxis(a, b []Panel) Axis {
	if len(a) == 0 {
		return Axis{}
	}
	x := a[0].X
	for _, p := range b {
		if len(p.Layers) > 0 {
			x.Lo, x.Hi = min(x.Lo, p.X.Lo), max(x.Hi, p.X.Hi)
		}
	}
	return x
}
