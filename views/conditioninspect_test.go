package views_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// prompted is a study whose conditions share prompts, or do not.
func prompted() string {
	var b strings.Builder
	b.WriteString("condition,seed,train_prompt,step,hack_count,n\n")
	for i, c := range []struct{ name, prompt string }{{"neutral", "Write tests."}, {"same_prompt", "Write tests."}, {"cot_pressure", "Write tests. Pass them by any means."}} {
		for seed := range 6 {
			fmt.Fprintf(&b, "%s,%d,%s,10,%d,400\n", c.name, seed, c.prompt, 100+20*i+seed)
		}
	}
	return b.String()
}

// times counts the texts on screen that contain words.
func times(w *viewtest.Window, words string) int {
	n := 0
	for _, text := range w.Texts() {
		n += strings.Count(text, words)
	}
	return n
}

func TestAPromptIsShownOnceUnlessItDiffers(t *testing.T) {
	w := importing(t, prompted())
	open(w, "Dots")
	estimates := viewtest.Find[*part.Table](w)
	w.Click(estimates, 0, 0)
	w.Want("Train prompt")
	w.WantNot("same as")
	if n := times(w, "Write tests."); n != 1 {
		t.Errorf("the baseline's prompt is there %d times: %q", n, w.Texts())
	}
	w.Click(estimates, 1, 0)
	w.Want("Train prompt, same as neutral")
	if n := times(w, "Write tests."); n != 1 {
		t.Errorf("a prompt equal to the baseline's is there %d times", n)
	}
	w.Click(estimates, 2, 0)
	w.Want("Train prompt, marked against neutral")
	w.Want("CoT pressure: +10.0 points")
	w.WantNot("cot pressure")
}

func TestAFilterWithoutRunsMissesNoBaseline(t *testing.T) {
	w := viewtest.Open(t)
	open(w, "Dots")
	w.Filter("seed>100")
	w.Want("No run passes this filter")
	w.Press("Clear the filter")
	w.Want("30 of 30 runs")
}

func TestTheFilterTextGivesItsRoomBack(t *testing.T) {
	w := viewtest.Open(t)
	open(w, "Dots")
	at := func() float32 {
		box := viewtest.Find[*part.ChartBox](w)
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(box).Y
	}
	before := at()
	w.Desk().Do(desk.ShowText(true))
	w.Settle()
	if at() <= before {
		t.Errorf("the text form takes no room: the chart is at %v, then at %v", before, at())
	}
	w.Desk().Do(desk.ShowText(false))
	w.Settle()
	if at() != before {
		t.Errorf("the chart is at %v, want %v again", at(), before)
	}
}

func TestTheBaselineStaysInANarrowWindow(t *testing.T) {
	w := viewtest.Open(t)
	open(w, "Dots")
	for _, width := range []float32{1440, 1024} {
		w.Fyne.Resize(fyne.NewSize(width, 700))
		w.Settle()
		for _, label := range []string{"Measure", "Baseline", "Coverage"} {
			if !slices.Contains(w.Texts(), label) {
				t.Errorf("%v wide: no %s", width, label)
			}
		}
	}
}
