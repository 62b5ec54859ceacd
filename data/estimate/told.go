package estimate

import (
	"strings"

	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// asTold compares groups of several runs by the method that the query names,
// where it is one for differences; nil leaves the default. A method for the
// values alone, such as Wilson, changes no difference.
func (s *scan) asTold(pairing query.Pairing, r, b *row) *comparison {
	name := s.q.Method
	if name == "" || pairing == query.PairItem || len(r.runs) < 2 || len(b.runs) < 2 || s.byStep {
		return nil
	}
	switch {
	case name == "welch" && pairing == query.PairSeed:
		return s.unpaired(r, b)
	case fits[stats.DifferenceInterval](name) && r.rate && b.rate:
		return s.asPooled(r, b)
	case fits[stats.ItemDifferenceInterval](name) && pairing == query.PairSeed && !fits[stats.TwoSeedsInterval](name):
		return s.bySeedAs(r, b)
	}
	return nil
}

// asPooled compares k of n of all runs taken together, as if samples were
// independent, which the method's name on the row says.
func (s *scan) asPooled(r, b *row) *comparison {
	c := notCompared("")
	r.note("pseudo-replication", "samples of "+count(len(r.runs), "run")+" are treated as independent; runs differ by more than that", true)
	got, err := method[stats.DifferenceInterval](s.q.Method)(round(r.k), round(r.n), round(b.k), round(b.n), s.q.LevelOr())
	c.takeInterval(got, err, c.p, "runs are pooled, so a p would take samples for seeds")
	c.via = got.Method + ", runs pooled as if samples were independent"
	return c
}

// bySeedAs is bySeed with another interval of the paired differences.
func (s *scan) bySeedAs(r, b *row) *comparison {
	c := s.bySeed(r, b)
	if c.pairs == 0 {
		return c
	}
	pairs := s.sharedSeeds(r, b)
	diffs := make([]float64, len(pairs))
	for i, p := range pairs {
		diffs[i] = meanOf(p.own) - meanOf(p.base)
	}
	got, err := method[stats.ItemDifferenceInterval](s.q.Method)(diffs, s.q.LevelOr())
	p, floor := c.p, c.floor
	c.take(got, err)
	c.p, c.floor = p, floor // the sign-flip test stays
	// The method is one for differences of items; here each is a seed's.
	c.via = strings.Replace(got.Method, "items", "differences", 1) + ", paired by " + count(len(pairs), "seed")
	return c
}
