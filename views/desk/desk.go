package desk

import (
	"slices"
	"time"
)

// A Change is one thing that a person does, such as narrowing the filter.
type Change struct {
	Name  string            // shown in the Edit menu, such as "Filter condition"; changes of one name soon after another are one step
	Apply func(State) State // returns the new State; must not write into the old one's slices and map
	Quiet bool              // not undone on its own, such as selecting a row
}

// A Desk holds the current State, its history, and those who watch it. It
// belongs to the UI thread.
type Desk struct {
	now      func() time.Time
	state    State
	past     []step
	future   []step
	watchers []func(State)
	telling  bool
	again    bool
}

// A step is a State that can be returned to, and the change that left it. A
// step with a deed changed no State, but something that the study keeps.
type step struct {
	state State
	name  string
	at    time.Time
	deed  Deed
}

// A Deed is something that was done outside of the State, such as pinning a
// figure, with the way back.
type Deed struct {
	Name       string // shown in the Edit menu
	Undo, Redo func()
}

// Did puts a deed into the history, between the changes of the State.
func (d *Desk) Did(done Deed) {
	d.future = nil
	d.keep(step{d.state, done.Name, d.now(), done})
	d.tell()
}

const (
	longest  = 200         // steps that can be undone
	together = time.Second // changes of one name within it are one step
)

// New returns a desk with a state. The clock decides which changes are one
// step; it is time.Now except in tests.
func New(s State, now func() time.Time) *Desk { return &Desk{state: s, now: now} }

// State returns the current state.
func (d *Desk) State() State { return d.state }

// Do applies a change and tells the watchers, unless nothing changed.
func (d *Desk) Do(c Change) {
	next := c.Apply(d.state)
	if next.Equal(d.state) {
		return
	}
	if !c.Quiet {
		d.remember(c.Name)
	}
	d.set(next)
}

// remember keeps the current state as a step to return to. Typing a filter
// letter by letter is one step: the first of a series keeps its state, and
// the series goes on as long as no pause is longer than a second.
func (d *Desk) remember(name string) {
	d.future = nil
	now := d.now()
	if n := len(d.past); n > 0 && d.past[n-1].name == name && d.past[n-1].deed.Undo == nil && now.Sub(d.past[n-1].at) < together {
		d.past[n-1].at = now
		return
	}
	d.keep(step{state: d.state, name: name, at: now})
}

func (d *Desk) keep(s step) {
	d.past = append(d.past, s)
	if over := len(d.past) - longest; over > 0 {
		d.past = slices.Delete(d.past, 0, over)
	}
}

// Undo returns to the state before the last change; false if there is none.
func (d *Desk) Undo() bool {
	return d.travel(&d.past, &d.future, func(done Deed) func() { return done.Undo })
}

// Redo goes forward again after Undo; false if there is nothing undone.
func (d *Desk) Redo() bool {
	return d.travel(&d.future, &d.past, func(done Deed) func() { return done.Redo })
}

func (d *Desk) travel(from, to *[]step, way func(Deed) func()) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	s := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, step{state: d.state, name: s.name, deed: s.deed})
	if back := way(s.deed); back != nil {
		back()
		d.tell()
		return true
	}
	d.set(s.state)
	return true
}

// Undoable returns the name of the change that Undo takes back, "" if none.
func (d *Desk) Undoable() string { return last(d.past) }

// Redoable returns the name of the change that Redo repeats, "" if none.
func (d *Desk) Redoable() string { return last(d.future) }

func last(s []step) string {
	if len(s) == 0 {
		return ""
	}
	return s[len(s)-1].name
}

// Reset starts over with a state and without history, as after opening
// another study.
func (d *Desk) Reset(s State) {
	d.past, d.future = nil, nil
	d.set(s)
}

// Watch calls f after every change, in the order of watching.
func (d *Desk) Watch(f func(State)) { d.watchers = append(d.watchers, f) }

// set tells the watchers. A watcher that makes a change of its own does not
// start a second round within the first: the round is repeated with the last
// state, so that no watcher ends with an older state than another.
func (d *Desk) set(s State) {
	d.state = s
	d.tell()
}

func (d *Desk) tell() {
	if d.telling {
		d.again = true
		return
	}
	d.telling = true
	for d.again = true; d.again; {
		d.again = false
		for _, f := range d.watchers {
			f(d.state)
		}
	}
	d.telling = false
}
