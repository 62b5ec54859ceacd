package pen

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"strconv"
	"strings"
)

// svgSurface writes SVG 1.1 with plain attributes, which browsers, vector
// editors and slide programs all read alike.
type svgSurface struct {
	b     bytes.Buffer
	scale float64
	clips int
	open  bool // inside a clipping group
}

// A Document is a drawing that is written out when it is complete.
type Document struct {
	Title, Description string // plain text, for readers that cannot see
	Recipe             string // opaque text by which the drawing can be made again
	Creator            string
	write              func(w io.Writer, d Document) error
}

// Write writes the document.
func (d Document) Write(w io.Writer) error { return d.write(w, d) }

// SVG returns a pen on an SVG document of the given size in units, with
// ground as its background.
func SVG(width, height, scale float64, ground color.NRGBA) (*Pen, Document) {
	s := &svgSurface{scale: scale}
	p := &Pen{surface: s, scale: scale, missing: map[rune]int{}}
	p.Draw(Rect(Box{0, 0, width, height}), Ink{Fill: ground})
	return p, Document{write: func(w io.Writer, d Document) error {
		s.clip(nil)
		_, err := io.WriteString(w, s.head(width, height, d)+s.b.String()+"</svg>\n")
		return err
	}}
}

// RecipeName names the recipe inside a file: the id of an SVG metadata
// element, the keyword of a PNG text chunk, the first word of PDF keywords.
const RecipeName = "witnessmark-recipe"

// families are fonts that are as wide as the one that text was measured
// with, or narrower, so that a reader without it sees nothing clipped.
const families = "'Noto Sans','Open Sans','Droid Sans','Noto Sans Math','Segoe UI','Helvetica Neue',Arial,'Liberation Sans',sans-serif"

// longLine is the width from which on a line of a paragraph also says how
// long it must be, for readers that have only a wider font.
const longLine = 300.0

func (s *svgSurface) head(width, height float64, d Document) string {
	var b strings.Builder
	w, h := num(width*s.scale), num(height*s.scale)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img"`, w, h, w, h)
	b.WriteString(` font-family="` + families + `">` + "\n")
	fmt.Fprintf(&b, "<title>%s</title>\n<desc>%s</desc>\n", escape(d.Title), escape(d.Description))
	if d.Recipe != "" {
		fmt.Fprintf(&b, "<metadata id=%q>%s</metadata>\n", RecipeName, escape(d.Recipe))
	}
	return b.String()
}

// escape makes any text safe inside an element or attribute; characters that
// XML forbids become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // a strings.Builder never fails
	}
	return b.String()
}

func (s *svgSurface) path(p Path, ink Ink) {
	attrs := s.ink(ink)
	if p.circle > 0 {
		c := p.center()
		fmt.Fprintf(&s.b, `<circle cx="%s" cy="%s" r="%s"%s/>`+"\n", s.n(c.x), s.n(c.y), s.n(p.circle), attrs)
		return
	}
	fmt.Fprintf(&s.b, `<path d="%s"%s/>`+"\n", s.d(p), attrs)
}

// d returns the path data.
func (s *svgSurface) d(p Path) string {
	var b strings.Builder
	i := 0
	for _, o := range p.ops {
		b.WriteByte("MLCZ"[o])
		for k := range points[o] {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s.n(p.pts[i].x) + " " + s.n(p.pts[i].y))
			i++
		}
	}
	return b.String()
}

func (s *svgSurface) ink(k Ink) string {
	var b strings.Builder
	b.WriteString(paint("fill", k.Fill))
	if k.Stroke.A == 0 || k.Width == 0 {
		return b.String()
	}
	b.WriteString(paint("stroke", k.Stroke))
	fmt.Fprintf(&b, ` stroke-width="%s" stroke-linejoin="round"`, s.n(k.Width))
	if len(k.Dash) > 0 {
		dashes := make([]string, len(k.Dash))
		for i, d := range k.Dash {
			dashes[i] = s.n(d)
		}
		fmt.Fprintf(&b, ` stroke-dasharray="%s"`, strings.Join(dashes, " "))
	}
	return b.String()
}

func paint(what string, c color.NRGBA) string {
	if c.A == 0 {
		return fmt.Sprintf(` %s="none"`, what)
	}
	s := fmt.Sprintf(` %s="#%02X%02X%02X"`, what, c.R, c.G, c.B)
	if c.A < 255 {
		s += fmt.Sprintf(` %s-opacity="%s"`, what, num(float64(c.A)/255))
	}
	return s
}

func (s *svgSurface) text(t text) {
	var b strings.Builder
	fmt.Fprintf(&b, `<text x="%s" y="%s" font-size="%s"`, s.n(t.x), s.n(t.y), s.n(t.font.Size))
	if t.font.Bold {
		b.WriteString(` font-weight="700"`)
	} else if w := t.font.Width(t.s); w > longLine {
		fmt.Fprintf(&b, ` textLength="%s" lengthAdjust="spacingAndGlyphs"`, s.n(w))
	}
	b.WriteString([...]string{"", ` text-anchor="middle"`, ` text-anchor="end"`}[t.anchor])
	fmt.Fprintf(&b, "%s>%s</text>\n", paint("fill", t.color), escape(t.s))
	s.b.WriteString(b.String())
}

func (s *svgSurface) clip(b *Box) {
	if s.open {
		s.b.WriteString("</g>\n")
		s.open = false
	}
	if b == nil {
		return
	}
	s.clips++
	s.open = true
	fmt.Fprintf(&s.b, `<clipPath id="clip%d"><rect x="%s" y="%s" width="%s" height="%s"/></clipPath>`+"\n"+`<g clip-path="url(#clip%d)">`+"\n",
		s.clips, s.n(b.X), s.n(b.Y), s.n(b.W), s.n(b.H), s.clips)
}

func (s *svgSurface) n(v float64) string { return num(v * s.scale) }

// num writes at most two decimals, and no minus zero.
func num(v float64) string {
	t := strconv.FormatFloat(v, 'f', 2, 64)
	t = strings.TrimRight(strings.TrimRight(t, "0"), ".")
	if t == "-0" || t == "" {
		return "0"
	}
	return t
}
