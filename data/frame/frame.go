// Package frame has the small typed tables in which every answer travels:
// from the store to views, charts, the command line and exports. A frame
// knows nothing of files, SQL or widgets.
//
// A row of a frame leads back to the samples behind it through its Keys, and
// carries the units (seeds, items) it was computed from, because a mean
// without its seeds is what this program exists to avoid.
package frame

import "slices"

// A Key is a field with the value that all samples behind a row share.
type Key struct{ Field, Value string }

// A Note is something a reader must be told about a row, or with Row == -1
// about the whole frame.
type Note struct {
	Row  int
	ID   string // stable name of the kind of note, such as "one-seed"
	Text string // plain words with their numbers
	Bad  bool   // invalidates a reading, not only qualifies it
}

// A Column has one value a row: Text or Num, never both. In Num, NaN means
// that there is no number and Why[row] says why in plain words.
type Column struct {
	Name string
	Unit string // "%", "points", "steps", "" …
	Text []string
	Num  []float64
	Why  []string // nil, or one entry a row
}

// A Unit is one of the independent things that a row's estimate was computed
// from: usually a run with its seed, or an item.
type Unit struct {
	Run   string // run name
	Seed  string
	Item  string
	Value float64 // NaN when this unit has no value
	K, N  float64 // counts behind Value; NaN where it is no rate
	Pair  float64 // this unit's difference from its partner in the baseline; NaN when unpaired
}

// A Frame is a table of Len rows. Keys and Units are nil or have one entry a row.
type Frame struct {
	Columns []Column
	Keys    [][]Key
	Units   [][]Unit
	Notes   []Note
}

// The names of the columns that estimates carry. Rates are fractions (0–1),
// not percent; differences are in the measure's own scale.
const (
	Measure  = "measure"
	Value    = "value"
	Lo       = "lo"
	Hi       = "hi"
	Level    = "level"
	K        = "k"        // successes; NaN where the measure is no rate
	N        = "n"        // samples (or rollouts) behind the value
	Seeds    = "seeds"    // runs behind the value
	Excluded = "excluded" // samples left out
	Method   = "method"   // interval method, and its unit
	Grain    = "grain"
	Diff     = "diff" // row minus baseline
	DiffLo   = "diff_lo"
	DiffHi   = "diff_hi"
	Pairs    = "pairs"
	P        = "p"
	PFloor   = "p_floor" // the smallest p that the design can give
	PHolm    = "p_holm"
	DiffVia  = "diff_method"
	Above    = "above" // units above half of the scale
	Below    = "below" // units below 5 % of the scale
	Reported = "reported"
)

// Len returns the number of rows.
func (f Frame) Len() int {
	if len(f.Columns) == 0 {
		return len(f.Keys)
	}
	return f.Columns[0].Len()
}

// Len returns the number of values.
func (c Column) Len() int { return max(len(c.Text), len(c.Num)) }

// Col returns the named column, or nil.
func (f Frame) Col(name string) *Column {
	i := slices.IndexFunc(f.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &f.Columns[i]
}

// Text returns the text at row of the named column, "" where there is none.
func (f Frame) Text(name string, row int) string {
	if c := f.Col(name); c != nil && row < len(c.Text) {
		return c.Text[row]
	}
	return ""
}

// Num returns the number at row of the named column; ok is false where there
// is none, and then why may say the reason.
func (f Frame) Num(name string, row int) (v float64, why string, ok bool) {
	c := f.Col(name)
	if c == nil || row >= len(c.Num) {
		return 0, "", false
	}
	if row < len(c.Why) {
		why = c.Why[row]
	}
	v = c.Num[row]
	return v, why, v == v
}

// Key returns the value of a row's key field, "" where the row has none.
func (f Frame) Key(row int, field string) string {
	if row >= len(f.Keys) {
		return ""
	}
	for _, k := range f.Keys[row] {
		if k.Field == field {
			return k.Value
		}
	}
	return ""
}

// Select returns the rows, in the given order, with their keys, units and
// notes; notes on the whole frame stay.
func (f Frame) Select(rows []int) Frame {
	out := Frame{Columns: make([]Column, len(f.Columns))}
	at := map[int]int{}
	for i, r := range rows {
		at[r] = i
	}
	for i, c := range f.Columns {
		out.Columns[i] = c.pick(rows)
	}
	out.Keys = pick(f.Keys, rows)
	out.Units = pick(f.Units, rows)
	for _, n := range f.Notes {
		if row, ok := at[n.Row]; ok || n.Row < 0 {
			if ok {
				n.Row = row
			}
			out.Notes = append(out.Notes, n)
		}
	}
	return out
}

func (c Column) pick(rows []int) Column {
	c.Text, c.Num, c.Why = pick(c.Text, rows), pick(c.Num, rows), pick(c.Why, rows)
	return c
}

func pick[T any](s []T, rows []int) []T {
	if s == nil {
		return nil
	}
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = s[r]
	}
	return out
}
