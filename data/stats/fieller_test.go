package stats

import (
	"math"
	"testing"
)

// The bounds are the roots of (a − r·b)² = t²(varA − 2·r·cov + r²·varB).
func TestFiellerBoundsSolveTheirEquation(t *testing.T) {
	for _, x := range []struct{ a, b, va, vb, cov, df float64 }{
		{-64.16, -69.10, 22, 17, 12, 98}, {1.5, 2, 0.04, 0.02, 0, 30}, {0.3, -1, 0.01, 0.02, -0.005, 7}, {2, 4, 0.1, 0, 0, 12},
	} {
		e, err := Fieller(x.a, x.b, x.va, x.vb, x.cov, x.df, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if !(e.Lo < e.Value && e.Value < e.Hi) {
			t.Errorf("%+v: %v in [%v, %v]", x, e.Value, e.Lo, e.Hi)
		}
		c := TQuantile(0.975, x.df)
		for _, r := range []float64{e.Lo, e.Hi} {
			left, right := (x.a-r*x.b)*(x.a-r*x.b), c*c*(x.va-2*r*x.cov+r*r*x.vb)
			if math.Abs(left-right) > 1e-9*math.Max(1, right) {
				t.Errorf("%+v: bound %v leaves %v and %v", x, r, left, right)
			}
		}
	}
	if e, err := Fieller(1, 0.1, 0.01, 0.04, 0, 20, 0.95); err == nil {
		t.Errorf("a divisor that may be 0 gives %+v", e)
	}
}
