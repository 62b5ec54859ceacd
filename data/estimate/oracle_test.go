package estimate

import (
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// The numbers were computed from the same runs by another program.
func TestRealRunsGiveTheKnownNumbers(t *testing.T) {
	f := ask(t, rlStudy(t), query.Query{
		Steps: query.Last(10), By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral", Units: true,
	})
	if f.Len() != 3 {
		t.Fatalf("%d rows, want 3", f.Len())
	}
	for row, want := range []struct {
		condition                   string
		value, diff, diffLo, diffHi float64
		above, below                float64
	}{
		{"inoculation", 0.424, 0.029, -0.221, 0.278, 14, 13},
		{"negative_inoculation", 0.070, -0.325, -0.523, -0.128, 2, 27},
		{"neutral", 0.395, 0, 0, 0, 12, 18},
	} {
		if got := f.Text(data.Condition, row); got != want.condition {
			t.Fatalf("row %d is %s, want %s", row, got, want.condition)
		}
		wantNum(t, f, frame.Value, row, want.value, 0.0005)
		wantNum(t, f, frame.Seeds, row, 30, 0)
		wantNum(t, f, frame.Above, row, want.above, 0)
		wantNum(t, f, frame.Below, row, want.below, 0)
		if len(f.Units[row]) != 30 {
			t.Errorf("%s: %d units, want 30", want.condition, len(f.Units[row]))
		}
		if want.diff == 0 {
			continue
		}
		wantNum(t, f, frame.Diff, row, want.diff, 0.0005)
		wantNum(t, f, frame.DiffLo, row, want.diffLo, 0.0005)
		wantNum(t, f, frame.DiffHi, row, want.diffHi, 0.0005)
		wantNum(t, f, frame.Pairs, row, 30, 0)
	}
	for _, n := range f.Notes {
		t.Log(n.Row, n.ID, n.Text)
	}
	for _, c := range f.Columns {
		t.Log(c)
	}
}
