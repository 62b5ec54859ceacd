package estimate

import (
	"context"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/query"
)

// A Field is something that questions can filter and group by.
type Field struct {
	Name    string
	Aliases []string // its names in files
	Level   Level
	Values  int  // distinct, where it is text or belongs to runs or evaluations
	Numeric bool // all its values are numbers
}

// Fields lists the fields that have a value, coarser levels first, by name.
func (x *Index) Fields() []Field {
	var out []Field
	for _, name := range sortedKeys(x.fields) {
		f := x.fields[name]
		if f.level <= OfContext && len(f.dict) < 2 || f.level == OfSample && !x.inTables(f) {
			continue
		}
		d := Field{Name: name, Level: f.level, Values: len(f.dict) - 1, Numeric: f.numeric()}
		switch f.level {
		case OfStep:
			d.Values, d.Numeric = len(x.steps), true
		case OfSample:
			d.Values, d.Numeric = 0, f.number || name == data.Epoch
		}
		for _, alias := range sortedKeys(x.set.Aliases) {
			if x.set.Aliases[alias] == name && alias != name {
				d.Aliases = append(d.Aliases, alias)
			}
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Field) int { return int(a.Level) - int(b.Level) })
	return out
}

func (f *field) numeric() bool {
	for _, v := range f.dict[1:] {
		if !v.Numeric {
			return false
		}
	}
	return len(f.dict) > 1
}

func (x *Index) inTables(f *field) bool {
	for i := range x.tables {
		if len(x.columns(&x.tables[i])(f.name)) > 0 {
			return true
		}
	}
	return false
}

// A Facet is a field with its values and how often each comes, under the
// filter without that field's own terms: what would be there if one were
// chosen.
type Facet struct {
	Field
	Counted string       // what counts count: "runs" or "samples"
	Choices []FacetValue // in natural order; nil where there are Bins
	Bins    []Bin        // of numbers with many values
	Filter  query.Filter // the terms of the filter that are about the field alone
}

// A FacetValue is a value of a field.
type FacetValue struct {
	Text     string
	Count    int
	Chosen   bool // the filter allows it by name
	Excluded bool // the filter excludes it by name
}

// A Bin is a part of a histogram: Lo ≤ x < Hi, in the last one also x = Hi.
type Bin struct {
	Lo, Hi float64
	Count  int
}

// Numbers with more distinct values than maxChoices are shown as a histogram
// of facetBins bins over all values of the study, so that a filter moves the
// bars and not the axis.
const (
	maxChoices = 12
	facetBins  = 20
)

// Facets returns a facet for each of the named fields, or without names for
// each field that is worth narrowing by: with two values or more, and not
// another one in every run.
func (x *Index) Facets(ctx context.Context, q query.Query, names ...string) ([]Facet, error) {
	if err := x.checkFields(q.Where); err != nil {
		return nil, err
	}
	fields, err := x.facetFields(names)
	if err != nil {
		return nil, err
	}
	out := make([]Facet, len(fields))
	under := map[string]*scan{} // most facets are counted under the same filter
	for i, f := range fields {
		if out[i], err = x.facet(ctx, q, f, under); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (x *Index) facetFields(names []string) ([]Field, error) {
	known := x.Fields()
	if len(names) == 0 {
		return slices.DeleteFunc(known, func(d Field) bool {
			f := x.fields[d.Name]
			few := f.level <= OfStep && d.Values < 2
			return few || f.level == OfRun && f.namesRuns() || d.Name == data.Run || d.Name == data.Item
		}), nil
	}
	var out []Field
	for _, name := range names {
		f := x.find(name)
		if f == nil {
			return nil, x.unknownField(name)
		}
		i := slices.IndexFunc(known, func(d Field) bool { return d.Name == f.name })
		if i < 0 {
			out = append(out, Field{Name: f.name, Level: f.level})
			continue
		}
		out = append(out, known[i])
	}
	return out, nil
}

func (x *Index) facet(ctx context.Context, q query.Query, d Field, under map[string]*scan) (Facet, error) {
	facet := Facet{Field: d, Counted: "runs"}
	for _, term := range q.Where.Terms() {
		if fields := term.Fields(); len(fields) == 1 && x.find(fields[0]) == x.fields[d.Name] {
			facet.Filter = facet.Filter.With(term)
		}
	}
	rest := q.Where
	for _, name := range append(d.Aliases, d.Name) {
		rest = rest.Drop(name)
	}
	s := under[rest.String()]
	if s == nil {
		p, err := x.plan(query.Query{Where: rest})
		if err != nil {
			return facet, err
		}
		if s, err = p.scan(ctx); err != nil {
			return facet, err
		}
		under[rest.String()] = s
	}
	if d.Level == OfSample {
		facet.Counted = "samples"
		return facet, s.facetSamples(ctx, &facet)
	}
	s.facetRuns(&facet)
	return facet, nil
}

// facetRuns counts the runs that have each value.
func (s *scan) facetRuns(facet *Facet) {
	f := s.x.fields[facet.Name]
	texts, sizes := make([]string, len(f.dict)), make([]int, len(f.dict))
	for i, v := range f.dict {
		texts[i] = v.Text
	}
	if f.level == OfStep {
		texts, sizes = nil, make([]int, len(s.x.steps))
		for _, v := range s.x.stepText {
			texts = append(texts, v.Text)
		}
	}
	last := make([]int32, len(sizes))
	for _, run := range s.runs {
		s.cellsOf(run, func(c cell, _ int32) {
			code := c.step
			if f.level != OfStep {
				code = f.at(run, c.context)
			}
			if last[code] != run+1 {
				last[code] = run + 1
				sizes[code]++
			}
		})
	}
	facet.fill(texts, sizes)
}

// fill makes choices or bins of texts and how often each comes.
func (facet *Facet) fill(texts []string, sizes []int) {
	if facet.Numeric && len(texts) > maxChoices {
		var values []float64
		var weights []int
		for i, text := range texts {
			if v := query.Text(text); v.Numeric {
				values, weights = append(values, v.Num), append(weights, sizes[i])
			}
		}
		facet.Bins = histogram(slices.Min(values), slices.Max(values))
		for i, v := range values {
			addTo(facet.Bins, v, weights[i])
		}
		return
	}
	for i, text := range texts {
		if text != "" || sizes[i] > 0 {
			facet.Choices = append(facet.Choices, facet.choice(text, sizes[i]))
		}
	}
	slices.SortFunc(facet.Choices, func(a, b FacetValue) int { return natural(a.Text, b.Text) })
}

func (facet *Facet) choice(text string, size int) FacetValue {
	v := FacetValue{Text: text, Count: size}
	for _, name := range append(facet.Aliases, facet.Name) {
		allowed, excluded := facet.Filter.Chosen(name)
		same := func(t string) bool { return natural(t, text) == 0 }
		v.Chosen = v.Chosen || slices.ContainsFunc(allowed, same)
		v.Excluded = v.Excluded || slices.ContainsFunc(excluded, same)
	}
	return v
}

func histogram(lo, hi float64) []Bin {
	if !(lo < hi) {
		return []Bin{{Lo: lo, Hi: hi}}
	}
	bins := make([]Bin, facetBins)
	for i := range bins {
		bins[i].Lo = lo + (hi-lo)*float64(i)/facetBins
		bins[i].Hi = lo + (hi-lo)*float64(i+1)/facetBins
	}
	bins[facetBins-1].Hi = hi
	return bins
}

func addTo(bins []Bin, v float64, weight int) {
	lo, hi := bins[0].Lo, bins[len(bins)-1].Hi
	i := 0
	if lo < hi {
		i = int((v - lo) / (hi - lo) * float64(len(bins)))
	}
	bins[min(max(i, 0), len(bins)-1)].Count += weight
}

// facetSamples counts the samples that have each value.
func (s *scan) facetSamples(ctx context.Context, facet *Facet) error {
	columns := make([][]query.Column, len(s.x.tables))
	lo, hi := math.Inf(1), math.Inf(-1)
	bins := false
	for i := range s.x.tables {
		columns[i] = s.x.columns(&s.x.tables[i])(facet.Name)
		for _, c := range columns[i] {
			if bins = bins || c.Num != nil && c.Dict == nil; bins {
				lo, hi = extend(c, lo, hi)
			}
		}
	}
	if bins && lo <= hi {
		facet.Bins = histogram(lo, hi)
	}
	counts := map[string]int{}
	for _, run := range s.runs {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.cellsOf(run, func(c cell, mask int32) {
			for _, col := range columns[c.table] {
				s.countColumn(facet, counts, col, c, mask)
			}
		})
	}
	if facet.Bins != nil {
		return nil
	}
	for _, text := range sortedKeys(counts) {
		if text != "" {
			facet.Choices = append(facet.Choices, facet.choice(text, counts[text]))
		}
	}
	slices.SortFunc(facet.Choices, func(a, b FacetValue) int { return natural(a.Text, b.Text) })
	return nil
}

// extend widens a range to all numbers of a column.
func extend(c query.Column, lo, hi float64) (float64, float64) {
	for _, v := range c.Num {
		if v < lo {
			lo = v
		}
		if v > hi {
			hi = v
		}
	}
	for _, v := range c.Code {
		if v < 254 {
			lo, hi = min(lo, float64(v)), max(hi, float64(v))
		}
	}
	return lo, hi
}

// countColumn counts the values of a column in the rows of a cell.
func (s *scan) countColumn(facet *Facet, counts map[string]int, col query.Column, c cell, mask int32) {
	if facet.Bins == nil && col.Code != nil {
		var times [256]int
		s.eachRow(c, mask, func(row int) { times[col.Code[row]]++ })
		for code, n := range times {
			if n > 0 {
				counts[textOf(col, float64(code))] += n
			}
		}
		return
	}
	s.eachRow(c, mask, func(row int) {
		number := rawNumber(col, row)
		switch {
		case facet.Bins == nil:
			counts[textOf(col, number)]++
		case col.Num != nil && col.Num[row] == col.Num[row]:
			addTo(facet.Bins, col.Num[row], 1)
		case col.Code != nil && number < 254:
			addTo(facet.Bins, number, 1)
		}
	})
}
