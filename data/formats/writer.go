package formats

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A writer passes batches to a sink, in the order of the file.
type writer struct {
	file   File
	plan   *plan
	to     Sink
	table  *column.Builder
	first  int              // the table's rows before this file
	runs   map[string]int32 // by the cells that say it
	ctxs   map[string]int32
	tail   sampleHead             // of the last sample
	about  map[int32]data.Fields  // of contexts
	fields map[string]data.Fields // of each run, by key
	keys   map[int32]string       // of each run, by index
	rowOf  map[place]int          // summaries: the row of each run, context and step
	nth    map[place]int          // summaries without steps: rows so far
	forms  []pending              // rows are the table's
	votes  []vote                 // of plan.counts
	faults faults
	last   int32  // the run of the last row
	from   int    // the present batch's first line
	line   int    // the next batch's
	unit   string // what places are counted in: lines or records
	differ map[string]int
	said   map[string]bool
}

func newWriter(f File, p *plan, to Sink) *writer {
	w := &writer{
		file: f, plan: p, to: to, table: to.Table(p.samples), line: 1, unit: "line",
		runs: map[string]int32{}, ctxs: map[string]int32{}, fields: map[string]data.Fields{}, keys: map[int32]string{}, about: map[int32]data.Fields{},
		rowOf: map[place]int{}, nth: map[place]int{}, differ: map[string]int{}, said: map[string]bool{},
	}
	w.first = w.table.Len()
	w.aliases()
	return w
}

// aliases keeps fields addressable by the names of the file.
func (w *writer) aliases() {
	p := w.plan
	for _, c := range slices.Concat(p.runCols, p.ctxCols) {
		w.alias(c.col, c.as)
	}
	w.alias(p.step, data.Step)
	w.alias(p.item, data.Item)
	w.alias(p.epoch, data.Epoch)
}

func (w *writer) alias(col int, as string) {
	if col >= 0 && w.plan.names[col] != as {
		w.to.Alias(w.plan.names[col], as)
	}
}

// take passes on a batch, which starts at the writer's line and has the
// given number of lines.
func (w *writer) take(b *batch, lines int) error {
	w.place(b)
	w.from, w.line = w.line, w.line+lines
	w.faults.merge(&b.faults, w.from)
	w.count(b.votes)
	var err error
	if !w.plan.measures() && !w.extra(b) || w.plan.onlyPredicts() {
		w.last = 0
	} else if w.plan.samples {
		err = w.takeSamples(b)
	} else {
		w.takeSummaries(b)
	}
	for _, p := range b.preds {
		w.predict(p)
	}
	w.resume(b)
	return err
}

// extra tells whether the batch has numbers under keys that the plan does
// not know.
func (w *writer) extra(b *batch) bool { return len(b.block.Columns) > 0 }

// place turns the batch's codes of runs and contexts into the sink's.
func (w *writer) place(b *batch) {
	runs := make([]int32, len(b.runs.cells))
	for i, key := range b.runs.lex.names {
		runs[i] = w.run(key, b.runs.cells[i])
	}
	ctxs := make([]int32, len(b.ctxs.cells))
	for i, key := range b.ctxs.lex.names {
		ctxs[i] = w.context(key, b.ctxs.cells[i])
	}
	for row, c := range b.block.Run {
		b.block.Run[row] = runs[c]
		b.block.Context[row] = ctxs[b.block.Context[row]]
	}
	for i := range b.preds {
		b.preds[i].run, b.preds[i].ctx = runs[b.preds[i].run], ctxs[b.preds[i].ctx]
	}
}

func (w *writer) run(cells string, values []string) int32 {
	if i, ok := w.runs[cells]; ok {
		return i
	}
	fields := w.plan.runFields(values)
	key := w.plan.runKey(fields)
	w.compare(key, fields)
	i := int32(len(w.runs))
	if !w.plan.onlyPredicts() {
		i = w.to.Run(key, fields)
	}
	w.runs[cells], w.keys[i] = i, key
	return i
}

// compare notes a run that has two values of a field which does not tell
// runs apart.
func (w *writer) compare(key string, fields data.Fields) {
	was, ok := w.fields[key]
	if !ok {
		w.fields[key] = maps.Clone(fields)
		return
	}
	for name, v := range fields {
		if was[name] == "" {
			was[name] = v
		} else if was[name] != v && name != data.Status {
			w.differ[name]++
		}
	}
}

func (w *writer) context(cells string, values []string) int32 {
	if i, ok := w.ctxs[cells]; ok {
		return i
	}
	fields := w.plan.ctxFields(values)
	i := int32(len(w.ctxs))
	if !w.plan.onlyPredicts() {
		i = w.to.Context(fields)
	}
	w.ctxs[cells], w.about[i] = i, fields
	return i
}

func (w *writer) takeSamples(b *batch) error {
	if w.plan.pivots() {
		w.joinBatch(b)
	}
	at := w.table.Append(&b.block)
	for _, f := range b.forms {
		w.forms = append(w.forms, pending{f.row + at, f.count, f.others})
	}
	for _, t := range b.texts {
		if err := w.to.Text(at-w.first+t.row, t.part, t.body); err != nil {
			return err
		}
	}
	return nil
}

// at returns the value of a column at a row, NaN where missing.
func (b *batch) at(i, row int) float64 {
	if num := b.block.Columns[i].Num; row < len(num) {
		return num[row]
	}
	return math.NaN()
}

// finish completes what only the whole file tells, and reports.
func (w *writer) finish() {
	w.settleForms()
	w.describe()
	switch {
	case w.table.Len() > w.first, w.plan.onlyPredicts():
	case len(w.fields) > 0:
		w.problem("", "No column holds a measure: the file gives fields to runs only.", 1, false)
	default:
		w.problem("", "No rows could be read; nothing was imported.", 1, true)
	}
	for _, name := range slices.Sorted(maps.Keys(w.differ)) {
		w.problem("", fmt.Sprintf("field %s has several values within one run; the first was kept. Name %s in the mapping's identity if it tells runs apart", name, name), w.differ[name], false)
	}
	w.nameRuns()
	for _, p := range w.faults.problems(w.file.Path, w.unit) {
		w.to.Problem(p)
	}
	w.to.Progress(w.file.Size)
}

func (w *writer) problem(place, text string, count int, bad bool) {
	w.to.Problem(data.Problem{File: w.file.Path, Place: place, Text: text, Count: max(count, 1), Bad: bad})
}

// describe says what is known of the metrics and monitors met.
func (w *writer) describe() {
	for i, id := range w.table.ColumnIDs() {
		if w.said[id.Name] {
			continue
		}
		unknown := math.NaN()
		switch id.Kind {
		case column.K:
			w.to.Metric(data.Metric{Name: id.Name, Lo: 0, Hi: 1, Binary: true})
		case column.Value:
			m := data.Metric{Name: id.Name, Lo: unknown, Hi: unknown}
			if w.plan.samples && w.table.Binary(i, w.first) {
				m.Lo, m.Hi, m.Binary = 0, 1, true
			}
			w.to.Metric(m)
		case column.Score, column.Flag:
			w.to.Monitor(data.Monitor{Name: id.Name, Lo: unknown, Hi: unknown, Threshold: unknown})
		default:
			continue
		}
		w.said[id.Name] = true
	}
}
