package stats

import (
	"errors"
	"fmt"
)

// Unit is what was counted: the independent things an interval generalizes
// over. The word is shown beside every n.
type Unit string

// The units of inference, from the widest claim to the narrowest.
const (
	Seeds   Unit = "seeds"   // training runs: a claim about a condition
	Items   Unit = "items"   // prompts or problems: a claim about one checkpoint
	Samples Unit = "samples" // single attempts: only where they are independent
	Cells   Unit = "cells"   // (condition, eval, checkpoint) means
	Studies Unit = "studies" // effects pooled by a meta-analysis
)

// An Estimate is a number together with all that is needed to judge it.
// Lo and Hi bound the two-sided interval at Level (0 < Level < 1) and may be
// infinite; they are never NaN. N counts Unit.
type Estimate struct {
	Value, Lo, Hi float64
	Level         float64
	N             int
	Unit          Unit
	Method        string   // short name shown on figures, such as "t over seeds"
	Notes         []string // what a reader must be told, in plain words
}

// NotEstimable says why a number cannot be had from these data. It is an
// ordinary answer, not a failure: views print it in the place of the number,
// and it must never become 0 or NaN on the way.
type NotEstimable struct{ Why string }

func (e *NotEstimable) Error() string { return "not estimable: " + e.Why }

// Because returns a *NotEstimable with a formatted reason, in the words that
// are shown after "not estimable, because".
func Because(format string, args ...any) error {
	return &NotEstimable{Why: fmt.Sprintf(format, args...)}
}

// Reason returns the words after "not estimable, because": the why of a
// *NotEstimable, the text of another error, "" of none.
func Reason(err error) string {
	var none *NotEstimable
	switch {
	case err == nil:
		return ""
	case errors.As(err, &none):
		return none.Why
	}
	return err.Error()
}
