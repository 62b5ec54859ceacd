package views_test

import (
	"fmt"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// judgedOverSteps is a study of three steps that a detector scored, and the
// last of which a second judge scored too.
func judgedOverSteps() string {
	var b strings.Builder
	b.WriteString("condition,seed,step,grader,hack_count,n\n")
	for seed := range 4 {
		for _, condition := range []string{"neutral", "inoculation"} {
			for _, step := range []int{0, 50, 100} {
				fmt.Fprintf(&b, "%s,%d,%d,detector,%d,100\n", condition, seed, step, seed+step/2)
			}
			fmt.Fprintf(&b, "%s,%d,100,second judge,%d,100\n", condition, seed, 30+seed)
		}
	}
	return b.String()
}

// Curves are of one judge, who is named, until another one is chosen; a filter
// that names a judge has the last word.
func TestCurvesOverCheckpointsAreOfOneJudge(t *testing.T) {
	w := importing(t, judgedOverSteps())
	w.Do("view.checkpoints")
	w.Settle()
	chart := func() charts.Spec { return viewtest.Find[*part.ChartBox](w).Spec() }
	if s := chart(); len(s.Panels) != 2 || !strings.Contains(s.Subtitle, "by detector") {
		t.Errorf("%d panels, about %q", len(s.Panels), s.Subtitle)
	}
	w.Desk().Do(desk.SetOption("Judge", figure.JudgeOption, "second judge"))
	w.Settle()
	if s := chart(); !strings.Contains(s.Subtitle, "by second judge") {
		t.Errorf("after choosing the other judge: %q", s.Subtitle)
	}
	w.Filter("grader:detector")
	if s := chart(); strings.Contains(s.Subtitle, "by second judge") || len(s.Panels) != 2 {
		t.Errorf("against the filter: %q", s.Subtitle)
	}
}
