package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"witnessmark/data/motive"
	"witnessmark/data/predict"
)

// selectionModel is the kind of models that the program computes.
const selectionModel = "behavioral_selection"

// MotiveModels returns the study's motivation models that the program can
// compute, by name and version.
func (s *Store) MotiveModels(ctx context.Context) ([]motive.Model, error) {
	all, err := s.Models(ctx)
	if err != nil {
		return nil, err
	}
	var out []motive.Model
	for _, kept := range all {
		if kept.Kind != selectionModel {
			continue
		}
		var m motive.Model
		if err := json.Unmarshal(kept.Params, &m); err != nil {
			return nil, fmt.Errorf("the study's model %s v%s cannot be read: %w", kept.Name, kept.Version, err)
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b motive.Model) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version))
	})
	return out, nil
}

// KeepModel saves a model under its name and version. A version is never
// written over: predictions refer to it. Keeping the same model again changes
// nothing; another one of that name and version is refused (Kind Invalid).
func (s *Store) KeepModel(ctx context.Context, m motive.Model) error {
	if err := m.Check(); err != nil {
		return invalid("%v", err)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("the model cannot be written as JSON: %w", err)
	}
	all, err := s.MotiveModels(ctx)
	if err != nil {
		return err
	}
	for _, kept := range all {
		if kept.Name != m.Name || kept.Version != m.Version {
			continue
		}
		if old, err := json.Marshal(kept); err == nil && bytes.Equal(old, raw) {
			return nil
		}
		return invalid("the study keeps another model as %s; give this one a higher version", predict.Name(m))
	}
	graph, err := json.Marshal(m.Graph)
	if err != nil {
		return fmt.Errorf("the graph cannot be written as JSON: %w", err)
	}
	return s.SaveModel(ctx, Model{Name: m.Name, Version: strconv.Itoa(m.Version), Kind: selectionModel, Graph: graph, Params: raw, Source: motive.Label})
}

// ForgetModel removes a version of a model, unless locked predictions are
// signed with it (Kind Invalid).
func (s *Store) ForgetModel(ctx context.Context, m motive.Model) error {
	all, err := s.Predictions(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.LockedAt != "" && p.Model == predict.Name(m) {
			return invalid("locked predictions are signed with %s; the study keeps it", predict.Name(m))
		}
	}
	return s.DeleteModel(ctx, m.Name, strconv.Itoa(m.Version))
}

// NextVersion is the version under which a model of that name is saved next:
// one above those of the study, and above the presets', which are version 1.
func NextVersion(saved []motive.Model, name string) int {
	last := 0
	for _, p := range motive.Presets {
		if m := p.New(); m.Name == name {
			last = max(last, m.Version)
		}
	}
	for _, m := range saved {
		if m.Name == name {
			last = max(last, m.Version)
		}
	}
	return last + 1
}
