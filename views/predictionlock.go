package views

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// lockSelected asks who locks the selected open predictions, or all open ones
// where none is selected, and says what that means.
func (v *registryPane) lockSelected() {
	all := openOnes(v.selected())
	if len(v.selected()) == 0 {
		all = openOnes(v.books.Entries)
	}
	if len(all) == 0 {
		v.place.Bench.Say("Every selected prediction is locked already")
		return
	}
	var stated []predict.Stated
	seen, authors := 0, map[string]bool{}
	for _, e := range all {
		stated = append(stated, e.Stated)
		if e.Outcome != nil {
			seen++
		}
		if e.Author != "" {
			authors[e.Author] = true
		}
	}
	lines := []string{fmt.Sprintf("%s will be stamped with the time and the SHA-256 of what they say, and cannot be changed or deleted afterward. Results that are imported from now on test them.", charts.Count(float64(len(all)), "prediction"))}
	if seen > 0 {
		lines = append(lines, fmt.Sprintf("%d of %d already have results here. Unless further runs come, they will be badged retrospective.", seen, len(all)))
	}
	if len(authors) > 0 {
		lines = append(lines, "Predictions that name who made them keep that name: "+strings.Join(sortedNames(authors), ", ")+".")
	}
	v.askAuthor("Lock predictions", lines, predict.Digest(stated), fmt.Sprintf("Lock %s", charts.Count(float64(len(all)), "prediction")), func(author string) {
		var ids []int64
		for _, e := range all {
			ids = append(ids, e.ID)
		}
		v.write("The predictions could not be locked", fmt.Sprintf("Locked %s", charts.Count(float64(len(ids)), "prediction")), func(ctx context.Context, s Study) error {
			return s.Lock(ctx, ids, author)
		})
	})
}

func sortedNames(set map[string]bool) []string {
	var out []string
	for name := range set {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// askAuthor opens the dialog of a lock. The name is remembered.
func (v *registryPane) askAuthor(title string, lines []string, hash, verb string, do func(author string)) {
	c := v.place.Bench.Canvas()
	author := part.NewEntry("your name")
	author.SetText(v.place.Bench.Author())
	wrong := part.NewParagraph("", theme.Bad, theme.SmallSize)
	var shut func()
	lock := func() {
		name := strings.TrimSpace(author.Text)
		if name == "" {
			wrong.SetText("Write who locks them")
			return
		}
		shut()
		v.place.Bench.KeepAuthor(name)
		do(name)
	}
	author.OnSubmitted = func(string) { lock() }
	body := part.Stack(10)
	for _, l := range lines {
		body.Add(part.NewParagraph(l, theme.Text, theme.TextSize))
	}
	body.Add(part.Border(nil, nil, part.Fixed(74, theme.Control, part.Quiet("Author")), nil, author))
	body.Add(part.Row(0, part.Fixed(74, 18, part.Quiet("SHA-256")), part.WithTip(part.Small(hash[:8]+"… of what is stated"), hash)))
	body.Add(wrong)
	no := part.NewButton("Cancel", "", func() { shut() })
	shut = part.Modal(c, title, fyne.NewSize(470, 330), part.Scroll(part.Pad(12, 16, 8, 16, body)), no, part.NewPrimary(verb, theme.Lock, lock))
	c.Focus(author)
}

// write changes the study off the UI thread, says what was done and reads it
// again.
func (v *registryPane) write(failed, done string, change func(context.Context, Study) error) {
	study := v.place.Study()
	if study == nil {
		return
	}
	task.Do(context.Background(), v.writing, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, change(ctx, study)
	}, func(_ struct{}, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			v.place.Bench.Fail(failed, err)
			return
		}
		v.asked = ""
		v.place.Bench.Say(done)
		v.place.Bench.Reload()
	})
}

func (v *registryPane) removeSelected() {
	all := openOnes(v.selected())
	if len(all) == 0 {
		v.place.Bench.Say("Locked predictions stay; select some that are not locked")
		return
	}
	n := charts.Count(float64(len(all)), "prediction")
	part.Confirm(v.place.Bench.Canvas(), "Delete predictions", n+" will be deleted from the study. This cannot be undone.", "Delete "+n, func() {
		v.write("The predictions could not be deleted", "Deleted "+n, func(ctx context.Context, s Study) error {
			for _, e := range all {
				if err := s.DeletePrediction(ctx, e.ID); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// addModels asks at which checkpoints, and of which conditions, the model's
// predictions are kept.
func (v *registryPane) addModels() {
	m, err := figure.Model(v.state)
	if err != nil {
		v.place.Bench.Fail("There is no model to predict with", err)
		return
	}
	steps, ahead := part.NewEntry("some of the second half, and the last"), part.NewEntry("names, with commas between them")
	wrong := part.NewParagraph("", theme.Bad, theme.SmallSize)
	var arms []string
	list := part.Flow(10)
	chosen := map[string]bool{}
	for _, c := range v.place.Facts().Conditions {
		arms, chosen[c] = append(arms, c), true
		list.Add(part.NewCheck(valueLabel(c), true, func(on bool) { chosen[c] = on }))
	}
	var shut func()
	add := func(lock bool) {
		at, err := predict.ParseSteps(steps.Text)
		if err != nil {
			wrong.SetText(plainError(err))
			return
		}
		kept := slices.DeleteFunc(slices.Clone(arms), func(a string) bool { return !chosen[a] })
		further := splitNames(ahead.Text)
		if len(kept)+len(further) == 0 {
			wrong.SetText("Choose a condition, or name one that is not yet run")
			return
		}
		shut()
		v.keepModels(m, at, append(kept, further...), further, lock)
	}
	body := part.Stack(8,
		part.NewParagraph("Keeps the rates that "+m.Name+" predicts, as it is shown now, under its name, version and hash.", theme.Text, theme.TextSize),
		part.Label("Conditions"), list,
		part.Label("Conditions not yet run"), ahead,
		part.Label("Steps, such as 60, 80, 118"), steps, wrong)
	shut = part.Modal(v.place.Bench.Canvas(), "Add the model's predictions", fyne.NewSize(520, 400), part.Scroll(part.Pad(12, 16, 8, 16, body)),
		part.NewButton("Cancel", "", func() { shut() }), part.NewButton("Add and lock…", theme.Lock, func() { add(true) }), part.NewPrimary("Add predictions", "", func() { add(false) }))
}

func splitNames(text string) []string {
	var out []string
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// keepModels computes the model anew at the steps and keeps what it says of
// the conditions; with lock it asks for the author first.
func (v *registryPane) keepModels(m motive.Model, steps []float64, arms, ahead []string, lock bool) {
	study, s := v.place.Study(), v.state
	task.Do(context.Background(), v.writing, func(ctx context.Context) ([]data.Prediction, error) {
		return modelPredictions(ctx, study, m, s, steps, arms, ahead)
	}, func(all []data.Prediction, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			v.place.Bench.Fail("The model's predictions could not be made", err)
		case len(all) == 0:
			v.place.Bench.Say("The model says nothing of these conditions at these steps")
		case lock:
			v.lockModels(all)
		default:
			v.keep(all, "")
		}
	})
}

func (v *registryPane) lockModels(all []data.Prediction) {
	var stated []predict.Stated
	for _, p := range all {
		stated = append(stated, predict.Stated{Prediction: p})
	}
	n := charts.Count(float64(len(all)), "prediction")
	lines := []string{n + " of " + all[0].Model + " will be kept, stamped with the time and the SHA-256 of what they say, and cannot be changed or deleted afterward. Results that are imported from now on test them; about what is here already they are retrospective."}
	v.askAuthor("Lock the model's predictions", lines, predict.Digest(stated), "Lock "+n, func(author string) { v.keep(all, author) })
}

// keep stores predictions, and locks them where an author is named.
func (v *registryPane) keep(all []data.Prediction, author string) {
	n := charts.Count(float64(len(all)), "prediction")
	done := "Added " + n
	if author != "" {
		done = "Locked " + n
	}
	v.write("The predictions could not be kept", done, func(ctx context.Context, s Study) error {
		ids, err := s.AddPredictions(ctx, all)
		if err != nil || author == "" {
			return err
		}
		return s.Lock(ctx, ids, author)
	})
	v.place.Desk.Do(desk.SetOption("Registry", showOption, showRegistry))
}

// modelPredictions computes a state's model at steps and returns what it says
// of some conditions. The model is kept under a version that is free, so that
// the predictions lead to it.
func modelPredictions(ctx context.Context, study Study, m motive.Model, s desk.State, steps []float64, arms, ahead []string) ([]data.Prediction, error) {
	q, p, err := figure.Prediction(s)
	if err != nil {
		return nil, err
	}
	p.Steps, p.Ahead = steps, ahead
	x, err := study.Index(ctx)
	if err != nil {
		return nil, err
	}
	q.By = data.Condition // predictions are kept by condition
	o, err := predict.Observe(ctx, x, q)
	if err != nil {
		return nil, err
	}
	c, err := predict.Compute(m, o, p)
	if err != nil {
		return nil, err
	}
	if err := keepVersion(ctx, study, &c.Model); err != nil {
		return nil, err
	}
	all, err := c.Predictions()
	return slices.DeleteFunc(all, func(p data.Prediction) bool { return !slices.Contains(arms, p.Condition) }), err
}

// keepVersion keeps a model under the first version, from its own on, that no
// other model has.
func keepVersion(ctx context.Context, study Study, m *motive.Model) error {
	const most = 200
	err := study.KeepModel(ctx, *m)
	for range most {
		if !store.IsKind(err, store.Invalid) {
			break
		}
		m.Version++
		err = study.KeepModel(ctx, *m)
	}
	return err
}
