package estimate

import (
	"context"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A Background says what stands behind a row of an answer beside its numbers:
// which runs, from which imports, and under which settings.
type Background struct {
	Keys     []frame.Key // of the row, as in the answer
	Measure  string
	Runs     []string // names, in the order of runs
	Imports  []int64  // numbers of the imports, ascending
	Graders  []string // who or what scored; "" where no file says
	Settings []Setting
}

// A Setting is a field with the values that it has behind a row, "" for none.
type Setting struct {
	Field     string
	Level     Level
	Values    []string // distinct, in natural order
	Base      []string // behind the row of the baseline; nil where there is none
	Condition bool     // part of what a condition is, such as its train prompt
}

// Differs tells whether both sides have one value each, and not the same.
func (s Setting) Differs() bool {
	return len(s.Values) == 1 && len(s.Base) == 1 && s.Values[0] != s.Base[0]
}

// Mixed tells whether the row has several values.
func (s Setting) Mixed() bool { return len(s.Values) > 1 }

// Setting returns the setting of a field; its Field is "" if there is none.
func (b Background) Setting(field string) Setting {
	i := slices.IndexFunc(b.Settings, func(s Setting) bool { return s.Field == field })
	if i < 0 {
		return Setting{}
	}
	return b.Settings[i]
}

// AlsoDiffer lists the fields that differ from the baseline and are no part
// of what a condition is: the difference cannot be laid to the condition alone.
func (b Background) AlsoDiffer() []string {
	var out []string
	for _, s := range b.Settings {
		if s.Differs() && !s.Condition {
			out = append(out, s.Field)
		}
	}
	return out
}

// Backgrounds returns the background of each row of Ask(q), in the order that
// rows have without Sort, Limit and Offset. Fields that name runs or seeds,
// that q groups by or that its filter asks for are no settings. Errors are
// those of Ask.
func (x *Index) Backgrounds(ctx context.Context, q query.Query) ([]Background, error) {
	p, err := x.plan(q)
	if err != nil {
		return nil, err
	}
	s, err := p.scan(ctx)
	if err != nil {
		return nil, err
	}
	rows := s.arrange()
	base, err := s.counterparts(rows)
	if err != nil {
		return nil, err
	}
	fields := s.mixable()
	out := make([]Background, len(rows))
	for i, r := range rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i] = s.background(r, base[i], fields)
	}
	return out, nil
}

// counterparts finds the row of the baseline for each row, nil where there is
// none.
func (s *scan) counterparts(rows []*row) ([]*row, error) {
	out := make([]*row, len(rows))
	if s.q.Baseline == "" {
		return out, nil
	}
	base := slices.IndexFunc(s.legends[0].texts, func(t string) bool { return natural(t, s.q.Baseline) == 0 })
	if base < 0 {
		return nil, s.noBaseline(rows)
	}
	at := map[string]*row{}
	for _, r := range rows {
		if r.codes[0] == int32(base) {
			at[r.counterpart()] = r
		}
	}
	for i, r := range rows {
		if r.codes[0] != int32(base) {
			out[i] = at[r.counterpart()]
		}
	}
	return out, nil
}

func (s *scan) background(r, base *row, fields []*field) Background {
	b := Background{Keys: s.keys(r), Measure: s.q.Measures[r.measure], Graders: s.values(r, s.x.graderField())}
	for _, v := range r.runs {
		b.Runs = append(b.Runs, s.x.set.Runs[v.run].Name)
		for at := v.refs; at >= 0; at = s.refs[at].next {
			if id := s.x.tables[s.refs[at].table].Import; !slices.Contains(b.Imports, id) {
				b.Imports = append(b.Imports, id)
			}
		}
	}
	slices.Sort(b.Imports)
	byCondition := slices.ContainsFunc(s.by, func(f *field) bool { return f.name == data.Condition })
	for _, f := range fields {
		set := Setting{Field: f.name, Level: f.level, Values: s.values(r, f), Condition: byCondition && slices.Contains(ofCondition, f.name)}
		if base != nil {
			set.Base = s.values(base, f)
		}
		b.Settings = append(b.Settings, set)
	}
	return b
}
