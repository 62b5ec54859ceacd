package store

import (
	"context"
	"database/sql"
	"encoding/json"
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
	At           string         // RFC 3339, UTC
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

// SaveContrast keeps a contrast, in place of the one of its name.
func (s *Store) SaveContrast(ctx context.Context, c Contrast) error {
	if c.Name == "" || c.A == "" || c.B == "" {
		return invalid("a contrast needs a name and two conditions")
	}
	if c.Expected == nil {
		c.Expected = map[string]int{}
	}
	expected, err := json.Marshal(c.Expected)
	if err != nil {
		return err
	}
	return s.exec(ctx, `INSERT INTO contrast (name, a, b, eval, metric, paired_by, hypothesis, margin, confirmatory, expected, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET a = excluded.a, b = excluded.b, eval = excluded.eval, metric = excluded.metric,
			paired_by = excluded.paired_by, hypothesis = excluded.hypothesis, margin = excluded.margin,
			confirmatory = excluded.confirmatory, expected = excluded.expected`,
		c.Name, c.A, c.B, c.Eval, c.Metric, c.PairedBy, c.Hypothesis, num(c.Margin), c.Confirmatory, string(expected), s.stamp())
}

// DeleteContrast removes a contrast; one that is not there is no error.
func (s *Store) DeleteContrast(ctx context.Context, name string) error {
	return s.exec(ctx, `DELETE FROM contrast WHERE name = ?`, name)
}

// AddToLedger notes that a comparison was looked at. The same question
// again, in its canonical text, counts once more but stays one comparison.
func (s *Store) AddToLedger(ctx context.Context, question string, confirmatory bool) error {
	return s.exec(ctx, `INSERT INTO ledger (question, confirmatory, first_at, last_at) VALUES (?1, ?2, ?3, ?3)
		ON CONFLICT (question) DO UPDATE SET times = times + 1, last_at = excluded.last_at, confirmatory = max(confirmatory, excluded.confirmatory)`,
		question, confirmatory, s.stamp())
}

// Ledger returns how many different comparisons were looked at in this
// study, and how many of them had been set up as confirmatory.
func (s *Store) Ledger(ctx context.Context) (comparisons, confirmatory int, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(confirmatory), 0) FROM ledger`).Scan(&comparisons, &confirmatory)
	return comparisons, confirmatory, s.plain(ctx, err)
}
