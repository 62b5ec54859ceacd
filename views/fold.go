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

// newMore is a link that makes room for more, and takes it back.
func newMore(label string, more func() []fyne.CanvasObject) fyne.CanvasObject {
	body := part.Stack(4)
	var link *part.Button
	link = part.NewLink(label, func() {
		if len(body.Objects) > 1 {
			body.Objects = body.Objects[:1]
			link.SetText(label)
		} else {
			body.Objects = append(body.Objects, more()...)
			link.SetText("Less")
		}
		body.Refresh()
	})
	body.Objects = []fyne.CanvasObject{part.Row(0, link, part.Spacer())}
	return body
}
