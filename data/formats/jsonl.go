package formats

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
)

// JSONL reads files with one JSON object a line: metric streams of training
// loops, per-sample outputs of evaluations and monitors.
type JSONL struct{}

// Name returns "jsonl".
func (JSONL) Name() string { return "jsonl" }

// Help says what the format is.
func (JSONL) Help() string {
	return "One JSON object a line (.jsonl, .ndjson, also .gz and .zst): metric streams and per-sample outputs; nested keys become a.b.c"
}

// Match knows the format by its extension, or by two objects on two lines.
func (JSONL) Match(name string, head []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonl", ".ndjson", ".jsonlines":
		return true
	case ".json", ".log", ".txt", "":
		first, rest, two := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
		rest = bytes.TrimSpace(rest)
		return two && len(first) > 1 && first[0] == '{' && len(rest) > 0 && rest[0] == '{' && newRowReader(nil).read(first) == nil
	}
	return false
}

// Read reads the lines.
func (JSONL) Read(ctx context.Context, f File, m Mapping, to Sink) error {
	t, err := sampleLines(f, m)
	if err != nil {
		return refused(f, to, err)
	}
	t.report(f, to)
	m = Complete(m, t.columns(), f.Path)
	p, problems := newPlan(m, t.names, f.Path)
	p.numbered = t.lacksSteps(p)
	for _, problem := range problems {
		to.Problem(problem)
	}
	return readLines(ctx, f, m, p, to)
}

func readLines(ctx context.Context, f File, m Mapping, p *plan, to Sink) error {
	src, err := openTable(f, m.Encoding)
	if err != nil {
		return refused(f, to, err)
	}
	defer src.Close()
	w := newWriter(f, p, to)
	line := &pipeline{blocks: newBlocks(src, 0, f.Size), writer: w, parse: parseLines, sealed: hopeless}
	if err := line.run(ctx); err != nil {
		return refused(f, to, err)
	}
	w.finish()
	return nil
}

// hopeless ends the reading of a file whose beginning holds no JSON at all.
func hopeless(w *writer) error {
	if n := w.faults.of(faultJSON); n >= 20 && w.table.Len() == w.first {
		return refusal(fmt.Sprintf("This does not look like JSONL: none of the first %s lines is a JSON object.", thousands(n)))
	}
	return nil
}

// parseLines reads the rows of a block.
func parseLines(b *batch, k block) {
	r := newRowReader(b.plan.names)
	rest := k.data
	for ; len(rest) > 0; b.line++ {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		rest = after
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if len(line) > maxLine {
			b.fault(faultLong, []byte("line is longer than 64 MB"))
			continue
		}
		if err := r.read(line); err != nil {
			b.faultLine(err, ended)
			continue
		}
		b.addObject(r)
	}
}

func (b *batch) faultLine(err error, ended bool) {
	kind := faultJSON
	if !ended {
		kind = faultPartial
	}
	text := err.Error()
	var at *jsonError
	if errors.As(err, &at) {
		text = fmt.Sprintf("%s at character %s", at.text, thousands(at.at+1))
	}
	b.fault(kind, []byte(text))
}

// addObject adds the row that the reader holds.
func (b *batch) addObject(r *rowReader) {
	if r.marker {
		b.resumed = append(b.resumed, resumption{b.rows() - 1, b.line})
		return
	}
	b.add(r.row)
	for _, e := range r.extras {
		if !b.addExtra(e.name, e.cell) {
			b.faults.add(faultKey, e.name, e.cell, b.line)
		}
	}
}

// sampleLines reads the keys and some rows of JSON lines.
func sampleLines(f File, m Mapping) (*table, error) {
	src, err := openTable(f, m.Encoding)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	t := &table{notes: src.notes, plain: src.plain}
	r := t.rowReader()
	buf, whole, err := readHead(src)
	if err != nil {
		return nil, err
	}
	t.sampleObjects(r, buf, whole, sampleRows, 1)
	if !whole && t.plain {
		err = t.probeLines(f, r)
	}
	return t, err
}

// rowReader returns a reader that adds columns to the table as keys appear.
func (t *table) rowReader() *rowReader {
	r := newRowReader(nil)
	r.grow = func(path []byte) int {
		t.names = append(t.names, cleanText(path))
		return len(t.names) - 1
	}
	return r
}

// sampleObjects takes rows from lines; line is the number of the first, 0
// where it is not known.
func (t *table) sampleObjects(r *rowReader, buf []byte, whole bool, most, line int) {
	for n := 0; len(buf) > 0 && n < most; {
		raw, after, ended := bytes.Cut(buf, []byte("\n"))
		if !ended && !whole {
			return
		}
		buf = after
		if r.read(bytes.TrimSpace(raw)) == nil && !r.marker {
			t.rows = append(t.rows, sampledRow{line, texts(r.row)})
			n++
		}
		if line > 0 {
			line++
		}
	}
}

// probeLines samples further on in a large file.
func (t *table) probeLines(f File, r *rowReader) error {
	return t.probeEach(f, func(buf []byte) {
		if i := bytes.IndexByte(buf, '\n'); i >= 0 {
			t.sampleObjects(r, buf[i+1:], false, 200, 0)
		}
	})
}
