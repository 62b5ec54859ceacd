package predict

import (
	"math"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// References are the kinds of rivals that skill and lead of stated
// predictions are taken against.
var References = []Kind{GrandMean, OfBaseline}

// An Entry is one stated prediction beside what came of it.
type Entry struct {
	Stated
	Who      string // a computed model, or who is said to have made it
	Kind     Kind   // OfModel or OfExpert
	Standing Standing
	Outcome  *Outcome       // what was observed; nil where it is not scored, because Why
	Seen     stats.Quantity // the observed rate, step or place
	Interval stats.Estimate // of it, unless WhyNone says why there is none
	WhyNone  string
	Earlier  int    // runs that were there before the lock, and do not count
	Why      string // it is not scored, because …

	Log, Brier float64        // of rates, as Score has them, of this outcome alone; else NaN
	CRPS       float64        // of rates, on the 0–1 scale: of the whole stated distribution, else the distance of the point; else NaN
	Miss       float64        // predicted less observed, on the 0–1 scale or in steps or places; NaN where it is not scored
	Inside     stats.Quantity // 1 where the stated interval holds the observed rate, else 0
}

// Clipped tells whether exactly 0 or 1 was stated, which is moved by 1e-6 for
// the log score.
func (e Entry) Clipped() bool { return e.Log == e.Log && (e.P <= 0 || e.P >= 1) }

// Badge says how an entry stands, in a few words: whether it is locked, and
// whether that was before its data.
func (e Entry) Badge() string {
	switch {
	case e.LockedAt == "":
		return "not locked"
	case e.Standing == Retrospective:
		return "retrospective"
	case e.Outcome == nil:
		return "no data yet"
	}
	return "before the data"
}

func entryOf(s Stated) Entry {
	nan := math.NaN()
	e := Entry{
		Stated: s, Who: signature(s), Kind: OfExpert, Standing: Open,
		Log: nan, Brier: nan, CRPS: nan, Miss: nan, Seen: stats.Unknown("not observed"), Inside: stats.Unknown("not scored"),
	}
	if computedHere(s) {
		e.Kind = OfModel
	}
	if s.LockedAt != "" {
		e.Standing = Prospective
	}
	return e
}

// observe scores a stated rate on an outcome.
func (e *Entry) observe(o Outcome, level float64) {
	e.Outcome, e.Seen = &o, stats.Known(o.Rate)
	e.Interval, e.WhyNone = o.Interval(level)
	e.Log, e.Brier = motive.LogScore(e.P, o.Rate), brier(e.P, o.Rate)
	e.compare(o.Rate)
	e.CRPS = math.Abs(e.Miss)
	if b, ok := binned(e.Distribution); ok {
		if v, err := stats.CRPSBins(b.Chances, o.Rate); err == nil {
			e.CRPS = v
		}
	}
}

// compare lays what was stated beside a number in the same unit.
func (e *Entry) compare(seen float64) {
	e.Miss, e.Inside = e.P-seen, stats.Unknown("no interval is stated")
	if e.Lo == e.Lo && e.Hi == e.Hi {
		e.Inside = stats.Known(b2f(e.Lo <= seen && seen <= e.Hi))
	}
}

// Interval is that of the outcome's rate: t over its runs, or of one run
// Wilson's; else why there is none.
func (o Outcome) Interval(level float64) (stats.Estimate, string) {
	r := Rate{K: o.K, N: o.N, Runs: len(o.rates)}
	r.observe(o.rates, level)
	return r.Interval, r.Why
}

// brier is the mean squared error of single attempts of which a share shows
// the act.
func brier(p, rate float64) float64 { return rate*(1-p)*(1-p) + (1-rate)*p*p }

// Unscored says why an entry has no score.
func (e Entry) Unscored() string {
	switch {
	case e.Outcome == nil:
		return e.Why
	case e.Quantity != "" && e.Quantity != Rated:
		return "a log score is of rates; of an " + e.Quantity + " there is the error"
	}
	return "nothing to compare with"
}
