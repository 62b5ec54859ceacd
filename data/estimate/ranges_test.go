package estimate

import (
	"math"
	"strings"
	"testing"

	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// summary adds a mean with bounds; NaN is what the file does not give.
func (s *study) summary(run, ctx int32, step float64, measure string, v, lo, hi float64) {
	b := s.counts
	b.Row(run, ctx, step)
	for kind, x := range map[column.Kind]float64{column.Value: v, column.Lo: lo, column.Hi: hi} {
		b.Set(b.Column(measure, kind), x)
	}
}

// A range read off a plot, with no number in it, is said and never dropped.
func TestRangesWithoutANumberAreSaid(t *testing.T) {
	none := math.NaN()
	s := newStudy()
	ctx := s.context()
	pressure, base := s.run("pressure", "condition", "pressure"), s.run("baseline", "condition", "baseline")
	s.summary(pressure, ctx, 1, "caught", none, 0.01, 0.03)
	s.summary(base, ctx, 1, "caught", 0.75, none, none)
	s.summary(pressure, ctx, 0.8, "missed", 0.37, none, none)
	s.summary(pressure, ctx, 1, "missed", none, 0.5, none)
	s.summary(base, ctx, 0.5, "missed", none, none, 0.005)
	s.summary(base, ctx, 1, "missed", none, none, 0.01)
	set := s.done()
	for _, by := range [][]string{{"condition"}, {"condition", "step"}} {
		f := ask(t, set, query.Query{By: by, Measures: []string{"caught", "missed"}})
		said := map[string]string{}
		for i := range f.Len() {
			v, why, _ := f.Num(frame.Value, i)
			if v == v {
				why = query.Num(v).Text
			}
			key := strings.TrimSpace(f.Text("condition", i) + " " + f.Text("step", i) + " " + f.Text(frame.Measure, i))
			said[key] = why
		}
		want := map[string]string{
			"pressure  caught": "only a range was reported: 0.01–0.03", "baseline  caught": "0.75",
			"pressure  missed": "0.37", "baseline  missed": "only ranges were reported: at most 0.005, and 1 more range",
		}
		if len(by) > 1 {
			want = map[string]string{
				"pressure 1 caught": "only a range was reported: 0.01–0.03", "baseline 1 caught": "0.75",
				"pressure 0.8 missed": "0.37", "pressure 1 missed": "only a range was reported: at least 0.5",
				"baseline 0.5 missed": "only a range was reported: at most 0.005", "baseline 1 missed": "only a range was reported: at most 0.01",
			}
		}
		for key, text := range want {
			if said[key] != text {
				t.Errorf("by %v: %s is %q, want %q", by, key, said[key], text)
			}
		}
		if len(said) != len(want) {
			t.Errorf("by %v: %v", by, said)
		}
	}
	f := ask(t, set, query.Query{By: []string{"condition"}, Measures: []string{"missed"}})
	noted := ""
	for _, n := range f.Notes {
		noted += n.Text + "\n"
	}
	if !strings.Contains(noted, "a range was reported without a number, and is not in the mean: at least 0.5") {
		t.Errorf("notes %s", noted)
	}
}
