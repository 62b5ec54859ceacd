package estimate

import (
	"math"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/query"
)

// lookRun tells what fields say of a run.
func (x *Index) lookRun(run int32) query.Look {
	return func(name string) (query.Value, bool) {
		if name == query.AnyText {
			r := x.set.Runs[run]
			return query.Value{Text: r.Name + "\n" + texts(r.Fields)}, false
		}
		f := x.find(name)
		if f == nil {
			return query.Value{}, true
		}
		if f.level != OfRun {
			return query.Value{}, false
		}
		return f.dict[f.byRun[run]], true
	}
}

// lookContext tells what fields say of a context of a run.
func (x *Index) lookContext(run, ctx int32) query.Look {
	return func(name string) (query.Value, bool) {
		if name == query.AnyText {
			return query.Value{Text: texts(x.set.Contexts[ctx].Fields)}, false
		}
		f := x.find(name)
		if f == nil {
			return query.Value{}, true
		}
		if f.level > OfContext {
			return query.Value{}, false
		}
		return f.dict[f.at(run, ctx)], true
	}
}

// lookStep tells what the field step says; all coarser fields are settled.
func (x *Index) lookStep(step int32) query.Look {
	return func(name string) (query.Value, bool) {
		if f := x.find(name); f != nil && f.level == OfStep {
			return x.stepText[step], true
		}
		return query.Value{}, false
	}
}

func texts(fields data.Fields) string {
	var b strings.Builder
	for _, name := range sortedKeys(fields) {
		b.WriteString(fields[name] + "\n")
	}
	return b.String()
}

// columns gives the columns of a table in which a sample's field stands.
func (x *Index) columns(t *table) query.Columns {
	return func(name string) []query.Column {
		if name == query.AnyText {
			return t.texts()
		}
		f := x.find(name)
		if f == nil {
			return nil
		}
		var out []query.Column
		switch {
		case f.name == data.Item && t.Item != nil:
			out = append(out, query.Column{Index: t.Item, Dict: dictOf(t.Items)})
		case f.name == data.Epoch && t.Epoch != nil:
			out = append(out, query.Column{Index: t.Epoch})
		case f.name == excludedField && t.Excluded != nil:
			out = append(out, query.Column{Code: t.Excluded, Dict: t.Reasons})
		}
		return append(out, t.named(f.name, x.byName)...)
	}
}

// dictOf keeps an empty list of texts apart from none.
func dictOf(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

// named returns the labels and measures of that name.
func (t *table) named(name string, measures map[string]int) []query.Column {
	var out []query.Column
	for _, c := range t.Columns {
		if n, ok := measureName(c.ID, true); ok && n == name && t.Attempts || c.Kind == column.Label && c.Name == name {
			out = append(out, queryColumn(c))
		}
	}
	if id, ok := measures[name]; ok && !t.Attempts {
		if g, ok := t.groups[id]; ok {
			out = append(out, query.Column{Num: g.shownAll(t.Len())})
		}
	}
	return out
}

func queryColumn(c column.Column) query.Column {
	q := query.Column{Num: c.Num, Code: c.Code}
	if c.Kind == column.Label {
		q.Dict = dictOf(c.Dict)
	}
	return q
}

// shownAll returns the number that each row stands for: k/n, or a mean.
func (g countColumns) shownAll(rows int) []float64 {
	out := make([]float64, rows)
	for i := range out {
		out[i] = math.NaN()
		if v := g.row(i); v.shown() == v.shown() {
			out[i] = v.shown()
		}
	}
	return out
}

// texts returns every column of a table that holds text.
func (t *table) texts() []query.Column {
	var out []query.Column
	if t.Item != nil {
		out = append(out, query.Column{Index: t.Item, Dict: dictOf(t.Items)})
	}
	if t.Excluded != nil {
		out = append(out, query.Column{Code: t.Excluded, Dict: t.Reasons})
	}
	for _, c := range t.Columns {
		if c.Kind == column.Label {
			out = append(out, queryColumn(c))
		}
	}
	return out
}
