package predict

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"witnessmark/data"
	"witnessmark/data/motive"
)

// Hash is the SHA-256 of a model over its canonical JSON, in hexadecimal: the
// same model has the same hash wherever it was read. The encoder sorts the
// keys of tables, and the order of everything else is the model's own.
func Hash(m motive.Model) (string, error) {
	text, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("the model cannot be written as JSON: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// modelHash is the key under which a computed prediction carries the hash of
// its model.
const modelHash = "model_sha256"

// Name is how predictions of a model are signed: name and version.
func Name(m motive.Model) string { return fmt.Sprintf("%s v%d", m.Name, m.Version) }

// Predictions are the computed rates as predictions to be kept, signed with
// the model's name and version and carrying its hash. Rates that the model
// does not give are left out.
func (c *Computed) Predictions() ([]data.Prediction, error) {
	hash, err := Hash(c.Model)
	if err != nil {
		return nil, err
	}
	carried, err := json.Marshal(map[string]string{modelHash: hash, "label": motive.Label})
	if err != nil {
		return nil, err
	}
	var out []data.Prediction
	for _, r := range c.Rates() {
		p, err := r.Predicted.Value()
		if err != nil {
			continue
		}
		out = append(out, data.Prediction{
			Model: Name(c.Model), Condition: r.Arm, Eval: r.Eval, EvalPrompt: r.EvalPrompt, Metric: c.seen.Behavior,
			Quantity: "rate", Step: r.Step, Deployment: math.Max(0, float64(r.Deployment)), P: p, Lo: math.NaN(), Hi: math.NaN(), Distribution: string(carried),
		})
	}
	return out, nil
}

// Digest is the SHA-256 of what some predictions say, in hexadecimal, before
// they are stamped with the time of their lock.
func Digest(all []Stated) string {
	h := sha256.New()
	for _, s := range all {
		fmt.Fprintf(h, "%+v\n", s.Prediction) // texts and numbers, in the order of the fields
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ParseSteps reads steps such as "20, 40"; nil for none. Errors say in plain
// words what to write.
func ParseSteps(text string) ([]float64, error) {
	var out []float64
	for one := range strings.SplitSeq(text, ",") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		v, err := strconv.ParseFloat(one, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%q is no step; write steps as 20,40,60", one)
		}
		out = append(out, v)
	}
	return out, nil
}
