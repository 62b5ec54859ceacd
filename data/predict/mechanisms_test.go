package predict_test

import (
	"testing"

	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/query"
)

func TestMechanismsOfTheTraitSweep(t *testing.T) {
	where, err := query.Parse("lr:0.0001")
	if err != nil {
		t.Fatal(err)
	}
	p, err := predict.Mechanisms(t.Context(), realIndex(t, "trait_prefix_sweep_by_checkpoint.csv"), predict.MechanismQuestion{Where: where, Steps: query.At(313)})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(p.Arms)
	for _, r := range p.Rows {
		if r.Estimate != nil {
			t.Logf("%s %.2f [%.2f, %.2f] %s %v %v %v", r.Contrast.Title, r.Estimate.Value, r.Estimate.Lo, r.Estimate.Hi, r.Estimate.Method, r.Favored(), r.Of, r.Base)
		} else {
			t.Log(r.Contrast.Title, r.Why)
		}
	}
	t.Log(p.Sentences(), p.EvidenceAt(20), p.EvidenceAt(80))
	_ = motive.Aligned
}
