package pen

import (
	"image"
	"image/color"
	"image/draw"

	"github.com/golang/freetype/raster"
	"github.com/golang/freetype/truetype"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// raster drawing happens in go-chart's graphic context, which takes
// fractions of pixels where its renderers take whole ones.
type rasterSurface struct {
	img     *image.RGBA
	gc      *drawing.RasterGraphicContext
	painter *raster.RGBAPainter
	scale   float64
}

// Raster returns a pen on an image of the given size in units, filled with
// ground, and the image. One unit is scale pixels.
func Raster(width, height, scale float64, ground color.NRGBA) (*Pen, *image.RGBA) {
	img := image.NewRGBA(image.Rect(0, 0, int(width*scale+0.5), int(height*scale+0.5)))
	draw.Draw(img, img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	painter := raster.NewRGBAPainter(img)
	gc := drawing.NewRasterGraphicContextWithPainter(img, painter)
	gc.SetFillRule(drawing.FillRuleWinding)
	gc.SetDPI(64) // go-chart takes a point for 1/64 of the resolution, so sizes are now pixels
	s := &rasterSurface{img: img, gc: gc, painter: painter, scale: scale}
	return &Pen{surface: s, scale: scale, grid: true, missing: map[rune]int{}}, img
}

func (s *rasterSurface) path(p Path, ink Ink) {
	if ink.Fill.A > 0 {
		p.flat(s.scale, s.gc)
		s.gc.SetFillColor(ink.Fill)
		s.gc.Fill()
	}
	if ink.Stroke.A > 0 && ink.Width > 0 {
		s.gc.SetStrokeColor(ink.Stroke)
		s.gc.SetLineWidth(ink.Width * s.scale)
		s.gc.SetLineDash(nil, 0) // go-chart loses its place in the pattern on short segments
		var to pencil = s.gc
		if dashed(ink.Dash) {
			to = newDashes(s.gc, scaled(ink.Dash, s.scale))
		}
		for piece := range p.pieces {
			piece.flat(s.scale, to)
			s.gc.Stroke()
		}
	}
}

func scaled(v []float64, by float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = v[i] * by
	}
	return out
}

func (s *rasterSurface) text(t text) {
	x := t.left() * s.scale
	s.gc.SetFillColor(t.color)
	s.gc.SetStrokeColor(t.color)
	s.gc.SetFontSize(t.font.Size * s.scale)
	for r := range t.font.runs(t.s) {
		s.write(t.font, r, x, t.y*s.scale)
		if thin(t.font, r.face) {
			s.gc.SetLineDash(nil, 0)
			s.gc.SetLineWidth(t.font.Size * s.scale * 0.05)
			s.outline(r, x, t.y*s.scale)
			s.gc.Stroke()
		}
		x += r.width * s.scale
	}
}

// atOnce is how many characters are filled at once. The rasterizer searches
// every row of pixels from its left end, so long texts take quadratic time.
const atOnce = 6

func (s *rasterSurface) write(f Font, r run, x, y float64) {
	letters := []rune(r.s)
	for len(letters) > 0 {
		n := min(atOnce, len(letters))
		part := run{s: string(letters[:n]), face: r.face}
		s.outline(part, x, y)
		s.gc.Fill()
		for _, c := range letters[:n] {
			x += f.advance(r.face, c) * s.scale
		}
		letters = letters[n:]
	}
}

func (s *rasterSurface) outline(r run, x, y float64) {
	s.gc.SetFont(r.face)
	// The only error is a glyph that cannot be loaded, and the embedded fonts are tested.
	_, _ = s.gc.CreateStringPath(r.s, x, y)
}

// thin reports whether a bold text borrows a face that has no bold.
func thin(f Font, face *truetype.Font) bool { return f.Bold && face == loaded().signs }

// left returns where the first character starts.
func (t text) left() float64 {
	switch t.anchor {
	case Middle:
		return t.x - t.font.Width(t.s)/2
	case End:
		return t.x - t.font.Width(t.s)
	}
	return t.x
}

func (s *rasterSurface) clip(b *Box) {
	s.painter.Image = s.img
	if b != nil {
		r := image.Rect(int(b.X*s.scale), int(b.Y*s.scale), int((b.X+b.W)*s.scale+0.999), int((b.Y+b.H)*s.scale+0.999))
		s.painter.Image = s.img.SubImage(r).(*image.RGBA)
	}
}
