package views

import (
	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// startPresenting fills the screen with the chart, with text that a room can
// read, or lets the view do so.
func (w *Window) startPresenting() {
	if v, ok := w.host.View().(Presenting); ok {
		v.Present()
		return
	}
	spec, ok := w.chart()
	if !ok || w.present != nil {
		return
	}
	box := part.NewChartBox(w.deps.Tasks)
	box.Zoom = slideZoom
	box.SetSpec(spec)
	w.Stage(part.Ground(theme.Panel, box), func(fyne.KeyName) bool { return false }, func() {})
}

// Stage implements Bench.
func (w *Window) Stage(what fyne.CanvasObject, key func(fyne.KeyName) bool, closed func()) *part.Stage {
	was := w.win.FullScreen()
	w.present = part.ShowStage(w.win.Canvas(), what, key, func() {
		w.present = nil
		w.win.SetFullScreen(was)
		closed()
	})
	w.win.SetFullScreen(true)
	return w.present
}

func (w *Window) stopPresenting() {
	if w.present != nil {
		w.present.Close()
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
