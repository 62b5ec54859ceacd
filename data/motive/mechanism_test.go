package motive_test

import (
	"testing"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

func seen(id string, v, lo, hi float64) motive.Observed {
	for _, c := range motive.Contrasts {
		if c.ID == id {
			return motive.Observed{Contrast: c, Estimate: &stats.Estimate{Value: v, Lo: lo, Hi: hi, Level: .95}}
		}
	}
	panic(id)
}

func TestIntervalThatCoversZeroIsNoEvidence(t *testing.T) {
	o := seen("irrelevant", -5, -12, 2)
	for m := range motive.Mechanisms {
		if got := o.Against(motive.Mechanism(m)); got != motive.NoEvidence {
			t.Errorf("%s: %s", motive.Mechanisms[m], got)
		}
	}
	if got := o.Favored(); got != nil {
		t.Errorf("favors %v", got)
	}
}

func TestTraitSweepFavorsConditionalization(t *testing.T) {
	all := []motive.Observed{
		seen("irrelevant", -64.2, -73.6, -54.8), seen("desired", -67.5, -77.1, -57.9), seen("pool", 24.9, 14.9, 34.9),
	}
	for _, o := range all {
		if got := o.Favored(); len(got) != 1 || got[0] != motive.Conditional {
			t.Errorf("%s favors %v", o.Contrast.ID, got)
		}
	}
	if e := motive.Evidence(all, 50); e[motive.Conditional] != 0 || e[motive.Aligned] >= 0 {
		t.Errorf("evidence %v", e)
	}
}

func TestThereAreTwelveContrastsAndMissingArmsAreNotRun(t *testing.T) {
	if len(motive.Contrasts) != 12 {
		t.Errorf("%d contrasts", len(motive.Contrasts))
	}
	o := motive.Observed{Contrast: motive.Contrasts[0]}
	if o.Against(motive.Pressure) != motive.NotRun || o.LogLikelihood(motive.Pressure, 10) != 0 {
		t.Error("a contrast that was not run counts")
	}
}
