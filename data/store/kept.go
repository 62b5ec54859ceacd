package store

import (
	"context"

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
	k.Set, err = s.Set(ctx)
	return k, err
}
