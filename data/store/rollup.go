package store

import (
	"math"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A sum is one metric or monitor of one cell, summed up. Numbers that there
// are not are NaN.
type sum struct {
	cell                       column.Cell
	grain                      data.Grain
	kind, name                 string
	n, k, mean, sd, min, max   float64
	missing, unknown, excluded int
}

// maxSums is how many sums of a table are kept. Curves of millions of steps
// would otherwise be in the file twice, and be slow to write.
const maxSums = 250_000

// sums yields the sums of a table, cell by cell. Of a table with more than
// maxSums it takes only the last step of each run and context.
func sums(t *column.Table, yield func(sum) error) error {
	cells := t.Cells
	measures := measuresOf(t)
	if len(cells)*len(measures) > maxSums {
		cells = lastSteps(cells)
	}
	for _, c := range cells {
		for _, m := range measures {
			s := m.over(t, c)
			if s.n != s.n && s.mean != s.mean && s.missing == int(c.To-c.From) {
				continue // nothing was recorded here
			}
			if err := yield(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// lastSteps returns the cells with the last step of each run and context.
func lastSteps(cells []column.Cell) []column.Cell {
	at := map[[2]int32]int{}
	var out []column.Cell
	for _, c := range cells {
		key := [2]int32{c.Run, c.Context}
		i, ok := at[key]
		switch {
		case !ok:
			at[key] = len(out)
			out = append(out, c)
		case !(c.Step < out[i].Step):
			out[i] = c
		}
	}
	return out
}

// A measure is the columns that belong to one metric or monitor.
type measure struct {
	kind, name         string
	value, k, n, sd    *column.Column // value: of samples, or a mean
	attempts, verdicts bool
}

func measuresOf(t *column.Table) (out []measure) {
	col := func(name string, k column.Kind) *column.Column { return t.Col(column.ID{Name: name, Kind: k}) }
	for i := range t.Columns {
		c := &t.Columns[i]
		m := measure{kind: "metric", name: c.Name, attempts: t.Attempts}
		switch {
		case c.Kind == column.Score || c.Kind == column.Flag:
			m.kind, m.value, m.verdicts = c.Kind.String(), c, c.Kind == column.Flag
		case t.Attempts && c.Kind == column.Value:
			m.value = c
		case t.Attempts:
			continue
		case c.Kind == column.Value || c.Kind == column.K && col(c.Name, column.Value) == nil:
			m.value, m.k, m.n, m.sd = col(c.Name, column.Value), col(c.Name, column.K), col(c.Name, column.N), col(c.Name, column.SD)
		default:
			continue
		}
		out = append(out, m)
	}
	return out
}

func (m measure) over(t *column.Table, c column.Cell) sum {
	nan := math.NaN()
	s := sum{cell: c, grain: data.Samples, kind: m.kind, name: m.name, n: nan, k: nan, mean: nan, sd: nan, min: nan, max: nan}
	if m.attempts {
		m.attemptsOver(t, &s)
		return s
	}
	m.reported(t, &s)
	return s
}

// reported takes over the last row of a cell of counts or summaries; there
// are several only where rows are about items.
func (m measure) reported(t *column.Table, s *sum) {
	k, n, rows := 0.0, 0.0, 0
	for row := int(s.cell.From); row < int(s.cell.To); row++ {
		switch {
		case t.Excluded != nil && t.Excluded[row] != 0:
			s.excluded++
			continue
		case math.IsNaN(valueAt(m.value, row)) && math.IsNaN(valueAt(m.k, row)):
			s.missing++
			continue
		}
		rows++
		k, n = k+valueAt(m.k, row), n+valueAt(m.n, row)
		s.mean, s.sd = valueAt(m.value, row), valueAt(m.sd, row)
	}
	s.grain = data.Summaries
	if rows == 0 {
		return
	}
	s.k, s.n = k, n
	if k == k {
		s.grain = data.Counts
		s.mean = orNum(s.mean, k/n)
	}
	if rows > 1 { // of several items there is a mean only of their counts
		s.mean, s.sd = k/n, math.NaN()
	}
}

// valueAt is the column's value, NaN also where there is no such column.
func valueAt(c *column.Column, row int) float64 {
	if c == nil {
		return math.NaN()
	}
	return c.At(row)
}

// attemptsOver sums up samples. The mean is taken first and deviations from
// it second, so that large values with small differences keep them.
func (m measure) attemptsOver(t *column.Table, s *sum) {
	values := counting(m.value, t, s)
	s.n = float64(len(values))
	if len(values) == 0 {
		return
	}
	total, ones, zeros, lo, hi := 0.0, 0, 0, values[0], values[0]
	for _, v := range values {
		total += v
		if v < lo {
			lo = v
		}
		if v > hi {
			hi = v
		}
		if v == 1 {
			ones++
		}
		if v == 0 {
			zeros++
		}
	}
	s.min, s.max = lo, hi
	s.mean = total / s.n
	if ones+zeros == len(values) {
		s.k = float64(ones)
	}
	squares, mean := 0.0, s.mean
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	if len(values) > 1 {
		s.sd = math.Sqrt(squares / (s.n - 1))
	}
}

// counting returns the values of a cell that count, and notes in s what does
// not.
func counting(c *column.Column, t *column.Table, s *sum) []float64 {
	out := make([]float64, 0, s.cell.To-s.cell.From)
	for row := int(s.cell.From); row < int(s.cell.To); row++ {
		v := c.At(row)
		switch {
		case t.Excluded != nil && t.Excluded[row] != 0:
			s.excluded++
		case v == v:
			out = append(out, v)
		case c.IsUnknown(row):
			s.unknown++
		default:
			s.missing++
		}
	}
	return out
}

// writeRollup keeps the sums of a table.
func (b *batch) writeRollup(t *column.Table) error {
	put := b.into("rollup (import_id, run_id, context_id, step, grain, kind, name, n, k, mean, sd, min, max, missing, unknown, excluded)", 16)
	if err := sums(t, func(s sum) error {
		return put.add(b.id, s.cell.Run, s.cell.Context, num(s.cell.Step), s.grain.String(), s.kind, s.name,
			num(s.n), num(s.k), num(s.mean), num(s.sd), num(s.min), num(s.max), s.missing, s.unknown, s.excluded)
	}); err != nil {
		return err
	}
	return put.flush()
}
