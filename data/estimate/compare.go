package estimate

import (
	"fmt"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A comparison is a row's difference from the row of the baseline.
type comparison struct {
	diff, lo, hi float64
	via          string // method, and what was paired
	pairs        int
	p, floor     float64
	holm         float64
	why          string            // no interval because …
	whyP         string            // no p because …
	baseline     *row              // nil when there is none
	units        map[int32]float64 // by run: its difference from its partner
	items        []itemPair        // when pairs are items
}

// An itemPair is a shared item with its means in the row and the baseline.
type itemPair struct {
	key       itemKey
	own, base float64
}

func notCompared(format string, args ...any) *comparison {
	why := fmt.Sprintf(format, args...)
	nan := math.NaN()
	return &comparison{diff: nan, lo: nan, hi: nan, p: nan, floor: nan, holm: nan, why: why, whyP: why}
}

// compareAll compares every row with the row of the baseline that agrees in
// all other fields of By, in measure and in grader.
func (s *scan) compareAll(rows []*row) error {
	if s.q.Baseline == "" || len(rows) == 0 {
		return nil // nothing passes the filter, so nothing is missing either
	}
	if len(s.by) == 0 {
		return fmt.Errorf("a baseline needs a field to group by, such as %s", data.Condition)
	}
	base := slices.IndexFunc(s.legends[0].texts, func(t string) bool { return natural(t, s.q.Baseline) == 0 })
	if base < 0 || !slices.ContainsFunc(rows, func(r *row) bool { return r.codes[0] == int32(base) }) {
		return s.noBaseline(rows)
	}
	at := map[string]*row{}
	for _, r := range rows {
		if r.codes[0] == int32(base) {
			at[r.counterpart()] = r
		}
	}
	for _, r := range rows {
		r.compared = s.compare(r, at[r.counterpart()], int32(base))
	}
	s.adjust(rows)
	return nil
}

// noBaseline says which values there are to compare with.
func (s *scan) noBaseline(rows []*row) error {
	var names []string
	for _, r := range rows {
		if name := s.legends[0].texts[r.codes[0]]; !slices.Contains(names, name) && len(names) < 12 {
			names = append(names, name)
		}
	}
	if len(names) == 0 || len(names) == 1 && names[0] == "" {
		return fmt.Errorf("the baseline %q is not there: no run here has a value of %s", s.q.Baseline, s.q.By[0])
	}
	return fmt.Errorf("the baseline %q is not among the values of %s here: %s", s.q.Baseline, s.q.By[0], list(names, "and"))
}

// counterpart names the row of the baseline that a row is compared with.
func (r *row) counterpart() string { return fmt.Sprint(r.codes[1:], r.measure, r.grader, r.reported) }

func (s *scan) compare(r, b *row, base int32) *comparison {
	switch {
	case r.codes[0] == base:
		return notCompared("this is the baseline")
	case r.reported:
		return notCompared("reported numbers are not compared")
	case b == nil || len(b.runs) == 0:
		return notCompared("the baseline has no value here")
	case len(r.runs) == 0:
		return notCompared("there is no value here")
	}
	pairing := s.pairing(r, b)
	c := s.asTold(pairing, r, b)
	switch {
	case c != nil:
	case pairing == query.PairSeed:
		c = s.bySeed(r, b)
	case pairing == query.PairItem:
		c = s.byItem(r, b)
	default:
		c = s.unpaired(r, b)
	}
	c.baseline = b
	return c
}

// pairing settles what is paired when the query leaves it open. Runs that
// are many on both sides and share no seeds are compared as they are: that
// they answered the same items does not make them fewer training runs.
func (s *scan) pairing(r, b *row) query.Pairing {
	switch {
	case s.q.Pair != query.PairAuto:
		return s.q.Pair
	case len(s.sharedSeeds(r, b)) >= 2:
		return query.PairSeed
	case len(r.runs) > 1 && len(b.runs) > 1:
		return query.PairNone
	case r.grain == data.Samples && b.grain == data.Samples && len(s.sharedItems(r, b).pairs) >= 2:
		return query.PairItem
	}
	return query.PairNone
}

// A seedPair holds the runs of one seed in a row and in its baseline.
type seedPair struct {
	seed      string
	own, base []runValue
}

// sharedSeeds lists the seeds that both have, in their natural order.
func (s *scan) sharedSeeds(r, b *row) []seedPair {
	var out []seedPair
	at := map[string]int{}
	for _, v := range r.runs {
		seed := s.x.seedOf(v.run)
		if seed == "" {
			continue
		}
		if _, ok := at[seed]; !ok {
			at[seed] = len(out)
			out = append(out, seedPair{seed: seed})
		}
		p := &out[at[seed]]
		p.own = append(p.own, v)
	}
	for _, v := range b.runs {
		if i, ok := at[s.x.seedOf(v.run)]; ok {
			out[i].base = append(out[i].base, v)
		}
	}
	out = slices.DeleteFunc(out, func(p seedPair) bool { return p.base == nil })
	slices.SortFunc(out, func(a, b seedPair) int { return natural(a.seed, b.seed) })
	return out
}

// seedOf is a run's seed, "" if it has none.
func (x *Index) seedOf(run int32) string {
	f := x.fields[data.Seed]
	if f.byRun == nil {
		return ""
	}
	return f.dict[f.byRun[run]].Text
}

func meanOf(values []runValue) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v.value
	}
	return sum / float64(len(values))
}

func (s *scan) bySeed(r, b *row) *comparison {
	pairs := s.sharedSeeds(r, b)
	if len(pairs) == 0 {
		return notCompared("no seed is on both sides")
	}
	own, base := make([]float64, len(pairs)), make([]float64, len(pairs))
	c := notCompared("")
	c.units = map[int32]float64{}
	averaged := false
	for i, p := range pairs {
		own[i], base[i] = meanOf(p.own), meanOf(p.base)
		averaged = averaged || len(p.own) > 1 || len(p.base) > 1
		for _, v := range p.own {
			c.units[v.run] = v.value - base[i]
		}
	}
	c.pairs = len(pairs)
	c.diff = mean(stats.Differences(base, own))
	if s.byStep {
		got, err := stats.SeedMean(stats.Differences(base, own), s.q.LevelOr())
		c.takeInterval(got, err, math.NaN(), untested)
	} else {
		got, err := stats.PairedSeeds(base, own, s.q.LevelOr())
		c.take(got, err)
	}
	c.via = fmt.Sprintf("paired by %s, t over differences", count(len(pairs), "seed"))
	if averaged {
		c.via += ", runs of one seed averaged"
	}
	return c
}

// untested is why a difference at each of many steps has no p. Exact tests at
// every step would be slow, and say nothing of any one step.
const untested = "not tested step by step; choose a window of steps"

// take fills in a comparison's interval and p, or why there is none.
func (c *comparison) take(got stats.Comparison, err error) {
	c.why, c.whyP = stats.Reason(err), stats.Reason(err)
	if err == nil {
		c.diff, c.lo, c.hi, c.p, c.floor, c.via = got.Value, got.Lo, got.Hi, got.P, got.PFloor, got.Method
	}
}

// takeInterval is take for a difference of rates with a p of its own.
func (c *comparison) takeInterval(got stats.Estimate, err error, p float64, noFloor string) {
	c.why, c.whyP = stats.Reason(err), stats.Reason(err)
	if err == nil {
		c.diff, c.lo, c.hi, c.p, c.via, c.whyP = got.Value, got.Lo, got.Hi, p, got.Method, noFloor
	}
}

func mean(values []float64) float64 {
	m, err := stats.Mean(values)
	if err != nil {
		return math.NaN()
	}
	return m
}

// unpaired compares runs that have nothing to pair, or must not be paired.
func (s *scan) unpaired(r, b *row) *comparison {
	c := notCompared("")
	c.diff = r.value - b.value
	switch one, other := len(r.runs) == 1, len(b.runs) == 1; {
	case !one && !other && s.byStep:
		got, err := welchInterval(b.values(), r.values(), s.q.LevelOr())
		c.takeInterval(got, err, math.NaN(), untested)
		c.via = "Welch t over seeds, not paired"
	case !one && !other:
		got, err := stats.Welch(b.values(), r.values(), s.q.LevelOr())
		c.take(got, err)
		c.via = "Welch t over seeds, not paired"
	case one && other:
		s.unpairedRuns(c, r, b)
	case one:
		c.why = "one run here shows no spread between runs"
	default:
		c.why = "the baseline's one run shows no spread between runs"
	}
	if c.why != "" {
		c.whyP = c.why
	}
	return c
}

// welchInterval is stats.Welch without its exact test.
func welchInterval(a, b []float64, level float64) (stats.Estimate, error) {
	t, err := stats.WelchT(a, b)
	half := stats.TQuantile((1+level)/2, max(t.DF, 1)) * t.SE
	return stats.Estimate{Value: t.Diff, Lo: t.Diff - half, Hi: t.Diff + half}, err
}

// unpairedRuns compares one run with one other.
func (s *scan) unpairedRuns(c *comparison, r, b *row) {
	switch {
	case s.counted(r) && s.counted(b):
		got, err := method[stats.DifferenceInterval](s.q.Method)(round(r.k), round(r.n), round(b.k), round(b.n), s.q.LevelOr())
		test, _ := stats.TestTwoRates(round(r.k), round(r.n), round(b.k), round(b.n))
		c.takeInterval(got, err, test.Fisher, "Fisher's p has no floor that seeds give")
		c.via = got.Method + ", not paired, these two runs only"
	case r.grain == data.Samples && b.grain == data.Samples:
		got, err := stats.Welch(itemMeans(s.items(b)), itemMeans(s.items(r)), s.q.LevelOr())
		c.take(got, err)
		c.via = "Welch t over items, not paired, these two runs only"
	case r.grain == data.Summaries && b.grain == data.Summaries:
		s.bySpread(c, r, b)
	default:
		c.why = "one run on each side, without samples"
	}
}

// counted tells whether a row of one run is k of n independent trials.
func (s *scan) counted(r *row) bool {
	return r.rate && (r.grain == data.Counts || s.independent(r.runs[0]))
}

func itemMeans(items []itemScores) []float64 {
	out := make([]float64, len(items))
	for i, it := range items {
		out[i] = it.mean()
	}
	return out
}

// adjust fills in p by Holm, over the differences shown of each measure.
func (s *scan) adjust(rows []*row) {
	for m := range s.measures {
		var family []*comparison
		var p []float64
		for _, r := range rows {
			if c := r.compared; r.measure == m && c.p == c.p {
				family, p = append(family, c), append(p, c.p)
			}
		}
		for i, adjusted := range stats.Holm(p) {
			family[i].holm = adjusted
		}
	}
}
