package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/data/motive"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// An extensionCard switches one extension and sets its constants.
type extensionCard struct {
	e     *modelEditor
	of    motive.Extension
	check *part.Check
	knobs *fyne.Container
	shape string // of the knobs on screen, which are made anew where it changes
	set   []func(motive.Knob)
	face  fyne.CanvasObject
}

func (e *modelEditor) extensionPage() *modelPage {
	var cards []*extensionCard
	left, right := part.Stack(12), part.Stack(12)
	for i, x := range motive.Extensions {
		c := newExtensionCard(e, x)
		cards = append(cards, c)
		if i < (len(motive.Extensions)+1)/2 {
			left.Add(c.face)
		} else {
			right.Add(c.face)
		}
	}
	page := container.NewGridWithColumns(2, part.Pad(0, 12, 0, 0, left), part.Pad(0, 0, 0, 12, right))
	scroll := part.Scroll(part.Pad(12, 12, 12, 12, page))
	return &modelPage{
		id: "extensions", title: "Extensions", content: scroll,
		help: "What else may select, each switched on its own. Constants are starting points of our own, and no source gives a number",
		show: func() {
			for _, c := range cards {
				c.show()
			}
			scroll.Refresh()
		},
	}
}

func newExtensionCard(e *modelEditor, x motive.Extension) *extensionCard {
	c := &extensionCard{e: e, of: x, knobs: part.Stack(2)}
	c.check = part.NewCheck(x.Title, false, func(on bool) {
		name := "Switch off " + x.Title
		if on {
			name = "Switch on " + x.Title
		}
		e.try(name, func(m *motive.Model) error { x.Switch(m, on); return nil })
	})
	words := part.Prose(x.Help + " (" + x.Source + ")")
	c.face = part.Stack(3, part.Row(0, c.check, part.Spacer()), part.Pad(0, 0, 0, 21, part.Stack(4, words, c.knobs)))
	return c
}

// show brings the card in line with the model.
func (c *extensionCard) show() {
	m := c.e.model.Clone()
	on := c.of.On(m)
	c.check.Set(on)
	var knobs []motive.Knob
	shape := ""
	if on {
		knobs = c.of.Knobs(&m)
	}
	for _, k := range knobs {
		shape += k.Label + "\n"
	}
	if shape != c.shape {
		c.shape, c.set, c.knobs.Objects = shape, nil, nil
		for i, k := range knobs {
			c.knobs.Objects = append(c.knobs.Objects, c.newKnob(i, k))
		}
		c.knobs.Refresh()
	}
	for i, k := range knobs {
		c.set[i](k)
	}
}

// newKnob makes the control of the i-th constant.
func (c *extensionCard) newKnob(i int, k motive.Knob) fyne.CanvasObject {
	change := func(v float64) {
		c.e.try(c.of.Title+", "+k.Label, func(m *motive.Model) error { c.of.Knobs(m)[i].Set(v); return nil })
	}
	var control fyne.CanvasObject
	if k.Names != nil {
		pick := part.NewSelect(nil, "", nil)
		pick.Height = theme.Small
		pick.OnPick = func(name string) {
			for at, n := range pick.Options {
				if n == name {
					change(float64(at))
				}
			}
		}
		c.set = append(c.set, func(k motive.Knob) { pick.Set(k.Names, k.Names[int(k.Get())]) })
		control = pick
	} else {
		step := (k.Hi - k.Lo) / 200
		if k.Hi >= 100 {
			step = 1
		}
		s := part.NewSlider(k.Lo, k.Hi, step, k.Get(), exact, change)
		c.set = append(c.set, func(k motive.Knob) { s.Set(k.Get()) })
		control = s
	}
	name := k.Label
	if k.Names != nil {
		name = upper(name) // others may be Greek letters, which stay small
	}
	label := part.Fixed(150, 0, part.Quiet(name).Short())
	return part.Row(8, label, control, part.Grow(part.Small(k.Help).Short()))
}
