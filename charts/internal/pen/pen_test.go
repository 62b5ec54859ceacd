package pen

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"math"
	"strings"
	"sync"
	"testing"
)

var (
	white = color.NRGBA{255, 255, 255, 255}
	black = color.NRGBA{0, 0, 0, 255}
)

func TestFontsCoverWhatChartsWrite(t *testing.T) {
	for _, f := range []Font{{Size: 12}, {Size: 12, Bold: true}} {
		for _, r := range "−+–—…≤≥≠≈×·→←↑↓½²κχαβγδηλμσωΔΣ∞√“”‘’€éüñøŁЖд\u00a0\u202f" + string(box) {
			if !f.covers(r) {
				t.Errorf("no font has %c (%U)", r, r)
			}
		}
	}
}

func TestWidthAddsUp(t *testing.T) {
	f := Font{Size: 12}
	if a, b := f.Width("39.5 % [21.2, 57.9]"), f.Width("39.5 %")+f.Width(" [21.2, 57.9]"); math.Abs(a-b) > 1e-9 {
		t.Errorf("a text is %v wide, its parts %v", a, b)
	}
	if d := f.Width("0") - f.Width("1"); d != 0 {
		t.Errorf("figures are not tabular: 0 and 1 differ by %v", d)
	}
	if f.Width("\u200d\ufe0f") != 0 {
		t.Error("joiners take room")
	}
	if f.Width("中") != f.Width(string(box)) {
		t.Error("a character without a glyph is not as wide as its box")
	}
}

func TestMissingIsCounted(t *testing.T) {
	p, _ := Raster(100, 20, 1, white)
	p.Text("a中🙂中", 0, 15, Font{Size: 12}, Start, black)
	if m := p.Missing(); len(m) != 2 || m['中'] != 2 || m['🙂'] != 1 {
		t.Errorf("missing %v", m)
	}
}

func TestRulesAreSharp(t *testing.T) {
	for _, scale := range []float64{1, 1.5, 2} {
		p, img := Raster(20, 20, scale, white)
		p.Rule(0, 10.3, 20, 10.3, Ink{Stroke: black, Width: 1})
		grey := 0
		for y := range img.Bounds().Dy() {
			if c := img.RGBAAt(img.Bounds().Dx()/2, y); c.R != 0 && c.R != 255 {
				grey++
			}
		}
		if grey > 0 {
			t.Errorf("at scale %v a rule smears over %d rows", scale, grey)
		}
	}
}

func TestClipKeepsTheRest(t *testing.T) {
	p, img := Raster(20, 20, 1, white)
	p.Clip(&Box{5, 5, 5, 5})
	p.Draw(Rect(Box{0, 0, 20, 20}), Ink{Fill: black})
	p.Clip(nil)
	if img.RGBAAt(7, 7).R != 0 || img.RGBAAt(2, 2).R != 255 || img.RGBAAt(12, 7).R != 255 {
		t.Error("drawing leaves its clip")
	}
}

func TestFarPointsDoNotWrap(t *testing.T) {
	p, img := Raster(20, 20, 2, white)
	p.Draw(Line(-1e12, 10, 1e12, 10), Ink{Stroke: black, Width: 2})
	if img.RGBAAt(20, 20).R > 10 {
		t.Error("a line through the picture from afar is not drawn")
	}
}

func TestSVGIsWellFormed(t *testing.T) {
	p, doc := SVG(100, 50, 1, white)
	p.Text(`<b> & "c" ]]> `+"\x00\xff中", 5, 20, Font{Size: 12, Bold: true}, Middle, black)
	p.Draw(Circle(10, 10, 3), Ink{Stroke: black, Width: 0.9, Dash: []float64{4, 3}})
	p.Clip(&Box{0, 0, 10, 10})
	p.Draw(Polygon(1, 2, 3.456, 4, -0.001, 6), Ink{Fill: color.NRGBA{1, 2, 3, 33}})
	doc.Title, doc.Recipe = "a < b", "x & y"
	var b bytes.Buffer
	if err := doc.Write(&b); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(&b)
	text := b.String()
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
	}
	for _, want := range []string{
		`width="100" height="50" viewBox="0 0 100 50"`, "中", `<circle cx="10" cy="10" r="3"`, `stroke-dasharray="4 3"`,
		`fill-opacity="0.13"`, `M1 2L3.46 4L0 6Z`, "<title>a &lt; b</title>",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
}

// Several charts are drawn at once; the fonts they share stay untouched.
func TestPensShareFonts(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			p, doc := PDF(100, 50, 0.75, white)
			p.Text("−1.5 → ≤ 2 ▯ 中", 5, 20, Font{Size: 12, Bold: true}, End, black)
			if err := doc.Write(io.Discard); err != nil {
				t.Error(err)
			}
			r, _ := Raster(100, 50, 1, white)
			r.Text("−1.5", 5, 20, Font{Size: 12}, Start, black)
		})
	}
	all.Wait()
}

func FuzzText(f *testing.F) {
	f.Add("plain")
	f.Add("−1 \xff\x00 中🙂\u202f")
	f.Fuzz(func(t *testing.T, s string) {
		p, _ := Raster(50, 20, 1, white)
		p.Text(s, 0, 10, Font{Size: 12}, Middle, black)
		q, doc := SVG(50, 20, 1, white)
		q.Text(s, 0, 10, Font{Size: 12, Bold: true}, Start, black)
		doc.Title, doc.Recipe = s, "recipe"
		var b bytes.Buffer
		if err := doc.Write(&b); err != nil {
			t.Fatal(err)
		}
		if got, ok := ReadRecipe(b.Bytes()); !ok || got != "recipe" {
			t.Errorf("recipe %q, %v in %s", got, ok, b.String())
		}
	})
}
