package estimate

import (
	"cmp"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/stats"
)

// A row is one line of an answer: a measure in a group, by one grader if the
// group mixes several.
type row struct {
	group    int32
	codes    []int32 // of the fields of By
	measure  int     // position in q.Measures
	grader   int32
	split    int  // number of graders that the group mixes; 0 if rows are not split
	reported bool // numbers as a file gives them
	grain    data.Grain
	series   *series // nil where the group has no value of the measure
	ranges   *series // bounds that were reported without a number; nil where there are none
	left     int     // runs with numbers of a coarser grain only, not used
	runs     []runValue
	value    float64
	k, n     float64
	excluded int
	rate     bool // k of n, or 0 and 1
	est      stats.Estimate
	why      string // there is no interval because …
	compared *comparison
	notes    []rowNote
}

type rowNote struct {
	id, text string
	bad      bool
}

func (r *row) note(id, text string, bad bool) { r.notes = append(r.notes, rowNote{id, text, bad}) }

// arrange makes the rows of an answer from the series.
func (s *scan) arrange() []*row {
	found := map[[2]int32][]*series{}
	for i := range s.series {
		sr := &s.series[i]
		key := [2]int32{sr.group, int32(sr.measure)}
		found[key] = append(found[key], sr)
	}
	keepEmpty := !s.byStep && !s.bySample
	var out []*row
	for group := range s.seen {
		codes := s.groups.codes(group, len(s.by))
		for m := range s.measures {
			rows := s.divide(found[[2]int32{group, int32(m)}])
			if len(rows) == 0 && keepEmpty {
				rows = []*row{{}}
			}
			for _, r := range rows {
				r.group, r.codes, r.measure = group, codes, m
			}
			out = append(out, rows...)
		}
	}
	slices.SortFunc(out, s.compareRows)
	for _, r := range out {
		s.fill(r)
	}
	return out
}

func (s *scan) compareRows(a, b *row) int {
	for i, l := range s.legends {
		if c := cmp.Compare(l.ranks[a.codes[i]], l.ranks[b.codes[i]]); c != 0 {
			return c
		}
	}
	return cmp.Or(
		cmp.Compare(a.measure, b.measure),
		natural(s.graderName(a.grader), s.graderName(b.grader)),
		cmp.Compare(btoi(a.reported), btoi(b.reported)),
	)
}

func (s *scan) graderName(code int32) string { return s.x.graderField().dict[code].Text }

// divide makes a row for each grader, of the finest grain that there is, and
// one more for numbers as reported.
func (s *scan) divide(all []*series) []*row {
	var graders []int32
	for _, sr := range all {
		if !slices.Contains(graders, sr.grader) {
			graders = append(graders, sr.grader)
		}
	}
	var out []*row
	for _, g := range graders {
		own := slices.DeleteFunc(slices.Clone(all), func(sr *series) bool { return sr.grader != g })
		rows := []*row{finest(own, false), finest(own, true)}
		for _, r := range withRanges(rows, own) {
			if r == nil {
				continue
			}
			r.grader = g
			if len(graders) > 1 {
				r.split = len(graders)
			}
			out = append(out, r)
		}
	}
	return out
}

// withRanges hands bounds without a number to the first of the rows, or to
// one more where there is none.
func withRanges(rows []*row, all []*series) []*row {
	i := slices.IndexFunc(all, func(sr *series) bool { return sr.kind == rangeKind })
	if i < 0 {
		return rows
	}
	at := slices.IndexFunc(rows, func(r *row) bool { return r != nil })
	if at < 0 {
		rows, at = append(rows, &row{grain: data.Summaries}), len(rows)
	}
	rows[at].ranges = all[i]
	return rows
}

// finest returns the row of the finest grain that has a value; nil if there
// is none.
func finest(all []*series, reported bool) *row {
	var r *row
	runs := map[int32]bool{}
	for k := data.Samples; k <= data.Summaries; k++ {
		for _, sr := range all {
			if sr.kind.grain() != k || sr.kind.reported() != reported || !sr.counts() {
				continue
			}
			if r == nil {
				r = &row{series: sr, grain: k, reported: reported}
				for _, v := range sr.values {
					runs[v.run] = true
				}
				continue
			}
			for _, v := range sr.values {
				if !runs[v.run] {
					runs[v.run] = true
					r.left++
				}
			}
		}
	}
	return r
}

// counts tells whether a series says anything: has a value, or at least
// samples that were left out.
func (sr *series) counts() bool {
	return slices.ContainsFunc(sr.values, func(v runValue) bool { return v.steps > 0 || v.excluded > 0 })
}

// fill sums up a row's runs. K and N are NaN where a run has none.
func (s *scan) fill(r *row) {
	r.value, r.k, r.n = math.NaN(), math.NaN(), math.NaN()
	if r.series == nil {
		return
	}
	r.rate = r.grain == data.Counts || r.grain == data.Samples && s.x.mayBeRate(s.measures[r.measure])
	var k, n float64
	for _, v := range r.series.values {
		r.excluded += int(v.excluded)
		if v.steps == 0 {
			continue
		}
		r.runs = append(r.runs, v)
		r.rate = r.rate && v.binary
		k += v.k
		n += v.n
	}
	r.rate = r.rate && len(r.runs) > 0 && !r.reported
	if r.n = n; r.rate {
		r.k = k
	}
	if m, err := stats.Mean(r.values()); err == nil {
		r.value = m
	}
}

// values are the runs' values, in the order of runs.
func (r *row) values() []float64 {
	out := make([]float64, len(r.runs))
	for i, v := range r.runs {
		out[i] = v.value
	}
	return out
}
