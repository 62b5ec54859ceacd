package column

import (
	"context"

	"witnessmark/data"
)

// A Run is a training run, or one model evaluated, as cells refer to it.
type Run struct {
	ID       int64  // in the study file
	Key      string // identity within the study
	Name     string // short, unique, shown
	Fields   data.Fields
	SetAside bool // left out of every answer until taken back; said on screen
}

// A Context is the circumstances of an evaluation: eval, eval prompt, grader …
type Context struct {
	ID     int64
	Fields data.Fields
}

// A Set is everything numeric of a study, in memory. It is immutable once
// built: a new revision of the study is a new Set, so readers need no lock.
// Cells index Runs and Contexts.
type Set struct {
	Runs     []Run
	Contexts []Context
	Tables   []*Table
	Aliases  map[string]string // original name of a field → canonical name
	Metrics  map[string]data.Metric
	Monitors map[string]data.Monitor
	Revision int64

	// Predictions made outside the program and within it, in their order.
	Predictions []data.Prediction
	// Search finds samples by a word or phrase of their texts: ordinals in
	// ascending order (see Table.OrdinalAt) by Table.Import. It is nil where
	// there are no texts.
	Search func(ctx context.Context, text string) (map[int64][]int32, error)
}

// Rows returns the number of rows of all tables, and of attempts among them.
func (s *Set) Rows() (all, attempts int) {
	for _, t := range s.Tables {
		all += t.Len()
		if t.Attempts {
			attempts += t.Len()
		}
	}
	return all, attempts
}
