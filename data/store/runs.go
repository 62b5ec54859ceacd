package store

import (
	"context"
	"slices"
	"strings"

	"witnessmark/data"
)

// SetAside leaves runs out of every answer, or takes them back. The numbers
// stay in the study.
func (s *Store) SetAside(ctx context.Context, runs []int64, aside bool) error {
	return s.changeData(ctx, func(w *work) error {
		for _, id := range runs {
			if err := w.changeOne("run", id, `UPDATE run SET set_aside = ? WHERE id = ?`, aside, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// RenameRun gives a run the name that is shown. The error is of kind Invalid
// when another run has it.
func (s *Store) RenameRun(ctx context.Context, id int64, name string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return invalid("a run needs a name")
	}
	return s.changeData(ctx, func(w *work) error {
		var taken bool
		if err := w.get(&taken, `SELECT EXISTS (SELECT 1 FROM run WHERE name = ? AND id <> ?)`, name, id); err != nil {
			return err
		}
		if taken {
			return invalid("another run is named %q; choose a name of its own", name)
		}
		return w.changeOne("run", id, `UPDATE run SET name = ?, renamed = 1 WHERE id = ?`, name, id)
	})
}

// A Difference is a field with its values in the runs that were compared,
// "" where a run does not have it.
type Difference struct {
	Field  string
	Values []string
}

// fieldsFirst are the fields that are listed before all others.
var fieldsFirst = []string{data.Condition, data.TrainPrompt, data.Family, data.BaseModel, data.Method, data.Seed}

// RunDiff returns the fields in which runs differ, the telling ones first,
// and how many are equal in all of them. The name and the source of a run
// are not compared.
func (s *Store) RunDiff(ctx context.Context, runs []int64) (differ []Difference, equal int, err error) {
	set, err := s.Set(ctx)
	if err != nil {
		return nil, 0, err
	}
	var fields []data.Fields
	for _, id := range runs {
		for i := range set.Runs {
			if set.Runs[i].ID == id {
				fields = append(fields, set.Runs[i].Fields)
			}
		}
	}
	if len(fields) != len(runs) {
		return nil, 0, &Error{Kind: Missing, Text: "a run that was to be compared is not in the study anymore"}
	}
	for _, name := range fieldNames(fields) {
		d := Difference{Field: name}
		for _, f := range fields {
			d.Values = append(d.Values, f[name])
		}
		if len(slices.Compact(slices.Clone(d.Values))) == 1 {
			equal++
			continue
		}
		differ = append(differ, d)
	}
	return differ, equal, nil
}

// fieldNames returns all names but those of identity: fieldsFirst, then by alphabet.
func fieldNames(all []data.Fields) []string {
	var out []string
	for _, f := range all {
		for name := range f {
			if name != data.Run && name != data.Source {
				out = append(out, name)
			}
		}
	}
	rank := func(name string) int {
		if i := slices.Index(fieldsFirst, name); i >= 0 {
			return i
		}
		return len(fieldsFirst)
	}
	slices.SortFunc(out, func(a, b string) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(out)
}
