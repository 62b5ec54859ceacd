package figure

import (
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
)

// Words writes the name of a measure or field as people read it: "em_rate" is
// "EM rate", "cot_monitor.flag" is "CoT monitor, flag".
func Words(name string) string {
	parts := strings.FieldsFunc(strings.ReplaceAll(name, ".", " , "), func(r rune) bool { return r == '_' || r == ' ' })
	for i, p := range parts {
		parts[i] = data.Written(p)
	}
	text := strings.ReplaceAll(strings.Join(parts, " "), " ,", ",")
	r := []rune(text)
	if len(r) > 0 {
		r[0] = []rune(strings.ToUpper(string(r[0])))[0]
	}
	return string(r)
}

// withoutJudges names groups by themselves again, where a figure tells judges
// apart in another way.
func withoutJudges(f frame.Frame, by string) frame.Frame {
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		if c.Name != by || c.Text == nil {
			continue
		}
		f.Columns[i].Text = make([]string, f.Len())
		for row := range f.Len() {
			f.Columns[i].Text[row] = Spoken(f.Key(row, by))
		}
	}
	return f
}

// measure finds what is known of a measure by name.
func (a Facts) measure(name string) estimate.Measure {
	for _, m := range a.Measures {
		if m.Name == name {
			return m
		}
	}
	return estimate.Measure{Name: name}
}

// better says which way is better, "" where no file says.
func better(m estimate.Measure) string {
	switch {
	case m.Better > 0:
		return " (higher is better)"
	case m.Better < 0:
		return " (lower is better)"
	}
	return ""
}

// common is the scale of several measures, FreeScale where they differ.
func common(measures ...estimate.Measure) charts.MeasureScale {
	for _, m := range measures[1:] {
		if scale(m) != scale(measures[0]) {
			return charts.FreeScale
		}
	}
	return scale(measures[0])
}

// lowerWords is Words within a sentence. A name that somebody began with a
// capital keeps it.
func lowerWords(name string) string {
	text := Words(name)
	if name != "" && strings.HasPrefix(text, string([]rune(name)[0])) {
		return text
	}
	r := []rune(text)
	if len(r) > 1 && strings.ToUpper(string(r[1])) != string(r[1]) {
		return strings.ToLower(string(r[0])) + string(r[1:])
	}
	return text
}

// Models says what was trained, as far as all runs of a study agree.
func Models(set *column.Set) string {
	one := func(field string) string {
		var values []string
		for _, r := range set.Runs {
			if v := r.Fields[field]; !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		if len(values) == 1 {
			return values[0]
		}
		return ""
	}
	method, model := one(data.Method), one(data.BaseModel)
	if method != "" && model != "" {
		return method + " on " + model
	}
	return method + model
}

// context says which runs and samples a figure is about: what was trained,
// and the filter.
func (a Facts) context(s desk.State) string {
	where := filtered(s)
	if a.Models == "" || where == "" {
		return a.Models + where
	}
	return a.Models + ", " + where
}

// filtered says which runs and samples pass the filter, "" for all.
func filtered(s desk.State) string {
	const most = 160
	where := s.Where.Sentence()
	if where != "" {
		where = "where " + strings.ReplaceAll(where, "_", " ")
	}
	if r := []rune(where); len(r) > most {
		where = strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return where
}
