package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"

	"witnessmark/data"
)

// Forget takes an import back: its numbers, texts, problems and predictions,
// and the runs that no other import knows. Styles, labels and saved views
// stay. It returns an error of kind Missing when there is no such import.
func (s *Store) Forget(ctx context.Context, importID int64) error {
	return s.changeData(ctx, func(tx *sql.Tx) error {
		if err := dropImport(ctx, tx, importID); err != nil {
			return err
		}
		return tidy(ctx, tx)
	})
}

// dropImport deletes an import. What it alone had of runs is still there
// until tidy.
func dropImport(ctx context.Context, tx *sql.Tx, id int64) error {
	var runs []int64
	if err := each(tx.QueryContext, ctx, scanInto(&runs), `SELECT run_id FROM import_run WHERE import_id = ?`, id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM sample_search WHERE rowid IN (SELECT id FROM sample_text WHERE import_id = ?)`, id); err != nil {
		return err
	}
	r, err := tx.ExecContext(ctx, `DELETE FROM import WHERE id = ?`, id)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return orElse(err, &Error{Kind: Missing, Text: fmt.Sprintf("the study has no import %d; it may have been removed already", id)})
	}
	for _, run := range runs {
		fields, _, err := mergedFields(ctx, tx, run, 0)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE run SET fields = ? WHERE id = ?`, canonical(fields), run); err != nil {
			return err
		}
	}
	return nil
}

// tidy removes what nothing refers to anymore.
func tidy(ctx context.Context, tx *sql.Tx) error {
	for _, query := range []string{
		`DELETE FROM run WHERE id NOT IN (SELECT run_id FROM import_run)`,
		`DELETE FROM checkpoint WHERE NOT EXISTS (SELECT 1 FROM rollup u WHERE u.run_id = checkpoint.run_id AND u.step = checkpoint.step)`,
		`DELETE FROM monitor WHERE id NOT IN (SELECT monitor_id FROM import_monitor)`,
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// mergedFields returns a run's fields, later imports over earlier ones, and
// the same without the given import. The first source stays.
func mergedFields(ctx context.Context, tx *sql.Tx, run, without int64) (all, before data.Fields, err error) {
	all, before = data.Fields{}, data.Fields{}
	err = each(tx.QueryContext, ctx, func(r *sql.Rows) error {
		var id int64
		var text string
		if err := r.Scan(&id, &text); err != nil {
			return err
		}
		fields := data.Fields{}
		if err := json.Unmarshal([]byte(text), &fields); err != nil {
			return err
		}
		if source, ok := all[data.Source]; ok {
			fields[data.Source] = source
		}
		maps.Copy(all, fields)
		if id != without {
			maps.Copy(before, fields)
		}
		return nil
	}, `SELECT import_id, fields FROM import_run WHERE run_id = ? ORDER BY import_id`, run)
	return all, before, err
}

func scanInto[T any](to *[]T) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var v T
		err := r.Scan(&v)
		*to = append(*to, v)
		return err
	}
}
