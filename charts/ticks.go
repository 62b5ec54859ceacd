package charts

import "math"

// A Tick is a marked value of an axis.
type Tick struct {
	At    float64 `json:"at"`
	Label string  `json:"label"`
}

// niceStep returns the smallest of the given steps (1, 2, 2.5 and 5) times a
// power of ten that cuts span into at most count parts.
func niceStep(span float64, count int, steps ...float64) float64 {
	if len(steps) == 0 {
		steps = []float64{1, 2, 2.5, 5}
	}
	raw := span / float64(max(1, count))
	if !(raw > 0) || math.IsInf(raw, 0) {
		return 1
	}
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range steps {
		if raw <= m*p*(1+1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// linearTicks marks the multiples of a nice step from lo to hi, at most
// count + 1 of them.
func linearTicks(lo, hi float64, count int, f Format) []Tick {
	step := niceStep(hi-lo, count)
	if f == Whole {
		step = math.Max(1, niceStep(hi-lo, count, 1, 2, 5))
	}
	ticks := multiples(lo, hi, step, f)
	for k := 1; len(ticks) < 3 && k <= 4 && f != Whole; k++ {
		ticks = multiples(lo, hi, niceStep(hi-lo, count+k), f) // an axis with one tick has no scale
	}
	return ticks
}

func multiples(lo, hi, step float64, f Format) []Tick {
	var out []Tick
	first := math.Ceil(lo/step - 1e-9)
	for k := 0; k < 50; k++ {
		v := (first + float64(k)) * step
		if v > hi+step*1e-9 {
			break
		}
		if v == 0 {
			v = 0 // no minus zero
		}
		out = append(out, Tick{v, f.tickText(v, step)})
	}
	return out
}

// rateTicks marks 0, 25, 50, 75 and 100 % as far as the axis goes; finer
// multiples where it is zoomed further in.
func rateTicks(lo, hi float64, count int) []Tick {
	if hi-lo > 0.4 && count >= 3 {
		return multiples(lo, hi, 0.25, Percent)
	}
	if hi-lo > 0.4 {
		return multiples(lo, hi, 0.5, Percent)
	}
	return linearTicks(lo, hi, count, Percent)
}

// logTicks marks powers of ten, and 2 and 5 between them where the axis is short.
func logTicks(lo, hi float64, f Format) []Tick {
	var out []Tick
	between := []float64{1}
	if hi/lo <= 2000 {
		between = []float64{1, 5}
	}
	if hi/lo <= 50 {
		between = []float64{1, 2, 5}
	}
	for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
		for _, m := range between {
			v := m * math.Pow(10, e)
			if v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
				out = append(out, Tick{v, f.tickText(v, v)})
			}
		}
	}
	return out
}

// fromZero marks 0, where the axis has it, and what a logarithmic axis marks.
func (a Axis) fromZero() []Tick {
	var out []Tick
	if a.Lo <= 0 {
		out = append(out, Tick{0, a.Format.tickText(0, 1)})
	}
	if lo := math.Max(a.Lo, a.Least); lo < a.Hi {
		out = append(out, logTicks(lo, a.Hi, a.Format)...)
	}
	return out
}

// logitTicks marks round percentages, dense near 0 and 1.
func logitTicks(lo, hi float64, f Format) []Tick {
	var out []Tick
	for _, v := range []float64{0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999} {
		if v >= lo && v <= hi {
			out = append(out, Tick{v, f.tickText(v, v)})
		}
	}
	return out
}
