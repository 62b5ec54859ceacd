package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
)

// A cache has the numbers of the last revision that was asked for. Tables
// never change, so a new revision loads only those of new imports.
type cache struct {
	set    *column.Set
	index  *estimate.Index         // nil until asked for
	tables map[int64]*column.Table // by segment; cells have ids of runs and contexts
}

// set returns the cached set if the study is still of its revision, and else
// loads what is new. The caller has borrowed the cache.
func (s *Store) set(ctx context.Context) (*column.Set, error) {
	tx, err := s.readers.BeginTx(ctx, nil) // one state of the file throughout
	if err != nil {
		return nil, s.plain(ctx, err)
	}
	defer tx.Rollback()
	l := &loader{ctx: ctx, tx: tx, set: &column.Set{Search: s.Search}}
	if err := l.revision(); err != nil {
		return nil, s.plain(ctx, err)
	}
	if s.cache.set != nil && s.cache.set.Revision == l.set.Revision {
		return s.cache.set, nil
	}
	l.have = s.cache.tables
	if err := l.load(); err != nil {
		return nil, s.plain(ctx, err)
	}
	s.cache = cache{set: l.set, tables: l.tables}
	return l.set, nil
}

// keep adds tables that were just written, if the others are in memory.
func (s *Store) keep(tables map[int64]*column.Table) {
	<-s.loading
	defer s.giveBack()
	if s.cache.set != nil {
		s.cache.tables = maps.Clone(s.cache.tables)
		maps.Copy(s.cache.tables, tables)
	}
}

// A loader makes a Set from one state of the file.
type loader struct {
	ctx    context.Context
	tx     *sql.Tx
	set    *column.Set
	have   map[int64]*column.Table // loaded before
	tables map[int64]*column.Table

	runAt, contextAt map[int32]int32 // id → index in the set
}

func (l *loader) revision() error {
	return l.tx.QueryRowContext(l.ctx, `SELECT revision FROM study`).Scan(&l.set.Revision)
}

func (l *loader) load() error {
	for _, step := range []func() error{l.runs, l.contexts, l.aliases, l.metrics, l.monitors, l.predictions, l.segments} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) each(scan func(*sql.Rows) error, query string, args ...any) error {
	return each(l.tx.QueryContext, l.ctx, scan, query, args...)
}

func (l *loader) runs() error {
	l.runAt = map[int32]int32{}
	return l.each(func(r *sql.Rows) error {
		var run column.Run
		if err := r.Scan(&run.ID, &run.Key, &run.Name, scanFields(&run.Fields), &run.SetAside); err != nil {
			return err
		}
		l.runAt[int32(run.ID)] = int32(len(l.set.Runs))
		l.set.Runs = append(l.set.Runs, run)
		return nil
	}, `SELECT id, key, name, fields, set_aside FROM run ORDER BY id`)
}

func (l *loader) contexts() error {
	l.contextAt = map[int32]int32{}
	return l.each(func(r *sql.Rows) error {
		var c column.Context
		if err := r.Scan(&c.ID, scanFields(&c.Fields)); err != nil {
			return err
		}
		l.contextAt[int32(c.ID)] = int32(len(l.set.Contexts))
		l.set.Contexts = append(l.set.Contexts, c)
		return nil
	}, `SELECT id, fields FROM context ORDER BY id`)
}

func (l *loader) aliases() error {
	l.set.Aliases = map[string]string{}
	return l.each(func(r *sql.Rows) error {
		var original, field string
		if err := r.Scan(&original, &field); err != nil {
			return err
		}
		l.set.Aliases[original] = field
		return nil
	}, `SELECT original, field FROM alias ORDER BY import_id`)
}

func (l *loader) metrics() error {
	l.set.Metrics = map[string]data.Metric{}
	return l.each(func(r *sql.Rows) error {
		var m data.Metric
		var lo, hi sql.NullFloat64
		if err := r.Scan(&m.Name, &lo, &hi, &m.Better, &m.Binary); err != nil {
			return err
		}
		m.Lo, m.Hi = orNaN(lo), orNaN(hi)
		old, known := l.set.Metrics[m.Name]
		l.set.Metrics[m.Name] = mergeMetric(old, m, known)
		return nil
	}, `SELECT name, lo, hi, better, is_binary FROM metric ORDER BY import_id`)
}

func (l *loader) monitors() error {
	l.set.Monitors = map[string]data.Monitor{}
	return l.each(func(r *sql.Rows) error {
		var m data.Monitor
		var lo, hi, threshold sql.NullFloat64
		if err := r.Scan(&m.Name, &m.Kind, &m.Scope, &m.Oversight, &m.Model, &lo, &hi, &threshold, &m.TrainedAgainst); err != nil {
			return err
		}
		m.Lo, m.Hi, m.Threshold = orNaN(lo), orNaN(hi), orNaN(threshold)
		l.set.Monitors[m.Name] = m
		return nil
	}, `SELECT name, coalesce(kind, ''), coalesce(scope, ''), coalesce(oversight, ''), coalesce(model, ''),
		lo, hi, threshold, coalesce(trained_against, 0) FROM monitor`)
}

// A segment is a table as the file lists it.
type segment struct {
	id, importID int64
	attempts     bool
	rows, chunks int
}

func (l *loader) listSegments() (list []segment, err error) {
	err = l.each(func(r *sql.Rows) error {
		var g segment
		err := r.Scan(&g.id, &g.importID, &g.attempts, &g.rows, &g.chunks)
		list = append(list, g)
		return err
	}, `SELECT id, import_id, attempts, rows, (SELECT coalesce(max(chunk), -1) + 1 FROM segment_column c WHERE c.segment_id = s.id)
		FROM segment s ORDER BY import_id, attempts DESC`)
	return list, err
}

func (l *loader) segments() error {
	list, err := l.listSegments()
	if err != nil {
		return err
	}
	l.tables = map[int64]*column.Table{}
	for _, g := range list {
		t := l.have[g.id]
		if t == nil {
			if t, err = l.segment(g); err != nil {
				return err
			}
		}
		l.tables[g.id] = t
		if t, err = l.placed(t); err != nil {
			return err
		}
		l.set.Tables = append(l.set.Tables, t)
	}
	return nil
}

// segment puts a table together from its pieces.
func (l *loader) segment(g segment) (*column.Table, error) {
	const perChunk = 64 << 10
	if g.rows < 0 || g.rows > g.chunks*perChunk {
		return nil, &Error{Kind: Corrupt, Text: fmt.Sprintf("the numbers of import %d are cut off; check the study, and import that file again", g.importID)}
	}
	d := column.NewDecoder(g.attempts, g.rows)
	err := l.each(func(r *sql.Rows) error {
		var p column.Part
		var body sql.RawBytes
		if err := r.Scan(&p.Position, &p.Chunk, &p.Name, &p.Kind, &body); err != nil {
			return err
		}
		p.Body = body
		return d.Add(p)
	}, `SELECT position, chunk, name, kind, body FROM segment_column WHERE segment_id = ? ORDER BY position, chunk`, g.id)
	if err != nil {
		return nil, damaged(g, err)
	}
	t, err := d.Table()
	if err != nil {
		return nil, damaged(g, err)
	}
	t.Import = g.importID
	return t, nil
}

func damaged(g segment, err error) error {
	if kindOf(err) != "" {
		return err
	}
	return &Error{Kind: Corrupt, Text: fmt.Sprintf("import %d: %v; forget that import and import its file again", g.importID, err), Err: err}
}

// placed returns the table with cells that index the set's runs and contexts.
func (l *loader) placed(t *column.Table) (*column.Table, error) {
	out := *t
	out.Cells = make([]column.Cell, len(t.Cells))
	for i, c := range t.Cells {
		run, ok := l.runAt[c.Run]
		ctx, ok2 := l.contextAt[c.Context]
		if !ok || !ok2 {
			return nil, &Error{Kind: Corrupt, Text: fmt.Sprintf("the numbers of import %d belong to a run that is not there; forget that import and import its file again", t.Import)}
		}
		c.Run, c.Context = run, ctx
		out.Cells[i] = c
	}
	return &out, nil
}

// scanFields reads fields from their JSON.
func scanFields(f *data.Fields) sql.Scanner { return jsonInto[data.Fields]{f} }

// jsonInto is a value that a column keeps as JSON.
type jsonInto[T any] struct{ to *T }

func (j jsonInto[T]) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return json.Unmarshal([]byte(v), j.to)
	case []byte:
		return json.Unmarshal(v, j.to)
	}
	return fmt.Errorf("no JSON but %T", v)
}
