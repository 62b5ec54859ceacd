package motive_test

import (
	"encoding/json"
	"math"
	"testing"

	"witnessmark/data/motive"
)

// A model file is whatever people write. What passes Check computes shares
// that add up to 1, and rates between 0 and 1; or shares that are no numbers,
// where a person asked for numbers past all range.
func FuzzModel(f *testing.F) {
	for _, p := range motive.Presets {
		m := p.New()
		for _, e := range motive.Extensions {
			raw, err := json.Marshal(m)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw)
			e.Switch(&m, true)
		}
	}
	f.Add([]byte(`{"patterns":[{"name":"a"},{"name":"b","default":1,"gate":{"c":0}}],"contexts":[{"name":"c","training":1,"select":-1e300}],"params":{"eta":1}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var m motive.Model
		if json.Unmarshal(raw, &m) != nil || m.Check() != nil || len(m.Patterns) > 50 || len(m.Contexts) > 50 {
			return
		}
		m.Params.DeploySteps = min(m.Params.DeploySteps, 20)
		end := m.Deploy(m.Deployed(m.Train(20).Last()), m.Params.DeploySteps).Last()
		sum := 0.0
		for _, w := range end {
			sum += w
		}
		if math.IsNaN(sum) {
			return
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Fatalf("shares %v add up to %v", end, sum)
		}
		for _, c := range m.Contexts {
			if p, ok := m.Rate(end, c); ok && !(p >= -1e-9 && p <= 1+1e-9) {
				t.Fatalf("rate %v in %q", p, c.Name)
			}
		}
	})
}
