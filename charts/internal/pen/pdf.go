package pen

import (
	"image/color"
	"io"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
	"github.com/golang/freetype/truetype"
)

// pdfSurface draws on one page that is exactly as large as the drawing. A
// unit is scale points.
type pdfSurface struct {
	doc   *fpdf.Fpdf
	scale float64
	open  bool // inside a clipping region
}

// The names under which the page knows the embedded fonts.
const (
	textFamily = "noto"
	signFamily = "notomath"
)

// PDF returns a pen on a one-page PDF of the given size in units. One unit
// is scale points. Fonts are embedded, cut down to the characters used.
func PDF(width, height, scale float64, ground color.NRGBA) (*Pen, Document) {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width * scale, Ht: height * scale}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCatalogSort(true)
	doc.AddUTF8FontFromBytes(textFamily, "", regularTTF)
	doc.AddUTF8FontFromBytes(textFamily, "B", boldTTF)
	doc.AddUTF8FontFromBytes(signFamily, "", signsTTF)
	doc.AddPage()
	doc.SetLineJoinStyle("round")
	s := &pdfSurface{doc: doc, scale: scale}
	p := &Pen{surface: s, scale: scale, missing: map[rune]int{}}
	p.Draw(Rect(Box{0, 0, width, height}), Ink{Fill: ground})
	return p, Document{write: s.write}
}

func (s *pdfSurface) write(w io.Writer, d Document) error {
	s.clip(nil)
	s.doc.SetTitle(utf16text(d.Title), false)
	s.doc.SetSubject(utf16text(d.Description), false)
	s.doc.SetCreator(utf16text(d.Creator), false)
	if d.Recipe != "" {
		s.doc.SetKeywords(utf16text(RecipeName+" "+d.Recipe), false)
	}
	return s.doc.Output(w)
}

// utf16text encodes a text for the document's properties. The library's own
// encoding breaks on characters past U+FFFF.
func utf16text(s string) string {
	out := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return string(out)
}

func (s *pdfSurface) path(p Path, ink Ink) {
	if ink.Fill.A > 0 {
		s.doc.SetFillColor(int(ink.Fill.R), int(ink.Fill.G), int(ink.Fill.B))
		s.alpha(ink.Fill)
		s.trace(p)
		s.doc.DrawPath("F")
	}
	if ink.Stroke.A > 0 && ink.Width > 0 {
		s.doc.SetDrawColor(int(ink.Stroke.R), int(ink.Stroke.G), int(ink.Stroke.B))
		s.alpha(ink.Stroke)
		s.doc.SetLineWidth(ink.Width * s.scale)
		s.doc.SetDashPattern(scaled(ink.Dash, s.scale), 0)
		s.trace(p)
		s.doc.DrawPath("D")
	}
}

func (s *pdfSurface) alpha(c color.NRGBA) { s.doc.SetAlpha(float64(c.A)/255, "Normal") }

func (s *pdfSurface) trace(p Path) {
	k, i := s.scale, 0
	for _, o := range p.ops {
		switch o {
		case move:
			s.doc.MoveTo(p.pts[i].x*k, p.pts[i].y*k)
			i++
		case line:
			s.doc.LineTo(p.pts[i].x*k, p.pts[i].y*k)
			i++
		case curve:
			a, b, c := p.pts[i], p.pts[i+1], p.pts[i+2]
			s.doc.CurveBezierCubicTo(a.x*k, a.y*k, b.x*k, b.y*k, c.x*k, c.y*k)
			i += 3
		case shut:
			s.doc.ClosePath()
		}
	}
}

func (s *pdfSurface) text(t text) {
	x := t.left() * s.scale
	s.doc.SetTextColor(int(t.color.R), int(t.color.G), int(t.color.B))
	s.alpha(t.color)
	for r := range t.font.runs(t.s) {
		s.face(t.font, r.face)
		if bold := thin(t.font, r.face); bold {
			s.thicken(t)
			s.doc.Text(x, t.y*s.scale, r.s)
			s.doc.SetTextRenderingMode(0)
		} else {
			s.doc.Text(x, t.y*s.scale, r.s)
		}
		x += r.width * s.scale
	}
}

// thicken makes the signs of a bold text as heavy as its letters.
func (s *pdfSurface) thicken(t text) {
	s.doc.SetDrawColor(int(t.color.R), int(t.color.G), int(t.color.B))
	s.doc.SetDashPattern(nil, 0)
	s.doc.SetLineWidth(t.font.Size * s.scale * 0.05)
	s.doc.SetTextRenderingMode(2)
}

func (s *pdfSurface) face(f Font, face *truetype.Font) {
	family, weight := textFamily, ""
	if face == loaded().signs {
		family = signFamily
	} else if f.Bold {
		weight = "B"
	}
	s.doc.SetFont(family, weight, f.Size*s.scale)
}

func (s *pdfSurface) clip(b *Box) {
	if s.open {
		s.doc.ClipEnd()
		s.open = false
	}
	if b != nil {
		s.doc.ClipRect(b.X*s.scale, b.Y*s.scale, b.W*s.scale, b.H*s.scale, false)
		s.open = true
	}
}
