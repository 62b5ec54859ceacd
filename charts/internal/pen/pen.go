// Package pen draws shapes and measured text on one of three surfaces: a
// raster image, an SVG document or a PDF page. What is drawn is the same on
// all three, because layout never asks a surface anything: text is measured
// from the embedded fonts alone.
//
// The raster surface is go-chart's drawing engine, and this package is the
// only one that imports go-chart, which its authors have archived. Its SVG
// renderer is not used: it rounds coordinates and stroke widths to whole
// pixels, keeps one decimal of opacity and leaves text unescaped.
package pen

import (
	"image/color"
	"math"
)

// A Pen draws on one surface. Coordinates are in units from the top left
// corner; the scale given when it was made turns units into pixels.
type Pen struct {
	surface surface
	scale   float64
	grid    bool // the surface has pixels to align with
	missing map[rune]int
}

// A surface is a place to draw on.
type surface interface {
	path(p Path, ink Ink)
	text(t text)
	clip(r *Box) // nil for the whole surface
}

// A Box is a rectangle in units.
type Box struct{ X, Y, W, H float64 }

// An Ink says how a path is filled and stroked. A color with A == 0 does nothing.
type Ink struct {
	Fill, Stroke color.NRGBA
	Width        float64   // of the stroke, in units
	Dash         []float64 // lengths in units; nil for a solid line
}

// An Anchor is the part of a text that sits at its x.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// A text is a run of characters placed by its baseline.
type text struct {
	s      string
	x, y   float64
	font   Font
	anchor Anchor
	color  color.NRGBA
}

// Draw fills and strokes a path.
func (p *Pen) Draw(path Path, ink Ink) {
	if len(path.ops) > 0 {
		p.surface.path(path, ink)
	}
}

// Text writes s on the baseline y with its anchor at x. Characters without a
// glyph are remembered for Missing.
func (p *Pen) Text(s string, x, y float64, f Font, a Anchor, c color.NRGBA) {
	if s == "" {
		return
	}
	for _, r := range s {
		if !f.covers(r) {
			p.missing[r]++
		}
	}
	p.surface.text(text{s, x, p.Snap(y, 0), f, a, c})
}

// Rule draws a straight line; horizontal and vertical ones are aligned with
// the pixels so that they stay sharp.
func (p *Pen) Rule(x1, y1, x2, y2 float64, ink Ink) {
	if p.grid && (x1 == x2 || y1 == y2) {
		ink.Width = math.Max(1, math.Round(ink.Width*p.scale)) / p.scale
		if x1 == x2 {
			x1 = p.Snap(x1, ink.Width)
			x2 = x1
		} else {
			y1 = p.Snap(y1, ink.Width)
			y2 = y1
		}
	}
	p.Draw(Line(x1, y1, x2, y2), ink)
}

// Snap moves v so that the edges of a line of the given width fall between
// pixels. Without pixels it returns v.
func (p *Pen) Snap(v, width float64) float64 {
	if !p.grid {
		return v
	}
	half := width * p.scale / 2
	return (math.Round(v*p.scale-half) + half) / p.scale
}

// SnapBox aligns the edges of a box with the pixels.
func (p *Pen) SnapBox(b Box) Box {
	x, y := p.Snap(b.X, 0), p.Snap(b.Y, 0)
	return Box{x, y, p.Snap(b.X+b.W, 0) - x, p.Snap(b.Y+b.H, 0) - y}
}

// Clip limits drawing to a box; nil lifts the limit. Boxes do not nest.
func (p *Pen) Clip(b *Box) { p.surface.clip(b) }

// Missing returns how often each character without a glyph was written.
func (p *Pen) Missing() map[rune]int { return p.missing }
