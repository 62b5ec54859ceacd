// Package estimate answers questions from columns: it groups, averages and
// compares, and says with every number what it rests on. The steps are
//
//	index    once a study: rollups of cells, fields and measures by name
//	plan     names in the query are found, or near spellings are offered
//	scan     run by run, the cells that the filter lets through are taken
//	fold     a run's steps are cut to the window and averaged: one value a run
//	rows     a row a group and measure; graders and grains are kept apart
//	interval the unit is the run where there are several, else the item
//	compare  with the baseline, paired by seed or item where they are shared
//	guard    what a reader must be told: mixtures, confounds, exclusions
//	table    the frame
//
// Answers depend on what the runs of a group say and on nothing else: adding
// or hiding another run, or importing in another order, changes no number.
package estimate

import (
	"context"
	"slices"

	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Ask answers q from set. To ask a set more than once, make its Index.
func Ask(ctx context.Context, set *column.Set, q query.Query) (frame.Frame, error) {
	return NewIndex(set).Ask(ctx, q)
}

// Ask answers q: a row for each group of values of q.By and each measure, or
// without By and Measures a row for each sample. Rates and differences of
// rates are fractions, in columns whose units, "%" and "points", say how they
// are shown; what cannot be estimated is NaN, and Why says why.
//
// Rows are in the natural order of the values of By, then of q.Measures,
// unless q.Sort says otherwise. Keys lead back to the samples. A group that
// mixes graders has a row for each, with the grader in its keys, unless the
// filter says grader:any.
//
// Differences are the row's value less the baseline's, with exact p and Holm's
// p within the differences shown of the measure; at each of many steps there
// is the interval only.
//
// Errors are *UnknownError for a field or measure that the study does not
// have, ctx.Err when canceled, and otherwise say what is wrong with q.
func (x *Index) Ask(ctx context.Context, q query.Query) (frame.Frame, error) {
	p, err := x.plan(q)
	if err != nil {
		return frame.Frame{}, err
	}
	if len(q.By) == 0 && len(q.Measures) == 0 {
		return p.samples(ctx)
	}
	s, err := p.scan(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	if len(q.Measures) == 0 {
		return page(sorted(s.groupTable(), q.Sort), q), nil
	}
	rows := s.arrange()
	for _, r := range rows {
		if err := ctx.Err(); err != nil {
			return frame.Frame{}, err
		}
		s.estimate(r)
	}
	if err := s.compareAll(rows); err != nil {
		return frame.Frame{}, err
	}
	s.guard(rows)
	return page(sorted(s.table(rows), q.Sort), q), nil
}

// sorted puts the rows of a frame in the order asked for; ties stay as they
// are, and rows without a number come last.
func sorted(f frame.Frame, orders []query.Order) frame.Frame {
	if len(orders) == 0 {
		return f
	}
	at := make([]int, f.Len())
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int {
		for _, o := range orders {
			if c := compareIn(f.Col(o.Field), a, b, o.Descending); c != 0 {
				return c
			}
		}
		return 0
	})
	return f.Select(at)
}

func compareIn(c *frame.Column, a, b int, descending bool) int {
	order := 0
	switch {
	case c == nil:
		return 0
	case c.Num == nil:
		order = natural(c.Text[a], c.Text[b])
	case c.Num[a] != c.Num[a] || c.Num[b] != c.Num[b]:
		return btoi(c.Num[a] != c.Num[a]) - btoi(c.Num[b] != c.Num[b])
	case c.Num[a] < c.Num[b]:
		order = -1
	case c.Num[a] > c.Num[b]:
		order = 1
	}
	if descending {
		return -order
	}
	return order
}

// page cuts out the rows from Offset on, at most Limit of them.
func page(f frame.Frame, q query.Query) frame.Frame {
	n := f.Len()
	from := min(max(q.Offset, 0), n)
	to := n
	if q.Limit > 0 {
		to = min(n, from+q.Limit)
	}
	if from == 0 && to == n {
		return f
	}
	rows := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		rows = append(rows, i)
	}
	return f.Select(rows)
}
