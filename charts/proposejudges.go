package charts

import (
	"math"
	"strings"

	"witnessmark/data/frame"
)

// proposeTold writes the finding of each judge: how many of its conditions
// are clearly lower or higher than its own baseline. Judges are never counted
// together. "Hack is lower under 2 of 5 conditions than under neutral by hack
// detector; no clear change by second judge".
func proposeTold(f frame.Frame, o Options) string {
	names := namesOf(f, o.By)
	var judges []string
	found := map[string]*verdicts{}
	for i, name := range names {
		judge := textAt(f, o.Told, i)
		if found[judge] == nil {
			judges, found[judge] = append(judges, judge), &verdicts{}
		}
		if name != o.Baseline {
			found[judge].add(name, numAt(f, frame.Diff, i), numAt(f, frame.DiffLo, i), numAt(f, frame.DiffHi, i))
		}
	}
	var parts, unclear []string
	for _, judge := range judges {
		v := found[judge]
		switch text := v.counts(o, len(parts) == 0); {
		case text != "":
			parts = append(parts, text+" by "+given(judge, "none named"))
		case v.any():
			unclear = append(unclear, given(judge, "none named"))
		}
	}
	noun := given(o.ToldNoun, "judge")
	switch n := len(unclear); {
	case len(parts) == 0 && n == 0:
		return describe(f, o, toldNames(f, o))
	case len(parts) == 0 && n == 1:
		return "No condition shows a clear change from " + baselineName(o)
	case len(parts) == 0:
		return "No condition shows a clear change from " + baselineName(o) + " by any of " + Count(float64(n), noun)
	case n == 1:
		parts = append(parts, "no clear change by "+unclear[0])
	case n > 1:
		parts = append(parts, "no clear change by "+Count(float64(n), "other "+noun))
	}
	return upperFirst(subject(o) + " " + strings.Join(parts, "; "))
}

// counts says under how many conditions the measure is lower and higher, ""
// for none; than says than what.
func (v verdicts) counts(o Options, than bool) string {
	lower, higher := 0, 0
	for _, m := range v.moved {
		if m.by < 0 {
			lower++
		} else {
			higher++
		}
	}
	all := float64(len(v.moved) + len(v.unclear))
	var parts []string
	for _, p := range []struct {
		word string
		n    int
	}{{"lower", lower}, {"higher", higher}} {
		if p.n > 0 {
			parts = append(parts, p.word+" under "+Whole.Text(float64(p.n), 0))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	text := list(parts) + " of " + Whole.Text(all, 0)
	if than {
		text = list(parts) + " of " + Count(all, "condition") + " than under " + baselineName(o)
	}
	return text
}

// toldNames are the names of rows with what tells them apart.
func toldNames(f frame.Frame, o Options) []string {
	names := namesOf(f, o.By)
	for i := range names {
		names[i] = joined(" by ", names[i], textAt(f, o.Told, i))
	}
	return names
}

// A way is how some differences and their intervals were made.
type way struct {
	method string
	pairs  Values
	level  float64
}

// differenceWays are the different ways in which the differences of a frame
// were made, in the order of rows, and the number of differences.
func differenceWays(f frame.Frame, o Options) (ways []way, m int) {
	for i := range f.Len() {
		d := numAt(f, frame.Diff, i)
		if math.IsNaN(d) || d == 0 && textAt(f, o.By, i) == o.Baseline {
			continue
		}
		m++
		method := withoutNumber(f.Text(frame.DiffVia, i))
		if method == "" && math.IsNaN(numAt(f, frame.DiffLo, i)) && len(ways) > 0 {
			continue // one without an interval says so at its place
		}
		k := 0
		for k < len(ways) && ways[k].method != method {
			k++
		}
		if k == len(ways) {
			ways = append(ways, way{method: method, level: numAt(f, frame.Level, i)})
		}
		ways[k].pairs = append(ways[k].pairs, numAt(f, frame.Pairs, i))
	}
	return ways, m
}
