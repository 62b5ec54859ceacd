// Package task is the only way off the UI thread. A Slot holds at most one
// piece of work: starting another cancels the one before, and an answer that
// arrives late is dropped, so an old answer can never overwrite a newer one.
//
// Everything here except the work itself happens on the UI thread, which is
// why there is no lock. Programs run on Live; tests on tasktest.Queue, which
// runs the same code on the test's goroutine, in an order that the test picks.
package task

import (
	"context"
	"fmt"
	"time"
)

// A Runner says how work leaves the UI thread and comes back to it.
type Runner struct {
	Start func(func())                                // runs work elsewhere
	Post  func(func())                                // runs a function on the UI thread, in order
	After func(time.Duration, func()) (cancel func()) // runs a function on the UI thread, later
	Now   func() time.Time                            // the clock that After keeps to
}

// Live returns the runner of a real window; post is fyne.Do.
func Live(post func(func())) Runner {
	return Runner{
		Start: func(work func()) { go work() },
		Post:  post,
		After: func(d time.Duration, f func()) func() {
			canceled := false // read and written on the UI thread only
			t := time.AfterFunc(d, func() {
				post(func() {
					if !canceled {
						f()
					}
				})
			})
			return func() { canceled = true; t.Stop() }
		},
		Now: time.Now,
	}
}

// A Slot holds at most one piece of work. Use NewSlot.
type Slot struct {
	run    Runner
	number int
	cancel context.CancelFunc
}

// NewSlot returns an empty slot.
func NewSlot(r Runner) *Slot { return &Slot{run: r} }

// Busy reports whether work has been started and neither finished nor canceled.
func (s *Slot) Busy() bool { return s.cancel != nil }

// Cancel ends the work in the slot, if any; its answer will be dropped.
func (s *Slot) Cancel() {
	if s.cancel != nil {
		s.cancel()
	}
	s.number, s.cancel = s.number+1, nil
}

// Do replaces the work in the slot. The answer, or the error, comes to done on
// the UI thread, unless newer work or Cancel came first. Work that panics
// gives an error instead of ending the program.
func Do[T any](ctx context.Context, s *Slot, work func(context.Context) (T, error), done func(T, error)) {
	s.Cancel()
	ctx, s.cancel = context.WithCancel(ctx)
	mine := s.number
	s.run.Start(func() {
		answer, err := guarded(ctx, work)
		s.run.Post(func() {
			if s.number == mine {
				s.Cancel()
				done(answer, err)
			}
		})
	})
}

func guarded[T any](ctx context.Context, work func(context.Context) (T, error)) (answer T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("this could not be worked out, because the program has a mistake: %v", r)
		}
	}()
	return work(ctx)
}
