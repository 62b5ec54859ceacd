package charts

import (
	"fmt"
	"image/color"
	"maps"
	"math"
)

// A Theme gives every color of the house style a value. Views take their own
// colors from the same tokens.
type Theme struct {
	Name                          string
	Ground, Panel, Side           color.NRGBA // window, charts and tables, sidebar
	Line, Line2                   color.NRGBA // separators, control borders
	Text, Muted                   color.NRGBA
	Accent, OnAccent              color.NRGBA
	Selected, SelectedText        color.NRGBA
	WarnText, WarnFill, WarnLine  color.NRGBA
	BadText, BadFill, BadLine     color.NRGBA
	OKText, OKFill                color.NRGBA
	Grid, Axis, Hatch             color.NRGBA
	Deleted, Inserted             color.NRGBA
	Heat                          color.NRGBA // the one hue of heat maps, drawn at 3 to 92 %
	Palette                       map[Role]color.NRGBA
	SeedAlpha, BandAlpha, RawDots float64 // opacity of one seed's line, of a band, of raw values
}

// Light is the theme of the window by day and of exports.
func Light() Theme {
	return Theme{
		Name:   "light",
		Ground: hex("F6F7F9"), Panel: hex("FFFFFF"), Side: hex("EFF1F4"),
		Line: hex("DFE2E8"), Line2: hex("C4C9D3"),
		Text: hex("1B1F27"), Muted: hex("586071"),
		Accent: hex("4A51C6"), OnAccent: hex("FFFFFF"),
		Selected: hex("E9EAFA"), SelectedText: hex("343BA8"),
		WarnText: hex("7A5200"), WarnFill: hex("FFF5DC"), WarnLine: hex("E3C988"),
		BadText: hex("A8281F"), BadFill: hex("FCECEA"), BadLine: hex("E8B4AF"),
		OKText: hex("1D6B47"), OKFill: hex("E7F4ED"),
		Grid: hex("E8EAEF"), Axis: hex("868D9B"), Hatch: hex("A9AFBB"),
		Deleted: hex("FBE3E0"), Inserted: hex("DDF1E6"),
		Heat: hex("0060A0"),
		Palette: map[Role]color.NRGBA{
			Baseline: hex("596069"), InoculationSpecific: hex("0072B2"), InoculationGeneral: hex("DD5F9E"),
			Irrelevant: hex("1C9C5C"), Discouraging: hex("D55E00"), Other: hex("6B4B00"), Grey: hex("868D9B"),
		},
		SeedAlpha: 0.5, BandAlpha: 0.13, RawDots: 0.35,
	}
}

// Dark is the theme of the window by night.
func Dark() Theme {
	return Theme{
		Name:   "dark",
		Ground: hex("15171C"), Panel: hex("1B1E24"), Side: hex("121419"),
		Line: hex("2C3039"), Line2: hex("434955"),
		Text: hex("E3E6EC"), Muted: hex("A0A7B5"),
		Accent: hex("8D93F2"), OnAccent: hex("14162B"),
		Selected: hex("2A2D4D"), SelectedText: hex("C3C6FF"),
		WarnText: hex("E8C069"), WarnFill: hex("322A17"), WarnLine: hex("5E4E25"),
		BadText: hex("F29A92"), BadFill: hex("3A2321"), BadLine: hex("6B3B37"),
		OKText: hex("7FCFA5"), OKFill: hex("1B3226"),
		Grid: hex("2A2E36"), Axis: hex("767D8B"), Hatch: hex("5A616E"),
		Deleted: hex("48292A"), Inserted: hex("1E3C2D"),
		Heat: hex("60B0F0"),
		Palette: map[Role]color.NRGBA{
			Baseline: hex("C0C6D0"), InoculationSpecific: hex("58AAEA"), InoculationGeneral: hex("EB47BA"),
			Irrelevant: hex("2FCF93"), Discouraging: hex("F08A4B"), Other: hex("F3D768"), Grey: hex("767D8B"),
		},
		SeedAlpha: 0.5, BandAlpha: 0.13, RawDots: 0.35,
	}
}

// Print is Light on white paper: black ink, stronger hair lines.
func Print() Theme {
	t := Light()
	t.Name = "print"
	t.Ground, t.Text, t.Muted = t.Panel, hex("000000"), hex("3D4350")
	t.Grid, t.Axis, t.Hatch, t.Line = hex("DCDFE5"), hex("5A616E"), hex("868D9B"), hex("C4C9D3")
	t.Palette = maps.Clone(t.Palette)
	t.Palette[Grey] = t.Axis
	t.SeedAlpha, t.BandAlpha, t.RawDots = 0.6, 0.16, 0.45
	return t
}

// Themes lists the themes in the order in which they are offered.
func Themes() []Theme { return []Theme{Light(), Dark(), Print()} }

// ThemeNamed returns the theme of a name: light, dark or print.
func ThemeNamed(name string) (Theme, error) {
	for _, t := range Themes() {
		if t.Name == name {
			return t, nil
		}
	}
	return Theme{}, fmt.Errorf("no theme is named %q: there are light, dark and print", name)
}

func hex(s string) color.NRGBA {
	var c color.NRGBA
	if _, err := fmt.Sscanf(s, "%02X%02X%02X", &c.R, &c.G, &c.B); err != nil {
		panic("color " + s)
	}
	c.A = 255
	return c
}

// faded returns c at an opacity of 0 to 1, on top of the opacity it has.
func faded(c color.NRGBA, alpha float64) color.NRGBA {
	c.A = uint8(float64(c.A)*min(1, max(0, alpha)) + 0.5)
	return c
}

// onShade is the ink on a dark cell of a heat map.
func (t Theme) onShade() color.NRGBA {
	if t.Name == "dark" {
		return hex("0B1017")
	}
	return hex("FFFFFF")
}

// inkOn is the ink that is easier to read on a translucent fill over the
// panel: the theme's text, or the one for dark cells.
func (t Theme) inkOn(fill color.NRGBA) color.NRGBA {
	ground := luminance(over(fill, t.Panel))
	contrast := func(c color.NRGBA) float64 {
		l := luminance(c)
		return (max(l, ground) + 0.05) / (min(l, ground) + 0.05)
	}
	if contrast(t.onShade()) > contrast(t.Text) {
		return t.onShade()
	}
	return t.Text
}

// over lays a translucent color on an opaque one.
func over(c, ground color.NRGBA) color.NRGBA {
	a := float64(c.A) / 255
	mix := func(x, y uint8) uint8 { return uint8(math.Round(a*float64(x) + (1-a)*float64(y))) }
	return color.NRGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255}
}

// luminance is the relative luminance of WCAG 2.1.
func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}
