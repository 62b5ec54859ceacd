package figure

import (
	"maps"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
)

// tellJudges adds the grader to the names of groups that more than one grader
// scored: their rows stand apart, and two rows of one name would look like an
// error. Each keeps the role of its group.
func tellJudges(f frame.Frame, by string, o *charts.Options) frame.Frame {
	c := f.Col(by)
	if c == nil || by == data.Grader || !severalJudges(f, c.Text) {
		return f
	}
	names, roles := make([]string, len(c.Text)), maps.Clone(o.Roles)
	for row, name := range c.Text {
		names[row] = name
		if g := f.Key(row, data.Grader); g != "" {
			names[row] = name + ", " + g
			roles[names[row]] = o.Roles[name]
		}
	}
	c.Text, o.Roles = names, roles
	return f
}

func severalJudges(f frame.Frame, groups []string) bool {
	first := map[string]string{}
	for row, name := range groups {
		g := f.Key(row, data.Grader)
		if was, seen := first[name]; seen && was != g {
			return true
		}
		first[name] = g
	}
	return false
}
