package contrast

import (
	"context"
	"errors"
	"fmt"
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// An EffectRatio says how much of the effect of one condition another one
// has, such as an irrelevant prefix of that of an inoculation: 1 is as much,
// 0 nothing.
type EffectRatio struct {
	Control, Treated, Base                string
	ControlValue, TreatedValue, BaseValue float64
	Ratio, Lo, Hi                         float64 // NaN where not estimable
	Method, Why                           string  // Why there is no ratio or no interval
	Text                                  string
}

// EffectRatio divides the difference of control from q.Baseline by that of
// treated, with the interval of Fieller's theorem: over seeds that all three
// share, else over seeds or, of single runs, samples. Errors are those of Ask,
// and that a condition is not there.
func (st Study) EffectRatio(ctx context.Context, q query.Query, control, treated string) (EffectRatio, error) {
	q.Measures, q.Units, q.Sort, q.Limit, q.Offset = q.Measures[:1], true, nil, 0, 0
	base := q.Baseline
	q.Baseline, q.Pair = "", query.PairAuto
	f, err := st.Index.Ask(ctx, q)
	if err != nil {
		return EffectRatio{}, err
	}
	r := EffectRatio{Control: control, Treated: treated, Base: base, Ratio: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	var rows [3]int
	for i, name := range []string{control, treated, base} {
		if rows[i] = find(f, []frame.Key{{Field: q.By[0], Value: name}}); rows[i] < 0 {
			return r, fmt.Errorf("%q is not among the values of %s here", name, q.By[0])
		}
	}
	r.ControlValue, r.TreatedValue, r.BaseValue = num(f, frame.Value, rows[0]), num(f, frame.Value, rows[1]), num(f, frame.Value, rows[2])
	e, err := ratioOf(f, rows, q.LevelOr())
	var none *stats.NotEstimable
	switch {
	case errors.As(err, &none):
		r.Why = none.Why
	case err != nil:
		return r, err
	default:
		r.Ratio, r.Lo, r.Hi, r.Method = e.Value, e.Lo, e.Hi, e.Method
	}
	r.Text = r.words()
	return r, nil
}

func ratioOf(f frame.Frame, rows [3]int, level float64) (stats.Estimate, error) {
	if a, b, ok := effectsBySeed(f, rows); ok {
		k := float64(len(a))
		ma, mb := mean(a), mean(b)
		e, err := stats.Fieller(ma, mb, covariance(a, a)/k, covariance(b, b)/k, covariance(a, b)/k, k-1, level)
		e.Method = fmt.Sprintf("Fieller over %d shared seeds", len(a))
		return e, err
	}
	var value, variance [3]float64
	df := math.Inf(1)
	for i, row := range rows {
		v, d, err := meanVariance(f, row, level)
		if err != nil {
			return stats.Estimate{}, err
		}
		value[i], variance[i], df = num(f, frame.Value, row), v, min(df, d)
	}
	e, err := stats.Fieller(value[0]-value[2], value[1]-value[2], variance[0]+variance[2], variance[1]+variance[2], variance[2], df, level)
	e.Method = "Fieller over seeds, not paired"
	if num(f, frame.Seeds, rows[0]) == 1 {
		e.Method = "Fieller over samples, these runs only"
	}
	return e, err
}

// effectsBySeed are the differences of the first two rows from the third, by
// seed; ok is false for fewer than three seeds that all have.
func effectsBySeed(f frame.Frame, rows [3]int) (a, b []float64, ok bool) {
	var by [3]map[string]float64
	for i, row := range rows {
		by[i] = map[string]float64{}
		times := map[string]float64{}
		for _, u := range f.Units[row] {
			if u.Seed != "" && !math.IsNaN(u.Value) {
				times[u.Seed]++
				by[i][u.Seed] += (u.Value - by[i][u.Seed]) / times[u.Seed]
			}
		}
	}
	for _, u := range f.Units[rows[2]] {
		c, okC := by[0][u.Seed]
		t, okT := by[1][u.Seed]
		base, okB := by[2][u.Seed]
		if okC && okT && okB {
			a, b = append(a, c-base), append(b, t-base)
			delete(by[2], u.Seed)
		}
	}
	return a, b, len(a) >= 3
}

// meanVariance is the variance of a row's mean with its degrees of freedom:
// over seeds, or of a single run as its interval tells.
func meanVariance(f frame.Frame, row int, level float64) (variance, df float64, err error) {
	var values []float64
	for _, u := range f.Units[row] {
		if !math.IsNaN(u.Value) {
			values = append(values, u.Value)
		}
	}
	if k := float64(len(values)); k > 1 {
		return covariance(values, values) / k, k - 1, nil
	}
	v, n := num(f, frame.Value, row), num(f, frame.N, row)
	lo, hi := num(f, frame.Lo, row), num(f, frame.Hi, row)
	switch {
	case !math.IsNaN(num(f, frame.K, row)) && n > 1:
		return v * (1 - v) / n, n - 1, nil
	case !math.IsNaN(lo) && n > 1:
		se := (hi - lo) / 2 / stats.TQuantile((1+level)/2, n-1)
		return se * se, n - 1, nil
	}
	return 0, 0, stats.Because("%s has no interval", f.Text(f.Columns[0].Name, row))
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func covariance(a, b []float64) float64 {
	ma, mb, sum := mean(a), mean(b), 0.0
	for i := range a {
		sum += (a[i] - ma) * (b[i] - mb)
	}
	return sum / float64(len(a)-1)
}

func (r EffectRatio) words() string {
	if math.IsNaN(r.Ratio) {
		return fmt.Sprintf("How much %s does of what %s does is not estimable, because %s.", spoken(r.Control), spoken(r.Treated), r.Why)
	}
	two := func(v float64) string { return signed(v, decimal(math.Abs(v), 2), false) }
	return fmt.Sprintf("%s does %s [%s,%s%s] of what %s does, where 1 is as much; %s.",
		sentenceCase(spoken(r.Control)), two(r.Ratio), two(r.Lo), nbsp, two(r.Hi), spoken(r.Treated), r.Method)
}
