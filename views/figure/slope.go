package figure

import (
	"context"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// SlopeGroup is the switch that names the one group that a slope chart shows
// beside the baseline; all of them while it is not set.
const SlopeGroup = "slope.group"

// paired asks for groups with the difference of each unit from its partner.
// Where seeds are not shared and items are, those are the units.
func paired(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	q := groups(s)
	f, err := x.Ask(ctx, q)
	if err == nil && q.Pair == query.PairAuto && pairedByItems(f) {
		q.Pair = query.PairItem // so that units are items
		f, err = x.Ask(ctx, q)
	}
	return []frame.Frame{f}, err
}

// pairedByItems tells whether something is paired, and it is not runs.
func pairedByItems(f frame.Frame) bool {
	paired := false
	for row := range f.Len() {
		pairs, _, ok := f.Num(frame.Pairs, row)
		paired = paired || ok && pairs > 0
		for _, u := range f.Units[row] {
			if u.Pair == u.Pair {
				return false
			}
		}
	}
	return paired
}

// slope leaves out the groups that were not chosen.
func slope(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	f := withoutJudges(answers[0], o.By)
	group := Spoken(s.Option(SlopeGroup, ""))
	if group == "" || f.Col(o.By) == nil {
		return []frame.Frame{f}
	}
	var rows []int
	for row := range f.Len() {
		if name := f.Text(o.By, row); name == group || name == o.Baseline {
			rows = append(rows, row)
		}
	}
	return []frame.Frame{f.Select(rows)}
}
