package store

import (
	"context"
	"database/sql"

	"witnessmark/data"
)

// insertPrediction adds a prediction; importID is nil for one made in the
// program.
func insertPrediction(ctx context.Context, tx *sql.Tx, importID any, p data.Prediction, now string) error {
	made := p.MadeAt
	if made == "" && importID == nil {
		made = now
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO prediction (import_id, model, run, condition, eval, metric, quantity, step, p, lo, hi, distribution_json, author, made_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		importID, p.Model, p.Run, p.Condition, p.Eval, p.Metric, p.Quantity, num(p.Step), num(p.P), num(p.Lo), num(p.Hi), p.Distribution, p.Author, made)
	return err
}

const predictionColumns = `model, run, condition, eval, metric, quantity, step, p, lo, hi, distribution_json, author, made_at`

func scanPrediction(r *sql.Rows, more ...any) (p data.Prediction, err error) {
	var step, at, lo, hi sql.NullFloat64
	err = r.Scan(append([]any{&p.Model, &p.Run, &p.Condition, &p.Eval, &p.Metric, &p.Quantity, &step, &at, &lo, &hi,
		&p.Distribution, &p.Author, &p.MadeAt}, more...)...)
	p.Step, p.P, p.Lo, p.Hi = orNaN(step), orNaN(at), orNaN(lo), orNaN(hi)
	return p, err
}

func (l *loader) predictions() error {
	return l.each(func(r *sql.Rows) error {
		p, err := scanPrediction(r)
		l.set.Predictions = append(l.set.Predictions, p)
		return err
	}, `SELECT `+predictionColumns+` FROM prediction ORDER BY id`)
}
