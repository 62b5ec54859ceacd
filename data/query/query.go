// Package query says what is asked of a study: which samples (a Filter), at
// which steps (a Window), grouped by what, measured how, against which
// baseline. A Query is a plain value: it is compared, saved and printed, and
// it knows nothing of how it will be answered.
//
// The same Filter object gives its canonical text, the sentence shown to
// people, and the test that engines run, so that the three cannot disagree.
package query

// A Pairing says which units of two groups belong together.
type Pairing string

// The pairings. PairAuto pairs by seed where seeds are shared, and says so.
const (
	PairAuto Pairing = ""
	PairSeed Pairing = "seed"
	PairItem Pairing = "item"
	PairNone Pairing = "none"
)

// A Query is one question. Its zero value asks for nothing; without By and
// Measures it lists samples.
type Query struct {
	Where    Filter
	Steps    Window
	By       []string // fields; each distinct combination of their values is one row
	Measures []string // metric names; one row a group and measure
	Baseline string   // value of By[0] that others are compared with; "" for none
	Pair     Pairing
	Level    float64 // of intervals; 0 means 0.95
	Method   string  // overrides the default interval method; "" for the default
	Units    bool    // also return the units behind each row
	Sort     []Order
	Search   string // words that the texts of a listed sample must have; texts are in no column, so the study finds them
	Limit    int    // 0 for all
	Offset   int
}

// An Order sorts rows by a column, numbers as numbers.
type Order struct {
	Field      string
	Descending bool
}

// LevelOr returns the level asked for, or the usual 0.95.
func (q Query) LevelOr() float64 {
	if q.Level == 0 {
		return 0.95
	}
	return q.Level
}
