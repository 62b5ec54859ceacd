package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// samples lists the samples that pass the filter, and shows the texts of the
// one that is chosen: alone, or beside the same item under the baseline.
type samples struct {
	place  Place
	slot   *task.Slot
	table  *part.Table
	search *part.Entry
	found  *part.Text
	mode   *part.Segments
	pair   *part.Select
	panes  *fyne.Container
	body   *fyne.Container

	state  desk.State
	answer frame.Frame
	shown  string // what the panes show
}

// texts is what a study must have beside Study for its samples to be read.
type texts interface {
	Sample(ctx context.Context, importID int64, ordinal int) ([]store.Part, error)
	Search(ctx context.Context, text string) (map[int64][]int32, error)
}

// The switches of this view.
const (
	searchOption = "samples.search"
	pairedOption = "samples.paired"
	mostSamples  = 5000
)

func newSamples(p Place) View {
	v := &samples{place: p, slot: task.NewSlot(p.Tasks), table: part.NewTable(), search: part.NewEntry("Search in texts"), found: part.Small("")}
	v.panes = container.NewStack()
	v.table.Single = true
	v.table.Key = func(row int) string { return v.answer.Key(row, estimate.SampleKey) }
	v.table.OnSelect = func(keys []string) { p.Desk.Do(desk.Select(keys...)) }
	v.search.OnSubmitted = func(text string) { p.Desk.Do(desk.SetOption("Search", searchOption, text)) }
	v.mode = part.NewSegments([]string{"One sample", "Paired"}, func(i int) { p.Desk.Do(desk.SetFlag("Paired", pairedOption, i == 1)) })
	v.pair = part.NewSelect(nil, "", func(c string) { p.Desk.Do(desk.SetBaseline(c)) })
	left := part.Border(part.Pad(6, theme.Pad, 6, theme.Pad, part.Stack(4, v.search, v.found)), nil, nil, part.Wall(), v.table)
	v.body = container.NewStack(part.Border(nil, nil, part.Fixed(420, 0, part.Ground(theme.Panel, left)), nil, v.panes))
	return v
}

// Content implements View.
func (v *samples) Content() fyne.CanvasObject { return v.body }

// Tools implements Tooled.
func (v *samples) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.mode, part.Labeled("Pair with", v.pair)}
}

// Ask implements View: without grouping and measures a query lists samples.
func (v *samples) Ask(s desk.State) query.Query {
	return query.Query{Where: s.Where, Steps: s.Steps, Sort: s.Sort, Search: s.Option(searchOption, ""), Limit: mostSamples}
}

// Answer implements Answering: a search keeps the samples whose texts have
// the words.
func (v *samples) Answer(ctx context.Context, s Study, q query.Query) (frame.Frame, error) {
	in, ok := s.(texts)
	if q.Search == "" || !ok {
		return s.Ask(ctx, q)
	}
	found, err := in.Search(ctx, q.Search)
	if err != nil {
		return frame.Frame{}, err
	}
	q.Limit = 0
	f, err := s.Ask(ctx, q)
	if err != nil {
		return f, err
	}
	return keepFound(f, found), nil
}

// keepFound keeps the rows of samples that a search found.
func keepFound(f frame.Frame, found map[int64][]int32) frame.Frame {
	var rows []int
	for i := range f.Len() {
		id, ordinal, ok := sampleAt(f.Key(i, estimate.SampleKey))
		if _, hit := slices.BinarySearch(found[id], int32(ordinal)); ok && hit && len(rows) < mostSamples {
			rows = append(rows, i)
		}
	}
	return f.Select(rows)
}

// sampleAt reads the place of a sample: import:ordinal.
func sampleAt(key string) (importID int64, ordinal int, ok bool) {
	n, err := fmt.Sscanf(key, "%d:%d", &importID, &ordinal)
	return importID, ordinal, n == 2 && err == nil
}

// Show implements View.
func (v *samples) Show(s desk.State, answer frame.Frame) {
	v.state, v.answer = s, answer
	v.table.Set(answer.Len(), v.columns(), s.Sort)
	v.table.SetSelected(s.Selected)
	v.search.SetText(s.Option(searchOption, ""))
	v.found.SetText(v.Report())
	paired := 0
	if s.Flag(pairedOption, true) {
		paired = 1
	}
	v.mode.Pick(paired)
	f := v.place.Facts()
	v.pair.Set(f.Conditions, f.BaselineOr(s.Baseline))
	v.showSample()
}

// Report implements Reporting.
func (v *samples) Report() string {
	for _, n := range v.answer.Notes {
		if n.ID == estimate.TotalNote && v.state.Option(searchOption, "") == "" {
			return n.Text
		}
	}
	return charts.Count(float64(v.answer.Len()), "sample") + " found"
}

// Table implements Copying.
func (v *samples) Table() string { return v.table.TSV() }

// Empty implements Emptiable.
func (v *samples) Empty(s desk.State) Advice {
	return Advice{Text: "No sample matches. Studies of counts and summaries have none; a filter or a search may leave them out", Action: "Clear filter and search", Do: func() {
		v.place.Desk.Do(desk.Both("Clear", desk.SetFilter(query.Filter{}), desk.SetOption("Search", searchOption, "")))
	}}
}

// columns are those of the answer that say something: texts that differ, and
// numbers.
func (v *samples) columns() []part.Column {
	var out []part.Column
	for _, c := range v.answer.Columns {
		if c.Text != nil && !slices.Contains([]string{data.Condition, data.Item, data.Seed, data.Step, data.Epoch}, c.Name) && constant(c.Text) {
			continue
		}
		if c.Name == data.Run || c.Name == data.Source {
			continue
		}
		out = append(out, v.column(c))
	}
	return out
}

func constant(texts []string) bool {
	return !slices.ContainsFunc(texts, func(t string) bool { return t != texts[0] })
}

func (v *samples) column(c frame.Column) part.Column {
	label := strings.ReplaceAll(c.Name, "_", " ")
	col := part.Column{ID: c.Name, Label: strings.ToUpper(label[:1]) + label[1:], Width: 64, Spare: len(v.answer.Columns)}
	if c.Num != nil {
		col.Right = true
		col.Num = func(row int) float64 { return c.Num[row] }
		col.Cell = func(row int) part.Cell {
			if x := c.Num[row]; x == x {
				return part.Cell{Text: plainNumber(x)}
			}
			return part.Cell{Text: "none", Color: theme.Muted}
		}
		return col
	}
	if c.Name == data.Condition {
		col.Width, col.Spare = 130, 0
		col.Cell = func(row int) part.Cell {
			return part.Cell{Text: valueLabel(c.Text[row]), Marker: v.place.Facts().Role(c.Text[row])}
		}
		return col
	}
	if c.Name == data.Item {
		col.Width, col.Spare, col.Grow = 84, 0, true
	}
	col.Cell = func(row int) part.Cell { return part.Cell{Text: part.OneLine(c.Text[row]), Tip: c.Text[row]} }
	return col
}

// chosen is the row of the sample to show: the selected one, or the first.
func (v *samples) chosen() int {
	for i := range v.answer.Len() {
		if v.state.IsSelected(v.answer.Key(i, estimate.SampleKey)) {
			return i
		}
	}
	return 0
}

// showSample reads the texts of the chosen sample, and of its partner, off
// the UI thread.
func (v *samples) showSample() {
	study, ok := v.place.Study().(texts)
	if !ok || v.answer.Len() == 0 {
		return
	}
	row := v.chosen()
	a := reading{study: study, index: v.place.Study().Index, condition: v.answer.Text(data.Condition, row), where: placeOf(v.answer, row), sample: v.answer.Key(row, estimate.SampleKey), values: v.values(v.answer, row)}
	if base := v.place.Facts().BaselineOr(v.state.Baseline); v.state.Flag(pairedOption, true) && base != "" && base != v.answer.Text(data.Condition, row) {
		a.partner = partnerOf(v.answer, row, base)
	}
	if what := a.sample + a.partner.String(); what != v.shown {
		v.shown = what
		task.Do(context.Background(), v.slot, a.read, func(t transcripts, err error) {
			if err != nil {
				v.panes.Objects = []fyne.CanvasObject{part.Message(err.Error(), part.Wrong, nil)}
			} else {
				v.panes.Objects = []fyne.CanvasObject{v.layOut(t)}
			}
			v.panes.Refresh()
		})
	}
}

// partnerOf is the filter that finds the same item under the baseline, at the
// same step, seed, epoch and evaluation.
func partnerOf(f frame.Frame, row int, baseline string) query.Filter {
	where := query.Filter{}.Narrow(data.Condition, baseline)
	for _, field := range []string{data.Item, data.Seed, data.Step, data.Epoch, data.Eval, data.EvalPrompt, data.Grader} {
		value := f.Text(field, row)
		if n, _, ok := f.Num(field, row); ok {
			value = strconv.FormatFloat(n, 'g', -1, 64)
		}
		if value != "" {
			where = where.Narrow(field, value)
		}
	}
	return where
}

// values lists what is known of a sample besides its texts.
func (v *samples) values(f frame.Frame, row int) []string {
	var out []string
	for _, c := range f.Columns {
		if n, _, ok := f.Num(c.Name, row); ok {
			out = append(out, strings.ReplaceAll(c.Name, "_", " "), plainNumber(n))
		} else if t := f.Text(c.Name, row); t != "" && !slices.Contains([]string{data.TrainPrompt, data.Source}, c.Name) {
			out = append(out, strings.ReplaceAll(c.Name, "_", " "), valueLabel(t))
		}
	}
	return out
}

// samples counts the attempts of the study.
func (f *Facts) samples() int {
	n := 0
	for _, t := range f.Set.Tables {
		if t.Attempts {
			for _, c := range t.Cells {
				n += int(c.To - c.From)
			}
		}
	}
	return n
}
