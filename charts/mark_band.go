package charts

// drawBand fills pale between Y and Y2.
func drawBand(p *plot, l Layer) {
	if l.Alpha == 0 {
		l.Alpha = p.theme.BandAlpha
	}
	drawArea(p, l)
}
