package formats

// A Role says what a column, key or path segment means.
type Role string

// The roles. A role names either a field (run, condition, seed …: see the
// names in package data), or a number's place in a measure.
const (
	RoleIgnore    Role = "ignore"
	RoleField     Role = "field"     // a field of the run; As is its canonical or own name
	RoleContext   Role = "context"   // a field of the evaluation's context; As is its name
	RoleStep      Role = "step"      // training step of the checkpoint
	RoleItem      Role = "item"      // identity of the problem or prompt
	RoleEpoch     Role = "epoch"     // repetition of an item
	RoleMetric    Role = "metric"    // a metric's value; As is the metric's name
	RoleName      Role = "name"      // long tables: the cell holds the metric's name
	RoleValue     Role = "value"     // long tables: the value (or mean) of the named metric
	RoleSD        Role = "sd"        // standard deviation of the metric As, or of the named metric
	RoleSE        Role = "se"        // standard error, as for RoleSD
	RoleN         Role = "n"         // number behind the metric As, or behind every value of the row
	RoleK         Role = "count"     // successes of the metric As; out of the column Of, or as its rate tells
	RoleOutOf     Role = "out_of"    // trials, for the counts that name this column in Of
	RoleRate      Role = "rate"      // reported rate of the metric As: checks its count, or tells what it is out of
	RoleLo        Role = "lo"        // reported lower bound, kept beside, never trusted
	RoleHi        Role = "hi"        // reported upper bound
	RoleMonitor   Role = "monitor"   // long tables: the cell holds the monitor's name
	RoleScore     Role = "score"     // score of the monitor As, or of the named monitor
	RoleFlag      Role = "flag"      // verdict of the monitor As or the named one: yes, no, unknown
	RoleLabel     Role = "label"     // text class of a sample; As is its name
	RoleText      Role = "text"      // body of text; As is its part: prompt, cot, action, rationale …
	RoleExcluded  Role = "excluded"  // true, or a reason: the sample is left out
	RolePredicted Role = "predicted" // a prediction of the metric As
)

// Roles lists all roles in the order in which they are offered.
var Roles = []Role{
	RoleIgnore, RoleField, RoleContext, RoleStep, RoleItem, RoleEpoch,
	RoleMetric, RoleName, RoleValue, RoleSD, RoleSE, RoleN, RoleLo, RoleHi,
	RoleK, RoleOutOf, RoleRate, RoleMonitor, RoleScore, RoleFlag,
	RoleLabel, RoleText, RoleExcluded, RolePredicted,
}

// An Assign gives one column its meaning.
type Assign struct {
	Role Role   `json:"role"`
	As   string `json:"as,omitempty"`
	Of   string `json:"of,omitempty"`   // RoleK: the RoleOutOf column
	Sure bool   `json:"sure,omitempty"` // the guess is certain, or a person made it
}

// What the rows of a table are, in Mapping.Rows.
const (
	RowsSamples   = "samples"   // one row an attempt
	RowsSummaries = "summaries" // counts and means, a row a checkpoint (and metric)
	RowsConfig    = "config"    // one record of settings of the run that the path names
)

// What a condition is made from, in Mapping.Condition, where no column says it.
const (
	FromTrainPrompt = "train_prompt" // the train prompt's text; "(none)" for an empty one
	FromRunName     = "run_name"     // the run's name without the parts that repeat its other fields
)

// A Mapping says how a file's columns, keys and path become runs, contexts
// and measures. It is guessed, shown, edited, kept per folder, and saved as
// JSON.
type Mapping struct {
	// Template is matched at the end of the path: literal text, {field} for
	// a segment or a part of one, * for any segment, ** for any number.
	Template string `json:"template,omitempty"`
	// Columns is by original name (header, or JSON key path "a.b.c"). Columns
	// that it does not name are guessed.
	Columns map[string]Assign `json:"columns,omitempty"`
	// Constant fields are the same for every row, such as an eval's name.
	Constant map[string]string `json:"constant,omitempty"`
	// Rows is one of the Rows constants; guessed when empty.
	Rows string `json:"rows,omitempty"`
	// Identity names the fields that tell runs apart; guessed when empty. A
	// run that differs in another field of the run is reported.
	Identity []string `json:"identity,omitempty"`
	// Condition is what conditions are made from when no column, path
	// segment or constant says them; guessed when empty.
	Condition string `json:"condition,omitempty"`
	// Delimiter of a plain table; sniffed when empty.
	Delimiter string `json:"delimiter,omitempty"`
	// NoHeader means that the first line of a plain table is data; columns
	// are then called "column 1" and so on.
	NoHeader bool `json:"no_header,omitempty"`
	// DecimalComma means that 1.234,5 is written for 1234.5. It is never guessed.
	DecimalComma bool `json:"decimal_comma,omitempty"`
	// Encoding is "windows-1252" for text of that encoding; UTF-8 and UTF-16
	// are recognized.
	Encoding string `json:"encoding,omitempty"`
}

// NoPrompt is the condition of a run whose train prompt is empty.
const NoPrompt = "(none)"

// A ColumnSample is some of a column, from which its role is guessed.
type ColumnSample struct {
	Name   string
	Values []string // the cells of the sampled rows, the same rows for every column; "" where missing
	Lines  int      // sampled rows in which the column is present
}
