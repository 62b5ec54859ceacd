package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/formats"
)

// A Report says what an import did, or with DryRun would have done.
type Report struct {
	Import      int64          `json:"import,omitempty"` // its id, for Forget; 0 when nothing was written
	Runs        int            `json:"runs"`             // in the file
	NewRuns     int            `json:"new_runs"`         // of them, not in the study before
	Samples     int            `json:"samples"`          // rows, each an attempt
	Counts      int            `json:"counts"`           // rows with a count of successes
	Summaries   int            `json:"summaries"`        // rows with means only
	Predictions int            `json:"predictions"`
	Texts       int            `json:"texts"`
	Replaced    int            `json:"replaced"`          // repeated steps, of which the last counts
	Renewed     bool           `json:"renewed,omitempty"` // an earlier state of the file was replaced
	Already     bool           `json:"already,omitempty"` // the same bytes were there; nothing was changed
	Problems    []data.Problem `json:"problems,omitempty"`
	Duration    time.Duration  `json:"duration_ns"`
}

// With returns the numbers of both reports added up, with the problems of
// both. What is true of one import only (Import, Renewed, Already) stays r's.
func (r Report) With(o Report) Report {
	r.Runs += o.Runs
	r.NewRuns += o.NewRuns
	r.Samples += o.Samples
	r.Counts += o.Counts
	r.Summaries += o.Summaries
	r.Predictions += o.Predictions
	r.Texts += o.Texts
	r.Replaced += o.Replaced
	r.Duration += o.Duration
	r.Problems = append(slices.Clip(r.Problems), o.Problems...)
	return r
}

// A Progress is how far an import has come, in bytes of the file.
type Progress struct {
	Path        string
	Done, Total int64
	Writing     bool // all is read, and is being written
}

// Import reads a file and adds it to the study in one transaction: all of it
// or, on an error or when ctx ends, nothing. The same bytes again change
// nothing and give Already; a file at the same place, or of the same
// identity, with other bytes replaces what was imported from it before.
// Progress, which may be nil, is called at most ten times a second, by the
// caller's goroutine.
func (s *Store) Import(ctx context.Context, f formats.File, format formats.Format, m formats.Mapping, progress func(Progress)) (Report, error) {
	return s.importFile(ctx, f, format, m, progress, false)
}

// DryRun does all that Import does, and then takes it back.
func (s *Store) DryRun(ctx context.Context, f formats.File, format formats.Format, m formats.Mapping, progress func(Progress)) (Report, error) {
	return s.importFile(ctx, f, format, m, progress, true)
}

// errTakeBack ends the transaction of a dry run.
var errTakeBack = errors.New("dry run")

func (s *Store) importFile(ctx context.Context, f formats.File, format formats.Format, m formats.Mapping, progress func(Progress), dry bool) (Report, error) {
	began := s.now()
	mapping, err := json.Marshal(m)
	if err != nil {
		return Report{}, fmt.Errorf("%s: the mapping cannot be kept: %w", f.Path, err)
	}
	j := &job{s: s, f: f, format: format, m: m, mapping: string(mapping), location: location(f.Path), tick: s.ticker(f, progress)}
	report, err := j.run(ctx, dry)
	report.Duration = s.now().Sub(began)
	return report, err
}

// location is the absolute form of a path, by which a file is known again.
func location(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return filepath.ToSlash(abs)
	}
	return path
}

// ticker returns the progress function that keeps to ten calls a second.
func (s *Store) ticker(f formats.File, progress func(Progress)) func(done int64, writing bool) {
	if progress == nil {
		return func(int64, bool) {}
	}
	var last time.Time
	wrote := false
	return func(done int64, writing bool) {
		now := s.now()
		if now.Sub(last) < 100*time.Millisecond && writing == wrote {
			return
		}
		last, wrote = now, writing
		progress(Progress{Path: f.Path, Done: done, Total: f.Size, Writing: writing})
	}
}

// A job is one import under way.
type job struct {
	s        *Store
	f        formats.File
	format   formats.Format
	m        formats.Mapping
	mapping  string
	location string
	tick     func(done int64, writing bool)

	sum    []byte // SHA-256 of the bytes
	size   int64
	sink   *sink
	tables []*column.Table
	report Report
}

func (j *job) run(ctx context.Context, dry bool) (Report, error) {
	already, err := j.seen(ctx)
	if err != nil || already {
		return j.report, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	hashed := j.hashBeside(ctx)
	j.sink = newSink(ctx, j.f.Path, func(done int64) { j.tick(done, false) })
	defer j.sink.texts.close()
	if err := j.read(ctx); err != nil {
		cancel()
		<-hashed //nolint:errcheck // it has the file open; what it says no longer matters
		return j.report, err
	}
	if err := <-hashed; err != nil {
		return j.report, err
	}
	j.tick(j.f.Size, true)
	j.finish()
	return j.report, j.commit(ctx, dry)
}

// seen reports whether the study has the same bytes from the same place,
// read the same way. Only a file of the same length can be that one, so
// others are not hashed twice.
func (j *job) seen(ctx context.Context) (bool, error) {
	var like int
	err := j.s.readers.QueryRowContext(ctx, `SELECT count(*) FROM import WHERE location = ? AND bytes = ?`, j.location, j.f.Size).Scan(&like)
	if err != nil || like == 0 {
		return false, j.s.plain(ctx, err)
	}
	if err := j.hash(ctx); err != nil {
		return false, err
	}
	err = j.s.readers.QueryRowContext(ctx, `SELECT count(*) FROM import WHERE location = ? AND sha256 = ? AND format = ? AND mapping = ?`,
		j.location, j.sum, j.format.Name(), j.mapping).Scan(&like)
	j.report.Already = like > 0
	return like > 0, j.s.plain(ctx, err)
}

// hashBeside hashes while the file is being read.
func (j *job) hashBeside(ctx context.Context) <-chan error {
	done := make(chan error, 1)
	if j.sum != nil {
		done <- nil
		return done
	}
	go func() { done <- j.hash(ctx) }()
	return done
}

func (j *job) hash(ctx context.Context) error {
	r, err := j.f.Open()
	if err != nil {
		return unreadable(j.f.Path, err)
	}
	defer r.Close()
	h := sha256.New()
	if j.size, err = io.CopyBuffer(h, canceling{ctx, r}, make([]byte, 1<<20)); err != nil {
		return unreadable(j.f.Path, err)
	}
	j.sum = h.Sum(nil)
	return nil
}

// canceling is a reader that ends with its context.
type canceling struct {
	ctx context.Context
	r   io.Reader
}

func (c canceling) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

func (j *job) read(ctx context.Context) error {
	if err := j.format.Read(ctx, j.f, j.m, j.sink); err != nil {
		return unreadable(j.f.Path, err)
	}
	return ctx.Err()
}

// finish makes tables of what was read, and counts.
func (j *job) finish() {
	if j.f.Size != 0 && j.size != j.f.Size {
		j.sink.Problem(data.Problem{Text: fmt.Sprintf("the file changed while it was imported (%d bytes, then %d); import it again when it is complete", j.f.Size, j.size)})
	}
	r := &j.report
	for _, attempts := range []bool{true, false} {
		b := j.sink.tables[attempts]
		if b == nil || b.Len() == 0 {
			continue
		}
		t, replaced := b.Table()
		j.tables = append(j.tables, t)
		r.Replaced += replaced
		if attempts {
			r.Samples = t.Len()
		} else {
			r.Counts, r.Summaries = grains(t)
		}
	}
	j.sink.tables = nil
	if r.Replaced > 0 {
		j.sink.Problem(data.Problem{Text: "a repeated step was replaced; the last one in the file counts", Count: r.Replaced})
	}
	r.Runs, r.Texts, r.Predictions = len(j.sink.runs), j.sink.texts.n, len(j.sink.predictions)
}

// grains returns how many rows have a count, and how many only means.
func grains(t *column.Table) (counts, summaries int) {
	var ks []*column.Column
	for i := range t.Columns {
		if t.Columns[i].Kind == column.K {
			ks = append(ks, &t.Columns[i])
		}
	}
	for row := range t.Len() {
		counted := false
		for _, k := range ks {
			v := k.At(row)
			counted = counted || v == v
		}
		if counted {
			counts++
		}
	}
	return counts, t.Len() - counts
}

// commit writes everything in one transaction.
func (j *job) commit(ctx context.Context, dry bool) error {
	var kept map[int64]*column.Table
	err := j.s.changeData(ctx, func(w *work) error {
		old, already, err := j.rivals(w)
		if err != nil || already {
			j.report.Already = already
			return errors.Join(err, takeBack(already))
		}
		for _, id := range old {
			if err := dropImport(w, id); err != nil {
				return err
			}
		}
		j.report.Renewed = len(old) > 0
		b := &batch{job: j, work: w}
		if err := b.write(); err != nil {
			return err
		}
		kept = b.segments
		if len(old) > 0 {
			err = tidy(w)
		}
		return errors.Join(err, takeBack(dry))
	})
	j.report.Problems = j.sink.problems.list()
	switch {
	case errors.Is(err, errTakeBack):
		j.report.Import = 0
		return nil
	case err == nil:
		j.s.keep(kept)
	}
	return err
}

func takeBack(yes bool) error {
	if yes {
		return errTakeBack
	}
	return nil
}

// rivals finds the imports that this one replaces, or that it is a copy of.
func (j *job) rivals(w *work) (old []int64, already bool, err error) {
	subject := j.sink.subject()
	err = w.each(func(r *sql.Rows) error {
		var id int64
		var path, at, mapping string
		var sum, about []byte
		if err := r.Scan(&id, &path, &at, &mapping, &sum, &about); err != nil {
			return err
		}
		if bytes.Equal(sum, j.sum) && bytes.Equal(about, subject) && mapping == j.mapping {
			already = true
			day, _, _ := strings.Cut(at, "T")
			j.sink.Problem(data.Problem{Text: fmt.Sprintf("already imported on %s as %s; nothing changed", day, path)})
		}
		old = append(old, id)
		return nil
	}, `SELECT id, path, at, mapping, sha256, subject FROM import
		WHERE location = ? OR (identity <> '' AND identity = ?) OR (sha256 = ? AND subject = ?)`,
		j.location, j.sink.identity, j.sum, subject)
	return old, already, err
}
