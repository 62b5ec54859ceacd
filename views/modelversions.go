package views

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// A ModelKeeper keeps versions of motivation models; see package store.
type ModelKeeper interface {
	MotiveModels(ctx context.Context) ([]motive.Model, error)
	KeepModel(ctx context.Context, m motive.Model) error
	ForgetModel(ctx context.Context, m motive.Model) error
}

// A modelChoice is a model that can be chosen: what the State holds of it, and
// what it is called.
type modelChoice struct {
	text, label string
	model       motive.Model
	saved       bool
}

// modelChoices are the presets, then the study's versions.
func modelChoices(saved []motive.Model) []modelChoice {
	var out []modelChoice
	for _, p := range motive.Presets {
		out = append(out, modelChoice{text: p.ID, label: p.Title, model: p.New()})
	}
	for _, m := range saved {
		if text, err := json.Marshal(m); err == nil {
			out = append(out, modelChoice{text: string(text), label: predict.Name(m), model: m, saved: true})
		}
	}
	return out
}

// sameModel compares all of two models.
func sameModel(a, b motive.Model) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// chosenModel finds a model among the choices, −1 where it was changed.
func chosenModel(m motive.Model, all []modelChoice) int {
	return slices.IndexFunc(all, func(c modelChoice) bool { return sameModel(c.model, m) })
}

// origin is what a changed model began from: the version of its name, the
// preset of its name, else the first preset.
func origin(m motive.Model, all []modelChoice) modelChoice {
	for _, fits := range []func(c modelChoice) bool{
		func(c modelChoice) bool { return c.model.Name == m.Name && c.model.Version == m.Version },
		func(c modelChoice) bool { return c.model.Name == m.Name },
	} {
		if i := slices.IndexFunc(all, fits); i >= 0 {
			return all[i]
		}
	}
	return all[0]
}

// modelBar chooses the model, and saves, exports and imports versions of it.
type modelBar struct {
	place  Place
	slot   *task.Slot
	pick   *part.Select
	more   *part.Button
	now    motive.Model
	saved  []motive.Model
	all    []modelChoice
	labels []string
	edit   func() // opens the editor
}

// changedModel stands for a model that is neither preset nor saved.
const changedModel = "changed"

func newModelBar(p Place, edit func()) *modelBar {
	b := &modelBar{place: p, slot: task.NewSlot(p.Tasks), edit: edit}
	b.pick = part.NewSelect(nil, "", func(text string) {
		if text != changedModel {
			b.use("Model", text)
		}
	})
	b.more = part.NewButton("", theme.More, func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.more)
		p.Bench.Menu(at.AddXY(0, theme.Control+2), b.items()...)
	}).WithTip("Save, export, import and delete versions")
	return b
}

func (b *modelBar) use(name, text string) {
	b.place.Desk.Do(desk.SetOption(name, figure.ModelOption, text))
}

// show says which model is computed.
func (b *modelBar) show(m motive.Model, saved []motive.Model) {
	b.now, b.saved, b.all = m, saved, modelChoices(saved)
	var texts, labels []string
	for _, c := range b.all {
		texts, labels = append(texts, c.text), append(labels, c.label)
	}
	on := changedModel
	if i := chosenModel(m, b.all); i >= 0 {
		on = texts[i]
	} else {
		texts, labels = append(texts, changedModel), append(labels, origin(m, b.all).label+", changed")
	}
	if !slices.Equal(labels, b.labels) {
		b.labels, b.pick.Value = labels, "" // Set compares options only
	}
	b.pick.Labels = labels
	b.pick.Set(texts, on)
}

// reset goes back to what the model began from.
func (b *modelBar) reset() {
	b.place.Desk.Do(desk.Both("Reset model", desk.SetOption("Reset model", figure.ModelOption, origin(b.now, b.all).text), desk.SetFlag("Reset model", figure.FitOption, true)))
}

func (b *modelBar) items() []*fyne.MenuItem {
	save := fyne.NewMenuItem("Save model…", b.save)
	remove := fyne.NewMenuItem("Delete version", b.remove)
	reset := fyne.NewMenuItem("Reset to "+origin(b.now, b.all).label, b.reset)
	i := chosenModel(b.now, b.all)
	save.Disabled = b.place.Study() == nil || b.place.Study().ReadOnly()
	remove.Disabled = save.Disabled || i < 0 || !b.all[i].saved
	reset.Disabled = i >= 0
	return []*fyne.MenuItem{
		fyne.NewMenuItem("Edit policy table…", b.edit), fyne.NewMenuItemSeparator(), // in small windows its button gives way
		save, fyne.NewMenuItem("Export model…", b.export), fyne.NewMenuItem("Import model…", b.bring),
		fyne.NewMenuItemSeparator(), reset, remove,
	}
}

// save asks for a name and keeps a new version under it.
func (b *modelBar) save() {
	entry := part.NewEntry("Name of the model")
	entry.SetText(b.now.Name)
	says := part.Prose("")
	tell := func(name string) {
		says.SetText(fmt.Sprintf("Kept in the study as version %d of that name; versions are never written over", store.NextVersion(b.saved, strings.TrimSpace(name))))
	}
	tell(b.now.Name)
	entry.OnChanged = tell
	var shut func()
	do := func() {
		if name := strings.TrimSpace(entry.Text); name != "" {
			shut()
			m := b.now.Clone()
			m.Name, m.Version = name, store.NextVersion(b.saved, name)
			b.keep(m)
		}
	}
	entry.OnSubmitted = func(string) { do() }
	entry.OnEscape = func() { shut() }
	body := part.Pad(14, 16, 14, 16, part.Stack(6, part.Quiet("Name"), entry, says))
	shut = part.Modal(b.place.Bench.Canvas(), "Save model", fyne.NewSize(400, 210), body, part.NewPrimary("Save model", "", do))
	b.place.Bench.Canvas().Focus(entry)
}

// keep saves a version and shows it.
func (b *modelBar) keep(m motive.Model) {
	study := b.place.Study()
	task.Do(context.Background(), b.slot, func(ctx context.Context) (string, error) {
		if err := study.KeepModel(ctx, m); err != nil {
			return "", err
		}
		text, err := json.Marshal(m)
		return string(text), err
	}, func(text string, err error) {
		if err != nil {
			b.place.Bench.Fail("The model could not be saved", err)
			return
		}
		b.place.Bench.Say("Saved " + predict.Name(m))
		b.place.Bench.Reload()
		b.use("Save model", text)
	})
}

func (b *modelBar) remove() {
	study, m := b.place.Study(), b.now
	part.Confirm(b.place.Bench.Canvas(), "Delete version", predict.Name(m)+" is removed from the study. It stays on screen until you choose another model; predictions made with it stay.", "Delete version", func() {
		change(b.place, "The version could not be deleted", func(ctx context.Context) error { return study.ForgetModel(ctx, m) })
	})
}

// export writes the model as the JSON that predict reads.
func (b *modelBar) export() {
	m := b.now
	b.place.Bench.Choose(Choice{Title: "Export model", Save: true, Name: figure.FileName(predict.Name(m), "model") + ".json", Ends: []string{".json"}}, func(p []string) {
		path := withEnd(p[0], ".json")
		task.Do(context.Background(), b.slot, func(context.Context) ([]string, error) {
			return writeFile(path, func(to io.Writer) ([]string, error) {
				enc := json.NewEncoder(to)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return nil, enc.Encode(m)
			})
		}, func(_ []string, err error) {
			if err != nil {
				b.place.Bench.Fail("The model could not be exported", err)
				return
			}
			b.place.Bench.Say("Exported " + path)
		})
	})
}

// bring shows the model of a file; it is kept when it is saved.
func (b *modelBar) bring() {
	b.place.Bench.Choose(Choice{Title: "Import model", Ends: []string{".json"}}, func(p []string) {
		task.Do(context.Background(), b.slot, func(context.Context) (string, error) {
			raw, err := os.ReadFile(p[0])
			if err != nil {
				return "", err
			}
			m, err := motive.Read(raw)
			if err != nil {
				return "", err
			}
			text, err := json.Marshal(m)
			return string(text), err
		}, func(text string, err error) {
			if err != nil {
				b.place.Bench.Fail("This file is no model", err)
				return
			}
			b.use("Import model", text)
		})
	})
}
