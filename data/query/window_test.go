package query

import (
	"errors"
	"testing"
)

func TestWindows(t *testing.T) {
	steps := []float64{0, 10, 20, 30, 40}
	for text, want := range map[string]struct {
		canonical, sentence string
		from, to            int
	}{
		"":        {"all", "mean of all steps", 0, 5},
		"all":     {"all", "mean of all steps", 0, 5},
		"last:2":  {"last:2", "mean of the last 2 steps", 3, 5},
		"last:99": {"last:99", "mean of the last 99 steps", 0, 5},
		"last":    {"last:1", "last step", 4, 5},
		"first:2": {"first:2", "mean of the first 2 steps", 0, 2},
		"at:20":   {"at:20", "step 20", 2, 3},
		" 20 ":    {"at:20", "step 20", 2, 3},
		"at:25":   {"at:25", "step 25", 3, 3},
		"10..30":  {"10..30", "mean of steps 10–30", 1, 4},
		"15..":    {"15..", "mean of the steps from 15", 2, 5},
		"..15":    {"..15", "mean of the steps up to 15", 0, 2},
		"50..60":  {"50..60", "mean of steps 50–60", 5, 5},
	} {
		w, err := ParseWindow(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if w.String() != want.canonical || w.Sentence() != want.sentence {
			t.Errorf("%q: %s, %s", text, w, w.Sentence())
		}
		if from, to := w.Pick(steps); from != want.from || to != want.to {
			t.Errorf("%q picks %d to %d, want %d to %d", text, from, to, want.from, want.to)
		}
		if again, err := ParseWindow(w.String()); err != nil || again != w {
			t.Errorf("%q: %v is read as %v, %v", text, w, again, err)
		}
		if w.IsZero() != (want.canonical == "all") {
			t.Errorf("%q: zero is %t", text, w.IsZero())
		}
	}
}

func TestWindowErrors(t *testing.T) {
	for _, text := range []string{"last:0", "last:x", "first:-1", "9..1", "..", "soon", "at:"} {
		var bad *SyntaxError
		if w, err := ParseWindow(text); !errors.As(err, &bad) {
			t.Errorf("%q: got %v, %v", text, w, err)
		}
	}
}
