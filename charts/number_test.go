package charts_test

import (
	"math"
	"testing"

	"witnessmark/charts"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		f    charts.Format
		v, n float64
		want string
	}{
		{charts.Percent, 0.3954, 38400, "39.5\u00a0%"},
		{charts.Percent, 0.4, 30, "40\u00a0%"},
		{charts.Percent, -0.0204, 38400, "−2.0\u00a0%"},
		{charts.Percent, -0.00001, 38400, "0.0\u00a0%"},
		{charts.Points, 0.0291, 0, "+2.9"},
		{charts.Points, -0.325, 0, "−32.5"},
		{charts.Points, 0, 0, "0.0"},
		{charts.Scores, 78.34, 0, "78.3"},
		{charts.Change, -4.14, 0, "−4.1"},
		{charts.Logs, -1.116, 0, "−1.12"},
		{charts.Ratio, 0.5434, 0, "0.543"},
		{charts.Whole, 1280, 0, "1\u202f280"},
		{charts.Whole, 38400, 0, "38\u202f400"},
		{charts.Whole, 999, 0, "999"},
		{charts.Free, 0.00012, 0, "1.2×10⁻⁴"},
		{charts.Free, 1234567, 0, "1\u202f234\u202f567"},
		{charts.Free, 1e300, 0, "1.0×10³⁰⁰"},
		{charts.Percent, math.NaN(), 0, "not estimable"},
		{charts.Free, math.Inf(-1), 0, "−∞"},
	} {
		if got := c.f.Text(c.v, c.n); got != c.want {
			t.Errorf("%s of %v with n %v: %q, want %q", c.f, c.v, c.n, got, c.want)
		}
	}
	if got := charts.Percent.Interval(0.212, 0.579, 38400); got != "[21.2,\u00a057.9]" {
		t.Errorf("interval %q", got)
	}
	if got := charts.Count(1, "seed") + charts.Count(30, "seed"); got != "1 seed30 seeds" {
		t.Errorf("counts %q", got)
	}
}

func TestScalesGoThereAndBack(t *testing.T) {
	for _, s := range []charts.Scale{
		{Lo: 0, Hi: 1, From: 100, To: 500},
		{Lo: -3, Hi: 7, From: 500, To: 100},
		{Kind: charts.Log, Lo: 0.0001, Hi: 1, From: 0, To: 300},
		{Kind: charts.Logit, Lo: 0.001, Hi: 0.999, From: 0, To: 300},
	} {
		for _, share := range []float64{0, 0.1, 0.5, 0.99, 1} {
			px := s.From + share*(s.To-s.From)
			if got := s.Px(s.At(px)); math.Abs(got-px) > 1e-6 {
				t.Errorf("%+v: pixel %v comes back as %v", s, px, got)
			}
		}
	}
	log := charts.Scale{Kind: charts.Log, Lo: 0.01, Hi: 1, To: 200}
	if got := log.Px(0.1); math.Abs(got-100) > 1e-9 {
		t.Errorf("0.1 is at %v on an axis from 0.01 to 1, want the middle", got)
	}
	if got := log.Px(0); got == got {
		t.Errorf("0 has the place %v on a logarithmic axis", got)
	}
}
