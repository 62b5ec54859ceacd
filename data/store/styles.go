package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"witnessmark/data"
)

// A Style is the color and marker of a value of a field, wherever it is
// drawn. It is kept in the study, and never given to another value.
type Style struct {
	Field, Value string
	Role         string // one of data.Families, or "grey"
	Color        int    // place of the role in data.Families; −1 for grey
	Marker       string // "" for the role's own
	Chosen       bool   // by a person
}

// grey is the role of conditions beyond those that can be told apart.
const grey = "grey"

// Styles returns the styles of a field's values, in the order in which they
// were assigned. Conditions get theirs when they are imported.
func (s *Store) Styles(ctx context.Context, field string) ([]Style, error) {
	return list(ctx, s, scanStyle, stylesQuery, field)
}

const stylesQuery = `SELECT field, value, role, color, marker, chosen FROM style WHERE field = ? ORDER BY rowid`

func scanStyle(r *sql.Rows, s *Style) error {
	return r.Scan(&s.Field, &s.Value, &s.Role, &s.Color, &s.Marker, &s.Chosen)
}

// SetStyle gives a value the role and marker that a person chose. Other
// values keep theirs, even the same role.
func (s *Store) SetStyle(ctx context.Context, st Style) error {
	color := slices.Index(data.Families, st.Role)
	if color < 0 && st.Role != grey {
		return invalid("%q is no role; the roles are %s and grey", st.Role, strings.Join(data.Families, ", "))
	}
	return s.exec(ctx, `INSERT INTO style (field, value, role, color, marker, chosen) VALUES (?, ?, ?, ?, ?, 1)
		ON CONFLICT (field, value) DO UPDATE SET role = excluded.role, color = excluded.color, marker = excluded.marker, chosen = 1`,
		st.Field, st.Value, st.Role, color, st.Marker)
}

// styleConditions gives a style to each condition that has none.
func styleConditions(w *work) error {
	var taken []string
	if err := w.each(func(r *sql.Rows) error {
		var st Style
		err := scanStyle(r, &st)
		taken = append(taken, st.Role)
		return err
	}, stylesQuery, data.Condition); err != nil {
		return err
	}
	var names, families []string
	if err := w.each(func(r *sql.Rows) error {
		var name, family string
		err := r.Scan(&name, &family)
		names, families = append(names, name), append(families, family)
		return err
	}, `SELECT label, coalesce((SELECT max(fields ->> 'family') FROM run WHERE condition_id = c.id), '')
		FROM condition c WHERE label NOT IN (SELECT value FROM style WHERE field = 'condition') ORDER BY id`); err != nil {
		return err
	}
	for i, role := range assignRoles(names, families, taken) {
		if err := w.exec(`INSERT INTO style (field, value, role, color) VALUES (?, ?, ?, ?)`,
			data.Condition, names[i], role, slices.Index(data.Families, role)); err != nil {
			return err
		}
	}
	return nil
}

// assignRoles gives each name the role that it seems to play, as long as no
// other has it; then what is left, the plainest color first, and then grey.
func assignRoles(names, families, taken []string) []string {
	free := []string{"other", "inoculation_general", "inoculation_specific", "irrelevant", "discouraging", "baseline"}
	free = slices.DeleteFunc(free, func(r string) bool { return slices.Contains(taken, r) })
	out := make([]string, len(names))
	for i := range names {
		role := guessRole(names[i], families[i])
		if at := slices.Index(free, role); at >= 0 {
			out[i], free = role, slices.Delete(free, at, at+1)
		}
	}
	for i := range out {
		if out[i] == "" && len(free) > 0 {
			out[i], free = free[0], free[1:]
		}
		out[i] = cmp.Or(out[i], grey)
	}
	return out
}

// roleWords are parts of names that tell a role. The first that fits wins:
// "negative_inoculation" discourages, and a "neutral prefix" is a placebo.
var roleWords = []struct {
	role  string
	words []string
}{
	{"discouraging", []string{"negative", "discourag", "forbid", "safety"}},
	{"irrelevant", []string{"irrelevant", "prefix", "placebo", "arbitrary"}},
	{"other", []string{"mix", "rephras"}},
	{"inoculation_general", []string{"general", "any means", "any_means", "permissive"}},
	{"inoculation_specific", []string{"inoculat", "specific"}},
	{"baseline", []string{"neutral", "baseline", "control", "none", "default"}},
}

// guessRole tells the role from the family of the prompt, if it is stated,
// and else from the condition's name; "" when neither says.
func guessRole(name, family string) string {
	if slices.Contains(data.Families, family) {
		return family
	}
	for _, text := range []string{family, name} {
		text = strings.ToLower(text)
		for _, r := range roleWords {
			if slices.ContainsFunc(r.words, func(w string) bool { return strings.Contains(text, w) }) {
				return r.role
			}
		}
	}
	return ""
}
