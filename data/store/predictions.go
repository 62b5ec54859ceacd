package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"

	"witnessmark/data"
)

// A Predicted is a prediction as the study keeps it. Once locked it cannot
// be changed, and only data imported after the lock test it.
type Predicted struct {
	ID     int64
	Import int64 // that brought it; 0 when it was made in the program
	data.Prediction
	LockedAt string // RFC 3339, UTC; "" while it is open
	Hash     string // SHA-256 of what was locked, in hexadecimal
}

const predictionColumns = `model, run, condition, eval, eval_prompt, metric, pattern, quantity, step, deployment_t, p, lo, hi, distribution_json, author, made_at`

func scanPrediction(r *sql.Rows, p *data.Prediction, more ...any) error {
	var step, deployment, at, lo, hi sql.NullFloat64
	err := r.Scan(append([]any{&p.Model, &p.Run, &p.Condition, &p.Eval, &p.EvalPrompt, &p.Metric, &p.Pattern, &p.Quantity, &step, &deployment, &at, &lo, &hi,
		&p.Distribution, &p.Author, &p.MadeAt}, more...)...)
	p.Step, p.P, p.Lo, p.Hi, p.Deployment = orNaN(step), orNaN(at), orNaN(lo), orNaN(hi), deployment.Float64
	return err
}

// Predictions returns all predictions in the order in which they came.
func (s *Store) Predictions(ctx context.Context) ([]Predicted, error) {
	return list(ctx, s, func(r *sql.Rows, p *Predicted) error {
		return scanPrediction(r, &p.Prediction, &p.ID, &p.Import, &p.LockedAt, &p.Hash)
	}, `SELECT `+predictionColumns+`, id, coalesce(import_id, 0), coalesce(locked_at, ''), coalesce(hash, '') FROM prediction ORDER BY id`)
}

func (l *loader) predictions() error {
	return l.each(func(r *sql.Rows) error {
		var p data.Prediction
		err := scanPrediction(r, &p)
		l.set.Predictions = append(l.set.Predictions, p)
		return err
	}, `SELECT `+predictionColumns+` FROM prediction ORDER BY id`)
}

// AddPredictions keeps predictions that were made in the program, open, and
// returns their ids.
func (s *Store) AddPredictions(ctx context.Context, all []data.Prediction) (ids []int64, err error) {
	err = s.changeData(ctx, func(w *work) error {
		for _, p := range all {
			if p.MadeAt == "" {
				p.MadeAt = s.stamp()
			}
			id, err := insertPrediction(w, nil, p)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids, err
}

// ChangePrediction replaces an open prediction. The error is of kind Invalid
// when it is locked.
func (s *Store) ChangePrediction(ctx context.Context, id int64, p data.Prediction) error {
	return s.changeData(ctx, func(w *work) error {
		err := w.changeOne("open prediction", id, `UPDATE prediction SET (`+predictionColumns+`) = (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?) WHERE id = ? AND locked_at IS NULL`,
			append(predictionValues(p), id)...)
		return lockedInstead(err)
	})
}

// lockedInstead says why no open prediction was found.
func lockedInstead(err error) error {
	if IsKind(err, Missing) {
		return invalid("the prediction is locked, and stays as it is")
	}
	return err
}

// predictionValues are in the order of predictionColumns.
func predictionValues(p data.Prediction) []any {
	return []any{p.Model, p.Run, p.Condition, p.Eval, p.EvalPrompt, p.Metric, p.Pattern, p.Quantity, num(p.Step), p.Deployment, num(p.P), num(p.Lo), num(p.Hi),
		p.Distribution, p.Author, p.MadeAt}
}

// insertPrediction adds a prediction; importID is nil for one made in the
// program.
func insertPrediction(w *work, importID any, p data.Prediction) (int64, error) {
	return w.insert(`INSERT INTO prediction (import_id, `+predictionColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)`,
		append([]any{importID}, predictionValues(p)...)...)
}

// Lock freezes predictions with author, time and hash. Those that are locked
// already stay as they were. The author signs predictions that name none; who
// is said to have made a prediction stays said.
func (s *Store) Lock(ctx context.Context, ids []int64, author string) error {
	all, err := s.Predictions(ctx)
	if err != nil {
		return err
	}
	byID := map[int64]Predicted{}
	for _, p := range all {
		byID[p.ID] = p
	}
	at := s.stamp()
	return s.changeData(ctx, func(w *work) error {
		for _, id := range ids {
			p, ok := byID[id]
			if !ok {
				return &Error{Kind: Missing, Text: fmt.Sprintf("there is no prediction %d", id)}
			}
			p.Author = cmp.Or(p.Author, author)
			if err := w.exec(`UPDATE prediction SET author = ?, locked_at = ?, hash = ? WHERE id = ? AND locked_at IS NULL`,
				p.Author, at, hashPrediction(p.Prediction, at), id); err != nil {
				return err
			}
		}
		return nil
	})
}

// hashPrediction returns the SHA-256 of a prediction and the time of its
// lock, in hexadecimal, over JSON of which there is one form: keys sorted,
// what is not stated left out.
func hashPrediction(p data.Prediction, lockedAt string) string {
	body := map[string]any{
		"model": p.Model, "run": p.Run, "condition": p.Condition, "eval": p.Eval, "eval_prompt": p.EvalPrompt, "metric": p.Metric, "pattern": p.Pattern,
		"quantity": p.Quantity, "step": p.Step, "deployment": p.Deployment, "p": p.P, "lo": p.Lo, "hi": p.Hi,
		"distribution": p.Distribution, "author": p.Author, "made_at": p.MadeAt, "locked_at": lockedAt,
	}
	for name, v := range body {
		if x, ok := v.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0) || x == 0 && name == "deployment") || v == "" {
			delete(body, name)
		}
	}
	text, _ := json.Marshal(body) // texts and finite numbers always have a form in JSON
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// DeletePrediction removes an open prediction that was made in the program.
// The error is of kind Invalid when it is locked.
func (s *Store) DeletePrediction(ctx context.Context, id int64) error {
	return s.changeData(ctx, func(w *work) error {
		return lockedInstead(w.changeOne("open prediction", id, `DELETE FROM prediction WHERE id = ? AND locked_at IS NULL`, id))
	})
}
