package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"witnessmark/data/contrast"
)

// A Contrast is a comparison that was set up: two conditions under one eval,
// and what is expected of it.
type Contrast struct {
	ID           int64 // 0 for a new one
	Name         string
	A, B         string // condition and its baseline
	Eval, Metric string
	PairedBy     string
	Hypothesis   string
	Margin       float64 // of equivalence; NaN for none
	Confirmatory bool
	Expected     map[string]int // sign of the effect by mechanism: −1, 0, 1
	At           string         // when it was set up as it stands, RFC 3339, UTC
}

// Contrasts returns the contrasts in the order in which they were made.
func (s *Store) Contrasts(ctx context.Context) ([]Contrast, error) {
	return list(ctx, s, func(r *sql.Rows, c *Contrast) error {
		var margin sql.NullFloat64
		err := r.Scan(&c.ID, &c.Name, &c.A, &c.B, &c.Eval, &c.Metric, &c.PairedBy, &c.Hypothesis, &margin, &c.Confirmatory,
			jsonInto[map[string]int]{&c.Expected}, &c.At)
		c.Margin = orNaN(margin)
		return err
	}, `SELECT id, name, a, b, eval, metric, paired_by, hypothesis, margin, confirmatory, expected, at FROM contrast ORDER BY id`)
}

// SaveContrast keeps a contrast, in place of the one of its ID, or else of
// its name. Its time is At, or now. In place of another one it is now, unless
// all that was planned stays as it was: what is planned anew was not planned
// before.
func (s *Store) SaveContrast(ctx context.Context, c Contrast) error {
	switch {
	case c.Name == "" || c.A == "" || c.B == "":
		return invalid("a contrast needs a name and two conditions")
	case c.A == c.B:
		return invalid("a contrast needs two conditions that are not the same")
	}
	if c.Expected == nil {
		c.Expected = map[string]int{}
	}
	expected, err := json.Marshal(c.Expected)
	if err != nil {
		return err
	}
	return s.change(ctx, func(w *work) error {
		if c.ID != 0 {
			if err := w.exec(`UPDATE contrast SET name = ? WHERE id = ?`, c.Name, c.ID); err != nil {
				return named(err, c.Name)
			}
		}
		return w.exec(`INSERT INTO contrast (name, a, b, eval, metric, paired_by, hypothesis, margin, confirmatory, expected, at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
			ON CONFLICT (name) DO UPDATE SET a = excluded.a, b = excluded.b, eval = excluded.eval, metric = excluded.metric,
				paired_by = excluded.paired_by, hypothesis = excluded.hypothesis, margin = excluded.margin,
				confirmatory = excluded.confirmatory, expected = excluded.expected,
				at = CASE WHEN (a, b, eval, metric, paired_by, hypothesis) = (excluded.a, excluded.b, excluded.eval, excluded.metric, excluded.paired_by, excluded.hypothesis)
					AND margin IS excluded.margin AND confirmatory >= excluded.confirmatory THEN at ELSE ?12 END`,
			c.Name, c.A, c.B, c.Eval, c.Metric, c.PairedBy, c.Hypothesis, num(c.Margin), c.Confirmatory, string(expected), orNow(c.At, s.stamp()), s.stamp())
	})
}

// orNow is the time of a contrast that was there before, else now.
func orNow(at, now string) string {
	if at != "" {
		return at
	}
	return now
}

// named says that a name is taken.
func named(err error, name string) error {
	if strings.Contains(err.Error(), "UNIQUE") {
		return invalid("there is a contrast named %q already; choose another name", name)
	}
	return err
}

// DeleteContrast removes a contrast; one that is not there is no error.
func (s *Store) DeleteContrast(ctx context.Context, name string) error {
	return s.exec(ctx, `DELETE FROM contrast WHERE name = ?`, name)
}

// A Looked is a comparison in the ledger.
type Looked struct {
	Question     string // in its canonical text
	Confirmatory bool
	Times        int
	First, Last  string // RFC 3339, UTC
}

// AddToLedger notes comparisons that were looked at. The same question again,
// in its canonical text, counts once more but stays one comparison. It makes
// no new revision: answers do not depend on who saw them.
func (s *Store) AddToLedger(ctx context.Context, looks ...contrast.Look) error {
	if len(looks) == 0 {
		return nil
	}
	return s.change(ctx, func(w *work) error {
		for _, l := range looks {
			err := w.exec(`INSERT INTO ledger (question, confirmatory, first_at, last_at) VALUES (?1, ?2, ?3, ?3)
				ON CONFLICT (question) DO UPDATE SET times = times + 1, last_at = excluded.last_at, confirmatory = max(confirmatory, excluded.confirmatory)`,
				l.Question, l.Confirmatory, s.stamp())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Ledger returns the comparisons that were looked at in this study, in the
// order in which they first were.
func (s *Store) Ledger(ctx context.Context) ([]Looked, error) {
	return list(ctx, s, func(r *sql.Rows, l *Looked) error {
		return r.Scan(&l.Question, &l.Confirmatory, &l.Times, &l.First, &l.Last)
	}, `SELECT question, confirmatory, times, first_at, last_at FROM ledger ORDER BY first_at, question`)
}
