package motive_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"witnessmark/data/motive"
)

func TestPresetsComputeAndSurviveJSON(t *testing.T) {
	for _, p := range motive.Presets {
		m := p.New()
		if err := m.Check(); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back motive.Model
		if err := json.Unmarshal(raw, &back); err != nil || !reflect.DeepEqual(m, back) {
			t.Errorf("%s: comes back from JSON changed (%v)", p.ID, err)
		}
	}
}

func TestHonestTestSeparatesRewardSeekersFromInfluenceSeekers(t *testing.T) {
	m := motive.Presets[1].New()
	var seeker, other = []float64{0, 0, 1, 0, 0}, []float64{0, 0, 0, 1, 0}
	best := motive.Splits(m, m, seeker, other, m.Contexts)[0]
	if best.Context != motive.Honest {
		t.Errorf("best eval to tell them apart: %s", best.Context)
	}
}

func TestLicensingKeepsTheIntendedPattern(t *testing.T) {
	m := motive.Presets[1].New()
	plain := m.Supervised(motive.Context{Name: motive.Hackable}, .9)
	licensed := m.Supervised(motive.Context{Name: motive.Hackable, Licensed: true}, .9)
	if licensed[0]-plain[0] < 1 || licensed[1] != plain[1] {
		t.Errorf("log-likelihoods %v without, %v with a license", plain[:2], licensed[:2])
	}
}

func TestTornadoStartsFromNoPrior(t *testing.T) {
	bars := motive.Presets[1].New().Tornado("Schemer", 118)
	if len(bars) != len(motive.Weights) {
		t.Fatalf("%d bars", len(bars))
	}
	for _, b := range bars {
		if b.Weight == "speed" && b.AtHigh >= b.AtLow {
			t.Errorf("a stronger speed prior raises the slow schemer: %+v", b)
		}
	}
}
