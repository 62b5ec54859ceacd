package store

import (
	"context"
	"database/sql"
	"strings"
)

// A work is a transaction that prepares each statement once.
type work struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt // by text
}

func newWork(ctx context.Context, tx *sql.Tx) *work {
	return &work{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}
}

func (w *work) statement(query string) (*sql.Stmt, error) {
	if stmt, ok := w.prepared[query]; ok {
		return stmt, nil
	}
	stmt, err := w.tx.PrepareContext(w.ctx, query)
	if err == nil {
		w.prepared[query] = stmt
	}
	return stmt, err
}

func (w *work) exec(query string, args ...any) error {
	stmt, err := w.statement(query)
	if err == nil {
		_, err = stmt.ExecContext(w.ctx, args...)
	}
	return err
}

// insert runs one INSERT and returns the row's id.
func (w *work) insert(query string, args ...any) (int64, error) {
	stmt, err := w.statement(query)
	if err != nil {
		return 0, err
	}
	r, err := stmt.ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// get reads one value; the error of a query without a row is sql.ErrNoRows.
func (w *work) get(to any, query string, args ...any) error {
	stmt, err := w.statement(query)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(w.ctx, args...).Scan(to)
}

func (w *work) each(scan func(*sql.Rows) error, query string, args ...any) error {
	return each(w.tx.QueryContext, w.ctx, scan, query, args...)
}

func (w *work) close() {
	for _, stmt := range w.prepared {
		stmt.Close()
	}
}

// A bulk adds rows to a table, many with each statement: most of the time
// that SQLite takes for a row goes into everything around it.
type bulk struct {
	w      *work
	into   string // table and columns
	width  int    // number of columns
	args   []any
	filled int
}

// rowsAtOnce was measured: fewer are slower, more are not faster.
const rowsAtOnce = 50

func (w *work) into(table string, width int) *bulk {
	return &bulk{w: w, into: "INSERT OR REPLACE INTO " + table + " VALUES ", width: width}
}

func (b *bulk) add(values ...any) error {
	b.args = append(b.args, values...)
	if b.filled++; b.filled < rowsAtOnce {
		return nil
	}
	return b.flush()
}

// flush writes the rows that wait for more.
func (b *bulk) flush() error {
	if b.filled == 0 {
		return nil
	}
	row := "(" + strings.Repeat("?, ", b.width-1) + "?)"
	err := b.w.exec(b.into+strings.Repeat(row+", ", b.filled-1)+row, b.args...)
	b.args, b.filled = b.args[:0], 0
	return err
}
