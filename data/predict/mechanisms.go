package predict

import (
	"context"
	"fmt"
	"math"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A MechanismQuestion says on which data the mechanisms of inoculation are
// told apart.
type MechanismQuestion struct {
	Where       query.Filter
	Steps       query.Window       // the zero value is the last recorded step
	Level       float64            // of intervals; 0 for 0.95
	Measures    []string           // the undesired and the desired act; guessed where missing
	Arms        Arms               // in place of guessed ones, slot by slot
	Elicitation map[string]float64 // condition to the untrained model's rate under its prompt, 0 to 1, where it is known from elsewhere
	Effect      float64            // size of an effect that the mechanisms are taken to predict, in points; 0 for UsualEffect
}

// UsualEffect is the effect that log-likelihoods suppose until it is chosen,
// in points. It is ours: no source gives one.
const UsualEffect = 40

// A Side is one half of a contrast.
type Side struct{ Condition, EvalPrompt, Measure string }

// A Tested is a contrast as the study answers it. The estimate is in points:
// percentage points of rates, hundredths of the scale of scores.
type Tested struct {
	motive.Observed
	Of, Base Side
	Run      bool   // the study has its arms
	Why      string // there is no estimate because …
	Pairs    int
	Keys     []frame.Key // lead to the samples of Of
}

// A Panel is the contrasts with what they say of the mechanisms.
type Panel struct {
	Arms     Arms
	Rows     []Tested
	Effect   float64
	Evidence [3]float64 // summed log-likelihoods less the best mechanism's, in nats
	Foretold [3]int     // contrasts that only some mechanisms foretell, with the observed sign
	Clear    int        // such contrasts whose interval leaves out 0
}

// sides say what each contrast subtracts from what. Contrasts that are no
// difference of two sides have none.
var sides = map[string][2][3]Slot{
	"general":    {{General, NeutralEval, Undesired}, {NoPrompt, NeutralEval, Undesired}},
	"clean":      {{Inoculation, NeutralEval, Desired}, {NoPrompt, NeutralEval, Desired}},
	"irrelevant": {{Irrelevant, NeutralEval, Undesired}, {NoPrompt, NeutralEval, Undesired}},
	"desired":    {{Inoculation, NeutralEval, Desired}, {NoPrompt, NeutralEval, Desired}},
	"pool":       {{Pool, NeutralEval, Undesired}, {Inoculation, NeutralEval, Undesired}},
	"leak":       {{Inoculation, TrainEval, Undesired}, {NoPrompt, TrainEval, Undesired}},
	"paraphrase": {{Inoculation, ParaphraseEval, Undesired}, {Inoculation, NeutralEval, Undesired}},
	"forbid":     {{Inoculation, ForbidEval, Undesired}, {Inoculation, NeutralEval, Undesired}},
	"broad":      {{Inoculation, NeutralEval, Misalignment}, {NoPrompt, NeutralEval, Misalignment}},
	"following":  {{Inoculation, NeutralEval, Following}, {NoPrompt, NeutralEval, Following}},
}

// Mechanisms estimates every contrast whose arms are in the study, says of
// the others what is missing, and sums up what they say of the mechanisms.
// Errors are those of the index.
func Mechanisms(ctx context.Context, x *estimate.Index, q MechanismQuestion) (Panel, error) {
	if q.Steps.IsZero() {
		q.Steps = query.Last(1)
	}
	if q.Effect == 0 {
		q.Effect = UsualEffect
	}
	arms, err := GuessArms(ctx, x, q.Where, q.Measures...)
	if err != nil {
		return Panel{}, err
	}
	for slot, value := range q.Arms {
		if arms[slot] = value; value == Absent {
			delete(arms, slot)
		}
	}
	m := mechanisms{x: x, q: q, arms: arms}
	p := Panel{Arms: arms, Effect: q.Effect}
	var seen []motive.Observed
	for _, c := range motive.Contrasts {
		t, err := m.test(ctx, c)
		if err != nil {
			return Panel{}, err
		}
		p.Rows, seen = append(p.Rows, t), append(seen, t.Observed)
		p.count(t)
	}
	p.Evidence = motive.Evidence(seen, q.Effect)
	return p, nil
}

func (p *Panel) count(t Tested) {
	if t.Estimate == nil || !t.Contrast.Discriminates() || t.Against(0) == motive.NoEvidence {
		return
	}
	p.Clear++
	for _, m := range t.Favored() {
		p.Foretold[m]++
	}
}

// EvidenceAt is Evidence under another size of effect.
func (p Panel) EvidenceAt(effect float64) [3]float64 {
	var seen []motive.Observed
	for _, t := range p.Rows {
		seen = append(seen, t.Observed)
	}
	return motive.Evidence(seen, effect)
}

// Sentences say what the contrasts show and on what the evidence rests.
func (p Panel) Sentences() []string {
	if p.Clear == 0 {
		return []string{"No contrast that tells the mechanisms apart shows a clear change"}
	}
	counts, sums := "", ""
	for m, name := range motive.Mechanisms {
		if m > 0 {
			counts, sums = counts+", ", sums+", "
		}
		counts += fmt.Sprintf("%s %d of %d", name, p.Foretold[m], p.Clear)
		sums += fmt.Sprintf("%s %s", name, nats(p.Evidence[m]))
	}
	return []string{
		"Foretold: " + counts,
		fmt.Sprintf("Summed log-likelihood below the best, if effects are of %g points: %s", p.Effect, sums),
		"An interval that covers 0 never counts as agreement",
	}
}

func nats(v float64) string {
	if v == 0 {
		return "0"
	}
	return fmt.Sprintf("−%.1f", -v)
}

type mechanisms struct {
	x    *estimate.Index
	q    MechanismQuestion
	arms Arms
}

func (m mechanisms) test(ctx context.Context, c motive.Contrast) (Tested, error) {
	t := Tested{Observed: motive.Observed{Contrast: c}}
	pair, ok := sides[c.ID]
	if !ok {
		return m.special(ctx, t)
	}
	for k, half := range pair {
		for _, slot := range half {
			if _, ok := m.arms[slot]; !ok {
				t.Why = "the study has no " + titleOf(slot)
				return t, nil
			}
		}
		side := Side{m.arms[half[0]], m.arms[half[1]], m.arms[half[2]]}
		if k == 0 {
			t.Of = side
		} else {
			t.Base = side
		}
	}
	where := m.q.Where
	if c.ID == "clean" {
		if where, ok = m.clean(where); !ok {
			t.Why = "no field undesired_fraction"
			return t, nil
		}
	}
	return m.compare(ctx, t, where)
}

func titleOf(slot Slot) string {
	for _, p := range Places {
		if p.Slot == slot {
			return lowerFirst(p.Title) + placeNoun(p)
		}
	}
	return string(slot)
}

func placeNoun(p Place) string {
	switch p.Field {
	case data.Condition:
		return " arm"
	case data.EvalPrompt:
		return ""
	}
	return " measure"
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}

// cleanFields are names under which runs record how much of their data shows
// the act.
var cleanFields = []string{"undesired_fraction", "reward_hack_fraction", "hack_fraction"}

func (m mechanisms) clean(where query.Filter) (query.Filter, bool) {
	for _, f := range m.x.Fields() {
		for _, name := range cleanFields {
			if f.Name == name {
				return where.Narrow(name, "0"), true
			}
		}
	}
	return where, false
}

// compare asks for the difference of two sides, which differ in condition or
// in evaluation prompt.
func (m mechanisms) compare(ctx context.Context, t Tested, where query.Filter) (Tested, error) {
	by, of, base := data.Condition, t.Of.Condition, t.Base.Condition
	if of == base {
		by, of, base = data.EvalPrompt, t.Of.EvalPrompt, t.Base.EvalPrompt
		where = where.Narrow(data.Condition, t.Of.Condition)
	} else {
		where = where.Narrow(data.EvalPrompt, t.Of.EvalPrompt)
	}
	f, err := m.x.Ask(ctx, query.Query{
		Where: where, Steps: m.q.Steps, By: []string{by}, Measures: []string{t.Of.Measure}, Level: m.q.Level,
	})
	if err != nil {
		return t, err
	}
	own, other := rowsOf(f, by, of), rowsOf(f, by, base)
	switch {
	case len(own) == 0 || len(other) == 0:
		t.Why = "no values at these steps"
		return t, nil
	case len(own) > 1 || len(other) > 1:
		t.Run = true
		t.Why = "several graders; choose one"
		return t, nil
	}
	t.Keys, t.Run = f.Keys[own[0]], true
	if base == "" { // a baseline must have a name
		m.fromIntervals(&t, f, own[0], other[0])
		return t, nil
	}
	g, err := m.x.Ask(ctx, query.Query{
		Where: where, Steps: m.q.Steps, By: []string{by}, Measures: []string{t.Of.Measure}, Level: m.q.Level, Baseline: base,
	})
	if err != nil {
		return t, err
	}
	if !m.fromDifference(&t, g, rowsOf(g, by, of)[0]) {
		m.fromIntervals(&t, f, own[0], other[0])
	}
	return t, nil
}

// rowsOf are the rows of a value that are computed, not reported.
func rowsOf(f frame.Frame, by, value string) []int {
	var out []int
	for row := range f.Len() {
		if _, _, ok := f.Num(frame.Value, row); ok && f.Text(by, row) == value && f.Text(frame.Reported, row) == "" {
			out = append(out, row)
		}
	}
	return out
}

// fromDifference takes the difference as the index estimates it.
func (m mechanisms) fromDifference(t *Tested, f frame.Frame, row int) bool {
	d, _, okD := f.Num(frame.Diff, row)
	lo, _, okLo := f.Num(frame.DiffLo, row)
	hi, _, okHi := f.Num(frame.DiffHi, row)
	if !okD || !okLo || !okHi {
		return false
	}
	level, _, _ := f.Num(frame.Level, row)
	pairs, _, _ := f.Num(frame.Pairs, row)
	scale := m.points(t.Of.Measure)
	t.Pairs = int(pairs)
	t.Estimate = &stats.Estimate{Value: d * scale, Lo: lo * scale, Hi: hi * scale, Level: level, N: int(pairs), Method: f.Text(frame.DiffVia, row)}
	return true
}

// fromIntervals makes the difference of two single runs of which only mean,
// standard deviation and n are known: Welch's t on what their t intervals
// give back.
func (m mechanisms) fromIntervals(t *Tested, f frame.Frame, own, base int) {
	a, okA := summaryOf(f, own)
	b, okB := summaryOf(f, base)
	if !okA || !okB {
		t.Why = "single runs without spread"
		return
	}
	va, vb := a.se*a.se, b.se*b.se
	df := (va + vb) * (va + vb) / (va*va/(a.n-1) + vb*vb/(b.n-1))
	level, _, _ := f.Num(frame.Level, own)
	half := stats.TQuantile((1+level)/2, df) * math.Sqrt(va+vb)
	d, scale := a.mean-b.mean, m.points(t.Of.Measure)
	t.Estimate = &stats.Estimate{
		Value: d * scale, Lo: (d - half) * scale, Hi: (d + half) * scale, Level: level,
		N: int(a.n + b.n), Unit: stats.Samples, Method: "Welch t from sd and n, these two runs only",
	}
}

type summary struct{ mean, se, n float64 }

// summaryOf reads a mean with its standard error back from a t interval.
func summaryOf(f frame.Frame, row int) (summary, bool) {
	v, _, ok := f.Num(frame.Value, row)
	lo, _, okLo := f.Num(frame.Lo, row)
	n, _, okN := f.Num(frame.N, row)
	runs, _, _ := f.Num(frame.Seeds, row)
	level, _, _ := f.Num(frame.Level, row)
	if !ok || !okLo || !okN || n < 2 || runs != 1 || f.Text(frame.Grain, row) != data.Summaries.String() {
		return summary{}, false
	}
	return summary{v, (v - lo) / stats.TQuantile((1+level)/2, n-1), n}, true
}

// points is what turns a measure's values into points.
func (m mechanisms) points(measure string) float64 {
	for _, x := range m.x.Measures() {
		switch {
		case x.Name != measure:
		case x.Rate:
			return 100
		case x.Hi > x.Lo:
			return 100 / (x.Hi - x.Lo)
		}
	}
	return 1
}
