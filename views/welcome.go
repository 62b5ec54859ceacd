package views

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// welcome leads to a study: a recent one, another file, a new one, or one of
// the samples that come with the program.
type welcome struct {
	place Place
	body  *fyne.Container
}

func newWelcome(p Place) View { return &welcome{place: p, body: container.NewStack()} }

// Content implements View.
func (v *welcome) Content() fyne.CanvasObject { return v.body }

// AsksNothing implements Unasking.
func (v *welcome) AsksNothing() {}

// Ask implements View.
func (v *welcome) Ask(desk.State) query.Query { return query.Query{} }

// Show implements View.
func (v *welcome) Show(desk.State, frame.Frame) {
	b := v.place.Bench
	open := part.NewButton("Open study…", theme.Folder, func() { b.ChooseStudy(false) })
	create := part.NewPrimary("New study…", theme.Plus, func() { b.ChooseStudy(true) })
	rows := []fyne.CanvasObject{
		part.Title("Compare experiment runs"),
		part.NewParagraph("A study is one file that holds the results you import. Make one, then drop result files on the window.", theme.Muted, theme.TextSize),
		part.Pad(4, 0, 8, 0, part.Row(theme.Gap, create, open, part.Spacer())),
	}
	rows = append(rows, v.recent()...)
	rows = append(rows, v.samples()...)
	v.body.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, part.Scroll(part.Pad(40, 40, 24, 40, part.Stack(0, part.Row(0, part.Fixed(620, 0, part.Stack(8, rows...)), part.Spacer())))))}
	v.body.Refresh()
}

func (v *welcome) recent() []fyne.CanvasObject {
	paths := v.place.Bench.Recent()
	if len(paths) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{part.Rule(), part.Label("Recent studies")}
	for _, path := range paths {
		out = append(out, part.NewEntryRow(theme.Study, filepath.Base(path), filepath.Dir(path), func() { v.place.Bench.OpenStudy(path) }))
	}
	return out
}

func (v *welcome) samples() []fyne.CanvasObject {
	bundles := v.place.Bench.Bundled()
	if len(bundles) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{part.Rule(), part.Label("Sample studies, opened in one click")}
	for _, b := range bundles {
		out = append(out, part.NewEntryRow(theme.Samples, b.Title, b.Help, func() { v.place.Bench.OpenBundle(b) }))
	}
	return out
}
