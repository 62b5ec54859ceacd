// Package tasktest runs tasks on the goroutine of a test, in an order that
// the test decides, on a clock that only the test moves. Nothing sleeps and
// nothing races.
package tasktest

import (
	"slices"
	"time"

	"witnessmark/views/task"
)

// A Queue keeps started work until the test lets it run. The zero value is
// ready.
type Queue struct {
	work   []func()
	posts  []func()
	timers []*timer
	now    time.Time
}

type timer struct {
	at time.Time
	f  func()
}

// Runner returns a runner whose work waits in the queue.
func (q *Queue) Runner() task.Runner {
	return task.Runner{
		Start: func(f func()) { q.work = append(q.work, f) },
		Post:  func(f func()) { q.posts = append(q.posts, f) },
		After: q.after,
		Now:   q.Now,
	}
}

func (q *Queue) after(d time.Duration, f func()) func() {
	t := &timer{at: q.Now().Add(d), f: f}
	q.timers = append(q.timers, t)
	return func() { q.timers = slices.DeleteFunc(q.timers, func(o *timer) bool { return o == t }) }
}

// Now is the queue's time, which starts on a fixed day.
func (q *Queue) Now() time.Time {
	if q.now.IsZero() {
		q.now = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	}
	return q.now
}

// Pending returns how many pieces of work have been started and not run.
func (q *Queue) Pending() int { return len(q.work) }

// Finish runs the i-th piece of pending work and then what it posted. Work
// that was started later may so be finished earlier.
func (q *Queue) Finish(i int) {
	f := q.work[i]
	q.work = slices.Delete(q.work, i, i+1)
	f()
	q.drain()
}

// Advance moves the clock, firing timers in their order.
func (q *Queue) Advance(d time.Duration) {
	until := q.Now().Add(d)
	for {
		t := q.next(until)
		if t == nil {
			break
		}
		q.now = t.at
		q.timers = slices.DeleteFunc(q.timers, func(o *timer) bool { return o == t })
		t.f()
		q.drain()
	}
	q.now = until
}

// Settle does everything that is due: posts, work in the order in which it
// was started, and timers within the next second, until nothing is left. It
// panics when work keeps starting more work.
func (q *Queue) Settle() {
	until := q.Now().Add(time.Second)
	for range 10_000 {
		q.drain()
		if len(q.work) > 0 {
			q.Finish(0)
		} else if t := q.next(until); t != nil {
			q.Advance(t.at.Sub(q.now))
		} else {
			return
		}
	}
	panic("tasktest: work keeps starting more work")
}

func (q *Queue) next(until time.Time) *timer {
	var first *timer
	for _, t := range q.timers {
		if !t.at.After(until) && (first == nil || t.at.Before(first.at)) {
			first = t
		}
	}
	return first
}

func (q *Queue) drain() {
	for len(q.posts) > 0 {
		f := q.posts[0]
		q.posts = q.posts[1:]
		f()
	}
}
