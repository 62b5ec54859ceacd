package charts

import (
	"math"
	"strings"

	"witnessmark/data/frame"
)

// Histogram draws how the scores of each class of samples lie, one panel a
// class on one axis, with the threshold through all: bars that reach it are
// dark, the others pale.
//
// Columns, one row a bin: class (text) names the panel; bin_lo and bin_hi
// (numbers) the bin's edges in the monitor's own scale; value (number) its
// share of the class, n its samples; threshold (number) the one in use, and
// flagged and of (numbers) how many samples of the class it flags. whole
// (number, 1) says that bins hold one whole score each.
func Histogram(f frame.Frame, o Options) Spec {
	h := histogram{f: f, o: o, threshold: math.NaN()}
	for i := range f.Len() {
		h.classes = append(h.classes, textAt(f, classColumn, i))
		if t := numAt(f, "threshold", i); finite(t) {
			h.threshold = t
		}
	}
	_, h.most, _ = extent(numbers(f, frame.Value))
	s := Spec{ID: "histogram", Title: o.title(h.propose()), Source: o.source(), Columns: 1, Notes: frameNotes(f)}
	kinds := distinct(h.classes)
	for k, class := range kinds {
		p := h.panel(class)
		p.X.Quiet = k+1 < len(kinds)
		s.Panels = append(s.Panels, p)
	}
	how := given(why(f, "threshold", 0), "no threshold")
	if finite(h.threshold) {
		how = "line = threshold " + stepName(h.threshold) + ", dark = scores that reach it"
	}
	s.Subtitle = o.subtitle(upperFirst(given(o.MeasureLabel, "scores"))+", share of each class", o.Context, joined("; ", how, "bars are counts and carry no interval"))
	return s
}

const classColumn = "class"

// A histogram is the scores of all classes.
type histogram struct {
	f         frame.Frame
	o         Options
	classes   []string // of each row
	threshold float64  // NaN for none
	most      float64  // share of the highest bar
}

func (h histogram) panel(class string) Panel {
	p := Panel{Head: class, HeadRole: h.o.Roles[class], X: h.axis(), Y: Axis{Hi: math.Max(1.1*h.most, 0.01), Format: Percent}, MinWidth: 220, Empty: "No scores"}
	dark := Layer{Mark: "bar", Name: class + ", at the threshold or over", Role: h.role(class), Alpha: 0.85}
	pale := Layer{Mark: "bar", Name: class + ", under the threshold", Role: h.role(class), Alpha: 0.35}
	for i, c := range h.classes {
		if c != class {
			continue
		}
		l := &pale
		if h.reaches(i) {
			l = &dark
		}
		lo, hi, v := numAt(h.f, "bin_lo", i), numAt(h.f, "bin_hi", i), numAt(h.f, frame.Value, i)
		inset := (hi - lo) * 0.04
		l.X, l.X2, l.Y, l.Y2 = append(l.X, lo+inset), append(l.X2, hi-inset), append(l.Y, 0), append(l.Y2, v)
		l.Source = append(l.Source, Target{i, -1, h.text(i), keysAt(h.f, i)})
		p.HeadNote = h.flagged(i)
	}
	p.Layers = []Layer{pale, dark}
	if finite(h.threshold) {
		p.Layers = append(p.Layers, Layer{Mark: "rule", Name: "threshold", Role: AccentRole, X: Values{h.threshold}, Width: 1.6})
	}
	return p
}

func (h histogram) role(class string) Role {
	if r, ok := h.o.Roles[class]; ok {
		return r
	}
	return Baseline
}

// reaches tells whether all of a bin is at the threshold or over.
func (h histogram) reaches(row int) bool { return numAt(h.f, "bin_lo", row) >= h.threshold-1e-9 }

// axis is that of scores; whole ones are named in the middle of their bin.
func (h histogram) axis() Axis {
	lo, _, ok := extent(numbers(h.f, "bin_lo"))
	_, hi, _ := extent(numbers(h.f, "bin_hi"))
	if !ok || !(lo < hi) {
		lo, hi = 0, 1
	}
	a := Axis{Lo: lo, Hi: hi, Format: Free, Title: given(h.o.XLabel, "Score")}
	if !h.whole() {
		return a
	}
	step := math.Max(1, math.Ceil((hi-lo)/12))
	for v := lo; v < hi && len(a.Ticks) < 60; v += step {
		a.Ticks = append(a.Ticks, Tick{v + 0.5, stepName(v)})
	}
	return a
}

func (h histogram) whole() bool {
	_, v, ok := extent(numbers(h.f, "whole"))
	return ok && v == 1
}

func (h histogram) text(row int) string {
	lo, hi := numAt(h.f, "bin_lo", row), numAt(h.f, "bin_hi", row)
	span := "score " + Free.Text(lo, 0)
	if !h.whole() {
		span += " to " + Free.Text(hi, 0)
	}
	n := numAt(h.f, frame.N, row)
	return h.classes[row] + ", " + span + ": " + Count(n, "sample") + ", " + Percent.Text(numAt(h.f, frame.Value, row), numAt(h.f, "of", row))
}

// flagged says how many samples of a class reach the threshold.
func (h histogram) flagged(row int) []string {
	k, n := numAt(h.f, "flagged", row), numAt(h.f, "of", row)
	if !finite(k, n) || n == 0 {
		return nil
	}
	count := Whole.Text(k, 0) + " of " + Whole.Text(n, 0)
	return []string{count + " flagged, " + Percent.Text(k/n, n), count + " flagged", count}
}

// propose says what the threshold does to each class.
func (h histogram) propose() string {
	var parts []string
	for i, class := range h.classes {
		if i > 0 && h.classes[i-1] == class {
			continue
		}
		if k, n := numAt(h.f, "flagged", i), numAt(h.f, "of", i); finite(k, n) {
			parts = append(parts, Whole.Text(k, 0)+" of "+Whole.Text(n, 0)+" "+class)
		}
	}
	switch {
	case len(h.classes) == 0:
		return "No scores"
	case len(parts) == 0:
		return "How scores lie"
	case len(parts) == 1:
		return strings.TrimSuffix(parts[0], " "+h.classes[0]) + " samples are flagged"
	}
	return upperFirst(list(parts)) + " samples are flagged"
}
