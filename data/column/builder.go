package column

import (
	"math"
	"slices"
	"strings"
)

// A Builder collects rows in the order of their source. Its zero value is
// not ready; use NewBuilder. The calls for one row are Row and then any of
// Item, Epoch, Exclude, Set and SetLabel, which all act on the last row.
// Table ends the building.
type Builder struct {
	attempts bool
	cells    []Cell // stretches of rows with one run, context and step
	item     []int32
	items    dict
	epoch    []int32
	excluded []uint8
	reasons  dict
	columns  []Column
	byID     map[ID]int
	labels   []dict // parallel to columns; used for Label only
}

type dict struct {
	at    map[string]int32
	names []string
}

func (d *dict) code(s string) int32 {
	if c, ok := d.at[s]; ok {
		return c
	}
	if d.at == nil {
		d.at = map[string]int32{}
	}
	return d.add(strings.Clone(s)) // s may be a small part of a large block
}

// codeBytes is code without an allocation for texts that are known.
func (d *dict) codeBytes(s []byte) int32 {
	if c, ok := d.at[string(s)]; ok {
		return c
	}
	return d.code(string(s))
}

func (d *dict) add(s string) int32 {
	c := int32(len(d.names))
	d.at[s], d.names = c, append(d.names, s)
	return c
}

// NewBuilder returns an empty builder for attempts, or for counts and summaries.
func NewBuilder(attempts bool) *Builder {
	return &Builder{attempts: attempts, byID: map[ID]int{}}
}

// Len returns the number of rows.
func (b *Builder) Len() int {
	if len(b.cells) == 0 {
		return 0
	}
	return int(b.cells[len(b.cells)-1].To)
}

// Column returns the index of the column, making it when it is new. Rows
// that never set it are missing there.
func (b *Builder) Column(name string, kind Kind) int {
	id := ID{name, kind}
	if i, ok := b.byID[id]; ok {
		return i
	}
	b.byID[id] = len(b.columns)
	b.columns = append(b.columns, Column{ID: id})
	b.labels = append(b.labels, dict{})
	return len(b.columns) - 1
}

// Row starts a row and returns its index. Step is NaN where there is none.
func (b *Builder) Row(run, ctx int32, step float64) int {
	n := b.Len()
	b.stretch(Cell{Run: run, Context: ctx, Step: step}, 1)
	return n
}

// stretch adds n rows of one run, context and step.
func (b *Builder) stretch(c Cell, n int32) {
	if last := len(b.cells) - 1; last >= 0 {
		if b.cells[last].holds(c.Run, c.Context, c.Step) {
			b.cells[last].To += n
			return
		}
		c.From = b.cells[last].To
	}
	c.To = c.From + n
	b.cells = append(b.cells, c)
}

// holds reports whether rows of that run, context and step belong to c. Two
// rows without a step are at the same one.
func (c *Cell) holds(run, ctx int32, step float64) bool {
	return c.Run == run && c.Context == ctx && (c.Step == step || c.Step != c.Step && step != step)
}

// Item names the last row's item.
func (b *Builder) Item(name string) {
	b.item = append(pad(b.item, b.Len()-1, -1), b.items.code(name))
}

// ItemBytes is Item for a name in a reader's buffer, which it does not keep.
func (b *Builder) ItemBytes(name []byte) {
	b.item = append(pad(b.item, b.Len()-1, -1), b.items.codeBytes(name))
}

// Epoch numbers the last row's repetition of its item, from 1.
func (b *Builder) Epoch(n int) { b.epoch = append(pad(b.epoch, b.Len()-1, 0), int32(n)) }

// Exclude marks the last row as left out of every estimate, and why. At most
// 250 reasons are kept apart.
func (b *Builder) Exclude(reason string) {
	if len(b.reasons.names) == 0 {
		b.reasons.code("")
	}
	code := min(b.reasons.code(reason), 250)
	b.excluded = append(pad(b.excluded, b.Len()-1, 0), uint8(code))
}

// Set gives the last row a value in a column; NaN is missing.
func (b *Builder) Set(col int, v float64) {
	c := &b.columns[col]
	c.Num = append(pad(c.Num, b.Len()-1, math.NaN()), v)
}

// SetLabel gives the last row a text in a Label column.
func (b *Builder) SetLabel(col int, text string) {
	b.Set(col, float64(b.labels[col].code(text)))
}

// pad makes s n long. A second value for the same row replaces the first.
func pad[T any](s []T, n int, v T) []T {
	if len(s) >= n {
		return s[:n]
	}
	s = slices.Grow(s, n-len(s))
	for len(s) < n {
		s = append(s, v)
	}
	return s
}
