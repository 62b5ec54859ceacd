package views

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/data/frame"
	"witnessmark/views/desk"
	"witnessmark/views/part"
)

// conditionPaneOption is the switch that says what stands below the chart of
// Conditions.
const conditionPaneOption = "conditions.pane"

// The panes, in the order of their segments.
const (
	estimatesPane = "estimates"
	contrastsPane = "contrasts"
	powerPaneName = "power"
)

var lowerPanes = []string{estimatesPane, contrastsPane, powerPaneName}

// A lowerPane is what stands below the chart: estimates, the contrasts that
// were set up, or what more seeds would show. Only the one on screen asks.
type lowerPane struct {
	kinds     *part.Segments
	right     *fyne.Container // of the head
	body      *fyne.Container
	rights    map[string]fyne.CanvasObject
	bodies    map[string]fyne.CanvasObject
	contrasts *contrastPane
	power     *powerPane
	content   fyne.CanvasObject
}

// newLowerPane puts the estimates and what stands right in their head beside
// the other panes.
func newLowerPane(v *conditions, estimates fyne.CanvasObject, right ...fyne.CanvasObject) *lowerPane {
	p := v.place
	l := &lowerPane{contrasts: newContrastPane(p), power: newPowerPane(p), right: container.NewStack(), body: container.NewStack()}
	l.kinds = part.NewSegments([]string{"Estimates", "Contrasts", "Power"}, func(i int) {
		p.Desk.Do(desk.SetOption("Lower pane", conditionPaneOption, lowerPanes[i]))
	})
	l.rights = map[string]fyne.CanvasObject{
		estimatesPane: part.Row(8, append([]fyne.CanvasObject{part.Spacer()}, right...)...),
		contrastsPane: l.contrasts.head, powerPaneName: l.power.head,
	}
	l.bodies = map[string]fyne.CanvasObject{estimatesPane: estimates, contrastsPane: l.contrasts.content, powerPaneName: l.power.content}
	recount := func() { l.contrasts.recount() }
	v.ledger.OnNoted, l.contrasts.ledger.OnNoted = recount, recount
	l.contrasts.onChange = v.showInspector
	l.contrasts.onRows = func() {
		if v.state.Option(conditionPaneOption, "") == contrastsPane {
			v.split.fit(l.contrasts.rows())
		}
	}
	head := part.Head(l.kinds, part.Grow(l.right))
	l.content = part.Border(head, nil, nil, nil, l.body)
	l.turnTo(estimatesPane)
	return l
}

func (l *lowerPane) turnTo(pane string) {
	if len(l.body.Objects) == 1 && l.body.Objects[0] == l.bodies[pane] {
		return
	}
	l.kinds.Pick(slices.Index(lowerPanes, pane))
	l.right.Objects = []fyne.CanvasObject{l.rights[pane]}
	l.body.Objects = []fyne.CanvasObject{l.bodies[pane]}
	l.right.Refresh()
	l.body.Refresh()
}

// show brings the pane that the state names in line with an answer, and
// returns how many rows it wants room for.
func (l *lowerPane) show(v *conditions, answer frame.Frame) (rows int) {
	pane := v.state.Option(conditionPaneOption, estimatesPane)
	if !slices.Contains(lowerPanes, pane) {
		pane = estimatesPane
	}
	l.turnTo(pane)
	l.contrasts.follow(v)
	switch pane {
	case contrastsPane:
		l.contrasts.show()
		return l.contrasts.rows()
	case powerPaneName:
		l.power.show(v)
		return powerRows
	}
	return answer.Len()
}

// showPane turns to a pane with one of its switches set.
func showPane(pane, option, value string) desk.Change {
	return desk.Change{Name: "Lower pane", Apply: func(s desk.State) desk.State { return s.With(conditionPaneOption, pane).With(option, value) }}
}
