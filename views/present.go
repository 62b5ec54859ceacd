package views

import (
	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// presenter shows the chart alone on the whole screen, with text that a room
// can read.
type presenter struct{ shut func() }

func (w *Window) startPresenting() {
	spec, ok := w.chart()
	if !ok || w.present != nil {
		return
	}
	was := w.win.FullScreen()
	box := part.NewChartBox(w.deps.Tasks)
	box.Zoom = slideZoom
	box.SetSpec(spec)
	p := &presenter{}
	p.shut = part.Cover(w.win.Canvas(), part.Ground(theme.Panel, box), func() {
		w.present = nil
		w.win.SetFullScreen(was)
	})
	w.present = p
	w.win.SetFullScreen(true)
}

func (w *Window) stopPresenting() {
	if w.present != nil {
		w.present.shut()
	}
}

// slideZoom is how much larger text is than on screen, for the same share of
// the width as on a slide.
func slideZoom(size fyne.Size) float64 {
	slide := charts.Slide(charts.Light())
	return max(1, slide.Zoom*float64(size.Width)/float64(slide.Width))
}

// about says what the program is.
func (w *Window) about() {
	text := "Witnessmark " + w.deps.Version + "\n\nCompares experiment runs: prompting conditions, checkpoints, monitors and predictions. It works offline and opens no network socket."
	part.Modal(w.win.Canvas(), "About Witnessmark", fyne.NewSize(440, 200), part.Pad(14, 16, 14, 16, part.NewParagraph(text, theme.Text, theme.TextSize)))
}

// nativeMenu is the menu bar of systems that have one of their own.
func (w *Window) nativeMenu() *fyne.MainMenu {
	if !part.HasNativeMenu() {
		return nil
	}
	return fyne.NewMainMenu(w.menus()...)
}
