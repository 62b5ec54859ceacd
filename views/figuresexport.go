package views

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// exportForms are the formats that a figure is written in, by their endings.
var exportForms = []string{".png", ".svg", ".pdf", ".csv"}

// exportSizes are the sizes that a figure is written in.
var exportSizes = []struct {
	name  string
	style func() charts.Style
}{
	{"Slide 16:9", func() charts.Style { return charts.Slide(charts.Light()) }},
	{"Paper, two columns", func() charts.Style { return charts.Style{Width: 1200, Height: 675, Theme: charts.Light()} }},
	{"Paper, one column", func() charts.Style { return charts.Style{Width: 620, Height: 465, Theme: charts.Light()} }},
	{"Square", func() charts.Style { return charts.Style{Width: 900, Height: 900, Zoom: 1.2, Theme: charts.Light()} }},
}

// An exportPane chooses how figures are written, and writes the selected one.
type exportPane struct {
	v     *figures
	box   fyne.CanvasObject
	form  int
	size  int
	sizes *part.Paragraph
}

func newExportPane(v *figures) *exportPane {
	e := &exportPane{v: v, sizes: part.NewParagraph("", theme.Text, theme.SmallSize)}
	forms := part.NewSegments([]string{"PNG", "SVG", "PDF", "CSV"}, func(i int) { e.form = i; e.say() })
	names := make([]string, len(exportSizes))
	for i, s := range exportSizes {
		names[i] = s.name
	}
	size := part.NewSelect(names, names[0], func(name string) {
		for i, s := range exportSizes {
			if s.name == name {
				e.size = i
			}
		}
		e.say()
	})
	size.Most = 106
	pair := func(name string, o fyne.CanvasObject) fyne.CanvasObject {
		return part.Border(nil, nil, part.Fixed(56, 0, part.NewParagraph(name, theme.Muted, theme.SmallSize)), nil, o)
	}
	save := part.NewPrimary("Export figure…", theme.Export, e.save)
	data := part.NewButton("Copy data", theme.Copy, func() {
		if p := v.chosen(); p != nil && p.has {
			copyData(v.place.Bench, p.seen.Spec)
		}
	})
	e.box = part.Stack(6, part.Label("Export"), part.Row(6, forms, part.Spacer(), size),
		pair("Size", e.sizes), pair("Theme", part.NewParagraph("light, forced for export", theme.Text, theme.SmallSize)), part.Row(6, save, data, part.Spacer()))
	e.say()
	return e
}

// say writes out what the size is.
func (e *exportPane) say() {
	st := exportSizes[e.size].style()
	text := strconv.Itoa(st.Width) + " × " + strconv.Itoa(st.Height)
	switch exportForms[e.form] {
	case ".csv":
		text = "the numbers that are drawn, one line a mark"
	case ".png":
		text += ", 2×"
		fallthrough
	default:
		text += ", smallest text " + smallestText(st)
	}
	e.sizes.SetText(text)
	e.v.export.Tip = "Write every figure of the board into a folder, numbered, as " + strings.ToUpper(exportForms[e.form][1:]) + ", " + exportSizes[e.size].name
}

// smallestText is the size of the smallest text of a picture, in its pixels.
func smallestText(st charts.Style) string {
	return strconv.Itoa(int(theme.SmallSize*max(1, st.Zoom)+0.5)) + " px"
}

func (e *exportPane) save() {
	p := e.v.chosen()
	if p == nil || !p.has {
		return
	}
	end, spec := exportForms[e.form], p.seen.Spec
	e.v.place.Bench.WriteChart(figure.Numbered(p.number, spec.Title, end), spec, exportSizes[e.size].style())
}

// exportAll writes every figure of the board into a folder.
func (v *figures) exportAll() {
	v.place.Bench.ChooseFolder("Export "+v.boards.shown.Name, func(dir string) {
		study, facts, figures := v.place.Study(), v.place.Facts(), v.boards.figures
		end, style := exportForms[v.inspect.export.form], exportSizes[v.inspect.export.size].style()
		progress := func(i int) {
			v.place.Tasks.Post(func() {
				v.place.Bench.Progress("Exporting figures", float64(i)/float64(len(figures)), strconv.Itoa(i)+" of "+strconv.Itoa(len(figures)))
			})
		}
		task.Do(context.Background(), v.exporting, func(ctx context.Context) (stale int, err error) {
			for i, f := range figures {
				progress(i)
				p, err := figure.Look(ctx, study, f, facts.pinned(v.place.Version, f.State))
				if err != nil {
					return stale, err
				}
				if p.Stale || p.Why != nil {
					stale++
				}
				path := filepath.Join(dir, figure.Numbered(i+1, p.Spec.Title, end))
				if _, err := writeFile(path, func(to io.Writer) ([]string, error) { return charts.Write(to, path, p.Spec, style) }); err != nil {
					return stale, err
				}
			}
			return stale, nil
		}, func(stale int, err error) {
			v.place.Bench.Progress("", 0, "")
			if err != nil {
				v.place.Bench.Fail("The figures could not be exported", err)
				return
			}
			text := "Exported " + charts.Count(float64(len(figures)), "figure") + " to " + dir
			if stale > 0 {
				text += ", " + strconv.Itoa(stale) + " of them as last drawn, not of the data as they are"
			}
			v.place.Bench.Say(text)
		})
	})
}
