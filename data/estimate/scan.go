package estimate

import (
	"context"

	"witnessmark/data"
	"witnessmark/data/query"
)

// A scan walks the cells that a plan lets through, run by run, and keeps
// what each run contributes to each group: its series.
type scan struct {
	*plan
	groups   groups
	legends  []*legend
	seen     map[int32]bool // groups that have a cell, with a measure or not
	series   []series
	at       map[seriesKey]int32
	refs     []ref
	masks    map[maskKey]int32
	compiled []query.Mask
	tables   []tablePlan
	contexts []contextState
	pieces   []piece // of the run at hand
	split    []groupRow
	place    []int32 // by item, see gather; 0 between uses
	sizes    map[int32]*groupSize
	setAside int     // runs set aside that the filter would let through
	runs     []int32 // that the filter lets through
}

// A seriesKey names what one mean is made of.
type seriesKey struct {
	group, grader int32
	measure       int16
	kind          kind
}

// A kind is a grain, and whether the numbers are taken as reported.
type kind uint8

const (
	reportedKind kind = 8
	rangeKind    kind = 16 // bounds only, with no number between them
)

func (k kind) grain() data.Grain { return data.Grain(k &^ reportedKind) }
func (k kind) reported() bool    { return k&reportedKind != 0 }

// A series is the values of one measure in one group, a run each, in the
// order of runs.
type series struct {
	seriesKey
	values []runValue
}

// A ref leads to the rows of a cell behind a value. Refs of one value are a
// list: next is the index of the following one, −1 at the end.
type ref struct {
	table, cell int32
	mask        int32 // index into compiled; allRows; or −2 − row for that row
	next        int32
}

const allRows int32 = -1

type maskKey struct {
	table int32
	text  string
}

// A tablePlan holds the columns of a table that the measures need.
type tablePlan struct {
	samples []sampleColumn // by measure of the plan; nil Column where there is none
	groups  []countColumns
	has     []bool
	codes   []func(row int) int32 // by position of By; for fields of samples
}

// A contextState is what is known of a context for the run at hand.
type contextState struct {
	run      int32 // for which it was worked out
	answer   query.Ternary
	rest     query.Filter
	steps    bool // rest asks for the step
	group    int32
	grader   int32
	reported bool
	masks    map[int32]int32 // by table, for a rest that does not ask for the step
}

func (p *plan) scan(ctx context.Context) (*scan, error) {
	s := &scan{
		plan: p, groups: newGroups(), legends: p.legends(), at: map[seriesKey]int32{},
		masks: map[maskKey]int32{}, sizes: map[int32]*groupSize{}, seen: map[int32]bool{}, contexts: make([]contextState, len(p.x.set.Contexts)),
	}
	for i := range s.contexts {
		s.contexts[i].run = -1
	}
	for i := range p.x.tables {
		s.tables = append(s.tables, s.tablePlan(&p.x.tables[i]))
	}
	for _, run := range p.x.runs {
		if err := s.walk(ctx, run); err != nil {
			return nil, err
		}
	}
	for _, l := range s.legends {
		l.rank()
	}
	return s, nil
}

func (s *scan) tablePlan(t *table) tablePlan {
	n := len(s.measures)
	p := tablePlan{samples: make([]sampleColumn, n), groups: make([]countColumns, n), has: make([]bool, n)}
	for i, id := range s.measures {
		if t.Attempts {
			p.samples[i], p.has[i] = t.samples[id]
		} else {
			p.groups[i], p.has[i] = t.groups[id]
		}
	}
	p.codes = make([]func(int) int32, len(s.by))
	for i, f := range s.by {
		if f.level == OfSample {
			p.codes[i] = s.sampleCodes(t, i)
		}
	}
	return p
}

// walk visits the cells of a run in the order of steps.
func (s *scan) walk(ctx context.Context, run int32) error {
	rest, answer := s.where.Reduce(s.x.lookRun(run))
	if answer == query.No {
		return ctx.Err()
	}
	if s.x.set.Runs[run].SetAside && !s.aside {
		s.setAside++
		return ctx.Err()
	}
	s.pieces = s.pieces[:0]
	any := answer == query.Yes && len(s.x.cells[run]) == 0
	for i, c := range s.x.cells[run] {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		any = s.visit(run, c, rest) || any
	}
	if any {
		s.runs = append(s.runs, run)
	}
	s.fold(run)
	return nil
}

// visit takes what a cell has for the measures. It reports whether the
// filter lets the cell through.
func (s *scan) visit(run int32, c cell, rest query.Filter) bool {
	state := s.context(run, c.context, rest)
	answer := state.answer
	mask := allRows
	if answer == query.Maybe {
		mask, answer = s.maskOf(state, c)
	}
	if answer == query.No {
		return false
	}
	group := state.group
	if s.byStep {
		group = s.stepGroup(group, c.step)
	}
	if s.bySample {
		return s.bySamples(state, c, group, mask)
	}
	if len(s.measures) == 0 {
		return s.sizeCell(run, c, group, mask)
	}
	s.take(state, c, group, mask)
	if mask != allRows && !s.any(c, mask) {
		return false
	}
	s.seen[group] = true
	return true
}

// context works out what a filter and By say of a context of a run.
func (s *scan) context(run, ctx int32, rest query.Filter) *contextState {
	state := &s.contexts[ctx]
	if state.run == run {
		return state
	}
	*state = contextState{run: run}
	if state.rest, state.answer = rest.Reduce(s.x.lookContext(run, ctx)); state.answer == query.No {
		return state
	}
	for _, name := range state.rest.Fields() {
		if f := s.x.find(name); f != nil && f.level == OfStep {
			state.steps = true
		}
	}
	for _, i := range s.order {
		if f := s.by[i]; f.level <= OfContext {
			state.group = s.groups.child(state.group, i, f.at(run, ctx))
		}
	}
	if !s.pooled {
		state.grader = s.x.graderField().at(run, ctx)
	}
	state.reported = s.x.quoted(ctx)
	return state
}

// sourceOfValue is the context field by which a file says that its numbers
// are quoted, not computed from the samples beside them.
const sourceOfValue = "source_of_value"

func (x *Index) quoted(ctx int32) bool {
	return x.set.Contexts[ctx].Fields[sourceOfValue] == "reported"
}

func (s *scan) stepGroup(group, step int32) int32 {
	for _, i := range s.order {
		if s.by[i].level == OfStep {
			group = s.groups.child(group, i, step)
		}
	}
	return group
}

// maskOf settles what a filter asks of the step, and compiles what it asks
// of samples.
func (s *scan) maskOf(state *contextState, c cell) (int32, query.Ternary) {
	rest := state.rest
	if state.steps {
		var answer query.Ternary
		if rest, answer = rest.Reduce(s.x.lookStep(c.step)); answer != query.Maybe {
			return allRows, answer
		}
		return s.mask(c.table, rest), query.Maybe
	}
	if m, ok := state.masks[c.table]; ok {
		return m, query.Maybe
	}
	if state.masks == nil {
		state.masks = map[int32]int32{}
	}
	m := s.mask(c.table, rest)
	state.masks[c.table] = m
	return m, query.Maybe
}

func (s *scan) mask(table int32, rest query.Filter) int32 {
	key := maskKey{table, rest.String()}
	m, ok := s.masks[key]
	if !ok {
		m = int32(len(s.compiled))
		s.masks[key] = m
		s.compiled = append(s.compiled, rest.Mask(s.x.columns(&s.x.tables[table])))
	}
	return m
}

// keep adds a ref and returns its index.
func (s *scan) keep(r ref) int32 {
	s.refs = append(s.refs, r)
	return int32(len(s.refs) - 1)
}
