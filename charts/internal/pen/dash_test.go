package pen

import (
	"image/color"
	"testing"
)

// A dotted line of many short segments must be as dotted as one of a single
// segment.
func TestDashesRunOnOverShortSegments(t *testing.T) {
	inked := func(segments int) int {
		p, img := Raster(400, 20, 1, color.NRGBA{255, 255, 255, 255})
		var path Path
		path.MoveTo(10, 10)
		for i := range segments {
			path.LineTo(10+380*float64(i+1)/float64(segments), 10)
		}
		p.Draw(path, Ink{Stroke: color.NRGBA{0, 0, 0, 255}, Width: 2, Dash: []float64{4, 6}})
		n := 0
		for x := range 400 {
			if r, _, _, _ := img.At(x, 10).RGBA(); r < 0x8000 {
				n++
			}
		}
		return n
	}
	whole, pieces := inked(1), inked(253)
	if whole < 130 || whole > 170 || pieces < whole-4 || pieces > whole+4 {
		t.Errorf("%d pixels are inked by one segment and %d by many, want 152 of 380", whole, pieces)
	}
}
