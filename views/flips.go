package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// heldAt holds a question at what a row has beside its group, such as one
// of several judges, whose samples would else be mixed.
func heldAt(q query.Query, keys []frame.Key) query.Query {
	for _, k := range keys[1:] {
		q.Where = q.Where.Narrow(k.Field, k.Value)
	}
	return q
}

// mostFlips are listed in the inspector; a window lists all.
const mostFlips = 8

// flipBlocks show a comparison item by item: what flipped, how often, and the
// way to both samples of each.
func (v *conditions) flipBlocks(f *contrast.Flips, where query.Filter) []fyne.CanvasObject {
	if f == nil || f.Pairs == 0 {
		return nil
	}
	blocks := []fyne.CanvasObject{part.Rule(), part.Label("Item by item")}
	if f.Rate && f.Split < f.Pairs {
		blocks = append(blocks, v.flipTable(f))
	}
	for _, line := range f.Text {
		blocks = append(blocks, part.NewParagraph(line, theme.Text, theme.SmallSize))
	}
	var links []fyne.CanvasObject
	for _, flip := range f.Items[:min(mostFlips, len(f.Items))] {
		links = append(links, part.Row(0, part.NewLink(flipName(flip)+": "+plainNumber(flip.From)+" to "+plainNumber(flip.To), func() { v.openFlip(flip, where) }), part.Spacer()))
	}
	if len(f.Items) > mostFlips {
		links = append(links, part.Row(0, part.NewButton("All "+charts.Count(float64(len(f.Items)), "flip"), "", func() { v.allFlips(f, where) }), part.Spacer()))
	}
	return append(blocks, part.Stack(2, links...))
}

func flipName(f contrast.Flip) string {
	name := valueLabel(f.Item)
	if f.Seed != "" {
		name += ", seed " + f.Seed
	}
	return name
}

// flipTable counts pairs by what each side did.
func (v *conditions) flipTable(f *contrast.Flips) fyne.CanvasObject {
	measure := plainName(v.state.Measure)
	n := func(k int) fyne.CanvasObject { return part.Say(charts.Whole.Text(float64(k), 0)).Right() }
	head := func(s string) fyne.CanvasObject { return part.Small(s).Short().Right() }
	grid := container.NewGridWithColumns(3,
		part.Small(valueLabel(f.Own)).Short(), head(valueLabel(f.Base)+" 1"), head(valueLabel(f.Base)+" 0"),
		part.Small(measure+" 1").Short(), n(f.Table.Both), n(f.Table.OnlyA),
		part.Small(measure+" 0").Short(), n(f.Table.OnlyB), n(f.Table.Neither))
	return part.Card(theme.Background, part.Pad(4, 8, 4, 8, grid))
}

// allFlips lists every item that flipped.
func (v *conditions) allFlips(f *contrast.Flips, where query.Filter) {
	var shut func()
	t := part.NewTable()
	text := func(id, label string, width float32, cell func(f contrast.Flip) string) part.Column {
		return part.Column{ID: id, Label: label, Width: width, Cell: func(row int) part.Cell {
			s := cell(f.Items[row])
			return part.Cell{Text: s, Tip: s}
		}}
	}
	number := func(c part.Column, num func(f contrast.Flip) float64) part.Column {
		c.Right, c.Num = true, func(row int) float64 { return num(f.Items[row]) }
		return c
	}
	item := text("item", "Item", 200, func(f contrast.Flip) string { return valueLabel(f.Item) })
	item.Grow = true
	cols := []part.Column{item, text("eval", "Eval", 110, func(f contrast.Flip) string { return valueLabel(f.Eval) }), text("seed", "Seed", 70, func(f contrast.Flip) string { return f.Seed }),
		number(text("from", valueLabel(f.Base), 120, func(f contrast.Flip) string { return plainNumber(f.From) }), func(f contrast.Flip) float64 { return f.From }),
		number(text("to", valueLabel(f.Own), 120, func(f contrast.Flip) string { return plainNumber(f.To) }), func(f contrast.Flip) float64 { return f.To })}
	t.Set(len(f.Items), cols, nil)
	t.Single = true
	open := func(row int) {
		shut()
		v.openFlip(f.Items[row], where)
	}
	t.OnOpen = open
	t.OnMenu = func(_ int, at fyne.Position) {
		v.place.Bench.Menu(at, fyne.NewMenuItem("Copy the table", func() { v.place.Bench.Copy(t.TSV(), "the table") }))
	}
	foot := part.Pad(6, 16, 6, 16, part.Prose("Double-click an item to open both samples side by side."))
	shut = part.Modal(v.place.Bench.Canvas(), charts.Count(float64(len(f.Items)), "flip")+" of "+charts.Count(float64(f.Pairs), "pair"), fyne.NewSize(760, 520), part.Border(nil, foot, nil, nil, t))
}

// openFlip opens both transcripts of a flipped item, side by side.
func (v *conditions) openFlip(f contrast.Flip, where query.Filter) {
	if len(f.Own) == 0 {
		return
	}
	v.place.Desk.Do(desk.Change{Name: "Open both samples", Apply: func(s desk.State) desk.State {
		s.View, s.Selected, s.Compare = "samples", []string{f.Own[0].Sample}, false
		s.Baseline = v.state.Baseline
		s.Where = where.Narrow(data.Item, f.Item)
		if f.Own[0].Run != "" {
			s.Where = s.Where.Narrow(data.Run, f.Own[0].Run)
		}
		return s.With(pairedOption, "true")
	}})
}
