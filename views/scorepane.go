package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/predict"
	"witnessmark/data/stats"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// scoresOption says what the score pane lists: a row a step, a row a
// forecaster, or the outcomes that surprised most.
const scoresOption = "predictions.scores"

var scoreKinds = []struct{ ID, Title string }{{"", "By step"}, {"rivals", "By forecaster"}, {"surprises", "Surprises"}}

// scorePane says how well held-out runs are forecast, with rivals beside the
// model. The step that is selected is the one from which the calibration, the
// forecasters and the surprises are shown.
type scorePane struct {
	place   Place
	kinds   *part.Segments
	table   *part.Table
	verdict *part.Paragraph
	foot    *part.Paragraph
	buttons *fyne.Container
	face    *fyne.Container

	kind      string
	forecasts []predict.Forecast
	at        int // of them
	surprises []predict.Surprise
	role      func(condition string) charts.Role
}

// newScorePane returns the pane; buttons stand below its words.
func newScorePane(p Place, buttons ...fyne.CanvasObject) *scorePane {
	v := &scorePane{place: p, table: part.NewTable(), verdict: part.NewParagraph("", theme.Text, theme.SmallSize), foot: part.Prose("")}
	var labels []string
	for _, k := range scoreKinds {
		labels = append(labels, k.Title)
	}
	v.kinds = part.NewSegments(labels, func(i int) { p.Desk.Do(desk.SetOption("Scores", scoresOption, scoreKinds[i].ID)) })
	v.table.Single = true
	v.table.OnSelect = func(keys []string) {
		if v.kind == "" && len(keys) == 1 {
			p.Desk.Do(desk.SetOption("From step", figure.FromOption, keys[0]))
		}
	}
	v.table.OnOpen = func(row int) {
		if v.kind == "surprises" {
			openBehind(p, v.surprises[row].Keys)
		}
	}
	v.table.OnMenu = func(_ int, at fyne.Position) {
		p.Bench.Menu(at, fyne.NewMenuItem("Copy the table", func() { p.Bench.Copy(v.table.AllTSV(), "the table") }))
	}
	v.buttons = part.Flow(6, buttons...)
	words := part.Scroll(part.Pad(6, 10, 4, 10, part.Stack(5, v.verdict, v.foot)))
	foot := part.Border(part.Rule(), part.Pad(2, 10, 8, 10, v.buttons), nil, nil, words)
	head := part.Head(part.Strong("Scores"), part.Optional(part.Small("held-out runs, higher log is better")), v.kinds)
	v.face = container.New(&scoreLayout{table: v.table}, head, v.table, foot)
	return v
}

// scoreLayout is a head, a table and words below it. The table gets the height
// of its rows as far as some lines of the words still have room.
type scoreLayout struct{ table *part.Table }

const scoreWords = 116 // least height of the words with the buttons below them

func (l *scoreLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := o[1].MinSize()
	return fyne.NewSize(fyne.Max(s.Width, o[0].MinSize().Width), theme.PaneHead+s.Height+scoreWords)
}

// Layout gives the table room for five rows even where it has fewer, so that
// the words do not jump.
func (l *scoreLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const rows = 5
	room := s.Height - theme.PaneHead
	table := l.table.HeadHeight() + float32(max(rows, min(2*rows, l.table.Rows)))*theme.Row
	table = fyne.Max(l.table.HeadHeight()+theme.Row, fyne.Min(table, room-scoreWords))
	y := float32(0)
	for i, h := range []float32{theme.PaneHead, table, room - table} {
		o[i].Move(fyne.NewPos(0, y))
		o[i].Resize(fyne.NewSize(s.Width, h))
		y += h
	}
}

// show lists the scores of some forecasts, or says why there are none. The
// buttons are about a model that was computed.
func (v *scorePane) show(s desk.State, all []predict.Forecast, why string, computed bool, role func(string) charts.Role) {
	v.forecasts, v.role, v.kind = all, role, s.Option(scoresOption, "")
	v.at = fromIndex(all, s)
	v.kinds.Pick(max(0, slices.IndexFunc(scoreKinds, func(k struct{ ID, Title string }) bool { return k.ID == v.kind })))
	words := predict.Verdict(all)
	if why != "" {
		words = append(words, why)
	}
	v.verdict.SetText(strings.Join(words, ". "))
	v.buttons.Hidden = !computed
	v.foot.SetText(v.explain())
	v.list()
	v.face.Refresh()
}

// fromIndex is which of the forecasts is shown in detail: the one of the
// state's step, else the middle one.
func fromIndex(all []predict.Forecast, s desk.State) int {
	from := s.Number(figure.FromOption, -1)
	if i := slices.IndexFunc(all, func(f predict.Forecast) bool { return f.From == from }); i >= 0 {
		return i
	}
	return len(all) / 2
}

func (v *scorePane) list() {
	v.table.Key, v.surprises = nil, nil
	switch {
	case len(v.forecasts) == 0:
		v.table.Set(0, v.stepColumns(), nil)
	case v.kind == "rivals":
		v.table.Set(len(v.forecasts[v.at].Scores), v.rivalColumns(v.forecasts[v.at]), nil)
		v.table.SetSelected(nil)
	case v.kind == "surprises":
		const most = 20
		v.surprises = v.forecasts[v.at].Surprises(predict.OfModel, most)
		v.table.Set(len(v.surprises), v.surpriseColumns(), nil)
		v.table.SetSelected(nil)
	default:
		v.table.Key = func(row int) string { return strconv.FormatFloat(v.forecasts[row].From, 'g', -1, 64) }
		v.table.Set(len(v.forecasts), v.stepColumns(), nil)
		v.table.SetSelected([]string{v.table.Key(v.at)})
	}
}

// explain says what the numbers are, and what no forecast can do better.
func (v *scorePane) explain() string {
	if len(v.forecasts) == 0 {
		return ""
	}
	f := v.forecasts[v.at]
	out := []string{fmt.Sprintf("From step %s. %s", plainNumber(f.From), ceiling(f.Noise)),
		"Pers. = the last rate stays, cond. = mean of the condition's fitted runs",
		fmt.Sprintf("Lead = difference of log scores per run, %s t over %s, not adjusted, m = %d", levelName(f.Level), charts.Count(float64(len(f.Outcomes)), "run"), len(v.forecasts))}
	if f.Eta.Value > 0 {
		out = append(out, fmt.Sprintf("η = %.3f per step, of the runs that are not held out", f.Eta.Value))
	}
	if v.kind == "rivals" {
		clipped := 0
		for _, s := range f.Scores {
			clipped += s.Clipped
		}
		out = append(out[:1:1], fmt.Sprintf("%s. MAE and calibration error (Cal.) in points. No intervals are stated, so none is covered; %s of exactly 0 or 1", charts.Count(float64(len(f.Outcomes)), "held-out run"), charts.Count(float64(clipped), "forecast")), out[2])
	}
	if v.kind == "surprises" {
		out = append([]string{fmt.Sprintf("From step %s, the worst first. Lost = log score below that of knowing the run's rate. Double-click opens what is behind a run", plainNumber(f.From))}, out[1:]...)
	}
	return strings.Join(append(out, f.Notes...), ". ")
}

// ceiling says what knowing every true rate would score.
func ceiling(n predict.Noise) string {
	log, err := n.Log.Value()
	if err != nil {
		return "Noise ceiling not estimable, because " + err.Error()
	}
	text := "Noise ceiling: knowing every rate would score " + hundredths(log, false)
	if mae, err := n.MAE.Value(); err == nil {
		text += fmt.Sprintf("; outcomes lie %s points from their true rates by chance", charts.Scores.Text(100*mae, 0))
	}
	return text
}

// quantityCell writes a number, or that there is none, with the reason as its
// tip: the column is too narrow for more words.
func quantityCell(q stats.Quantity, write func(float64) string) part.Cell {
	x, err := q.Value()
	if err != nil {
		return part.Cell{Text: "none", Color: theme.Muted, Tip: plainError(err)}
	}
	return part.Cell{Text: write(x)}
}

func notEstimable(why string) part.Cell {
	return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: why}
}

func plainScore(v float64) string  { return hundredths(v, false) }
func signedScore(v float64) string { return hundredths(v, true) }
func inPoints(v float64) string    { return charts.Scores.Text(100*v, 0) }

// hundredths writes scores and ratios, with two decimals and a true minus.
func hundredths(v float64, signed bool) string {
	text := strings.Replace(strconv.FormatFloat(v, 'f', 2, 64), "-", "−", 1)
	if signed && v > 0 {
		return "+" + text
	}
	return text
}

func (v *scorePane) stepColumns() []part.Column {
	of := func(row int, kind predict.Kind) predict.Score {
		s, _ := v.forecasts[row].Score(kind)
		return s
	}
	col := func(id, group, label, tip string, width float32, cell func(row int) part.Cell) part.Column {
		return part.Column{ID: id, Group: group, Label: label, Tip: tip, Width: width, Right: true, Fixed: true, Cell: cell}
	}
	log := func(label string, kind predict.Kind) part.Column {
		return col("log "+label, "Log score", label, "Mean log score in nats, 0 at best", 53, func(row int) part.Cell {
			c := quantityCell(of(row, kind).Log, plainScore)
			c.Bold = kind == predict.OfModel
			return c
		})
	}
	skill := func(label string, kind predict.Kind) part.Column {
		return col("skill "+label, "Skill against", label, "1 − log score/that of the reference: 1 is perfect, 0 no better, negative worse", 51, func(row int) part.Cell {
			return skillCell(of(row, predict.OfModel), string(kind))
		})
	}
	return []part.Column{
		{ID: "from", Label: "From", Tip: "Only what was recorded before this step is seen", Width: 58, Grow: true, Fixed: true, Cell: func(row int) part.Cell { return part.Cell{Text: "step " + plainNumber(v.forecasts[row].From)} }},
		log("model", predict.OfModel), log("pers.", predict.Persistence), log("cond.", predict.ConditionMean),
		col("brier", "", "Brier", "Mean squared error of single attempts, 0 at best", 48, func(row int) part.Cell { return quantityCell(of(row, predict.OfModel).Brier, plainScore) }),
		skill("pers.", predict.Persistence), skill("cond.", predict.ConditionMean),
		col("lead", "Paired lead", "over cond.", "Difference of log scores from the condition mean on the same runs, with its interval", 104, func(row int) part.Cell {
			return leadCell(of(row, predict.OfModel), string(predict.ConditionMean))
		}),
	}
}

func skillCell(s predict.Score, against string) part.Cell {
	for _, x := range s.Skill {
		if x.Against == against {
			return quantityCell(x.Value, signedScore)
		}
	}
	return part.Cell{Text: "itself", Color: theme.Muted}
}

func leadCell(s predict.Score, over string) part.Cell {
	lead, ok := s.Lead(over)
	switch {
	case !ok:
		return part.Cell{Text: "itself", Color: theme.Muted}
	case lead.Why != "":
		return notEstimable(upper(lead.Why))
	}
	return part.Cell{
		Text: "[" + hundredths(lead.Estimate.Lo, true) + ", " + hundredths(lead.Estimate.Hi, true) + "]", Color: theme.Muted,
		Tip: "Mean " + hundredths(lead.Estimate.Value, true) + ", " + lead.Estimate.Method,
	}
}

// rivalColumns lay all forecasters from one step beside each other.
func (v *scorePane) rivalColumns(f predict.Forecast) []part.Column {
	cols := []part.Column{{ID: "who", Label: "Forecaster", Width: 90, Grow: true, Fixed: true, Cell: func(row int) part.Cell {
		return part.Cell{Text: strings.Replace(upper(f.Scores[row].Name), "Condition", "Cond.", 1), Bold: f.Scores[row].Kind == predict.OfModel}
	}}}
	return append(cols, scoreColumns(f.Table, predict.Persistence, predict.ConditionMean, false)...)
}

func (v *scorePane) surpriseColumns() []part.Column {
	at := func(row int) predict.Surprise { return v.surprises[row] }
	rate := func(id, label string, of func(predict.Surprise) float64) part.Column {
		return part.Column{ID: id, Label: label, Width: 84, Right: true, Num: func(row int) float64 { return of(at(row)) }, Cell: func(row int) part.Cell {
			return part.Cell{Text: charts.Percent.Text(of(at(row)), at(row).N)}
		}}
	}
	return []part.Column{
		{ID: "run", Label: "Run", Width: 90, Grow: true, Cell: func(row int) part.Cell {
			return part.Cell{Text: at(row).Outcome.Name(), Marker: v.role(at(row).Arm)}
		}},
		{ID: "condition", Label: "Condition", Width: 120, Cell: func(row int) part.Cell { return part.Cell{Text: figure.Spoken(at(row).Arm), Color: theme.Muted} }},
		rate("predicted", "Predicted", func(s predict.Surprise) float64 { return s.Predicted }),
		rate("observed", "Observed", func(s predict.Surprise) float64 { return s.Rate }),
		{ID: "lost", Label: "Lost, nats", Tip: "Log score below that of knowing the run's rate", Width: 76, Right: true, Num: func(row int) float64 { return at(row).Nats }, Cell: func(row int) part.Cell {
			return part.Cell{Text: plainScore(at(row).Nats)}
		}},
	}
}
