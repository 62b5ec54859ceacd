package views

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/formats"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// meaning is the middle pane: the format of the picked batch, and what the
// segments of its paths say.
func (v *imports) meaning() fyne.CanvasObject {
	if v.picked >= len(v.found.Batches) {
		text := "Drop result files or a folder on the window: JSONL, JSON, CSV and more. Nothing is read into the study before you say so."
		if v.started && !v.scanning.Busy() {
			text = "No file here is of a format that can be read. See the problems at the right."
		}
		return part.Message(text, part.Info, part.NewPrimary("Choose files…", theme.Import, func() { v.choose(false) }))
	}
	b := v.found.Batches[v.picked]
	head := part.Head(part.WithTip(part.Strong(b.Name), ""), part.Small("read as"), v.formatSelect(b))
	body := part.Stack(10, v.template(b), v.segments(b), v.columns(b), v.preview(b), v.sample(b))
	return part.Border(head, nil, nil, nil, part.Scroll(part.Pad(10, theme.Pad, 10, theme.Pad, body)))
}

func (v *imports) formatSelect(b *batch) fyne.CanvasObject {
	var names, labels []string
	for _, f := range formats.All {
		names, labels = append(names, f.Name()), append(labels, f.Name())
	}
	s := part.NewSelect(names, b.Format.Name(), func(name string) {
		if f, ok := formats.Named(name); ok {
			b.Format = f
			v.change()
		}
	})
	s.Labels, s.Height, s.Tip = labels, theme.Small, b.Format.Help()
	return s
}

// template edits the pattern that takes fields from paths.
func (v *imports) template(b *batch) fyne.CanvasObject {
	entry := part.NewEntry("…/{condition}/seed_{seed}/**")
	entry.SetText(b.template())
	wrong := part.Small("").Short()
	wrong.Hide()
	entry.OnSubmitted = func(text string) { v.setTemplate(b, text) }
	entry.OnChanged = func(text string) {
		wrong.Show()
		if _, err := formats.ParseTemplate(text); err != nil {
			wrong.In(theme.Bad).SetText(plainError(err))
			return
		}
		wrong.In(theme.Muted).SetText("Enter takes the template")
	}
	agree := v.agreement(b)
	return part.Stack(5, part.Row(8, part.Strong("Path segments"), part.Spacer(), part.Quiet(agree)), entry, wrong)
}

// agreement says how many paths the template takes fields from.
func (v *imports) agreement(b *batch) string {
	t, err := formats.ParseTemplate(b.template())
	if err != nil || b.template() == "" {
		return "no template: fields come from the files alone"
	}
	n := 0
	for _, f := range b.Files {
		if _, ok := t.MatchBeside(f.Path); ok {
			n++
		}
	}
	return charts.Whole.Text(float64(n), 0) + " of " + charts.Count(float64(len(b.Files)), "path") + " fit"
}

func (v *imports) setTemplate(b *batch, text string) {
	if _, err := formats.ParseTemplate(text); err != nil {
		return
	}
	b.Mapping.Template = text
	v.change()
}

// pathRoles are the fields that a segment may be given.
var pathRoles = []string{data.Condition, data.Seed, data.Run, data.BaseModel, data.Method, data.Eval, data.EvalPrompt, data.Grader, data.Step, data.Status}

// segments is a table of the parts of a path, each with the field it gives.
func (v *imports) segments(b *batch) fyne.CanvasObject {
	t, err := formats.ParseTemplate(b.template())
	if err != nil {
		return part.Prose("The template cannot be read.")
	}
	parts := pathParts(b.Files[0].Path, t)
	const most = 10
	from := max(0, len(parts)-most)
	rows := []fyne.CanvasObject{part.Ground(theme.Head, part.Pad(4, 6, 4, 6, grid(part.Label("Segment"), part.Label("Field"), part.Label("Value"))))}
	for i := from; i < len(parts); i++ {
		p := parts[i]
		s := part.NewSelect(append([]string{""}, known(pathRoles, p.Field)...), p.Field, func(field string) { v.setTemplate(b, giveSegment(b.template(), parts, i, field)) })
		s.Empty, s.Height = "ignore", theme.Small
		s.Labels = append([]string{"ignore"}, plainNames(known(pathRoles, p.Field))...)
		s.Edited = b.template() != b.Guessed && b.Guessed != "" && p.Field != ""
		rows = append(rows, part.Pad(1, 6, 1, 6, grid(part.WithTip(part.Say(p.Text), ""), part.Row(0, s, part.Spacer()), part.Quiet(p.Value).Short())), part.Rule())
	}
	return part.Stack(0, rows...)
}

// pathParts splits a path and says which field each segment gives. Without **
// a template's segments stand against the last ones of the path.
func pathParts(path string, t formats.Template) []formats.PathPart {
	pattern := strings.Split(t.String(), "/")
	parts := formats.PathParts(path, t)
	if strings.Contains(t.String(), "**") || len(pattern) > len(parts) {
		return parts
	}
	fields, _ := t.MatchBeside(path)
	for i := range parts {
		parts[i].Field, parts[i].Value = "", ""
		at := i - (len(parts) - len(pattern))
		if at < 0 {
			continue
		}
		for _, f := range t.Fields() {
			if strings.Contains(pattern[at], "{"+f+"}") {
				parts[i].Field, parts[i].Value = f, fields[f]
			}
		}
	}
	return parts
}

func grid(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewGridWithColumns(len(objects), objects...)
}

func known(list []string, also string) []string {
	if also == "" || slices.Contains(list, also) {
		return list
	}
	return append(slices.Clone(list), also)
}

func plainNames(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = plainName(n)
	}
	return out
}

// giveSegment returns the template in which a segment gives a field, or with
// "" none. Segments are counted from the end of the path, since templates
// are matched there.
func giveSegment(template string, parts []formats.PathPart, i int, field string) string {
	segments := strings.Split(template, "/")
	if template == "" {
		segments = nil
	}
	back := len(parts) - i // 1 for the last
	for len(segments) < back {
		segments = append([]string{"*"}, segments...)
	}
	at := len(segments) - back
	was := segments[at]
	switch {
	case field == "":
		segments[at] = "*"
	case strings.Contains(was, "{") && parts[i].Field != "":
		segments[at] = strings.Replace(was, "{"+parts[i].Field+"}", "{"+field+"}", 1)
	default:
		segments[at] = "{" + field + "}"
	}
	for j, s := range segments { // a field may be given once only
		if j != at && field != "" && strings.Contains(s, "{"+field+"}") {
			segments[j] = "*"
		}
	}
	for len(segments) > 0 && segments[0] == "*" {
		segments = segments[1:]
	}
	if !strings.Contains(strings.Join(segments, "/"), "{") {
		return ""
	}
	return strings.Join(segments, "/")
}

// sample shows some of the paths of the batch.
func (v *imports) sample(b *batch) fyne.CanvasObject {
	const most = 8
	rows := []fyne.CanvasObject{part.Strong("Files")}
	for i, f := range b.Files {
		if i == most {
			rows = append(rows, part.Small("and "+charts.Count(float64(len(b.Files)-most), "more file")))
			break
		}
		rows = append(rows, part.Row(8, part.WithTip(part.Small(f.Path), f.Path), part.Spacer(), part.Small(sizeName(f.Size))))
	}
	return part.Stack(3, rows...)
}

// problems is the right pane: what could not be taken as it stood, what the
// import adds, and its button.
func (v *imports) problems() fyne.CanvasObject {
	all := alike(slices.Clone(v.found.Problems))
	switch {
	case v.last != nil:
		all = alike(append(slices.Clone(v.found.Problems), v.last.Problems()...))
	case v.picked < len(v.found.Batches) && v.found.Batches[v.picked].Look != nil:
		all = alike(append(slices.Clone(v.found.Problems), v.found.Batches[v.picked].Look.Problems...))
	}
	head := part.Head(part.Strong("Problems"), part.Quiet(problemCount(all)))
	rows := []fyne.CanvasObject{}
	for i, p := range all {
		if i == problemMost {
			rows = append(rows, part.Pad(8, 12, 8, 12, part.Prose("and "+charts.Count(float64(len(all)-problemMost), "more kind")+" of problems")))
			break
		}
		rows = append(rows, problemRow(p), part.Rule())
	}
	if len(all) == 0 {
		rows = append(rows, part.Pad(12, 12, 12, 12, part.Prose(v.noProblems())))
	}
	return part.Border(head, v.foot(), nil, nil, part.Scroll(part.Stack(0, rows...)))
}

const problemMost = 60

func problemCount(all []data.Problem) string {
	if len(all) == 0 {
		return ""
	}
	n := 0
	for _, p := range all {
		n += p.Count
	}
	return charts.Count(float64(len(all)), "kind") + ", " + charts.Count(float64(n), "record")
}

func (v *imports) noProblems() string {
	switch {
	case v.last != nil:
		return "Every record was taken as it stands."
	case len(v.found.Batches) > 0:
		return "A dry run reads the files and says what an import would come to, without changing the study."
	}
	return "What cannot be taken as it stands is listed here, with file and line."
}

// problemRow shows where a problem is, what it is, and in how many records.
func problemRow(p data.Problem) fyne.CanvasObject {
	color := theme.Warn
	if p.Bad {
		color = theme.Bad
	}
	where := tail(p.File)
	if p.Place != "" {
		where += ", " + p.Place
	}
	rows := []fyne.CanvasObject{part.NewParagraph(p.Text, theme.Text, theme.SmallSize)}
	if p.Count > 1 {
		rows = append(rows, part.Small(charts.Count(float64(p.Count), "record")))
	}
	if strings.Contains(p.Text, "LFS") {
		rows = append(rows, part.Small("Run git lfs pull in that folder, then import again").Short())
	}
	title := part.NewParagraph(where, theme.Text, theme.SmallSize)
	title.Bold = true
	body := part.Stack(2, append([]fyne.CanvasObject{title}, rows...)...)
	return part.Pad(6, 12, 6, 10, part.Border(nil, nil, container.NewVBox(part.Fixed(20, 18, part.NewIcon(theme.Warning, color))), nil, body))
}

// tail is the end of a path, which tells files of one name apart.
func tail(path string) string {
	const most = 4
	segments := strings.Split(filepath.ToSlash(filepath.Clean(path)), "/")
	if len(segments) <= most {
		return strings.Join(segments, "/")
	}
	return "…/" + strings.Join(segments[len(segments)-most:], "/")
}

func moreFiles(place string, n int) string {
	text := "and " + charts.Count(float64(n), "more file")
	if place == "" {
		return text
	}
	return place + ", " + text
}

// foot says what the import adds and holds its buttons.
func (v *imports) foot() fyne.CanvasObject {
	n, _ := v.files()
	if n == 0 {
		return part.Stack(0)
	}
	var blocks []fyne.CanvasObject
	if v.last != nil {
		blocks = append(blocks, part.Pairs(v.sums()...))
	}
	if v.last != nil && !v.last.Dry {
		blocks = append(blocks, part.Row(8, part.NewPrimary("Show the runs", theme.Runs, func() { v.place.Bench.Reload(); v.openRuns() }), part.NewButton("Undo this import", theme.Undo, v.undo)))
		return part.Border(part.Rule(), nil, nil, nil, part.Pad(10, theme.Pad, 12, theme.Pad, part.Stack(8, blocks...)))
	}
	remember := part.NewCheck("Remember changed mappings", v.remember, func(on bool) { v.remember = on })
	read := part.NewPrimary("Import "+charts.Count(float64(n), "file"), theme.Import, func() { v.run(false) })
	try := part.NewButton("Dry run", "", func() { v.run(true) }).WithTip("Read everything and change nothing")
	blocks = append(blocks, remember, part.Row(8, read, try, part.Spacer()), part.Small("Files already in the study are skipped"))
	return part.Border(part.Rule(), nil, nil, nil, part.Pad(10, theme.Pad, 12, theme.Pad, part.Stack(8, blocks...)))
}

// sums says what came, or would come, into the study.
func (v *imports) sums() []string {
	sum, already := v.last.Sum()
	var what []string
	add := func(n int, noun string) {
		if n > 0 {
			what = append(what, charts.Count(float64(n), noun))
		}
	}
	add(sum.NewRuns, "new run")
	if v.last.Dry && len(v.last.Reports) > 1 && len(what) > 0 {
		what[0] = "at most " + what[0] // a run with several files counts in each
	}
	add(sum.Samples, "sample")
	add(sum.Counts, "count")
	add(sum.Summaries, "mean")
	add(sum.Texts, "text")
	add(sum.Predictions, "prediction")
	if len(what) == 0 {
		what = []string{"nothing new"}
	}
	label := "Added"
	if v.last.Dry {
		label = "Will add"
	}
	out := []string{label, strings.Join(what, ", "), "Already there", charts.Count(float64(already), "file")}
	if n := len(v.last.Failed); n > 0 {
		out = append(out, "Left out", charts.Count(float64(n), "file"))
	}
	if v.last.Canceled {
		out = append(out, "Canceled", "after "+strconv.Itoa(v.last.Files)+" of "+charts.Count(float64(v.last.All), "file"))
	}
	return out
}
