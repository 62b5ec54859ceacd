// Package theme is the look of the window: its colors in light and dark, its
// sizes, and its icons. Widgets name a color by its role (Panel, Muted,
// Warn …), never by its value, and so follow the theme.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// A Mode chooses between light and dark.
type Mode uint8

// The modes. System follows the desktop's preference.
const (
	System Mode = iota
	Light
	Dark
)

// A Theme is the house theme in one mode. It is a fyne.Theme.
type Theme struct{ Mode Mode }

// Modes by their names in the preferences.
var modes = []string{"system", "light", "dark"}

func (m Mode) String() string { return modes[m] }

// ParseMode returns the mode with the name, System for any other text.
func ParseMode(name string) Mode {
	for i, s := range modes {
		if s == name {
			return Mode(i)
		}
	}
	return System
}

// Toggled returns the opposite of what is on screen now.
func Toggled() Mode {
	if IsDark() {
		return Light
	}
	return Dark
}

// IsDark reports whether the window is dark now.
func IsDark() bool {
	r, g, b, _ := Color(Panel).RGBA()
	return r+g+b < 3*0x8000
}

// Color returns the current value of a named color.
func Color(name fyne.ThemeColorName) color.Color { return fynetheme.Color(name) }

// Color implements fyne.Theme.
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	dark := variant == fynetheme.VariantDark
	if t.Mode != System {
		dark = t.Mode == Dark
	}
	if role, ok := fromFyne[name]; ok {
		name = role
	}
	if c, ok := tokens[name]; ok {
		if dark {
			return c.dark
		}
		return c.light
	}
	if dark {
		variant = fynetheme.VariantDark
	} else {
		variant = fynetheme.VariantLight
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

// Font implements fyne.Theme; the bundled font has tabular figures.
func (t Theme) Font(style fyne.TextStyle) fyne.Resource {
	return fynetheme.DefaultTheme().Font(style)
}

// Icon implements fyne.Theme for the few standard widgets that are used.
func (t Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fynetheme.DefaultTheme().Icon(name)
}

// Size implements fyne.Theme.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return fynetheme.DefaultTheme().Size(name)
}

// Sizes that widgets share, in pixels at scale 1.
const (
	TextSize    = 13 // base
	SmallSize   = 12 // secondary text, axis, table heads, chips; nothing is smaller
	TitleSize   = 15 // view and chart titles, bold
	Menu        = 28 // height of the menu bar
	Header      = 40 // height of a view's header
	FilterBar   = 34 // height of the filter bar
	Status      = 24 // height of the status bar
	Sidebar     = 184
	Facets      = 208
	Inspector   = 286
	PaneHead    = 30
	Row         = 25 // height of a table row
	DenseRow    = 24
	TableHead   = 26
	Nav         = 28
	FacetRow    = 22
	Control     = 26 // height of buttons, selects and entries
	Small       = 24 // height of small controls
	Primary     = 30 // height of the Import… button
	Chip        = 22
	Radius      = 4
	CardRadius  = 6
	CheckRadius = 3
	ChipRadius  = 11
	Pad         = 12 // inside panes
	Gap         = 8
)

var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:               TextSize,
	fynetheme.SizeNameCaptionText:        SmallSize,
	fynetheme.SizeNameHeadingText:        TitleSize,
	fynetheme.SizeNameSubHeadingText:     TextSize,
	fynetheme.SizeNamePadding:            4,
	fynetheme.SizeNameInnerPadding:       5,
	fynetheme.SizeNameLineSpacing:        3,
	fynetheme.SizeNameInlineIcon:         16,
	fynetheme.SizeNameScrollBar:          10,
	fynetheme.SizeNameScrollBarSmall:     4,
	fynetheme.SizeNameScrollBarRadius:    3,
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameSplitThickness:     5,
	fynetheme.SizeNameInputBorder:        0, // drawn by part.Entry, on whole pixels
	fynetheme.SizeNameInputRadius:        Radius,
	fynetheme.SizeNameSelectionRadius:    CheckRadius,
	fynetheme.SizeNameButtonRadius:       Radius,
	fynetheme.SizeNamePopupRadius:        CardRadius,
	fynetheme.SizeNameMenuRadius:         CardRadius,
	fynetheme.SizeNameDialogRadius:       CardRadius,
	fynetheme.SizeNameCardRadius:         CardRadius,
	fynetheme.SizeNameModalBlurRadius:    0,
}
