package charts

import (
	"math"
	"strconv"

	"witnessmark/data/frame"
)

// Propose writes the finding of a comparison as a sentence that is no
// stronger than its intervals: a condition is called lower or higher only
// where the interval of its difference leaves out 0, and without an interval
// nothing is claimed. "Hacking ends 33 points lower under negative
// inoculation; inoculation shows no clear change".
func Propose(f frame.Frame, o Options) string {
	if o.Told != "" && f.Len() > 0 {
		return proposeTold(f, o)
	}
	names := namesOf(f, o.By)
	var v verdicts
	for i, name := range names {
		if name != o.Baseline {
			v.add(name, numAt(f, frame.Diff, i), numAt(f, frame.DiffLo, i), numAt(f, frame.DiffHi, i))
		}
	}
	switch {
	case f.Len() == 0:
		return "No data"
	case v.any():
		return v.sentence(o)
	}
	return describe(f, o, names)
}

// verdicts sort conditions by what the interval of their difference allows to say.
type verdicts struct {
	moved   []movement
	unclear []string
	silent  []string // without an interval
}

type movement struct {
	name string
	by   float64
}

func (v *verdicts) add(name string, d, lo, hi float64) {
	switch {
	case !finite(d) || math.IsNaN(lo) || math.IsNaN(hi):
		v.silent = append(v.silent, name)
	case lo > 0 || hi < 0:
		v.moved = append(v.moved, movement{name, d})
	default:
		v.unclear = append(v.unclear, name)
	}
}

func (v verdicts) any() bool { return len(v.moved)+len(v.unclear) > 0 }

func (v verdicts) sentence(o Options) string {
	if len(v.moved) > 3 {
		return v.tally(o)
	}
	var parts []string
	for i, m := range v.moved {
		s := m.words(o) + " under " + m.name
		if i == 0 {
			s = subject(o) + " " + s
		}
		parts = append(parts, s)
	}
	return upperFirst(joined("; ", list(parts), v.rest(o, len(parts) > 0)))
}

// rest names the conditions without a clear change.
func (v verdicts) rest(o Options, more bool) string {
	switch n := len(v.unclear); {
	case n == 0:
		return ""
	case n == 1 && !more:
		return v.unclear[0] + " shows no clear change from " + baselineName(o)
	case n == 1:
		return v.unclear[0] + " shows no clear change"
	case n <= 3:
		return list(v.unclear) + " show no clear change"
	}
	return Whole.Text(float64(len(v.unclear)), 0) + " conditions show no clear change"
}

// tally counts instead of naming.
func (v verdicts) tally(o Options) string {
	lower, higher := 0, 0
	for _, m := range v.moved {
		if m.by < 0 {
			lower++
		} else {
			higher++
		}
	}
	total := float64(len(v.moved) + len(v.unclear) + len(v.silent))
	var parts []string
	if lower > 0 {
		parts = append(parts, "lower under "+Whole.Text(float64(lower), 0))
	}
	if higher > 0 {
		parts = append(parts, "higher under "+Whole.Text(float64(higher), 0))
	}
	return upperFirst(subject(o) + " " + list(parts) + " of " + Count(total, "condition") + " than under " + baselineName(o))
}

func (m movement) words(o Options) string {
	_, unit := o.diffUnit()
	scale := 1.0
	if o.Scale == RateScale {
		scale = 100
	}
	amount := decimal(math.Round(math.Abs(m.by)*scale), 0)
	if math.Abs(m.by)*scale < 1 || o.Scale == FreeScale {
		amount = strconv.FormatFloat(math.Abs(m.by)*scale, 'g', 2, 64)
	}
	if m.by < 0 {
		return amount + " " + unit + " lower"
	}
	return amount + " " + unit + " higher"
}

func subject(o Options) string {
	switch {
	case o.Subject != "":
		return o.Subject
	case o.MeasureLabel != "":
		return o.MeasureLabel + " is"
	}
	return "The measure is"
}

func baselineName(o Options) string {
	if o.Baseline == "" {
		return "the baseline"
	}
	return o.Baseline
}

// describe states the estimates where no difference has an interval.
func describe(f frame.Frame, o Options, names []string) string {
	low, high := -1, -1
	for i := range names {
		v := numAt(f, frame.Value, i)
		if math.IsNaN(v) {
			continue
		}
		if low < 0 || v < numAt(f, frame.Value, low) {
			low = i
		}
		if high < 0 || v > numAt(f, frame.Value, high) {
			high = i
		}
	}
	if low < 0 {
		return "Not estimable from these data"
	}
	text := func(i int) string {
		return o.valueFormat().Text(numAt(f, frame.Value, i), numAt(f, frame.N, i)) + " under " + names[i]
	}
	if low == high {
		return upperFirst(subject(o) + " " + text(low))
	}
	return upperFirst(subject(o) + " between " + text(low) + " and " + text(high))
}
