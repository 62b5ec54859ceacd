package views

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/predict"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// forecasterOption is the key of the forecaster whose predictions the charts
// of the registry show.
const forecasterOption = "predictions.forecaster"

// registryPane lists the predictions that the study keeps: what was stated,
// whether it was locked before the data, and what came of it; below, every
// forecaster with its rivals.
type registryPane struct {
	place         Place
	slot, writing *task.Slot
	asked         string

	predicted, curve, reliability *part.ChartBox
	list, totals                  *part.Table
	count, kinds                  *part.Text
	lock, edit, remove            *part.Button
	words                         *part.Paragraph
	full, empty                   *fyne.Container
	face                          *fyne.Container

	state desk.State
	books predict.Books
	rows  []total
}

// A total is one forecaster of one register.
type total struct {
	book, register, at int
}

func newRegistryPane(p Place) *registryPane {
	v := &registryPane{
		place: p, slot: task.NewSlot(p.Tasks), writing: task.NewSlot(p.Tasks), list: part.NewTable(), totals: part.NewTable(),
		count: part.Small(""), kinds: part.Small(""), words: part.Prose(""),
	}
	v.predicted, v.curve, v.reliability = v.box(), v.box(), v.box()
	v.connect()
	top := container.NewGridWithColumns(3, v.predicted, walled(v.curve), walled(v.reliability))
	tables := container.NewVSplit(v.listFace(), v.totalsFace())
	tables.Offset = 0.52
	split := container.NewVSplit(top, tables)
	split.Offset = 0.37
	v.full = container.NewStack(split)
	v.empty = container.NewStack()
	v.empty.Hide()
	v.face = container.NewStack(v.full, v.empty)
	return v
}

func (v *registryPane) box() *part.ChartBox {
	b := part.NewChartBox(v.place.Tasks)
	b.OnMenu = func(at fyne.Position) { v.place.Bench.Menu(at, chartItems(v.place, b)...) }
	b.OnHit = func(h charts.Hit) { openBehind(v.place, h.Keys) }
	return b
}

func (v *registryPane) connect() {
	v.list.Key = func(row int) string { return strconv.FormatInt(v.books.Entries[row].ID, 10) }
	v.list.OnSelect = func([]string) { v.offer() }
	v.list.OnOpen = func(row int) { v.openEntry(row) }
	v.list.OnMenu = func(row int, at fyne.Position) { v.place.Bench.Menu(at, v.items(row)...) }
	v.list.KeepWidths(func(c string) (float32, bool) { return v.place.Bench.Width("predictions", c) }, func(c string, w float32) { v.place.Bench.KeepWidth("predictions", c, w) })
	v.totals.Single = true
	v.totals.Key = func(row int) string { return v.totalKey(v.rows[row]) }
	v.totals.Dim = func(row int) bool { k := v.score(row).Kind; return k != predict.OfModel && k != predict.OfExpert }
	v.totals.OnSelect = func(keys []string) {
		if len(keys) == 1 {
			v.place.Desk.Do(desk.SetOption("Forecaster", forecasterOption, keys[0]))
		}
	}
	v.totals.OnMenu = func(_ int, at fyne.Position) {
		v.place.Bench.Menu(at, fyne.NewMenuItem("Copy the table", func() { v.place.Bench.Copy(v.totals.AllTSV(), "the table") }))
	}
}

func (v *registryPane) listFace() fyne.CanvasObject {
	small := func(b *part.Button) *part.Button { b.Height = theme.Small; return b }
	v.edit = small(part.NewButton("Edit…", "", func() { v.editSelected() })).WithTip("Change the selected prediction; locked ones stay as they are")
	v.remove = small(part.NewButton("Delete…", "", func() { v.removeSelected() })).WithTip("Delete the selected predictions that are not locked")
	v.lock = small(part.NewButton("Lock…", theme.Lock, func() { v.lockSelected() })).WithTip("Freeze the selected predictions, so that later data test them")
	head := part.Head(part.Strong("Predictions"), append([]fyne.CanvasObject{part.Optional(v.count)}, v.makers(true, v.edit, v.remove, v.lock)...)...)
	return part.Border(head, nil, nil, nil, v.list)
}

// makers are the buttons by which predictions come to be.
func (v *registryPane) makers(small bool, more ...*part.Button) []fyne.CanvasObject {
	all := append([]*part.Button{
		part.NewButton("New prediction…", theme.Plus, func() { v.openForm(predict.Draft{}, 0, "") }),
		part.NewButton("Import predictions…", theme.Import, v.importFile).WithTip("Read predictions from a CSV, JSON or JSONL file"),
		part.NewButton("Add the model's…", "", v.addModels).WithTip("Keep what the model on screen predicts, so that it can be locked"),
	}, more...)
	var out []fyne.CanvasObject
	for _, b := range all {
		if small {
			b.Height = theme.Small
		}
		out = append(out, b)
	}
	return out
}

func (v *registryPane) totalsFace() fyne.CanvasObject {
	head := part.Head(part.Strong("Forecasters"), part.Optional(v.kinds))
	foot := part.Border(part.Rule(), nil, nil, nil, part.Pad(5, 10, 5, 10, v.words))
	return part.Border(head, foot, nil, nil, v.totals)
}

func (v *registryPane) importFile() {
	v.place.Bench.ChooseFiles(false, func(paths []string) { v.place.Bench.ImportFiles(paths) })
}

// show scores the kept predictions for a state, unless they are there.
func (v *registryPane) show(s desk.State) {
	study, facts := v.place.Study(), v.place.Facts()
	if study == nil {
		return
	}
	v.state = s
	where := desk.State{Where: s.Where, Measure: s.Measure, Baseline: s.Baseline, Level: s.Level, By: s.By}
	asked := strconv.FormatInt(facts.Revision, 10) + figure.Recipe("registry", where)
	if asked == v.asked {
		v.draw()
		return
	}
	task.Do(context.Background(), v.slot, func(ctx context.Context) (predict.Books, error) {
		kept, err := study.Kept(ctx)
		if err != nil {
			return predict.Books{}, err
		}
		x, err := study.Index(ctx)
		if err != nil {
			return predict.Books{}, err
		}
		level := query.Query{Level: s.Level}.LevelOr()
		return kept.Score(ctx, x, predict.Question{Where: s.Where, Behavior: rateOr(facts, s.Measure)}, s.Baseline, level)
	}, func(b predict.Books, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			v.say(part.Message(plainError(err), part.Wrong, nil))
			return
		}
		v.asked, v.books = asked, b
		v.draw()
		v.place.Bench.Changed()
	})
}

// rateOr is the measure where it is a rate, "" where it is none: then the
// study's first rate is meant.
func rateOr(f *Facts, measure string) string {
	if m := f.Measure(measure); m.Rate && m.Monitor == "" {
		return measure
	}
	return ""
}

func (v *registryPane) say(o fyne.CanvasObject) {
	v.empty.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, o)}
	v.empty.Show()
	v.full.Hide()
	v.face.Refresh()
}

// draw shows what was scored.
func (v *registryPane) draw() {
	if len(v.books.Entries) == 0 {
		v.say(v.welcome())
		return
	}
	v.empty.Hide()
	v.full.Show()
	v.listTotals()
	v.list.Set(len(v.books.Entries), v.columns(), v.list.Sorts())
	v.list.SetSelected(v.list.Selected()) // of those that are still there
	v.count.SetText(v.counted())
	v.offer()
	v.drawCharts()
	v.face.Refresh()
}

// counted says how many predictions there are of each standing.
func (v *registryPane) counted() string {
	n := map[string]int{}
	var badges []string
	for _, e := range v.books.Entries {
		if b := e.Badge(); n[b] == 0 {
			badges = append(badges, b)
		}
		n[e.Badge()]++
	}
	parts := []string{charts.Count(float64(len(v.books.Entries)), "prediction")}
	for _, b := range badges {
		parts = append(parts, strconv.Itoa(n[b])+" "+b)
	}
	return strings.Join(parts, ", ")
}

func (v *registryPane) register(t total) predict.Register {
	return v.books.Books[t.book].Registers[t.register]
}

func (v *registryPane) score(row int) predict.Score {
	t := v.rows[row]
	return v.register(t).Scores[t.at]
}

func (v *registryPane) totalKey(t total) string {
	g := v.register(t)
	return v.books.Books[t.book].Behavior + "\x1f" + string(g.Standing) + "\x1f" + g.Forecasters[t.at].Name
}

func (v *registryPane) listTotals() {
	v.rows = nil
	for b, book := range v.books.Books {
		for g, register := range book.Registers {
			for at, s := range register.Scores {
				if s.N > 0 {
					v.rows = append(v.rows, total{b, g, at})
				}
			}
		}
	}
	v.totals.Set(len(v.rows), v.totalColumns(), nil)
	v.totals.SetSelected(nil)
	if len(v.rows) == 0 {
		v.words.SetText("No prediction has an outcome yet. " + v.left())
		v.kinds.SetText("")
		return
	}
	at := v.shown()
	v.totals.SetSelected([]string{v.totalKey(at)})
	g := v.register(at)
	v.kinds.SetText("higher log is better; skill and lead against the grand mean and the baseline")
	v.words.SetText(strings.TrimSpace(string(g.Standing) + ", " + charts.Count(float64(len(g.Outcomes)), "outcome") + " of " + plainName(v.books.Books[at.book].Behavior) + ". " + ceiling(g.Noise) + silent(g) + ". " + v.left()))
}

// silent says which forecasters have nothing to say of a register's outcomes.
func silent(g predict.Register) string {
	text := ""
	for _, s := range g.Scores {
		if _, err := s.Log.Value(); err != nil {
			text += ". " + upper(s.Name) + " is " + err.Error()
		}
	}
	return text
}

// left says what is not scored, and why.
func (v *registryPane) left() string {
	left := predict.Left(v.books.Entries)
	if len(left) == 0 {
		return ""
	}
	return "Not scored: " + strings.Join(left, "; ")
}

// shown is the forecaster that the charts are about: the chosen one, else the
// first.
func (v *registryPane) shown() total {
	key := v.state.Option(forecasterOption, "")
	if i := slices.IndexFunc(v.rows, func(t total) bool { return v.totalKey(t) == key }); i >= 0 {
		return v.rows[i]
	}
	return v.rows[0]
}

func (v *registryPane) totalColumns() []part.Column {
	standing := map[predict.Standing]string{predict.Prospective: "before the data", predict.Retrospective: "retrospective", predict.Open: "not locked"}
	cols := []part.Column{
		{ID: "who", Label: "Forecaster", Width: 130, Grow: true, Fixed: true, Cell: func(row int) part.Cell {
			return part.Cell{Text: upper(v.score(row).Name), Bold: v.score(row).Kind == predict.OfModel || v.score(row).Kind == predict.OfExpert}
		}},
		{ID: "kind", Label: "Kind", Width: 76, Fixed: true, Spare: 1, Cell: func(row int) part.Cell {
			switch k := v.score(row).Kind; k {
			case predict.OfModel, predict.OfExpert:
				return part.Cell{Text: string(k)}
			}
			return part.Cell{Text: "rival"}
		}},
		{ID: "standing", Label: "Locked", Width: 112, Fixed: true, Cell: func(row int) part.Cell {
			s := v.register(v.rows[row]).Standing
			return part.Cell{Text: standing[s], Tip: string(s)}
		}},
		{ID: "rate", Label: "Rate of", Width: 84, Fixed: true, Spare: 2, Cell: func(row int) part.Cell {
			return part.Cell{Text: plainName(v.books.Books[v.rows[row].book].Behavior)}
		}},
	}
	return append(cols, v.numberColumns()...)
}

// numberColumns are the columns of every register's own table.
func (v *registryPane) numberColumns() []part.Column {
	if len(v.rows) == 0 {
		return nil
	}
	byTable := map[[2]int][]part.Column{}
	of := func(t total) []part.Column {
		key := [2]int{t.book, t.register}
		if byTable[key] == nil {
			byTable[key] = scoreColumns(v.register(t).Table, predict.OfBaseline, predict.GrandMean, true)
		}
		return byTable[key]
	}
	var out []part.Column
	for i, c := range of(v.rows[0]) {
		c.Cell = func(row int) part.Cell { return of(v.rows[row])[i].Cell(v.rows[row].at) }
		c.Width += 8
		out = append(out, c)
	}
	return out
}

// openEntry opens what is behind a prediction.
func (v *registryPane) openEntry(row int) {
	e := v.books.Entries[row]
	if e.Outcome == nil {
		v.place.Bench.Say("Nothing is behind this prediction yet: " + e.Why)
		return
	}
	openBehind(v.place, e.Outcome.Keys)
}

func (v *registryPane) items(row int) []*fyne.MenuItem {
	e := v.books.Entries[row]
	item := func(text string, can bool, do func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(text, do)
		m.Disabled = !can
		return m
	}
	return []*fyne.MenuItem{
		item("Open what is behind it", e.Outcome != nil, func() { v.openEntry(row) }),
		item("Edit…", e.LockedAt == "", v.editSelected),
		item("Lock…", e.LockedAt == "", v.lockSelected),
		item("Delete…", e.LockedAt == "", v.removeSelected),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Copy the table", func() { v.place.Bench.Copy(v.list.TSV(), "the table") }),
	}
}

// selected are the selected entries, in the order shown.
func (v *registryPane) selected() []predict.Entry {
	var out []predict.Entry
	for _, key := range v.list.Selected() {
		for _, e := range v.books.Entries {
			if strconv.FormatInt(e.ID, 10) == key {
				out = append(out, e)
			}
		}
	}
	return out
}

func openOnes(all []predict.Entry) []predict.Entry {
	return slices.DeleteFunc(slices.Clone(all), func(e predict.Entry) bool { return e.LockedAt != "" })
}

// offer dims what cannot be done with the selection.
func (v *registryPane) offer() {
	writes := v.place.Study() != nil && !v.place.Study().ReadOnly()
	chosen := v.selected()
	n := len(openOnes(chosen))
	able(v.edit, writes && len(chosen) == 1 && n == 1)
	able(v.remove, writes && n > 0)
	able(v.lock, writes && (n > 0 || len(chosen) == 0 && len(openOnes(v.books.Entries)) > 0))
	text := "Lock…"
	if n > 0 {
		text = fmt.Sprintf("Lock %d…", n)
	} else if all := len(openOnes(v.books.Entries)); len(chosen) == 0 && all > 0 {
		text = "Lock all open…"
	}
	v.lock.SetText(text)
}

func (v *registryPane) columns() []part.Column {
	at := func(row int) predict.Entry { return v.books.Entries[row] }
	text := func(id, label, tip string, width float32, spare int, cell func(e predict.Entry) part.Cell) part.Column {
		return part.Column{ID: id, Label: label, Tip: tip, Width: width, Spare: spare, Cell: func(row int) part.Cell { return cell(at(row)) }}
	}
	number := func(id, label, tip string, width float32, spare int, num func(e predict.Entry) float64, cell func(e predict.Entry) part.Cell) part.Column {
		c := text(id, label, tip, width, spare, cell)
		c.Right, c.Num = true, func(row int) float64 { return num(at(row)) }
		return c
	}
	scored := func(write func(float64) string, of func(e predict.Entry) float64) func(e predict.Entry) part.Cell {
		return func(e predict.Entry) part.Cell {
			if x := of(e); !math.IsNaN(x) {
				return part.Cell{Text: write(x)}
			}
			return part.Cell{Text: "none", Color: theme.Muted, Tip: upper(e.Unscored())}
		}
	}
	log, brier, crps := func(e predict.Entry) float64 { return e.Log }, func(e predict.Entry) float64 { return e.Brier }, func(e predict.Entry) float64 { return e.CRPS }
	who := text("who", "Forecaster", "The model, or who predicts", 124, 0, v.whoCell)
	who.Grow = true
	return []part.Column{
		who,
		text("about", "About", "Condition or run", 130, 0, v.aboutCell),
		text("eval", "Evaluation", "", 104, 1, func(e predict.Entry) part.Cell { return part.Cell{Text: evalName(e), Color: theme.Muted} }),
		number("step", "Step", "", 62, 0, func(e predict.Entry) float64 { return e.Step }, stepCell),
		text("quantity", "Quantity", "", 104, 4, func(e predict.Entry) part.Cell { return part.Cell{Text: quantityName(e)} }),
		number("predicted", "Predicted", "With the interval that was stated", 124, 0, func(e predict.Entry) float64 { return e.P }, predictedCell),
		number("observed", "Observed", "With its interval", 142, 0, seenOf, v.seenCell),
		number("log", "Log", "Log score in nats, 0 at best", 56, 0, log, scored(plainScore, log)),
		number("brier", "Brier", "Mean squared error of single attempts, 0 at best", 50, 3, brier, scored(plainScore, brier)),
		number("crps", "CRPS", "Continuous ranked probability score of the stated distribution, 0 at best; of a point its distance", 52, 3, crps, scored(plainScore, crps)),
		number("error", "Error", "Predicted less observed, in points, steps or places", 60, 0, func(e predict.Entry) float64 { return e.Miss }, missCell),
		text("inside", "Inside", "Whether the stated interval holds what was observed", 68, 2, insideOf),
		text("standing", "Standing", "", 118, 0, standingCell),
		text("locked", "Locked", "By whom, when, and the first digits of the SHA-256", 218, 0, lockedCell),
	}
}
