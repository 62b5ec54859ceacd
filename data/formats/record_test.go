package formats

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A recorder is a sink that keeps everything and can write it as text.
type recorder struct {
	runs     []column.Run
	byKey    map[string]int32
	contexts []data.Fields
	tables   [2]*column.Builder
	metrics  map[string]data.Metric
	monitors map[string]data.Monitor
	aliases  map[string]string
	texts    []string
	predict  []data.Prediction
	problems []data.Problem
	failText error
}

func newRecorder() *recorder {
	return &recorder{
		byKey: map[string]int32{}, metrics: map[string]data.Metric{}, monitors: map[string]data.Monitor{}, aliases: map[string]string{},
		tables: [2]*column.Builder{column.NewBuilder(true), column.NewBuilder(false)},
	}
}

func (r *recorder) Run(key string, fields data.Fields) int32 {
	i, ok := r.byKey[key]
	if !ok {
		i = int32(len(r.runs))
		r.byKey[key] = i
		r.runs = append(r.runs, column.Run{Key: key, Fields: data.Fields{}})
	}
	maps.Copy(r.runs[i].Fields, fields)
	return i
}

func (r *recorder) Context(fields data.Fields) int32 {
	for i, c := range r.contexts {
		if maps.Equal(c, fields) {
			return int32(i)
		}
	}
	r.contexts = append(r.contexts, maps.Clone(fields))
	return int32(len(r.contexts) - 1)
}

func (r *recorder) Table(attempts bool) *column.Builder {
	if attempts {
		return r.tables[0]
	}
	return r.tables[1]
}

func (r *recorder) Metric(m data.Metric)         { r.metrics[m.Name] = m }
func (r *recorder) Monitor(m data.Monitor)       { r.monitors[m.Name] = m }
func (r *recorder) Alias(original, field string) { r.aliases[original] = field }
func (r *recorder) Prediction(p data.Prediction) { r.predict = append(r.predict, p) }
func (r *recorder) Problem(p data.Problem)       { r.problems = append(r.problems, p) }
func (r *recorder) Progress(int64)               {}
func (r *recorder) Text(row int, part, body string) error {
	r.texts = append(r.texts, fmt.Sprintf("%d %s %q", row, part, clip(body, 70)))
	return r.failText
}

// dump writes what was recorded, at most the given number of rows a table.
func (r *recorder) dump(rows int) string {
	var b strings.Builder
	for i, run := range r.runs {
		fmt.Fprintf(&b, "run %d %q %v\n", i, run.Key, run.Fields)
	}
	for i, c := range r.contexts {
		fmt.Fprintf(&b, "context %d %v\n", i, c)
	}
	for i, t := range r.tables {
		dumpTable(&b, [...]string{"samples", "summaries"}[i], t, rows)
	}
	for _, name := range slices.Sorted(maps.Keys(r.metrics)) {
		m := r.metrics[name]
		fmt.Fprintf(&b, "metric %s %g..%g binary=%t\n", name, m.Lo, m.Hi, m.Binary)
	}
	for _, name := range slices.Sorted(maps.Keys(r.monitors)) {
		fmt.Fprintf(&b, "monitor %s\n", name)
	}
	for _, name := range slices.Sorted(maps.Keys(r.aliases)) {
		fmt.Fprintf(&b, "alias %s = %s\n", name, r.aliases[name])
	}
	for _, t := range r.texts[:min(len(r.texts), 3*rows)] {
		fmt.Fprintf(&b, "text %s\n", t)
	}
	for _, p := range r.predict {
		fmt.Fprintf(&b, "prediction %+v\n", p)
	}
	for _, p := range r.problems {
		fmt.Fprintf(&b, "problem %s: %s (%d, bad=%t)\n", p.Place, p.Text, p.Count, p.Bad)
	}
	return b.String()
}

func dumpTable(b *strings.Builder, name string, from *column.Builder, rows int) {
	n := from.Len()
	if n == 0 {
		return
	}
	ids := from.ColumnIDs()
	t, replaced := from.Table()
	fmt.Fprintf(b, "%s: %d rows, %d after merging, %d replaced\n", name, n, t.Len(), replaced)
	for _, c := range t.Cells {
		for row := int(c.From); row < int(c.To) && row < rows; row++ {
			fmt.Fprintf(b, "  run %d context %d step %g", c.Run, c.Context, c.Step)
			if t.Item != nil {
				fmt.Fprintf(b, " item %q", t.ItemAt(row))
			}
			if t.Epoch != nil {
				fmt.Fprintf(b, " epoch %d", t.EpochAt(row))
			}
			if t.Excluded != nil && t.Excluded[row] > 0 {
				fmt.Fprintf(b, " excluded %q", t.Reasons[t.Excluded[row]])
			}
			for i, id := range ids {
				if text := cellText(&t.Columns[i], row); text != "" {
					fmt.Fprintf(b, " %s.%s=%s", id.Name, id.Kind, text)
				}
			}
			b.WriteByte('\n')
		}
	}
}

func cellText(c *column.Column, row int) string {
	v := math.NaN()
	if c.Code != nil {
		if c.Code[row] != column.Missing {
			v = float64(c.Code[row])
		}
	} else {
		v = c.Num[row]
	}
	switch {
	case v != v:
		return ""
	case c.Kind == column.Label:
		return fmt.Sprintf("%q", c.Dict[int(v)])
	case c.Kind == column.Flag && v == float64(column.Unknown):
		return "unknown"
	}
	return fmt.Sprintf("%.6g", v)
}

type closer struct{ *bytes.Reader }

func (closer) Close() error { return nil }

// textFile is a file of the given content.
func textFile(path, text string) File {
	return File{Path: path, Size: int64(len(text)), Open: func() (io.ReadSeekCloser, error) {
		return closer{bytes.NewReader([]byte(text))}, nil
	}}
}

// readText detects and reads a file of the given content.
func readText(t testing.TB, path, text string, m Mapping) *recorder {
	t.Helper()
	return readFile(t, textFile(path, text), m)
}

func readFile(t testing.TB, f File, m Mapping) *recorder {
	t.Helper()
	r := newRecorder()
	format, err := Detect(f)
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	if err := format.Read(context.Background(), f, m, r); err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return r
}

// realFile finds a file of the real data beside the repository, and skips
// the test where there is none.
func realFile(t testing.TB, path string) File {
	t.Helper()
	dir, err := os.Getwd()
	for ; err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		full := filepath.Join(dir, "shared", "realdata", filepath.FromSlash(path))
		if info, err := os.Stat(full); err == nil {
			return FileAt(full, info.Size())
		}
	}
	t.Skip("no shared/realdata beside the repository")
	return File{}
}
