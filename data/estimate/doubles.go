package estimate

import (
	"fmt"
	"slices"

	"witnessmark/data/column"
)

// A double is how many checkpoints of a run have counts of the same name in
// two imports: both are in its numbers.
type double struct {
	run, a, b int32 // a and b index Index.tables
	cells     int
}

// findDoubles looks for the same run, context and step in tables of different
// imports. Attempts are left out: parts of one evaluation may come in several
// files.
func (x *Index) findDoubles() {
	found := map[[3]int32]int{}
	for run, cells := range x.cells {
		for i, c := range cells {
			for j := i - 1; j >= 0 && cells[j].step == c.step && cells[j].context == c.context; j-- {
				if a, b := &x.tables[cells[j].table], &x.tables[c.table]; a.Import != b.Import && !a.Attempts && !b.Attempts {
					found[[3]int32{int32(run), cells[j].table, c.table}]++
				}
			}
		}
	}
	for key, n := range found {
		x.doubles = append(x.doubles, double{key[0], key[1], key[2], n})
	}
}

// countedTwice says how many checkpoints of the runs at hand are in two
// imports; "" for none.
func (s *scan) countedTwice() string {
	cells, runs := 0, map[int32]bool{}
	for _, d := range s.x.doubles {
		if slices.Contains(s.runs, d.run) && s.asksOf(d) {
			cells += d.cells
			runs[d.run] = true
		}
	}
	if cells == 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s are in two imports, and both are counted; if they are the same results, take one import back under Import",
		count(cells, "checkpoint"), count(len(runs), "run"))
}

// asksOf tells whether a measure of the question is in both tables.
func (s *scan) asksOf(d double) bool {
	return slices.ContainsFunc(s.q.Measures, func(measure string) bool {
		has := func(t int32) bool {
			return slices.ContainsFunc(s.x.tables[t].Columns, func(c column.Column) bool { return c.Name == measure })
		}
		return has(d.a) && has(d.b)
	})
}
