package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"path"

	"witnessmark/data"
	"witnessmark/data/formats"
)

// An Imported is one file as it was imported.
type Imported struct {
	ID       int64
	Path     string // as given
	Format   string
	Mapping  formats.Mapping
	SHA256   []byte
	Bytes    int64
	Rows     int
	Runs     int
	Problems int    // records that problems are about
	At       string // RFC 3339, UTC
}

// Imports returns the files of the study, in the order of their import.
func (s *Store) Imports(ctx context.Context) ([]Imported, error) {
	return list(ctx, s, func(r *sql.Rows, i *Imported) error {
		return r.Scan(&i.ID, &i.Path, &i.Format, jsonInto[formats.Mapping]{&i.Mapping}, &i.SHA256, &i.Bytes, &i.Rows, &i.At, &i.Runs, &i.Problems)
	}, `SELECT id, path, format, mapping, sha256, bytes, rows, at,
			(SELECT count(*) FROM import_run x WHERE x.import_id = import.id),
			(SELECT coalesce(sum(count), 0) FROM problem p WHERE p.import_id = import.id)
		FROM import ORDER BY id`)
}

// A Trouble is a problem of an import, and whether somebody has settled it.
type Trouble struct {
	ID, Import int64
	data.Problem
	Settled bool
}

// Problems returns the problems of an import, or with 0 of all, those not
// settled first.
func (s *Store) Problems(ctx context.Context, importID int64) ([]Trouble, error) {
	return list(ctx, s, func(r *sql.Rows, t *Trouble) error {
		return r.Scan(&t.ID, &t.Import, &t.File, &t.Place, &t.Text, &t.Count, &t.Bad, &t.Settled)
	}, `SELECT p.id, p.import_id, i.path, p.place, p.text, p.count, p.bad, p.settled
		FROM problem p JOIN import i ON i.id = p.import_id WHERE ?1 = 0 OR i.id = ?1 ORDER BY p.settled, p.id`, importID)
}

// Settle marks a problem as looked at, or opens it again.
func (s *Store) Settle(ctx context.Context, problem int64, settled bool) error {
	return s.exec(ctx, `UPDATE problem SET settled = ? WHERE id = ?`, settled, problem)
}

// Remember keeps a mapping for the files of a folder and those below it.
func (s *Store) Remember(ctx context.Context, folder string, m formats.Mapping) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return s.exec(ctx, `INSERT INTO folder_mapping (folder, mapping, at) VALUES (?, ?, ?)
		ON CONFLICT (folder) DO UPDATE SET mapping = excluded.mapping, at = excluded.at`, location(folder), string(body), s.stamp())
}

// Mapping returns the mapping that was remembered for a folder or, if there
// is none, for the nearest one above it.
func (s *Store) Mapping(ctx context.Context, folder string) (m formats.Mapping, ok bool, err error) {
	for at := location(folder); ; at = path.Dir(at) {
		err := s.readers.QueryRowContext(ctx, `SELECT mapping FROM folder_mapping WHERE folder = ?`, at).Scan(jsonInto[formats.Mapping]{&m})
		if err != sql.ErrNoRows {
			return m, err == nil, s.plain(ctx, err)
		}
		if at == path.Dir(at) {
			return m, false, nil
		}
	}
}
