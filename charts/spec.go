package charts

import (
	"encoding/json"
	"math"

	"witnessmark/data/frame"
)

// A Spec is a chart as plain data. It holds no pixels and no colors: the
// same Spec drawn in the same Style gives the same bytes.
type Spec struct {
	ID       string   `json:"id,omitempty"`       // of the recipe that made it
	Title    string   `json:"title,omitempty"`    // the finding
	Subtitle string   `json:"subtitle,omitempty"` // measure, model, eval; what the marks mean
	Source   string   `json:"source,omitempty"`   // runs, date, hash, version
	Panels   []Panel  `json:"panels"`
	Columns  int      `json:"columns,omitempty"` // panels side by side; 0 for all in one line, wrapped where too narrow
	ShareY   bool     `json:"share_y,omitempty"` // panels of a line share the vertical axis and label it once
	Notes    []string `json:"notes,omitempty"`   // what the reader must be told besides
	Recipe   string   `json:"recipe,omitempty"`  // opaque text from the caller, carried by exported files
}

// A Panel is one plot with its axes.
type Panel struct {
	Head     string   `json:"head,omitempty"`      // bold, above the plot
	HeadRole Role     `json:"head_role,omitempty"` // its marker before the head
	HeadNote []string `json:"head_note,omitempty"` // muted, above the plot at the right: forms, the longest first
	X        Axis     `json:"x"`
	Y        Axis     `json:"y"`
	Layers   []Layer  `json:"layers"`              // drawn in this order
	Side     []Block  `json:"side,omitempty"`      // texts right of the plot, each at its place on Y
	SideFrom float64  `json:"side_from,omitempty"` // least width of the panel, with all its texts, for those at the right; 0 for any
	Under    []Strip  `json:"under,omitempty"`     // lines of numbers under the axis
	Empty    string   `json:"empty,omitempty"`     // said where there is nothing to draw
	Weight   float64  `json:"weight,omitempty"`    // share of the width; 0 counts as 1
	Tall     float64  `json:"tall,omitempty"`      // share of the height; 0 counts as 1
	MinWidth float64  `json:"min_width,omitempty"` // of the plot with its texts, in style units
	Optional bool     `json:"optional,omitempty"`  // left out where there is no room for all
	Compact  bool     `json:"compact,omitempty"`   // cells of two Rows axes, which do not grow beyond what they say
	Square   bool     `json:"square,omitempty"`    // about square, so that the diagonal means what it seems to
}

// An Axis maps data to places.
type Axis struct {
	Kind   ScaleKind `json:"kind,omitempty"`
	Lo     float64   `json:"lo"`
	Hi     float64   `json:"hi"`
	Least  float64   `json:"least,omitempty"` // where a LogZero axis turns linear
	Format Format    `json:"format,omitempty"`
	Title  string    `json:"title,omitempty"`
	Ticks  []Tick    `json:"ticks,omitempty"`  // nil for ticks that suit the format
	Rows   []Block   `json:"rows,omitempty"`   // labels of a Rows axis
	Groups []Group   `json:"groups,omitempty"` // names left of the labels of a vertical Rows axis, of several rows each
	Bare   bool      `json:"bare,omitempty"`   // neither labels nor grid
	NoGrid bool      `json:"nogrid,omitempty"` // labels without grid lines
	Quiet  bool      `json:"quiet,omitempty"`  // ticks without labels: the panel below has them
	Last   bool      `json:"last,omitempty"`   // the end of the axis is labeled too
	Top    bool      `json:"top,omitempty"`    // labels of a horizontal Rows axis stand above the plot
}

// A Group names the rows from From up to To, without it.
type Group struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	Block
}

// A Block is a text of a few lines beside the plot. The first of its forms
// that fits is shown, so that a small chart says less instead of overlapping.
type Block struct {
	At     float64  `json:"at"` // row number, or value on Y
	Forms  [][]Line `json:"forms"`
	Source *Target  `json:"source,omitempty"` // where the text leads, nil for nowhere
}

// A Line is one line of a block.
type Line struct {
	Text  string `json:"text"`
	Role  Role   `json:"role,omitempty"` // its marker before the text
	Bold  bool   `json:"bold,omitempty"`
	Muted bool   `json:"muted,omitempty"`
}

// A Strip is a line of numbers under the axis, each at its place on X.
type Strip struct {
	Role Role     `json:"role,omitempty"`
	Head string   `json:"head,omitempty"` // alone on its line
	At   Values   `json:"at,omitempty"`
	Text []string `json:"text,omitempty"`
}

// A Layer is one series drawn by the mark it names. X and Y have one entry a
// point; X2 and Y2 are the far ends of intervals, bands, bars and cells.
type Layer struct {
	Mark   string    `json:"mark"`
	Name   string    `json:"name,omitempty"` // of the series
	Role   Role      `json:"role,omitempty"`
	X      Values    `json:"x,omitempty"`
	Y      Values    `json:"y,omitempty"`
	X2     Values    `json:"x2,omitempty"`
	Y2     Values    `json:"y2,omitempty"`
	Size   Values    `json:"size,omitempty"` // of points: factor on the usual radius
	Shade  Values    `json:"shade,omitempty"`
	Text   []string  `json:"text,omitempty"`
	Text2  []string  `json:"text2,omitempty"`
	Lane   Lane      `json:"lane,omitempty"`
	Anchor string    `json:"anchor,omitempty"` // of labels: start, middle, end, beside, left, auto
	Width  float64   `json:"width,omitempty"`
	Alpha  float64   `json:"alpha,omitempty"` // 0 counts as 1
	Dash   []float64 `json:"dash,omitempty"`
	Small  bool      `json:"small,omitempty"`
	Hollow bool      `json:"hollow,omitempty"`
	Bold   bool      `json:"bold,omitempty"`
	Muted  bool      `json:"muted,omitempty"`
	Source []Target  `json:"source,omitempty"` // nil, or what each point shows
}

// A Lane is a strip of a row: the estimate runs along the top, its units lie
// under it. Without a lane a mark sits in the middle.
type Lane string

// The lanes.
const (
	TopLane  Lane = "top"
	RestLane Lane = "rest"
)

// A Target is what a mark shows and where it leads.
type Target struct {
	Row  int         `json:"row"`
	Unit int         `json:"unit"` // index among the row's units; −1 for the row itself
	Text string      `json:"text,omitempty"`
	Keys []frame.Key `json:"keys,omitempty"`
}

// Values are numbers of which some may be missing (NaN) or infinite. In
// JSON those are null, "inf" and "-inf".
type Values []float64

// MarshalJSON implements json.Marshaler.
func (v Values) MarshalJSON() ([]byte, error) {
	out := make([]any, len(v))
	for i, x := range v {
		switch {
		case math.IsNaN(x):
			out[i] = nil
		case math.IsInf(x, 1):
			out[i] = "inf"
		case math.IsInf(x, -1):
			out[i] = "-inf"
		default:
			out[i] = x
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON implements json.Unmarshaler. Anything but a number, "inf"
// and "-inf" is missing.
func (v *Values) UnmarshalJSON(b []byte) error {
	var in []any
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*v = make(Values, len(in))
	for i, x := range in {
		switch x := x.(type) {
		case float64:
			(*v)[i] = x
		case string:
			(*v)[i] = infinity(x)
		default:
			(*v)[i] = math.NaN()
		}
	}
	return nil
}

func infinity(s string) float64 {
	switch s {
	case "inf":
		return math.Inf(1)
	case "-inf":
		return math.Inf(-1)
	}
	return math.NaN()
}

// at returns the value at i, or NaN past the end.
func (v Values) at(i int) float64 {
	if i < len(v) {
		return v[i]
	}
	return math.NaN()
}

func at[T any](s []T, i int) (out T) {
	if i < len(s) {
		out = s[i]
	}
	return out
}

func finite(v ...float64) bool {
	for _, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
