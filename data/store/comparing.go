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
		r.Saved = append(r.Saved, c.Registered())
	}
	ledger, err := s.Ledger(ctx)
	for _, l := range ledger {
		r.Seen = append(r.Seen, contrast.Seen{Question: l.Question, First: l.First, Times: l.Times})
		if l.Confirmatory {
			r.Confirmatory++
		}
	}
	r.Looked = len(ledger)
	return r, err
}

// Registered is the contrast as package contrast wants it.
func (c Contrast) Registered() contrast.Registered {
	return contrast.Registered{
		Name: c.Name, Of: c.A, Base: c.B, Eval: c.Eval, Measure: c.Metric, Pair: query.Pairing(c.PairedBy),
		Hypothesis: c.Hypothesis, Margin: c.Margin, Confirmatory: c.Confirmatory, At: c.At,
	}
}

// Look notes in the ledger every comparison of an answer to q that was shown.
// The same comparison shown again counts once.
func (s *Store) Look(ctx context.Context, q query.Query, answer frame.Frame) error {
	r, err := s.Registry(ctx)
	if err != nil {
		return err
	}
	return s.AddToLedger(ctx, r.Looks(q, answer)...)
}
