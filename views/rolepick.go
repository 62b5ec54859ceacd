package views

import (
	"context"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/store"
	"witnessmark/views/part"
	"witnessmark/views/task"
)

// roleNames say what the roles of conditions stand for.
var roleNames = []struct {
	role charts.Role
	name string
}{
	{charts.Baseline, "Baseline"},
	{charts.InoculationSpecific, "Inoculation, specific"},
	{charts.InoculationGeneral, "Inoculation, general or weak"},
	{charts.Irrelevant, "Neutral or irrelevant prefix"},
	{charts.Discouraging, "Discouraging, negative"},
	{charts.Other, "Other, rephrased"},
	{charts.Grey, "No color of its own"},
}

// chooseRole lets a person give a condition another color and marker, which
// the study keeps.
func chooseRole(p Place, condition string) {
	var shut func()
	var rows []fyne.CanvasObject
	for _, r := range roleNames {
		pick := part.NewRolePick(r.role, r.name, p.Facts().Role(condition) == r.role, func() {
			shut()
			setRole(p, condition, r.role)
		})
		rows = append(rows, pick)
	}
	shut = part.Modal(p.Bench.Canvas(), "Color and marker of "+valueLabel(condition), fyne.NewSize(380, 290), part.Pad(8, 8, 8, 8, part.Stack(1, rows...)))
}

func setRole(p Place, condition string, r charts.Role) {
	study := p.Study()
	change(p, "The color could not be kept", func(ctx context.Context) error {
		return study.SetStyle(ctx, store.Style{Field: data.Condition, Value: condition, Role: string(r)})
	})
}

func asideTitle(r column.Run) string {
	if r.SetAside {
		return "Take back " + r.Name
	}
	return "Set aside " + r.Name
}

// setAside leaves runs out of every number, or takes them back where the
// first of them is left out already.
func setAside(p Place, runs []column.Run) {
	if len(runs) == 0 {
		return
	}
	study, aside := p.Study(), !runs[0].SetAside
	var ids []int64
	for _, r := range runs {
		ids = append(ids, r.ID)
	}
	change(p, "The runs could not be set aside", func(ctx context.Context) error { return study.SetAside(ctx, ids, aside) })
}

// change changes the study off the UI thread and then reads it again.
func change(p Place, failed string, do func(context.Context) error) {
	task.Do(context.Background(), task.NewSlot(p.Tasks), func(ctx context.Context) (bool, error) { return true, do(ctx) }, func(_ bool, err error) {
		if err != nil {
			p.Bench.Fail(failed, err)
			return
		}
		p.Bench.Reload()
	})
}

// setAside sets the selected runs aside.
func (w *Window) setAside() {
	var runs []column.Run
	for _, r := range w.facts.Set.Runs {
		if w.desk.State().IsSelected(r.Name) {
			runs = append(runs, r)
		}
	}
	setAside(w.host.place, runs)
}
