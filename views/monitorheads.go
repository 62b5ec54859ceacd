package views

import (
	"fyne.io/fyne/v2"

	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
)

// paneHeads choose what each pane shows.
type paneHeads struct {
	left, middle, right fyne.CanvasObject
	side                fyne.CanvasObject
	sided               *fyne.Container // what side stands in
	lower               *switcher
	with                *fyne.Container

	all        []*switcher
	curves     *switcher
	scores     *part.Text // in its place where there are scores only
	axes       *part.Select
	regimes    *switcher
	pairing    *part.Select
	capability *part.Select
}

// A switcher is segments that set a switch of the state.
type switcher struct {
	row    *part.Segments
	option string
	picks  []pick
}

func newSwitcher(p Place, name, option string, picks []pick) *switcher {
	s := &switcher{option: option, picks: picks}
	s.row = part.NewSegments(labelsOf(picks), func(i int) { p.Desk.Do(desk.SetOption(name, option, s.picks[i].value)) })
	return s
}

func labelsOf(picks []pick) []string {
	out := make([]string, len(picks))
	for i, p := range picks {
		out[i] = p.label
	}
	return out
}

// show picks the segment of a value.
func (s *switcher) show(value string) {
	s.row.Labels, s.row.Picked = labelsOf(s.picks), 0
	for i, p := range s.picks {
		if p.value == value {
			s.row.Picked = i
		}
	}
	s.row.Refresh()
}

func newPaneHeads(p Place) *paneHeads {
	h := &paneHeads{}
	left, middle, right := newSwitcher(p, "Rates", leftOption, leftPicks), newSwitcher(p, "Caught", middleOption, middlePicks), newSwitcher(p, "Curves", rightOption, rightPicks)
	h.lower, h.regimes = newSwitcher(p, "Lower pane", monitorPaneOption, lowerPicks("condition")), newSwitcher(p, "Regimes", regimeOption, regimePicks)
	h.all = []*switcher{left, middle, right, h.regimes}
	h.curves, h.scores = right, part.Strong("Scores")
	h.axes = part.NewSelect([]string{figure.LogAxes, figure.LinearAxes, figure.LogitAxes}, figure.LogAxes, func(a string) { p.Desk.Do(desk.SetOption("Axes", figure.AxesOption, a)) })
	h.axes.Labels, h.axes.Tip = labelsOf(axesPicks), "Axes of ROC curves"
	h.pairing = part.NewSelect(nil, "", func(f string) { p.Desk.Do(desk.SetOption("With and without", figure.WithoutOption, f)) })
	h.pairing.Tip, h.pairing.Most = "What runs are compared with and without", 140
	h.capability = part.NewSelect(nil, "", func(m string) { p.Desk.Do(desk.SetOption("Capability", figure.CapabilityOption, m)) })
	h.capability.Tip, h.capability.Most = "Measure that monitorability may be paid for with", 140
	h.left, h.middle, h.right = part.Head(left.row), part.Head(middle.row), part.Head(part.Row(0, h.scores, right.row), h.axes)
	h.side = part.Head(h.regimes.row, part.Labeled("Capability", h.capability))
	h.with = part.Labeled("With and without", h.pairing)
	return h
}

// beside puts the head of the lower chart above it.
func (h *paneHeads) beside(chart fyne.CanvasObject) fyne.CanvasObject {
	h.sided = part.Border(h.side, nil, nil, nil, chart)
	h.side.Hide()
	return h.sided
}

// show brings the heads in line with a picture.
func (h *paneHeads) show(s desk.State, p *monitorPicture, f *Facts) {
	h.lower.picks = lowerPicks(p.by)
	for _, each := range h.all {
		each.show(s.Option(each.option, ""))
	}
	h.lower.show(lowerOf(s, len(p.watch.boards)))
	h.curves.row.Hidden, h.scores.Hidden = p.blind, !p.blind
	h.axes.Hidden = p.blind || s.Option(rightOption, "") != ""
	h.axes.Set(h.axes.Options, figure.Axes(s))
	regimes := lowerOf(s, len(p.watch.boards)) == lowerRegimes
	part.SetVisible(h.side, regimes, h.sided)
	h.with.Hidden = true
	if !regimes {
		return
	}
	var fields []string
	for _, c := range figure.Pairings(f.Set) {
		fields = append(fields, c.Field)
	}
	if c, ok := figure.Pairing(s, f.Set); ok {
		h.with.Hidden = false
		h.pairing.Labels = titles(fields)
		h.pairing.Set(fields, c.Field)
	}
	all := figure.Capabilities(p.watch.study)
	h.capability.Labels = titles(all)
	h.capability.Set(all, figure.Capability(s, p.watch.study))
}

func titles(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = title(n)
	}
	return out
}
