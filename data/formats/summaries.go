package formats

import (
	"math"

	"witnessmark/data/column"
)

// A place is what a row of counts and summaries is about.
type place struct {
	run, ctx   int32
	step       uint64
	repetition int32 // of rows without a step, from 0
}

// takeSummaries adds counts and summaries. Rows of one run, context and step
// are one row: other columns join it, as when each metric has a line of its
// own. Another value in the same column replaces it, as when a resumed run
// writes a step again; without a step, nothing says that it is a later state
// of the same, and both are kept as repetitions.
func (w *writer) takeSummaries(b *batch) {
	cols := make([]int, len(b.block.Columns))
	for i, c := range b.block.Columns {
		cols[i] = w.table.Column(c.Name, c.Kind)
	}
	at := make([]int, b.rows())
	for row := range b.rows() {
		at[row] = w.summary(b, row, cols)
	}
	for _, f := range b.forms {
		w.forms = append(w.forms, pending{at[f.row], f.count, f.others})
	}
}

func (w *writer) summary(b *batch, row int, cols []int) int {
	k := &b.block
	step := k.Step[row]
	where := place{run: k.Run[row], ctx: k.Context[row], step: math.Float64bits(step)}
	if w.plan.numbered && step != step {
		step = float64(w.nth[where])
		w.nth[where]++
		where.step = math.Float64bits(step)
	}
	at, known := w.rowOf[where]
	for ; known && k.Item == nil && step != step && w.collides(b, row, at, cols, true); at, known = w.rowOf[where] {
		where.repetition++
	}
	if known && k.Item == nil {
		w.replace(b, row, at, cols)
		return at
	}
	at = w.table.Row(k.Run[row], k.Context[row], step)
	w.rowOf[where] = at
	if k.Item != nil && k.Item[row] >= 0 {
		w.table.Item(b.items.names[k.Item[row]])
	}
	if where.repetition > 0 {
		w.table.Epoch(int(where.repetition) + 1)
		w.note(faultTwice, b, row)
	}
	w.fill(b, row, at, cols)
	return at
}

// note counts something about a row.
func (w *writer) note(kind *fault, b *batch, row int) {
	w.faults.merge(&faults{[]*faultCount{{kind: kind, line: b.lines[row], count: 1}}}, w.from)
}

func (w *writer) replace(b *batch, row, at int, cols []int) {
	if w.collides(b, row, at, cols, false) {
		w.noteRun(faultRepeat, b.lines[row], b.block.Run[row], b.block.Step[row])
		if w.plan.name < 0 {
			w.table.Clear(at)
		}
	}
	w.fill(b, row, at, cols)
}

// collides tells whether the row has a value where the table's row has
// another one, or any one at all.
func (w *writer) collides(b *batch, row, at int, cols []int, same bool) bool {
	for i, col := range cols {
		was, now := w.table.At(at, col), b.at(i, row)
		if was == was && now == now && (same || was != now) {
			return true
		}
	}
	return false
}

func (w *writer) fill(b *batch, row, at int, cols []int) {
	for i, col := range cols {
		v := b.at(i, row)
		switch c := &b.block.Columns[i]; {
		case v != v:
		case c.Kind == column.Label:
			if at == w.table.Len()-1 {
				w.table.SetLabel(col, c.Dict[int(v)])
			}
		default:
			w.table.SetAt(at, col, v)
		}
	}
}
