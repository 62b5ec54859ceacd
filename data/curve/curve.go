// Package curve reads what a measure does over the training of each run. An
// answer by step, with its runs as units (see estimate.Index.Ask), becomes
// groups of runs with their steps and values; from those come
//
//	Lay      the same answer along another axis than the step
//	Widen    bands that hold at all steps at once
//	Lengths  what must be said of runs that end early or lack steps
//	Trends   the slope of each run, and its mean over runs
//	Shifts   where a level best gives way to another, as a hint
//	Relate   how two measures move together within runs
//
// All of them are pure functions of frames. Onsets are in package oversight.
package curve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
)

// A Group is the runs that an answer has in common, such as a condition.
type Group struct {
	Keys []frame.Key // what it is grouped by, and the grader where several scored it
	Runs []Run       // in the order in which the answer names them
	rows []int       // of the answer, by step
}

// A Run is one run's measure over its steps. Steps rise and have values.
type Run struct {
	Name, Seed string
	Steps      []float64
	Values     []float64
	K, N       []float64 // counts behind values; NaN where they are no rates
	rows       []int     // of the answer
}

// Name names a group by its values.
func (g Group) Name() string {
	words := make([]string, len(g.Keys))
	for i, k := range g.Keys {
		words[i] = k.Value
	}
	return strings.Join(words, ", ")
}

// Groups reads the runs of an answer by step. Rows without a step, and rows
// that only quote a report, are left out.
func Groups(f frame.Frame) []Group {
	at := map[string]int{}
	var out []Group
	for row := range f.Len() {
		if step := stepAt(f, row); step != step || f.Text(frame.Reported, row) != "" {
			continue
		}
		keys := without(f.Keys[row], data.Step)
		name := fmt.Sprint(keys)
		i, known := at[name]
		if !known {
			i = len(out)
			at[name] = i
			out = append(out, Group{Keys: keys})
		}
		out[i].rows = append(out[i].rows, row)
	}
	for i := range out {
		out[i].read(f)
	}
	return out
}

// read sorts a group's rows by step and its units into runs.
func (g *Group) read(f frame.Frame) {
	slices.SortStableFunc(g.rows, func(a, b int) int { return cmp.Compare(stepAt(f, a), stepAt(f, b)) })
	at := map[string]int{}
	for _, row := range g.rows {
		if row >= len(f.Units) {
			return
		}
		step := stepAt(f, row)
		for _, u := range f.Units[row] {
			if u.Value != u.Value {
				continue
			}
			i, known := at[u.Run]
			if !known {
				i = len(g.Runs)
				at[u.Run] = i
				g.Runs = append(g.Runs, Run{Name: u.Run, Seed: u.Seed})
			}
			g.Runs[i].add(row, step, u)
		}
	}
}

func (r *Run) add(row int, step float64, u frame.Unit) {
	if n := len(r.Steps); n > 0 && r.Steps[n-1] == step {
		return // one step counts once
	}
	r.Steps, r.Values = append(r.Steps, step), append(r.Values, u.Value)
	r.K, r.N, r.rows = append(r.K, u.K), append(r.N, u.N), append(r.rows, row)
}

// last is the last step of a run that has one.
func (r Run) last() float64 { return r.Steps[len(r.Steps)-1] }

// stepAt reads the step of a row, written as text or as a number; NaN for none.
func stepAt(f frame.Frame, row int) float64 {
	c := f.Col(data.Step)
	switch {
	case c == nil:
		return math.NaN()
	case row < len(c.Num):
		return c.Num[row]
	case row < len(c.Text):
		if v, err := strconv.ParseFloat(c.Text[row], 64); err == nil {
			return v
		}
	}
	return math.NaN()
}

func without(keys []frame.Key, field string) []frame.Key {
	return slices.DeleteFunc(slices.Clone(keys), func(k frame.Key) bool { return k.Field == field })
}

func level(l float64) float64 {
	if l == 0 {
		return 0.95
	}
	return l
}

// noun is what runs are called: seeds, where each has one.
func noun(groups []Group) string {
	for _, g := range groups {
		for _, r := range g.Runs {
			if r.Seed == "" {
				return "run"
			}
		}
	}
	return "seed"
}

// count says "1 run" or "30 runs".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// short writes a step with no more digits than it has.
func short(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), "-", "−", 1)
}
