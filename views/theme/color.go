package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The colors by their role.
const (
	Background fyne.ThemeColorName = "wm.bg"    // window, table heads
	Panel      fyne.ThemeColorName = "wm.panel" // tables, charts, entries
	Side       fyne.ThemeColorName = "wm.side"  // sidebar, menu, status bar
	Head       fyne.ThemeColorName = "wm.head"  // heads of panes and views
	Line       fyne.ThemeColorName = "wm.line"  // separators
	Border     fyne.ThemeColorName = "wm.border"
	Text       fyne.ThemeColorName = "wm.text"
	Muted      fyne.ThemeColorName = "wm.muted" // secondary text
	Accent     fyne.ThemeColorName = "wm.accent"
	OnAccent   fyne.ThemeColorName = "wm.onaccent"
	Selected   fyne.ThemeColorName = "wm.selected"
	SelectText fyne.ThemeColorName = "wm.selecttext"
	Hover      fyne.ThemeColorName = "wm.hover"
	Warn       fyne.ThemeColorName = "wm.warn"
	WarnBack   fyne.ThemeColorName = "wm.warnback"
	WarnLine   fyne.ThemeColorName = "wm.warnline"
	Bad        fyne.ThemeColorName = "wm.bad"
	BadBack    fyne.ThemeColorName = "wm.badback"
	BadLine    fyne.ThemeColorName = "wm.badline"
	OK         fyne.ThemeColorName = "wm.ok"
	OKBack     fyne.ThemeColorName = "wm.okback"
	OKLine     fyne.ThemeColorName = "wm.okline"
	Grid       fyne.ThemeColorName = "wm.grid"
	Axis       fyne.ThemeColorName = "wm.axis"
	Bar        fyne.ThemeColorName = "wm.bar" // bars of facets and their tracks
	Track      fyne.ThemeColorName = "wm.track"
	Deleted    fyne.ThemeColorName = "wm.deleted"
	Inserted   fyne.ThemeColorName = "wm.inserted"
	Veil       fyne.ThemeColorName = "wm.veil" // over an old picture while a new one is drawn
	Clear      fyne.ThemeColorName = "wm.clear"
)

type pair struct{ light, dark color.NRGBA }

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

func both(light, dark uint32) pair { return pair{hex(light), hex(dark)} }

func veiled(p pair, alpha uint8) pair {
	p.light.A, p.dark.A = alpha, alpha
	return p
}

var tokens = map[fyne.ThemeColorName]pair{
	Background: both(0xF6F7F9, 0x15171C),
	Panel:      both(0xFFFFFF, 0x1B1E24),
	Side:       both(0xEFF1F4, 0x121419),
	Head:       both(0xF6F7F9, 0x181B20),
	Line:       both(0xDFE2E8, 0x2C3039),
	Border:     both(0xC4C9D3, 0x434955),
	Text:       both(0x1B1F27, 0xE3E6EC),
	Muted:      both(0x586071, 0xA0A7B5),
	Accent:     both(0x4A51C6, 0x8D93F2),
	OnAccent:   both(0xFFFFFF, 0x14162B),
	Selected:   both(0xE9EAFA, 0x2A2D4D),
	SelectText: both(0x343BA8, 0xC3C6FF),
	Hover:      both(0xF0F2F5, 0x22262D),
	Warn:       both(0x7A5200, 0xE8C069),
	WarnBack:   both(0xFFF5DC, 0x322A17),
	WarnLine:   both(0xE3C988, 0x5E4E25),
	Bad:        both(0xA8281F, 0xF29A92),
	BadBack:    both(0xFCECEA, 0x3A2321),
	BadLine:    both(0xE8B4AF, 0x6B3B37),
	OK:         both(0x1D6B47, 0x7FCFA5),
	OKBack:     both(0xE7F4ED, 0x1B3226),
	OKLine:     both(0xA9D3BD, 0x2F5A44),
	Grid:       both(0xE8EAEF, 0x2A2E36),
	Axis:       both(0x868D9B, 0x767D8B),
	Bar:        both(0x9AA0AC, 0x767D8B),
	Track:      both(0xEEF0F4, 0x262A32),
	Deleted:    both(0xFBE3E0, 0x48292A),
	Inserted:   both(0xDDF1E6, 0x1E3C2D),
	Veil:       veiled(both(0xFFFFFF, 0x1B1E24), 128),
	Clear:      {},
}

// fromFyne gives the standard widgets our colors.
var fromFyne = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:          Background,
	fynetheme.ColorNameButton:              Panel,
	fynetheme.ColorNameDisabledButton:      Background,
	fynetheme.ColorNameDisabled:            Axis,
	fynetheme.ColorNameError:               Bad,
	fynetheme.ColorNameFocus:               Selected,
	fynetheme.ColorNameForeground:          Text,
	fynetheme.ColorNameForegroundOnError:   OnAccent,
	fynetheme.ColorNameForegroundOnPrimary: OnAccent,
	fynetheme.ColorNameForegroundOnSuccess: OnAccent,
	fynetheme.ColorNameForegroundOnWarning: OnAccent,
	fynetheme.ColorNameHeaderBackground:    Head,
	fynetheme.ColorNameHover:               Hover,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameInputBackground:     Clear, // drawn by part.Entry
	fynetheme.ColorNameInputBorder:         Border,
	fynetheme.ColorNameMenuBackground:      Panel,
	fynetheme.ColorNameOverlayBackground:   Panel,
	fynetheme.ColorNamePlaceHolder:         Muted,
	fynetheme.ColorNamePressed:             Selected,
	fynetheme.ColorNamePrimary:             Accent,
	fynetheme.ColorNameScrollBar:           Border,
	fynetheme.ColorNameScrollBarBackground: Clear,
	fynetheme.ColorNameSelection:           Selected,
	fynetheme.ColorNameSeparator:           Line,
	fynetheme.ColorNameShadow:              Clear,
	fynetheme.ColorNameSuccess:             OK,
	fynetheme.ColorNameWarning:             Warn,
}
