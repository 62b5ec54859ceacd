package column

import (
	"math"
	"slices"
)

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
	for from, to := 0, 0; from < len(k.Run); from = to {
		c := Cell{Run: k.Run[from], Context: k.Context[from], Step: k.Step[from]}
		for to < len(k.Run) && c.holds(k.Run[to], k.Context[to], k.Step[to]) {
			to++
		}
		b.stretch(c, int32(to-from))
	}
	b.appendItems(k, first)
	if k.Epoch != nil {
		b.epoch = extend(pad(b.epoch, first, 0), k.Epoch)
	}
	b.appendExcluded(k, first)
	for i := range k.Columns {
		b.appendColumn(&k.Columns[i], first)
	}
	return first
}

// extend appends like append, but doubles what is too small: large slices
// would else be copied four times on their way.
func extend[T any](s, more []T) []T { return append(double(s, len(more)), more...) }

// double makes room for n more.
func double[T any](s []T, n int) []T {
	if cap(s)-len(s) < n {
		s = slices.Grow(s, max(n, len(s)))
	}
	return s
}

func (b *Builder) appendItems(k *Block, first int) {
	if k.Item == nil {
		return
	}
	code := make([]int32, len(k.Items))
	for i, name := range k.Items {
		code[i] = b.items.code(name)
	}
	b.item = double(pad(b.item, first, -1), len(k.Item))
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
		b.columns[i].Num = extend(to, c.Num)
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

// ExcludeAt marks an earlier row as left out of every estimate, and why.
func (b *Builder) ExcludeAt(row int, reason string) {
	if len(b.reasons.names) == 0 {
		b.reasons.code("")
	}
	b.excluded = pad(b.excluded, max(len(b.excluded), row+1), 0)
	b.excluded[row] = uint8(min(b.reasons.code(reason), 250))
}
