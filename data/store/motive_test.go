package store_test

import (
	"testing"

	"witnessmark/data"
	"witnessmark/data/motive"
	"witnessmark/data/store"
)

func TestAModelsVersionIsNeverWrittenOver(t *testing.T) {
	s, m := create(t), motive.Presets[1].New()
	ok(t, s.KeepModel(t.Context(), m))
	ok(t, s.KeepModel(t.Context(), m))
	other := m.Clone()
	other.Params.Eta = 1
	if err := s.KeepModel(t.Context(), other); !store.IsKind(err, store.Invalid) {
		t.Errorf("another model was kept in its place: %v", err)
	}
	for _, want := range []int{2, 3, 10} {
		other.Version = want
		ok(t, s.KeepModel(t.Context(), other))
	}
	all := get[[]motive.Model](t)(s.MotiveModels(t.Context()))
	if len(all) != 4 || all[0].Params.Eta != m.Params.Eta || all[3].Version != 10 {
		t.Errorf("%d models, the last is version %d", len(all), all[len(all)-1].Version)
	}
	if got := store.NextVersion(all, m.Name); got != 11 {
		t.Errorf("next version %d, want 11", got)
	}
	if a, b := store.NextVersion(nil, m.Name), store.NextVersion(nil, "Mine"); a != 2 || b != 1 {
		t.Errorf("a changed preset is version %d, a model of one's own %d", a, b)
	}
	other.Patterns = nil
	if other.Version = 11; s.KeepModel(t.Context(), other) == nil {
		t.Error("a model without patterns was kept")
	}
}

func TestAModelWithLockedPredictionsStays(t *testing.T) {
	s, m := create(t), motive.Presets[1].New()
	ok(t, s.KeepModel(t.Context(), m))
	ids := get[[]int64](t)(s.AddPredictions(t.Context(), []data.Prediction{{Model: "Five patterns v1", Quantity: "rate", P: .5}}))
	ok(t, s.Lock(t.Context(), ids, "anna"))
	if err := s.ForgetModel(t.Context(), m); !store.IsKind(err, store.Invalid) {
		t.Errorf("forgotten: %v", err)
	}
	m.Version = 2
	ok(t, s.KeepModel(t.Context(), m))
	ok(t, s.ForgetModel(t.Context(), m))
	if all := get[[]motive.Model](t)(s.MotiveModels(t.Context())); len(all) != 1 {
		t.Errorf("%d models are left", len(all))
	}
}
