package store

import (
	"bufio"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// A sheet is one plain table of an export. Cells are string, float64, int64,
// or nil where there is nothing.
type sheet struct {
	name    string
	columns []sheetColumn
	rows    func(yield func(cells []any) error) error
}

type sheetColumn struct {
	name string
	kind cellKind
}

type cellKind uint8

const (
	textCell cellKind = iota
	numberCell
	wholeCell
)

// textColumns names columns of text.
func textColumns(names ...string) []sheetColumn {
	out := make([]sheetColumn, len(names))
	for i, n := range names {
		out[i] = sheetColumn{name: n}
	}
	return out
}

// writeCSV writes the sheet as CSV with a header.
func (s sheet) writeCSV(to io.Writer) error {
	b := bufio.NewWriterSize(to, 1<<20)
	w := csv.NewWriter(b)
	line := make([]string, len(s.columns))
	for i, c := range s.columns {
		line[i] = guard(c.name)
	}
	if err := w.Write(line); err != nil {
		return err
	}
	if err := s.rows(func(cells []any) error {
		for i, c := range cells {
			line[i] = cellText(c)
		}
		return w.Write(line)
	}); err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return b.Flush()
}

func cellText(c any) string {
	if text, is := c.(string); is {
		return guard(text)
	}
	return plainText(c)
}

// plainText writes a cell; guard keeps texts from being formulas.
func plainText(c any) string {
	switch c := c.(type) {
	case string:
		return c
	case int64:
		return strconv.FormatInt(c, 10)
	case float64:
		return strconv.FormatFloat(c, 'g', -1, 64)
	}
	return ""
}

// guard keeps spreadsheets from running a text as a formula. Numbers are no
// formulas, even with a sign.
func guard(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

// rowGroup is how many rows a Parquet file keeps together, and this program
// in memory while it writes one.
const rowGroup = 128 << 10

// writeParquet writes the sheet as Parquet; cells that are nil are null.
func (s sheet) writeParquet(to io.Writer) error {
	w := parquet.NewWriter(to, parquet.NewSchema(s.name, s.schema()), parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}))
	n := 0
	row := make(parquet.Row, len(s.columns))
	if err := s.rows(func(cells []any) error {
		for i, c := range cells {
			row[i] = cellValue(c, s.columns[i].kind, i)
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
		if n++; n%rowGroup == 0 {
			return w.Flush()
		}
		return nil
	}); err != nil {
		return err
	}
	return w.Close()
}

// cellValue is a cell as the column's kind wants it, which writing relies on.
// A cell of another kind, as SQLite may have in any column, is null unless it
// is the same number or, in a column of text, has a text.
func cellValue(c any, kind cellKind, column int) parquet.Value {
	switch kind {
	case textCell:
		if c != nil {
			return parquet.ValueOf(plainText(c)).Level(0, 1, column)
		}
	case numberCell:
		switch v := c.(type) {
		case float64:
			return parquet.ValueOf(v).Level(0, 1, column)
		case int64:
			return parquet.ValueOf(float64(v)).Level(0, 1, column)
		}
	case wholeCell:
		if v, is := c.(int64); is {
			return parquet.ValueOf(v).Level(0, 1, column)
		}
	}
	return parquet.NullValue().Level(0, 0, column)
}

// columnsInOrder is a group of columns that keep their order, which a plain
// group sorts by name.
type columnsInOrder struct {
	parquet.Group
	order []sheetColumn
}

func (c columnsInOrder) Fields() []parquet.Field {
	byName := map[string]parquet.Field{}
	for _, f := range c.Group.Fields() {
		byName[f.Name()] = f
	}
	out := make([]parquet.Field, len(c.order))
	for i, col := range c.order {
		out[i] = byName[col.name]
	}
	return out
}

func (s sheet) schema() parquet.Node {
	g := columnsInOrder{parquet.Group{}, s.columns}
	for _, c := range s.columns {
		leaf := parquet.String()
		switch c.kind {
		case numberCell:
			leaf = parquet.Leaf(parquet.DoubleType)
		case wholeCell:
			leaf = parquet.Int(64)
		}
		g.Group[c.name] = parquet.Optional(leaf)
	}
	return g
}
