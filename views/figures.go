package views

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// figures is a board of figures for a meeting: cards in the order of the talk,
// each drawn from its own state, with caption, export and provenance of the
// selected one at the right.
type figures struct {
	place   Place
	boards  *boards
	cards   map[int64]*pinned // by the figure's ID
	order   []*pinned
	state   desk.State
	grid    *part.Cards
	inspect *figureInspector
	strip   *figureStrip
	message *fyne.Container
	main    fyne.CanvasObject
	body    *fyne.Container

	board   *part.Select
	more    *part.Button
	refresh *part.Button
	export  *part.Button
	present *part.Button
	reveal  int64 // figure to scroll to once it is there

	exporting *task.Slot
}

func newFigures(p Place) View {
	v := &figures{place: p, boards: p.boards, cards: map[int64]*pinned{}, grid: part.NewCards(), message: container.NewStack(), exporting: task.NewSlot(p.Tasks)}
	v.boards.onRead = v.fill
	v.makeTools()
	v.grid.OnSelect = func(i int) { v.selectFigure(v.order[i]) }
	v.grid.OnOpen = func(i int) { v.open(v.order[i]) }
	v.grid.OnMove = func(from, to int) { v.move(v.order[from], from, to) }
	v.grid.OnRemove = func(i int) { v.remove(v.order[i]) }
	v.grid.OnSeen = v.pump
	v.inspect = newFigureInspector(v)
	v.strip = newFigureStrip(v)
	v.message.Hide()
	v.main = part.Border(nil, v.strip.box, nil, nil, part.Ground(theme.Background, v.grid.Place()))
	v.body = part.Border(nil, nil, nil, v.inspect.box, container.NewStack(v.main, v.message))
	return v
}

func (v *figures) makeTools() {
	v.board = part.NewSelect(nil, "", func(name string) { v.place.Desk.Do(desk.SetOption("Board", boardOption, name)) })
	v.board.Empty = firstBoard
	v.more = part.NewTool(theme.More, "New, rename or delete board", nil)
	v.more.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.more)
		v.place.Bench.Menu(at.AddXY(0, v.more.Size().Height), v.boardItems()...)
	}
	v.refresh = part.NewButton("Refresh", theme.Refresh, v.refreshStale).WithTip("Draw the stale figures from the data as they are now")
	v.export = part.NewButton("Export all…", theme.Export, v.exportAll)
	v.present = part.NewPrimary("Present  F11", theme.Present, v.Present)
}

// Content implements View.
func (v *figures) Content() fyne.CanvasObject { return v.body }

// Tools implements Tooled.
func (v *figures) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{part.Row(2, part.Labeled("Board", v.board), v.more), v.refresh, v.export, v.present}
}

// AsksNothing implements Unasking: every card asks for itself.
func (v *figures) AsksNothing() {}

// Ask implements View.
func (v *figures) Ask(desk.State) query.Query { return query.Query{} }

// Show implements View.
func (v *figures) Show(s desk.State, _ frame.Frame) {
	v.state = s
	v.fill()
	v.boards.read()
}

// fill brings the cards in line with the board as it was read.
func (v *figures) fill() {
	if v.boards.study != v.place.Study() {
		v.boards.all, v.boards.figures, v.boards.shown = nil, nil, store.Board{}
		v.boards.study = v.place.Study()
	}
	v.order = nil
	kept := map[int64]*pinned{}
	var cards []*part.FigureCard
	for i, f := range v.boards.figures {
		p := v.cards[f.ID]
		if p == nil || p.study != v.place.Study() {
			p = newPinned(v, f)
		}
		p.set(f, i+1)
		kept[f.ID] = p
		v.order, cards = append(v.order, p), append(cards, p.card)
	}
	for id, p := range v.cards {
		if kept[id] != p {
			p.slot.Cancel()
		}
	}
	v.cards = kept
	v.grid.Set(cards, v.selected())
	v.showEmpty()
	v.showTools()
	v.inspect.show()
	v.strip.show()
	v.scroll()
	v.pump()
	v.place.Bench.Changed()
}

// scroll brings a figure into view that has just been put somewhere.
func (v *figures) scroll() {
	if i := slices.IndexFunc(v.order, func(p *pinned) bool { return p.figure.ID == v.reveal }); v.reveal != 0 && i >= 0 {
		v.grid.Reveal(i)
		v.reveal = 0
	}
}

// showEmpty says how a board comes to have figures, where it has none.
func (v *figures) showEmpty() {
	v.message.Hidden = len(v.order) > 0 || v.place.Study() == nil
	if !v.message.Hidden && len(v.message.Objects) == 0 {
		do := func() { v.place.Desk.Do(desk.Open("conditions", "Conditions")) }
		v.message.Objects = []fyne.CanvasObject{part.Ground(theme.Background, part.Message("Pin a chart to collect figures for a meeting", part.Info, part.NewPrimary("Open Conditions", theme.Conditions, do)))}
	}
	v.message.Refresh()
}

func (v *figures) showTools() {
	names := make([]string, len(v.boards.all))
	for i, b := range v.boards.all {
		names[i] = b.Name
	}
	v.board.Set(names, v.boards.shown.Name)
	text, n := "Refresh", len(v.stale())
	if n > 0 {
		text = "Refresh " + strconv.Itoa(n) + " stale"
	}
	v.refresh.SetText(text)
	able(v.refresh, n > 0)
	able(v.export, len(v.order) > 0)
	able(v.present, len(v.order) > 0)
	able(v.more, v.place.Study() != nil)
}

// selected is the place of the selected figure, −1 for none.
func (v *figures) selected() int {
	return slices.IndexFunc(v.order, func(p *pinned) bool { return v.state.IsSelected(p.key()) })
}

// chosen is the selected figure; nil for none.
func (v *figures) chosen() *pinned {
	if i := v.selected(); i >= 0 {
		return v.order[i]
	}
	return nil
}

func (v *figures) selectFigure(p *pinned) {
	v.place.Desk.Do(desk.Select(p.key()))
}

// open shows the view that a figure was pinned in, as it was then.
func (v *figures) open(p *pinned) {
	if p.bad != nil {
		v.place.Bench.Say(plainError(p.bad))
		return
	}
	v.place.Desk.Do(desk.Restore("of figure "+strconv.Itoa(p.number), p.state))
}

// Chart implements Charting: the selected figure, else the first.
func (v *figures) Chart() (charts.Spec, bool) {
	p := v.chosen()
	if p == nil && len(v.order) > 0 {
		p = v.order[0]
	}
	if p == nil {
		return charts.Spec{}, false
	}
	return p.seen.Spec, p.has
}

// Report implements Reporting.
func (v *figures) Report() string {
	text := charts.Count(float64(len(v.order)), "figure")
	if n := len(v.stale()); n > 0 {
		text += ", " + strconv.Itoa(n) + " stale"
	}
	return text
}

func (f *Facts) figured() int {
	if f.figures == 0 {
		return -1
	}
	return f.figures
}

// A figureStrip is the line below the cards: their numbers in order, and what
// can be done with them.
type figureStrip struct {
	v    *figures
	box  fyne.CanvasObject
	row  *fyne.Container
	hint *part.Text
	n    int
	on   int
}

func newFigureStrip(v *figures) *figureStrip {
	s := &figureStrip{v: v, row: part.Row(4), hint: part.Small(stripHint), n: -1}
	numbers := container.NewHScroll(s.row)
	present := part.NewPrimary("Present", theme.Play, v.Present)
	line := part.Row(theme.Pad, part.Grow(numbers), part.Optional(s.hint), present)
	s.box = part.Fixed(0, 44, part.Ground(theme.Panel, part.Border(part.Rule(), nil, nil, nil, part.Pad(0, theme.Pad, 0, theme.Pad, line))))
	return s
}

// stripHint says what can be done; fewNumbers leave room for it beside them.
const (
	stripHint  = "Drag cards to reorder, the deck follows. In presentation arrows step, F filters live, Esc returns"
	fewNumbers = 8
)

// show lists the numbers, the selected one marked.
func (s *figureStrip) show() {
	on := s.v.selected()
	s.box.(*fyne.Container).Hidden = len(s.v.order) == 0
	if s.n == len(s.v.order) && s.on == on {
		return
	}
	s.n, s.on = len(s.v.order), on
	s.row.Objects = nil
	for i := range s.v.order {
		b := part.NewButton(strconv.Itoa(i+1), "", func() {
			if i < len(s.v.order) {
				s.v.selectFigure(s.v.order[i])
				s.v.grid.Reveal(i)
			}
		})
		b.Height, b.On, b.Centered = theme.Small, i == on, true
		s.row.Add(b)
	}
	s.row.Refresh()
	if s.hint.SetText(stripHint); s.n > fewNumbers {
		s.hint.SetText("")
	}
	s.box.Refresh()
}
