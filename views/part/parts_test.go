package part_test

import (
	"image"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"witnessmark/charts"
	"witnessmark/data/query"
	"witnessmark/views/part"
	"witnessmark/views/task/tasktest"
	"witnessmark/views/theme"
)

// screen puts an object on a window of the usual size.
func screen(t testing.TB, o fyne.CanvasObject, size fyne.Size) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Theme{Mode: theme.Light})
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(size)
	return w
}

func TestFilterBarWaitsForTypingToRest(t *testing.T) {
	var q tasktest.Queue
	test.NewTempApp(t)
	bar := part.NewFilterBar(q.Runner())
	var got []string
	bar.OnFilter = func(f query.Filter) { got = append(got, f.String()) }
	for _, text := range []string{"s", "seed", "seed:", "seed:1", "seed:12"} {
		bar.Type(text)
	}
	q.Settle()
	if len(got) != 1 || got[0] != "seed:12" {
		t.Errorf("typing gave the filters %v, want only the last", got)
	}
}

func TestFilterBarPointsAtTheFault(t *testing.T) {
	var q tasktest.Queue
	test.NewTempApp(t)
	bar := part.NewFilterBar(q.Runner())
	bar.OnFilter = func(f query.Filter) { t.Errorf("a text that does not parse gave the filter %q", f) }
	bar.Type(`condition:"neutral`)
	q.Settle()
	if err := bar.Error(); err == nil || err.Query != `condition:"neutral` {
		t.Errorf("the fault is %v", err)
	}
}

func TestRowsGiveWayInOrder(t *testing.T) {
	test.NewTempApp(t)
	a, b := part.Optional(part.NewButton("First", "", nil)), part.Optional(part.NewButton("Second", "", nil))
	title := part.Title("A title")
	row := part.Row(8, title, part.Spacer(), a, b)
	row.Resize(fyne.NewSize(400, 30))
	if !a.Visible() || !b.Visible() {
		t.Fatal("with room for all, something is hidden")
	}
	row.Resize(fyne.NewSize(row.MinSize().Width+80, 30))
	if !a.Visible() || b.Visible() {
		t.Errorf("with room for one, first is %v and second %v, want only the first", a.Visible(), b.Visible())
	}
	row.Resize(fyne.NewSize(500, 30))
	if !b.Visible() {
		t.Error("what gave way should come back with the room")
	}
}

func TestCutTextsKeepTheWholeForTheTooltip(t *testing.T) {
	text := part.WithTip(part.Say("negative inoculation, rephrased"), "")
	screen(t, text, fyne.NewSize(90, 30))
	if !text.IsCut() {
		t.Error("a text of 200 in a place of 90 should be cut")
	}
}

func TestTooltipsComeWhenThePointerRests(t *testing.T) {
	var q tasktest.Queue
	b := part.NewButton("Compare", "", nil).WithTip("Show how the selected runs differ")
	tips := part.NewTips(q.Runner())
	screen(t, container.NewStack(b, tips), fyne.NewSize(400, 200))
	b.MouseIn(&desktop.MouseEvent{})
	q.Advance(300 * time.Millisecond)
	if tips.Shown() != "" {
		t.Error("the tooltip comes at once")
	}
	q.Advance(time.Second)
	if tips.Shown() != "Show how the selected runs differ" {
		t.Errorf("the tooltip says %q", tips.Shown())
	}
	b.MouseOut()
	if tips.Shown() != "" {
		t.Error("the tooltip stays")
	}
}

func TestParagraphsAreAsHighAsTheirLines(t *testing.T) {
	p := part.Prose(strings.Repeat("seeds fall in two groups ", 8))
	screen(t, p, fyne.NewSize(600, 400))
	wide := p.MinSize().Height
	p.Resize(fyne.NewSize(150, 400))
	if narrow := p.MinSize().Height; narrow < 3*wide {
		t.Errorf("at a quarter of the width the text is %v high, at the whole %v", narrow, wide)
	}
	p.Most = 2
	p.SetText("x")
	p.SetText(strings.Repeat("seeds fall in two groups ", 8))
	if h := p.MinSize().Height; h != wide*2 && h != 32 {
		t.Errorf("two lines at most are %v high", h)
	}
}

func TestWrapBreaksBetweenWords(t *testing.T) {
	test.NewTempApp(t)
	for _, line := range part.Wrap("One important purpose of this RL training run is testing environments", 160, 12) {
		if w := fyne.MeasureText(line, 12, fyne.TextStyle{}).Width; w > 161 || strings.HasPrefix(line, " ") {
			t.Errorf("line %q is %v wide", line, w)
		}
	}
	if got := strings.Join(part.Wrap("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 60, 12), ""); len(got) != 46 {
		t.Errorf("a long word lost letters: %d of 46", len(got))
	}
}

func TestSegmentsByMouseAndKey(t *testing.T) {
	var picked []int
	s := part.NewSegments([]string{"Dots", "Slope", "Matrix"}, func(i int) { picked = append(picked, i) })
	screen(t, s, fyne.NewSize(300, 26))
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(s.MinSize().Width-4, 5)})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(4, 5)})
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(4, 5)})
	if !slices.Equal(picked, []int{2, 1, 0}) {
		t.Errorf("picked %v, want 2, 1, 0 and nothing for what is picked already", picked)
	}
}

func TestSliderKeepsToItsSteps(t *testing.T) {
	got := -1.0
	s := part.NewSlider(0, 0.95, 0.05, 0.8, func(v float64) string { return charts.Logs.Text(v, 0) }, func(v float64) { got = v })
	screen(t, s, fyne.NewSize(200, 20))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if math.Abs(got-0.85) > 1e-9 {
		t.Errorf("one step up from 0.80 is %v", got)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-50, 5)}})
	if got != 0 {
		t.Errorf("dragged past the left end it is %v, want 0", got)
	}
}

func TestHistogramKeepsADraggedRange(t *testing.T) {
	h := part.NewHistogram(0, 29, make([]int, 30), func(v float64) string { return charts.Whole.Text(v, 0) })
	var lo, hi float64
	h.OnRange = func(a, b float64) { lo, hi = a, b }
	screen(t, h, fyne.NewSize(290, 60))
	drag := func(from, to float32) {
		h.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(to, 10)}, Dragged: fyne.NewDelta(to-from, 0)})
		h.DragEnd()
	}
	drag(100, 200)
	if lo != 10 || hi != 20 {
		t.Errorf("dragging the middle keeps %v to %v, want 10 to 20", lo, hi)
	}
	drag(200, 400)
	if hi != 29 {
		t.Errorf("dragging past the end keeps up to %v, want the end", hi)
	}
}

// chart is a chart of one panel with a point in the middle.
func chart() charts.Spec {
	return charts.Spec{Title: "A title", Panels: []charts.Panel{{X: charts.Axis{Lo: 0, Hi: 100}, Y: charts.Axis{Lo: 0, Hi: 1},
		Layers: []charts.Layer{{Mark: "point", X: charts.Values{50}, Y: charts.Values{0.5}, Source: []charts.Target{{Row: 3, Unit: -1, Text: "39.5 % [21, 58], 30 seeds"}}}}}}}
}

func drawn(t *testing.T) (*part.ChartBox, *tasktest.Queue) {
	t.Helper()
	q := &tasktest.Queue{}
	box := part.NewChartBox(q.Runner())
	screen(t, box, fyne.NewSize(600, 400))
	box.SetSpec(chart())
	q.Settle()
	if box.Drawing().Image == nil || len(box.Drawing().Hits) == 0 {
		t.Fatal("nothing was drawn")
	}
	return box, q
}

func middleOf(r image.Rectangle) fyne.Position {
	return fyne.NewPos(float32(r.Min.X+r.Max.X)/2, float32(r.Min.Y+r.Max.Y)/2)
}

func texts(o fyne.Widget) []string {
	var out []string
	for _, c := range test.WidgetRenderer(o).Objects() {
		switch c := c.(type) {
		case *canvas.Text:
			out = append(out, c.Text)
		case fyne.Widget:
			out = append(out, texts(c)...)
		}
	}
	return out
}

func TestPointingAtAMarkShowsItsExactNumbers(t *testing.T) {
	box, _ := drawn(t)
	at := middleOf(box.Drawing().Hits[0].Box)
	box.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	if got := texts(box); !slices.Contains(got, "39.5 % [21, 58], 30 seeds") {
		t.Errorf("the card says %q", got)
	}
	box.MouseOut()
	if got := texts(box); len(got) != 0 {
		t.Errorf("the card stays: %q", got)
	}
}

func TestPressingAMarkLeadsToItsRow(t *testing.T) {
	box, _ := drawn(t)
	row := -1
	box.OnHit = func(h charts.Hit) { row = h.Row }
	box.Tapped(&fyne.PointEvent{Position: middleOf(box.Drawing().Hits[0].Box)})
	if row != 3 {
		t.Errorf("pressed row %d, want 3", row)
	}
	row = -1
	box.Tapped(&fyne.PointEvent{Position: fyne.NewPos(1, 1)})
	if row != -1 {
		t.Error("a press beside all marks hit one")
	}
}

func TestDraggingZoomsAndADoubleClickShowsAll(t *testing.T) {
	box, q := drawn(t)
	box.Zoomable = true
	x := box.Drawing().Panels[0].X
	y := middleOf(box.Drawing().Panels[0].Plot).Y
	from, to := float32(x.Px(20)), float32(x.Px(60))
	box.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(to, y)}, Dragged: fyne.NewDelta(to-from, 0)})
	box.DragEnd()
	q.Settle()
	if now := box.Drawing().Panels[0].X; math.Abs(now.Lo-20) > 0.5 || math.Abs(now.Hi-60) > 0.5 {
		t.Errorf("zoomed to %v–%v, want 20–60", now.Lo, now.Hi)
	}
	box.DoubleTapped(nil)
	q.Settle()
	if now := box.Drawing().Panels[0].X; now.Lo != 0 || now.Hi != 100 {
		t.Errorf("after a double click the axis runs from %v to %v", now.Lo, now.Hi)
	}
}

func TestAChartIsDrawnOnceHoweverOftenItsSizeChanges(t *testing.T) {
	box, q := drawn(t)
	for w := range 20 {
		box.Resize(fyne.NewSize(600+float32(w), 400))
	}
	if q.Pending() != 0 {
		t.Errorf("%d pictures are being drawn while the size still changes", q.Pending())
	}
	q.Settle()
	if got := box.Drawing().Image.Bounds().Dx(); got != 619 {
		t.Errorf("the picture is %d wide, want that of the last size", got)
	}
}

func TestPaletteRanksByTheBeginningsOfWords(t *testing.T) {
	var commands []part.Command
	for _, s := range []string{"Save chart as…", "Show measure hack", "Compare selected runs", "Clear the filter", "Conditions"} {
		commands = append(commands, part.Command{Title: s})
	}
	for letters, want := range map[string]string{"cond": "Conditions", "csr": "Compare selected runs", "clear": "Clear the filter", "smh": "Show measure hack"} {
		if got := part.Rank(commands, letters); len(got) == 0 || got[0].Title != want {
			t.Errorf("%q finds %v first, want %q", letters, got, want)
		}
	}
	if got := part.Rank(commands, "zzz"); len(got) != 0 {
		t.Errorf("zzz finds %v", got)
	}
}

func TestMenusByKeyboard(t *testing.T) {
	w := screen(t, part.Say("below"), fyne.NewSize(400, 300))
	done := ""
	item := func(s string) *fyne.MenuItem { return fyne.NewMenuItem(s, func() { done = s }) }
	off := item("Off")
	off.Disabled = true
	part.ShowMenu(w.Canvas(), fyne.NewPos(10, 10), item("First"), off, fyne.NewMenuItemSeparator(), item("Last"))
	menu := w.Canvas().Focused()
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		menu.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if done != "Last" {
		t.Errorf("did %q, want Last: what cannot be done is passed over", done)
	}
	if n := len(w.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d menus are still open", n)
	}
}

func TestEscapeClosesAModalAndGivesTheFocusBack(t *testing.T) {
	b := part.NewButton("Open", "", nil)
	w := screen(t, b, fyne.NewSize(400, 300))
	w.Canvas().Focus(b)
	part.Modal(w.Canvas(), "A title", fyne.NewSize(200, 100), part.Say("body"))
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(w.Canvas().Overlays().List()) != 0 || w.Canvas().Focused() != fyne.Focusable(b) {
		t.Error("after Esc the window should be as before")
	}
}

func TestEveryMarkerAndToneIsDrawnInBothThemes(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		var objects []fyne.CanvasObject
		for _, r := range append(slices.Clone(charts.ConditionRoles), charts.Grey) {
			objects = append(objects, part.NewMarker(r))
		}
		for _, tone := range []part.Tone{part.Info, part.Good, part.Caution, part.Wrong} {
			objects = append(objects, part.NewNote("a note", "why", tone, nil))
		}
		w := screen(t, part.Flow(4, objects...), fyne.NewSize(500, 80))
		fyne.CurrentApp().Settings().SetTheme(theme.Theme{Mode: mode})
		img := w.Canvas().Capture()
		colors := map[any]bool{}
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				colors[img.At(x, y)] = true
			}
		}
		if len(colors) < 20 {
			t.Errorf("%v: only %d colors are on screen", mode, len(colors))
		}
	}
}

func TestANoteSaysLessWhereThatSavesALine(t *testing.T) {
	test.NewTempApp(t)
	long := part.NewNote("Not identified by these data: 4 patterns act alike", "", part.Wrong, nil)
	long.Short = "4 not identified"
	flow := part.Flow(8, long, part.NewButton("Shares", "", nil))
	flow.Resize(fyne.NewSize(900, 60))
	wide, line := long.Size().Width, flow.MinSize().Height
	flow.Resize(fyne.NewSize(300, 60))
	if narrow := long.Size().Width; narrow >= wide || flow.MinSize().Height != line {
		t.Errorf("the note is %v wide, then %v; the flow %v high, then %v", wide, narrow, line, flow.MinSize().Height)
	}
}
