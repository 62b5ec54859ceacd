package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"witnessmark/data"
	"witnessmark/data/column"
)

// Export writes everything into a folder, which it makes if need be: a CSV
// and a Parquet file for each kind of entity and each grain of numbers. It
// returns the names of the files. Files of these names are replaced once the
// new ones are complete. Texts that a spreadsheet would run as a formula
// begin with ' in CSV.
func (s *Store) Export(ctx context.Context, dir string) (files []string, err error) {
	set, err := s.Set(ctx)
	if err != nil {
		return nil, err
	}
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return nil, s.plain(ctx, err)
	}
	defer tx.Rollback()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, s.exportError(ctx, dir, err)
	}
	for _, sh := range (exporter{ctx, tx, set}).sheets() {
		for _, form := range []struct {
			ending string
			write  func(io.Writer) error
		}{{".csv", sh.writeCSV}, {".parquet", sh.writeParquet}} {
			if err := replace(filepath.Join(dir, sh.name+form.ending), form.write); err != nil {
				return files, s.exportError(ctx, dir, err)
			}
			files = append(files, sh.name+form.ending)
		}
	}
	return files, nil
}

// exportError says whether it was the study that could not be read or the
// folder that could not be written.
func (s *Store) exportError(ctx context.Context, dir string, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case codeOf(err) != 0 || IsKind(err, Corrupt):
		return plain(s.path, err)
	case errors.Is(err, syscall.ENOSPC):
		return &Error{Kind: Full, Path: dir, Text: "no room left on the disk; the files that are there are complete; make room, then export again", Err: err}
	}
	return &Error{Kind: Refused, Path: dir, Text: "cannot write into this folder; check its permissions, or choose another", Err: err}
}

// replace writes a file under another name first.
func replace(path string, write func(io.Writer) error) error {
	draft, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	if err := errors.Join(write(draft), draft.Close()); err != nil {
		return err
	}
	if err := os.Chmod(draft.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

// An exporter makes the sheets of one state of a study.
type exporter struct {
	ctx context.Context
	tx  *sql.Tx
	set *column.Set
}

// queries are the sheets that tables of the study already are, or nearly.
var queries = []struct{ name, query string }{
	{"study", `SELECT name, question, preregistered, prereg_url, notes, created_at, revision FROM study`},
	{"imports", `SELECT id, path, format, identity, mapping, lower(hex(sha256)) AS sha256, bytes, rows, at FROM import ORDER BY id`},
	{"problems", `SELECT p.import_id AS import, i.path AS file, p.place, p.text, p.count, p.bad, p.settled FROM problem p JOIN import i ON i.id = p.import_id ORDER BY p.id`},
	{"conditions", `SELECT c.label, c.short, t.text AS train_prompt, t.family, g.text AS generation_prompt, c.intervention, c.is_baseline, c.undesired_fraction,
		(SELECT role FROM style s WHERE s.field = 'condition' AND s.value = c.label) AS role
		FROM condition c LEFT JOIN prompt t ON t.id = c.train_prompt_id LEFT JOIN prompt g ON g.id = c.generation_prompt_id ORDER BY c.id`},
	{"prompts", `SELECT id, role, family, text, sha256, elicitation_rate, elicitation_n FROM prompt ORDER BY id`},
	{"metrics", `SELECT import_id AS import, name, lo, hi, better, is_binary FROM metric ORDER BY name, import_id`},
	{"monitors", `SELECT name, kind, scope, oversight, model, lo, hi, threshold, trained_against FROM monitor ORDER BY name`},
	{"rollup", `SELECT run, condition, seed, eval, eval_prompt, grader, step, grain, kind, name, n, k, mean, sd, min, max, missing, unknown, excluded FROM results`},
	{"predictions", `SELECT model, run, condition, eval, eval_prompt, metric, pattern, quantity, step, deployment_t AS deployment, p, lo, hi, distribution_json AS distribution, author, made_at, locked_at, hash FROM prediction ORDER BY id`},
	{"models", `SELECT name, version, kind, graph_json AS graph, params_json AS params, source FROM motivation_model ORDER BY name, version`},
	{"contrasts", `SELECT name, a, b, eval, metric, paired_by, hypothesis, margin, confirmatory, expected, at FROM contrast ORDER BY id`},
	{"ledger", `SELECT question, confirmatory, times, first_at, last_at FROM ledger ORDER BY first_at, question`},
	{"views", `SELECT name, state_json AS state, at FROM saved_view ORDER BY name`},
	{"figures", `SELECT b.name AS board, f.position, f.recipe, f.title, f.caption, f.state_json AS state, f.revision, f.numbers, f.at
		FROM board b JOIN figure f ON f.board_id = b.id ORDER BY b.id, f.position`},
	{"styles", `SELECT field, value, role, marker, chosen FROM style ORDER BY field, rowid`},
	{"labels", `SELECT sample, name, value, author, note, blind, at FROM label ORDER BY name, sample`},
	{"aliases", `SELECT import_id AS import, original, field FROM alias ORDER BY import_id, original`},
}

func (e exporter) sheets() []sheet {
	out := []sheet{e.runs(), e.contexts(), e.samples(), e.counts(), e.summaries(), e.texts()}
	for _, q := range queries {
		out = append(out, e.query(q.name, q.query))
	}
	return out
}

// query makes a sheet of a query; its columns are known once it runs.
func (e exporter) query(name, query string) sheet {
	s := sheet{name: name}
	types, err := e.types(query)
	if err != nil {
		s.rows = func(func([]any) error) error { return err }
		return s
	}
	s.columns = types
	s.rows = func(yield func([]any) error) error {
		cells, to := make([]any, len(types)), make([]any, len(types))
		for i := range cells {
			to[i] = &cells[i]
		}
		return each(e.tx.QueryContext, e.ctx, func(r *sql.Rows) error {
			if err := r.Scan(to...); err != nil {
				return err
			}
			for i := range cells {
				cells[i] = asKind(cells[i], types[i].kind)
			}
			return yield(cells)
		}, query)
	}
	return s
}

func (e exporter) types(query string) (out []sheetColumn, err error) {
	rows, err := e.tx.QueryContext(e.ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	for _, t := range types {
		kind := textCell
		switch t.DatabaseTypeName() {
		case "REAL":
			kind = numberCell
		case "INTEGER":
			kind = wholeCell
		}
		out = append(out, sheetColumn{t.Name(), kind})
	}
	return out, err
}

// asKind makes a value of the database a cell of that kind.
func asKind(v any, kind cellKind) any {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case int64:
		if kind == numberCell {
			return float64(v)
		}
		return v
	}
	return v
}

func (e exporter) runs() sheet {
	var all []data.Fields
	for _, r := range e.set.Runs {
		all = append(all, r.Fields)
	}
	fields := fieldNames(all)
	s := sheet{name: "runs", columns: append([]sheetColumn{{"id", wholeCell}, {"name", textCell}, {"key", textCell}, {"set_aside", wholeCell}},
		textColumns(unique(append([]string{data.Source}, fields...), "id", "name", "key", "set_aside")...)...)}
	s.rows = func(yield func([]any) error) error {
		for _, r := range e.set.Runs {
			aside := int64(0)
			if r.SetAside {
				aside = 1
			}
			cells := appendFields([]any{r.ID, r.Name, r.Key, aside}, r.Fields, append([]string{data.Source}, fields...))
			if err := yield(cells); err != nil {
				return err
			}
		}
		return nil
	}
	return s
}

func (e exporter) contexts() sheet {
	var all []data.Fields
	for _, c := range e.set.Contexts {
		all = append(all, c.Fields)
	}
	fields := fieldNames(all)
	s := sheet{name: "contexts", columns: append([]sheetColumn{{"id", wholeCell}}, textColumns(unique(fields, "id")...)...)}
	s.rows = func(yield func([]any) error) error {
		for _, c := range e.set.Contexts {
			if err := yield(appendFields([]any{c.ID}, c.Fields, fields)); err != nil {
				return err
			}
		}
		return nil
	}
	return s
}

// unique returns names that differ from one another and from those taken.
func unique(names []string, taken ...string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		for slices.Contains(taken, n) {
			n += "_"
		}
		out[i], taken = n, append(taken, n)
	}
	return out
}

// appendFields adds a cell a field, nil where a row does not have it.
func appendFields(cells []any, f data.Fields, names []string) []any {
	for _, n := range names {
		cells = append(cells, orNil(f[n]))
	}
	return cells
}

// orNil is the text, or nothing where it is empty.
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}
