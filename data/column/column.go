// Package column keeps numbers as columns in memory. Rows are aligned by
// sample: one column a metric, a score and a flag column a monitor; and they
// are clustered by run, context and step, so that each group of samples is a
// contiguous Cell and recall, pairing and thresholds are scans without joins.
//
// Missing is NaN (or Missing in byte columns), and is not zero.
package column

// A Kind says what the numbers of a column are.
type Kind uint8

// Kinds of columns. A metric is named once; the kinds under its name say in
// which grain it came: Value alone in a table of attempts is samples, K with N
// is counts, Value with SD, SE or N (or alone) in other tables is a summary.
const (
	Value Kind = iota // metric value of a sample, or a mean or single number at a checkpoint
	K                 // successes
	N                 // out of, or the number behind a mean
	SD                // standard deviation of samples
	SE                // standard error, as reported
	Lo                // reported lower bound, kept but never trusted
	Hi                // reported upper bound, kept but never trusted
	Score             // monitor's score of a sample
	Flag              // monitor's verdict: 0, 1, Unknown or missing
	Label             // text of a sample, coded by Column.Dict (outcome class, answer …)
)

// kindNames are the names under which kinds stand in study files.
var kindNames = [...]string{"value", "k", "n", "sd", "se", "lo", "hi", "score", "flag", "label"}

// String returns the short name of the kind, such as "value" or "se".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Codes of byte columns that are not values.
const (
	Missing uint8 = 255
	Unknown uint8 = 254 // the monitor answered, but neither yes nor no
)

// An ID names a column.
type ID struct {
	Name string
	Kind Kind
}

// A Column has one entry a row, in Num or in Code: byte columns hold small
// whole numbers (0 to 253), which saves memory for flags and 0/1 metrics.
type Column struct {
	ID
	Num  []float64
	Code []uint8
	Dict []string // for Label: text of each code
}

// A Cell is a run of consecutive rows of one run, context and step. Step is
// NaN where the source names none.
type Cell struct {
	Run, Context int32
	Step         float64
	From, To     int32 // rows From ≤ i < To
}

// A Table is the numbers of one import: rows in clustered order.
type Table struct {
	Import   int64
	Attempts bool // rows are samples; else counts and summaries at a checkpoint
	Cells    []Cell
	Item     []int32 // index into Items; −1 where none; nil when no row has one
	Items    []string
	Epoch    []int32
	Excluded []uint8 // index into Reasons; 0 is "not excluded"; nil when none is
	Reasons  []string
	Ordinal  []int32 // row's position in its source; nil when equal to the index
	Columns  []Column
}
