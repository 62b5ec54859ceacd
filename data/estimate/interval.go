package estimate

import (
	"math"

	"witnessmark/data"
	"witnessmark/data/stats"
)

// method returns the interval that was asked for by name if it takes such
// data, else the default for them.
func method[F stats.Interval](name string) F {
	f, err := stats.Lookup[F](name)
	if err != nil {
		f, _ = stats.Lookup[F]("")
	}
	return f
}

// fits tells whether a method was asked for by name that takes such data.
func fits[F stats.Interval](name string) bool {
	_, err := stats.Lookup[F](name)
	return name != "" && err == nil
}

// onlyThisRun marks an interval that says nothing of other training runs.
const onlyThisRun = ", this run only"

// estimate finds the interval of a row.
func (s *scan) estimate(r *row) {
	var err error
	switch {
	case r.series == nil && r.ranges != nil:
		r.why = s.onlyRanges(r)
		return
	case r.series == nil:
		r.why = "no values of " + s.q.Measures[r.measure] + " here"
		return
	case len(r.runs) == 0:
		r.why = "all samples were left out"
		return
	case r.reported:
		err = s.quote(r)
	case len(r.runs) > 1:
		err = s.overRuns(r)
	default:
		err = s.withinRun(r)
	}
	r.why = stats.Reason(err)
}

// overRuns is the interval of a condition: the run is the unit, unless a
// method for single samples was asked for.
func (s *scan) overRuns(r *row) (err error) {
	name, level := s.q.Method, s.q.LevelOr()
	switch {
	case fits[stats.SeedInterval](name):
	case fits[stats.RateInterval](name) && r.rate:
		r.est, err = method[stats.RateInterval](name)(round(r.k), round(r.n), level)
		r.note("pseudo-replication", "samples of "+count(len(r.runs), "run")+" are treated as independent; runs differ by more than that", true)
		return err
	case fits[stats.ClusterInterval](name) && r.grain == data.Samples:
		r.est, err = method[stats.ClusterInterval](name)(clusters(s.items(r)), level)
		r.note("pseudo-replication", "the unit is the item, so the interval says nothing of other training runs", true)
		return err
	}
	r.est, err = method[stats.SeedInterval](name)(r.values(), level)
	return err
}

// withinRun is the interval of a single run, by what its numbers are.
func (s *scan) withinRun(r *row) (err error) {
	level := s.q.LevelOr()
	switch {
	case fits[stats.SeedInterval](s.q.Method) && !fits[stats.ClusterInterval](s.q.Method):
		return stats.Because("one run has no spread between runs")
	case r.grain == data.Counts:
		if !whole(r.k) || !whole(r.n) {
			return stats.Because("%v of %v are no whole counts", r.k, r.n)
		}
		r.est, err = method[stats.RateInterval](s.q.Method)(round(r.k), round(r.n), level)
	case r.grain == data.Summaries:
		r.est, err = s.fromSpread(r, level)
	case r.rate && (s.wilson || s.independent(r.runs[0])):
		r.est, err = method[stats.RateInterval](s.q.Method)(round(r.k), round(r.n), level)
	case r.rate && fits[stats.RateInterval](s.q.Method):
		r.est, err = method[stats.RateInterval](s.q.Method)(round(r.k), round(r.n), level)
		r.note("pseudo-replication", "samples of one item are treated as independent", true)
	default:
		r.est, err = s.overItems(r, level)
	}
	if err == nil {
		r.est.Method += onlyThisRun
	}
	return err
}

// independent tells whether each row of a run's value is another item.
func (s *scan) independent(v runValue) bool {
	if v.cells != 1 || v.refs < 0 {
		return false
	}
	at := s.refs[v.refs]
	return !s.x.tables[at.table].repeated[at.cell]
}

// overItems is the interval over the items of a run: epochs and steps of one
// item belong together.
func (s *scan) overItems(r *row, level float64) (stats.Estimate, error) {
	groups := clusters(s.items(r))
	f := method[stats.ClusterInterval](s.q.Method)
	if r.rate && !fits[stats.ClusterInterval](s.q.Method) {
		f = stats.ClusterRate
	}
	if single(groups) {
		if r.rate {
			return method[stats.RateInterval](s.q.Method)(round(r.k), round(r.n), level)
		}
		e, err := f(groups, level)
		if e.Method == "CR2 t over items" {
			e.Method = "t over items"
		}
		return e, err
	}
	return f(groups, level)
}

func single(groups [][]float64) bool {
	for _, g := range groups {
		if len(g) > 1 {
			return false
		}
	}
	return true
}

// fromSpread is the t interval of a mean from its standard deviation and n.
func (s *scan) fromSpread(r *row, level float64) (stats.Estimate, error) {
	rows := s.givens(r, r.runs[0], func(g given, _ bool) bool { return !g.counted() })
	if len(rows) != 1 {
		return stats.Estimate{}, stats.Because("the mean of %d summaries of one run has no interval without its samples", len(rows))
	}
	g := rows[0]
	switch {
	case !(g.n >= 2):
		return stats.Estimate{}, stats.Because("the file gives no number of samples behind the mean")
	case !(g.sd >= 0):
		return stats.Estimate{}, stats.Because("the file gives no standard deviation")
	}
	half := stats.TQuantile((1+level)/2, g.n-1) * g.sd / math.Sqrt(g.n)
	return stats.Estimate{
		Value: g.value, Lo: g.value - half, Hi: g.value + half, Level: level,
		N: round(g.n), Unit: stats.Samples, Method: "t from sd and n",
	}, nil
}

// quote gives the bounds of a single reported number as the file does.
func (s *scan) quote(r *row) error {
	var rows []given
	for _, v := range r.runs {
		rows = append(rows, s.givens(r, v, func(g given, quoted bool) bool { return quoted || g.bounded() })...)
	}
	if len(rows) != 1 {
		return stats.Because("%d reported numbers cannot be made one interval", len(rows))
	}
	g := rows[0]
	lo, hi, how := g.lo, g.hi, "bounds as reported, kind unknown"
	if lo != lo && hi != hi && g.se == g.se {
		z := stats.NormalQuantile((1 + s.q.LevelOr()) / 2)
		lo, hi, how = g.shown()-z*g.se, g.shown()+z*g.se, "± z times the standard error as reported"
	}
	if lo != lo || hi != hi {
		return stats.Because("the file reports no bounds")
	}
	r.est = stats.Estimate{Value: g.shown(), Lo: lo, Hi: hi, Level: s.q.LevelOr(), N: 1, Method: how}
	return nil
}

// givens are the rows of counts or summaries behind a run's value that are
// wanted; quoted tells that their whole context is quoted.
func (s *scan) givens(r *row, v runValue, wanted func(g given, quoted bool) bool) []given {
	var out []given
	for at := v.refs; at >= 0; at = s.refs[at].next {
		ref := s.refs[at]
		ctx := s.x.tables[ref.table].Cells[ref.cell].Context
		quoted := s.x.quoted(ctx)
		s.rows(ref, func(row int) {
			g := s.tables[ref.table].groups[r.measure].row(row)
			if g.shown() == g.shown() && wanted(g, quoted) {
				out = append(out, g)
			}
		})
	}
	return out
}

func round(x float64) int { return int(math.Round(x)) }

func whole(x float64) bool { return math.Abs(x-math.Round(x)) < 1e-6 }
