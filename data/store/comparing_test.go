package store_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/store"
)

const twoArms = `
run n1 condition=neutral seed=1 preamble=short
run n2 condition=neutral seed=2 preamble=short
run i1 condition=inoculation seed=1 preamble=long
run i2 condition=inoculation seed=2 preamble=long
context eval=goals
sample n1 5 a hack=1
sample n1 5 b hack=1
sample n2 5 a hack=0
sample n2 5 b hack=1
sample i1 5 a hack=0
sample i1 5 b hack=1
sample i2 5 a hack=0
sample i2 5 b hack=0
`

var hacksByCondition = query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral"}

func TestComparisonsAreToldWithWhatTheStudyKnows(t *testing.T) {
	s := create(t)
	add(t, s, "arms.txt", twoArms)
	ok(t, s.SaveContrast(t.Context(), store.Contrast{Name: "H1", A: "inoculation", B: "neutral", Metric: "hack", Confirmatory: true, Margin: 0.05}))
	study := get[contrast.Study](t)(s.Comparing(t.Context()))
	card, err := study.Explain(t.Context(), hacksByCondition, frame.Key{Field: data.Condition, Value: "inoculation"})
	ok(t, err)
	if !card.Standing.Confirmatory || card.Standing.Contrast.Margin != 0.05 {
		t.Errorf("standing %+v", card.Standing)
	}
	if !strings.HasPrefix(card.Source.Text, "4 runs, arms.txt, imported ") || !strings.Contains(card.Source.Text, "sha256 ") {
		t.Errorf("source %q", card.Source.Text)
	}
	if len(card.AlsoDiffer) != 1 || card.AlsoDiffer[0].Field != "preamble" {
		t.Errorf("also differ %+v", card.AlsoDiffer)
	}
	if study.Roles["neutral"] != "baseline" || strings.Join(study.Order, " ") != "neutral inoculation" {
		t.Errorf("roles %v in order %v", study.Roles, study.Order)
	}
}

func TestTheLedgerCountsWhatWasLookedAt(t *testing.T) {
	s := create(t)
	add(t, s, "arms.txt", twoArms)
	looked := func() int { return get[contrast.Registry](t)(s.Registry(t.Context())).Looked }
	answer := get[frame.Frame](t)(s.Ask(t.Context(), hacksByCondition))
	for range 3 {
		ok(t, s.Look(t.Context(), hacksByCondition, answer))
	}
	if looked() != 1 {
		t.Errorf("one comparison seen thrice counts %d", looked())
	}
	other := hacksByCondition
	other.Steps = query.At(5)
	ok(t, s.Look(t.Context(), other, answer))
	if looked() != 2 {
		t.Errorf("two comparisons count %d", looked())
	}
}

// What was looked at before a contrast was set up stays so, however the
// contrast is called later; what is planned anew was not planned before.
func TestTheLedgerKnowsWhatWasSeenBeforeAContrast(t *testing.T) {
	s := create(t)
	add(t, s, "arms.txt", twoArms)
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	store.SetClock(s, func() time.Time { return now })
	before := func() int {
		now = now.Add(time.Minute)
		all := get[[]contrast.Planned](t)(get[contrast.Study](t)(s.Comparing(t.Context())).Planned(t.Context(), hacksByCondition))
		return all[len(all)-1].Before
	}
	look := func() {
		now = now.Add(time.Minute)
		ok(t, s.Look(t.Context(), hacksByCondition, get[frame.Frame](t)(s.Ask(t.Context(), hacksByCondition))))
	}
	revision := get[int64](t)(s.Revision(t.Context()))
	c := store.Contrast{Name: "H1", A: "inoculation", B: "neutral", Metric: "hack", Margin: math.NaN()}
	ok(t, s.SaveContrast(t.Context(), c))
	look()
	if n := before(); n != 0 {
		t.Errorf("set up before looking, but looked at %d times before", n)
	}
	c = get[[]store.Contrast](t)(s.Contrasts(t.Context()))[0]
	c.Name = "H1, renamed"
	ok(t, s.SaveContrast(t.Context(), c))
	if all := get[[]store.Contrast](t)(s.Contrasts(t.Context())); len(all) != 1 || before() != 0 {
		t.Errorf("renaming makes %d contrasts, looked at %d times before", len(all), before())
	}
	c.Confirmatory = true
	ok(t, s.SaveContrast(t.Context(), c))
	if n := before(); n != 1 {
		t.Errorf("marked confirmatory after looking, but looked at %d times before", n)
	}
	if r := get[contrast.Registry](t)(s.Registry(t.Context())); r.Looked != 1 || r.Seen[0].Times != 1 {
		t.Errorf("registry %+v", r)
	}
	if n := get[int64](t)(s.Revision(t.Context())); n != revision {
		t.Errorf("looking and planning make revision %d of %d: answers would be asked anew", n, revision)
	}
	gone := get[[]store.Contrast](t)(s.Contrasts(t.Context()))[0]
	ok(t, s.DeleteContrast(t.Context(), gone.Name))
	gone.ID = 0
	ok(t, s.SaveContrast(t.Context(), gone))
	if back := get[[]store.Contrast](t)(s.Contrasts(t.Context()))[0]; back.At != gone.At {
		t.Errorf("restored at %s, was set up at %s", back.At, gone.At)
	}
}

func TestContrastsAreRefused(t *testing.T) {
	s := create(t)
	one := store.Contrast{Name: "one", A: "a", B: "b", Margin: math.NaN()}
	ok(t, s.SaveContrast(t.Context(), one))
	two := one
	two.Name = "two"
	ok(t, s.SaveContrast(t.Context(), two))
	two = get[[]store.Contrast](t)(s.Contrasts(t.Context()))[1]
	two.Name = "one"
	for what, c := range map[string]store.Contrast{"a name that is taken": two, "no name": {A: "a", B: "b"}, "one condition": {Name: "x", A: "a"}, "a condition with itself": {Name: "x", A: "a", B: "a"}} {
		if err := s.SaveContrast(t.Context(), c); !store.IsKind(err, store.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	readOnly := get[*store.Store](t)(store.OpenReadOnly(s.Path()))
	defer readOnly.Close()
	if err := readOnly.SaveContrast(t.Context(), store.Contrast{Name: "x", A: "a", B: "b"}); !store.IsKind(err, store.ReadOnly) {
		t.Errorf("read only: %v", err)
	}
	if err := readOnly.Look(t.Context(), hacksByCondition, frame.Frame{}); err != nil {
		t.Errorf("an answer without comparisons is nothing to write down: %v", err)
	}
}

func TestFlipsLeadToTexts(t *testing.T) {
	s := create(t)
	add(t, s, "arms.txt", strings.ReplaceAll(twoArms, "sample i1 5 a hack=0\n", "sample i1 5 a hack=0\ntext action honest work\n"))
	study := get[contrast.Study](t)(s.Comparing(t.Context()))
	flips, err := study.Flips(t.Context(), hacksByCondition, "inoculation")
	ok(t, err)
	if flips.Pairs != 4 || len(flips.Items) != 2 {
		t.Fatalf("flips %+v", flips)
	}
	found := false
	for _, f := range flips.Items {
		id, ordinal, _ := strings.Cut(f.Own[0].Sample, ":")
		parts := get[[]store.Part](t)(s.Sample(t.Context(), int64(atoi(t, id)), atoi(t, ordinal)))
		found = found || f.Item == "a" && f.Seed == "1" && len(parts) == 1 && parts[0].Text == "honest work"
	}
	if !found {
		t.Errorf("no flip leads to the text: %+v", flips.Items)
	}
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	return get[int](t)(strconv.Atoi(s))
}
