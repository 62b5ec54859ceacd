package charts

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/data/frame"
)

// standard are the columns that describe an estimate and so name no row.
var standard = []string{frame.Measure, frame.Method, frame.Grain, frame.DiffVia, frame.Reported, "family"}

// namesOf returns the name of every row: the text in o.By, or in the first
// text column that is no part of an estimate. Numbers (steps) name rows too.
func namesOf(f frame.Frame, by string) []string {
	if by == "" {
		by = byColumn(f)
	}
	names := make([]string, f.Len())
	for i := range names {
		names[i] = textAt(f, by, i)
	}
	return names
}

// byColumn is the first text column that is no part of an estimate.
func byColumn(f frame.Frame) string {
	i := slices.IndexFunc(f.Columns, func(c frame.Column) bool {
		return len(c.Text) > 0 && !slices.Contains(standard, c.Name)
	})
	if i < 0 {
		return ""
	}
	return f.Columns[i].Name
}

// textAt returns a cell as text, whichever kind its column is; where the
// frame has no such column, the row's key of that name.
func textAt(f frame.Frame, column string, row int) string {
	if s := f.Text(column, row); s != "" {
		return s
	}
	if v, _, ok := f.Num(column, row); ok {
		return stepName(v)
	}
	return f.Key(row, column)
}

// numAt returns a number, or NaN where there is none.
func numAt(f frame.Frame, column string, row int) float64 {
	if v, _, ok := f.Num(column, row); ok {
		return v
	}
	return math.NaN()
}

// numbers returns a whole column, NaN where there is none.
func numbers(f frame.Frame, column string) Values {
	out := make(Values, f.Len())
	for i := range out {
		out[i] = numAt(f, column, i)
	}
	return out
}

func unitsAt(f frame.Frame, row int) []frame.Unit { return at(f.Units, row) }

func keysAt(f frame.Frame, row int) []frame.Key { return at(f.Keys, row) }

// why returns the reason for a missing number in the words of the frame.
func why(f frame.Frame, column string, row int) string {
	if _, reason, ok := f.Num(column, row); !ok && reason != "" {
		return reason
	}
	return "not estimable"
}

// distinct returns the different texts in the order of first appearance.
func distinct(s []string) []string {
	var out []string
	for _, t := range s {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// seedsAt returns how many seeds stand behind a row: the column, else the
// units with a value.
func seedsAt(f frame.Frame, row int) float64 {
	if v := numAt(f, frame.Seeds, row); !math.IsNaN(v) {
		return v
	}
	n := 0.0
	for _, u := range unitsAt(f, row) {
		if !math.IsNaN(u.Value) {
			n++
		}
	}
	return n
}

// unitNoun is what the units of a frame are called; all are of one kind.
func unitNoun(f frame.Frame) string {
	for _, units := range f.Units {
		if len(units) > 0 {
			if units[0].Item != "" && units[0].Seed == "" {
				return "item"
			}
			return "seed"
		}
	}
	return "seed"
}

// estimateText writes a row's estimate with all that belongs to it.
func estimateText(f frame.Frame, row int, name string, o Options) string {
	format, n := o.valueFormat(), numAt(f, frame.N, row)
	v, reason, ok := f.Num(frame.Value, row)
	if !ok {
		return joined(", ", name+" not estimable", reason)
	}
	text := name + " " + format.Text(v, n)
	if lo, hi := numAt(f, frame.Lo, row), numAt(f, frame.Hi, row); !math.IsNaN(lo) && !math.IsNaN(hi) {
		text += " " + format.Interval(lo, hi, n)
	}
	return joined(", ", text, methodText(f, row), countText(f, row))
}

// methodText writes level and method: "95 % t over seeds".
func methodText(f frame.Frame, row int) string {
	level := numAt(f, frame.Level, row)
	if math.IsNaN(level) {
		return f.Text(frame.Method, row)
	}
	return joined(" ", levelText(level), f.Text(frame.Method, row))
}

func levelText(level float64) string {
	return strconv.FormatFloat(math.Round(level*1000)/10, 'f', -1, 64) + nbsp + "%"
}

// countText writes k of n, or n, with the seeds behind them.
func countText(f frame.Frame, row int) string {
	k, n, seeds := numAt(f, frame.K, row), numAt(f, frame.N, row), numAt(f, frame.Seeds, row)
	var parts []string
	if !math.IsNaN(seeds) {
		parts = append(parts, Count(seeds, unitNoun(f)))
	}
	switch {
	case !math.IsNaN(k) && !math.IsNaN(n):
		parts = append(parts, Whole.Text(k, 0)+" of "+Whole.Text(n, 0))
	case !math.IsNaN(n):
		parts = append(parts, "n "+Whole.Text(n, 0))
	}
	return strings.Join(parts, ", ")
}

// unitText writes one unit's value with its counts.
func unitText(u frame.Unit, name string, o Options) string {
	who := ""
	switch {
	case u.Seed != "":
		who = "seed " + u.Seed
	case u.Item != "":
		who = "item " + u.Item
	default:
		who = u.Run
	}
	counts := ""
	if !math.IsNaN(u.N) && u.N > 0 {
		counts = Whole.Text(u.K, 0) + " of " + Whole.Text(u.N, 0)
	}
	paired := ""
	if !math.IsNaN(u.Pair) {
		paired = o.diffFormat().Text(u.Pair, u.N) + " points from its partner"
	}
	return joined(", ", joined(" ", name, who), o.valueFormat().Text(u.Value, u.N), counts, paired)
}

// unitKeys lead to one unit's samples.
func unitKeys(f frame.Frame, row int, u frame.Unit) []frame.Key {
	keys := slices.Clone(keysAt(f, row))
	add := func(field, value string) {
		if value != "" && !slices.ContainsFunc(keys, func(k frame.Key) bool { return k.Field == field }) {
			keys = append(keys, frame.Key{Field: field, Value: value})
		}
	}
	add("run", u.Run)
	add("seed", u.Seed)
	add("item", u.Item)
	return keys
}
