package estimate

import (
	"slices"

	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A plan is a query whose names have been found in the study.
type plan struct {
	x        *Index
	q        query.Query
	where    query.Filter // without the term that allows graders to be pooled
	by       []*field     // as q.By
	order    []int        // positions of by, coarser levels first
	measures []int        // as q.Measures
	pooled   bool         // graders may be pooled
	byStep   bool
	bySample bool
	aside    bool // runs set aside are taken too
	wilson   bool // a run's samples count as independent, as in the list of runs
}

// anyGrader in place of a grader's name says that graders may be pooled.
const anyGrader = "any"

func (x *Index) plan(q query.Query) (*plan, error) {
	p := &plan{x: x, q: q, where: q.Where}
	for _, name := range q.Where.Fields() {
		if allowed, _ := q.Where.Chosen(name); slices.Contains(allowed, anyGrader) && x.find(name) == x.graderField() {
			p.pooled, p.where = true, p.where.Toggle(name, anyGrader)
		}
	}
	if err := x.checkFields(p.where); err != nil {
		return nil, err
	}
	if err := p.findBy(); err != nil {
		return nil, err
	}
	if err := checkMethod(q.Method); err != nil {
		return nil, err
	}
	return p, p.findMeasures()
}

func (x *Index) checkFields(f query.Filter) error {
	for _, name := range f.Fields() {
		if name != query.AnyText && x.find(name) == nil {
			return x.unknownField(name)
		}
	}
	return nil
}

func (p *plan) findBy() error {
	for i, name := range p.q.By {
		f := p.x.find(name)
		if f == nil {
			return p.x.unknownField(name)
		}
		if f.number {
			return &ungroupedError{name}
		}
		p.by = append(p.by, f)
		p.order = append(p.order, i)
		p.byStep = p.byStep || f.level == OfStep
		p.bySample = p.bySample || f.level == OfSample
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return int(p.by[a].level) - int(p.by[b].level) })
	return nil
}

type ungroupedError struct{ name string }

func (e *ungroupedError) Error() string {
	return e.name + " is a number of each sample, by which rows cannot be grouped; filter on it, such as " + e.name + ">=0.5"
}

func (p *plan) findMeasures() error {
	for _, name := range p.q.Measures {
		id, ok := p.x.byName[name]
		if !ok {
			id, ok = p.x.byName[p.x.set.Aliases[name]]
		}
		if !ok {
			return p.x.unknownMeasure(name)
		}
		p.measures = append(p.measures, id)
	}
	return nil
}

func checkMethod(name string) error {
	if name == "" || slices.ContainsFunc(stats.Methods, func(m stats.Method) bool { return m.Name == name }) {
		return nil
	}
	_, err := stats.Lookup[stats.RateInterval](name)
	return err
}
