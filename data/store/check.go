package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// A Finding is something that is wrong with a study file.
type Finding struct {
	Where string // table, import …
	Text  string
}

// Check reads the whole file and returns what is wrong with it, none when it
// is whole: the database's structure, references, every number's checksum,
// sums against a new summation, texts, locked predictions' hashes, and the
// pictures kept of figures.
func (s *Store) Check(ctx context.Context) ([]Finding, error) {
	c := &checker{s: s, ctx: ctx}
	for _, step := range []func() error{c.structure, c.references, c.numbers, c.texts, c.locks, c.figures} {
		if err := step(); err != nil {
			if kindOf(err) != Corrupt && !IsKind(err, Corrupt) {
				return c.found, s.plain(ctx, err)
			}
			c.add("file", err.Error())
		}
	}
	return c.found, nil
}

type checker struct {
	s     *Store
	ctx   context.Context
	found []Finding
}

func (c *checker) add(where, format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	c.found = append(c.found, Finding{where, format})
}

func (c *checker) structure() error {
	return c.s.rows(c.ctx, func(r *sql.Rows) error {
		var line string
		if err := r.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			c.add("file", line)
		}
		return nil
	}, `PRAGMA integrity_check`)
}

func (c *checker) references() error {
	return c.s.rows(c.ctx, func(r *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		var key int
		if err := r.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		c.add(table, "row %d refers to a %s that is not there", row.Int64, parent)
		return nil
	}, `PRAGMA foreign_key_check`)
}

// numbers decodes every segment and sums it up again.
func (c *checker) numbers() error {
	tx, err := c.s.readers.BeginTx(c.ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	l := &loader{ctx: c.ctx, tx: tx}
	segments, err := l.listSegments()
	if err != nil {
		return err
	}
	for _, g := range segments {
		t, err := l.segment(g)
		if IsKind(err, Corrupt) {
			c.add("numbers", err.Error())
			continue
		}
		if err != nil {
			return err
		}
		var again []storedSum
		if err := sums(t, func(s sum) error {
			again = append(again, s.stored())
			return nil
		}); err != nil {
			return err
		}
		if err := c.compare(l, g, again); err != nil {
			return err
		}
	}
	return nil
}

// A storedSum is a sum as rollup has it.
type storedSum struct {
	run, context               int64
	step                       float64
	grain, kind, name          string
	n, k, mean, sd, min, max   float64
	missing, unknown, excluded int
}

func (s sum) stored() storedSum {
	return storedSum{
		int64(s.cell.Run), int64(s.cell.Context), s.cell.Step, s.grain.String(), s.kind, s.name,
		s.n, s.k, s.mean, s.sd, s.min, s.max, s.missing, s.unknown, s.excluded,
	}
}

// equal compares bit for bit: the same program sums in the same order.
// Programs of other versions may not, so the last digits may differ.
func (s storedSum) equal(o storedSum) bool {
	a, b := s, o
	for _, p := range [][2]*float64{{&a.step, &b.step}, {&a.n, &b.n}, {&a.k, &b.k}, {&a.mean, &b.mean}, {&a.sd, &b.sd}, {&a.min, &b.min}, {&a.max, &b.max}} {
		x, y := *p[0], *p[1]
		if x != y && (x == x || y == y) && math.Abs(x-y) > 1e-9*math.Max(math.Abs(x), math.Abs(y)) {
			return false
		}
		*p[0], *p[1] = 0, 0
	}
	return a == b
}

func (c *checker) compare(l *loader, g segment, again []storedSum) error {
	var kept []storedSum
	samples := "<>"
	if g.attempts {
		samples = "="
	}
	err := l.each(func(r *sql.Rows) error {
		var s storedSum
		var nums [7]sql.NullFloat64
		err := r.Scan(&s.run, &s.context, &nums[0], &s.grain, &s.kind, &s.name, &nums[1], &nums[2], &nums[3], &nums[4], &nums[5], &nums[6],
			&s.missing, &s.unknown, &s.excluded)
		s.step, s.n, s.k, s.mean, s.sd, s.min, s.max = orNaN(nums[0]), orNaN(nums[1]), orNaN(nums[2]), orNaN(nums[3]), orNaN(nums[4]), orNaN(nums[5]), orNaN(nums[6])
		kept = append(kept, s)
		return err
	}, `SELECT run_id, context_id, step, grain, kind, name, n, k, mean, sd, min, max, missing, unknown, excluded
		FROM rollup WHERE import_id = ? AND grain `+samples+` 'samples' ORDER BY rowid`, g.importID)
	if err == nil && !slices.EqualFunc(kept, again, storedSum.equal) {
		c.add("rollup", "the sums of import %d are not those of its numbers; forget that import and import its file again", g.importID)
	}
	return err
}

func (c *checker) texts() error {
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer unpack.Close()
	bad, all := 0, 0
	var text []byte
	err = c.s.rows(c.ctx, func(r *sql.Rows) error {
		var size int
		var packed sql.RawBytes
		if err := r.Scan(&size, &packed); err != nil {
			return err
		}
		var err error
		if text, err = unpack.DecodeAll(packed, text[:0]); err != nil || len(text) != size {
			bad++
		}
		all++
		return nil
	}, `SELECT bytes, body FROM sample_text`)
	if bad > 0 {
		c.add("texts", "%d of %d texts cannot be read", bad, all)
	}
	return errors.Join(err, c.index(all))
}

// index compares the number of texts with that of the search index.
func (c *checker) index(texts int) error {
	var indexed int
	err := c.s.readers.QueryRowContext(c.ctx, `SELECT count(*) FROM sample_search_docsize`).Scan(&indexed)
	if err == nil && indexed != texts {
		c.add("search", "%d of %d texts can be found by search; import their files again", indexed, texts)
	}
	return err
}

func (c *checker) locks() error {
	all, err := c.s.Predictions(c.ctx)
	for _, p := range all {
		if p.LockedAt != "" && p.Hash != hashPrediction(p.Prediction, p.LockedAt) {
			c.add("prediction", "prediction %d was changed after it was locked", p.ID)
		}
	}
	return err
}

func (c *checker) figures() error {
	return c.s.rows(c.ctx, func(r *sql.Rows) error {
		var board string
		var place int
		var packed []byte
		if err := r.Scan(&board, &place, &packed); err != nil {
			return err
		}
		if chart, err := unpackShown(packed); len(packed) > 0 && (err != nil || !json.Valid(chart)) {
			c.add("figure", "the picture kept of figure %d of %s cannot be read; refresh that figure", place+1, board)
		}
		return nil
	}, `SELECT b.name, f.position, f.shown FROM figure f JOIN board b ON b.id = f.board_id`)
}
