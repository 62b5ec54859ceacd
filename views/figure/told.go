package figure

import (
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// toldColumn has what tells apart rows of one name.
const toldColumn = "told"

// underGroups names groups by themselves, and says in a column of its own what
// tells rows of one name apart: the judge, and further fields.
func underGroups(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.Subject = subject(s)
	f := withoutEmptyPanels(withoutBlanks(withoutJudges(answers[0], o.By)), s.Facet)
	f = withoutSilent(f, o)
	o.Zoom = closeUp(f, *o)
	for i, c := range f.Columns {
		switch c.Name {
		case o.By:
			f.Columns[i].Text = named(c.Text)
		case s.Facet:
			f.Columns[i].Text = headed(c.Name, named(c.Text))
		}
	}
	fields := tellingFields(f, s, o.By)
	if len(fields) == 0 {
		return []frame.Frame{f}
	}
	if o.ToldNoun = "row"; slices.Equal(fields, []string{data.Grader}) {
		o.ToldNoun = "judge"
	}
	var graders []string
	for row := range f.Len() {
		graders = append(graders, telling(f, data.Grader, row))
	}
	judges := ShortJudges(graders)
	told := frame.Column{Name: toldColumn, Text: make([]string, f.Len())}
	for row := range f.Len() {
		var parts []string
		for _, field := range fields {
			text := telling(f, field, row)
			if field == data.Grader {
				text = judges[text]
			}
			parts = append(parts, Spoken(text))
		}
		told.Text[row] = strings.Join(parts, ", ")
	}
	f.Columns = append(f.Columns, told)
	o.Told = toldColumn
	return []frame.Frame{f.Select(together(f, o.By))}
}

// tellingFields are the fields that rows of one name differ in, besides the
// one that splits the figure.
func tellingFields(f frame.Frame, s desk.State, by string) []string {
	var fields []string
	for _, keys := range f.Keys {
		for _, k := range keys {
			if k.Field != by && k.Field != data.Grader && k.Field != s.Facet && !slices.Contains(fields, k.Field) {
				fields = append(fields, k.Field)
			}
		}
	}
	fields = append(fields, data.Grader)
	return slices.DeleteFunc(fields, func(field string) bool {
		first := map[string]string{}
		for row := range f.Len() {
			at := f.Key(row, by) + "\x00" + f.Key(row, s.Facet)
			value := telling(f, field, row)
			if was, seen := first[at]; seen && was != value {
				return false
			}
			first[at] = value
		}
		return true
	})
}

// together keeps rows of one name side by side.
func together(f frame.Frame, by string) []int {
	var names []string
	of := map[string][]int{}
	for row := range f.Len() {
		name := f.Text(by, row)
		if of[name] == nil {
			names = append(names, name)
		}
		of[name] = append(of[name], row)
	}
	var rows []int
	for _, name := range names {
		rows = append(rows, of[name]...)
	}
	return rows
}

// telling is a row's value of a field, also where its keys need not say it.
func telling(f frame.Frame, field string, row int) string {
	if text := f.Text(field, row); text != "" {
		return text
	}
	return f.Key(row, field)
}

// withoutEmptyPanels leaves out the panels in which no row has a value, where
// others have.
func withoutEmptyPanels(f frame.Frame, facet string) frame.Frame {
	has := map[string]bool{}
	for row := range f.Len() {
		if _, _, ok := f.Num(frame.Value, row); ok {
			has[f.Text(facet, row)] = true
		}
	}
	if facet == "" || len(has) == 0 {
		return f
	}
	var rows []int
	for row := range f.Len() {
		if has[f.Text(facet, row)] {
			rows = append(rows, row)
		}
	}
	return f.Select(rows)
}

// ShortJudges names judges as shortly as tells them apart: by what stands
// before " | ", the model, and where several are of one model by what follows
// besides what they have in common. Whole names are a hover away.
func ShortJudges(names []string) map[string]string {
	model := func(name string) string { m, _, _ := strings.Cut(name, " | "); return m }
	of := map[string][]string{}
	for _, name := range names {
		if m := model(name); !slices.Contains(of[m], name) {
			of[m] = append(of[m], name)
		}
	}
	out := map[string]string{"": "no judge named"}
	for m, all := range of {
		same := commonStart(all)
		for _, name := range all {
			short := m
			if len(all) > 1 {
				short = strings.TrimSpace(m + " " + strings.Trim(Spoken(strings.ReplaceAll(strings.TrimPrefix(name, same), " ", "_")), " |"))
			}
			if name != "" {
				out[name] = short
			}
		}
	}
	return out
}

// commonStart is what all names begin with, up to the end of a word.
func commonStart(names []string) string {
	same := names[0]
	for _, n := range names[1:] {
		for !strings.HasPrefix(n, same) {
			same = same[:len(same)-1]
		}
	}
	if slices.Contains(names, same) {
		return same
	}
	if i := strings.LastIndexAny(same, " _-|/"); i >= 0 {
		return same[:i+1]
	}
	return ""
}

// subject begins the sentence about a measure: "Hack ends" where the ends of
// runs are read.
func subject(s desk.State) string {
	verb := " is"
	if s.Steps != (query.Window{}) && strings.HasPrefix(s.Steps.String(), "last") {
		verb = " ends"
	}
	return Words(s.Measure) + verb
}
