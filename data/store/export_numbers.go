package store

import (
	"database/sql"

	"github.com/klauspost/compress/zstd"

	"witnessmark/data"
	"witnessmark/data/column"
)

// where are the columns that say what a row of numbers is about.
func where(more ...sheetColumn) []sheetColumn {
	return append([]sheetColumn{
		{"run", textCell}, {"condition", textCell}, {"seed", textCell}, {"eval", textCell}, {"eval_prompt", textCell}, {"grader", textCell},
		{"context", wholeCell}, {"step", numberCell}, {"item", textCell}, {"epoch", wholeCell}, {"excluded", textCell}, {"import", wholeCell}, {"row", wholeCell},
	}, more...)
}

// place returns the cells of where for a row of a table.
func (e exporter) place(cells []any, t *column.Table, c column.Cell, row int) []any {
	run, ctx := e.set.Runs[c.Run], e.set.Contexts[c.Context]
	cells = append(cells, run.Name)
	cells = appendFields(cells, run.Fields, []string{data.Condition, data.Seed})
	cells = appendFields(cells, ctx.Fields, data.ContextFields)
	cells = append(cells, ctx.ID, num(c.Step), orNil(t.ItemAt(row)))
	if epoch := t.EpochAt(row); epoch > 0 {
		cells = append(cells, int64(epoch))
	} else {
		cells = append(cells, nil)
	}
	return append(cells, orNil(t.ReasonAt(row)), t.Import, int64(t.OrdinalAt(row)))
}

// eachRow calls f for the rows of all tables of attempts, or of all others.
func (e exporter) eachRow(attempts bool, f func(t *column.Table, c column.Cell, row int) error) error {
	for _, t := range e.set.Tables {
		if t.Attempts != attempts {
			continue
		}
		for _, c := range t.Cells {
			if err := e.ctx.Err(); err != nil {
				return err
			}
			for row := int(c.From); row < int(c.To); row++ {
				if err := f(t, c, row); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// samples is one row an attempt, with a column a metric and two a monitor.
func (e exporter) samples() sheet {
	var ids []column.ID
	seen := map[column.ID]bool{}
	for _, t := range e.set.Tables {
		for _, c := range t.Columns {
			if t.Attempts && !seen[c.ID] {
				seen[c.ID] = true
				ids = append(ids, c.ID)
			}
		}
	}
	s := sheet{name: "samples", columns: where()}
	var names, fixed []string
	for _, c := range s.columns {
		fixed = append(fixed, c.name)
	}
	for _, id := range ids {
		names = append(names, sampleColumnName(id))
	}
	for i, name := range unique(names, fixed...) {
		kind := numberCell
		if ids[i].Kind == column.Label || ids[i].Kind == column.Flag {
			kind = textCell
		}
		s.columns = append(s.columns, sheetColumn{name, kind})
	}
	s.rows = func(yield func([]any) error) error {
		var cells []any
		return e.eachRow(true, func(t *column.Table, c column.Cell, row int) error {
			cells = e.place(cells[:0], t, c, row)
			for _, id := range ids {
				cells = append(cells, sampleCell(t.Col(id), row))
			}
			return yield(cells)
		})
	}
	return s
}

func sampleColumnName(id column.ID) string {
	if id.Kind == column.Value || id.Kind == column.Label {
		return id.Name
	}
	return id.Name + "." + id.Kind.String()
}

func sampleCell(c *column.Column, row int) any {
	switch {
	case c == nil:
		return nil
	case c.Kind == column.Label:
		return orNil(c.TextAt(row))
	case c.Kind != column.Flag:
		return num(c.At(row))
	case c.IsUnknown(row):
		return "unknown"
	}
	switch c.At(row) {
	case 0:
		return "no"
	case 1:
		return "yes"
	}
	return nil
}

// reported makes a sheet of one row a metric and row of a table that has no
// samples: of counts, or of all others.
func (e exporter) reported(name string, counts bool, kinds []column.Kind) sheet {
	s := sheet{name: name, columns: where(sheetColumn{"metric", textCell})}
	for _, k := range kinds {
		s.columns = append(s.columns, sheetColumn{k.String(), numberCell})
	}
	s.rows = func(yield func([]any) error) error {
		var cells []any
		var of *column.Table
		var measures []measure
		return e.eachRow(false, func(t *column.Table, c column.Cell, row int) error {
			if t != of {
				of, measures = t, measuresOf(t)
			}
			for _, m := range measures {
				at := func(k column.Kind) float64 { return valueAt(t.Col(column.ID{Name: m.name, Kind: k}), row) }
				if k := at(column.K); (k == k) != counts {
					continue
				}
				if v := at(column.Value); v != v && !counts {
					continue
				}
				cells = append(e.place(cells[:0], t, c, row), m.name)
				for _, k := range kinds {
					cells = append(cells, num(at(k)))
				}
				if err := yield(cells); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return s
}

func (e exporter) counts() sheet {
	return e.reported("counts", true, []column.Kind{column.K, column.N, column.Value, column.Lo, column.Hi})
}

func (e exporter) summaries() sheet {
	return e.reported("summaries", false, []column.Kind{column.Value, column.SD, column.SE, column.N, column.Lo, column.Hi})
}

// texts is one row a text, with the import and row by which samples has it.
func (e exporter) texts() sheet {
	s := sheet{name: "texts", columns: []sheetColumn{{"import", wholeCell}, {"row", wholeCell}, {"part", textCell}, {"text", textCell}}}
	s.rows = func(yield func([]any) error) error {
		unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return err
		}
		defer unpack.Close()
		return each(e.tx.QueryContext, e.ctx, func(r *sql.Rows) error {
			var id, row int64
			var part string
			var packed sql.RawBytes
			if err := r.Scan(&id, &row, &part, &packed); err != nil {
				return err
			}
			text, err := unpack.DecodeAll(packed, nil)
			if err != nil {
				return &Error{Kind: Corrupt, Text: words[Corrupt], Err: err}
			}
			return yield([]any{id, row, part, string(text)})
		}, `SELECT import_id, ordinal, part, body FROM sample_text ORDER BY import_id, ordinal, id`)
	}
	return s
}
