package charts_test

import (
	"math"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

func TestCaptionsSayTheNumbersThatAreDrawn(t *testing.T) {
	f := frame.Frame{Columns: []frame.Column{
		{Name: "condition", Text: []string{"neutral", "inoculation"}},
		{Name: frame.Value, Num: []float64{0.395, math.NaN()}, Why: []string{"", "not reported"}},
		{Name: frame.Lo, Num: []float64{0.212, math.NaN()}}, {Name: frame.Hi, Num: []float64{0.579, math.NaN()}},
		{Name: frame.N, Num: []float64{38400, math.NaN()}}, {Name: frame.Seeds, Num: []float64{30, 30}},
		{Name: frame.Method, Text: []string{"t over seeds", ""}}, {Name: frame.Level, Num: []float64{0.95, 0.95}},
	}, Notes: []frame.Note{{Row: -1, Text: "neutral also differs in preamble"}}}
	spec := charts.Dots(f, charts.Options{By: "condition", MeasureLabel: "hack rate"})
	got := charts.Caption(spec)
	for _, want := range []string{"Hack rate. ", "95\u00a0% t over seeds interval", "Neutral 39.5\u00a0% [21.2,\u00a057.9]", "inoculation not estimable, because not reported", "Neutral also differs in preamble."} {
		if !strings.Contains(got, want) {
			t.Errorf("the caption lacks %q: %s", want, got)
		}
	}
	if gist := charts.Gist(spec); gist != "Filled mark = mean of 30 seeds, line = 95\u00a0% t over seeds interval" {
		t.Errorf("in one line it is %q", gist)
	}
}

// TestCaptionsOfEveryShape are of panels that print their numbers in
// different places.
func TestCaptionsOfEveryShape(t *testing.T) {
	block := func(at float64, lines ...charts.Line) charts.Block {
		return charts.Block{At: at, Forms: [][]charts.Line{lines}}
	}
	rows := charts.Axis{Kind: charts.Rows, Rows: []charts.Block{block(0, charts.Line{Text: "neutral"}), block(1, charts.Line{Text: "negative"})}}
	for name, c := range map[string]struct {
		panels []charts.Panel
		want   string
	}{
		"nothing": {[]charts.Panel{{Empty: "nothing"}}, ""},
		"ends of lines": {[]charts.Panel{{Head: "Recall", Side: []charts.Block{block(0.9, charts.Line{Text: "neutral"}, charts.Line{Text: "90\u00a0%"})}}},
			"Recall: neutral 90\u00a0%."},
		"before and after": {[]charts.Panel{{X: rows, Side: []charts.Block{block(0, charts.Line{Text: "−12.2 points"}, charts.Line{Text: "[−19.0, −5.4]"})}}},
			"Negative −12.2 points [−19.0, −5.4]."},
		"who moved": {[]charts.Panel{{X: rows, Side: []charts.Block{block(0, charts.Line{Text: "2 seeds far lower"}, charts.Line{Text: "seeds 13, 26", Muted: true})}}},
			"Negative 2 seeds far lower (seeds 13, 26)."},
		"cells": {[]charts.Panel{{Head: "Hack", X: rows, Y: rows, Layers: []charts.Layer{{Mark: "cell", X: charts.Values{1}, Y: charts.Values{0}, Text: []string{"14"}}}}},
			"Hack: neutral, negative 14."},
		"marks": {[]charts.Panel{{Layers: []charts.Layer{{Mark: "cross", Source: []charts.Target{{Unit: -1, Text: "neutral 14\u00a0%, 3\u00a0%\nmore"}}}}}},
			"Neutral 14\u00a0%, 3\u00a0%."},
		"many rows":    {[]charts.Panel{{Side: make([]charts.Block, 40)}}, ""},
		"rows without": {[]charts.Panel{{Y: rows, Side: make([]charts.Block, 8)}}, "Neutral 14\u00a0%; 7 rows not estimable."},
	} {
		if name == "rows without" {
			c.panels[0].Side[0] = block(0, charts.Line{Text: "14\u00a0%", Bold: true})
			for i := 1; i < 8; i++ {
				c.panels[0].Side[i] = block(1, charts.Line{Text: "not estimable", Muted: true}, charts.Line{Text: "no values", Muted: true})
			}
		}
		if name == "many rows" {
			for i := range c.panels[0].Side {
				c.panels[0].Side[i] = block(float64(i), charts.Line{Text: "a"})
			}
			c.want = "A; a; a; a; a; a; a; a; a; a; a; a; and 28 more."
		}
		if got := charts.Caption(charts.Spec{Panels: c.panels}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
