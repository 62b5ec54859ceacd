package views

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/data/motive"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// editorOption says which page of the model's editor is open, "" for none.
const editorOption = "predictions.editor"

// A modelPage is one side of a motivation model that can be edited.
type modelPage struct {
	id, title, help string
	add             string // what its button adds, "" for nothing
	content         fyne.CanvasObject
	show            func()
	more            func() // adds
	remove          func() // what is selected
}

// modelEditor stands below the charts while a motivation model is edited, so
// that each edit is seen in them at once. It holds no draft: an edit that can
// be computed is a Change of the State, one that cannot is refused in words.
type modelEditor struct {
	place   Place
	model   motive.Model
	outlook *outlook // of the model before the last edit, while the next is computed
	state   desk.State
	reset   func()
	pages   []*modelPage
	open    *modelPage

	tabs        *part.Segments
	add, remove *part.Button
	body        *fyne.Container
	said        *part.Paragraph
	face        fyne.CanvasObject
}

func newModelEditor(p Place, reset func()) *modelEditor {
	e := &modelEditor{place: p, reset: reset, body: container.NewStack(), said: part.Prose("")}
	e.said.Most = 2
	e.pages = append(e.tablePages(), e.graphPage(), e.extensionPage(), e.fitPage())
	var labels []string
	for _, page := range e.pages {
		labels = append(labels, page.title)
	}
	e.tabs = part.NewSegments(labels, func(i int) { e.turn(e.pages[i].id) })
	e.add = part.NewButton("", theme.Plus, func() { e.open.more() })
	e.remove = part.NewButton("Remove", "", func() { e.open.remove() })
	e.add.Height, e.remove.Height = theme.Small, theme.Small
	back := part.Optional(part.NewLink("Reset to preset", reset))
	shut := part.NewTool(theme.Close, "Close the editor", func() { e.turn("") })
	head := part.Row(theme.Gap, e.tabs, part.Spacer(), e.add, e.remove, back, shut)
	top := part.Fixed(0, 36, part.Ground(theme.Head, part.Border(nil, part.Rule(), nil, nil, part.Pad(0, 10, 0, 10, head))))
	foot := part.Fixed(0, 42, part.Ground(theme.Head, part.Border(part.Rule(), nil, nil, nil, part.Pad(4, 10, 4, 10, e.said))))
	e.face = part.Ground(theme.Panel, part.Border(top, foot, nil, nil, e.body))
	return e
}

// turn opens a page; "" closes the editor. It is no step to be undone.
func (e *modelEditor) turn(page string) {
	c := desk.SetOption("Edit model", editorOption, page)
	c.Quiet = true
	e.place.Desk.Do(c)
}

// Show brings the editor in line with a state and its model.
func (e *modelEditor) Show(s desk.State, m motive.Model) {
	i := slices.IndexFunc(e.pages, func(p *modelPage) bool { return p.id == s.Option(editorOption, "") })
	e.state, e.model = s, m
	if i < 0 {
		return
	}
	page := e.pages[i]
	if page != e.open {
		e.open = page
		e.tabs.Pick(i)
		e.body.Objects = []fyne.CanvasObject{page.content}
		e.body.Refresh()
		e.add.SetText(page.add)
		e.add.Hidden, e.remove.Hidden = page.add == "", page.add == ""
		e.face.Refresh()
	}
	e.say(page.help, false) // the foot of the view says whose equations these are
	page.show()
}

// IsOpen reports whether a state shows the editor.
func (e *modelEditor) IsOpen(s desk.State) bool { return s.Option(editorOption, "") != "" }

func (e *modelEditor) say(text string, wrong bool) {
	e.said.Color = theme.Muted
	if wrong {
		e.said.Color = theme.Bad
	}
	e.said.Text = ""
	e.said.SetText(text)
}

// edit makes a Change of what do makes of the model. An error leaves the
// model as it was, and is said below the page.
func (e *modelEditor) edit(name string, do func(m *motive.Model) error) error {
	m := e.model.Clone()
	err := do(&m)
	if err == nil {
		err = m.Check()
	}
	var text []byte
	if err == nil {
		text, err = json.Marshal(m)
	}
	if err != nil {
		e.say(plainError(err), true)
		return err
	}
	e.place.Desk.Do(desk.SetOption(name, figure.ModelOption, string(text)))
	return nil
}

// try edits where an error has been said and there is no more to do.
func (e *modelEditor) try(name string, do func(m *motive.Model) error) {
	if e.edit(name, do) != nil {
		e.open.show()
	}
}

// errNumber is what is said of a text that is no number.
var errNumber = errors.New("write a number, such as 0.9")

// typed reads a number as people write it: "0.9", "0,9", "90 %", "−2".
func typed(text string) (float64, error) {
	s := strings.NewReplacer("−", "-", ",", ".", "\u00a0", "", "\u202f", "", " ", "").Replace(text)
	bare, percent := strings.CutSuffix(s, "%")
	v, err := strconv.ParseFloat(bare, 64)
	if err != nil || v != v {
		return 0, fmt.Errorf("%q is no number: %w", text, errNumber)
	}
	if percent {
		v /= 100
	}
	return v, nil
}

// typedShare reads a number from 0 to 1.
func typedShare(text string) (float64, error) {
	v, err := typed(text)
	if err == nil && !(v >= 0 && v <= 1) {
		return 0, fmt.Errorf("%s does not lie between 0 and 1; write 0.9 or 90 %%", text)
	}
	return v, err
}

// exact writes a number with as many decimals as it has.
func exact(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', 6, 64), "-", "−", 1)
}

// pick opens a menu of choices at a place of the window.
func (e *modelEditor) pick(at fyne.Position, labels []string, on int, chosen func(i int)) {
	var items []*fyne.MenuItem
	for i, label := range labels {
		item := fyne.NewMenuItem(label, func() { chosen(i) })
		item.Checked = i == on
		items = append(items, item)
	}
	e.place.Bench.Menu(at, items...)
}
