package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"

	"witnessmark/data"
)

// Forget takes an import back: its numbers, texts, problems and predictions,
// and the runs that no other import knows. Styles, labels and saved views
// stay. It returns an error of kind Missing when there is no such import, and
// of kind Invalid when it brought predictions that have been locked since:
// they stay, and it stays with them.
func (s *Store) Forget(ctx context.Context, importID int64) error {
	return s.changeData(ctx, func(w *work) error {
		if err := dropImport(w, importID); err != nil {
			return err
		}
		return tidy(w)
	})
}

// dropImport deletes an import. What it alone had of runs is still there
// until tidy.
func dropImport(w *work, id int64) error {
	var locked []int
	if err := w.each(scanInto(&locked), `SELECT count(*) FROM prediction WHERE import_id = ? AND locked_at IS NOT NULL`, id); err != nil {
		return err
	}
	if locked[0] > 0 {
		return invalid("%d predictions of this import are locked, and stay; so the import stays with them", locked[0])
	}
	var runs []int64
	if err := w.each(scanInto(&runs), `SELECT run_id FROM import_run WHERE import_id = ?`, id); err != nil {
		return err
	}
	if err := w.exec(`DELETE FROM sample_search WHERE rowid IN (SELECT id FROM sample_text WHERE import_id = ?)`, id); err != nil {
		return err
	}
	if err := w.changeOne("import", id, `DELETE FROM import WHERE id = ?`, id); err != nil {
		return err
	}
	for _, run := range runs {
		fields, _, err := mergedFields(w, run, 0)
		if err != nil {
			return err
		}
		if err := w.exec(`UPDATE run SET fields = ? WHERE id = ?`, canonical(fields), run); err != nil {
			return err
		}
	}
	return nil
}

// changeOne is exec for a statement that changes the row of that id. The
// error is of kind Missing when there is none.
func (w *work) changeOne(what string, id int64, query string, args ...any) error {
	var n int64
	r, err := w.tx.ExecContext(w.ctx, query, args...)
	if err == nil {
		n, err = r.RowsAffected()
	}
	if err == nil && n == 0 {
		err = &Error{Kind: Missing, Text: fmt.Sprintf("the study has no %s %d; it may have been removed", what, id)}
	}
	return err
}

// tidy removes what nothing refers to anymore. What a person said stays.
func tidy(w *work) error {
	for _, query := range []string{
		`DELETE FROM run WHERE id NOT IN (SELECT run_id FROM import_run)`,
		`DELETE FROM checkpoint WHERE NOT EXISTS (SELECT 1 FROM rollup u WHERE u.run_id = checkpoint.run_id AND u.step = checkpoint.step)`,
		`DELETE FROM monitor WHERE id NOT IN (SELECT monitor_id FROM import_monitor)`,
		`DELETE FROM context WHERE id NOT IN (SELECT context_id FROM import_context)`,
		`DELETE FROM condition WHERE id NOT IN (SELECT condition_id FROM run WHERE condition_id IS NOT NULL)`,
		`DELETE FROM prompt WHERE elicitation_rate IS NULL AND id NOT IN (
			SELECT train_prompt_id FROM run WHERE train_prompt_id IS NOT NULL
			UNION SELECT generation_prompt_id FROM run WHERE generation_prompt_id IS NOT NULL
			UNION SELECT train_prompt_id FROM condition WHERE train_prompt_id IS NOT NULL
			UNION SELECT generation_prompt_id FROM condition WHERE generation_prompt_id IS NOT NULL
			UNION SELECT eval_prompt_id FROM context WHERE eval_prompt_id IS NOT NULL
			UNION SELECT parent_prompt_id FROM prompt WHERE parent_prompt_id IS NOT NULL)`,
	} {
		if err := w.exec(query); err != nil {
			return err
		}
	}
	return nil
}

// mergedFields returns a run's fields, later imports over earlier ones, and
// the same without the given import. The first source stays.
func mergedFields(w *work, run, without int64) (all, before data.Fields, err error) {
	all, before = data.Fields{}, data.Fields{}
	err = w.each(func(r *sql.Rows) error {
		var id int64
		fields := data.Fields{}
		if err := r.Scan(&id, scanFields(&fields)); err != nil {
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
