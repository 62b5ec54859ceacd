package views

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/task"
)

// lookedAfter is how long a comparison is on screen before it counts as
// looked at: longer than it takes to drag or to type past it.
const lookedAfter = 1500 * time.Millisecond

// remembering is what a study must have beside Study to remember which
// comparisons were looked at.
type remembering interface {
	Look(ctx context.Context, q query.Query, answer frame.Frame) error
	AddToLedger(ctx context.Context, looks ...contrast.Look) error
}

// A ledger notes the comparisons that a person has looked at, once a question
// and revision, off the UI thread. What cannot be noted is left: looking must
// not fail because nobody can write it down.
type ledger struct {
	place Place
	slot  *task.Slot
	stop  func() // the wait for the comparison on screen
	noted map[string]bool
	// OnNoted is called when the study has noted something new.
	OnNoted func()
}

func newLedger(p Place) *ledger {
	return &ledger{place: p, slot: task.NewSlot(p.Tasks), stop: func() {}, noted: map[string]bool{}, OnNoted: func() {}}
}

// see is called with each answer that is shown.
func (l *ledger) see(view string, q query.Query, answer frame.Frame) {
	l.stop()
	l.stop = func() {}
	if c := answer.Col(frame.Diff); q.Baseline == "" || c == nil {
		return
	}
	l.wait(view, questionText(q), func(ctx context.Context, s remembering) error { return s.Look(ctx, q, answer) })
}

// seeAll is called with contrasts that are shown.
func (l *ledger) seeAll(view string, q query.Query, all []contrast.Planned) {
	var looks []contrast.Look
	text := questionText(q)
	for _, p := range all {
		looks = append(looks, p.Looks...)
		text += "\n" + p.Name + p.At
	}
	l.stop()
	l.stop = func() {}
	if len(looks) > 0 {
		l.wait(view, text, func(ctx context.Context, s remembering) error { return s.AddToLedger(ctx, looks...) })
	}
}

// wait notes something when it has been on screen for long enough.
func (l *ledger) wait(view, text string, note func(context.Context, remembering) error) {
	study := l.place.Study()
	to, ok := study.(remembering)
	if !ok || study.ReadOnly() {
		return
	}
	sign := study.Path() + "\n" + strconv.FormatInt(l.place.Facts().Revision, 10) + "\n" + text
	if l.noted[sign] {
		return
	}
	l.stop = l.place.Tasks.After(lookedAfter, func() {
		if l.place.Study() != study || l.place.Desk.State().View != view {
			return
		}
		l.noted[sign] = true
		task.Do(context.Background(), l.slot, func(ctx context.Context) (bool, error) { return true, note(ctx, to) }, func(_ bool, err error) {
			if err == nil {
				l.OnNoted()
			}
		})
	})
}

// questionText is the same for questions that have the same answer.
func questionText(q query.Query) string {
	text, err := json.Marshal(q)
	if err != nil {
		return fmt.Sprint(q)
	}
	return string(text)
}
