package store_test

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/formats"
	"witnessmark/data/predict"
	"witnessmark/data/store"
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get returns a value, ending the test on an error.
func get[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

func TestConditionsGetTheRolesTheyPlay(t *testing.T) {
	for _, c := range []struct{ names, roles string }{
		{"neutral inoculation negative_inoculation", "baseline inoculation_specific discouraging"},
		{"none please_hack irrelevant_prefix", "baseline other irrelevant"},
		{"control any_means_general rephrased_mix", "baseline inoculation_general other"},
		{"inoculation inoculation_strong", "inoculation_specific other"},
		{"neutral_prefix baseline", "irrelevant baseline"},
		{"a b c d e f g h", "other inoculation_general inoculation_specific irrelevant discouraging baseline grey grey"},
	} {
		s := create(t)
		var b strings.Builder
		for i, name := range strings.Fields(c.names) {
			fmt.Fprintf(&b, "run %d condition=%s\n", i, name)
		}
		add(t, s, "runs.txt", b.String())
		var got []string
		for _, st := range get[[]store.Style](t)(s.Styles(t.Context(), data.Condition)) {
			got = append(got, st.Role)
			if st.Role != "grey" && data.Families[st.Color] != st.Role || st.Role == "grey" && st.Color != -1 {
				t.Errorf("%+v: color and role disagree", st)
			}
		}
		if strings.Join(got, " ") != c.roles {
			t.Errorf("%s\ngot  %s\nwant %s", c.names, strings.Join(got, " "), c.roles)
		}
	}
}

func TestStatedFamilyWinsOverTheName(t *testing.T) {
	s := create(t)
	add(t, s, "runs.txt", "run 1 condition=arm_a family=discouraging\nrun 2 condition=arm_b family=neutral\n")
	st := get[[]store.Style](t)(s.Styles(t.Context(), data.Condition))
	if st[0].Role != "discouraging" || st[1].Role != "baseline" {
		t.Errorf("%+v", st)
	}
}

func TestStyleIsNeverReused(t *testing.T) {
	s := create(t)
	r := add(t, s, "a.txt", "run a condition=inoculation\nmean a 1 loss=1\n")
	ok(t, s.Forget(t.Context(), r.Import))
	add(t, s, "b.txt", "run b condition=inoculation_2\nmean b 1 loss=1\n")
	st := get[[]store.Style](t)(s.Styles(t.Context(), data.Condition))
	if len(st) != 2 || st[0].Value != "inoculation" || st[1].Role == st[0].Role {
		t.Errorf("%+v: the color of a condition that is gone came back for another", st)
	}
}

func TestChosenStyleStays(t *testing.T) {
	s := create(t)
	add(t, s, "a.txt", "run a condition=inoculation\n")
	ok(t, s.SetStyle(t.Context(), store.Style{Field: data.Condition, Value: "inoculation", Role: "other", Marker: "circle"}))
	add(t, s, "b.txt", "run b condition=inoculation seed=2\n")
	st := get[[]store.Style](t)(s.Styles(t.Context(), data.Condition))
	if len(st) != 1 || st[0].Role != "other" || st[0].Marker != "circle" || !st[0].Chosen || st[0].Color != 5 {
		t.Errorf("%+v", st)
	}
	if err := s.SetStyle(t.Context(), store.Style{Field: "x", Role: "pink"}); !store.IsKind(err, store.Invalid) {
		t.Errorf("%v", err)
	}
}

func TestRunsGetShortUniqueNames(t *testing.T) {
	s := create(t)
	add(t, s, "runs.txt", `
run 1 condition=neutral seed=0
run 2 condition=negative_inoculation seed=12
run 3 condition=neutral_prefix seed=0
run 4 condition=neutral seed=0 lr=2
run 5 run=my-run condition=neutral
run out/sweep/lr_1/seed_3
run 6 condition=neutral seed=0 lr=3
`)
	var names []string
	for _, r := range set(t, s).Runs {
		names = append(names, r.Name)
	}
	if got := strings.Join(names, ", "); got != "neu-00, neg-12, np-00, neu-00 (2), my-run, lr_1/seed_3, neu-00 (3)" {
		t.Errorf("names %s", got)
	}
}

func TestRenameAndSetAside(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	runs := set(t, s).Runs
	ok(t, s.RenameRun(t.Context(), runs[0].ID, " first "))
	ok(t, s.SetAside(t.Context(), []int64{runs[1].ID}, true))
	after := set(t, s)
	if after.Runs[0].Name != "first" || !after.Runs[1].SetAside || after.Runs[0].SetAside {
		t.Errorf("%+v", after.Runs)
	}
	if err := s.RenameRun(t.Context(), runs[1].ID, "first"); !store.IsKind(err, store.Invalid) {
		t.Errorf("a name that is taken: %v", err)
	}
	if err := s.SetAside(t.Context(), []int64{runs[0].ID, 999}, true); !store.IsKind(err, store.Missing) {
		t.Errorf("a run that is not there: %v", err)
	}
	if set(t, s).Runs[0].SetAside {
		t.Error("half of a change was kept")
	}
	add(t, s, "more.txt", "run a condition=neutral\nmean a 30 loss=1\n")
	if r := set(t, s).Runs[0]; r.Name != "first" {
		t.Errorf("an import renamed a run to %s", r.Name)
	}
}

func TestRunDiffNamesWhatDiffers(t *testing.T) {
	s := create(t)
	add(t, s, "runs.txt", "run 1 condition=a seed=1 lr=1e-4 preamble=x\nrun 2 condition=b seed=1 lr=1e-4 preamble=y\nrun 3 condition=b seed=1 lr=1e-4\n")
	differ, equal, err := s.RunDiff(t.Context(), []int64{1, 2, 3})
	ok(t, err)
	want := []store.Difference{{Field: "condition", Values: []string{"a", "b", "b"}}, {Field: "preamble", Values: []string{"x", "y", ""}}}
	if !reflect.DeepEqual(differ, want) || equal != 2 {
		t.Errorf("%+v, %d equal", differ, equal)
	}
}

func TestViewsPersist(t *testing.T) {
	s := create(t)
	ok(t, s.SaveView(t.Context(), "main", json.RawMessage(`{"view":"runs"}`)))
	ok(t, s.SaveView(t.Context(), "late", json.RawMessage(`{"view":"checkpoints"}`)))
	ok(t, s.SaveView(t.Context(), "main", json.RawMessage(`{"view":"monitors"}`)))
	views := get[[]store.SavedView](t)(s.SavedViews(t.Context()))
	if len(views) != 2 || views[1].Name != "main" || string(views[1].State) != `{"view":"monitors"}` || views[1].At == "" {
		t.Errorf("%+v", views)
	}
	ok(t, s.DeleteView(t.Context(), "main"))
	if views := get[[]store.SavedView](t)(s.SavedViews(t.Context())); len(views) != 1 {
		t.Errorf("%+v", views)
	}
	if err := s.SaveView(t.Context(), "broken", json.RawMessage(`{`)); !store.IsKind(err, store.Invalid) {
		t.Errorf("%v", err)
	}
	if n := set(t, s).Revision; n != 0 {
		t.Errorf("saving a view made revision %d, so all answers would be asked again", n)
	}
}

func TestMappingIsRememberedForAFolder(t *testing.T) {
	s := create(t)
	m := formats.Mapping{Template: "{condition}/seed_{seed}/**"}
	ok(t, s.Remember(t.Context(), "/data/sweep", m))
	for folder, want := range map[string]bool{"/data/sweep": true, "/data/sweep/a/b": true, "/data": false, "/data/sweep2": false, "/": false} {
		got, found, err := s.Mapping(t.Context(), folder)
		if err != nil || found != want || found && got.Template != m.Template {
			t.Errorf("%s: %+v %v %v", folder, got, found, err)
		}
	}
}

func TestPromptsBelongToConditions(t *testing.T) {
	s := create(t)
	add(t, s, "runs.txt", "run 1 condition=a train_prompt=Hack! family=inoculation_specific\nrun 2 condition=b train_prompt=Hack!\nrun 3 condition=b\ncontext eval_prompt=Solve.\n")
	ps := get[[]store.Prompt](t)(s.Prompts(t.Context()))
	if len(ps) != 2 || ps[0].Text != "Hack!" || ps[0].Family != "inoculation_specific" || strings.Join(ps[0].Conditions, ",") != "a,b" || ps[0].Runs != 2 || ps[1].Role != "eval" {
		t.Fatalf("%+v", ps)
	}
	ok(t, s.SetPrompt(t.Context(), ps[0].ID, "inoculation_general", 0.7, 100))
	if p := get[[]store.Prompt](t)(s.Prompts(t.Context()))[0]; p.ElicitationRate != 0.7 || p.Family != "inoculation_general" {
		t.Errorf("%+v", p)
	}
	if err := s.SetPrompt(t.Context(), ps[0].ID, "spicy", 0, 0); !store.IsKind(err, store.Invalid) {
		t.Errorf("%v", err)
	}
}

func TestContrastsAndLedger(t *testing.T) {
	s := create(t)
	c := store.Contrast{Name: "main", A: "inoculation", B: "neutral", Metric: "hack", PairedBy: "seed", Margin: math.NaN(), Confirmatory: true, Expected: map[string]int{"M1": -1, "M2": 0}}
	ok(t, s.SaveContrast(t.Context(), c))
	got := get[[]store.Contrast](t)(s.Contrasts(t.Context()))
	if len(got) != 1 || got[0].Expected["M1"] != -1 || !got[0].Confirmatory || got[0].Margin == got[0].Margin {
		t.Errorf("%+v", got)
	}
	for _, q := range []string{"condition:a vs b", "condition:a vs b", "condition:a vs c"} {
		ok(t, s.AddToLedger(t.Context(), contrast.Look{Question: q, Confirmatory: q == "condition:a vs c"}))
	}
	ledger := get[[]store.Looked](t)(s.Ledger(t.Context()))
	if len(ledger) != 2 || ledger[0].Times != 2 || ledger[0].Confirmatory || !ledger[1].Confirmatory {
		t.Errorf("ledger %+v", ledger)
	}
	ok(t, s.DeleteContrast(t.Context(), "main"))
}

func TestProblemsCanBeSettled(t *testing.T) {
	s := create(t)
	r := add(t, s, "two.txt", two)
	all := get[[]store.Trouble](t)(s.Problems(t.Context(), 0))
	if len(all) != 1 || all[0].Import != r.Import || all[0].Count != 2 || all[0].File != "two.txt" || !all[0].Bad || all[0].Settled {
		t.Fatalf("%+v", all)
	}
	ok(t, s.Settle(t.Context(), all[0].ID, true))
	if again := get[[]store.Trouble](t)(s.Problems(t.Context(), r.Import)); !again[0].Settled {
		t.Errorf("%+v", again)
	}
}

func TestImportsSayWhereDataCameFrom(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	i := get[[]store.Imported](t)(s.Imports(t.Context()))
	if len(i) != 1 || i[0].Path != "two.txt" || i[0].Format != "lines" || i[0].Rows != 8 || i[0].Runs != 2 || i[0].Problems != 2 || len(i[0].SHA256) != 32 || i[0].Bytes != int64(len(two)) {
		t.Errorf("%+v", i)
	}
}

func TestLockedPredictionsCannotChange(t *testing.T) {
	s := create(t)
	nan := math.NaN()
	ids, err := s.AddPredictions(t.Context(), []data.Prediction{{Model: "bsm", Condition: "neutral", Metric: "hack", Quantity: "rate", P: 0.4, Lo: nan, Hi: nan, Step: nan}})
	ok(t, err)
	ok(t, s.Lock(t.Context(), ids, "me"))
	p := get[[]store.Predicted](t)(s.Predictions(t.Context()))[0]
	if p.LockedAt == "" || len(p.Hash) != 64 || p.Author != "me" || p.P != 0.4 || p.Lo == p.Lo {
		t.Errorf("%+v", p)
	}
	ok(t, s.Lock(t.Context(), ids, "somebody else"))
	if again := get[[]store.Predicted](t)(s.Predictions(t.Context()))[0]; again.Author != "me" || again.Hash != p.Hash {
		t.Errorf("a lock was replaced: %+v", again)
	}
	if err := s.DeletePrediction(t.Context(), ids[0]); !store.IsKind(err, store.Invalid) {
		t.Errorf("deleting a locked prediction: %v", err)
	}
	if _, err := raw(t, s.Path()).Exec("UPDATE prediction SET p = 0.9"); err == nil || !strings.Contains(err.Error(), "locked prediction") {
		t.Errorf("another program could change it: %v", err)
	}
}

func TestLabelsOutliveANewImport(t *testing.T) {
	s := create(t)
	r := add(t, s, "two.txt", two)
	ok(t, s.SetLabel(t.Context(), store.Label{Import: r.Import, Ordinal: 3, Name: "hack?", Value: "no", Author: "me", Blind: true}))
	ok(t, s.SetLabel(t.Context(), store.Label{Import: r.Import, Ordinal: 0, Name: "hack?", Value: "yes", Author: "me"}))
	ok(t, s.SetLabel(t.Context(), store.Label{Import: r.Import, Ordinal: 0, Name: "hack?", Value: "", Author: "me"}))
	renewed := add(t, s, "two.txt", strings.Replace(two, "sample a 10 q1", "sample a 5 q9 hack=1\nsample a 10 q1", 1))
	l := get[[]store.Label](t)(s.Labels(t.Context()))
	if len(l) != 1 || l[0].Import != renewed.Import || l[0].Ordinal != 4 || l[0].Value != "no" || !l[0].Blind {
		t.Errorf("%+v, want the sample of run b that is now the fifth", l)
	}
	if err := s.SetLabel(t.Context(), store.Label{Import: 99}); !store.IsKind(err, store.Missing) {
		t.Errorf("%v", err)
	}
}

func TestModelsPersist(t *testing.T) {
	s := create(t)
	ok(t, s.SaveModel(t.Context(), store.Model{Name: "bsm", Kind: "behavioral_selection", Graph: json.RawMessage(`{"nodes":[]}`)}))
	m := get[[]store.Model](t)(s.Models(t.Context()))
	if len(m) != 1 || string(m[0].Graph) != `{"nodes":[]}` || string(m[0].Params) != `{}` {
		t.Errorf("%+v", m)
	}
	ok(t, s.DeleteModel(t.Context(), "bsm", ""))
}

func TestAnyProgramCanReadTheViews(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	db := raw(t, s.Path())
	var line strings.Builder
	rows, err := db.Query(`SELECT run, condition, eval, step, grain, kind, name, n, k, mean, missing, unknown, excluded FROM results ORDER BY run, step, kind, name`)
	ok(t, err)
	defer rows.Close()
	for rows.Next() {
		v := make([]any, 13)
		to := make([]any, len(v))
		for i := range v {
			to[i] = &v[i]
		}
		ok(t, rows.Scan(to...))
		fmt.Fprintln(&line, v...)
	}
	want := `ino-01 inoculation hacks 10 samples flag judge 1 0 0 0 0 1
ino-01 inoculation hacks 10 samples metric hack 1 0 0 0 0 1
ino-01 inoculation hacks 10 counts metric solved 10 3 0.3 0 0 0
neu-01 neutral hacks 10 samples flag judge 2 1 0.5 0 0 0
neu-01 neutral hacks 10 samples metric hack 2 1 0.5 0 0 0
neu-01 neutral hacks 10 summaries metric loss <nil> <nil> 0.5 0 0 0
neu-01 neutral hacks 20 samples flag judge 0 <nil> <nil> 0 1 0
neu-01 neutral hacks 20 samples metric hack 1 1 1 0 0 0
neu-01 neutral hacks 20 summaries metric loss <nil> <nil> 0.4 0 0 0
`
	if line.String() != want {
		t.Errorf("got\n%s\nwant\n%s", line.String(), want)
	}
}

func TestSearchFindsWordsAndPhrases(t *testing.T) {
	s := create(t)
	r := add(t, s, "two.txt", two)
	for text, want := range map[string]string{
		"tests": "[0]", "TESTS": "[0]", "changed the tests": "[0]", "the task": "[0]", "solved": "[3]", "solv*": "[0 3]",
		"I": "[0 3]", "tests the changed": "", "nothing": "", "": "", `quote " AND OR`: "", "*": "",
	} {
		found, err := s.Search(t.Context(), text)
		got := ""
		if found[r.Import] != nil {
			got = fmt.Sprint(found[r.Import])
		}
		if err != nil || got != want {
			t.Errorf("%q finds %s, want %s (%v)", text, got, want, err)
		}
	}
	parts := get[[]store.Part](t)(s.Sample(t.Context(), r.Import, 0))
	if len(parts) != 2 || parts[0] != (store.Part{Name: "prompt", Text: "Solve the task honestly"}) || parts[1].Name != "action" {
		t.Errorf("%+v", parts)
	}
}

func TestLaterTextOfASampleReplacesTheEarlier(t *testing.T) {
	s := create(t)
	r := add(t, s, "a.txt", "run a\nsample a 1 q hack=1\ntext cot first thought\ntext action done\ntext cot second thought\n")
	parts := get[[]store.Part](t)(s.Sample(t.Context(), r.Import, 0))
	if len(parts) != 2 || parts[1].Text != "second thought" {
		t.Errorf("%+v", parts)
	}
	if found, err := s.Search(t.Context(), "first"); err != nil || len(found) != 0 {
		t.Errorf("the replaced text is still found: %v %v", found, err)
	}
	if found, err := s.Check(t.Context()); err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
}

// Who is said to have made a prediction stays said; open predictions can be
// changed, and an import stays with those of its predictions that are locked.
func TestOpenPredictionsChangeAndLockedOnesHoldTheirImport(t *testing.T) {
	s := create(t)
	nan := math.NaN()
	p := data.Prediction{Author: "anna", Condition: "neutral", Metric: "hack", Quantity: "rate", P: 0.4, Lo: nan, Hi: nan, Step: nan}
	ids, err := s.AddPredictions(t.Context(), []data.Prediction{p})
	ok(t, err)
	p.P = 0.6
	ok(t, s.ChangePrediction(t.Context(), ids[0], p))
	ok(t, s.Lock(t.Context(), ids, "bert"))
	if now := get[[]store.Predicted](t)(s.Predictions(t.Context()))[0]; now.P != 0.6 || now.Author != "anna" {
		t.Errorf("%+v", now)
	}
	if err := s.ChangePrediction(t.Context(), ids[0], p); !store.IsKind(err, store.Invalid) {
		t.Errorf("a locked prediction was changed: %v", err)
	}
	if k := get[predict.Kept](t)(s.Kept(t.Context())); len(k.Stated) != 1 || k.Stated[0].Hash == "" {
		t.Errorf("%+v", k)
	}
}

// Results that were there before a prediction was locked are remembered when
// they are taken back or replaced, so that reading them again makes no
// prediction out of what was known.
func TestWhatWasTakenBackStaysKnown(t *testing.T) {
	s := create(t)
	r := add(t, s, "two.txt", two)
	ok(t, s.Forget(t.Context(), r.Import))
	add(t, s, "more.txt", "run a condition=neutral seed=1\nmean a 30 loss=0.4\n")
	add(t, s, "more.txt", "run a condition=neutral seed=1\nmean a 40 loss=0.3\n")
	last := map[string]float64{}
	for _, e := range get[predict.Kept](t)(s.Kept(t.Context())).Earlier {
		if e.At == "" {
			t.Errorf("%+v has no time", e)
		}
		last[e.Run+" "+e.Behavior+" "+e.Context[data.Eval]] = e.Last
	}
	if last["a hack hacks"] != 20 || last["b hack hacks"] != 10 || last["a loss "] != 30 {
		t.Errorf("%v", last)
	}
}
