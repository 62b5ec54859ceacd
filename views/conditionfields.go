package views

import (
	"slices"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// mostGroups is how many values a field may have to be offered for grouping,
// and mostPanels for splitting a chart.
const (
	mostGroups = 120
	mostPanels = 12
)

// groupFields are the fields by which runs and evaluations can be told apart,
// up to a number of values.
func (f *Facts) groupFields(most int) []string {
	var out []string
	for _, field := range f.Fields {
		if n := len(field.Values); n > 1 && n <= most && field.Name != data.Source {
			out = append(out, field.Name)
		}
	}
	return out
}

// count is how many values a field has.
func (f *Facts) count(name string) int {
	field, _ := f.field(name)
	return len(field.Values)
}

// values are the values of a field in the order in which they are shown.
func (f *Facts) values(name string) []string {
	if name == data.Condition {
		return f.Conditions
	}
	field, _ := f.field(name)
	return field.Values
}

// looks returns the roles of a field's values, with the values in order. Those
// of conditions are the study's. A value of another field, such as a train
// prompt, looks like the condition that all of its runs are of; else it has
// one of the looks left over, in the order of values, whatever is filtered.
func (f *Facts) looks(name, baseline string) (roles map[string]charts.Role, order []string) {
	if name == data.Condition {
		return f.Roles, f.Conditions
	}
	order, roles = f.values(name), map[string]charts.Role{}
	used := map[charts.Role]bool{}
	for value, role := range f.inherited(name) {
		roles[value], used[role] = role, true
	}
	if roles[baseline] == "" && slices.Contains(order, baseline) {
		roles[baseline], used[charts.Baseline] = charts.Baseline, true
	}
	for _, value := range order {
		if roles[value] == "" {
			roles[value] = freeRole(used)
			used[roles[value]] = true
		}
	}
	return roles, order
}

func freeRole(used map[charts.Role]bool) charts.Role {
	for _, r := range charts.ConditionRoles[1:] {
		if !used[r] {
			return r
		}
	}
	return charts.Grey
}

// inherited are the roles of the values that stand for one condition each.
func (f *Facts) inherited(name string) map[string]charts.Role {
	of := map[string]string{}
	for _, r := range f.Set.Runs {
		value, condition := r.Fields[name], conditionOf(r)
		if was, seen := of[value]; seen && was != condition {
			condition = "" // of several
		}
		of[value] = condition
	}
	out := map[string]charts.Role{}
	for value, condition := range of {
		if role := f.Roles[condition]; role != "" && condition != "" && value != "" {
			out[value] = role
		}
	}
	return out
}

// grouped settles what a state is grouped, split and compared by: a split and
// a baseline only as far as the study has them. Baseline is what the state named
// before a condition was chosen in its place.
func (f *Facts) grouped(s desk.State, baseline string) desk.State {
	if len(s.By) == 0 {
		s.By = []string{data.Condition}
	}
	by := s.By[0]
	if by != data.Condition {
		s.Baseline = ""
		if slices.Contains(f.values(by), baseline) {
			s.Baseline = baseline
		}
	}
	look := func(name string) (query.Value, bool) { return query.Text(s.Baseline), name == by }
	if s.Baseline != "" && s.Where.Decide(look) == query.No {
		s.Baseline = "" // taken away by the filter
	}
	if s.Facet == by || f.count(s.Facet) == 0 {
		s.Facet = ""
	}
	if _, columns := figure.MatrixFields(f.count, s); s.Chart == "matrix" && columns != "" && len(s.By) == 1 {
		s.By = append(slices.Clone(s.By), columns)
	}
	if s.Facet != "" && len(s.By) == 1 && slices.Contains(splitCharts, s.Chart) {
		s.By = append(slices.Clone(s.By), s.Facet)
	}
	return s
}

// splitCharts are the charts whose rows are told apart by a second field.
var splitCharts = []string{"dots", "differences", "slope", "scatter"}

// counted says how many groups are shown, and how many judges scored them:
// "6 conditions by 2 judges".
func (v *conditions) counted() string {
	different := func(field string) float64 {
		var seen []string
		for row := range v.answer.Len() {
			if text := v.answer.Key(row, field); !slices.Contains(seen, text) && (text != "" || field != data.Grader) {
				seen = append(seen, text)
			}
		}
		return float64(len(seen))
	}
	if len(v.state.By) == 0 {
		return charts.Count(0, data.Condition) // nothing was shown yet
	}
	text := charts.Count(different(v.state.By[0]), plainName(v.state.By[0]))
	if judges := different(data.Grader); judges > 1 && v.state.By[0] != data.Grader {
		text += " by " + charts.Count(judges, "judge")
	}
	return text
}
