package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// margins measures the room that labels need around a plot of the present
// size; share is the width that the panel has with its labels.
func (k *cell) margins(share float64) {
	k.left, k.right, k.top, k.bottom = 4, 8, 6, 4
	p := k.panel
	k.leftMargin()
	k.bare = share < p.SideFrom
	for _, b := range p.Side {
		switch {
		case k.bare:
		case p.Square: // leaves room for the longest form
			for _, form := range b.Forms {
				k.right = math.Max(k.right, 14+blockWidth(wrapped(form, min(340, share*0.45))))
			}
		default:
			k.right = math.Max(k.right, 14+blockWidth(p.fit(b, max(60, min(200, share*0.45)), p.rowHeight(k.plot))))
		}
	}
	if p.Head != "" || len(p.HeadNote) > 0 {
		room := k.plot.W
		if p.HeadRole != "" {
			room -= markerRoom
		}
		k.top += 20 + headLine*float64(max(0, len(headLines(p, room))-1))
	}
	if p.Y.Title != "" && p.Y.Kind != Rows {
		k.top += 18
	}
	k.xMargins()
	k.bottom += stripHeight * float64(len(p.Under))
}

const stripHeight = 15.0

func (k *cell) leftMargin() {
	y := k.panel.Y
	switch {
	case y.Bare || !k.first:
	case y.Kind == Rows:
		w := 0.0
		for _, b := range y.Rows {
			w = math.Max(w, blockWidth(k.panel.fit(b, k.labelRoom, k.panel.rowHeight(k.plot))))
		}
		k.groupWidth = 0
		for _, g := range y.Groups {
			k.groupWidth = math.Max(k.groupWidth, 10+blockWidth(k.groupLines(g)))
		}
		k.left = k.groupWidth + w + 12
	default:
		k.bottom = 10
		for _, t := range y.shown(k.plot.H, false) {
			k.left = math.Max(k.left, plain.Width(t.Label)+8)
		}
	}
}

// groupLines are the lines of a group's name.
func (k *cell) groupLines(g Group) []Line {
	return k.panel.fit(g.Block, k.labelRoom, k.panel.rowHeight(k.plot)*(math.Min(g.To, k.panel.Y.Hi)-g.From))
}

func (k *cell) xMargins() {
	x := k.panel.X
	if x.Bare {
		return
	}
	if x.Quiet {
		k.bottom += 6
		return
	}
	if x.Kind == Rows {
		h := k.columnHeadHeight()
		if x.Top {
			k.top += h + 4
		} else {
			k.bottom += h + 8
		}
	} else {
		k.bottom += 20
		if ticks := x.shown(k.plot.W, true); len(ticks) > 0 {
			last := ticks[len(ticks)-1]
			s := x.scale(0, k.plot.W)
			k.right = math.Max(k.right, plain.Width(last.Label)/2-(k.plot.W-s.Px(last.At)))
		}
	}
	k.bottom += lineHeight * float64(len(wrap(x.Title, plain, k.plot.W+40)))
}

// columnHeadHeight returns the height of the names of columns.
func (k *cell) columnHeadHeight() float64 {
	h := 0.0
	for _, b := range k.panel.X.Rows {
		h = math.Max(h, blockHeight(k.panel.fit(b, columnWidth(k.panel.X, k.plot), headHeight)))
	}
	return h
}

func columnWidth(x Axis, plot pen.Box) float64 {
	return plot.W/math.Max(1, x.Hi-x.Lo) - 6
}

// headHeight is how high the names of columns may get.
const headHeight = 52.0

// rowHeight returns how high a text beside the plot may get.
func (p Panel) rowHeight(plot pen.Box) float64 {
	if p.Y.Kind == Rows {
		return plot.H / math.Max(1, p.Y.Hi-p.Y.Lo)
	}
	return 64
}

// fit returns the lines of a block in the first of its forms that fits, or
// shortened where none does.
func (p Panel) fit(b Block, width, height float64) []Line {
	var lines []Line
	for _, form := range b.Forms {
		lines = wrapped(form, width)
		if blockHeight(lines) <= height {
			return lines
		}
	}
	return shortened(lines, width, height)
}

func wrapped(form []Line, width float64) []Line {
	var out []Line
	for _, l := range form {
		room := width
		if l.Role != "" {
			room -= markerRoom
		}
		parts := wrap(l.Text, l.font(), room)
		if len(parts) == 0 {
			out = append(out, l)
		}
		for i, s := range parts {
			part := l
			part.Text = s
			if i > 0 && l.Role != "" {
				part.Role = indent
			}
			out = append(out, part)
		}
	}
	return out
}

// indent stands for an invisible marker, so that wrapped names stay aligned.
const indent Role = "indent"

// shortened keeps the lines that fit and ends the last with an ellipsis.
func shortened(lines []Line, width, height float64) []Line {
	for len(lines) > 1 && blockHeight(lines) > height {
		lines = lines[:len(lines)-1]
		last := &lines[len(lines)-1]
		last.Text = ellipsis(last.Text+" …", last.font(), width)
	}
	return lines
}

func blockWidth(lines []Line) float64 {
	w := 0.0
	for _, l := range lines {
		w = math.Max(w, l.width())
	}
	return w
}

func blockHeight(lines []Line) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.height()
	}
	return h
}
