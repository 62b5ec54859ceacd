package formats

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A Look is what an import would make of a file: its columns with their
// roles, its first rows, and what is wrong so far.
type Look struct {
	Format   string
	Fixed    bool // the format's schema is fixed: of a mapping only template and constants count
	Mapping  Mapping
	Path     []PathPart
	Columns  []ColumnLook
	Rows     []RowLook
	Runs     []data.Fields // the runs of the sampled rows, in order
	Problems []data.Problem
}

// A ColumnLook is a column with its role and some of its cells.
type ColumnLook struct {
	Name   string
	Assign Assign
	Values []string // up to 5 different cells
	Lines  int      // sampled rows in which it is present
	Of     int      // sampled rows
}

// A RowLook is one row as text; Line is its line, 0 where it is not known.
type RowLook struct {
	Line  int
	Cells []string
}

// A sampler is a format that reads rows by a mapping.
type sampler interface {
	sample(f File, m Mapping) (*table, Mapping, error)
}

// Preview reads the beginning of a file, and in large plain files a little
// from further on, and says what an import with the mapping would make of
// it; rows are at most maxRows. The error of an unknown format wraps
// ErrUnknown; what is wrong with the content is in Problems.
func Preview(ctx context.Context, f File, m Mapping, maxRows int) (Look, error) {
	format, err := Detect(f)
	if err != nil {
		return Look{}, err
	}
	if err := ctx.Err(); err != nil {
		return Look{}, err
	}
	look := Look{Format: format.Name(), Mapping: m}
	s, ok := format.(sampler)
	if !ok {
		look.Fixed = true
		err = look.fixed(ctx, format, f, m, maxRows)
	} else {
		err = look.table(s, f, m, maxRows)
	}
	t, bad := ParseTemplate(look.Mapping.Template)
	if bad != nil {
		look.problem(f, bad.Error())
	}
	look.Path = PathParts(f.Path, t)
	return look, err
}

func (l *Look) problem(f File, text string) {
	l.Problems = append(l.Problems, data.Problem{File: f.Path, Text: text, Count: 1})
}

func (l *Look) table(s sampler, f File, m Mapping, maxRows int) error {
	t, m, err := s.sample(f, m)
	if r := refusal(""); errors.As(err, &r) {
		l.Problems = append(l.Problems, data.Problem{File: f.Path, Text: string(r), Count: 1, Bad: true})
		return nil
	} else if err != nil {
		return err
	}
	for _, n := range t.notes {
		l.problem(f, n)
	}
	columns := t.columns()
	l.Mapping = Complete(m, columns, f.Path)
	for _, c := range columns {
		l.Columns = append(l.Columns, ColumnLook{
			Name: c.Name, Assign: l.Mapping.Columns[c.Name], Values: someOf(c.Values), Lines: c.Lines, Of: len(c.Values),
		})
	}
	for _, r := range t.rows[:min(len(t.rows), max(maxRows, 0))] {
		l.Rows = append(l.Rows, RowLook{r.line, r.cells})
	}
	l.try(f, t)
	return nil
}

// someOf returns the first different cells that are not empty.
func someOf(values []string) []string {
	var out []string
	for _, v := range values {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
		if len(out) == 5 {
			break
		}
	}
	return out
}

// try reads the sampled rows as an import would.
func (l *Look) try(f File, t *table) {
	p, problems := newPlan(l.Mapping, t.names, f.Path)
	l.Problems = append(l.Problems, problems...)
	if l.Mapping.Rows == RowsConfig {
		l.Runs = append(l.Runs, p.runFields(make([]string, len(p.runCols))))
		return
	}
	b := newBatch(p)
	for _, r := range t.rows {
		b.line = r.line
		row := make([][]byte, len(r.cells))
		for i, c := range r.cells {
			row[i] = []byte(c)
		}
		b.add(row)
	}
	for _, cells := range b.runs.cells {
		l.Runs = append(l.Runs, p.runFields(cells))
	}
	l.Problems = append(l.Problems, b.faults.problems(f.Path, "line")...)
	if !p.measures() {
		l.problem(f, "No column holds a measure: the file gives fields to runs only.")
	}
}

// errEnough ends the reading of a file when a preview has seen enough.
var errEnough = errors.New("enough was read")

// fixed reads the beginning of a file of a fixed schema.
func (l *Look) fixed(ctx context.Context, format Format, f File, m Mapping, maxRows int) error {
	to := &lookSink{tables: newTables(), most: max(maxRows, 50)}
	if err := format.Read(ctx, f, m, to); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	l.Runs, l.Problems = to.runs, to.problems
	l.Mapping.Rows = RowsSamples
	t, _ := to.tables[0].Table()
	for i := range t.Columns {
		l.Columns = append(l.Columns, fixedColumn(&t.Columns[i], t.Len()))
	}
	for row := range min(maxRows, t.Len()) {
		r := RowLook{}
		for i := range t.Columns {
			r.Cells = append(r.Cells, fixedCell(&t.Columns[i], row))
		}
		l.Rows = append(l.Rows, r)
	}
	return nil
}

func fixedColumn(c *column.Column, rows int) ColumnLook {
	out := ColumnLook{Name: c.Name, Assign: Assign{Role: roleOfKind[c.Kind], As: c.Name, Sure: true}, Of: rows}
	values := make([]string, rows)
	for row := range rows {
		if values[row] = fixedCell(c, row); values[row] != "" {
			out.Lines++
		}
	}
	out.Values = someOf(values)
	return out
}

func fixedCell(c *column.Column, row int) string {
	switch v := c.At(row); {
	case c.IsUnknown(row):
		return "unknown"
	case v != v:
		return ""
	case c.Kind == column.Label:
		return c.TextAt(row)
	default:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
}
