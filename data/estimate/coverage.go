package estimate

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// StatusColumn is the column of Coverage that says what became of a
// checkpoint.
const StatusColumn = "status"

// The states of a checkpoint.
const (
	PresentStatus   = "present"
	MissingStatus   = "missing"   // others have it
	FailedStatus    = "failed"    // all samples were left out, or the run had ended in failure
	DuplicateStatus = "duplicate" // there twice: in two imports, or in two runs of one seed
)

// failedRuns are the values of the field status by which a run did not end
// as it should.
var failedRuns = []string{"error", "failed", "crashed", "canceled", "cancelled", "killed"}

// A checkpointKey names a checkpoint of a seed in a group.
type checkpointKey struct {
	group int32
	seed  string
	named bool // a run without a seed goes by its name
	step  int32
}

// A checkpoint is what was found at one.
type checkpoint struct {
	run    int32
	runs   int
	cells  []cell // of the last run
	twice  bool
	values bool // there is something that was not left out
}

// Coverage says which checkpoints of which seeds are there: a row for each
// group of q.By (the condition, if it names none), seed and step, with its
// status. Steps are those that any run of the answer has; with Measures, only
// what has a value of one of them counts. A run without a seed goes by its
// name.
func (x *Index) Coverage(ctx context.Context, q query.Query) (frame.Frame, error) {
	if len(q.By) == 0 {
		q.By = []string{data.Condition}
	}
	p, err := x.plan(q)
	if err != nil {
		return frame.Frame{}, err
	}
	s, err := p.scan(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	c := coverage{
		scan: s, found: map[checkpointKey]*checkpoint{}, ends: map[checkpointKey]int32{},
		known: map[checkpointKey]bool{}, steps: map[int32]bool{},
	}
	for _, run := range s.runs {
		c.walkRun(run)
	}
	return c.table(), nil
}

// A coverage collects checkpoints.
type coverage struct {
	*scan
	found map[checkpointKey]*checkpoint
	ends  map[checkpointKey]int32 // of a seed: the run that failed, plus one
	seeds []checkpointKey         // without step, in the order of runs
	known map[checkpointKey]bool
	steps map[int32]bool
}

func (c *coverage) walkRun(run int32) {
	key := checkpointKey{seed: c.x.seedOf(run)}
	if key.seed == "" {
		key.seed, key.named = c.x.set.Runs[run].Name, true
	}
	failed := slices.Contains(failedRuns, strings.ToLower(c.x.set.Runs[run].Fields[data.Status]))
	if group, ok := c.groupOf(run, -1); ok && len(c.x.cells[run]) == 0 {
		key.group = group
		c.list(key, run, failed)
	}
	c.cellsOf(run, func(at cell, mask int32) {
		group, ok := c.groupOf(run, at.context)
		if !ok || math.IsNaN(c.x.steps[at.step]) || !c.measured(at) {
			return
		}
		key := key
		key.group = group
		c.list(key, run, failed)
		key.step = at.step
		c.steps[at.step] = true
		if c.found[key] == nil {
			c.found[key] = &checkpoint{run: -1}
		}
		c.take(c.found[key], run, at, c.kept(at, mask))
	})
}

// list makes sure that a seed is listed, and whether its run failed.
func (c *coverage) list(key checkpointKey, run int32, failed bool) {
	if !c.known[key] {
		c.known[key] = true
		c.seeds = append(c.seeds, key)
	}
	if failed {
		c.ends[key] = run + 1
	}
}

// groupOf is the group of a run in a context by fields of runs and
// evaluations; context −1 is that of a run without any cell.
func (c *coverage) groupOf(run, context int32) (int32, bool) {
	group := int32(0)
	for _, i := range c.order {
		f := c.by[i]
		if f.level > OfContext || context < 0 && f.level > OfRun {
			return 0, false
		}
		group = c.groups.child(group, i, f.at(run, max(context, 0)))
	}
	return group, true
}

// measured tells whether a cell's table has one of the measures asked for.
func (c *coverage) measured(at cell) bool {
	if len(c.measures) == 0 {
		return true
	}
	return slices.Contains(c.tables[at.table].has, true) && c.valued(at)
}

// valued tells whether a cell has a value or something left out.
func (c *coverage) valued(at cell) bool {
	t := &c.x.tables[at.table]
	if t.excluded != nil && t.excluded[at.at] > 0 {
		return true
	}
	for i, has := range c.tables[at.table].has {
		switch {
		case has && t.Attempts && c.tables[at.table].samples[i].byCell[at.at].n > 0:
			return true
		case has && !t.Attempts:
			r := c.tables[at.table].groups[i].byCell[at.at]
			return r.counted+r.means > 0
		}
	}
	return false
}

// kept tells whether a cell has a row that was not left out.
func (c *coverage) kept(at cell, mask int32) bool {
	t := &c.x.tables[at.table]
	return t.excluded == nil || int(t.excluded[at.at]) < c.passing(at, mask)
}

func (c *coverage) take(p *checkpoint, run int32, at cell, kept bool) {
	if p.run != run {
		p.run, p.cells = run, p.cells[:0]
		p.runs++
	}
	p.twice = p.twice || slices.ContainsFunc(p.cells, func(o cell) bool { return o.context == at.context && c.sameColumn(o.table, at.table) })
	p.cells = append(p.cells, at)
	p.values = p.values || kept
}

// sameColumn tells whether two tables have a column in common: then both
// speak of the same thing.
func (c *coverage) sameColumn(a, b int32) bool {
	for _, col := range c.x.tables[a].Columns {
		if c.x.tables[b].Col(col.ID) != nil {
			return true
		}
	}
	return false
}

// table makes a row of every seed and step.
func (c *coverage) table() frame.Frame {
	steps := slices.Sorted(maps.Keys(c.steps))
	codes := map[int32][]int32{}
	for _, key := range c.seeds {
		codes[key.group] = c.groups.codes(key.group, len(c.by))
	}
	slices.SortStableFunc(c.seeds, func(a, b checkpointKey) int {
		for i, l := range c.legends {
			if d := cmp.Compare(l.ranks[codes[a.group][i]], l.ranks[codes[b.group][i]]); d != 0 {
				return d
			}
		}
		return natural(a.seed, b.seed)
	})
	var out coverageRows
	out.by = make([][]string, len(c.by))
	for _, key := range c.seeds {
		for _, step := range steps {
			key.step = step
			out.add(c, codes[key.group], key, c.status(key))
		}
	}
	return out.frame(c.q.By)
}

func (c *coverage) status(key checkpointKey) string {
	p := c.found[key]
	step := key.step
	key.step = 0
	switch {
	case p == nil && c.ends[key] > 0 && step > c.lastStep(c.ends[key]-1):
		return FailedStatus
	case p == nil:
		return MissingStatus
	case !p.values:
		return FailedStatus
	case p.twice || p.runs > 1:
		return DuplicateStatus
	}
	return PresentStatus
}

func (c *coverage) lastStep(run int32) int32 {
	if cells := c.x.cells[run]; len(cells) > 0 {
		return cells[len(cells)-1].step
	}
	return -1
}

// coverageRows are the columns in the making.
type coverageRows struct {
	by           [][]string
	seed, status []string
	step         []float64
	keys         [][]frame.Key
}

func (r *coverageRows) add(c *coverage, codes []int32, key checkpointKey, status string) {
	var keys []frame.Key
	for i, name := range c.q.By {
		text := c.legends[i].texts[codes[i]]
		r.by[i] = append(r.by[i], text)
		keys = append(keys, frame.Key{Field: name, Value: text})
	}
	r.seed, r.status, r.step = append(r.seed, key.seed), append(r.status, status), append(r.step, c.x.steps[key.step])
	field := data.Seed
	if key.named {
		field = data.Run
	}
	r.keys = append(r.keys, append(keys, frame.Key{Field: field, Value: key.seed}, frame.Key{Field: data.Step, Value: c.x.stepText[key.step].Text}))
}

func (r *coverageRows) frame(by []string) frame.Frame {
	f := frame.Frame{Keys: r.keys}
	for i, name := range by {
		f.Columns = append(f.Columns, frame.Column{Name: name, Text: r.by[i]})
	}
	if r.step == nil {
		r.step = []float64{}
	}
	f.Columns = append(f.Columns, frame.Column{Name: data.Seed, Text: r.seed},
		frame.Column{Name: data.Step, Unit: "steps", Num: r.step}, frame.Column{Name: StatusColumn, Text: r.status})
	return f
}
