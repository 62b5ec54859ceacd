package charts_test

import (
	"io"
	"testing"

	"witnessmark/charts"
)

var large = charts.Style{Width: 2000, Height: 1200, Theme: charts.Light()}

func BenchmarkDots90(b *testing.B) {
	f := finalRates()
	for b.Loop() {
		if _, err := charts.Draw(charts.Dots(f, hacking), large); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLines90x119(b *testing.B) {
	o := hacking
	o.Smooth = 0.8
	f := overSteps(1)
	for b.Loop() {
		if _, err := charts.Draw(charts.Lines(f, o), large); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLines90x119SVG(b *testing.B) {
	o := hacking
	o.Smooth = 0.8
	s := charts.Lines(overSteps(1), o)
	for b.Loop() {
		if _, err := charts.WriteSVG(io.Discard, s, large); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDots90PDF(b *testing.B) {
	s := charts.Dots(finalRates(), hacking)
	for b.Loop() {
		if _, err := charts.WritePDF(io.Discard, s, large); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatrix(b *testing.B) {
	f := traitScores()
	for b.Loop() {
		if _, err := charts.Draw(charts.Matrix(f, traits), large); err != nil {
			b.Fatal(err)
		}
	}
}
