package views

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// captionRest is how long typing rests before a caption is kept.
const captionRest = 900 * time.Millisecond

// figureInspectorWide is the pane's width: formats and size stand in one line.
const figureInspectorWide = 322

// A figureInspector explains the selected figure: its caption, its export, and
// where its numbers come from.
type figureInspector struct {
	v       *figures
	box     *fyne.Container
	number  *part.Text
	open    *part.Button
	list    *fyne.Container
	caption *fyne.Container
	export  *exportPane
	cancel  func() // of keeping what is typed
	entry   *part.Entry
	key     string // what is shown
}

func newFigureInspector(v *figures) *figureInspector {
	i := &figureInspector{v: v, number: part.Strong(""), list: part.Stack(10), caption: part.Stack(6), cancel: func() {}}
	i.open = part.NewLink("", func() {
		if p := v.chosen(); p != nil {
			v.open(p)
		}
	})
	i.export = newExportPane(v)
	head := part.Head(i.number, i.open, part.NewTool(theme.Close, "Close  Esc", func() { v.place.Desk.Do(desk.Select()) }))
	scroll := part.Scroll(part.Pad(10, theme.Pad, theme.Pad, theme.Pad, i.list))
	i.box = part.Fixed(figureInspectorWide, 0, part.Ground(theme.Panel, part.Border(head, nil, part.Wall(), nil, scroll)))
	i.box.Hide()
	return i
}

// show explains the selected figure, or goes away where none is.
func (i *figureInspector) show() {
	p := i.v.chosen()
	part.SetVisible(i.box, p != nil, i.v.body)
	if p == nil {
		i.key = ""
		return
	}
	i.number.SetText("Figure " + strconv.Itoa(p.number))
	i.open.SetText("Open in " + viewTitle(p.state))
	able(i.open, p.bad == nil)
	text := i.text(p)
	key := fmt.Sprint(p.figure.ID, p.number, p.asked, p.has, p.seen.Stale, p.seen.Why, p.runs, p.figure.Revision, p.figure.Caption == "", p.title(), i.v.place.Study().ReadOnly())
	if i.entry == nil || p.figure.Caption == "" || i.entry.Text != p.figure.Caption {
		key += text // what is being typed here is not shown anew
	}
	if key == i.key {
		return
	}
	i.key = key
	i.cancel()
	i.cancel = func() {}
	i.showCaption(p, text)
	i.list.Objects = []fyne.CanvasObject{i.heading(p), i.caption, part.Rule(), i.export.box, part.Rule(), i.provenance(p)}
	if chip := i.notice(p); chip != nil {
		i.list.Objects = append([]fyne.CanvasObject{chip}, i.list.Objects...)
	}
	i.list.Refresh()
}

// heading is the whole title, which a card may have to cut.
func (i *figureInspector) heading(p *pinned) fyne.CanvasObject {
	title := part.NewParagraph(p.title(), theme.Text, theme.TextSize)
	title.Bold = true
	label := "Title, proposed by the numbers"
	if p.figure.Title != "" {
		label = "Title, in your own words"
	}
	return part.Stack(4, part.Row(4, part.Label(label).Short(), part.Spacer(), part.NewLink("Rename…", func() { i.v.rename(p) })), title)
}

// text is the caption: somebody's own, or written from the numbers.
func (i *figureInspector) text(p *pinned) string {
	if p.figure.Caption != "" {
		return p.figure.Caption
	}
	return charts.Caption(p.seen.Spec)
}

// notice says why a figure does not show the data as they are.
func (i *figureInspector) notice(p *pinned) fyne.CanvasObject {
	switch {
	case p.bad != nil || p.seen.Why != nil:
		text := "It shows what was kept when it was last drawn. "
		if p.bad != nil {
			text += plainError(p.bad)
		} else {
			text += plainError(p.seen.Why)
		}
		return part.Stack(6, part.Row(0, part.NewNote("Cannot be drawn anymore", text, part.Wrong, nil)), part.Prose(text+"."))
	case p.seen.Stale:
		refresh := part.NewButton("Refresh figure "+strconv.Itoa(p.number), theme.Refresh, func() { i.v.renew(p) })
		return part.Stack(6, part.Row(0, part.NewNote("Stale: data changed", "", part.Caution, nil)),
			part.Prose("It shows the numbers of revision "+strconv.FormatInt(p.figure.Revision, 10)+". The study is at revision "+strconv.FormatInt(p.seen.Revision, 10)+", and the numbers are other ones."), part.Row(0, refresh))
	}
	return nil
}

// showCaption shows the caption, as a text to copy or to edit.
func (i *figureInspector) showCaption(p *pinned, text string) {
	label := "Caption, written from the numbers"
	if p.figure.Caption != "" {
		label = "Caption, in your own words"
	}
	copy := part.NewLink("Copy", func() { i.v.place.Bench.Copy(i.whole(p), "the caption") })
	keep := part.NewCheck("Keep numbers in step with the data", p.figure.Caption == "", func(on bool) { i.keepInStep(p, on) })
	head := part.Row(4, part.Label(label).Short(), part.Spacer(), copy)
	i.entry = nil
	if p.figure.Caption == "" {
		i.caption.Objects = []fyne.CanvasObject{head, part.Quote(text), keep}
	} else {
		i.caption.Objects = []fyne.CanvasObject{head, i.editor(p, text), keep}
	}
	i.caption.Refresh()
}

// whole is the caption with the title before it, for a paper.
func (i *figureInspector) whole(p *pinned) string {
	text := i.text(p)
	if i.entry != nil {
		text = i.entry.Text
	}
	return strings.TrimRight(p.title(), ".") + ". " + text
}

// editor lets the caption be written; it is kept when typing rests.
func (i *figureInspector) editor(p *pinned, text string) fyne.CanvasObject {
	e := part.NewEntry("Say what the figure shows")
	e.MultiLine, e.Wrapping, e.Scroll = true, fyne.TextWrapWord, fyne.ScrollVerticalOnly
	e.SetMinRowsVisible(9)
	e.SetText(text)
	e.OnEscape = func() { i.v.place.Bench.Canvas().Unfocus() }
	e.OnChanged = func(string) {
		i.cancel()
		i.cancel = i.v.place.Tasks.After(captionRest, func() {
			to := p.figure
			if to.Caption = e.Text; strings.TrimSpace(e.Text) == "" || to.Caption == p.figure.Caption {
				return // no words are no caption: the check brings back the proposed one
			}
			i.v.edit(p, "Caption", "Kept the caption of figure "+strconv.Itoa(p.number), to)
		})
	}
	if i.v.place.Study().ReadOnly() {
		e.Disable()
	}
	i.entry = e
	return e
}

// keepInStep writes the caption from the numbers, or leaves it to a person.
func (i *figureInspector) keepInStep(p *pinned, on bool) {
	if !i.v.boards.writable() {
		i.key = ""
		i.show()
		return
	}
	to := p.figure
	to.Caption = ""
	said := "The caption of figure " + strconv.Itoa(p.number) + " follows the data"
	if !on {
		to.Caption = i.text(p)
		said = "The caption of figure " + strconv.Itoa(p.number) + " is yours to write, and stays when the data change"
	}
	i.v.edit(p, "Caption", said, to)
}

// provenance says where the numbers come from. Exported files carry the same.
func (i *figureInspector) provenance(p *pinned) fyne.CanvasObject {
	facts := i.v.place.Facts()
	filter := p.state.Where.Sentence()
	if filter == "" {
		filter = "none"
	}
	day, _, _ := strings.Cut(p.figure.At, "T")
	pairs := []string{"Filter", filter, "n", p.runs, "Method", strings.Join(p.seen.Live.Methods, "; "), "Data", "revision " + strconv.FormatInt(p.revision(), 10) + comma(facts.Imports.File)}
	if facts.Imports.Hash != "" {
		pairs = append(pairs, "sha256", facts.Imports.Hash+"…, "+charts.Count(float64(facts.Imports.Files), "file"))
	}
	pairs = append(pairs, "App", strings.TrimSpace("Witnessmark "+i.v.place.Version), "Pinned", day)
	var rows []fyne.CanvasObject
	for k := 0; k+1 < len(pairs); k += 2 {
		if pairs[k+1] != "" {
			rows = append(rows, part.Border(nil, nil, part.Fixed(56, 0, part.NewParagraph(pairs[k], theme.Muted, theme.SmallSize)), nil, part.NewParagraph(pairs[k+1], theme.Text, theme.SmallSize)))
		}
	}
	return part.Stack(6, part.Label("Provenance, stored inside the file"), part.Stack(3, rows...), part.Prose("Drop the exported picture on the window to open this view again"))
}

// revision is that of the numbers that are shown.
func (p *pinned) revision() int64 {
	if p.seen.Stale || p.seen.Why != nil || p.asked == "" {
		return p.figure.Revision
	}
	return p.seen.Revision
}

func comma(s string) string {
	if s == "" {
		return ""
	}
	return ", " + s
}
