package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// foldAt is how much of a long text is shown until it is opened.
const foldAt = 4

// newFold shows the first lines of a text, and the rest where asked to.
func newFold(text string, color fyne.ThemeColorName) fyne.CanvasObject {
	p := part.NewParagraph(text, color, theme.SmallSize)
	if len(text) < 160 {
		return p
	}
	p.Most = foldAt
	var more *part.Button
	body := container.NewVBox()
	more = part.NewLink("Show all", func() {
		if p.Most == 0 {
			p.Most, more.Text = foldAt, "Show all"
		} else {
			p.Most, more.Text = 0, "Show less"
		}
		p.SetText(text + " ")
		p.SetText(text)
		more.Refresh()
		body.Refresh()
	})
	body.Objects = []fyne.CanvasObject{part.Stack(2, p, part.Row(0, more, part.Spacer()))}
	return body
}
