package charts_test

import (
	"image/color"
	"math"
	"testing"

	"witnessmark/charts"
)

// luminance is the relative luminance of WCAG 2.
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

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	for _, th := range charts.Themes() {
		for _, r := range append(charts.ConditionRoles, charts.Grey, charts.AccentRole) {
			if c := contrast(th.Color(r), th.Panel); c < 3 {
				t.Errorf("%s: %s has a contrast of %.2f on the panel, marks need 3", th.Name, r, c)
			}
		}
		for name, pair := range map[string][2]color.NRGBA{
			"text on panel": {th.Text, th.Panel}, "text on ground": {th.Text, th.Ground},
			"muted on panel": {th.Muted, th.Panel}, "muted on side": {th.Muted, th.Side},
			"accent button": {th.OnAccent, th.Accent}, "selection": {th.SelectedText, th.Selected},
			"warning": {th.WarnText, th.WarnFill}, "error": {th.BadText, th.BadFill}, "settled": {th.OKText, th.OKFill},
		} {
			if c := contrast(pair[0], pair[1]); c < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f, text needs 4.5", th.Name, name, c)
			}
		}
	}
}

// Every role differs by marker too, so that charts can be read without color.
func TestRolesDifferWithoutColor(t *testing.T) {
	seen := map[charts.Marker]charts.Role{}
	for _, r := range charts.ConditionRoles {
		if other, ok := seen[r.Marker()]; ok {
			t.Errorf("%s and %s share a marker", r, other)
		}
		seen[r.Marker()] = r
	}
}

func TestThemesByName(t *testing.T) {
	for _, th := range charts.Themes() {
		if got, err := charts.ThemeNamed(th.Name); err != nil || got.Panel != th.Panel {
			t.Errorf("theme %s: %v", th.Name, err)
		}
	}
	if _, err := charts.ThemeNamed("sepia"); err == nil {
		t.Error("there is a sepia theme")
	}
}
