package assets

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"path/filepath"
	"testing"

	"witnessmark/data/formats"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/simulate"
	"witnessmark/data/store"
)

// imported is a bundled study, read by the program's own readers, and what
// reading reported.
func imported(t *testing.T, study Study) (*store.Store, map[string]store.Report) {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), study.Name+".study"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var m formats.Mapping
	if err := json.Unmarshal(study.Mapping(), &m); err != nil {
		t.Fatal(err)
	}
	withoutTexts(m)
	names, err := fs.Glob(study.Files(), "*")
	if err != nil {
		t.Fatal(err)
	}
	reports := map[string]store.Report{}
	for _, name := range names {
		reports[name] = taken(t, s, study, name, m)
	}
	return s, reports
}

// withoutTexts leaves the bodies of text out, of which nothing is asked here:
// keeping them takes most of the time.
func withoutTexts(m formats.Mapping) {
	for name, a := range m.Columns {
		if a.Role == formats.RoleText {
			m.Columns[name] = formats.Assign{Role: formats.RoleIgnore, Sure: true}
		}
	}
}

func taken(t *testing.T, s *store.Store, study Study, name string, m formats.Mapping) store.Report {
	t.Helper()
	body, err := fs.ReadFile(study.Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	f := formats.File{Path: name, Size: int64(len(body)), Open: func() (io.ReadSeekCloser, error) {
		return unclosed{bytes.NewReader(body)}, nil
	}}
	format, err := formats.Detect(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	report, err := s.Import(t.Context(), f, format, m, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, p := range report.Problems {
		if p.Bad {
			t.Errorf("%s, %s: %s (%d×)", name, p.Place, p.Text, p.Count)
		} else {
			t.Logf("%s, %s: %s (%d×)", name, p.Place, p.Text, p.Count)
		}
	}
	return report
}

type unclosed struct{ io.ReadSeeker }

func (unclosed) Close() error { return nil }

// TestSimulatedStudy reads the study once for all that is asked of it.
func TestSimulatedStudy(t *testing.T) {
	s, reports := imported(t, Studies()[0])
	t.Run("is read whole", func(t *testing.T) { readWhole(t, reports) })
	t.Run("estimates find the truth", func(t *testing.T) { estimatesFind(t, s) })
	t.Run("differences find the truth", func(t *testing.T) { differencesFind(t, s) })
}

// readWhole compares what reading counted with what the generator made.
func readWhole(t *testing.T, reports map[string]store.Report) {
	samples := 0
	for range simulate.New(simulate.Seed).Samples() {
		samples++
	}
	if r := reports["runs.csv"]; r.Runs != len(simulate.Runs()) {
		t.Errorf("%d runs, want %d", r.Runs, len(simulate.Runs()))
	}
	if r := reports["samples.jsonl.zst"]; r.Samples != samples || r.NewRuns != 0 {
		t.Errorf("%d samples and %d runs that the table lacks; want %d and 0", r.Samples, r.NewRuns, samples)
	}
	if r := reports["training.csv.gz"]; r.Counts == 0 || r.NewRuns != 0 {
		t.Errorf("training logs: %+v", r)
	}
}

// estimatesFind asks what a user would ask. The intervals are
// at 95 %, so one or two of the 24 may miss the rates by which the samples
// were made.
func estimatesFind(t *testing.T, s *store.Store) {
	found := tally{}
	for _, prompt := range []string{simulate.NeutralPrompt, simulate.TrainPrompt} {
		answer := ask(t, s, prompt, query.Query{By: []string{"condition"}, Measures: []string{"hack", "correct"}})
		for row := range answer.Len() {
			truth := truthOf(t, answer, row, prompt)
			found.add(t, answer, row, frame.Lo, frame.Hi, truth.Rate)
		}
	}
	found.want(t, 24)
}

// differencesFind is the same against the baseline, paired by seed.
func differencesFind(t *testing.T, s *store.Store) {
	found := tally{}
	for _, prompt := range []string{simulate.NeutralPrompt, simulate.TrainPrompt} {
		answer := ask(t, s, prompt, query.Query{
			By: []string{"condition"}, Measures: []string{"hack", "correct"}, Baseline: "neutral", Pair: query.PairSeed,
		})
		for row := range answer.Len() {
			if truth := truthOf(t, answer, row, prompt); truth.Condition != "neutral" {
				found.add(t, answer, row, frame.DiffLo, frame.DiffHi, truth.Difference)
			}
		}
	}
	found.want(t, 20)
}

// A tally counts intervals, and those that miss.
type tally struct{ all, missed int }

func (c *tally) add(t *testing.T, answer frame.Frame, row int, loName, hiName string, truth float64) {
	t.Helper()
	lo, why, low := answer.Num(loName, row)
	hi, _, high := answer.Num(hiName, row)
	if !low || !high {
		t.Errorf("%v: no interval: %s", answer.Keys[row], why)
		return
	}
	c.all++
	if truth < lo || truth > hi {
		c.missed++
		t.Logf("%s, %v: [%.3f, %.3f] misses %.3f", answer.Text(frame.Measure, row), answer.Keys[row], lo, hi, truth)
	}
}

func (c *tally) want(t *testing.T, all int) {
	t.Helper()
	if c.all != all || c.missed > 2 {
		t.Errorf("%d intervals, %d miss the truth; want %d, and at most 2", c.all, c.missed, all)
	}
}

func truthOf(t *testing.T, answer frame.Frame, row int, prompt string) simulate.Truth {
	t.Helper()
	truth, ok := simulate.TruthOf(answer.Key(row, "condition"), prompt, answer.Text(frame.Measure, row))
	if !ok {
		t.Fatalf("no truth for %v", answer.Keys[row])
	}
	return truth
}

// ask asks about the last checkpoint under an evaluation prompt, by the
// detector.
func ask(t *testing.T, s *store.Store, prompt string, q query.Query) frame.Frame {
	t.Helper()
	var err error
	if q.Where, err = query.Parse(`eval:"coding tasks" grader:"hack detector" eval_prompt:` + prompt); err != nil {
		t.Fatal(err)
	}
	if q.Steps, err = query.ParseWindow("at:100"); err != nil {
		t.Fatal(err)
	}
	answer, err := s.Ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestPublishedFiguresAreRead wants every line as a measure of its study.
func TestPublishedFiguresAreRead(t *testing.T) {
	s, reports := imported(t, Studies()[1])
	if r := reports["published-counts.csv"]; r.Counts != 2 {
		t.Errorf("%d counts, want 2", r.Counts)
	}
	answer, err := s.Ask(t.Context(), query.Query{By: []string{"study", "condition"}, Measures: []string{"hack"}})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for row := range answer.Len() {
		v, _, ok := answer.Num(frame.Value, row)
		found = found || ok && v == .79 && answer.Key(row, "study") == "steering-rl"
	}
	if !found {
		t.Errorf("the 79 %% of steering-rl are not among %d rows", answer.Len())
	}
}
