package store

import (
	"context"
	"encoding/hex"
	"strings"

	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Comparing returns the study as package contrast wants it: the numbers as of
// now, the conditions in their order and roles, the files, and the contrasts
// that were set up.
func (s *Store) Comparing(ctx context.Context) (contrast.Study, error) {
	x, err := s.Index(ctx)
	if err != nil {
		return contrast.Study{}, err
	}
	out := contrast.Study{Index: x, Roles: map[string]string{}}
	if out.Set, err = s.Set(ctx); err != nil {
		return out, err
	}
	styles, err := s.Styles(ctx, data.Condition)
	if err != nil {
		return out, err
	}
	for _, st := range styles {
		out.Order = append(out.Order, st.Value)
		out.Roles[st.Value] = st.Role
	}
	imports, err := s.Imports(ctx)
	if err != nil {
		return out, err
	}
	for _, i := range imports {
		day, _, _ := strings.Cut(i.At, "T")
		out.Sources = append(out.Sources, contrast.Source{Import: i.ID, Path: i.Path, SHA256: hex.EncodeToString(i.SHA256), Date: day})
	}
	out.Registry, err = s.Registry(ctx)
	return out, err
}

// Registry returns the contrasts that were set up, and how many comparisons
// were looked at.
func (s *Store) Registry(ctx context.Context) (contrast.Registry, error) {
	about, err := s.About(ctx)
	if err != nil {
		return contrast.Registry{}, err
	}
	r := contrast.Registry{Preregistered: about.Preregistered}
	saved, err := s.Contrasts(ctx)
	if err != nil {
		return r, err
	}
	for _, c := range saved {
		r.Saved = append(r.Saved, contrast.Registered{
			Name: c.Name, Of: c.A, Base: c.B, Eval: c.Eval, Measure: c.Metric,
			Hypothesis: c.Hypothesis, Margin: c.Margin, Confirmatory: c.Confirmatory,
		})
	}
	r.Looked, r.Confirmatory, err = s.Ledger(ctx)
	return r, err
}

// Look notes in the ledger every comparison of an answer to q that was shown.
// The same comparison shown again counts once.
func (s *Store) Look(ctx context.Context, q query.Query, answer frame.Frame) error {
	r, err := s.Registry(ctx)
	if err != nil {
		return err
	}
	for _, l := range r.Looks(q, answer) {
		if err := s.AddToLedger(ctx, l.Question, l.Confirmatory); err != nil {
			return err
		}
	}
	return nil
}
