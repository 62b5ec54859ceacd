package views_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/data/motive"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// editing opens the editor of the predictions' model, which is not fitted.
func editing(t *testing.T, page string) *viewtest.Window {
	t.Helper()
	w := viewtest.Open(t)
	w.Desk().Do(desk.SetFlag("Fit", figure.FitOption, false))
	w.Do("view.predictions")
	w.Settle()
	w.Press("Edit policy table…")
	if page != "Policies" {
		w.Press(page)
	}
	return w
}

func modelOf(t *testing.T, w *viewtest.Window) motive.Model {
	t.Helper()
	m, err := figure.Model(w.Desk().State())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fill types into a cell and presses Enter.
func fillCell(w *viewtest.Window, row int, column, text string) *part.CellTable {
	c := viewtest.Find[*part.CellTable](w)
	c.Edit(row, column)
	focused := w.Fyne.Canvas().Focused()
	w.TypeFocused(text)
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.Settle()
	return c
}

func TestACellOfThePolicyTableIsEditedInPlaceAndUndoneAsOneStep(t *testing.T) {
	w := editing(t, "Policies")
	was := viewtest.All[*part.ChartBox](w)[0].Spec()
	fillCell(w, 0, "act 0", "40 %")
	if got := modelOf(t, w).Patterns[0].Act[motive.Hackable]; got != .4 {
		t.Errorf("the intended pattern acts with %v, want .4", got)
	}
	w.Want("Five patterns, changed")
	if now := viewtest.All[*part.ChartBox](w)[0].Spec(); fmt.Sprint(now.Panels) == fmt.Sprint(was.Panels) {
		t.Error("the shares were not drawn anew")
	}
	w.Do("undo")
	w.Settle()
	w.WantNot("Five patterns, changed")
	if got := modelOf(t, w).Patterns[0].Act[motive.Hackable]; got != .05 {
		t.Errorf("after undo it acts with %v, want .05", got)
	}
}

func TestWhatIsNoProbabilityIsRefusedInWords(t *testing.T) {
	w := editing(t, "Policies")
	for text, words := range map[string]string{"7": "does not lie between 0 and 1", "often": "is no number"} {
		c := fillCell(w, 0, "act 1", text)
		w.Want(words)
		if !c.Editing() {
			t.Error("the cell was closed on what cannot be taken")
		}
		w.Fyne.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	if got := modelOf(t, w).Patterns[0].Act[motive.Neutral]; got != .02 {
		t.Errorf("the model has %v, want it unchanged", got)
	}
}

func TestPatternsAreAddedRenamedAndRemovedButTheLastOneStays(t *testing.T) {
	w := editing(t, "Patterns")
	w.Press("Add pattern")
	w.Want("New pattern")
	fillCell(w, 5, "name", "Mine")
	w.Want("Mine")
	for range 9 {
		w.Press("Remove") // the last row, where none is selected
	}
	if m := modelOf(t, w); len(m.Patterns) != 1 {
		t.Errorf("%d patterns are left, want one", len(m.Patterns))
	}
	w.Want("is the only pattern")
	w.Press("Reset to preset")
	if m := modelOf(t, w); len(m.Patterns) != 5 {
		t.Errorf("after the reset there are %d patterns", len(m.Patterns))
	}
}

func TestExtensionsAreSwitchedAndTheirConstantsSet(t *testing.T) {
	w := editing(t, "Extensions")
	for _, x := range motive.Extensions {
		w.Press(x.Title)
		if !x.On(modelOf(t, w)) {
			t.Errorf("%s is not on", x.Title)
		}
		w.Press(x.Title)
		if x.On(modelOf(t, w)) {
			t.Errorf("%s is still on", x.Title)
		}
	}
	w.Press("Deployment time")
	w.Want("Time t")
	w.Press("Edit policy table…") // on another page: it leads there, and then shuts the editor
	w.Press("Edit policy table…")
	w.Want("t 100")
	if spec := viewtest.All[*part.ChartBox](w)[0].Spec(); !strings.Contains(spec.Panels[0].X.Title, "deployment") {
		t.Errorf("the shares end with training: %q", spec.Panels[0].X.Title)
	}
}

func TestTheGraphIsEditedWithoutCircles(t *testing.T) {
	w := editing(t, "Graph")
	w.Want("No node is selected")
	c := viewtest.Find[*part.CellTable](w)
	w.Click(c.Table, 5, 0)
	w.Want("Reward on this episode: effect on selection +1; sought by Reward-seeker")
	w.Press("Edges")
	fillCell(w, 5, "weight", "3")
	if m := modelOf(t, w); m.Graph.Selects("hack") != 2.8 {
		t.Errorf("hacking is selected by %v, want 2.8", m.Graph.Selects("hack"))
	}
	w.Press("Add edge")
	if m := modelOf(t, w); len(m.Graph.Edges) != 11 || m.Check() != nil {
		t.Errorf("%d edges, %v", len(m.Graph.Edges), m.Check())
	}
	w.Press("Remove")
	if m := modelOf(t, w); len(m.Graph.Edges) != 10 {
		t.Errorf("%d edges are left", len(m.Graph.Edges))
	}
}

func TestTheBadgeOpensWhichPatternsActAlikeAndWhatWouldSplitThem(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	w.Press("4 not identified")
	for _, words := range []string{"Fit to the runs", "overdispersion ρ", "act alike, within 10 points", "Log score a sample", "odd seeds"} {
		w.Want(words)
	}
	boxes := viewtest.All[*part.ChartBox](w)
	if spec := boxes[len(boxes)-1].Spec(); spec.ID != "splits" || !strings.HasPrefix(spec.Title, "Honest test") {
		t.Errorf("%s: %q, want evals ranked by how well they split the four", spec.ID, spec.Title)
	}
	w.Desk().Do(desk.SetOption("Second model", figure.RivalOption, "two-behaviors"))
	w.Settle()
	boxes = viewtest.All[*part.ChartBox](w)
	if spec := boxes[len(boxes)-1].Spec(); !strings.Contains(spec.Subtitle, "Two behaviors") {
		t.Errorf("subtitle %q, want the second model", spec.Subtitle)
	}
}

// openVersions opens the menu beside the model.
func openVersions(w *viewtest.Window) {
	for _, b := range viewtest.All[*part.Button](w) {
		if strings.HasPrefix(b.Tip, "Save, export") {
			b.OnTapped()
		}
	}
}

func TestAModelIsSavedAsAVersionExportedAndImported(t *testing.T) {
	w := editing(t, "Policies")
	fillCell(w, 0, "act 0", ".3")
	openVersions(w)
	w.Press("Save model…")
	w.Want("as version 2 of that name")
	w.Press("Save model")
	w.Want("Five patterns v2")
	m := modelOf(t, w)
	if m.Version != 2 || m.Patterns[0].Act[motive.Hackable] != .3 {
		t.Errorf("version %d acts with %v", m.Version, m.Patterns[0].Act[motive.Hackable])
	}
	fillCell(w, 0, "act 0", ".31")
	w.Want("Five patterns v2, changed")
	w.Do("undo")
	w.Settle()
	openVersions(w)
	w.Press("Delete version")
	w.Press("Delete version")
	w.Want("Five patterns, changed")
}

func TestAModelThatCannotBeComputedIsRefusedAndUndone(t *testing.T) {
	w := editing(t, "Policies")
	for _, text := range []string{"not a model", `{"patterns":[]}`, `{"runs":[1,2]}`} {
		w.Desk().Do(desk.SetOption("Model", figure.ModelOption, text))
		w.Settle()
		w.Press("Undo")
		w.Want("Policies")
	}
	for _, fit := range []bool{false, true} {
		m := modelOf(t, w)
		m.Params.Eta, m.Contexts[0].Select = 1e300, 1e300
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		w.Desk().Do(desk.Both("Model", desk.SetOption("Model", figure.ModelOption, string(raw)), desk.SetFlag("Model", figure.FitOption, fit)))
		w.Settle()
		w.Want("its η, gaps or weights are too large")
		w.Press("Undo")
		w.WantNot("too large")
	}
}

func TestAStudyWithoutResultsSaysSoWhileItsModelIsEdited(t *testing.T) {
	w := viewtest.Empty(t)
	w.Path = filepath.Join(t.TempDir(), "none.study")
	s, err := store.Create(w.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	w.Window.Open(w.Path)
	w.Settle()
	w.Do("view.predictions")
	w.Settle()
	for range 2 {
		if !w.Has("no results yet") && !w.Has("no rate to predict") {
			t.Errorf("nothing says that there is nothing: %q", w.Texts())
		}
		w.Press("Edit policy table…")
	}
}

func TestAModelTravelsAsAFileAndAFileThatIsNoneIsRefused(t *testing.T) {
	w := editing(t, "Policies")
	path := filepath.Join(t.TempDir(), "m.json")
	w.Picks = [][]string{{path}, {path}, {path}}
	fillCell(w, 0, "act 0", ".3")
	menu := func(item string) { openVersions(w); w.Press(item) }
	menu("Export model…")
	w.Do("undo")
	w.Settle()
	menu("Import model…")
	if m := modelOf(t, w); m.Patterns[0].Act[motive.Hackable] != .3 {
		t.Errorf("the imported model acts with %v, want .3", m.Patterns[0].Act[motive.Hackable])
	}
	if err := os.WriteFile(path, []byte(`{"name":"x","pattern":[]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	menu("Import model…")
	w.Want("unknown field")
	if m := modelOf(t, w); len(m.Patterns) != 5 {
		t.Errorf("a file that is no model left %d patterns", len(m.Patterns))
	}
}

// BenchmarkMovingAPrior moves a slider of a model of 8 patterns and 20
// contexts until all that follows from it is drawn: shares, rates, tornado.
func BenchmarkMovingAPrior(b *testing.B) {
	w := viewtest.Open(b)
	w.Do("view.predictions")
	m := motive.Model{Name: "Large", Params: motive.Params{Eta: .1, Rollouts: 128}, Prior: motive.Prior{Simplicity: 1}}
	for i := range 8 {
		m.Patterns = append(m.Patterns, motive.Pattern{Name: fmt.Sprint("p", i), Default: float64(i) / 8, Features: motive.Features{Simplicity: float64(i)}})
	}
	for i := range 20 {
		m.Contexts = append(m.Contexts, motive.Context{Name: fmt.Sprint("c", i), Training: 1, Select: .5})
	}
	raw, err := json.Marshal(m)
	if err != nil {
		b.Fatal(err)
	}
	w.Desk().Do(desk.Both("Model", desk.SetOption("Model", figure.ModelOption, string(raw)), desk.SetFlag("Model", figure.FitOption, false)))
	w.Settle()
	slider := viewtest.Find[*part.Slider](w)
	keys := []fyne.KeyName{fyne.KeyHome, fyne.KeyEnd}
	i := 0
	for b.Loop() {
		slider.TypedKey(&fyne.KeyEvent{Name: keys[i%2]})
		w.Settle()
		i++
	}
}
