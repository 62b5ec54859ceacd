package contrast

import (
	"context"
	"fmt"
	"math"
	"slices"

	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A Stratification is a comparison within the values of a field that both
// sides mix.
type Stratification struct {
	Field    string
	Row      int     // of the answer
	Crude    float64 // the difference as it is shown
	Common   float64 // within strata: Mantel–Haenszel where there are counts, else the mean of the strata
	Strata   []StratumDiff
	Reversed bool // each stratum says the opposite of Crude, or Common does
	Sentence string
}

// A StratumDiff is the comparison within one value.
type StratumDiff struct {
	Value            string
	Own, Base        float64
	OwnN, BaseN      float64 // samples
	Diff, Lo, Hi     float64 // NaN where one side has nothing
	counted          bool
	ownHits, baseHit float64
}

// mostStrata are the values up to which a field makes strata.
const mostStrata = 20

// Stratify compares each row of an answer to q within the values of every
// field that it and its baseline both mix.
func (st Study) Stratify(ctx context.Context, q query.Query, f frame.Frame) ([]Stratification, error) {
	if q.Baseline == "" || len(q.By) == 0 || len(q.Measures) == 0 {
		return nil, nil
	}
	q.Measures, q.Units, q.Sort, q.Limit, q.Offset = q.Measures[:1], false, nil, 0, 0
	back, err := st.Index.Backgrounds(ctx, q)
	if err != nil {
		return nil, err
	}
	var out []Stratification
	for _, field := range mixedFields(back) {
		within := q
		within.By = append(slices.Clone(q.By), field)
		a, err := st.Index.Ask(ctx, within)
		if err != nil {
			return nil, err
		}
		for row := range f.Len() {
			if s, ok := st.stratified(q, f, row, a, field); ok {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// mixedFields are the fields of which a row and its baseline have several
// values each.
func mixedFields(back []estimate.Background) []string {
	var out []string
	for _, b := range back {
		for _, s := range b.Settings {
			if len(s.Values) > 1 && len(s.Base) > 1 && len(s.Values) <= mostStrata && !s.Condition && !slices.Contains(out, s.Field) {
				out = append(out, s.Field)
			}
		}
	}
	return out
}

// stratified puts together the strata of a row; ok is false for fewer than
// two in which both sides have something.
func (st Study) stratified(q query.Query, f frame.Frame, row int, a frame.Frame, field string) (Stratification, bool) {
	s := Stratification{Field: field, Row: row, Crude: num(f, frame.Diff, row)}
	if math.IsNaN(s.Crude) || f.Key(row, q.By[0]) == q.Baseline {
		return s, false
	}
	for i := range a.Len() {
		same := !slices.ContainsFunc(f.Keys[row], func(k frame.Key) bool { return a.Key(i, k.Field) != k.Value })
		if same && a.Text(frame.Reported, i) == "" && !math.IsNaN(num(a, frame.Diff, i)) {
			s.Strata = append(s.Strata, stratumDiff(q, a, i, field))
		}
	}
	if len(s.Strata) < 2 {
		return s, false
	}
	opposite := true
	for _, d := range s.Strata {
		opposite = opposite && d.Diff*s.Crude < 0
	}
	s.Common = commonDiff(s.Strata)
	w := wordsOf(st.measure(q.Measures[0]))
	apart := w.kind == anything || math.Abs(s.Common-s.Crude)*w.scale >= 1 // less than a point is no reversal to warn of
	s.Reversed = apart && (opposite || s.Common*s.Crude < 0)
	s.Sentence = fmt.Sprintf("%s: %s%s in all, but %s within %s", spoken(f.Key(row, q.By[0])), w.change(s.Crude, 0), w.points(), w.change(s.Common, 0), spoken(field))
	if opposite {
		s.Sentence += ", where each of " + count(len(s.Strata), "value") + " says the opposite"
	}
	return s, true
}

func stratumDiff(q query.Query, a frame.Frame, i int, field string) StratumDiff {
	keys := slices.Clone(a.Keys[i])
	keys[0].Value = q.Baseline
	base := find(a, keys)
	d := StratumDiff{
		Value: a.Key(i, field), Own: num(a, frame.Value, i), OwnN: num(a, frame.N, i), Base: math.NaN(), BaseN: math.NaN(),
		Diff: num(a, frame.Diff, i), Lo: num(a, frame.DiffLo, i), Hi: num(a, frame.DiffHi, i), ownHits: num(a, frame.K, i),
	}
	if base >= 0 {
		d.Base, d.BaseN, d.baseHit = num(a, frame.Value, base), num(a, frame.N, base), num(a, frame.K, base)
		d.counted = !math.IsNaN(d.ownHits + d.baseHit + d.OwnN + d.BaseN)
	}
	return d
}

// commonDiff is the difference within strata.
func commonDiff(all []StratumDiff) float64 {
	var strata []stats.Stratum
	sum := 0.0
	for _, d := range all {
		sum += d.Diff
		if d.counted {
			strata = append(strata, stats.Stratum{K1: int(d.ownHits), N1: int(d.OwnN), K2: int(d.baseHit), N2: int(d.BaseN)})
		}
	}
	if len(strata) == len(all) {
		if s, err := stats.Stratify(strata, 0.95); err == nil {
			if v, err := s.Common.Value(); err == nil {
				return v
			}
		}
	}
	return sum / float64(len(all))
}

// simpsonChip warns where a comparison reverses within strata.
func (st Study) simpsonChip(ctx context.Context, q query.Query, f frame.Frame) ([]Chip, error) {
	all, err := st.Stratify(ctx, q, f)
	if err != nil {
		return nil, err
	}
	c := Chip{ID: "simpson", Tone: Bad}
	var fields []string
	for _, s := range all {
		if !s.Reversed {
			continue
		}
		c.Text, c.Rows = append(c.Text, s.Sentence), append(c.Rows, s.Row)
		if !slices.Contains(fields, spoken(s.Field)) {
			fields = append(fields, spoken(s.Field))
		}
	}
	if c.Text == nil {
		return nil, nil
	}
	c.Text = append(c.Text, "the mix of "+list(fields)+" differs between the sides, so report the difference within them")
	c.Label = "Reverses within " + list(fields)
	c.Numbers = []Number{{"rows that reverse", float64(len(c.Rows))}}
	return []Chip{c}, nil
}

// evidence lists a row's strata.
func (s Stratification) evidence(w words, name string) [][]string {
	out := [][]string{{name, "in all", "", "", w.change(s.Crude, 0), ""}}
	for _, d := range s.Strata {
		bounds := ""
		if !math.IsNaN(d.Lo) && !math.IsNaN(d.Hi) {
			bounds = w.interval(d.Lo, d.Hi, math.Min(d.OwnN, d.BaseN), true)
		}
		out = append(out, []string{"", brief(spoken(d.Value)), w.value(d.Own, d.OwnN), w.value(d.Base, d.BaseN), w.change(d.Diff, math.Min(d.OwnN, d.BaseN)), bounds})
	}
	return append(out, []string{"", "within strata", "", "", w.change(s.Common, 0), ""})
}
