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
	f := withoutJudges(answers[0], o.By)
	fields := tellingFields(f, s, o.By)
	if len(fields) == 0 {
		return []frame.Frame{f}
	}
	if o.ToldNoun = "row"; slices.Equal(fields, []string{data.Grader}) {
		o.ToldNoun = "judge"
	}
	judges := ShortJudges(keysOf(f, data.Grader))
	told := frame.Column{Name: toldColumn, Text: make([]string, f.Len())}
	for row := range f.Len() {
		var parts []string
		for _, field := range fields {
			text := f.Key(row, field)
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
			if k.Field != by && k.Field != s.Facet && !slices.Contains(fields, k.Field) {
				fields = append(fields, k.Field)
			}
		}
	}
	return slices.DeleteFunc(fields, func(field string) bool {
		first := map[string]string{}
		for row := range f.Len() {
			at := f.Key(row, by) + "\x00" + f.Key(row, s.Facet)
			value := f.Key(row, field)
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

func keysOf(f frame.Frame, field string) []string {
	out := make([]string, f.Len())
	for row := range out {
		out[row] = f.Key(row, field)
	}
	return out
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
