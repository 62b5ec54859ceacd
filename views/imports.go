package views

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/formats"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// imports reads result files into the study: what was found at the left, what
// the files mean in the middle, what could not be taken as it stood at the
// right.
type imports struct {
	place    Place
	scanning *task.Slot
	reading  *task.Slot
	looking  *task.Slot
	found    found
	picked   int
	remember bool
	last     *outcome
	now      progress

	body    *fyne.Container
	list    *fyne.Container
	total   *part.Text
	middle  *fyne.Container
	right   *fyne.Container
	doing   *fyne.Container
	bar     *part.Progress
	much    *part.Text
	into    *part.Text
	started bool
}

func newImports(p Place) View {
	v := &imports{place: p, scanning: task.NewSlot(p.Tasks), reading: task.NewSlot(p.Tasks), looking: task.NewSlot(p.Tasks), remember: true,
		list: part.Stack(2), total: part.Small(""), middle: container.NewStack(), right: container.NewStack(), bar: part.NewProgress(60, 6), much: part.Small("").Short(), into: part.Quiet("").Short()}
	v.doing = container.NewStack()
	left := part.Fixed(276, 0, part.Ground(theme.Panel, part.Border(v.drop(), v.doing, nil, part.Wall(), part.Scroll(part.Pad(6, 6, 6, 6, v.list)))))
	v.body = part.Border(nil, nil, left, part.Fixed(318, 0, part.Ground(theme.Panel, part.Border(nil, nil, part.Wall(), nil, v.right))), part.Ground(theme.Panel, v.middle))
	v.refresh()
	return v
}

// Content implements View.
func (v *imports) Content() fyne.CanvasObject { return v.body }

// AsksNothing implements Unasking.
func (v *imports) AsksNothing() {}

// Ask implements View.
func (v *imports) Ask(desk.State) query.Query { return query.Query{} }

// Show implements View.
func (v *imports) Show(desk.State, frame.Frame) {
	if s := v.place.Study(); s != nil {
		v.into.SetText("into " + filepath.Base(s.Path()))
	}
}

// Tools implements Tooled.
func (v *imports) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.into, part.NewButton("Close", theme.Close, func() { v.place.Desk.Do(desk.Open("runs", "Runs")) }).WithTip("Back to the runs")}
}

func (v *imports) drop() fyne.CanvasObject {
	zone := part.NewDropZone("Drop files or a folder here", "or choose with Ctrl O", func() { v.choose(false) })
	folder := part.NewLink("Choose a folder…", func() { v.choose(true) })
	head := part.Border(part.Rule(), nil, nil, nil, part.Head(part.Strong("Found"), v.total))
	return part.Stack(0, part.Pad(10, 10, 4, 10, zone), part.Pad(0, 0, 8, 12, part.Row(8, part.NewLink("Choose files…", func() { v.choose(false) }), folder, part.Spacer())), head)
}

func (v *imports) choose(folder bool) { v.place.Bench.ChooseFiles(folder, v.add) }

// add looks for files below paths.
func (v *imports) add(paths []string) {
	study := v.place.Study()
	v.last, v.started = nil, true
	v.total.SetText("looking…")
	task.Do(context.Background(), v.scanning, func(ctx context.Context) (found, error) {
		return scan(ctx, paths, func(folder string) (formats.Mapping, bool) {
			if study == nil {
				return formats.Mapping{}, false
			}
			m, ok, err := study.Mapping(ctx, folder)
			return m, ok && err == nil
		})
	}, func(f found, err error) {
		if err != nil {
			v.total.SetText("")
			v.place.Bench.Fail("The files could not be read", err)
			return
		}
		v.found, v.picked = f, 0
		v.refresh()
		v.look()
	})
}

// previewRows is how many rows of a file are shown.
const previewRows = 10

// look reads the beginning of the picked batch's first file, to show what an
// import would make of it.
func (v *imports) look() {
	if v.picked >= len(v.found.Batches) {
		return
	}
	b := v.found.Batches[v.picked]
	file, mapping := b.Files[0], b.Mapping
	task.Do(context.Background(), v.looking, func(ctx context.Context) (formats.Look, error) {
		return formats.Preview(ctx, file, mapping, previewRows)
	}, func(l formats.Look, err error) {
		if err != nil {
			l.Problems = append(l.Problems, data.Problem{File: file.Path, Text: plainError(err), Count: 1, Bad: true})
		}
		b.Look = &l
		v.refresh()
	})
}

// change is called after the meaning of files was changed: what was found out
// of them before no longer holds.
func (v *imports) change() {
	v.last = nil
	v.refresh()
	v.look()
}

// Found returns the names of what was found, for scripts and tests.
func (v *imports) Found() []string {
	var out []string
	for _, b := range v.found.Batches {
		out = append(out, b.Name)
	}
	return out
}

func (v *imports) files() (n int, bytes int64) {
	for _, b := range v.found.Batches {
		n, bytes = n+len(b.Files), bytes+b.Bytes
	}
	return n, bytes
}

// refresh shows what was found and what came of it.
func (v *imports) refresh() {
	n, bytes := v.files()
	v.total.SetText("")
	if n > 0 {
		v.total.SetText(charts.Count(float64(n), "file") + ", " + sizeName(bytes))
	}
	v.list.Objects = nil
	for i, b := range v.found.Batches {
		v.list.Add(part.NewPick(theme.File, b.Name, b.Format.Help(), charts.Count(float64(len(b.Files)), "file"), i == v.picked, func() {
			v.picked = i
			v.refresh()
			if b.Look == nil {
				v.look()
			}
		}))
	}
	v.list.Refresh()
	v.middle.Objects = []fyne.CanvasObject{v.meaning()}
	v.middle.Refresh()
	v.right.Objects = []fyne.CanvasObject{v.problems()}
	v.right.Refresh()
}

func sizeName(bytes int64) string {
	const k = 1000
	switch {
	case bytes >= k*k*k:
		return charts.Scores.Text(float64(bytes)/(k*k*k), 0) + "\u00a0GB"
	case bytes >= k*k:
		return charts.Scores.Text(float64(bytes)/(k*k), 0) + "\u00a0MB"
	}
	return charts.Whole.Text(float64(bytes)/k, 0) + "\u00a0kB"
}

// run imports everything that was found, or with dry only says what that
// would come to.
func (v *imports) run(dry bool) {
	study := v.place.Study()
	if study == nil || len(v.found.Batches) == 0 {
		return
	}
	batches, remember := v.found.Batches, v.remember && !dry
	v.now = progress{Files: 1}
	v.showDoing(true, dry)
	tell := func(p progress) { v.place.Tasks.Post(func() { v.tell(p) }) }
	task.Do(context.Background(), v.reading, func(ctx context.Context) (outcome, error) {
		if remember {
			if err := rememberMappings(ctx, study, batches); err != nil {
				return outcome{}, err
			}
		}
		return importAll(ctx, study, batches, dry, tell), nil
	}, v.done)
}

// rememberMappings keeps what a person has changed for the next import from
// the same folders.
func rememberMappings(ctx context.Context, s Study, batches []*batch) error {
	for _, b := range batches {
		if b.Mapping.Template == b.Guessed && len(b.Mapping.Columns) == 0 {
			continue
		}
		if err := s.Remember(ctx, filepath.Dir(b.Files[0].Path), b.Mapping); err != nil {
			return err
		}
	}
	return nil
}

func (v *imports) tell(p progress) {
	if !v.reading.Busy() {
		return // canceled meanwhile
	}
	v.now = p
	v.bar.Set(p.Share)
	much := charts.Whole.Text(float64(p.File), 0) + " of " + charts.Count(float64(p.Files), "file")
	v.much.SetText(much)
	v.place.Bench.Progress("Import "+p.Name, p.Share, much)
}

func (v *imports) done(o outcome, err error) {
	v.showDoing(false, o.Dry)
	if err != nil {
		v.place.Bench.Fail("The import did not start", err)
		return
	}
	v.last = &o
	v.refresh()
	if o.Dry {
		return
	}
	sum, already := o.Sum()
	text := "Imported " + charts.Count(float64(len(o.Reports)-already), "file") + ", " + charts.Count(float64(sum.NewRuns), "new run")
	if already > 0 {
		text += "; " + charts.Count(float64(already), "file") + " were there already"
	}
	v.place.Bench.Say(text)
	v.place.Bench.Reload()
}

// cancel ends the import after what is whole.
func (v *imports) cancel() {
	v.reading.Cancel()
	v.showDoing(false, false)
	v.place.Bench.Say("Import canceled; files that were read whole are in the study")
	v.place.Bench.Reload()
}

func (v *imports) showDoing(on, dry bool) {
	v.doing.Objects = nil
	v.place.Bench.Progress("", 0, "")
	if on {
		title := "Importing"
		if dry {
			title = "Trying"
		}
		v.bar.Set(0)
		v.much.SetText("")
		stop := part.NewButton("Cancel", theme.Close, v.cancel)
		v.doing.Objects = []fyne.CanvasObject{part.Border(part.Rule(), nil, nil, nil, part.Pad(10, theme.Pad, 10, theme.Pad,
			part.Stack(6, part.Strong(title), v.bar, v.much, part.Row(8, stop, part.Small("keeps what is whole").Short()))))}
	}
	v.doing.Refresh()
	v.body.Refresh()
}

// undo takes the last import back.
func (v *imports) undo() {
	study, last := v.place.Study(), v.last
	if study == nil || last == nil {
		return
	}
	task.Do(context.Background(), v.reading, func(ctx context.Context) (int, error) {
		n := 0
		for _, r := range last.Reports {
			if r.Import == 0 || r.Already {
				continue
			}
			if err := study.Forget(ctx, r.Import); err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}, func(n int, err error) {
		if err != nil {
			v.place.Bench.Fail("The import could not be taken back", err)
		} else {
			v.place.Bench.Say("Took back " + charts.Count(float64(n), "file"))
		}
		v.last = nil
		v.refresh()
		v.place.Bench.Reload()
	})
}

func (v *imports) openRuns() { v.place.Desk.Do(desk.Open("runs", "Runs")) }
