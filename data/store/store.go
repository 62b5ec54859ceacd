package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// Extension is the ending of study files.
const Extension = ".study"

// applicationID marks a SQLite file as a study ("WTMK").
const applicationID = 0x57544D4B

// A Store is an open study. It is safe for concurrent use; changes are made
// one after another. Other processes may have the same file open.
type Store struct {
	path     string
	readOnly bool
	writer   *sql.DB // one connection; nil when read-only
	readers  *sql.DB // cannot write

	now func() time.Time

	loading chan struct{} // holds one token: who takes it may change cache
	cache   cache
}

func newStore(path string) *Store {
	s := &Store{path: path, now: time.Now, loading: make(chan struct{}, 1)}
	s.loading <- struct{}{}
	return s
}

// Create makes a new study file and opens it. A name without an ending gets
// Extension. The error is of kind Exists when there is a file of that name.
func Create(path string) (*Store, error) {
	if filepath.Ext(path) == "" {
		path += Extension
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, &Error{Kind: Exists, Path: path, Text: "there is a file of this name; open it, or choose another name"}
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{Kind: Missing, Path: path, Text: "the folder of the new study is not there; make it first, or choose another"}
	}
	switch err := build(path); {
	case errors.Is(err, fs.ErrPermission):
		return nil, &Error{Kind: Refused, Path: path, Text: "a study cannot be made in this folder; check its permissions, or choose another", Err: err}
	case err != nil:
		return nil, plain(path, err)
	}
	return Open(path)
}

// build makes the file under another name first, so that no half-made study
// is ever seen under its own.
func build(path string) error {
	draft, err := os.CreateTemp(filepath.Dir(path), ".new-*"+Extension)
	if err != nil {
		return err
	}
	draft.Close()
	defer os.Remove(draft.Name())
	db, err := connect(draft.Name(), "mode=rw&_pragma=page_size(16384)&"+writing, 1)
	if err != nil {
		return err
	}
	if err := errors.Join(migrate(context.Background(), db), db.Close()); err != nil {
		return err
	}
	if err := os.Chmod(draft.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

// Open opens a study to read and change it, bringing a study of an earlier
// version of the program up to date.
func Open(path string) (*Store, error) {
	if err := look(path, os.O_RDWR); err != nil {
		return nil, err
	}
	s := newStore(path)
	var err error
	if s.writer, err = connect(path, "mode=rw&"+writing, 1); err == nil {
		err = migrate(context.Background(), s.writer)
	}
	if err == nil {
		s.readers, err = connect(path, "mode=ro&"+reading, 4)
	}
	if err != nil {
		s.Close()
		return nil, plain(path, err)
	}
	return s, nil
}

// OpenReadOnly opens a study that will not be changed, which needs no right
// to write. A study of an earlier version must be opened for writing once.
func OpenReadOnly(path string) (*Store, error) {
	if err := look(path, os.O_RDONLY); err != nil {
		return nil, err
	}
	s := newStore(path)
	s.readOnly = true
	var err error
	if s.readers, err = connect(path, "mode=ro&"+reading, 4); err == nil {
		err = current(context.Background(), s.readers)
	}
	if err != nil {
		s.Close()
		return nil, plain(path, err)
	}
	return s, nil
}

// look finds what can be told before SQLite is asked, which would open a file
// without the right to write as if nothing were wrong, and would change the
// journal of other programs' databases.
func look(path string, how int) error {
	info, err := os.Stat(path)
	if err != nil {
		return plain(path, err)
	}
	if !info.Mode().IsRegular() {
		return &Error{Kind: NotStudy, Path: path, Text: words[NotStudy]}
	}
	f, err := os.OpenFile(path, how, 0)
	if errors.Is(err, fs.ErrPermission) && how == os.O_RDWR {
		return &Error{Kind: ReadOnly, Path: path, Text: words[ReadOnly], Err: err}
	}
	if err != nil {
		return plain(path, err)
	}
	defer f.Close()
	var head [72]byte // of SQLite's file format: magic at 0, application id at 68
	if _, err := io.ReadFull(f, head[:]); err != nil || !bytes.HasPrefix(head[:], []byte("SQLite format 3\x00")) ||
		binary.BigEndian.Uint32(head[68:]) != applicationID {
		return &Error{Kind: NotStudy, Path: path, Text: words[NotStudy]}
	}
	return nil
}

// Pragmas of all connections. A study may come from anywhere, so its schema
// is not trusted to call anything. Changes of up to 256 MiB stay in memory
// until they are committed, so that reading goes on meanwhile.
const (
	common  = "_dqs=0&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"
	reading = common + "&_pragma=query_only(1)"
	writing = common + "&_txlock=immediate&_pragma=journal_mode(DELETE)&_pragma=synchronous(FULL)&_pragma=cache_spill(16384)"
)

func connect(path, params string, connections int) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	name := filepath.ToSlash(abs)
	if !strings.HasPrefix(name, "/") { // C:/…
		name = "/" + name
	}
	u := url.URL{Scheme: "file", Path: name, RawQuery: params}
	c, err := sqlite.NewConnector(u.String())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// Close ends the use of the study. What was changed is already on the disk.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.writer, s.readers} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Path returns the file's path as it was given.
func (s *Store) Path() string { return s.path }

// ReadOnly reports whether the study was opened only to be read.
func (s *Store) ReadOnly() bool { return s.readOnly }

// change runs f in a transaction that is committed whole or not at all.
func (s *Store) change(ctx context.Context, f func(w *work) error) error {
	if s.writer == nil {
		return &Error{Kind: ReadOnly, Path: s.path, Text: "the study was opened only to be read; open it for writing to change it"}
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.plain(ctx, err)
	}
	defer tx.Rollback()
	w := newWork(ctx, tx)
	defer w.close()
	if err := f(w); err != nil {
		return s.plain(ctx, err)
	}
	return s.plain(ctx, tx.Commit())
}

// changeData is change for what answers depend on: it makes a new revision.
func (s *Store) changeData(ctx context.Context, f func(w *work) error) error {
	return s.change(ctx, func(w *work) error {
		if err := f(w); err != nil {
			return err
		}
		return w.exec(`UPDATE study SET revision = revision + 1`)
	})
}

// plain says what happened in plain words; an interrupted statement is a
// canceled one.
func (s *Store) plain(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return plain(s.path, err)
}

// Revision returns the number of changes made to the study's data. Two
// answers of the same revision are the same.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var n int64
	err := s.readers.QueryRowContext(ctx, `SELECT revision FROM study`).Scan(&n)
	return n, s.plain(ctx, err)
}

// SetClock replaces the clock that imports, locks and changes are stamped
// with, which is time.Now until then.
func (s *Store) SetClock(now func() time.Time) { s.now = now }

// stamp returns the time in the form in which the study keeps times.
func (s *Store) stamp() string { return s.now().UTC().Format(time.RFC3339) }

// rows runs a query and hands each row to scan.
func (s *Store) rows(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	return s.plain(ctx, each(s.readers.QueryContext, ctx, scan, query, args...))
}

func each(ask func(context.Context, string, ...any) (*sql.Rows, error), ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := ask(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
