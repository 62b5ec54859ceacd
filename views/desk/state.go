// Package desk keeps what the screen is about. The screen is a function of
// one small value, the State; each thing a person does is a Change from one
// State to the next; undo is going back in the history of States. A saved
// view and the last session are States too, written as JSON.
//
// There are no widgets and no answers here: views turn a State into a
// question, and show what comes back.
package desk

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"witnessmark/data/query"
)

// A State is everything needed to show the same thing again. It is a plain
// value that is compared, saved and restored as a whole; a Change never
// writes into the slices or the map of the State it is given.
type State struct {
	View     string            `json:"view"`               // a Kind's ID
	Where    query.Filter      `json:"where,omitzero"`     // which samples
	Steps    query.Window      `json:"steps,omitzero"`     // which steps of each run
	By       []string          `json:"by,omitempty"`       // what rows are grouped by; the view's own grouping when empty
	Measure  string            `json:"measure,omitempty"`  // metric shown; the study's first when empty
	Monitor  string            `json:"monitor,omitempty"`  // monitor shown
	Baseline string            `json:"baseline,omitempty"` // condition that others are compared with
	Pair     query.Pairing     `json:"pair,omitempty"`     // what is paired with the baseline
	Level    float64           `json:"level,omitempty"`    // of intervals; 0 means 0.95
	Method   string            `json:"method,omitempty"`   // interval method; the default for the data when empty
	Chart    string            `json:"chart,omitempty"`    // kind of chart within the view
	Facet    string            `json:"facet,omitempty"`    // field that splits the chart into panels
	Sort     []query.Order     `json:"sort,omitempty"`     // order of the table's rows
	Columns  []string          `json:"columns,omitempty"`  // fields shown as further columns
	Hidden   []string          `json:"hidden,omitempty"`   // runs left out of charts, not of numbers
	Selected []string          `json:"selected,omitempty"` // rows selected, by their key
	Compare  bool              `json:"compare,omitempty"`  // the inspector compares what is selected
	Text     bool              `json:"text,omitempty"`     // the filter's text form is open
	Options  map[string]string `json:"options,omitempty"`  // a view's own switches, by "view.switch"
}

// Equal reports whether both show the same thing.
func (s State) Equal(o State) bool {
	a, errA := json.Marshal(s)
	b, errB := json.Marshal(o)
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// Option returns a view's switch, or the value it has until it is set.
func (s State) Option(name, unset string) string {
	if v, ok := s.Options[name]; ok {
		return v
	}
	return unset
}

// Flag returns a switch that is on or off.
func (s State) Flag(name string, unset bool) bool {
	on, err := strconv.ParseBool(s.Options[name])
	if err != nil {
		return unset
	}
	return on
}

// Number returns a switch that is a number.
func (s State) Number(name string, unset float64) float64 {
	v, err := strconv.ParseFloat(s.Options[name], 64)
	if err != nil {
		return unset
	}
	return v
}

// With returns s with a switch set.
func (s State) With(name, value string) State {
	s.Options = maps.Clone(s.Options)
	if s.Options == nil {
		s.Options = map[string]string{}
	}
	s.Options[name] = value
	return s
}

// IsHidden reports whether the run is left out of charts.
func (s State) IsHidden(run string) bool { return slices.Contains(s.Hidden, run) }

// IsSelected reports whether the row with the key is selected.
func (s State) IsSelected(key string) bool { return slices.Contains(s.Selected, key) }
