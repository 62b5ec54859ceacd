package column

import (
	"math"
	"slices"
)

// Table ends the building: it brings the rows of each run, context and step
// together, in the order in which these first appear and otherwise as in the
// source, and returns the table. The builder must not be used afterwards.
//
// Attempts that name an item more than once in a cell, and no epochs, get
// epochs 1, 2, … In other tables, rows of one cell (and item) are one: a
// column takes its latest value. Replaced counts the rows that repeated
// earlier ones, by having the same columns or another value in one of them.
func (b *Builder) Table() (t *Table, replaced int) {
	t = b.complete()
	var order []int32
	t.Cells, order = b.cluster()
	t.arrange(order)
	if t.Attempts {
		t.numberEpochs()
	} else {
		replaced = t.mergeRepeats()
	}
	for i := range t.Columns {
		t.Columns[i].shrink()
	}
	return t, replaced
}

// complete returns the rows as they came, all columns equally long.
func (b *Builder) complete() *Table {
	n := b.Len()
	t := &Table{Attempts: b.attempts, Columns: b.columns, Items: b.items.names}
	if b.item != nil {
		t.Item = pad(b.item, n, -1)
	}
	if b.epoch != nil {
		t.Epoch = pad(b.epoch, n, 0)
	}
	if b.excluded != nil {
		t.Excluded, t.Reasons = pad(b.excluded, n, 0), b.reasons.names[:min(len(b.reasons.names), 251)]
	}
	for i := range t.Columns {
		t.Columns[i].Num = pad(t.Columns[i].Num, n, math.NaN())
		if t.Columns[i].Kind == Label {
			t.Columns[i].Dict = b.labels[i].names
		}
	}
	return t
}

// A place is what the rows of one cell share; steps by their bits, so that
// rows without one are together.
type place struct {
	run, ctx int32
	step     uint64
}

var noStep = math.Float64bits(math.NaN())

func (c Cell) place() place {
	if c.Step != c.Step {
		return place{c.Run, c.Context, noStep}
	}
	return place{c.Run, c.Context, math.Float64bits(c.Step + 0)} // −0 is 0
}

// cluster returns the cells in order of first appearance, and the order that
// makes each contiguous: nil when the rows stand so already, else the source
// index of each row. It is a counting sort, hence stable.
func (b *Builder) cluster() (cells []Cell, order []int32) {
	stretches := b.cells
	at := make(map[place]int32, len(stretches))
	of := make([]int32, len(stretches))
	for i, s := range stretches {
		g, ok := at[s.place()]
		if !ok {
			g = int32(len(cells))
			at[s.place()] = g
			cells = append(cells, Cell{Run: s.Run, Context: s.Context, Step: s.Step})
		}
		cells[g].To += s.To - s.From
		of[i] = g
	}
	if len(cells) == len(stretches) {
		return stretches, nil
	}
	var rows int32
	for i := range cells {
		cells[i].From, rows = rows, rows+cells[i].To
		cells[i].To = cells[i].From
	}
	order = make([]int32, rows)
	for i, s := range stretches {
		c := &cells[of[i]]
		for row := s.From; row < s.To; row++ {
			order[c.To] = row
			c.To++
		}
	}
	return cells, order
}

// arrange puts rows into the given order of indexes; nil leaves them. It
// does not touch Cells.
func (t *Table) arrange(order []int32) {
	if order == nil {
		return
	}
	t.Item, t.Epoch, t.Excluded = gather(t.Item, order), gather(t.Epoch, order), gather(t.Excluded, order)
	for i := range t.Columns {
		t.Columns[i].Num = gather(t.Columns[i].Num, order)
	}
	if t.Ordinal == nil {
		t.Ordinal = order
		return
	}
	t.Ordinal = gather(t.Ordinal, order)
}

func gather[T any](s []T, order []int32) []T {
	if s == nil {
		return nil
	}
	out := make([]T, len(order))
	for i, from := range order {
		out[i] = s[from]
	}
	return out
}

// shrink turns a column of small whole numbers into bytes.
func (c *Column) shrink() {
	top := float64(Unknown - 1)
	if c.Kind == Flag {
		top = float64(Unknown)
	}
	code := make([]uint8, len(c.Num))
	for i, v := range c.Num {
		b := uint8(0)
		switch {
		case v != v:
			b = Missing
		case v < 0 || v > top || math.Signbit(v):
			return
		default:
			b = uint8(v)
			if float64(b) != v {
				return
			}
		}
		code[i] = b
	}
	c.Num, c.Code = nil, code
}

// numberEpochs gives repeated items of a cell their epochs, where the source
// named none.
func (t *Table) numberEpochs() {
	if t.Item == nil || slices.ContainsFunc(t.Epoch, func(e int32) bool { return e != 0 }) {
		return
	}
	epoch := make([]int32, len(t.Item))
	repeated := false
	in := make([]int32, len(t.Items))    // the cell in which an item was last seen, from 1
	times := make([]int32, len(t.Items)) // how often there
	for i, cell := range t.Cells {
		for row := cell.From; row < cell.To; row++ {
			item := t.Item[row]
			if item < 0 {
				continue
			}
			if in[item] != int32(i)+1 {
				in[item], times[item] = int32(i)+1, 0
			}
			times[item]++
			epoch[row] = times[item]
			repeated = repeated || times[item] > 1
		}
	}
	t.Epoch = nil
	if repeated {
		t.Epoch = epoch
	}
}
