package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// An Entry is one line of text to type. Shortcuts that are not about text go
// to the window, so that commands work while typing; Esc calls OnEscape.
type Entry struct {
	widget.Entry
	OnEscape func()
	focused  bool
	OnKey    func(*fyne.KeyEvent) bool // sees keys first; true when it took one
}

// NewEntry returns an empty entry.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollHorizontalOnly
	e.SetPlaceHolder(placeholder)
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
}

// CreateRenderer puts a ground behind the text as selects have it, with a
// border on whole pixels that shows where the focus is; the standard one lies
// between pixels.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	f := &entryFace{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, frame: &canvas.Rectangle{CornerRadius: theme.Radius}}
	f.paint()
	return f
}

type entryFace struct {
	fyne.WidgetRenderer
	entry *Entry
	frame *canvas.Rectangle
	wrong func() bool // what is typed cannot be taken; nil for never
}

func (f *entryFace) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{f.frame}, f.WidgetRenderer.Objects()...)
}

func (f *entryFace) Layout(s fyne.Size) {
	f.WidgetRenderer.Layout(s)
	f.frame.Resize(s)
}

func (f *entryFace) Refresh() {
	f.WidgetRenderer.Refresh()
	f.paint()
	f.frame.Refresh()
}

func (f *entryFace) paint() {
	stroke := theme.Border
	if f.entry.focused {
		stroke = theme.Accent
	}
	if f.wrong != nil && f.wrong() {
		stroke = theme.Bad
	}
	paint(f.frame, theme.Panel, stroke)
}

// TypedShortcut implements fyne.Shortcutable.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut, *fyne.ShortcutPaste, *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		e.Entry.TypedShortcut(s)
	default:
		passShortcut(e, s)
	}
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyEscape:
		if e.OnEscape != nil {
			e.OnEscape()
		}
	case fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		passKey(e, k)
	default:
		e.Entry.TypedKey(k)
	}
}
