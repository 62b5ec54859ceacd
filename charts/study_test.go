package charts_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"witnessmark/data/frame"
)

// The frames of the examples look like those of real studies: 3 conditions
// of 30 seeds of which some learn to hack and some do not.

var nan = math.NaN()

var conditions = []string{"neutral", "inoculation", "negative inoculation"}

// finals returns the final hack rates of 30 seeds, high of which took off.
func finals(condition, high int) []float64 {
	r := rand.New(rand.NewPCG(uint64(condition), 7))
	out := make([]float64, 30)
	for i := range out {
		switch {
		case (i*7+condition)%30 < high:
			out[i] = math.Round(1280*(1-0.16*r.Float64()*r.Float64())) / 1280
		case r.Float64() < 0.25:
			out[i] = math.Round(1280*0.16*r.Float64()) / 1280
		default:
			out[i] = math.Round(1280*0.006*r.Float64()) / 1280
		}
	}
	return out
}

func meanT(v []float64) (mean, lo, hi float64) {
	const t29 = 2.045
	for _, x := range v {
		mean += x / float64(len(v))
	}
	ss := 0.0
	for _, x := range v {
		ss += (x - mean) * (x - mean)
	}
	half := t29 * math.Sqrt(ss/float64(len(v)-1)/float64(len(v)))
	return mean, mean - half, mean + half
}

// column collects the rows of one column.
type table map[string][]float64

func (t table) add(row map[string]float64) {
	for _, name := range numeric {
		v, ok := row[name]
		if !ok {
			v = nan
		}
		t[name] = append(t[name], v)
	}
}

var numeric = []string{
	"step", frame.Value, frame.Lo, frame.Hi, frame.Level, frame.K, frame.N, frame.Seeds,
	frame.Above, frame.Below, frame.Diff, frame.DiffLo, frame.DiffHi, frame.Pairs,
}

func (t table) frame(text ...frame.Column) frame.Frame {
	f := frame.Frame{Columns: text}
	for _, name := range numeric {
		f.Columns = append(f.Columns, frame.Column{Name: name, Num: t[name]})
	}
	return f
}

func same(n int, s string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s
	}
	return out
}

// finalRates is the frame of the Conditions view.
func finalRates() frame.Frame {
	t := table{}
	base := finals(0, 12)
	var keys [][]frame.Key
	var units [][]frame.Unit
	for c, name := range conditions {
		rates := [][]float64{base, finals(1, 14), finals(2, 2)}[c]
		mean, lo, hi := meanT(rates)
		diffs, us := make([]float64, 30), make([]frame.Unit, 30)
		above, below, k := 0.0, 0.0, 0.0
		for i, v := range rates {
			diffs[i] = v - base[i]
			us[i] = frame.Unit{
				Run: fmt.Sprintf("%s/seed_%d", name, i), Seed: fmt.Sprint(i),
				Value: v, K: v * 1280, N: 1280, Pair: diffs[i],
			}
			k += v * 1280
			if v > 0.5 {
				above++
			}
			if v < 0.05 {
				below++
			}
		}
		row := map[string]float64{
			frame.Value: mean, frame.Lo: lo, frame.Hi: hi, frame.Level: 0.95, frame.K: k, frame.N: 38400,
			frame.Seeds: 30, frame.Above: above, frame.Below: below,
		}
		if c > 0 {
			row[frame.Diff], row[frame.DiffLo], row[frame.DiffHi] = meanT(diffs)
			row[frame.Pairs] = 30
		} else {
			for i := range us {
				us[i].Pair = nan
			}
		}
		t.add(row)
		keys = append(keys, []frame.Key{{Field: "condition", Value: name}})
		units = append(units, us)
	}
	f := t.frame(
		frame.Column{Name: "condition", Text: conditions},
		frame.Column{Name: "family", Text: []string{"baseline", "inoculation_specific", "discouraging"}},
		frame.Column{Name: frame.Method, Text: same(3, "t interval over seeds")},
		frame.Column{Name: frame.DiffVia, Text: same(3, "paired t interval")},
	)
	f.Keys, f.Units = keys, units
	return f
}

// overSteps is the frame of the Checkpoints view: every by-th of 119 steps of
// 90 seeds.
func overSteps(by int) frame.Frame {
	t := table{}
	var names, families []string
	var keys [][]frame.Key
	var units [][]frame.Unit
	for c, name := range conditions {
		last := finals(c, []int{12, 14, 2}[c])
		r := rand.New(rand.NewPCG(uint64(c), 11))
		middle := make([]float64, 30)
		for i := range middle {
			middle[i] = 45 + 60*r.Float64()
		}
		for step := 0; step < 119; step += by {
			rates, us := make([]float64, 30), make([]frame.Unit, 30)
			for i := range rates {
				p := 0.01 + (last[i]-0.01)/(1+math.Exp(-(float64(step)-middle[i])/4))
				k := math.Round(128 * math.Max(0, math.Min(1, p+0.02*r.NormFloat64()*math.Sqrt(p))))
				rates[i] = k / 128
				us[i] = frame.Unit{Run: fmt.Sprintf("%s/seed_%d", name, i), Seed: fmt.Sprint(i), Value: k / 128, K: k, N: 128, Pair: nan}
			}
			mean, lo, hi := meanT(rates)
			t.add(map[string]float64{
				"step": float64(step), frame.Value: mean, frame.Lo: math.Max(0, lo), frame.Hi: hi,
				frame.Level: 0.95, frame.N: 3840, frame.Seeds: 30,
			})
			names = append(names, name)
			families = append(families, []string{"baseline", "inoculation_specific", "discouraging"}[c])
			keys = append(keys, []frame.Key{{Field: "condition", Value: name}, {Field: "step", Value: fmt.Sprint(step)}})
			units = append(units, us)
		}
	}
	f := t.frame(
		frame.Column{Name: "condition", Text: names},
		frame.Column{Name: "family", Text: families},
		frame.Column{Name: frame.Method, Text: same(len(names), "t interval over seeds")},
	)
	f.Keys, f.Units = keys, units
	return f
}
