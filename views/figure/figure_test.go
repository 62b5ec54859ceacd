package figure_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"hack": "Hack", "overall_misalignment_rate": "Overall misalignment rate", "em_rate": "EM rate", "cot_monitor.flag": "CoT monitor, flag",
		"Playful": "Playful", "": "", "reward mean": "Reward mean",
	} {
		if got := figure.Words(name); got != want {
			t.Errorf("%q is written %q, want %q", name, got, want)
		}
	}
}

// prompts is a study of conditions that are evaluated before and after.
func prompts(t *testing.T) *estimate.Index {
	t.Helper()
	set := &column.Set{Contexts: []column.Context{{ID: 1, Fields: data.Fields{}}}}
	b := column.NewBuilder(false)
	for i, name := range []string{"neutral", "inoculation", "irrelevant_prefix"} {
		for seed := range 3 {
			run := int32(len(set.Runs))
			set.Runs = append(set.Runs, column.Run{ID: int64(run) + 1, Key: fmt.Sprint(name, seed), Name: fmt.Sprint(name, seed),
				Fields: data.Fields{data.Condition: name, data.Seed: fmt.Sprint(seed)}})
			for step, k := range []int{5 + 10*i, 80 - 30*i + seed} {
				b.Row(run, 0, float64(100*step))
				b.Set(b.Column("hack", column.K), float64(k))
				b.Set(b.Column("hack", column.N), 100)
				b.Set(b.Column("Playful", column.Value), float64(k))
				b.Set(b.Column("loss", column.Value), 2.5-float64(step))
			}
		}
	}
	table, _ := b.Table()
	set.Tables = append(set.Tables, table)
	return estimate.NewIndex(set)
}

func picture(t *testing.T, x *estimate.Index, recipe string, s desk.State, about figure.Facts) charts.Spec {
	t.Helper()
	about.Measures = x.Measures()
	s = figure.Complete(recipe, s, about)
	answers, err := figure.Frames(t.Context(), x, recipe, s)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := figure.Picture(recipe, s, about, answers)
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

func TestElicitationStandsAgainstTheRateAfterTraining(t *testing.T) {
	s := desk.State{Measure: "hack", Steps: query.Last(1)}.With(figure.ScatterMode, figure.ScatterElicited)
	measured := picture(t, prompts(t), "scatter", s, figure.Facts{})
	if title := measured.Panels[0].X.Title; !strings.HasPrefix(title, "Hack before training (first step of all)") {
		t.Errorf("axis %q", title)
	}
	if !strings.Contains(measured.Subtitle, "rank correlation −1.00 over 3 rows") {
		t.Errorf("subtitle %q", measured.Subtitle)
	}
	stated := picture(t, prompts(t), "scatter", s, figure.Facts{Elicited: map[string]figure.Elicited{"inoculation": {Rate: 0.42, N: 50}}})
	if title := stated.Panels[0].X.Title; !strings.Contains(title, "elicited by the prompt") {
		t.Errorf("axis %q", title)
	}
	drawn := 0
	for _, l := range stated.Panels[0].Layers {
		if l.Mark == "point" && !math.IsNaN(l.X[0]) {
			drawn++
			if l.Name != "inoculation" || l.X[0] != 0.42 {
				t.Errorf("%s is drawn at %v", l.Name, l.X)
			}
		}
	}
	if drawn != 1 {
		t.Errorf("%d marks of the one prompt that is known", drawn)
	}
}

func TestCompleteChoosesWhatTheStudyTells(t *testing.T) {
	about := figure.Facts{Measures: prompts(t).Measures(), Order: []string{"neutral", "inoculation"},
		Roles: map[string]charts.Role{"neutral": charts.Baseline, "inoculation": charts.InoculationSpecific}}
	for recipe, want := range map[string]string{"dots": "", "slope": "neutral", "scatter": "neutral", "matrix": ""} {
		if s := figure.Complete(recipe, desk.State{Measure: "hack"}, about); s.Baseline != want {
			t.Errorf("%s: baseline %q, want %q", recipe, s.Baseline, want)
		}
	}
	if s := figure.Complete("dots", desk.State{}, about); s.Measure != about.Measures[0].Name {
		t.Errorf("measure %q", s.Measure)
	}
}

func TestMeasuresOfDifferentScalesShareAMatrix(t *testing.T) {
	x := prompts(t)
	spec := picture(t, x, "matrix", desk.State{Measure: "hack", Steps: query.Last(1)}.With(figure.MatrixSecond, "loss"), figure.Facts{})
	if len(spec.Panels) != 2 || spec.Panels[1].Head != "Loss" {
		t.Fatalf("panels %+v", spec.Panels)
	}
	for _, p := range spec.Panels {
		for _, l := range p.Layers {
			for _, shade := range l.Shade {
				if shade < 0 || shade > 1 {
					t.Errorf("%s is shaded %v", p.Head, shade)
				}
			}
		}
	}
}

// A score of which no file states the scale is drawn from 0 to 100.
func TestInferredScalesSetTheAxis(t *testing.T) {
	spec := picture(t, prompts(t), "dots", desk.State{Measure: "Playful", Steps: query.Last(1), Baseline: "neutral"}, figure.Facts{})
	if axis := spec.Panels[0].X; axis.Lo != 0 || axis.Hi != 100 {
		t.Errorf("axis from %v to %v", axis.Lo, axis.Hi)
	}
	if !strings.Contains(strings.Join(spec.Notes, " "), "Playful: scale 0 to 100 taken from the values") {
		t.Errorf("notes %q", spec.Notes)
	}
}

func TestScattersSayWhatIsMissing(t *testing.T) {
	x := prompts(t)
	for want, s := range map[string]desk.State{
		"needs two measures":        {Measure: "hack"},
		"one eval prompt only":      desk.State{Measure: "hack"}.With(figure.ScatterMode, figure.ScatterPrompts),
		"there is no measure \"x\"": desk.State{Measure: "hack"}.With(figure.ScatterSecond, "x"),
	} {
		if _, err := figure.Frames(t.Context(), x, "scatter", s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestHidingARunChangesNoNumber(t *testing.T) {
	x := prompts(t)
	s := desk.State{Measure: "hack", Steps: query.Last(1), Baseline: "neutral"}
	all := picture(t, x, "slope", s, figure.Facts{})
	s.Hidden = []string{"inoculation0"}
	some := picture(t, x, "slope", s, figure.Facts{})
	count := func(spec charts.Spec) (lines int) {
		for _, l := range spec.Panels[0].Layers {
			if l.Mark == "line" {
				lines++
			}
		}
		return lines
	}
	if count(some) != count(all)-1 || some.Panels[0].Side[0].Forms[0][0].Text != all.Panels[0].Side[0].Forms[0][0].Text {
		t.Errorf("%d lines of %d, difference %q of %q", count(some), count(all), some.Panels[0].Side[0].Forms[0][0].Text, all.Panels[0].Side[0].Forms[0][0].Text)
	}
}

func TestJudgesAreCalledAsShortlyAsTellsThemApart(t *testing.T) {
	got := figure.ShortJudges([]string{"opus | think4k", "sonnet | plain", "sonnet | plain__nothink", "", "hack detector"})
	for name, want := range map[string]string{
		"opus | think4k": "opus", "sonnet | plain": "sonnet", "sonnet | plain__nothink": "sonnet nothink", "": "no judge named", "hack detector": "hack detector",
	} {
		if got[name] != want {
			t.Errorf("%q is called %q, want %q", name, got[name], want)
		}
	}
}

func TestMatricesTakeTheFieldsThatAreThere(t *testing.T) {
	count := func(fields map[string]int) func(string) int { return func(f string) int { return fields[f] } }
	for _, c := range []struct {
		fields     map[string]int
		s          desk.State
		rows, cols string
	}{
		{map[string]int{"condition": 3, "eval_prompt": 2, "eval": 4}, desk.State{}, "condition", "eval_prompt"},
		{map[string]int{"condition": 3, "eval_prompt": 1, "eval": 4}, desk.State{}, "condition", "eval"},
		{map[string]int{"condition": 3}, desk.State{}, "condition", ""},
		{map[string]int{"train_prompt": 3, "eval": 2}, desk.State{}, "train_prompt", "eval"},
		{map[string]int{"condition": 3, "eval": 2, "lr": 2}, desk.State{}.With(figure.MatrixColumns, "lr"), "condition", "lr"},
		{map[string]int{"condition": 3, "eval": 2}, desk.State{By: []string{"eval"}}, "eval", ""},
	} {
		if rows, cols := figure.MatrixFields(count(c.fields), c.s); rows != c.rows || cols != c.cols {
			t.Errorf("%v: %s by %s, want %s by %s", c.fields, rows, cols, c.rows, c.cols)
		}
	}
}
