package charts

import (
	"image/color"

	"witnessmark/data/frame"
)

// A Role says what a mark stands for. Its color, marker and dashes are the
// same in every chart; a theme gives the color.
type Role string

// The roles of conditions, in the order of the palette, with Grey for what
// has no color of its own.
const (
	Baseline            Role = "baseline"
	InoculationSpecific Role = "inoculation_specific"
	InoculationGeneral  Role = "inoculation_general"
	Irrelevant          Role = "irrelevant"
	Discouraging        Role = "discouraging"
	Other               Role = "other"
	Grey                Role = "grey"
)

// The roles of what is no condition: a single diagnostic series, ink, muted
// ink, axes, grid lines, hatching and the one hue of heat maps.
const (
	AccentRole Role = "accent"
	InkRole    Role = "ink"
	MutedRole  Role = "muted"
	AxisRole   Role = "axis"
	GridRole   Role = "grid"
	HatchRole  Role = "hatch"
	HeatRole   Role = "heat"
)

// ConditionRoles lists the six roles that have a color, in palette order.
var ConditionRoles = []Role{Baseline, InoculationSpecific, InoculationGeneral, Irrelevant, Discouraging, Other}

// A Marker is the shape of a point.
type Marker string

// The markers.
const (
	Circle  Marker = "circle"
	Square  Marker = "square"
	Diamond Marker = "diamond"
	Up      Marker = "up"
	Down    Marker = "down"
	Hexagon Marker = "hexagon"
)

// Marker returns the shape that goes with the role's color.
func (r Role) Marker() Marker {
	switch r {
	case InoculationSpecific:
		return Square
	case InoculationGeneral:
		return Diamond
	case Irrelevant:
		return Up
	case Discouraging:
		return Down
	case Other:
		return Hexagon
	}
	return Circle
}

// Dash returns the lengths of dashes and gaps in style units, nil for a solid line.
func (r Role) Dash() []float64 {
	switch r {
	case InoculationSpecific:
		return []float64{7, 3}
	case InoculationGeneral:
		return []float64{9, 3, 2, 3}
	case Irrelevant, Discouraging:
		return []float64{2, 2.5}
	case Other:
		return []float64{5, 3}
	}
	return nil
}

// Color returns the role's color in a theme; unknown roles are grey.
func (t Theme) Color(r Role) color.NRGBA {
	if c, ok := t.Palette[r]; ok {
		return c
	}
	switch r {
	case AccentRole:
		return t.Accent
	case InkRole:
		return t.Text
	case MutedRole:
		return t.Muted
	case GridRole:
		return t.Grid
	case HatchRole:
		return t.Hatch
	case HeatRole:
		return t.Heat
	}
	return t.Axis
}

// roleOf returns the role of a row's condition: the one the study gives it,
// else the one of its family, else baseline for the baseline and one of the
// colors left over, in row order. Past six conditions the rest is grey.
func roleOf(f frame.Frame, o Options, names []string) map[string]Role {
	out, used := map[string]Role{}, map[Role]bool{}
	for i, n := range names {
		if r := o.given(f, i, n); r != "" {
			out[n] = r
			used[r] = true
		}
	}
	for _, n := range names {
		if _, ok := out[n]; !ok {
			out[n] = unused(used)
			used[out[n]] = true
		}
	}
	return out
}

func (o Options) given(f frame.Frame, row int, name string) Role {
	if r, ok := o.Roles[name]; ok {
		return r
	}
	if family := Role(f.Text("family", row)); family != "" {
		return family
	}
	if name == o.Baseline {
		return Baseline
	}
	return ""
}

func unused(used map[Role]bool) Role {
	for _, r := range ConditionRoles[1:] {
		if !used[r] {
			return r
		}
	}
	return Grey
}
