package views_test

import (
	"slices"
	"testing"

	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// Half of the seeds of two conditions take off in the small study, and none
// under negative inoculation.
func TestCheckpointsTellWhenSeedsTakeOff(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.checkpoints")
	w.Settle()
	w.Want("Onset")
	tables := viewtest.All[*part.Table](w)
	i := slices.IndexFunc(tables, func(t *part.Table) bool {
		return slices.ContainsFunc(t.Columns, func(c part.Column) bool { return c.ID == "chi2" })
	})
	if i < 0 {
		t.Fatal("there is no table of onsets")
	}
	onset := tables[i]
	for row, want := range []string{"5 of 10", "5 of 10", "0 of 10"} {
		if got := onset.Text(row, "share0"); got != want {
			t.Errorf("row %d says %q of the first threshold, want %q", row, got, want)
		}
	}
	if got := onset.Text(2, "median0"); got != "never" {
		t.Errorf("the median where none takes off is %q", got)
	}
	before := onset.Text(0, "median1")
	w.Desk().Do(desk.SetOption("Onset thresholds", figure.OnsetOption, "0.02 0.9"))
	w.Settle()
	if got := onset.Text(0, "median1"); got == before || got == "" {
		t.Errorf("the median stays %q at another threshold", got)
	}
}
