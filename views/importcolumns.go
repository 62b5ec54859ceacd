package views

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/formats"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// columnMost is how many columns of a file are listed; more are read as they
// are guessed.
const columnMost = 80

// columns is a table of the file's columns, each with what it is taken for.
func (v *imports) columns(b *batch) fyne.CanvasObject {
	look := b.Look
	switch {
	case look == nil:
		return part.Prose("Reading the beginning of the file…")
	case look.Fixed:
		return part.Prose("Files of this format say themselves what their fields mean. Only the path can add to it.")
	case len(look.Columns) == 0:
		return part.Prose("No columns were found in the first file.")
	}
	head := part.Row(8, part.Strong("Columns"), part.Spacer(), part.Quiet(charts.Count(float64(len(look.Columns)), "key")+" in the first file").Short())
	rows := []fyne.CanvasObject{head, part.Ground(theme.Head, part.Pad(4, 6, 4, 6, columnGrid(part.Label("Key"), part.Label("A value"), part.Label("Taken for"), part.Label("As"), part.Label("Guess"))))}
	for i, c := range look.Columns {
		if i == columnMost {
			rows = append(rows, part.Pad(4, 6, 4, 6, part.Small("and "+charts.Count(float64(len(look.Columns)-columnMost), "more key")+", read as guessed")))
			break
		}
		rows = append(rows, part.Pad(1, 6, 1, 6, v.column(b, c)), part.Rule())
	}
	return part.Stack(0, rows...)
}

// columnGrid gives the five parts of a line their shares of the width.
func columnGrid(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(shareLayout{[]float32{.30, .17, .19, .22, .12}}, objects...)
}

// shareLayout gives objects fixed shares of the width.
type shareLayout struct{ shares []float32 }

func (l shareLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(260, 0)
	for _, o := range objects {
		s.Height = fyne.Max(s.Height, o.MinSize().Height)
	}
	return s
}

func (l shareLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		w, h := s.Width*l.shares[i], o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(w-8, h))
		x += w
	}
}

// column is the line of one column.
func (v *imports) column(b *batch, c formats.ColumnLook) fyne.CanvasObject {
	_, edited := b.Mapping.Columns[c.Name]
	role := part.NewSelect(roleNamesOf(), string(c.Assign.Role), func(role string) {
		b.assign(c.Name, formats.Assign{Role: formats.Role(role), As: asFor(formats.Role(role), c), Of: c.Assign.Of})
		v.change()
	})
	role.Labels, role.Height, role.Edited = roleLabels(), theme.Small, edited
	return columnGrid(part.WithTip(part.Say(c.Name), c.Name), part.WithTip(part.Quiet(valueOf(c)), strings.Join(c.Values, "\n")), role, v.as(b, c), guess(c, edited))
}

// as shows the name under which a column is kept, where its role has one; a
// press edits it.
func (v *imports) as(b *batch, c formats.ColumnLook) fyne.CanvasObject {
	if !named(c.Assign.Role) {
		return part.Small("")
	}
	name := part.NewField(c.Assign.As, func() { v.rename(b, c) })
	name.Tip = c.Assign.As + "\nPress to change the name"
	return name
}

func (v *imports) rename(b *batch, c formats.ColumnLook) {
	entry := part.NewEntry(c.Name)
	entry.SetText(c.Assign.As)
	var shut func()
	keep := func() {
		a := c.Assign
		if a.As = strings.TrimSpace(entry.Text); a.As == "" {
			return
		}
		shut()
		b.assign(c.Name, a)
		v.change()
	}
	entry.OnSubmitted = func(string) { keep() }
	entry.OnEscape = func() { shut() }
	body := part.Pad(14, 16, 14, 16, part.Stack(6, part.Quiet("Name of the "+plainName(string(c.Assign.Role))), entry))
	shut = part.Modal(v.place.Bench.Canvas(), c.Name, fyne.NewSize(400, 170), body, part.NewPrimary("Keep name", "", keep))
	v.place.Bench.Canvas().Focus(entry)
}

func valueOf(c formats.ColumnLook) string {
	if len(c.Values) == 0 {
		return "empty"
	}
	return part.OneLine(c.Values[0])
}

// guess says how sure the meaning of a column is.
func guess(c formats.ColumnLook, edited bool) fyne.CanvasObject {
	switch {
	case edited:
		return part.Small("edited").In(theme.Accent)
	case c.Assign.Role == formats.RoleIgnore || c.Assign.Role == "":
		return part.Small("skipped")
	case c.Assign.Sure:
		return part.Small("sure").In(theme.OK)
	}
	return part.Small("guess").In(theme.Warn)
}

func roleNamesOf() []string {
	out := make([]string, len(formats.Roles))
	for i, r := range formats.Roles {
		out[i] = string(r)
	}
	return out
}

func roleLabels() []string {
	names := map[formats.Role]string{
		formats.RoleField: "field of the run", formats.RoleContext: "field of the eval", formats.RoleName: "name of the metric", formats.RoleValue: "value of that metric",
		formats.RoleSD: "standard deviation", formats.RoleSE: "standard error", formats.RoleN: "number behind", formats.RoleOutOf: "out of", formats.RoleRate: "reported rate",
		formats.RoleLo: "lower bound", formats.RoleHi: "upper bound", formats.RoleMonitor: "name of the monitor", formats.RoleScore: "monitor\u2019s score",
		formats.RoleFlag: "monitor\u2019s verdict", formats.RoleExcluded: "left out",
	}
	out := make([]string, len(formats.Roles))
	for i, r := range formats.Roles {
		if out[i] = names[r]; out[i] == "" {
			out[i] = plainName(string(r))
		}
	}
	return out
}

// named reports whether a role goes with a name: of a field, a metric …
func named(r formats.Role) bool {
	return slices.Contains([]formats.Role{formats.RoleField, formats.RoleContext, formats.RoleMetric, formats.RoleSD, formats.RoleSE, formats.RoleN, formats.RoleK, formats.RoleRate,
		formats.RoleLo, formats.RoleHi, formats.RoleScore, formats.RoleFlag, formats.RoleLabel, formats.RoleText, formats.RolePredicted}, r)
}

// asFor proposes the name that goes with a role.
func asFor(r formats.Role, c formats.ColumnLook) string {
	switch {
	case !named(r):
		return ""
	case c.Assign.As != "":
		return c.Assign.As
	}
	return c.Name
}

// preview shows the first rows of the file as they are read.
func (v *imports) preview(b *batch) fyne.CanvasObject {
	look := b.Look
	if look == nil || len(look.Rows) == 0 || len(look.Columns) == 0 {
		return part.Stack(0)
	}
	rows := slices.Clone(look.Rows)
	cols := []part.Column{{ID: "line", Label: "Line", Width: 52, Right: true, Fixed: true, Cell: func(row int) part.Cell {
		if rows[row].Line == 0 {
			return part.Cell{}
		}
		return part.Cell{Text: strconv.Itoa(rows[row].Line), Color: theme.Muted}
	}}}
	for i, c := range look.Columns {
		if c.Assign.Role == formats.RoleIgnore || c.Assign.Role == "" {
			continue
		}
		cols = append(cols, part.Column{ID: c.Name, Label: headOf(c), Tip: c.Name, Width: 104, Fixed: true, Cell: func(row int) part.Cell {
			if i < len(rows[row].Cells) {
				return part.Cell{Text: rows[row].Cells[i]}
			}
			return part.Cell{}
		}})
	}
	table := part.NewTable(cols...)
	table.SetRows(len(rows))
	height := float32(theme.TableHead+12) + table.RowHeight*float32(len(rows))
	return part.Stack(4, part.Row(8, part.Strong("Preview"), part.Spacer(), part.Quiet(runsNote(look.Runs)).Short()), part.Fixed(0, height, table))
}

func headOf(c formats.ColumnLook) string {
	if c.Assign.As != "" {
		return title(c.Assign.As)
	}
	return title(string(c.Assign.Role))
}

// runsNote says which runs the sampled rows belong to.
func runsNote(runs []data.Fields) string {
	if len(runs) == 0 {
		return ""
	}
	text := charts.Count(float64(len(runs)), "run") + " in these rows"
	if c := runs[0][data.Condition]; c != "" {
		text += ", first " + valueLabel(c)
		if s := runs[0][data.Seed]; s != "" {
			text += ", seed " + s
		}
	}
	return text
}
