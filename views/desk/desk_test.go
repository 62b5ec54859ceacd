package desk_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

type clock struct{ time.Time }

func (c *clock) now() time.Time       { return c.Time }
func (c *clock) wait(d time.Duration) { c.Time = c.Add(d) }

func where(t *testing.T, text string) query.Filter {
	t.Helper()
	f, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestUndoReturnsThroughEveryStep(t *testing.T) {
	c := &clock{}
	d := desk.New(desk.State{View: "runs"}, c.now)
	d.Do(desk.SetMeasure("hack"))
	d.Do(desk.Open("conditions", "Conditions"))
	d.Do(desk.SetBaseline("neutral"))
	if d.Undoable() != "Baseline" {
		t.Errorf("undo would take back %q, want Baseline", d.Undoable())
	}
	d.Undo()
	d.Undo()
	if s := d.State(); s.View != "runs" || s.Measure != "hack" || s.Baseline != "" {
		t.Errorf("after two undos: %+v", s)
	}
	d.Redo()
	if d.State().View != "conditions" {
		t.Error("redo did not open conditions again")
	}
	d.Do(desk.SetMeasure("reward"))
	if d.Redo() {
		t.Error("a new change must end what could be redone")
	}
}

func TestTypingIsOneStep(t *testing.T) {
	c := &clock{}
	d := desk.New(desk.State{}, c.now)
	for _, text := range []string{"seed:1", "seed:12", "seed:123"} {
		d.Do(desk.SetFilter(where(t, text)))
		c.wait(400 * time.Millisecond)
	}
	c.wait(time.Second)
	d.Do(desk.SetFilter(where(t, "seed:7")))
	d.Undo()
	if got := d.State().Where.String(); got != "seed:123" {
		t.Errorf("first undo gave %q, want what was typed before the pause", got)
	}
	d.Undo()
	if !d.State().Where.IsZero() {
		t.Errorf("second undo gave %q, want no filter", d.State().Where)
	}
}

func TestQuietChangesAreNotUndoneOnTheirOwn(t *testing.T) {
	d := desk.New(desk.State{}, time.Now)
	d.Do(desk.SetMeasure("hack"))
	d.Do(desk.Select("neu-00", "neu-01"))
	d.Undo()
	if s := d.State(); s.Measure != "" || len(s.Selected) != 0 {
		t.Errorf("after undo: %+v, want the start", s)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	c := &clock{}
	d := desk.New(desk.State{}, c.now)
	for i := range 300 {
		d.Do(desk.SetMeasure(fmt.Sprint("m", i)))
		c.wait(time.Minute)
	}
	n := 0
	for d.Undo() {
		n++
	}
	if n != 200 {
		t.Errorf("%d steps could be undone, want 200", n)
	}
}

func TestNoChangeTellsNobody(t *testing.T) {
	d := desk.New(desk.State{Measure: "hack"}, time.Now)
	told := 0
	d.Watch(func(desk.State) { told++ })
	d.Do(desk.SetMeasure("hack"))
	if told != 0 || d.Undoable() != "" {
		t.Errorf("told %d watchers of a change to the same measure", told)
	}
}

func TestWatchersEndWithTheLastState(t *testing.T) {
	d := desk.New(desk.State{}, time.Now)
	var first, second string
	d.Watch(func(s desk.State) {
		first = s.Baseline
		if s.Measure == "hack" {
			d.Do(desk.SetBaseline("neutral"))
		}
	})
	d.Watch(func(s desk.State) { second = s.Baseline })
	d.Do(desk.SetMeasure("hack"))
	if first != "neutral" || second != "neutral" {
		t.Errorf("watchers saw %q and %q last, want neutral twice", first, second)
	}
}

func TestNarrowHoldsAllKeysAsOneStep(t *testing.T) {
	d := desk.New(desk.State{Where: where(t, "status:complete")}, time.Now)
	d.Do(desk.Both("Open samples", desk.Narrow(frame.Key{Field: "condition", Value: "neutral"}, frame.Key{Field: "seed", Value: "3"}), desk.Open("samples", "Samples")))
	s := d.State()
	if got := s.Where.Sentence(); !strings.Contains(got, "condition is neutral") || !strings.Contains(got, "seed is 3") || s.View != "samples" {
		t.Errorf("narrowed to %q in view %q", got, s.View)
	}
	d.Undo()
	if d.State().Where.String() != "status:complete" || d.State().View != "" {
		t.Errorf("one undo gave %+v", d.State())
	}
}

func TestHidingRunsKeepsOldStates(t *testing.T) {
	d := desk.New(desk.State{Hidden: []string{"a", "b"}}, time.Now)
	before := d.State()
	d.Do(desk.Hide(false, "a"))
	d.Do(desk.Hide(true, "c", "d"))
	if got := strings.Join(d.State().Hidden, ""); got != "bcd" {
		t.Errorf("hidden: %s, want bcd", got)
	}
	if strings.Join(before.Hidden, "") != "ab" {
		t.Error("hiding wrote into an older state")
	}
	d.Do(desk.HideAllBut([]string{"a", "b", "c"}, "b"))
	if got := strings.Join(d.State().Hidden, ""); got != "ac" {
		t.Errorf("hidden: %s, want all but b", got)
	}
}

func TestStateSurvivesJSON(t *testing.T) {
	steps, err := query.ParseWindow("last:10")
	if err != nil {
		t.Fatal(err)
	}
	s := desk.State{View: "conditions", Where: where(t, "condition:neutral step>=100"), Steps: steps, Measure: "hack", Level: 0.9,
		Sort: []query.Order{{Field: "seed", Descending: true}}, Selected: []string{"neutral"}}.With("checkpoints.smoothing", "0.8")
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back desk.State
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if !back.Equal(s) || back.Number("checkpoints.smoothing", 0) != 0.8 || !back.Steps.IsZero() == false {
		t.Errorf("%s came back as %+v", text, back)
	}
	if !strings.Contains(string(text), `"condition:neutral step`) {
		t.Errorf("a saved view should be readable by people, not %s", text)
	}
}

func TestOptionsDoNotShareMemory(t *testing.T) {
	a := desk.State{}.With("x", "1")
	b := a.With("x", "2")
	if a.Option("x", "") != "1" || b.Option("x", "") != "2" || a.Option("y", "unset") != "unset" {
		t.Errorf("a has %v, b has %v", a.Options, b.Options)
	}
	if !a.With("raw", "false").Flag("band", true) || a.With("raw", "false").Flag("raw", true) {
		t.Error("flags must keep what is set and otherwise what they are until then")
	}
}

func TestDeedsAreUndoneInTheirPlace(t *testing.T) {
	d := desk.New(desk.State{}, time.Now)
	pins := 0
	d.Do(desk.SetMeasure("hack"))
	pins++
	d.Did(desk.Deed{Name: "Pin", Undo: func() { pins-- }, Redo: func() { pins++ }})
	d.Do(desk.SetMeasure("other"))
	for _, want := range []struct {
		undoable string
		measure  string
		pins     int
	}{{"Measure", "other", 1}, {"Pin", "hack", 1}, {"Measure", "hack", 0}, {"", "", 0}} {
		if d.Undoable() != want.undoable || d.State().Measure != want.measure || pins != want.pins {
			t.Errorf("%q can be undone at measure %q with %d pins, want %+v", d.Undoable(), d.State().Measure, pins, want)
		}
		d.Undo()
	}
	for d.Redo() {
	}
	if d.State().Measure != "other" || pins != 1 {
		t.Errorf("done again: measure %q, %d pins", d.State().Measure, pins)
	}
}
