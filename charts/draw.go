package charts

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"

	"witnessmark/charts/internal/pen"
	"witnessmark/data/frame"
)

// A Style says how large a chart is and in which theme.
type Style struct {
	Width, Height int     // in style units, the pixels of an ordinary screen
	Scale         float64 // image pixels a style unit; 0 counts as 1
	Zoom          float64 // enlarges text and marks, for slides; 0 counts as 1
	Theme         Theme
}

// Slide returns the style of a 1920 × 1080 slide, with text that a room can read.
func Slide(t Theme) Style { return Style{Width: 1920, Height: 1080, Zoom: 1.87, Theme: t} }

func (s Style) filled() Style {
	if s.Scale <= 0 {
		s.Scale = 1
	}
	if s.Zoom <= 0 {
		s.Zoom = 1
	}
	if s.Theme.Palette == nil {
		s.Theme = Light()
	}
	return s
}

// A Drawing is a drawn chart with the way back from its marks to the data.
type Drawing struct {
	Image  *image.RGBA // Width × Height style units at Scale
	Hits   []Hit       // in drawing order: of several under the pointer the last is on top
	Panels []PanelBox
	Notes  []string // what the reader must be told about the picture, such as characters without a glyph
}

// A Hit is the place of one mark.
type Hit struct {
	Box  image.Rectangle // in style units
	Row  int             // row of the frame, −1 for none
	Unit int             // index among the row's units, −1 for the row itself
	Text string          // exact value, n and interval
	Keys []frame.Key
}

// A PanelBox is the place of one plot. X and Y map data to style units and back.
type PanelBox struct {
	Head string
	Plot image.Rectangle // in style units
	X, Y Scale
}

// The size of a drawing in style units.
const (
	minWidth, minHeight = 40, 30
	maxPixels           = 16384 // a side
)

// Draw lays a chart out and draws it as an image. It fails only where the
// style has no usable size; a Spec without data draws a chart that says so.
func Draw(s Spec, st Style) (Drawing, error) {
	st = st.filled()
	if err := st.check(); err != nil {
		return Drawing{}, err
	}
	p, img := pen.Raster(float64(st.Width)/st.Zoom, float64(st.Height)/st.Zoom, st.Scale*st.Zoom, st.Theme.Panel)
	c := compose(p, s, st)
	return Drawing{Image: img, Hits: c.hits, Panels: c.panels, Notes: c.allNotes()}, nil
}

func (s Style) check() error {
	if s.Width < minWidth || s.Height < minHeight {
		return fmt.Errorf("a chart of %d × %d is too small: it needs at least %d × %d", s.Width, s.Height, minWidth, minHeight)
	}
	if side := float64(max(s.Width, s.Height)) * s.Scale; side > maxPixels {
		return fmt.Errorf("a chart of %.0f pixels is too large: a side has at most %d", side, maxPixels)
	}
	return nil
}

// A canvas is a drawing in progress. Its units are style units divided by the zoom.
type canvas struct {
	pen    *pen.Pen
	theme  Theme
	zoom   float64
	hits   []Hit
	panels []PanelBox
	notes  []string
}

func compose(p *pen.Pen, s Spec, st Style) *canvas {
	c := &canvas{pen: p, theme: st.Theme, zoom: st.Zoom, notes: slices.Clone(s.Notes)}
	page := pen.Box{W: float64(st.Width) / st.Zoom, H: float64(st.Height) / st.Zoom}
	c.figure(s, page)
	return c
}

// hit remembers the place of a mark, at least 6 units wide and high so that
// it can be pointed at.
func (c *canvas) hit(b pen.Box, t Target) {
	const least = 6
	if b.W < least {
		b.X, b.W = b.X-(least-b.W)/2, least
	}
	if b.H < least {
		b.Y, b.H = b.Y-(least-b.H)/2, least
	}
	c.hits = append(c.hits, Hit{c.rect(b), t.Row, t.Unit, t.Text, t.Keys})
}

// rect turns units of the canvas into style units, rounded outward.
func (c *canvas) rect(b pen.Box) image.Rectangle {
	return image.Rect(
		int(math.Floor(b.X*c.zoom)), int(math.Floor(b.Y*c.zoom)),
		int(math.Ceil((b.X+b.W)*c.zoom)), int(math.Ceil((b.Y+b.H)*c.zoom)))
}

func (c *canvas) note(format string, args ...any) {
	if n := fmt.Sprintf(format, args...); !slices.Contains(c.notes, n) {
		c.notes = append(c.notes, n)
	}
}

// allNotes adds the characters that no font has.
func (c *canvas) allNotes() []string {
	missing := c.pen.Missing()
	if len(missing) == 0 {
		return c.notes
	}
	var names []string
	for r := range missing {
		names = append(names, fmt.Sprintf("%c (%U)", r, r))
	}
	slices.Sort(names)
	more := ""
	if len(names) > 8 {
		names, more = names[:8], " …"
	}
	return append(c.notes, "characters that the chart font lacks are drawn as boxes; SVG files keep them: "+strings.Join(names, ", ")+more)
}
