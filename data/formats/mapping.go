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
	RoleK         Role = "count"     // successes of the metric As; out of the column Of
	RoleOutOf     Role = "out_of"    // trials, for the counts that name this column in Of
	RoleLo        Role = "lo"        // reported lower bound, kept beside, never trusted
	RoleHi        Role = "hi"        // reported upper bound
	RoleScore     Role = "score"     // score of the monitor As
	RoleFlag      Role = "flag"      // verdict of the monitor As: yes, no, unknown
	RoleLabel     Role = "label"     // text class of a sample; As is its name
	RoleText      Role = "text"      // body of text; As is its part: prompt, cot, action, rationale …
	RoleExcluded  Role = "excluded"  // true, or a reason: the sample is left out
	RolePredicted Role = "predicted" // a prediction of the metric As
)

// An Assign gives one column its meaning.
type Assign struct {
	Role Role   `json:"role"`
	As   string `json:"as,omitempty"`
	Of   string `json:"of,omitempty"`   // RoleK: the RoleOutOf column
	Sure bool   `json:"sure,omitempty"` // the guess is certain, or a person made it
}

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
}
