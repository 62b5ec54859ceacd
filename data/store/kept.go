package store

import (
	"context"
	"database/sql"

	"witnessmark/data/predict"
)

// Kept returns the predictions that the study keeps, with when its results
// were imported.
func (s *Store) Kept(ctx context.Context) (predict.Kept, error) {
	all, err := s.Predictions(ctx)
	if err != nil {
		return predict.Kept{}, err
	}
	imports, err := s.Imports(ctx)
	if err != nil {
		return predict.Kept{}, err
	}
	k := predict.Kept{Imports: map[int64]string{}}
	for _, i := range imports {
		k.Imports[i.ID] = i.At
	}
	for _, p := range all {
		k.Stated = append(k.Stated, predict.Stated{Prediction: p.Prediction, ID: p.ID, LockedAt: p.LockedAt, Hash: p.Hash})
	}
	if k.Earlier, err = s.earlier(ctx); err != nil {
		return k, err
	}
	k.Set, err = s.Set(ctx)
	return k, err
}

// earlier lists what was in the study before it was taken back or replaced.
func (s *Store) earlier(ctx context.Context) ([]predict.Earlier, error) {
	return list(ctx, s, func(r *sql.Rows, e *predict.Earlier) error {
		var last sql.NullFloat64
		err := r.Scan(&e.Run, scanFields(&e.Context), &e.Behavior, &last, &e.At)
		e.Last = orNaN(last)
		return err
	}, `SELECT run, context, name, last, at FROM arrival`)
}
