package predict_test

import (
	"os"
	"path/filepath"
	"testing"

	"witnessmark/data/predict"
	"witnessmark/data/store"
)

const results = `condition,seed,step,hack_count,n_rollouts
neutral,0,100,40,100
neutral,1,100,60,100
inoculation,0,100,10,100
inoculation,1,100,20,100
`

// files are the same two predictions in the ways in which people write them
// down, with who is taken to have made them.
var predictionFiles = []struct {
	name, text, who string
	bounds          bool
}{
	{"by-author.csv", "author,condition,step,predicted_hack,lo,hi\nanna,neutral,100,0.5,0.3,0.7\nanna,inoculation,100,0.1,0.05,0.2\n", "anna, by-author", true},
	{"named.csv", "forecaster;condition;step;predicted_hack\nanna;neutral;100;0.5\nanna;inoculation;100;0.1\n", "anna", false},
	{"guess.csv", "condition,step,predicted_hack_rate,predicted_hack_rate_lo,predicted_hack_rate_hi\nneutral,100,50%,30%,70%\ninoculation,100,10%,5%,20%\n", "guess", true},
	{"list.json", `[{"model":"anna","condition":"neutral","step":100,"predicted_hack":0.5},{"model":"anna","condition":"inoculation","step":100,"predicted_hack":0.1}]`, "anna", false},
	{"lines.jsonl", "{\"predictor\":\"anna\",\"condition\":\"neutral\",\"step\":100,\"predicted_hack\":0.5,\"predicted_hack_lo\":0.3,\"predicted_hack_hi\":0.7}\n" +
		"{\"predictor\":\"anna\",\"condition\":\"inoculation\",\"step\":100,\"predicted_hack\":0.1,\"predicted_hack_lo\":0.05,\"predicted_hack_hi\":0.2}\n", "anna", true},
}

func TestPredictionsOfExpertsAreImportedAndScored(t *testing.T) {
	for _, f := range predictionFiles {
		t.Run(f.name, func(t *testing.T) {
			dir := t.TempDir()
			s := study(t, file(t, dir, "results.csv", results), file(t, dir, f.name, f.text))
			set, err := s.Set(t.Context())
			if err != nil || len(set.Runs) != 4 {
				t.Fatalf("%d runs, %v: predictions are no runs", len(set.Runs), err)
			}
			g := register(t, s)
			if g.Standing != predict.Open || g.Scores[0].Name != f.who || g.Scores[0].N != 2 || g.Forecasters[0].P[0] != .5 {
				t.Errorf("%s: %+v %v", g.Standing, g.Scores[0], g.Forecasters[0].P)
			}
			if g.Scores[0].Covered.OK() != f.bounds {
				t.Errorf("coverage %v", g.Scores[0].Covered)
			}
		})
	}
}

// A prediction for a seed is one for its run, whoever made it.
func TestPredictionsOfRunsFindThem(t *testing.T) {
	dir := t.TempDir()
	g := register(t, study(t, file(t, dir, "results.csv", results),
		file(t, dir, "runs.csv", "author,condition,seed,step,predicted_hack\nanna,neutral,1,100,0.6\nanna,inoculation,0,100,0.1\n")))
	if len(g.Outcomes) != 2 || g.Outcomes[0].Run == "" || g.Outcomes[0].Rate != .6 || g.Outcomes[1].Rate != .1 {
		t.Errorf("outcomes %+v", g.Outcomes)
	}
}

func file(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// register scores what the study keeps, all of one standing.
func register(t *testing.T, s *store.Store) predict.Register {
	t.Helper()
	kept, err := s.Predictions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set, err := s.Set(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, r := range set.Runs {
		names[r.Key] = r.Name
	}
	var all []predict.Stated
	for _, p := range kept {
		all = append(all, predict.Stated{Prediction: p.Prediction, ID: p.ID, LockedAt: p.LockedAt, Hash: p.Hash})
	}
	r := observe(t, x).Score(all, names, nil, "", .95)
	if len(r.Registers) != 1 || len(r.Left) > 0 {
		t.Fatalf("registers %+v, left %q", r.Registers, r.Left)
	}
	return r.Registers[0]
}

// The file of locked predictions cannot be taken back, nor changed under them.
func TestLockedPredictionsHoldTheirFile(t *testing.T) {
	dir := t.TempDir()
	s := study(t, file(t, dir, "results.csv", results), file(t, dir, "guess.csv", "forecaster,condition,step,predicted_hack\nanna,neutral,100,0.5\n"))
	all, err := s.Predictions(t.Context())
	if err != nil || len(all) != 1 || all[0].Author != "anna" {
		t.Fatalf("%+v, %v", all, err)
	}
	if err := s.Lock(t.Context(), []int64{all[0].ID}, "bert"); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), all[0].Import); !store.IsKind(err, store.Invalid) {
		t.Errorf("the import was forgotten: %v", err)
	}
	if now, _ := s.Predictions(t.Context()); len(now) != 1 || now[0].LockedAt == "" {
		t.Errorf("%+v", now)
	}
}
