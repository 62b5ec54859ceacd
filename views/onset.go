package views

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// onsetPane says when the runs of each condition take off: how many have not
// yet, over steps, and beside that one of the tables: how many passed two
// thresholds, and when; trends; how two measures move together.
type onsetPane struct {
	place Place
	slot  *task.Slot
	asked string // what the answer answers, "" for none

	survival   *picture
	table      *part.Table
	foot       *part.Paragraph
	notes      *fyne.Container
	kinds      *part.Segments
	rule       fyne.CanvasObject // what an onset is
	thresholds *part.Select
	window     *part.Select
	face       fyne.CanvasObject

	question oversight.OnsetQuestion
	answer   frame.Frame // of onsets a row a condition and threshold, else a row a condition
	course   int         // of courses, that the answer is of
	second   string      // measure
}

// mostAtRisk is how many lines of seeds at risk there is room for.
const mostAtRisk = 7

// newOnsetPane returns the pane; what is given is shown below its table.
func newOnsetPane(p Place, below fyne.CanvasObject) *onsetPane {
	o := &onsetPane{place: p, slot: task.NewSlot(p.Tasks), survival: newPicture(p), table: part.NewTable(), foot: part.Prose(""), notes: part.Flow(7)}
	o.thresholds = part.NewSelect([]string{"0.02 0.5", "0.05 0.5", "0.1 0.5", "0.02 0.9", "0.5 0.9"}, "0.02 0.5", func(t string) {
		p.Desk.Do(desk.SetOption("Onset thresholds", figure.OnsetOption, t))
	})
	for _, option := range o.thresholds.Options {
		o.thresholds.Labels = append(o.thresholds.Labels, thresholdNames(option))
	}
	o.thresholds.Tip = "Parts of the scale that a seed has to pass"
	o.window = part.NewSelect([]string{"1", "3", "5", "10"}, "5", func(n string) { p.Desk.Do(desk.SetOption("Onset window", figure.WindowOption, n)) })
	o.window.Labels = []string{"raw steps", "3-step mean", "5-step mean", "10-step mean"}
	o.thresholds.Height, o.window.Height = theme.Chip, theme.Chip
	o.survival.adjust = func(spec charts.Spec) charts.Spec {
		spec.Source = "" // the lines above say it
		for i, p := range spec.Panels {
			if len(p.Under) > mostAtRisk {
				spec.Panels[i].Under = nil // there is no room for so many lines
			}
		}
		return spec
	}
	o.survival.box.OnHit = func(h charts.Hit) { o.open(h.Keys) }
	o.table.Single = true
	o.table.OnOpen = func(row int) { o.open(o.answer.Keys[o.rowOf(row)]) }
	var labels []string
	for _, r := range courses {
		labels = append(labels, r.label)
	}
	o.kinds = part.NewSegments(labels, func(i int) { p.Desk.Do(desk.SetOption("Reading", paneOption, courses[i].id)) })
	o.rule = part.Row(6, o.thresholds, o.window)
	head := part.Head(o.kinds, o.rule)
	tables := container.New(&onsetLayout{table: o.table}, head, o.table, part.Ground(theme.Panel, part.Pad(5, 10, 5, 10, part.Stack(5, o.foot, o.notes))), below)
	o.face = container.New(&halves{share: 0.42, least: 330}, o.survival.box, walled(tables))
	return o
}

func thresholdNames(option string) string {
	var out []string
	for word := range strings.FieldsSeq(option) {
		if v, err := strconv.ParseFloat(word, 64); err == nil {
			out = append(out, charts.Percent.Text(v, 1))
		}
	}
	return strings.Join(out, " and ")
}

func (o *onsetPane) open(keys []frame.Key) {
	if len(keys) > 0 {
		o.place.Desk.Do(desk.Both("Open Runs", desk.Narrow(keys...), desk.Open("runs", "Runs")))
	}
}

// show asks for the onsets of a state, unless they are there.
func (o *onsetPane) show(s desk.State) {
	study := o.place.Study()
	if study == nil {
		return
	}
	o.survival.show("survival", figure.Onsets(s).With(figure.SecondMeasureOption, ""))
	q := figure.Onset(s)
	o.thresholds.Set(o.thresholds.Options, s.Option(figure.OnsetOption, "0.02 0.5"))
	o.window.Set(o.window.Options, s.Option(figure.WindowOption, "5"))
	now := courseOf(s)
	o.kinds.Pick(now)
	o.rule.Show()
	if now == 1 {
		o.rule.Hide() // a slope has no threshold
	}
	asked := figure.Recipe(courses[now].id+" "+strconv.FormatInt(o.place.Facts().Revision, 10), figure.Asked(figure.Onsets(figure.Plain(s))))
	if asked == o.asked {
		return
	}
	o.asked = asked
	task.Do(context.Background(), o.slot, func(ctx context.Context) (frame.Frame, error) {
		index, err := study.Index(ctx)
		if err != nil {
			return frame.Frame{}, err
		}
		return courses[now].ask(ctx, index, s)
	}, func(f frame.Frame, err error) {
		if errors.Is(err, context.Canceled) {
			return
		}
		o.course, o.second, o.question = now, s.Option(figure.SecondMeasureOption, ""), q
		o.fill(s, f, err)
	})
}

func (o *onsetPane) fill(s desk.State, f frame.Frame, err error) {
	o.answer = ordered(f, s, o.place.Facts())
	o.notes.Objects = chipObjects(chips(groupNotes(frame.Frame{Notes: wholeNotes(f)}), func(int) string { return "" }, o.place.Bench))
	rows, columns, words := o.answer.Len(), []part.Column(nil), ""
	switch courses[o.course].id {
	case "trend":
		columns, words = o.trendColumns(), o.trendWords()
	case "together":
		columns, words = o.togetherColumns(), o.togetherWords()
	default:
		o.answer = pairedRows(o.answer)
		rows, columns, words = o.answer.Len()/2, o.columns(), o.footnote()
	}
	if err != nil {
		words = plainError(err) + "."
	}
	o.foot.SetText(words)
	o.table.Set(rows, columns, nil)
	o.face.Refresh()
}

// rowOf is the row of the answer that a row of the table begins with.
func (o *onsetPane) rowOf(row int) int {
	if courses[o.course].id == "onset" {
		return 2 * row
	}
	return row
}

func wholeNotes(f frame.Frame) []frame.Note {
	var out []frame.Note
	for _, n := range f.Notes {
		if n.Row < 0 {
			out = append(out, n)
		}
	}
	return out
}

// pairedRows leaves out rows that do not come in pairs of both thresholds,
// which no answer has.
func pairedRows(f frame.Frame) frame.Frame {
	rows := make([]int, f.Len()-f.Len()%2)
	for i := range rows {
		rows[i] = i
	}
	return f.Select(rows)
}

// groupName is all values that a row's group has in common.
func groupName(f frame.Frame, row int) string {
	var out []string
	for _, k := range f.Keys[row] {
		out = append(out, figure.Spoken(k.Value))
	}
	return strings.Join(out, ", ")
}

// footnote says what the columns rest on.
func (o *onsetPane) footnote() string {
	text := "Medians and ranges over seeds that pass; Wilson intervals over seeds"
	var p []float64
	for i := 1; i < o.answer.Len(); i += 2 {
		if v := num(o.answer, frame.P, i); v == v {
			p = append(p, v)
		}
	}
	if len(p) == 0 {
		return text + "."
	}
	adjusted := ""
	if len(p) > 1 {
		adjusted = ", not adjusted (m = " + strconv.Itoa(len(p)) + ")"
	}
	return text + "; log-rank against " + figure.Spoken(o.question.Baseline) + ", df 1, time to " + charts.Percent.Text(o.question.Thresholds[1], 1) + adjusted + ": " + pTexts(p) + "."
}

// pTexts lists a few p values, or says the smallest of many.
func pTexts(p []float64) string {
	const few = 4
	if len(p) > few {
		return "smallest p " + pText(slices.Min(p))
	}
	words := make([]string, len(p))
	for i, v := range p {
		words[i] = pText(v)
	}
	return "p " + strings.Join(words, ", ")
}

// columns declares the table: each condition with both thresholds.
func (o *onsetPane) columns() []part.Column {
	cols := []part.Column{o.groupColumn(o.rowOf)}
	for k, spare := range []int{3, 1} {
		at := func(row int) int { return 2*row + k }
		column := func(id, label string, width float32, spare int, cell func(row int) part.Cell) {
			cols = append(cols, part.Column{ID: id + strconv.Itoa(k), Label: label, Width: width, Right: true, Fixed: true, Spare: spare, Cell: func(row int) part.Cell { return cell(at(row)) }})
		}
		column("share", "> "+charts.Percent.Text(o.question.Thresholds[k], 1), 66, 0, func(row int) part.Cell { return kOfN(o.answer, row) })
		column("interval", levelName(o.question.Level), 70, spare, func(row int) part.Cell {
			return part.Cell{Text: charts.Percent.Interval(num(o.answer, frame.Lo, row), num(o.answer, frame.Hi, row), 1), Color: theme.Muted, Tip: o.answer.Text(frame.Method, row)}
		})
		column("median", "Median", 60, spare, func(row int) part.Cell { return o.stepCell(row, "median") })
		if k == 0 {
			column("range", "Range", 60, 4, o.rangeCell)
		}
	}
	return append(cols, part.Column{ID: "chi2", Label: "Log-rank χ²", Width: 86, Right: true, Fixed: true, Spare: 2, Cell: func(row int) part.Cell { return o.testCell(2*row + 1) }})
}

func (o *onsetPane) stepCell(row int, column string) part.Cell {
	v, why, ok := o.answer.Num(column, row)
	if !ok {
		return part.Cell{Text: "never", Color: theme.Muted, Tip: why}
	}
	return part.Cell{Text: plainNumber(v)}
}

func (o *onsetPane) rangeCell(row int) part.Cell {
	lo, hi := num(o.answer, "first", row), num(o.answer, "last", row)
	if lo != lo || hi != hi {
		return part.Cell{}
	}
	return part.Cell{Text: plainNumber(lo) + "–" + plainNumber(hi), Color: theme.Muted}
}

func (o *onsetPane) testCell(row int) part.Cell {
	v, why, ok := o.answer.Num("chi2", row)
	switch {
	case ok:
		return part.Cell{Text: charts.Scores.Text(v, 0), Tip: "p " + pText(num(o.answer, frame.P, row)) + ", Holm " + pText(num(o.answer, frame.PHolm, row))}
	case why == "baseline":
		return part.Cell{Text: why, Color: theme.Muted}
	}
	return part.Cell{Text: "not estim.", Color: theme.Muted, Tip: "Not estimable, because " + why}
}

// onsetLayout places a head, a table as high as its rows, a text, and what is
// below in the rest, which keeps a least height.
type onsetLayout struct{ table *part.Table }

// onsetFrame is how many rows what stands around both tables is high.
const onsetFrame = 5

const onsetRest = theme.PaneHead + theme.TableHead + theme.Row

// MinSize implements fyne.Layout.
func (l *onsetLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 180) }

// Layout implements fyne.Layout.
func (l *onsetLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	head := o[0].MinSize().Height
	o[2].Resize(fyne.NewSize(s.Width, o[2].MinSize().Height)) // wraps
	foot := o[2].MinSize().Height
	rows := theme.TableHead + float32(l.table.Rows)*theme.Row
	room := s.Height - head - onsetRest
	if rows+foot > room {
		foot = fyne.Max(0, fyne.Min(foot, room-theme.TableHead-2*theme.Row))
		rows = fyne.Max(theme.TableHead+theme.Row, room-foot)
	}
	y := float32(0)
	for i, h := range []float32{head, rows, foot, fyne.Max(0, s.Height-head-rows-foot)} {
		o[i].Move(fyne.NewPos(0, y))
		o[i].Resize(fyne.NewSize(s.Width, h))
		y += h
	}
}

// halves places two objects side by side; the first gets a share of the width,
// and gives way where that is less than least.
type halves struct{ share, least float32 }

// MinSize implements fyne.Layout.
func (l *halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 180) }

// Layout implements fyne.Layout.
func (l *halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	first := s.Width * l.share
	if first < l.least {
		first = 0
	}
	o[0].Resize(fyne.NewSize(first, s.Height))
	o[1].Move(fyne.NewPos(first, 0))
	o[1].Resize(fyne.NewSize(s.Width-first, s.Height))
}
