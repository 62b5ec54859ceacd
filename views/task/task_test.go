package task_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"witnessmark/views/task"
	"witnessmark/views/task/tasktest"
)

func answer(s string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return s, nil }
}

func TestOnlyTheNewestAnswerArrives(t *testing.T) {
	for _, order := range [][]int{{0, 0, 0}, {2, 1, 0}, {1, 1, 0}, {2, 0, 0}} {
		var q tasktest.Queue
		slot := task.NewSlot(q.Runner())
		var got []string
		for _, s := range []string{"first", "second", "third"} {
			task.Do(t.Context(), slot, answer(s), func(s string, _ error) { got = append(got, s) })
		}
		for _, i := range order {
			q.Finish(i)
		}
		if strings.Join(got, " ") != "third" {
			t.Errorf("finished in order %v: got %v, want only the third answer", order, got)
		}
	}
}

func TestNewerWorkCancelsTheContextOfOlderWork(t *testing.T) {
	var q tasktest.Queue
	slot := task.NewSlot(q.Runner())
	var olderErr error
	task.Do(t.Context(), slot, func(ctx context.Context) (int, error) { olderErr = ctx.Err(); return 0, nil }, func(int, error) {})
	task.Do(t.Context(), slot, func(ctx context.Context) (int, error) { return 0, ctx.Err() }, func(_ int, err error) {
		if err != nil {
			t.Errorf("the newest work was canceled: %v", err)
		}
	})
	q.Settle()
	if !errors.Is(olderErr, context.Canceled) {
		t.Errorf("older work saw %v, want it canceled", olderErr)
	}
	if slot.Busy() {
		t.Error("the slot is still busy after its answer")
	}
}

func TestCancelDropsTheAnswer(t *testing.T) {
	var q tasktest.Queue
	slot := task.NewSlot(q.Runner())
	task.Do(t.Context(), slot, answer("late"), func(string, error) { t.Error("a canceled answer arrived") })
	slot.Cancel()
	q.Settle()
}

func TestPanicBecomesAnError(t *testing.T) {
	var q tasktest.Queue
	slot := task.NewSlot(q.Runner())
	var got error
	task.Do(t.Context(), slot, func(context.Context) (int, error) { panic("index 3") }, func(_ int, err error) { got = err })
	q.Settle()
	if got == nil || !strings.Contains(got.Error(), "index 3") {
		t.Errorf("got %v, want an error that names the panic", got)
	}
}

func TestTimersFireInOrderAndCanBeCanceled(t *testing.T) {
	var q tasktest.Queue
	r := q.Runner()
	var got []string
	r.After(200*time.Millisecond, func() { got = append(got, "b") })
	r.After(100*time.Millisecond, func() { got = append(got, "a") })
	cancel := r.After(150*time.Millisecond, func() { got = append(got, "never") })
	cancel()
	q.Advance(150 * time.Millisecond)
	if s := strings.Join(got, ""); s != "a" {
		t.Errorf("after 150 ms: %q, want a", s)
	}
	q.Settle()
	if s := strings.Join(got, ""); s != "ab" {
		t.Errorf("settled: %q, want ab", s)
	}
}

// The live runner is raced here against a UI thread of the test's own.
func TestLiveWorkComesBackOnTheUIThread(t *testing.T) {
	var mu sync.Mutex
	ui := make(chan func(), 8)
	slot := task.NewSlot(task.Live(func(f func()) { mu.Lock(); defer mu.Unlock(); ui <- f }))
	got := ""
	task.Do(t.Context(), slot, answer("old"), func(s string, _ error) { got += s })
	task.Do(t.Context(), slot, answer("new"), func(s string, _ error) { got += s })
	for range 2 {
		(<-ui)()
	}
	if got != "new" {
		t.Errorf("got %q, want only the newer answer", got)
	}
}
