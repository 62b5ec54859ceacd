package theme_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"witnessmark/views/theme"
)

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Everything that is read must reach 4.5:1 (WCAG 2.2, success criterion
// 1.4.3) on each ground it stands on.
func TestTextIsReadableOnItsGround(t *testing.T) {
	on := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.Text:       {theme.Background, theme.Panel, theme.Side, theme.Head, theme.Selected, theme.Hover},
		theme.Muted:      {theme.Background, theme.Panel, theme.Side, theme.Head, theme.Selected},
		theme.Accent:     {theme.Background, theme.Panel},
		theme.OnAccent:   {theme.Accent},
		theme.SelectText: {theme.Selected},
		theme.Warn:       {theme.WarnBack, theme.Panel},
		theme.Bad:        {theme.BadBack, theme.Panel},
		theme.OK:         {theme.OKBack, theme.Panel},
	}
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		look := theme.Theme{Mode: mode}
		for ink, grounds := range on {
			for _, ground := range grounds {
				if c := contrast(look.Color(ink, 0), look.Color(ground, 0)); c < 4.5 {
					t.Errorf("%v: %s on %s has a contrast of %.1f, want at least 4.5", mode, ink, ground, c)
				}
			}
		}
	}
}

func TestModes(t *testing.T) {
	system := theme.Theme{}
	if system.Color(theme.Panel, fynetheme.VariantDark) == system.Color(theme.Panel, fynetheme.VariantLight) {
		t.Error("the system mode must follow the desktop")
	}
	for _, m := range []theme.Mode{theme.System, theme.Light, theme.Dark} {
		if theme.ParseMode(m.String()) != m {
			t.Errorf("mode %v does not survive the preferences", m)
		}
	}
	if theme.ParseMode("pink") != theme.System {
		t.Error("an unknown mode should follow the system")
	}
	dark := theme.Theme{Mode: theme.Dark}
	if dark.Color(fynetheme.ColorNameForeground, fynetheme.VariantLight) != dark.Color(theme.Text, fynetheme.VariantLight) {
		t.Error("standard widgets should have the house colors, in the chosen mode")
	}
}
