package formats

import (
	"math"

	"witnessmark/data/column"
)

// A long table has a row for each metric or monitor of a sample. Rows that
// follow one another and are about the same sample become one, so that
// metrics and monitors stay aligned; a metric that comes again starts
// another sample.

// A sampleHead is what rows of one sample share.
type sampleHead struct {
	run, ctx int32
	step     uint64
	item     string
	epoch    int32
}

func (b *batch) head(row int) sampleHead {
	k := &b.block
	h := sampleHead{run: k.Run[row], ctx: k.Context[row], step: math.Float64bits(k.Step[row])}
	if k.Item[row] >= 0 {
		h.item = b.items.names[k.Item[row]]
	}
	if k.Epoch != nil {
		h.epoch = k.Epoch[row]
	}
	return h
}

// join drops the head of the last row when the row belongs to the sample
// before it. It reports whether it does.
func (b *batch) join(row [][]byte) bool {
	last := b.rows() - 1
	if last == 0 || b.block.Item[last] < 0 || b.block.Item[last] != b.block.Item[last-1] || b.head(last) != b.head(last-1) {
		return false
	}
	for i, c := range b.plan.named {
		if slot := b.slotNamed(i, c, row); slot >= 0 && b.isSet(slot, last-1) && len(cellAt(row, c.col)) > 0 {
			return false
		}
	}
	k := &b.block
	k.Run, k.Context, k.Step, k.Item = k.Run[:last], k.Context[:last], k.Step[:last], k.Item[:last]
	if k.Epoch != nil {
		k.Epoch = k.Epoch[:last]
	}
	return true
}

// slotNamed returns the slot of a named column, −1 where the row has no name.
func (b *batch) slotNamed(i int, c plainCol, row [][]byte) int {
	lex, slots, by := &b.named, &b.byName, b.plan.name
	if c.id.Kind == column.Score || c.id.Kind == column.Flag {
		lex, slots, by = &b.mons, &b.byMon, b.plan.monitor
	}
	name := cellAt(row, by)
	if len(name) == 0 {
		return -1
	}
	return b.namedSlot(lex, slots, name, i, c.id.Kind)
}

func (b *batch) isSet(slot, row int) bool {
	v := b.at(slot, row)
	return v == v
}

// joinBatch joins the batch's first row to the table's last sample, when
// both are about one sample that a block's end has cut in two.
func (w *writer) joinBatch(b *batch) {
	if b.rows() == 0 {
		return
	}
	last := w.table.Len() - 1
	head, tail := b.head(0), b.head(b.rows()-1)
	if last >= w.first && head == w.tail && head.item != "" && w.free(b, last) {
		for i, c := range b.block.Columns {
			if v := b.at(i, 0); v == v {
				w.table.SetAt(last, w.table.Column(c.Name, c.Kind), v)
			}
		}
		b.dropFirst()
	}
	w.tail = tail
}

// free tells whether the table's row lacks all that the batch's first row has.
func (w *writer) free(b *batch, last int) bool {
	for i, c := range b.block.Columns {
		if c.Kind == column.Label && b.isSet(i, 0) {
			return false
		}
		if v := w.table.At(last, w.table.Column(c.Name, c.Kind)); v == v && b.isSet(i, 0) {
			return false
		}
	}
	return true
}

// dropFirst removes the first row; its texts go to the row before.
func (b *batch) dropFirst() {
	k := &b.block
	k.Run, k.Context, k.Step, k.Item = k.Run[1:], k.Context[1:], k.Step[1:], k.Item[1:]
	if k.Epoch != nil {
		k.Epoch = k.Epoch[1:]
	}
	if k.Excluded != nil {
		k.Excluded = k.Excluded[1:]
	}
	for i := range k.Columns {
		if c := &k.Columns[i]; len(c.Num) > 0 {
			c.Num = c.Num[1:]
		}
	}
	for i := range b.texts {
		b.texts[i].row--
	}
	for i := range b.forms {
		b.forms[i].row--
	}
}
