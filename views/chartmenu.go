package views

import (
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/views/part"
)

// chartItems are the entries of a chart's menu.
func chartItems(p Place, box *part.ChartBox) []*fyne.MenuItem {
	spec := box.Spec()
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("Copy data", func() { copyData(p.Bench, spec) }),
		fyne.NewMenuItem("Copy title and subtitle", func() { p.Bench.Copy(spec.Title+"\n"+spec.Subtitle, "the words") }),
		fyne.NewMenuItem("Save as…", func() { p.Bench.SaveChart(spec) }),
		fyne.NewMenuItem("Pin to figures", func() { p.Bench.Pin(spec) }),
	}
	if _, _, ok := box.Zoomed(); ok {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Show the whole axis", box.ShowAll))
	}
	return items
}

func copyData(b Bench, spec charts.Spec) {
	var text strings.Builder
	if err := charts.WriteCSV(&text, spec); err != nil {
		b.Fail("The data could not be copied", err)
		return
	}
	b.Copy(text.String(), "the chart's data")
}

// source says where a chart's numbers come from.
func source(f *Facts, p *Passing) string {
	text := f.Name() + ", revision " + charts.Whole.Text(float64(f.Revision), 0) + ", " + p.Count()
	if s := p.Where.Sentence(); s != "" {
		text += " where " + s
	}
	return text
}
