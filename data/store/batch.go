package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A batch writes one import within a transaction, in the order in which
// later rows need the ids of earlier ones.
type batch struct {
	*job
	*work

	id       int64
	runs     []int64 // id of each of the sink's runs
	contexts []int64
	segments map[int64]*column.Table
}

func (b *batch) write() error {
	for _, step := range []func() error{
		b.writeImport, b.writeRuns, b.writeContexts, b.writeTables, b.writeMeasures,
		b.writePredictions, b.writeTexts, b.writeProblems,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return deriveEntities(b.work, b.id)
}

func (b *batch) writeImport() (err error) {
	rows := b.report.Samples + b.report.Counts + b.report.Summaries
	b.id, err = b.insert(`INSERT INTO import (path, location, identity, format, mapping, sha256, subject, bytes, rows, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		b.f.Path, b.location, b.sink.identity, b.format.Name(), b.mapping, b.sum, b.sink.subject(), b.size, rows, b.s.stamp())
	b.report.Import = b.id
	return err
}

// writeRuns finds or makes the file's runs and adds what it says of them.
func (b *batch) writeRuns() error {
	for _, draft := range b.sink.runs {
		fields := canonical(draft.fields)
		id, known, err := b.run(draft, fields)
		if err != nil {
			return err
		}
		b.runs = append(b.runs, id)
		if err := b.exec(`INSERT INTO import_run (import_id, run_id, fields) VALUES (?, ?, ?)`, b.id, id, fields); err != nil {
			return err
		}
		if !known {
			b.report.NewRuns++
			continue
		}
		if err := b.mergeFields(id, draft); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) run(draft runDraft, fields string) (id int64, known bool, err error) {
	err = b.get(&id, `SELECT id FROM run WHERE key = ?`, draft.key)
	if err != sql.ErrNoRows {
		return id, true, err
	}
	name, err := nameRun(b.work, draft)
	if err != nil {
		return 0, false, err
	}
	id, err = b.insert(`INSERT INTO run (key, name, fields) VALUES (?, ?, ?)`, draft.key, name, fields)
	return id, false, err
}

// mergeFields sets a run's fields to what all its imports say, and tells
// where this import says otherwise than the ones before.
func (b *batch) mergeFields(run int64, draft runDraft) error {
	merged, before, err := mergedFields(b.work, run, b.id)
	if err != nil {
		return err
	}
	for _, field := range slices.Sorted(maps.Keys(draft.fields)) {
		if was, ok := before[field]; ok && was != draft.fields[field] && field != data.Source && field != data.Status {
			b.sink.Problem(data.Problem{Place: draft.key, Text: fmt.Sprintf("%s of a run is another than an earlier file says; the later is used", field)})
		}
	}
	return b.exec(`UPDATE run SET fields = ? WHERE id = ?`, canonical(merged), run)
}

func (b *batch) writeContexts() error {
	for _, fields := range b.sink.contexts {
		var id int64
		err := b.get(&id, `INSERT INTO context (fields) VALUES (?) ON CONFLICT (fields) DO UPDATE SET fields = fields RETURNING id`, fields)
		if err != nil {
			return err
		}
		if err := b.exec(`INSERT INTO import_context (import_id, context_id) VALUES (?, ?)`, b.id, id); err != nil {
			return err
		}
		b.contexts = append(b.contexts, id)
	}
	return nil
}

// writeTables keeps the tables in pieces, and sums them up.
func (b *batch) writeTables() error {
	b.segments = map[int64]*column.Table{}
	for _, t := range b.tables {
		if err := b.place(t); err != nil {
			return err
		}
		id, err := b.insert(`INSERT INTO segment (import_id, attempts, rows) VALUES (?, ?, ?)`, b.id, t.Attempts, t.Len())
		if err != nil {
			return err
		}
		b.segments[id] = t
		if err := b.writeParts(id, t); err != nil {
			return err
		}
		if err := b.writeRollup(t); err != nil {
			return err
		}
	}
	return nil
}

// place makes the cells refer to the study's runs and contexts.
func (b *batch) place(t *column.Table) error {
	t.Import = b.id
	for i := range t.Cells {
		c := &t.Cells[i]
		if int(c.Run) >= len(b.runs) || int(c.Context) >= len(b.contexts) || c.Run < 0 || c.Context < 0 {
			return fmt.Errorf("%s: the format %s refers to a run or context that it never declared", b.f.Path, b.format.Name())
		}
		run, ctx := b.runs[c.Run], b.contexts[c.Context]
		if max(run, ctx) > math.MaxInt32 {
			return invalid("the study has seen more runs than it can tell apart; start a new one")
		}
		c.Run, c.Context = int32(run), int32(ctx)
	}
	return nil
}

func (b *batch) writeParts(segment int64, t *column.Table) error {
	for p := range t.Parts() {
		if err := b.exec(`INSERT INTO segment_column (segment_id, position, chunk, name, kind, body) VALUES (?, ?, ?, ?, ?, ?)`,
			segment, p.Position, p.Chunk, p.Name, p.Kind, p.Body); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) writeMeasures() error {
	for _, name := range slices.Sorted(maps.Keys(b.sink.metrics)) {
		m := b.sink.metrics[name]
		if err := b.exec(`INSERT INTO metric (import_id, name, lo, hi, better, is_binary) VALUES (?, ?, ?, ?, ?, ?)`,
			b.id, name, num(m.Lo), num(m.Hi), m.Better, m.Binary); err != nil {
			return err
		}
	}
	for _, original := range slices.Sorted(maps.Keys(b.sink.aliases)) {
		if err := b.exec(`INSERT INTO alias (import_id, original, field) VALUES (?, ?, ?)`, b.id, original, b.sink.aliases[original]); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(b.sink.monitors)) {
		if err := b.monitor(b.sink.monitors[name]); err != nil {
			return err
		}
	}
	return nil
}

// monitor adds what is known of a monitor to what was known before.
func (b *batch) monitor(m data.Monitor) error {
	var id int64
	err := b.get(&id, `INSERT INTO monitor (name, kind, scope, oversight, model, lo, hi, threshold, trained_against)
		VALUES (?1, nullif(?2, ''), nullif(?3, ''), nullif(?4, ''), nullif(?5, ''), ?6, ?7, ?8, ?9)
		ON CONFLICT (name) DO UPDATE SET kind = coalesce(excluded.kind, kind), scope = coalesce(excluded.scope, scope),
			oversight = coalesce(excluded.oversight, oversight), model = coalesce(excluded.model, model),
			lo = coalesce(excluded.lo, lo), hi = coalesce(excluded.hi, hi), threshold = coalesce(excluded.threshold, threshold),
			trained_against = max(excluded.trained_against, coalesce(trained_against, 0))
		RETURNING id`,
		m.Name, m.Kind, m.Scope, m.Oversight, m.Model, num(m.Lo), num(m.Hi), num(m.Threshold), m.TrainedAgainst)
	if err != nil {
		return err
	}
	if err := b.exec(`INSERT INTO import_monitor (import_id, monitor_id) VALUES (?, ?)`, b.id, id); err != nil {
		return err
	}
	if !m.TrainedAgainst {
		return nil
	}
	return b.exec(`INSERT INTO monitor_use (run_id, monitor_id, trained_against)
		SELECT run_id, ?, 1 FROM import_run WHERE import_id = ? ON CONFLICT DO UPDATE SET trained_against = 1`, id, b.id)
}

func (b *batch) writePredictions() error {
	for _, p := range b.sink.predictions {
		if _, err := insertPrediction(b.work, b.id, p); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) writeProblems() error {
	for _, p := range b.sink.problems.list() {
		if p.File != b.f.Path { // a format that reads several files at once
			p.Place = strings.TrimSpace(p.File + " " + p.Place)
		}
		if err := b.exec(`INSERT INTO problem (import_id, place, text, count, bad) VALUES (?, ?, ?, ?, ?)`,
			b.id, p.Place, p.Text, cmp.Or(p.Count, 1), p.Bad); err != nil {
			return err
		}
	}
	return nil
}

// num returns a number as SQLite keeps it: NULL where there is none.
func num(v float64) any {
	if v != v {
		return nil
	}
	return v
}

// orNaN returns the number that num kept.
func orNaN(v sql.NullFloat64) float64 {
	if !v.Valid {
		return math.NaN()
	}
	return v.Float64
}
