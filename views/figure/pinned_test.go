package figure_test

import (
	"math"
	"slices"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/views"
	"witnessmark/views/figure"
)

// TestFingerprintsAreOfTheNumbers: words and noise in the last digits do not
// make a figure stale, and any number does.
func TestFingerprintsAreOfTheNumbers(t *testing.T) {
	answer := func(change func(*frame.Frame)) string {
		f := frame.Frame{
			Columns: []frame.Column{{Name: "condition", Text: []string{"a", "b"}}, {Name: frame.Value, Num: []float64{1. / 3, math.NaN()}, Why: []string{"", "not reported"}}},
			Keys:    [][]frame.Key{{{Field: "condition", Value: "a"}}, {{Field: "condition", Value: "b"}}},
			Units:   [][]frame.Unit{{{Run: "r", Seed: "1", Value: 0.25, K: 5, N: 20, Pair: math.NaN()}}, nil},
		}
		change(&f)
		return figure.Fingerprint(f)
	}
	same := answer(func(*frame.Frame) {})
	for name, c := range map[string]struct {
		change func(*frame.Frame)
		same   bool
	}{
		"a note":        {func(f *frame.Frame) { f.Notes = []frame.Note{{Row: -1, Text: "said otherwise"}} }, true},
		"a reason":      {func(f *frame.Frame) { f.Columns[1].Why[1] = "said otherwise" }, true},
		"last digits":   {func(f *frame.Frame) { f.Columns[1].Num[0] += 1e-14 }, true},
		"a number":      {func(f *frame.Frame) { f.Columns[1].Num[0] = 0.3334 }, false},
		"a value there": {func(f *frame.Frame) { f.Columns[1].Num[1] = 0 }, false},
		"a name":        {func(f *frame.Frame) { f.Columns[0].Text[1] = "c" }, false},
		"a seed":        {func(f *frame.Frame) { f.Units[0][0].Value = 0.3 }, false},
		"a count":       {func(f *frame.Frame) { f.Units[0][0].N = 21 }, false},
		"a seed more":   {func(f *frame.Frame) { f.Units[1] = f.Units[0] }, false},
	} {
		if got := answer(c.change) == same; got != c.same {
			t.Errorf("with %s changed the fingerprint is the same: %v, want %v", name, got, c.same)
		}
	}
}

func TestWhatIsKeptIsDrawnTheSame(t *testing.T) {
	spec := charts.Spec{Title: "T", Panels: []charts.Panel{{Layers: []charts.Layer{{Mark: "point", X: charts.Values{0.2, math.NaN(), math.Inf(1)}, Source: []charts.Target{{Text: "secret"}}}}}}}
	chart, err := figure.Keep(spec)
	if err != nil {
		t.Fatal(err)
	}
	back, err := figure.Kept(chart)
	if err != nil || back.Title != "T" || len(back.Panels[0].Layers[0].X) != 3 || back.Panels[0].Layers[0].Source != nil {
		t.Errorf("kept %+v %v", back, err)
	}
	if spec.Panels[0].Layers[0].Source == nil {
		t.Error("keeping a chart took the ways back from the one on screen")
	}
	if _, err := figure.Kept([]byte("{broken")); err == nil {
		t.Error("what cannot be read must be an error")
	}
}

func TestEveryFigureHasAViewThatShowsIt(t *testing.T) {
	for _, id := range figure.IDs() {
		if !slices.ContainsFunc(views.Kinds(), func(k views.Kind) bool { return k.ID == figure.Home(id) }) {
			t.Errorf("%s is shown by %q, which is no view", id, figure.Home(id))
		}
	}
}

func TestFilesSortInTheOrderOfTheTalk(t *testing.T) {
	for _, c := range []struct {
		number int
		title  string
		want   string
	}{{3, "Most seeds never pass 50 % when discouraged", "03-most-seeds-never-pass-50-when-discouraged.png"}, {12, "…", "12-figure.png"}} {
		if got := figure.Numbered(c.number, c.title, ".png"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
