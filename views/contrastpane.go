package views

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// contrastOption is the switch that names the contrast that is selected.
const contrastOption = "conditions.contrast"

// planning is what a study must have beside Study to keep contrasts.
type planning interface {
	Comparing(ctx context.Context) (contrast.Study, error)
	Registry(ctx context.Context) (contrast.Registry, error)
	Contrasts(ctx context.Context) ([]store.Contrast, error)
	SaveContrast(ctx context.Context, c store.Contrast) error
	DeleteContrast(ctx context.Context, name string) error
}

// A contrastPane lists the contrasts that were set up in the study, each as
// the data have it now.
type contrastPane struct {
	place    Place
	slot     *task.Slot
	saving   *task.Slot
	counting *task.Slot
	opening  *task.Slot
	ledger   *ledger
	table    *part.Table
	tally    *part.Text
	edit     *part.Button
	remove   *part.Button
	foot     *part.Paragraph
	restore  *part.Button // a contrast that was just deleted
	none     *fyne.Container
	head     fyne.CanvasObject
	content  fyne.CanvasObject

	asked    string // question and contrasts that the lines answer
	base     query.Query
	lines    []contrast.Planned
	texts    []plannedText
	saved    []store.Contrast
	registry contrast.Registry
	state    desk.State
	changes  int // of contrasts, made here
	deleted  *store.Contrast
	// onChange is called when contrasts were changed, onRows when there are
	// others to show.
	onChange, onRows func()
}

// plannedText is a line's numbers as they are written.
type plannedText struct{ diff, interval, unit, margin string }

// planned is what the pane asks for.
type planned struct {
	lines    []contrast.Planned
	texts    []plannedText
	saved    []store.Contrast
	registry contrast.Registry
}

func newContrastPane(p Place) *contrastPane {
	c := &contrastPane{
		place: p, slot: task.NewSlot(p.Tasks), saving: task.NewSlot(p.Tasks), counting: task.NewSlot(p.Tasks), opening: task.NewSlot(p.Tasks), ledger: newLedger(p), table: part.NewTable(),
		tally: part.Small(""), foot: part.Prose(""), onChange: func() {}, onRows: func() {},
	}
	c.edit = part.NewButton("Edit…", "", func() { c.openForm(c.chosen()) })
	c.remove = part.NewButton("Delete", "", c.delete)
	c.restore = part.NewLink("Restore", c.undelete)
	c.restore.Hide()
	add := part.NewButton("New contrast…", "", func() { c.openForm(nil) }).WithTip("Set up a comparison before its numbers are looked at")
	c.head = part.Row(8, part.Spacer(), c.tally.Short(), add, c.edit, c.remove)
	c.table.Single = true
	c.table.Key = func(row int) string { return c.lines[row].Name }
	c.table.OnSelect = c.choose
	c.table.OnOpen = func(row int) { c.openForm(c.named(c.lines[row].Name)) }
	c.none = container.NewStack()
	c.none.Hide()
	foot := part.Border(part.Rule(), nil, nil, nil, part.Ground(theme.Panel, part.Pad(5, 10, 7, 10, part.Border(nil, nil, nil, c.restore, c.foot))))
	c.content = part.Border(nil, foot, nil, nil, container.NewStack(c.table, c.none))
	return c
}

// follow keeps what is on screen, from which new contrasts are made.
func (c *contrastPane) follow(v *conditions) {
	c.state, c.base = v.state, v.Ask(c.place.Desk.State())
}

// show brings the pane in line with the state of its view.
func (c *contrastPane) show() {
	c.table.SetSelected([]string{c.selected()})
	c.foot.SetText(c.footnote())
	c.content.Refresh()
	c.showButtons()
	c.ask()
}

// selected is the name of the contrast that is selected, if its comparison is
// still the one on screen.
func (c *contrastPane) selected() string {
	name := c.state.Option(contrastOption, "")
	for _, p := range c.lines {
		if p.Name == name && p.Base == c.state.Baseline && (p.Measure == "" || p.Measure == c.state.Measure) && c.state.IsSelected(p.Of) {
			return name
		}
	}
	return ""
}

func (c *contrastPane) named(name string) *store.Contrast {
	i := slices.IndexFunc(c.saved, func(s store.Contrast) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return &c.saved[i]
}

func (c *contrastPane) chosen() *store.Contrast { return c.named(c.state.Option(contrastOption, "")) }

func (c *contrastPane) showButtons() {
	for _, b := range []*part.Button{c.edit, c.remove} {
		if c.chosen() == nil {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// ask computes the contrasts off the UI thread, where the question or the
// contrasts are others than those shown.
func (c *contrastPane) ask() {
	study, ok := c.place.Study().(planning)
	if !ok {
		return
	}
	q := c.base
	want := fmt.Sprint(c.place.Study().Path(), c.place.Facts().Revision, c.changes, questionText(q))
	if want == c.asked {
		c.ledger.seeAll(c.state.View, q, c.lines)
		return
	}
	c.asked = want
	task.Do(context.Background(), c.slot, func(ctx context.Context) (planned, error) { return readPlanned(ctx, study, q) }, func(out planned, err error) {
		if err != nil {
			c.asked = ""
			c.fill(planned{})
			c.say(plainError(err), nil)
			return
		}
		c.fill(out)
		c.ledger.seeAll(c.state.View, q, c.lines)
	})
}

func readPlanned(ctx context.Context, study planning, q query.Query) (out planned, err error) {
	if out.saved, err = study.Contrasts(ctx); err != nil {
		return out, err
	}
	st, err := study.Comparing(ctx)
	if err != nil {
		return out, err
	}
	out.registry = st.Registry
	if out.lines, err = st.Planned(ctx, q); err != nil {
		return out, err
	}
	for _, p := range out.lines {
		var t plannedText
		t.diff, t.interval, t.unit, t.margin = st.Words(p)
		out.texts = append(out.texts, t)
	}
	return out, nil
}

func (c *contrastPane) fill(out planned) {
	c.lines, c.texts, c.saved, c.registry = out.lines, out.texts, out.saved, out.registry
	c.tally.SetText(tally(c.registry))
	c.table.Set(len(c.lines), c.columns(), c.table.Sorts())
	c.table.SetSelected([]string{c.selected()})
	c.foot.SetText(c.footnote())
	c.showButtons()
	defer c.content.Refresh()
	defer c.onRows()
	if len(c.lines) == 0 {
		c.say("No contrast is set up. A contrast fixes a comparison, and a margin, before its numbers are looked at.",
			part.NewPrimary("New contrast…", "", func() { c.openForm(nil) }))
		return
	}
	c.none.Hide()
	c.table.Show()
}

// rows is the room that the pane wants, in rows of its table.
func (c *contrastPane) rows() int { return max(3, len(c.lines)) }

// say shows a message in place of the table.
func (c *contrastPane) say(text string, do *part.Button) {
	c.none.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, part.Message(text, part.Info, do))}
	c.none.Show()
	c.table.Hide()
	c.none.Refresh()
}

// choose restores the comparison that a contrast is about.
func (c *contrastPane) choose(keys []string) {
	if len(keys) == 0 {
		return
	}
	i := slices.IndexFunc(c.lines, func(p contrast.Planned) bool { return p.Name == keys[0] })
	if i < 0 {
		return
	}
	r := c.lines[i].Registered
	c.place.Desk.Do(desk.Change{Name: "Show contrast " + r.Name, Apply: func(s desk.State) desk.State {
		s.Where, s.Baseline, s.By, s.Pair, s.Selected = r.Within(s.Where), r.Base, nil, r.Pair, []string{r.Of}
		if r.Measure != "" {
			s.Measure = r.Measure
		}
		return s.With(contrastOption, r.Name)
	}})
}

// delete removes the selected contrast, and offers to bring it back.
func (c *contrastPane) delete() {
	gone := c.chosen()
	if gone == nil {
		return
	}
	was := *gone
	c.change("The contrast could not be deleted", func(ctx context.Context, s planning) error { return s.DeleteContrast(ctx, was.Name) }, func() {
		c.deleted = &was
		c.restore.Show()
	})
}

func (c *contrastPane) undelete() {
	back := *c.deleted
	back.ID = 0
	c.change("The contrast could not be restored", func(ctx context.Context, s planning) error { return s.SaveContrast(ctx, back) }, func() {})
}

// change changes the study's contrasts off the UI thread, and shows them
// again.
func (c *contrastPane) change(failed string, do func(context.Context, planning) error, done func()) {
	study, ok := c.place.Study().(planning)
	if !ok {
		return
	}
	task.Do(context.Background(), c.saving, func(ctx context.Context) (bool, error) { return true, do(ctx, study) }, func(_ bool, err error) {
		if err != nil {
			c.place.Bench.Fail(failed, err)
			return
		}
		c.deleted = nil
		c.restore.Hide()
		c.changes++
		done()
		c.ask()
		c.onChange()
	})
}

// footnote says what the lines rest on.
func (c *contrastPane) footnote() string {
	var parts []string
	if c.deleted != nil {
		parts = append(parts, "Deleted “"+c.deleted.Name+"”.")
	}
	if s := c.place.Study(); s != nil && s.ReadOnly() {
		parts = append(parts, "This study was opened only to be read, so contrasts cannot be changed here, and what is looked at is not noted.")
	}
	if len(c.lines) == 0 {
		return strings.Join(append(parts, c.registry.Tally()+"."), " ")
	}
	where := "all samples"
	if !c.base.Where.IsZero() {
		where = "the filter"
	}
	text := "Within " + where + ", " + c.base.Steps.Sentence() + ", intervals of " + levelName(c.base.Level) + "."
	if slices.ContainsFunc(c.lines, func(p contrast.Planned) bool { return p.Tested != nil }) {
		text += " Margins are tested on both sides, so by an interval of " + levelName(math.Round(1e6*(1-2*(1-c.base.LevelOr())))/1e6) + "."
	}
	if c.showsP() {
		text += " Holm over the confirmatory contrasts only."
	}
	for _, p := range c.lines {
		if p.Name == c.selected() && p.Why != "" {
			text = upper(p.Sentence) + ". " + text
		} else if p.Name == c.selected() && p.Tested != nil {
			text = strings.Join(p.Tested.Text, " ") + " " + text
		}
	}
	return strings.Join(append(parts, text, c.registry.Tally()+"."), " ")
}

func (c *contrastPane) showsP() bool { return c.state.Flag("conditions.p", false) }

// recount reads how many comparisons were looked at, after one more was.
func (c *contrastPane) recount() {
	study, ok := c.place.Study().(planning)
	if !ok {
		return
	}
	task.Do(context.Background(), c.counting, study.Registry, func(r contrast.Registry, err error) {
		if err == nil {
			c.registry = r
			c.tally.SetText(tally(r))
			c.foot.SetText(c.footnote())
		}
	})
}

// tally is Registry.Tally in few words.
func tally(r contrast.Registry) string {
	planned := 0
	for _, c := range r.Saved {
		if c.Confirmatory {
			planned++
		}
	}
	return charts.Count(float64(r.Looked), "comparison") + " looked at, " + charts.Whole.Text(float64(planned), 0) + " confirmatory"
}

// columns declare the table of contrasts.
func (c *contrastPane) columns() []part.Column {
	text := func(id, label string, width float32, spare int, cell func(p contrast.Planned, t plannedText) part.Cell) part.Column {
		return part.Column{ID: id, Label: label, Width: width, Spare: spare, Cell: func(row int) part.Cell { return cell(c.lines[row], c.texts[row]) }}
	}
	right := func(col part.Column, num func(p contrast.Planned) float64) part.Column {
		col.Right, col.Num = true, func(row int) float64 { return num(c.lines[row]) }
		return col
	}
	name := text("name", "Contrast", 128, 0, func(p contrast.Planned, _ plannedText) part.Cell {
		return part.Cell{Text: p.Name, Bold: true, Tip: hypothesis(p)}
	})
	name.Grow = true
	cols := []part.Column{name,
		text("of", "Condition", 162, 0, func(p contrast.Planned, _ plannedText) part.Cell { return c.side(p.Of) }),
		text("base", "Against", 98, 0, func(p contrast.Planned, _ plannedText) part.Cell { return c.side(p.Base) }),
		text("measure", "Measure", 92, 2, func(p contrast.Planned, _ plannedText) part.Cell {
			return part.Cell{Text: plainName(p.Found), Tip: p.Found}
		}),
		text("eval", "Eval", 92, 3, func(p contrast.Planned, _ plannedText) part.Cell { return scopeCell(p) }),
		text("pair", "Paired by", 84, 4, func(p contrast.Planned, _ plannedText) part.Cell { return pairedCell(p) }),
		right(text("diff", "Difference, "+levelName(c.base.Level), 162, 0, func(p contrast.Planned, t plannedText) part.Cell { return diffCell(p, t) }), func(p contrast.Planned) float64 { return p.Diff }),
		text("verdict", "Shows", 112, 0, func(p contrast.Planned, _ plannedText) part.Cell { return verdictCell(p) }),
		text("margin", "Margin", 150, 1, func(p contrast.Planned, t plannedText) part.Cell { return marginCell(p, t) }),
	}
	if slices.ContainsFunc(c.lines, func(p contrast.Planned) bool { return p.Judge != "" }) {
		cols = slices.Insert(cols, 5, text("judge", title(data.Grader), 130, 0, func(p contrast.Planned, _ plannedText) part.Cell {
			return part.Cell{Text: valueLabel(p.Judge), Tip: p.Judge}
		}))
	}
	if c.showsP() {
		cols = append(cols, right(text("p", "p", 58, 0, func(p contrast.Planned, _ plannedText) part.Cell { return plannedP(p.P) }), func(p contrast.Planned) float64 { return p.P }),
			right(text("holm", "Holm", 58, 0, func(p contrast.Planned, _ plannedText) part.Cell { return plannedP(p.Holm) }), func(p contrast.Planned) float64 { return p.Holm }))
	}
	return append(cols, text("plan", "Plan", 128, 0, func(p contrast.Planned, _ plannedText) part.Cell { return planCell(p) }))
}

// side is a condition, after its marker; one that is gone is muted.
func (c *contrastPane) side(name string) part.Cell {
	cell := part.Cell{Text: valueLabel(name), Marker: c.place.Facts().Role(name), Tip: name}
	if !slices.Contains(c.place.Facts().Conditions, name) {
		cell.Marker, cell.Color, cell.Tip = "", theme.Muted, "the study has no condition "+name
	}
	return cell
}

func hypothesis(p contrast.Planned) string {
	if p.Hypothesis == "" {
		return p.Name
	}
	return p.Name + ". " + p.Hypothesis
}

func scopeCell(p contrast.Planned) part.Cell {
	text := "any"
	if p.Eval != "" {
		_, value, ok := strings.Cut(p.Eval, ":")
		if !ok {
			value = p.Eval
		}
		text = valueLabel(value)
	}
	return part.Cell{Text: text, Tip: text}
}

func pairedCell(p contrast.Planned) part.Cell {
	if p.Why != "" {
		return part.Cell{}
	}
	if p.Pairs == 0 || p.By == "" {
		return part.Cell{Text: "not paired", Color: theme.Muted}
	}
	return part.Cell{Text: charts.Count(float64(p.Pairs), p.By)}
}

func diffCell(p contrast.Planned, t plannedText) part.Cell {
	if p.Why != "" {
		return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: "not estimable, because " + p.Why}
	}
	return part.Cell{Text: strings.TrimSpace(t.diff + " " + t.interval), Tip: p.Sentence}
}

// verdictCell says what the interval allows.
func verdictCell(p contrast.Planned) part.Cell {
	if p.Why != "" {
		return part.Cell{Text: p.Why, Color: theme.Muted, Tip: p.Why}
	}
	return part.Cell{Text: string(p.Verdict), Tip: p.Sentence}
}

// marginCell says what was shown of the margin.
func marginCell(p contrast.Planned, t plannedText) part.Cell {
	switch {
	case t.margin == "":
		return part.Cell{Text: "none", Color: theme.Muted}
	case p.Tested == nil:
		return part.Cell{Text: t.margin, Color: theme.Muted}
	}
	tip, bare := strings.Join(p.Tested.Text, " "), strings.TrimSuffix(t.margin, " points")
	switch p.Answer() {
	case "equivalent":
		return part.Cell{Text: "equivalent within " + bare, Tip: tip}
	case "not worse":
		return part.Cell{Text: "not worse by " + strings.TrimPrefix(bare, "±"), Tip: tip}
	}
	return part.Cell{Text: "not shown within " + bare, Color: theme.Muted, Tip: tip}
}

func plannedP(p float64) part.Cell {
	if math.IsNaN(p) {
		return part.Cell{}
	}
	return part.Cell{Text: pText(p)}
}

// planCell says whether the contrast is confirmatory, and if its numbers were
// seen before.
func planCell(p contrast.Planned) part.Cell {
	switch {
	case p.Confirmatory && p.Before > 0:
		return part.Cell{Text: "looked at before", Icon: theme.Warning, Color: theme.Warn, Tip: p.Standing}
	case p.Confirmatory:
		return part.Cell{Text: "confirmatory", Icon: theme.Lock, Tip: p.Standing}
	}
	return part.Cell{Text: "exploratory", Color: theme.Muted, Tip: p.Standing}
}
