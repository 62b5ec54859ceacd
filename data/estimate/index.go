package estimate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/query"
)

// An Index is a Set prepared for questions: rollups of each cell, the fields
// and measures by name, and an order of runs, contexts and steps that does
// not depend on the order of import. It is immutable and safe for concurrent
// use; a new Set needs a new Index.
type Index struct {
	set      *column.Set
	runs     []int32   // all runs in the order of answers
	cells    [][]cell  // by run, in the order of step, context, table
	tables   []table   // parallel to set.Tables
	steps    []float64 // distinct, ascending; NaN, if there, first
	stepText []query.Value
	fields   map[string]*field
	measures []Measure // in the order of their names
	scales   []scale   // of the measures
	byName   map[string]int
	items    []string // distinct names of items, over all tables
	doubles  []double // checkpoints that are in two imports
}

// A cell is where rows of one run, context and step stand.
type cell struct {
	table, at int32 // set.Tables[table].Cells[at]
	context   int32
	step      int32 // index into Index.steps
}

// A table is a column.Table with what is known of each of its cells.
type table struct {
	*column.Table
	samples  map[int]sampleColumn // by measure
	groups   map[int]countColumns // by measure; tables that are not attempts
	items    []int32              // index into Index.items of each of Items
	repeated []bool               // by cell: an item has several rows
	excluded []int32              // by cell: rows left out
}

// NewIndex prepares a set. It reads every number once.
func NewIndex(set *column.Set) *Index {
	x := &Index{set: set, byName: map[string]int{}, fields: map[string]*field{}}
	x.orderRuns()
	x.collectSteps()
	x.nameMeasures()
	items := map[string]int32{}
	for _, t := range set.Tables {
		x.tables = append(x.tables, x.prepare(t, items))
	}
	x.findScales()
	x.listFields()
	x.markIdentities()
	x.placeCells()
	x.findDoubles()
	return x
}

func (x *Index) orderRuns() {
	for i := range x.set.Runs {
		x.runs = append(x.runs, int32(i))
	}
	slices.SortStableFunc(x.runs, func(a, b int32) int {
		ra, rb := x.set.Runs[a], x.set.Runs[b]
		return cmp.Or(natural(ra.Name, rb.Name), strings.Compare(ra.Key, rb.Key))
	})
}

func (x *Index) collectSteps() {
	seen := map[float64]bool{}
	none := false
	for _, t := range x.set.Tables {
		for _, c := range t.Cells {
			none = none || math.IsNaN(c.Step)
			if !math.IsNaN(c.Step) && !seen[c.Step] {
				seen[c.Step] = true
				x.steps = append(x.steps, c.Step)
			}
		}
	}
	slices.Sort(x.steps)
	if none {
		x.steps = slices.Insert(x.steps, 0, math.NaN())
	}
	for _, s := range x.steps {
		x.stepText = append(x.stepText, query.Num(s))
	}
}

// stepCode finds a step in x.steps.
func (x *Index) stepCode(step float64) int32 {
	from := 0
	if len(x.steps) > 0 && math.IsNaN(x.steps[0]) {
		from = 1
	}
	if math.IsNaN(step) {
		return 0
	}
	i, _ := slices.BinarySearch(x.steps[from:], step)
	return int32(from + i)
}

func (x *Index) prepare(t *column.Table, items map[string]int32) table {
	p := table{Table: t, samples: map[int]sampleColumn{}, groups: map[int]countColumns{}}
	p.excluded = countExcluded(t)
	p.items = x.internItems(t.Items, items)
	if t.Attempts {
		p.repeated = findRepeated(t)
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		name, ok := measureName(c.ID, t.Attempts)
		if !ok {
			continue
		}
		if id := x.byName[name]; t.Attempts {
			p.samples[id] = newSampleColumn(t, c)
		} else {
			p.groups[id] = p.groups[id].with(c)
		}
	}
	for id, g := range p.groups {
		p.groups[id] = g.rolled(t)
	}
	return p
}

func (x *Index) internItems(names []string, items map[string]int32) []int32 {
	out := make([]int32, len(names))
	for i, name := range names {
		id, ok := items[name]
		if !ok {
			id = int32(len(x.items))
			items[name] = id
			x.items = append(x.items, name)
		}
		out[i] = id
	}
	return out
}

func countExcluded(t *column.Table) []int32 {
	if t.Excluded == nil {
		return nil
	}
	out := make([]int32, len(t.Cells))
	for i, c := range t.Cells {
		for _, reason := range t.Excluded[c.From:c.To] {
			if reason != 0 {
				out[i]++
			}
		}
	}
	return out
}

// findRepeated marks the cells in which an item has several rows, which are
// then not independent.
func findRepeated(t *column.Table) []bool {
	out := make([]bool, len(t.Cells))
	if t.Item == nil {
		return out
	}
	seen := make([]int32, len(t.Items)) // the last cell of each item, plus one
	for i, c := range t.Cells {
		stamp := int32(i) + 1
		for _, item := range t.Item[c.From:c.To] {
			if item < 0 {
				continue
			}
			if seen[item] == stamp {
				out[i] = true
				break
			}
			seen[item] = stamp
		}
	}
	return out
}

func (x *Index) placeCells() {
	rank := x.contextRank()
	x.cells = make([][]cell, len(x.set.Runs))
	for ti, t := range x.set.Tables {
		for ci, c := range t.Cells {
			x.cells[c.Run] = append(x.cells[c.Run], cell{int32(ti), int32(ci), c.Context, x.stepCode(c.Step)})
		}
	}
	for _, cells := range x.cells {
		slices.SortStableFunc(cells, func(a, b cell) int {
			return cmp.Or(cmp.Compare(a.step, b.step), cmp.Compare(rank[a.context], rank[b.context]), x.compareRows(a, b))
		})
	}
}

// compareRows orders cells of one run, context and step that came in
// different imports, by what is in them.
func (x *Index) compareRows(a, b cell) int {
	ta, tb := x.set.Tables[a.table], x.set.Tables[b.table]
	ca, cb := ta.Cells[a.at], tb.Cells[b.at]
	return cmp.Or(cmp.Compare(ca.To-ca.From, cb.To-cb.From), strings.Compare(firstItem(ta, ca), firstItem(tb, cb)))
}

func firstItem(t *column.Table, c column.Cell) string {
	if c.From == c.To {
		return ""
	}
	return t.ItemAt(int(c.From))
}

// contextRank orders contexts by what they say.
func (x *Index) contextRank() []int32 {
	texts := make([]string, len(x.set.Contexts))
	order := make([]int32, len(texts))
	for i, c := range x.set.Contexts {
		texts[i], order[i] = fieldsText(c.Fields), int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(texts[a], texts[b]) })
	rank := make([]int32, len(order))
	for i, c := range order {
		rank[c] = int32(i)
	}
	return rank
}

func fieldsText(fields data.Fields) string {
	var b strings.Builder
	for _, name := range sortedKeys(fields) {
		b.WriteString(name + "\x00" + fields[name] + "\x00")
	}
	return b.String()
}
