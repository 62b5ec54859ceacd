package figure

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
)

// shaped fits an answer to the recipes: rows in the designed order, steps as
// numbers, names as people read them, hidden runs left out.
func shaped(f frame.Frame, s desk.State, about Facts) frame.Frame {
	f = Visible(f, s)
	f = ordered(f, By(s), s.Baseline, about.Order)
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		switch {
		case c.Name == data.Step && c.Num == nil:
			f.Columns[i] = numeric(c)
		case c.Name == By(s) || c.Name == s.Facet:
			f.Columns[i].Text = spoken(c.Text)
		}
	}
	return f
}

// ordered puts the baseline first, then groups in the order in which the
// study came to know them; rows of one group keep theirs.
func ordered(f frame.Frame, by, baseline string, order []string) frame.Frame {
	c := f.Col(by)
	if c == nil || c.Text == nil {
		return f
	}
	place := func(row int) int {
		if c.Text[row] == baseline && baseline != "" {
			return -1
		}
		if i := slices.Index(order, c.Text[row]); i >= 0 {
			return i
		}
		return len(order)
	}
	rows := make([]int, f.Len())
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(place(a), place(b)) })
	return f.Select(rows)
}

// numeric reads a column of steps as numbers; what is none is missing.
func numeric(c frame.Column) frame.Column {
	c.Num = make([]float64, len(c.Text))
	for i, text := range c.Text {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			v = math.NaN()
		}
		c.Num[i] = v
	}
	c.Text = nil
	return c
}

// Spoken writes an identifier as words, see data.Spoken.
func Spoken(name string) string { return data.Spoken(name) }

func spoken(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = Spoken(n)
	}
	return out
}

// noName is how a group without a name is called.
const noName = "(none)"

func spokenRoles(roles map[string]charts.Role) map[string]charts.Role {
	out := map[string]charts.Role{}
	for name, r := range roles {
		out[Spoken(name)] = r
	}
	if out[noName] = roles[""]; out[noName] == "" {
		out[noName] = charts.Grey
	}
	return out
}
