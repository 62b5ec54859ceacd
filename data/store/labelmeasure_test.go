package store_test

import (
	"testing"

	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/store"
)

// What people say of samples is a measure like any other, at once; where they
// do not agree or are unsure there is no value.
func TestLabelsAreAMeasure(t *testing.T) {
	s := create(t)
	r := add(t, s, "two.txt", two)
	label := func(ordinal int, value, author string) {
		t.Helper()
		ok(t, s.SetLabel(t.Context(), store.Label{Import: r.Import, Ordinal: ordinal, Name: "hack", Value: value, Author: author}))
	}
	counted := func() (k, n float64) {
		t.Helper()
		f, err := s.Ask(t.Context(), query.Query{Measures: []string{"hack" + store.ByHand}})
		ok(t, err)
		k, _, _ = f.Num(frame.K, 0)
		n, _, _ = f.Num(frame.N, 0)
		return k, n
	}
	label(0, "yes", "ann")
	label(1, "no", "ann")
	label(2, "unsure", "ann")
	if k, n := counted(); k != 1 || n != 2 {
		t.Errorf("%v of %v, want 1 of 2", k, n)
	}
	label(1, "yes", "bo")
	if k, n := counted(); k != 1 || n != 1 {
		t.Errorf("%v of %v where two do not agree, want 1 of 1", k, n)
	}
	label(1, "yes", "ann")
	if k, n := counted(); k != 2 || n != 2 {
		t.Errorf("%v of %v after one changed their mind, want 2 of 2", k, n)
	}
	for _, c := range get[*column.Set](t)(s.Set(t.Context())).Tables[0].Columns {
		if c.Name == "hack"+store.ByHand {
			t.Error("the study's own numbers were changed")
		}
	}
}
