package estimate

import (
	"context"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A Checkpoint is what a monitor said of the samples of one run, evaluation
// and step, with the truth. The slices are nil or have one entry a sample, in
// the same order. They may be parts of the study's own columns: they must not
// be changed.
type Checkpoint struct {
	Keys  []frame.Key // run, condition, seed, eval, grader …, step: those that there are
	Step  float64     // NaN where there is none
	Score []float64   // NaN where missing
	Flag  []uint8     // 0, 1, column.Unknown or column.Missing
	Truth []uint8     // 0, 1 or column.Missing
	Item  []int32     // index into Items; −1 where none
	Items []string
}

// Len returns the number of samples.
func (c Checkpoint) Len() int { return max(len(c.Score), len(c.Flag), len(c.Truth)) }

// Key returns the value of a key field, "" where there is none.
func (c Checkpoint) Key(field string) string {
	for _, k := range c.Keys {
		if k.Field == field {
			return k.Value
		}
	}
	return ""
}

// Scores returns, for each run, evaluation and step within the window, what
// the monitor said of the samples that the filter lets through and that are
// not excluded, beside the measure that says the truth ("" for none).
// Checkpoints without a score and flag are left out. Errors are
// *UnknownError, or ctx.Err when canceled.
func (x *Index) Scores(ctx context.Context, q query.Query, monitor, truth string) ([]Checkpoint, error) {
	p, err := x.plan(query.Query{Where: q.Where, Steps: q.Steps})
	if err != nil {
		return nil, err
	}
	truthID, ok := x.byName[truth]
	if truth != "" && !ok {
		return nil, x.unknownMeasure(truth)
	}
	score, hasScore := x.byName[monitor+".score"]
	flag, hasFlag := x.byName[monitor+".flag"]
	if !hasScore && !hasFlag {
		return nil, &UnknownError{What: "monitor", Name: monitor, Near: near(monitor, x.monitors())}
	}
	s, err := p.scan(ctx)
	if err != nil {
		return nil, err
	}
	if !hasScore {
		score = -1
	}
	if !hasFlag {
		flag = -1
	}
	if truth == "" {
		truthID = -1
	}
	c := collector{scan: s, score: score, flag: flag, truth: truthID}
	for _, run := range s.runs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c.add(run)
	}
	return c.out, nil
}

func (x *Index) monitors() []string {
	seen := map[string]bool{}
	for _, m := range x.measures {
		if m.Monitor != "" {
			seen[m.Monitor] = true
		}
	}
	return sortedKeys(seen)
}

// A collector gathers checkpoints; the numbers are measures, −1 for none.
type collector struct {
	*scan
	score, flag, truth int
	out                []Checkpoint
}

func (c *collector) add(run int32) {
	var steps []int32
	for _, at := range c.x.cells[run] {
		if n := len(steps); c.monitored(at) && (n == 0 || steps[n-1] != at.step) {
			steps = append(steps, at.step)
		}
	}
	within := c.window(steps)
	c.cellsOf(run, func(at cell, mask int32) {
		if c.monitored(at) && within(at.step) {
			c.out = append(c.out, c.checkpoint(run, at, mask))
		}
	})
}

// monitored tells whether the monitor said anything of a cell's samples.
func (c *collector) monitored(at cell) bool {
	t := &c.x.tables[at.table]
	for _, id := range []int{c.score, c.flag} {
		if col, ok := t.samples[id]; ok {
			if col.byCell[at.at].n > 0 || col.Kind == column.Flag {
				return true
			}
		}
	}
	return false
}

func (c *collector) checkpoint(run int32, at cell, mask int32) Checkpoint {
	t := &c.x.tables[at.table]
	rows := c.chosenRows(at, mask)
	place := t.Cells[at.at]
	out := Checkpoint{Keys: c.keysOf(run, at), Step: c.x.steps[at.step], Items: t.Items}
	from, to := int(place.From), int(place.To)
	if col, ok := t.samples[c.score]; ok {
		out.Score = cut(col.Num, col.Code, rows, from, to, func(row int) float64 { return col.At(row) })
	}
	if col, ok := t.samples[c.flag]; ok {
		out.Flag = cut(col.Code, col.Num, rows, from, to, func(row int) uint8 { return verdict(col.Column, row) })
	}
	if col, ok := t.samples[c.truth]; ok {
		out.Truth = cut(col.Code, col.Num, rows, from, to, func(row int) uint8 { return verdict(col.Column, row) })
	}
	if t.Item != nil {
		out.Item = cut[int32, byte](t.Item, nil, rows, from, to, func(row int) int32 { return t.Item[row] })
	}
	return out
}

// chosenRows lists the rows of a cell to be copied; nil to take all as they
// stand.
func (c *collector) chosenRows(at cell, mask int32) []int32 {
	t := &c.x.tables[at.table]
	if mask < 0 && (t.excluded == nil || t.excluded[at.at] == 0) {
		return nil
	}
	rows := []int32{}
	c.rows(ref{table: at.table, cell: at.at, mask: mask}, func(row int) { rows = append(rows, int32(row)) })
	return rows
}

// cut returns the values of rows, or all from from to to: as they stand if
// they are of the type wanted, else one by one.
func cut[T, U any](own []T, other []U, rows []int32, from, to int, value func(row int) T) []T {
	if own != nil && rows == nil {
		return own[from:to:to]
	}
	if rows == nil {
		out := make([]T, to-from)
		for i := range out {
			out[i] = value(from + i)
		}
		return out
	}
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = value(int(row))
	}
	return out
}

// verdict is a flag or truth as a byte; numbers that are neither 0 nor 1 are
// missing.
func verdict(col *column.Column, row int) uint8 {
	if col.Code != nil {
		return col.Code[row]
	}
	switch col.Num[row] {
	case 0:
		return 0
	case 1:
		return 1
	}
	return column.Missing
}

func (c *collector) keysOf(run int32, at cell) []frame.Key {
	var out []frame.Key
	for _, name := range []string{data.Run, data.Condition, data.Seed, data.Eval, data.EvalPrompt, data.Grader} {
		if f := c.x.fields[name]; f.at(run, at.context) != 0 {
			out = append(out, frame.Key{Field: name, Value: f.dict[f.at(run, at.context)].Text})
		}
	}
	if step := c.x.stepText[at.step]; step.Text != "" {
		out = append(out, frame.Key{Field: data.Step, Value: step.Text})
	}
	return out
}
