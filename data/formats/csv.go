package formats

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"

	"witnessmark/data"
)

// CSV reads plain tables: comma, tab, semicolon or bar between cells, one
// record a line, names in the first line.
type CSV struct{}

// Name returns "csv".
func (CSV) Name() string { return "csv" }

// Help says what the format is.
func (CSV) Help() string {
	return "Plain tables (.csv, .tsv, also .gz and .zst): one line a sample, a checkpoint or a metric; columns and path get their roles by a mapping"
}

// Match knows tables by their extension, or by the same number of cells in
// several lines.
func (CSV) Match(name string, head []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv", ".tab":
		return true
	case ".txt", ".dat", "":
		t := bytes.TrimSpace(head)
		return len(t) > 0 && t[0] != '{' && t[0] != '[' && consistent(head, sniff(head)) > 1
	}
	return false
}

// Read reads the table.
func (CSV) Read(ctx context.Context, f File, m Mapping, to Sink) error {
	t, err := sampleTable(f, m)
	if err != nil {
		return refused(f, to, err)
	}
	t.report(f, to)
	if len(t.names) == 0 || len(t.rows) == 0 {
		to.Problem(data.Problem{File: f.Path, Text: "No data rows.", Count: 1, Bad: true})
		return nil
	}
	m = Complete(m, t.columns(), f.Path)
	p, problems := newPlan(m, t.names, f.Path)
	p.numbered = t.lacksSteps(p)
	for _, problem := range problems {
		to.Problem(problem)
	}
	return t.read(ctx, f, m, p, to)
}

// read reads all rows by the plan.
func (t *table) read(ctx context.Context, f File, m Mapping, p *plan, to Sink) error {
	src, err := openTable(f, m.Encoding)
	if err != nil {
		return refused(f, to, err)
	}
	defer src.Close()
	w := newWriter(f, p, to)
	cut := newBlocks(src, t.delim, f.Size)
	if !t.headless {
		lines, err := cut.dropRecord()
		if err != nil {
			return refused(f, to, err)
		}
		w.line += lines
	}
	line := &pipeline{blocks: cut, writer: w, parse: t.parse}
	if err := line.run(ctx); err != nil {
		return refused(f, to, err)
	}
	w.finish()
	return nil
}

// dropRecord reads over the first record and returns its lines.
func (r *blocks) dropRecord() (int, error) {
	first, err := r.next(nil)
	if err != nil {
		return 0, err
	}
	rec := scanner{data: first.data, delim: r.delim, quoted: first.quoted}
	rec.next()
	r.rest = append(bytes.Clone(first.data[rec.at:]), r.rest...)
	return rec.lines, nil
}

// parse reads the rows of a block.
func (t *table) parse(b *batch, k block) {
	s := scanner{data: k.data, delim: t.delim, quoted: k.quoted}
	nul := bytes.IndexByte(k.data, 0) >= 0
	want := len(t.names)
	for {
		row := s.next()
		if row == nil {
			return
		}
		b.line = s.start
		if nul {
			stripNUL(b, row)
		}
		if len(row) != want && !fits(b, row, want) {
			continue
		}
		b.add(row[:min(len(row), want)])
	}
}

// fits tells whether a row of another length than the header can be read: a
// short one is missing its last cells, a long one must be empty there.
func fits(b *batch, row [][]byte, want int) bool {
	if len(row) < want {
		b.fault(faultShort, fmt.Appendf(nil, "row has %s, header has %d", countOf(len(row), "cell", "cells"), want))
		return true
	}
	for _, cell := range row[want:] {
		if len(cell) > 0 {
			b.fault(faultLong, fmt.Appendf(nil, "row has %s, header has %d", countOf(len(row), "cell", "cells"), want))
			return false
		}
	}
	return true
}

func stripNUL(b *batch, row [][]byte) {
	for i, cell := range row {
		if bytes.IndexByte(cell, 0) >= 0 {
			row[i] = bytes.ReplaceAll(cell, []byte{0}, nil)
			b.fault(faultNUL, nil)
		}
	}
}

// A scanner splits a block into records and cells.
type scanner struct {
	data   []byte
	delim  byte
	quoted bool
	at     int // of the next record
	lines  int // line ends before it
	start  int // the line on which the present record starts, from 0
	row    [][]byte
}

// next returns the cells of the next record that is not blank, nil after the
// last. Cells are parts of the data and valid until the next call.
func (s *scanner) next() [][]byte {
	for s.at < len(s.data) {
		rest := s.data[s.at:]
		end := bytes.IndexByte(rest, '\n')
		line := rest
		if end >= 0 {
			line = rest[:end]
		}
		s.start = s.lines
		if s.quoted && bytes.IndexByte(line, '"') >= 0 {
			return s.quotedRecord()
		}
		s.at += min(len(line)+1, len(rest))
		s.lines++
		if line = bytes.TrimSuffix(line, []byte("\r")); len(line) > 0 {
			return s.split(line)
		}
	}
	return nil
}

func (s *scanner) split(line []byte) [][]byte {
	s.row = s.row[:0]
	for {
		i := bytes.IndexByte(line, s.delim)
		if i < 0 {
			s.row = append(s.row, line)
			return s.row
		}
		s.row = append(s.row, line[:i])
		line = line[i+1:]
	}
}

// quotedRecord reads a record with quotes, which may span lines.
func (s *scanner) quotedRecord() [][]byte {
	s.row = s.row[:0]
	for {
		cell, more := s.cell()
		s.row = append(s.row, cell)
		if !more {
			s.lines++
			return s.row
		}
	}
}

// cell reads one cell and what ends it; more is false at the record's end.
func (s *scanner) cell() (cell []byte, more bool) {
	rest := s.data[s.at:]
	if len(rest) == 0 {
		return nil, false
	}
	from := 0
	var inner []byte
	inside := rest[0] == '"'
	if inside {
		shut := closingQuote(rest, 1)
		if shut < 0 {
			shut = len(rest) - 1
		}
		inner = rest[1:max(shut, 1)]
		s.lines += bytes.Count(inner, []byte("\n"))
		from = shut + 1
	}
	end := from
	for end < len(rest) && rest[end] != s.delim && rest[end] != '\n' {
		end++
	}
	tail := rest[from:end]
	more = end < len(rest) && rest[end] == s.delim
	s.at += min(end+1, len(rest))
	if !more {
		tail = bytes.TrimSuffix(tail, []byte("\r"))
	}
	if !inside {
		return tail, more
	}
	return append(undouble(inner), tail...), more
}

// undouble turns doubled quotes into one. It copies, so that the result can
// be appended to.
func undouble(cell []byte) []byte {
	if bytes.IndexByte(cell, '"') < 0 {
		return cell[:len(cell):len(cell)]
	}
	return bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))
}
