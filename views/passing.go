package views

import (
	"context"
	"math"
	"slices"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/query"
	"witnessmark/views/part"
)

// Passing is which runs a filter lets through.
type Passing struct {
	Where query.Filter
	Runs  []int // places in Facts.Set.Runs
	facts *Facts
}

var nonePassing = &Passing{facts: noFacts}

// pass finds the runs that a filter lets through.
func pass(ctx context.Context, x *estimate.Index, f *Facts, where query.Filter) (*Passing, error) {
	list, err := x.Runs(ctx, query.Query{Where: where})
	if err != nil {
		return nil, err
	}
	p := &Passing{Where: where, facts: f, Runs: make([]int, 0, list.Len())}
	for i := range list.Len() {
		if run, ok := f.byName[list.Key(i, data.Run)]; ok {
			p.Runs = append(p.Runs, run)
		}
	}
	return p, nil
}

// Count says how many of how many, such as "90 of 90 runs".
func (p *Passing) Count() string {
	all := float64(len(p.facts.Set.Runs))
	return charts.Whole.Text(float64(len(p.Runs)), 0) + " of " + charts.Count(all, "run")
}

// The shape of the facet panel.
const (
	facetMost   = 8  // values listed of a field
	facetFields = 14 // fields listed
)

// facets counts the values of the fields that tell runs apart, each under the
// filter without the field's own terms, so that it shows what a press would
// add.
func facets(ctx context.Context, x *estimate.Index, f *Facts, where query.Filter) ([]part.Facet, error) {
	counted, err := x.Facets(ctx, query.Query{Where: where})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(counted, func(a, b estimate.Facet) int { return rank(a.Name) - rank(b.Name) })
	var out []part.Facet
	for _, c := range counted {
		if c.Level <= estimate.OfContext && len(out) < facetFields {
			out = append(out, shownFacet(c, f))
		}
	}
	return out, nil
}

func shownFacet(c estimate.Facet, f *Facts) part.Facet {
	facet := part.Facet{Field: c.Name, Title: title(c.Name)}
	if len(c.Bins) > 0 {
		facet.Range = histogram(c)
		return facet
	}
	some := slices.ContainsFunc(c.Choices, func(v estimate.FacetValue) bool { return v.Chosen })
	for _, v := range c.Choices {
		shown := part.FacetValue{Value: v.Text, Label: valueLabel(v.Text), Count: v.Count, On: !v.Excluded && (v.Chosen || !some)}
		if c.Name == data.Condition {
			shown.Role = f.Role(v.Text)
		}
		facet.Values = append(facet.Values, shown)
	}
	if c.Name == data.Condition {
		slices.SortStableFunc(facet.Values, func(a, b part.FacetValue) int { return f.place(a.Value) - f.place(b.Value) })
	} else if !c.Numeric {
		slices.SortStableFunc(facet.Values, func(a, b part.FacetValue) int { return b.Count - a.Count })
	}
	if over := len(facet.Values) - facetMost; over > 1 {
		facet.Values, facet.More = facet.Values[:facetMost], over
	}
	return facet
}

func histogram(c estimate.Facet) *part.Histogram {
	counts := make([]int, len(c.Bins))
	for i, b := range c.Bins {
		counts[i] = b.Count
	}
	lo, hi := c.Bins[0].Lo, c.Bins[len(c.Bins)-1].Hi
	h := part.NewHistogram(lo, hi, counts, plainNumber)
	h.From, h.To = keptRange(c, lo, hi)
	h.Note = plainNumber(h.From) + "–" + plainNumber(h.To)
	return h
}

// keptRange is the range that the filter keeps of a field's numbers, to the width
// of a bin.
func keptRange(c estimate.Facet, lo, hi float64) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	passes := func(v float64) bool {
		return c.Filter.Decide(func(name string) (query.Value, bool) { return query.Num(v), name == c.Name }) != query.No
	}
	const parts = 8 // of a bin
	for _, b := range c.Bins {
		for i := range parts + 1 {
			if v := b.Lo + (b.Hi-b.Lo)*float64(i)/parts; passes(v) {
				from, to = min(from, v), max(to, v)
			}
		}
	}
	if from > to {
		return lo, hi
	}
	return from, to
}
