package store

import (
	"context"
	"database/sql"
	"encoding/json"
)

// An About says what a study is for.
type About struct {
	Name, Question, Notes string
	Preregistered         bool
	PreregURL             string
	CreatedAt             string // RFC 3339, UTC
}

// About returns what the study is for.
func (s *Store) About(ctx context.Context) (a About, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT name, question, notes, preregistered, prereg_url, created_at FROM study`).
		Scan(&a.Name, &a.Question, &a.Notes, &a.Preregistered, &a.PreregURL, &a.CreatedAt)
	return a, s.plain(ctx, err)
}

// SetAbout says what the study is for. CreatedAt is left as it is.
func (s *Store) SetAbout(ctx context.Context, a About) error {
	return s.exec(ctx, `UPDATE study SET name = ?, question = ?, notes = ?, preregistered = ?, prereg_url = ?`,
		a.Name, a.Question, a.Notes, a.Preregistered, a.PreregURL)
}

// exec runs one statement as a change that no answer depends on.
func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	return s.change(ctx, func(w *work) error { return w.exec(query, args...) })
}

// list runs a query and collects what scan makes of each row.
func list[T any](ctx context.Context, s *Store, scan func(r *sql.Rows, to *T) error, query string, args ...any) ([]T, error) {
	var out []T
	err := s.rows(ctx, func(r *sql.Rows) error {
		var one T
		if err := scan(r, &one); err != nil {
			return err
		}
		out = append(out, one)
		return nil
	}, query, args...)
	return out, err
}

// A SavedView is a state of the screen under a name.
type SavedView struct {
	Name  string
	State json.RawMessage
	At    string // when it was saved, RFC 3339, UTC
}

// SavedViews returns the saved views by name.
func (s *Store) SavedViews(ctx context.Context) ([]SavedView, error) {
	return list(ctx, s, func(r *sql.Rows, v *SavedView) error {
		return r.Scan(&v.Name, (*[]byte)(&v.State), &v.At)
	}, `SELECT name, state_json, at FROM saved_view ORDER BY name`)
}

// SaveView keeps a state under a name, in place of what had that name.
func (s *Store) SaveView(ctx context.Context, name string, state json.RawMessage) error {
	if name == "" || !json.Valid(state) {
		return invalid("a saved view needs a name and a state")
	}
	return s.exec(ctx, `INSERT INTO saved_view (name, state_json, at) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET state_json = excluded.state_json, at = excluded.at`, name, string(state), s.stamp())
}

// DeleteView removes a saved view; one that is not there is no error.
func (s *Store) DeleteView(ctx context.Context, name string) error {
	return s.exec(ctx, `DELETE FROM saved_view WHERE name = ?`, name)
}
