package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// An Inspector is the pane at the right that explains what is selected: a
// head with a marker, and blocks below each other.
type Inspector struct {
	widget.BaseWidget
	OnClose func()
	OnCopy  func() // nil for no copying
	head    *fyne.Container
	list    *fyne.Container
	scroll  *container.Scroll
	width   float32
}

// NewInspector returns an empty pane.
func NewInspector(width float32, onClose func()) *Inspector {
	i := &Inspector{OnClose: onClose, head: container.NewStack(), list: Stack(10), width: width}
	i.scroll = Scroll(Pad(10, theme.Pad, theme.Pad, theme.Pad, i.list))
	i.ExtendBaseWidget(i)
	return i
}

// Set shows a title and blocks.
func (i *Inspector) Set(title fyne.CanvasObject, blocks ...fyne.CanvasObject) {
	right := []fyne.CanvasObject{}
	if i.OnCopy != nil {
		right = append(right, NewTool(theme.Copy, "Copy as a table", i.OnCopy))
	}
	right = append(right, NewTool(theme.Close, "Close", func() { i.OnClose() }))
	i.head.Objects = []fyne.CanvasObject{Head(title, right...)}
	i.head.Refresh()
	i.list.Objects = blocks
	i.list.Refresh()
	i.scroll.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (i *Inspector) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Fixed(i.width, 0, Ground(theme.Panel, Border(i.head, nil, Wall(), nil, i.scroll))))
}

// Sentence is a finding, set off by a line in the accent color.
func Sentence(s string) fyne.CanvasObject {
	bar := NewBox(theme.Accent, theme.Clear, 0)
	bar.min = fyne.NewSize(3, 0)
	return Border(nil, nil, bar, nil, Pad(2, 0, 2, 8, NewParagraph(s, theme.Text, theme.TextSize)))
}

// Quote is a text as it stands in the data, in a box; it can be selected.
func Quote(s string) fyne.CanvasObject {
	l := widget.NewLabel(s)
	l.Wrapping = fyne.TextWrapWord
	l.Selectable = true
	l.SizeName = "helperText"
	return container.NewStack(NewBox(theme.Background, theme.Line, theme.Radius), l)
}

// Pairs is a list of names with their values.
func Pairs(kv ...string) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i := 0; i+1 < len(kv); i += 2 {
		name := Fixed(96, 0, NewParagraph(kv[i], theme.Muted, theme.SmallSize))
		rows = append(rows, Border(nil, nil, name, nil, NewParagraph(kv[i+1], theme.Text, theme.SmallSize)))
	}
	return Stack(3, rows...)
}

// Message is what a pane says when it has nothing to show: one sentence, and
// what can be done about it.
func Message(text string, tone Tone, action *Button) fyne.CanvasObject {
	color, _, _, icon := tone.colors()
	say := NewParagraph(text, theme.Muted, theme.TextSize)
	if tone == Wrong {
		say.Color = color
	}
	parts := []fyne.CanvasObject{say}
	if action != nil {
		parts = append(parts, Row(0, action, Spacer()))
	}
	body := fyne.CanvasObject(Stack(12, parts...))
	if tone == Wrong || tone == Caution {
		body = Border(nil, nil, container.NewVBox(Fixed(26, 18, NewIcon(icon, color))), nil, body)
	}
	return container.New(messageLayout{}, body)
}

// messageLayout puts a message in the middle, in lines of a readable length.
type messageLayout struct{}

const messageWide = 400

func (messageLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(fyne.Min(o[0].MinSize().Width, messageWide), o[0].MinSize().Height)
}

func (messageLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	width := fyne.Min(messageWide, s.Width-24)
	widen(o[0], width)
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(width, height))
	o[0].Move(fyne.NewPos((s.Width-width)/2, fyne.Max(0, (s.Height-height)/2)))
}
