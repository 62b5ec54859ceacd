// Package formats reads result files. Each format is one file that says
// which files it knows (Match) and passes what it finds to a Sink: runs,
// contexts, rows of aligned columns, bodies of text, and problems.
//
// Tables, JSON lines and JSON documents take one way: a sample of the file
// completes the Mapping by guesses, the mapping becomes a plan for the
// file's columns, blocks of lines are parsed by the plan into batches of
// columns, side by side, and a writer hands batches to the sink in the order
// of the file. Inspect's logs have a schema of their own and go to the sink
// sample by sample.
//
// A bad record is a data.Problem, counted and located, and reading goes on;
// only an error of the Sink or of the disk ends a read. Nothing in a file is
// ever run or followed: member names are keys, not paths.
package formats

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"witnessmark/data"
	"witnessmark/data/column"
)

// ErrUnknown is returned for a file that no format recognizes.
var ErrUnknown = errors.New("no format recognizes this file")

// A File is one regular file to read.
type File struct {
	Path string // as given by the user; shown in problems, matched by templates
	Size int64
	Open func() (io.ReadSeekCloser, error)
}

// A Format reads one kind of file.
type Format interface {
	// Name is shown to people and stored with the import, such as "inspect".
	Name() string
	// Help says in one sentence what the format is.
	Help() string
	// Match tells from the file's name and first bytes (up to 4 KiB) whether
	// Read can be expected to understand the file.
	Match(name string, head []byte) bool
	// Read passes the whole file to the sink, reading columns and keys as
	// the mapping says (formats with a fixed schema use only its template).
	// It returns ctx.Err when canceled, and the sink's errors as they are.
	Read(ctx context.Context, f File, m Mapping, to Sink) error
}

// All lists the formats in the order in which they are tried.
var All = []Format{Inspect{}, JSONL{}, JSON{}, CSV{}}

// Named returns the format of that name.
func Named(name string) (Format, bool) {
	i := slices.IndexFunc(All, func(f Format) bool { return f.Name() == name })
	if i < 0 {
		return nil, false
	}
	return All[i], true
}

// Detect returns the first format that knows the file by its name and
// beginning, looking through .gz and .zst. The error of a file that none
// knows wraps ErrUnknown and says why in plain words.
func Detect(f File) (Format, error) {
	src, err := openSource(f, "")
	if r := refusal(""); errors.As(err, &r) {
		return nil, fmt.Errorf("%w: %s", ErrUnknown, r)
	} else if err != nil {
		return nil, err
	}
	defer src.Close()
	for _, format := range All {
		if format.Match(src.name, src.head) {
			return format, nil
		}
	}
	if src.zip {
		return nil, fmt.Errorf("%w: it is a zip archive, but not an Inspect log", ErrUnknown)
	}
	return nil, ErrUnknown
}

// An Identified sink is told what a file is, such as a log's own id: another
// file of the same identity is a newer state of it. Sinks need not be.
type Identified interface {
	Identity(id string)
}

// A Sink takes what a format reads. Indexes returned by Run and Context are
// valid within one read only.
type Sink interface {
	// Run declares a run and merges its fields with what is known of it. Key
	// is its identity within the study: the same key in another file is the
	// same run.
	Run(key string, fields data.Fields) int32
	// Context declares the circumstances of an evaluation (eval, eval
	// prompt, grader, …); equal fields are one context.
	Context(fields data.Fields) int32
	// Table returns the builder for rows of one kind: attempts (one row a
	// sample) or not (counts and summaries).
	Table(attempts bool) *column.Builder
	// Metric says what is known of a metric beyond its name; see data.Metric.
	Metric(m data.Metric)
	// Monitor says what is known of a monitor beyond its name.
	Monitor(m data.Monitor)
	// Text adds a body of text to the row-th row added to Table(true), under
	// a part name such as "prompt", "cot", "action", "rationale", "messages".
	Text(row int, part, body string) error
	// Alias makes original another name of the canonical field.
	Alias(original, field string)
	// Prediction adds a prediction made outside the program.
	Prediction(p data.Prediction)
	// Problem adds one counted problem.
	Problem(p data.Problem)
	// Progress is called now and then with the bytes read so far.
	Progress(done int64)
}
