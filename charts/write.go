package charts

import (
	"fmt"
	"io"
	"strings"

	"witnessmark/charts/internal/pen"
)

// creator is what files name as the program that made them.
const creator = "Witnessmark"

// WriteSVG writes a chart as an SVG document with its title, a description,
// and the Spec's Recipe as metadata. The same Spec and Style give the same
// bytes. Notes say what a reader must be told about the picture.
func WriteSVG(w io.Writer, s Spec, st Style) (notes []string, err error) {
	st = st.filled()
	if err := st.check(); err != nil {
		return nil, err
	}
	p, doc := pen.SVG(float64(st.Width)/st.Zoom, float64(st.Height)/st.Zoom, st.Zoom, st.Theme.Panel)
	return finish(w, p, doc, s, st)
}

// WritePDF writes a chart as a one-page PDF of its size at 96 style units an
// inch, with embedded fonts and the Recipe in the document's keywords.
func WritePDF(w io.Writer, s Spec, st Style) (notes []string, err error) {
	st = st.filled()
	if err := st.check(); err != nil {
		return nil, err
	}
	p, doc := pen.PDF(float64(st.Width)/st.Zoom, float64(st.Height)/st.Zoom, st.Zoom*72/96, st.Theme.Panel)
	return finish(w, p, doc, s, st)
}

func finish(w io.Writer, p *pen.Pen, doc pen.Document, s Spec, st Style) ([]string, error) {
	c := compose(p, s, st)
	doc.Title, doc.Description = s.Title, joined(". ", s.Subtitle, s.Source)
	doc.Recipe, doc.Creator = s.Recipe, creator
	if err := doc.Write(w); err != nil {
		return c.allNotes(), fmt.Errorf("writing the chart: %w", err)
	}
	return c.allNotes(), nil
}

// WritePNG writes a chart as PNG at the style's Scale, or at twice the size
// where the style has none, with the Recipe in a text chunk.
func WritePNG(w io.Writer, s Spec, st Style) (notes []string, err error) {
	if st.Scale <= 0 {
		st.Scale = 2
	}
	d, err := Draw(s, st)
	if err != nil {
		return nil, err
	}
	if err := pen.WritePNG(w, d.Image, st.Scale, s.Recipe); err != nil {
		return d.Notes, fmt.Errorf("writing the chart: %w", err)
	}
	return d.Notes, nil
}

// ReadRecipe returns the Recipe inside an SVG, PNG or PDF file that this
// package wrote. ok is false where there is none.
func ReadRecipe(file []byte) (recipe string, ok bool) { return pen.ReadRecipe(file) }

// Write writes a chart in the format that a file name's ending stands for:
// .svg, .png, .pdf or .csv.
func Write(w io.Writer, name string, s Spec, st Style) (notes []string, err error) {
	switch {
	case strings.HasSuffix(name, ".svg"):
		return WriteSVG(w, s, st)
	case strings.HasSuffix(name, ".png"):
		return WritePNG(w, s, st)
	case strings.HasSuffix(name, ".pdf"):
		return WritePDF(w, s, st)
	case strings.HasSuffix(name, ".csv"):
		return nil, WriteCSV(w, s)
	}
	return nil, fmt.Errorf("a chart cannot be written as %s: name the file .svg, .png, .pdf or .csv", name)
}
