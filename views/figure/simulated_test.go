package figure_test

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"witnessmark/assets"
	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/formats"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/simulate"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// simulated is the bundled study whose true rates are known, read by the
// program's own readers.
func simulated(t *testing.T) *store.Store {
	t.Helper()
	study := assets.Studies()[0]
	s, err := store.Create(filepath.Join(t.TempDir(), "simulated.study"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var m formats.Mapping
	if err := json.Unmarshal(study.Mapping(), &m); err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(study.Files(), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(study.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		f := formats.File{Path: name, Size: int64(len(body)), Open: func() (io.ReadSeekCloser, error) { return unclosed{bytes.NewReader(body)}, nil }}
		format, err := formats.Detect(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Import(t.Context(), f, format, m, nil); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

type unclosed struct{ io.ReadSeeker }

func (unclosed) Close() error { return nil }

// a shown figure with what it was made of.
type shown struct {
	spec    charts.Spec
	answers []frame.Frame
}

func draw(t *testing.T, s *store.Store, recipe string, state desk.State) shown {
	t.Helper()
	x, err := s.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	about := figure.Facts{Study: "simulated", Measures: x.Measures(), Roles: map[string]charts.Role{}}
	styles, err := s.Styles(t.Context(), figure.By(state))
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range styles {
		about.Order, about.Roles[st.Value] = append(about.Order, st.Value), charts.Role(st.Role)
	}
	state = figure.Complete(recipe, state, about)
	answers, err := figure.Frames(t.Context(), x, recipe, state)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := figure.Picture(recipe, state, about, answers)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	notes, err := charts.WriteSVG(&b, spec, charts.Style{Width: 1280, Height: 720, Theme: charts.Light()})
	drawing := slices.DeleteFunc(notes, func(n string) bool { return slices.Contains(spec.Notes, n) })
	if err != nil || len(drawing) > 0 {
		t.Errorf("%s: %v, %q", recipe, err, drawing)
	}
	return shown{spec, answers}
}

func filter(t *testing.T, text string) query.Filter {
	t.Helper()
	f, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// judged are the samples of the last checkpoint, by the detector.
func judged(t *testing.T, more string) desk.State {
	return desk.State{Where: filter(t, `eval:"coding tasks" grader:"hack detector" `+more), Steps: query.At(simulate.LastStep), Measure: "hack"}
}

// TestSimulatedStudy reads the study once for all that is asked of it.
func TestSimulatedStudy(t *testing.T) {
	s := simulated(t)
	for name, test := range map[string]func(*testing.T, *store.Store){
		"slopes draw the comparison":     slopesDrawTheComparison,
		"matrices find the truth":        matricesFindTheTruth,
		"differences find the truth":     differencesFindTheTruth,
		"scatters join both measures":    scattersJoin,
		"prompts are set against others": promptsAgainstPrompts,
		"coverage finds the gaps":        coverageFindsTheGaps,
		"cards find the truth":           cardsFindTheTruth,
		"flips pair seeds and items":     flipsPair,
		"chips tell what was planted":    chipsTell,
	} {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
}

// layers are those of a panel that a mark draws.
func layers(p charts.Panel, mark string) []charts.Layer {
	return slices.DeleteFunc(slices.Clone(p.Layers), func(l charts.Layer) bool { return l.Mark != mark })
}

func slopesDrawTheComparison(t *testing.T, s *store.Store) {
	state := judged(t, "eval_prompt:neutral")
	got := draw(t, s, "slope", state)
	answer, err := s.Ask(t.Context(), query.Query{
		Where: state.Where, Steps: state.Steps, By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral", Units: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.spec.Panels) != answer.Len()-1 {
		t.Fatalf("%d panels of %d conditions", len(got.spec.Panels), answer.Len())
	}
	for _, p := range got.spec.Panels {
		name := p.X.Rows[1].Forms[0][0].Text
		row := slices.IndexFunc(answer.Col(data.Condition).Text, func(c string) bool { return figure.Spoken(c) == name })
		pairs, _, _ := answer.Num(frame.Pairs, row)
		if lines := layers(p, "line"); float64(len(lines)) != pairs {
			t.Errorf("%s: %d lines of %v pairs", name, len(lines), pairs)
		}
		diff, _, _ := answer.Num(frame.Diff, row)
		if want := charts.Points.Bare(diff, 640); !strings.HasPrefix(p.Side[0].Forms[0][0].Text, want) {
			t.Errorf("%s: beside it stands %q, want %s", name, p.Side[0].Forms[0][0].Text, want)
		}
	}
	state = state.With(figure.SlopeGroup, "irrelevant_prefix")
	if one := draw(t, s, "slope", state); len(one.spec.Panels) != 1 {
		t.Errorf("%d panels for one chosen group", len(one.spec.Panels))
	}
}

// A tally counts intervals, and those that miss the truth: at 95 %, one or two
// of two dozen may.
type tally struct{ all, missed int }

func (c *tally) add(lo, hi, truth float64) {
	c.all++
	if truth < lo || truth > hi {
		c.missed++
	}
}

func (c tally) want(t *testing.T, all int) {
	t.Helper()
	if c.all != all || c.missed > 2 {
		t.Errorf("%d of %d intervals miss the truth; want %d intervals, and at most 2 that do", c.missed, c.all, all)
	}
}

func matricesFindTheTruth(t *testing.T, s *store.Store) {
	got := draw(t, s, "matrix", judged(t, "").With(figure.MatrixSecond, "correct"))
	f := got.answers[0]
	var found tally
	for row := range f.Len() {
		truth, ok := simulate.TruthOf(f.Text(data.Condition, row), f.Text(data.EvalPrompt, row), f.Text(frame.Measure, row))
		if !ok {
			t.Fatalf("no truth of %v", f.Keys[row])
		}
		lo, _, _ := f.Num(frame.Lo, row)
		hi, _, _ := f.Num(frame.Hi, row)
		found.add(lo, hi, truth.Rate)
	}
	found.want(t, 24)
	if len(got.spec.Panels) != 2 || got.spec.Panels[0].Head != "Hack" || len(got.spec.Panels[0].Y.Rows) != 6 {
		t.Errorf("panels %+v", got.spec.Panels)
	}
	if first := got.spec.Panels[0].X.Rows[0].Forms[0][0].Text; first != "eval prompt neutral" {
		t.Errorf("column %q", first)
	}
	order := got.spec.Panels[0].Y.Rows
	if order[0].Forms[1][0].Text != "neutral" || order[1].Forms[1][0].Text != "inoculation specific" {
		t.Errorf("rows are not in the designed order: %v, %v", order[0].Forms, order[1].Forms)
	}
	sorted := draw(t, s, "matrix", judged(t, "").With(figure.MatrixSort, "value").With(figure.MatrixN, "false"))
	if top := sorted.spec.Panels[0].Y.Rows[0].Forms[1][0].Text; top != "CoT pressure" {
		t.Errorf("the row of the largest values is %q", top)
	}
	if cells := layers(sorted.spec.Panels[0], "cell"); strings.Contains(cells[0].Text2[0], "n ") || !strings.HasPrefix(cells[0].Text2[0], "[") {
		t.Errorf("want the interval without n in the cells, not %q", cells[0].Text2)
	}
}

func differencesFindTheTruth(t *testing.T, s *store.Store) {
	state := judged(t, "").With(figure.MatrixDiff, "true").With(figure.MatrixSecond, "correct")
	got := draw(t, s, "matrix", state)
	f := got.answers[0]
	var found tally
	for row := range f.Len() {
		if f.Text(data.Condition, row) == "neutral" {
			continue
		}
		truth, _ := simulate.TruthOf(f.Text(data.Condition, row), f.Text(data.EvalPrompt, row), f.Text(frame.Measure, row))
		lo, _, _ := f.Num(frame.DiffLo, row)
		hi, _, _ := f.Num(frame.DiffHi, row)
		found.add(lo, hi, truth.Difference)
	}
	found.want(t, 20)
	if !strings.HasPrefix(got.spec.Title, "Hack is lower than under neutral in ") {
		t.Errorf("title %q", got.spec.Title)
	}
}

func scattersJoin(t *testing.T, s *store.Store) {
	got := draw(t, s, "scatter", judged(t, "eval_prompt:neutral").With(figure.ScatterSecond, "correct"))
	points := layers(got.spec.Panels[0], "point")
	if len(points) != 6 || len(got.answers) != 2 {
		t.Fatalf("%d marks of 6 conditions", len(points))
	}
	hack, correct := got.answers[0], got.answers[1]
	for _, p := range points {
		row := slices.IndexFunc(hack.Col(data.Condition).Text, func(c string) bool { return figure.Spoken(c) == p.Name })
		x, _, _ := hack.Num(frame.Value, row)
		y, _, _ := correct.Num(frame.Value, row)
		if p.X[0] != x || p.Y[0] != y {
			t.Errorf("%s is drawn at %v, %v, want %v, %v", p.Name, p.X[0], p.Y[0], x, y)
		}
	}
	if !strings.HasPrefix(got.spec.Title, "Hack is lower than under neutral in ") {
		t.Errorf("title %q", got.spec.Title)
	}
}

func promptsAgainstPrompts(t *testing.T, s *store.Store) {
	got := draw(t, s, "scatter", judged(t, "").With(figure.ScatterMode, figure.ScatterPrompts))
	p := got.spec.Panels[0]
	if p.X.Title != "Hack under eval prompt same as train (%)" || p.Y.Title != "Hack under eval prompt neutral (%)" {
		t.Errorf("axes %q and %q", p.X.Title, p.Y.Title)
	}
	if want := "Hack is lower under neutral than under same as train in 2 of 6 conditions; other intervals overlap"; got.spec.Title != want {
		t.Errorf("title %q", got.spec.Title)
	}
	for _, l := range layers(p, "point") {
		if !slices.ContainsFunc(l.Source[0].Keys, func(k frame.Key) bool { return k.Field == data.EvalPrompt }) {
			t.Errorf("%s does not lead to the samples of its prompt: %v", l.Name, l.Source[0].Keys)
		}
	}
}

// coverageFindsTheGaps compares with the cells that the design leaves out.
func coverageFindsTheGaps(t *testing.T, s *store.Store) {
	state := judged(t, "eval_prompt:neutral")
	f := draw(t, s, "coverage", state).answers[0]
	missing := 0
	for _, a := range simulate.Arms() {
		for seed := 1; seed <= simulate.Seeds; seed++ {
			for step := 0; step <= simulate.LastStep; step += simulate.StepWidth {
				if !a.Present(seed, step, 0) {
					missing++
				}
			}
		}
	}
	absent := 0
	for _, status := range f.Col("status").Text {
		if status == charts.Missing || status == charts.Failed {
			absent++
		}
	}
	if want := len(simulate.Arms()) * simulate.Seeds * (simulate.LastStep/simulate.StepWidth + 1); f.Len() != want || absent != missing || missing == 0 {
		t.Errorf("%d of %d checkpoints are absent, want %d of %d", absent, f.Len(), missing, want)
	}
}

func study(t *testing.T, s *store.Store) contrast.Study {
	t.Helper()
	st, err := s.Comparing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func compared(state desk.State) query.Query {
	return query.Query{Where: state.Where, Steps: state.Steps, By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral"}
}

func cardsFindTheTruth(t *testing.T, s *store.Store) {
	st := study(t, s)
	q := compared(judged(t, "eval_prompt:neutral"))
	for _, a := range simulate.Arms()[1:] {
		card, err := st.Explain(t.Context(), q, frame.Key{Field: data.Condition, Value: a.Name})
		if err != nil {
			t.Fatal(err)
		}
		truth, _ := simulate.TruthOf(a.Name, "neutral", "hack")
		if card.Verdict == contrast.Lower && truth.Difference >= 0 || card.Verdict == contrast.Higher && truth.Difference <= 0 {
			t.Errorf("%s is called %s, its true difference is %.3f", a.Name, card.Verdict, truth.Difference)
		}
		if len(card.Prompts) != 1 || card.Prompts[0].Segments == nil {
			t.Errorf("%s: prompts %+v", a.Name, card.Prompts)
		}
		if card.Power == nil || math.IsNaN(card.Power.Sampling) || card.Power.Sampling > 0.5 {
			t.Errorf("%s: power %+v", a.Name, card.Power)
		}
	}
}

func flipsPair(t *testing.T, s *store.Store) {
	st := study(t, s)
	f, err := st.Flips(t.Context(), compared(judged(t, "eval_prompt:neutral epoch:1")), "inoculation_specific")
	if err != nil {
		t.Fatal(err)
	}
	if !f.BySeed || !f.Rate || f.Pairs < 200 || f.Down < 10*f.Up || f.OverItems == nil {
		t.Errorf("flips %+v", f)
	}
	if n := f.Table.N() + f.Split; n != f.Pairs || f.Split != 0 {
		t.Errorf("%d pairs in the table of %d", n, f.Pairs)
	}
}

func chipsTell(t *testing.T, s *store.Store) {
	st := study(t, s)
	q := compared(judged(t, "eval_prompt:neutral"))
	f, err := s.Ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	chips, err := st.Chips(t.Context(), q, f)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range chips {
		ids = append(ids, c.ID)
	}
	for _, want := range []string{"bimodal-seeds", "residue", "different-exclusions", "simulated"} {
		if !slices.Contains(ids, want) {
			t.Errorf("no chip %s among %v", want, ids)
		}
	}
	if slices.Contains(ids, "no-irrelevant-arm") {
		t.Errorf("the irrelevant arm is not seen: %v", ids)
	}
}
