package figure

import (
	"context"
	"slices"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// checkpoints asks which checkpoints have the measure.
func checkpoints(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	q := query.Query{Where: s.Where, By: []string{By(s)}}
	if s.Measure != "" {
		q.Measures = []string{s.Measure}
	}
	f, err := x.Coverage(ctx, q)
	return []frame.Frame{f}, err
}

// coverage says what must be there to count as present, and leaves hidden
// runs out.
func coverage(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	if s.Measure != "" {
		o.Context = "Checkpoints with a value of " + lowerWords(s.Measure)
	}
	f := answers[0]
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		if c.Name == o.By {
			f.Columns[i].Text = named(c.Text)
		}
	}
	return []frame.Frame{f}
}
