package column

import "math"

// A Block is rows that were read together, with columns of their own: a fast
// reader fills one and appends it in a single call. Every slice but the
// columns' has one entry a row or is nil.
type Block struct {
	Run, Context []int32
	Step         []float64 // NaN where there is none
	Item         []int32   // index into Items, −1 for none
	Items        []string
	Epoch        []int32 // 0 for none
	Excluded     []uint8 // index into Reasons; 0 is "not excluded"
	Reasons      []string
	Columns      []Column // Num may be shorter than the rows: the rest is missing
}

// Append adds the block's rows after those of the builder and returns the
// index of the first. The block can be reused afterwards.
func (b *Builder) Append(k *Block) int {
	first := b.Len()
	b.run, b.ctx, b.step = append(b.run, k.Run...), append(b.ctx, k.Context...), append(b.step, k.Step...)
	b.appendItems(k, first)
	if k.Epoch != nil {
		b.epoch = append(pad(b.epoch, first, 0), k.Epoch...)
	}
	b.appendExcluded(k, first)
	for i := range k.Columns {
		b.appendColumn(&k.Columns[i], first)
	}
	return first
}

func (b *Builder) appendItems(k *Block, first int) {
	if k.Item == nil {
		return
	}
	code := make([]int32, len(k.Items))
	for i, name := range k.Items {
		code[i] = b.items.code(name)
	}
	b.item = pad(b.item, first, -1)
	for _, c := range k.Item {
		if c >= 0 {
			c = code[c]
		}
		b.item = append(b.item, c)
	}
}

func (b *Builder) appendExcluded(k *Block, first int) {
	if k.Excluded == nil {
		return
	}
	if len(b.reasons.names) == 0 {
		b.reasons.code("")
	}
	code := make([]uint8, len(k.Reasons))
	for i, r := range k.Reasons {
		code[i] = uint8(min(b.reasons.code(r), 250))
	}
	b.excluded = pad(b.excluded, first, 0)
	for _, c := range k.Excluded {
		b.excluded = append(b.excluded, code[c])
	}
}

func (b *Builder) appendColumn(c *Column, first int) {
	i := b.Column(c.Name, c.Kind)
	to := pad(b.columns[i].Num, first, math.NaN())
	if c.Kind != Label {
		b.columns[i].Num = append(to, c.Num...)
		return
	}
	code := make([]float64, len(c.Dict))
	for j, text := range c.Dict {
		code[j] = float64(b.labels[i].code(text))
	}
	for _, v := range c.Num {
		if v == v {
			v = code[int(v)]
		}
		to = append(to, v)
	}
	b.columns[i].Num = to
}

// At returns the value of a column at a row, NaN where it is missing.
func (b *Builder) At(row, col int) float64 {
	if num := b.columns[col].Num; row < len(num) {
		return num[row]
	}
	return math.NaN()
}

// SetAt gives an earlier row a value in a column; NaN makes it missing.
func (b *Builder) SetAt(row, col int, v float64) {
	c := &b.columns[col]
	if row >= len(c.Num) {
		if v != v {
			return
		}
		for len(c.Num) <= row {
			c.Num = append(c.Num, math.NaN())
		}
	}
	c.Num[row] = v
}

// Clear makes every column missing at a row, which keeps its place.
func (b *Builder) Clear(row int) {
	for col := range b.columns {
		b.SetAt(row, col, math.NaN())
	}
}

// ColumnIDs returns the columns made so far, in the order of their indexes.
func (b *Builder) ColumnIDs() []ID {
	out := make([]ID, len(b.columns))
	for i, c := range b.columns {
		out[i] = c.ID
	}
	return out
}

// Binary tells whether a column's values from a row on are all 0, 1 or
// missing, and at least one is not missing.
func (b *Builder) Binary(col, from int) bool {
	some := false
	num := b.columns[col].Num
	for _, v := range num[min(from, len(num)):] {
		if v != v {
			continue
		}
		if v != 0 && v != 1 {
			return false
		}
		some = true
	}
	return some
}

// NumberRepeats gives the rows from a row on an epoch, from 1 within each
// run, context, step and item, unless some of them have one already. It
// returns the number of rows that repeat an item; where none does, epochs
// stay unset.
func (b *Builder) NumberRepeats(from int) int {
	if len(b.item) <= from || len(b.epoch) > from {
		return 0
	}
	epoch, repeats := b.countRepeats(from)
	if repeats > 0 {
		b.epoch = append(pad(b.epoch, from, 0), epoch...)
	}
	return repeats
}

type attempt struct {
	run, ctx, item int32
	step           uint64
}

func (b *Builder) countRepeats(from int) (epoch []int32, repeats int) {
	epoch = make([]int32, b.Len()-from)
	seen := b.clustered(from)
	if seen == nil {
		seen = newTally()
	}
	for i := range epoch {
		row := from + i
		if row >= len(b.item) || b.item[row] < 0 {
			continue
		}
		epoch[i] = seen.next(attempt{b.run[row], b.ctx[row], b.item[row], math.Float64bits(b.step[row])})
		if epoch[i] > 1 {
			repeats++
		}
	}
	return epoch, repeats
}

// A counter says how often it has met an attempt, this time included.
type counter interface{ next(attempt) int32 }

type tally map[attempt]int32

func newTally() tally { return tally{} }

func (t tally) next(a attempt) int32 {
	t[a]++
	return t[a]
}

// A marker counts without a map, for rows whose cells are each contiguous:
// it remembers in which cell each item was last met.
type marker struct {
	cell attempt
	at   int32
	last []int32 // by item: the cell it was last met in
	n    []int32
}

func (m *marker) next(a attempt) int32 {
	item := a.item
	a.item = 0
	if a != m.cell || m.at == 0 {
		m.cell, m.at = a, m.at+1
	}
	if m.last[item] != m.at {
		m.last[item], m.n[item] = m.at, 0
	}
	m.n[item]++
	return m.n[item]
}

// clustered returns a marker when no cell is left and entered again.
func (b *Builder) clustered(from int) counter {
	seen := map[attempt]bool{}
	var last attempt
	for row := from; row < b.Len(); row++ {
		a := attempt{run: b.run[row], ctx: b.ctx[row], step: math.Float64bits(b.step[row])}
		if row > from && a == last {
			continue
		}
		if seen[a] {
			return nil
		}
		seen[a], last = true, a
	}
	return &marker{last: make([]int32, len(b.items.names)), n: make([]int32, len(b.items.names))}
}
