package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

// Each file of schema takes a study from one version to the next; the n-th
// makes version n. A file that was released is never changed.
//
//go:embed schema/*.sql
var schema embed.FS

// steps returns the SQL of each version, from the first.
func steps() []string {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	slices.Sort(names)
	out := make([]string, len(names))
	for i, name := range names {
		body, err := schema.ReadFile(name)
		if err != nil {
			panic(err) // the file is part of the program
		}
		out[i] = string(body)
	}
	return out
}

// asker is a database or a transaction.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// version returns the file's version, 0 for a new file. It refuses files
// that are no studies, or are of a later version than this program knows.
func version(ctx context.Context, db asker, latest int) (int, error) {
	var app, have, tables int
	err := db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&app, &have, &tables)
	switch {
	case err != nil:
		return 0, err
	case app == 0 && tables == 0:
		return 0, nil
	case app != applicationID:
		return 0, &Error{Kind: NotStudy, Text: words[NotStudy]}
	case have > latest:
		return 0, &Error{Kind: Newer, Text: fmt.Sprintf("the study was made by a later version of the program (file version %d, this program knows %d); use that version or a later one", have, latest)}
	}
	return have, nil
}

// migrate brings the file to the latest version, one transaction a version.
func migrate(ctx context.Context, db *sql.DB) error {
	all := steps()
	have, err := version(ctx, db, len(all))
	for ; err == nil && have < len(all); have++ {
		err = step(ctx, db, all[have], have)
	}
	return err
}

// step makes version from+1 of the file, unless another process did so.
func step(ctx context.Context, db *sql.DB, body string, from int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	have, err := version(ctx, tx, len(steps()))
	if err != nil || have != from {
		return err
	}
	if _, err := tx.ExecContext(ctx, body); err != nil {
		return fmt.Errorf("version %d: %w", from+1, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, from+1)); err != nil {
		return err
	}
	return tx.Commit()
}

// current checks that the file is of the latest version, which only reading
// cannot make it.
func current(ctx context.Context, db *sql.DB) error {
	latest := len(steps())
	have, err := version(ctx, db, latest)
	if err == nil && have < latest {
		return &Error{Kind: ReadOnly, Text: fmt.Sprintf("the study was made by an earlier version of the program (file version %d, this program writes %d) and has to be brought up to date before it is read; "+
			"open it once in the window, or name it to witnessmark check --update; where the file may not be changed, do so with a copy of it", have, latest)}
	}
	return err
}
