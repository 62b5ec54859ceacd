package views

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// busyAfter is how long an answer may take before the old one is veiled.
const busyAfter = 300 * time.Millisecond

// A Host holds the view that is on screen: it asks the view's question of the
// study, off the UI thread, and shows the answer. It is the only caller of
// Ask and Show. An unchanged question at an unchanged revision is not asked
// again.
type Host struct {
	// OnAnswer is called after each answer with how long it took.
	OnAnswer func(took time.Duration)

	place    Place
	slot     *task.Slot
	views    map[string]View
	kind     Kind
	view     View
	question string // that the answer answers
	pending  string // that is being asked
	answer   reply
	stopBusy func()
	face     *fyne.Container
	veil     fyne.CanvasObject
	message  *fyne.Container
}

// reply is an answer with the runs behind it.
type reply struct {
	frame   frame.Frame
	passing *Passing
}

func newHost(p Place) *Host {
	h := &Host{slot: task.NewSlot(p.Tasks), views: map[string]View{}, stopBusy: func() {}, answer: reply{passing: nonePassing}, OnAnswer: func(time.Duration) {}}
	p.Passing = func() *Passing { return h.answer.passing }
	h.place = p
	bar := part.NewBox(theme.Accent, theme.Clear, 0)
	h.veil = part.Border(part.Fixed(0, 2, bar), nil, nil, nil, part.NewBox(theme.Veil, theme.Clear, 0))
	h.veil.Hide()
	h.message = container.NewStack()
	h.message.Hide()
	h.face = container.NewStack(container.NewStack(), h.veil, h.message)
	return h
}

// Content returns what is on screen.
func (h *Host) Content() fyne.CanvasObject { return h.face }

// View returns the view on screen.
func (h *Host) View() View { return h.view }

// Update brings the screen in line with a state.
func (h *Host) Update(s desk.State) {
	h.turnTo(s.View)
	if _, ok := h.view.(Unasking); ok {
		h.slot.Cancel()
		h.settle("")
		h.view.Show(s, frame.Frame{})
		return
	}
	study := h.place.Study()
	if study == nil {
		return
	}
	q := h.view.Ask(s)
	question := h.sign(q)
	switch {
	case question == h.question:
		h.slot.Cancel()
		h.settle(question)
		h.show(s)
	case question != h.pending:
		h.ask(study, s, q, question)
	}
}

// turnTo puts a view on screen, making it when it is first needed.
func (h *Host) turnTo(id string) {
	if h.view != nil && h.kind.ID == id {
		return
	}
	k, ok := kindOf(id)
	if !ok {
		k = Kinds()[0]
	}
	if h.views[k.ID] == nil {
		h.views[k.ID] = k.New(h.place)
	}
	h.kind, h.view, h.question = k, h.views[k.ID], ""
	h.face.Objects[0] = h.view.Content()
	h.face.Refresh()
}

// sign is the same for questions that have the same answer.
func (h *Host) sign(q query.Query) string {
	text, err := json.Marshal(q)
	if err != nil {
		return fmt.Sprintf("%s %d %v", h.kind.ID, h.place.Facts().Revision, q)
	}
	return fmt.Sprintf("%s %d %s", h.kind.ID, h.place.Facts().Revision, text)
}

func (h *Host) ask(study Study, s desk.State, q query.Query, question string) {
	h.stopBusy()
	h.pending = question
	if h.question == "" {
		h.message.Hide()
	}
	h.stopBusy = h.place.Tasks.After(busyAfter, h.veil.Show)
	facts, began, reader := h.place.Facts(), h.place.Tasks.Now(), Study.Ask
	if v, ok := h.view.(Answering); ok {
		reader = func(s Study, ctx context.Context, q query.Query) (frame.Frame, error) { return v.Answer(ctx, s, q) }
	}
	task.Do(context.Background(), h.slot, func(ctx context.Context) (reply, error) {
		f, err := reader(study, ctx, q)
		if err != nil {
			return reply{}, err
		}
		x, err := study.Index(ctx)
		if err != nil {
			return reply{}, err
		}
		p, err := pass(ctx, x, facts, q.Where)
		return reply{f, p}, err
	}, func(r reply, err error) {
		if errors.Is(err, context.Canceled) {
			return
		}
		h.settle(question)
		if err != nil {
			h.question = ""
			h.say(h.explain(err))
			return
		}
		h.answer = r
		h.show(h.place.Desk.State())
		h.OnAnswer(h.place.Tasks.Now().Sub(began))
	})
}

// settle ends waiting: the question asked last has its answer.
func (h *Host) settle(question string) {
	h.stopBusy()
	h.question, h.pending = question, ""
	h.veil.Hide()
	h.message.Hide()
}

// show gives the answer to the view, or says why there is nothing to see.
func (h *Host) show(s desk.State) {
	if h.answer.frame.Len() > 0 {
		h.view.Show(s, h.answer.frame)
		return
	}
	if v, ok := h.view.(Emptiable); ok {
		if a := v.Empty(s); a.Text != "" {
			h.say(part.Message(a.Text, part.Info, a.button()))
			return
		}
		h.view.Show(s, h.answer.frame)
		return
	}
	h.say(part.Message(h.nothing(s)))
}

func (a Advice) button() *part.Button {
	if a.Action == "" {
		return nil
	}
	return part.NewPrimary(a.Action, "", a.Do)
}

func (h *Host) nothing(s desk.State) (string, part.Tone, *part.Button) {
	if !s.Where.IsZero() {
		return "No run passes this filter", part.Info, part.NewPrimary("Clear the filter", "", func() { h.place.Desk.Do(desk.SetFilter(query.Filter{})) })
	}
	return "This study has no results yet", part.Info, part.NewPrimary("Import results", theme.Import, func() { h.place.Desk.Do(desk.Open("import", "Import")) })
}

// explain says in words what went wrong, and what can be done.
func (h *Host) explain(err error) fyne.CanvasObject {
	text, next := plainError(err), "Undo"
	do := func() { h.place.Desk.Undo() }
	var unknown *estimate.UnknownError
	switch {
	case errors.As(err, &unknown) && unknown.What == "measure":
		next, do = "Show another measure", func() { h.place.Desk.Do(desk.SetMeasure("")) }
	case h.place.Desk.Undoable() == "":
		next, do = "Try again", func() { h.Update(h.place.Desk.State()) }
	}
	return part.Message(text, part.Wrong, part.NewButton(next, "", do))
}

func (h *Host) say(o fyne.CanvasObject) {
	h.message.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, o)}
	h.message.Show()
	h.message.Refresh()
}

// plainError is an error as it is shown: it begins with a capital letter.
func plainError(err error) string {
	if err.Error() == "" {
		return "Something went wrong, and nothing says what"
	}
	return upper(err.Error())
}
