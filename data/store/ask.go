package store

import (
	"context"

	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Ask answers a question about the study as it is now. See estimate.Index
// for what is in the frame and which errors there are.
func (s *Store) Ask(ctx context.Context, q query.Query) (frame.Frame, error) {
	x, err := s.Index(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	return x.Ask(ctx, q)
}

// Set returns everything numeric of the study, as of now. It is loaded once
// a revision, and must not be changed.
func (s *Store) Set(ctx context.Context) (*column.Set, error) {
	if err := s.borrow(ctx); err != nil {
		return nil, err
	}
	defer s.giveBack()
	return s.set(ctx)
}

// Index returns the Set prepared for questions, with what people said of its
// samples as measures; see ByHand. It is made once a revision, and anew after
// a label.
func (s *Store) Index(ctx context.Context) (*estimate.Index, error) {
	if err := s.borrow(ctx); err != nil {
		return nil, err
	}
	defer s.giveBack()
	set, err := s.set(ctx)
	if err != nil {
		return nil, err
	}
	if s.cache.index == nil {
		labeled, err := s.withLabels(ctx, set)
		if err != nil {
			return nil, err
		}
		s.cache.index = estimate.NewIndex(labeled)
	}
	return s.cache.index, nil
}

// borrow waits until nobody else uses the cache, or ctx ends.
func (s *Store) borrow(ctx context.Context) error {
	select {
	case <-s.loading:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) giveBack() { s.loading <- struct{}{} }
