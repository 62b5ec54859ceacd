package views

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/query"
	"witnessmark/views/part"
)

// Passing is which runs have something that a filter lets through. Terms
// about steps and samples cannot be decided for a run as a whole, and let it
// pass.
type Passing struct {
	Where query.Filter
	Runs  []int // places in Facts.Set.Runs
	facts *Facts
}

var nonePassing = &Passing{facts: noFacts}

// Pass finds the runs that a filter lets through.
func (f *Facts) Pass(ctx context.Context, where query.Filter) (*Passing, error) {
	p := &Passing{Where: where, facts: f}
	for i := range f.Set.Runs {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if f.passes(i, where) {
			p.Runs = append(p.Runs, i)
		}
	}
	return p, nil
}

func (f *Facts) passes(run int, where query.Filter) bool {
	if where.IsZero() {
		return true
	}
	if len(f.Runs[run].Contexts) == 0 {
		return where.Decide(f.look(run, -1)) != query.No
	}
	return slices.ContainsFunc(f.Runs[run].Contexts, func(c int32) bool { return where.Decide(f.look(run, c)) != query.No })
}

// look tells what the fields of a run and of one of its contexts say.
func (f *Facts) look(run int, context int32) query.Look {
	r := f.Set.Runs[run]
	return func(name string) (query.Value, bool) {
		if original, ok := f.Set.Aliases[name]; ok {
			name = original
		}
		if name == query.AnyText {
			return query.Text(f.allText(run, context)), false
		}
		if name == data.Run {
			return query.Text(r.Name), true
		}
		if v, ok := r.Fields[name]; ok {
			return query.Text(v), true
		}
		if context >= 0 {
			if v, ok := f.Set.Contexts[context].Fields[name]; ok {
				return query.Text(v), true
			}
		}
		_, known := f.field(name)
		return query.Value{}, known
	}
}

func (f *Facts) allText(run int, context int32) string {
	var b strings.Builder
	b.WriteString(f.Set.Runs[run].Name)
	for _, v := range f.Set.Runs[run].Fields {
		b.WriteString("\n" + v)
	}
	if context >= 0 {
		for _, v := range f.Set.Contexts[context].Fields {
			b.WriteString("\n" + v)
		}
	}
	return b.String()
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
	facetSpread = 12 // numbers beyond which a field is shown as a histogram
	facetBins   = 30
)

// Facets counts the values of the fields that tell runs apart. Each field is
// counted under the filter without the field's own terms, so that what a
// press would add is visible.
func (p *Passing) Facets(ctx context.Context) ([]part.Facet, error) {
	var out []part.Facet
	for _, field := range p.facts.Fields {
		if len(out) == facetFields {
			break
		}
		if !worthwhile(field, len(p.facts.Set.Runs)) {
			continue
		}
		facet, err := p.facet(ctx, field)
		if err != nil {
			return nil, err
		}
		out = append(out, facet)
	}
	return out, nil
}

// worthwhile leaves out fields with one value, and identities: fields that
// nearly every run has another value of.
func worthwhile(f Field, runs int) bool {
	if rank(f.Name) < len(meant) {
		return len(f.Values) > 0
	}
	return len(f.Values) > 1 && (len(f.Values)*2 <= runs || len(f.Values) <= facetMost)
}

func (p *Passing) facet(ctx context.Context, field Field) (part.Facet, error) {
	where := p.Where.Drop(field.Name)
	counts := map[string]int{}
	for i := range p.facts.Set.Runs {
		if i%1024 == 0 && ctx.Err() != nil {
			return part.Facet{}, ctx.Err()
		}
		for _, v := range p.facts.valuesPassing(i, field, where) {
			counts[v]++
		}
	}
	facet := part.Facet{Field: field.Name, Title: title(field.Name)}
	if h := p.histogram(field, counts); h != nil {
		facet.Range = h
		return facet, nil
	}
	allowed, excluded := p.Where.Chosen(field.Name)
	for _, v := range field.Values {
		facet.Values = append(facet.Values, part.FacetValue{
			Value: v, Label: valueLabel(v), Count: counts[v],
			On: !slices.Contains(excluded, v) && (len(allowed) == 0 || slices.Contains(allowed, v)),
		})
	}
	if field.Name == data.Condition {
		for i, v := range facet.Values {
			facet.Values[i].Role = p.facts.Role(v.Value)
		}
	}
	slices.SortStableFunc(facet.Values, func(a, b part.FacetValue) int { return b.Count - a.Count })
	if over := len(facet.Values) - facetMost; over > 1 {
		facet.Values, facet.More = facet.Values[:facetMost], over
	}
	return facet, nil
}

// valuesPassing are the values of a field that a run has where the filter
// lets it through.
func (f *Facts) valuesPassing(run int, field Field, where query.Filter) []string {
	fields := f.Set.Runs[run].Fields
	if !field.OfContext {
		if v, ok := fields[field.Name]; ok && f.passes(run, where) {
			return []string{v}
		}
		return nil
	}
	var out []string
	for _, c := range f.Runs[run].Contexts {
		v, ok := f.Set.Contexts[c].Fields[field.Name]
		if ok && !slices.Contains(out, v) && where.Decide(f.look(run, c)) != query.No {
			out = append(out, v)
		}
	}
	return out
}

// histogram returns nil where a field is better shown by its values.
func (p *Passing) histogram(field Field, counts map[string]int) *part.Histogram {
	if len(field.Values) <= facetSpread {
		return nil
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	nums := make([]float64, len(field.Values))
	for i, s := range field.Values {
		v := query.Text(s)
		if !v.Numeric {
			return nil
		}
		nums[i] = v.Num
		lo, hi = min(lo, v.Num), max(hi, v.Num)
	}
	bins := make([]int, min(facetBins, len(field.Values)))
	for i, v := range nums {
		at := int((v - lo) / (hi - lo) * float64(len(bins)))
		bins[min(at, len(bins)-1)] += counts[field.Values[i]]
	}
	h := part.NewHistogram(lo, hi, bins, plainNumber)
	h.From, h.To = p.kept(field.Name, nums, lo, hi)
	h.Note = plainNumber(h.From) + "–" + plainNumber(h.To)
	return h
}

// kept is the range of a field's numbers that the filter lets through.
func (p *Passing) kept(field string, nums []float64, lo, hi float64) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, v := range nums {
		look := func(name string) (query.Value, bool) {
			return query.Text(strconv.FormatFloat(v, 'g', -1, 64)), name == field
		}
		if p.Where.Decide(look) != query.No {
			from, to = min(from, v), max(to, v)
		}
	}
	if from > to {
		return lo, hi
	}
	return from, to
}

// conditionOf returns the condition of a run.
func conditionOf(r column.Run) string { return r.Fields[data.Condition] }
