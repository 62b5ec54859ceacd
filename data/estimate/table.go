package estimate

import (
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
)

// A tally collects a column of numbers with the reasons for those missing.
type tally struct {
	num   []float64
	why   []string
	holes bool
}

func (t *tally) add(v float64, why string) {
	t.num = append(t.num, v)
	if v == v {
		why = ""
	}
	t.holes = t.holes || why != ""
	t.why = append(t.why, why)
}

func (t *tally) column(name, unit string) frame.Column {
	c := frame.Column{Name: name, Unit: unit, Num: t.num}
	if t.holes {
		c.Why = t.why
	}
	if c.Num == nil {
		c.Num = []float64{}
	}
	return c
}

// numbers makes a column of one number a row.
func numbers(rows []*row, name string, of func(*row) (v float64, why string)) frame.Column {
	var t tally
	for _, r := range rows {
		t.add(of(r))
	}
	return t.column(name, "")
}

// words makes a column of one text a row.
func words(rows []*row, name string, of func(*row) string) frame.Column {
	c := frame.Column{Name: name, Text: make([]string, len(rows))}
	for i, r := range rows {
		c.Text[i] = of(r)
	}
	return c
}

// table makes the frame of rows.
func (s *scan) table(rows []*row) frame.Frame {
	f := frame.Frame{Keys: make([][]frame.Key, len(rows))}
	for i, name := range s.q.By {
		f.Columns = append(f.Columns, words(rows, name, func(r *row) string { return s.legends[i].texts[r.codes[i]] }))
	}
	if slices.ContainsFunc(rows, func(r *row) bool { return r.split > 1 }) && !slices.Contains(s.q.By, data.Grader) {
		f.Columns = append(f.Columns, words(rows, data.Grader, func(r *row) string { return s.graderName(r.grader) }))
	}
	f.Columns = append(f.Columns, s.estimates(rows)...)
	if s.q.Baseline != "" {
		f.Columns = append(f.Columns, differences(rows)...)
	}
	for i, r := range rows {
		f.Keys[i] = s.keys(r)
	}
	if s.q.Units {
		f.Units = make([][]frame.Unit, len(rows))
		for i, r := range rows {
			f.Units[i] = s.units(r)
		}
	}
	groups := len(rows)
	if s.byStep {
		groups = s.overSteps(rows)
	}
	f.Notes = append(s.whole(rows), gathered(rows, groups)...)
	return f
}

func (s *scan) keys(r *row) []frame.Key {
	var out []frame.Key
	for i, name := range s.q.By {
		out = append(out, frame.Key{Field: name, Value: s.legends[i].texts[r.codes[i]]})
	}
	if r.split > 1 {
		out = append(out, frame.Key{Field: data.Grader, Value: s.graderName(r.grader)})
	}
	return out
}

func (s *scan) estimates(rows []*row) []frame.Column {
	bound := func(pick func(*row) float64) func(*row) (float64, string) {
		return func(r *row) (float64, string) {
			if r.why != "" {
				return math.NaN(), r.why
			}
			return pick(r), ""
		}
	}
	out := []frame.Column{
		words(rows, frame.Measure, func(r *row) string { return s.q.Measures[r.measure] }),
		numbers(rows, frame.Value, func(r *row) (float64, string) { return r.value, r.why }),
		numbers(rows, frame.Lo, bound(func(r *row) float64 { return r.est.Lo })),
		numbers(rows, frame.Hi, bound(func(r *row) float64 { return r.est.Hi })),
		numbers(rows, frame.Level, func(*row) (float64, string) { return s.q.LevelOr(), "" }),
		numbers(rows, frame.K, func(r *row) (float64, string) { return r.k, "not a rate" }),
		numbers(rows, frame.N, func(r *row) (float64, string) { return r.n, "not reported" }),
		numbers(rows, frame.Seeds, func(r *row) (float64, string) { return float64(len(r.runs)), "" }),
		numbers(rows, frame.Excluded, func(r *row) (float64, string) { return float64(r.excluded), "" }),
		words(rows, frame.Method, func(r *row) string { return r.est.Method }),
		words(rows, frame.Grain, func(r *row) string {
			if r.series == nil {
				return ""
			}
			return r.grain.String()
		}),
		numbers(rows, frame.Above, s.part(func(share float64) bool { return share > 0.5 })),
		numbers(rows, frame.Below, s.part(func(share float64) bool { return share < 0.05 })),
		words(rows, frame.Reported, func(r *row) string {
			if r.reported {
				return frame.Reported
			}
			return ""
		}),
	}
	return withUnit(out, rows, "%", frame.Value, frame.Lo, frame.Hi)
}

// withUnit gives columns the unit in which rates are shown, if all rows are
// rates. The numbers stay fractions.
func withUnit(columns []frame.Column, rows []*row, unit string, names ...string) []frame.Column {
	for _, r := range rows {
		if r.value == r.value && !r.rate {
			return columns
		}
	}
	for i := range columns {
		if slices.Contains(names, columns[i].Name) {
			columns[i].Unit = unit
		}
	}
	return columns
}

// part counts the runs whose value lies in a part of the scale.
func (s *scan) part(in func(share float64) bool) func(*row) (float64, string) {
	return func(r *row) (float64, string) {
		lo, hi, ok := s.x.scale(s.measures[r.measure], r.rate)
		if !ok {
			return math.NaN(), "the scale is not known"
		}
		n := 0
		for _, v := range r.runs {
			n += btoi(in((v.value - lo) / (hi - lo)))
		}
		return float64(n), ""
	}
}

func differences(rows []*row) []frame.Column {
	number := func(name string, of func(*comparison) (float64, string)) frame.Column {
		return numbers(rows, name, func(r *row) (float64, string) { return of(r.compared) })
	}
	out := []frame.Column{
		number(frame.Diff, func(c *comparison) (float64, string) { return c.diff, c.why }),
		number(frame.DiffLo, func(c *comparison) (float64, string) { return c.lo, c.why }),
		number(frame.DiffHi, func(c *comparison) (float64, string) { return c.hi, c.why }),
		words(rows, frame.DiffVia, func(r *row) string { return r.compared.via }),
		number(frame.Pairs, func(c *comparison) (float64, string) {
			if c.pairs == 0 {
				return math.NaN(), "nothing is paired"
			}
			return float64(c.pairs), ""
		}),
		number(frame.P, func(c *comparison) (float64, string) { return c.p, c.whyP }),
		number(frame.PFloor, func(c *comparison) (float64, string) { return c.floor, c.whyP }),
		number(frame.PHolm, func(c *comparison) (float64, string) { return c.holm, c.whyP }),
	}
	return withUnit(out, rows, "points", frame.Diff, frame.DiffLo, frame.DiffHi)
}

// units lists the runs behind a row, or the items where items were paired on
// request.
func (s *scan) units(r *row) []frame.Unit {
	if c := r.compared; c != nil && c.items != nil && s.q.Pair != "" {
		return s.itemUnits(c)
	}
	var out []frame.Unit
	if r.series == nil {
		return out
	}
	for _, v := range r.series.values {
		run := s.x.set.Runs[v.run]
		u := frame.Unit{Run: run.Name, Seed: run.Fields[data.Seed], Value: v.value, K: math.NaN(), N: v.n, Pair: math.NaN()}
		if r.rate {
			u.K = v.k
		}
		if r.compared != nil {
			if d, ok := r.compared.units[v.run]; ok {
				u.Pair = d
			}
		}
		out = append(out, u)
	}
	return out
}

func (s *scan) itemUnits(c *comparison) []frame.Unit {
	out := make([]frame.Unit, len(c.items))
	for i, p := range c.items {
		out[i] = frame.Unit{Item: s.x.items[p.key.item], Value: p.own, K: math.NaN(), N: math.NaN(), Pair: p.own - p.base}
	}
	return out
}

// gathered lists the notes of rows; one that all groups have becomes a note
// on the whole.
func gathered(rows []*row, groups int) []frame.Note {
	times := map[rowNote]int{}
	for _, r := range rows {
		for _, n := range r.notes {
			times[n]++
		}
	}
	var whole, single []frame.Note
	told := map[rowNote]bool{}
	for i, r := range rows {
		for _, n := range r.notes {
			if groups == 1 || times[n] < groups {
				single = append(single, frame.Note{Row: i, ID: n.id, Text: n.text, Bad: n.bad})
			} else if !told[n] {
				told[n] = true
				whole = append(whole, frame.Note{Row: -1, ID: n.id, Text: n.text, Bad: n.bad})
			}
		}
	}
	return append(whole, single...)
}
