package part

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A Command is one thing that the window can do, found by its title.
type Command struct {
	Title string // a verb with its object
	Note  string // shown at the right: the shortcut, or where it leads
	Icon  theme.Icon
	Run   func()
}

// ShowPalette opens the command palette over a window: a line to type, and
// the commands that fit it, the best first. Enter runs, Esc closes.
func ShowPalette(c fyne.Canvas, commands []Command) *Palette {
	p := newPalette(commands)
	p.layer = showLayer(c, p, fyne.NewSize(560, 380), 70)
	c.Focus(p.entry)
	return p
}

// A Palette is the open command palette.
type Palette struct {
	widget.BaseWidget
	all   []Command
	fits  []Command
	at    int
	entry *Entry
	list  *fyne.Container
	layer *layer
}

const paletteMost = 11

func newPalette(commands []Command) *Palette {
	p := &Palette{all: commands, entry: NewEntry("Search or run a command…"), list: Stack(0)}
	p.entry.OnChanged = func(string) { p.find() }
	p.entry.OnSubmitted = func(string) { p.pick(p.at) }
	p.entry.OnEscape = func() { p.layer.close() }
	p.entry.OnKey = p.key
	p.find()
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *Palette) CreateRenderer() fyne.WidgetRenderer {
	body := Border(Pad(8, 8, 8, 8, p.entry), nil, nil, nil, Border(Rule(), nil, nil, nil, Pad(4, 4, 4, 4, p.list)))
	return widget.NewSimpleRenderer(container.NewStack(NewBox(theme.Panel, theme.Border, theme.CardRadius), body))
}

// Type replaces the text as a person would who types it.
func (p *Palette) Type(s string) { p.entry.SetText(s) }

// Titles returns the titles of the commands that fit, the best first.
func (p *Palette) Titles() []string {
	var out []string
	for _, c := range p.fits {
		out = append(out, c.Title)
	}
	return out
}

// Enter runs the chosen command.
func (p *Palette) Enter() { p.pick(p.at) }

func (p *Palette) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		p.at = min(p.at+1, min(len(p.fits), paletteMost)-1)
	case fyne.KeyUp:
		p.at = max(p.at-1, 0)
	default:
		return false
	}
	p.show()
	return true
}

func (p *Palette) find() {
	p.fits, p.at = Rank(p.all, p.entry.Text), 0
	p.show()
}

func (p *Palette) show() {
	p.list.Objects = nil
	for i, c := range p.fits[:min(len(p.fits), paletteMost)] {
		row := &paletteRow{command: c, on: i == p.at}
		row.extend(row, func() { p.pick(i) })
		p.list.Add(row)
	}
	if len(p.fits) == 0 {
		p.list.Add(Pad(8, 8, 8, 8, Quiet("Nothing fits these letters")))
	}
	p.list.Refresh()
}

func (p *Palette) pick(i int) {
	if i < 0 || i >= len(p.fits) {
		return
	}
	p.layer.close()
	p.fits[i].Run()
}

type paletteRow struct {
	touch
	command Command
	on      bool
}

// CreateRenderer implements fyne.Widget.
func (r *paletteRow) CreateRenderer() fyne.WidgetRenderer {
	back, icon := &canvas.Rectangle{CornerRadius: theme.Radius}, newPicture()
	title, note := newLine(r.command.Title, theme.TextSize, false), newLine(r.command.Note, theme.SmallSize, false)
	layout := func(s fyne.Size) {
		back.Resize(s)
		square(icon, 8, 16, s.Height)
		right := note.MinSize().Width
		title.Text = Elide(r.command.Title, s.Width-right-54, theme.TextSize, false)
		middle(title, 32, s.Width-right-54, s.Height)
		middle(note, s.Width-right-8, right, s.Height)
	}
	refresh := func() {
		fill, text := theme.Clear, theme.Text
		if r.on {
			fill, text = theme.Selected, theme.SelectText
		} else if r.hovered {
			fill = theme.Hover
		}
		paint(back, fill, theme.Clear)
		title.Color, note.Color = ink(text), ink(theme.Muted)
		draw(icon, r.command.Icon, theme.Muted)
	}
	return newFace(r, func() fyne.Size { return fyne.NewSize(200, theme.Nav) }, layout, refresh, back, icon, title, note)
}

// Rank returns the commands whose titles have the letters in order, the best
// first: letters at the beginnings of words and next to each other count most.
func Rank(all []Command, letters string) []Command {
	type ranked struct {
		c     Command
		score int
	}
	var fits []ranked
	for _, c := range all {
		if s, ok := fuzzy(c.Title, letters); ok {
			fits = append(fits, ranked{c, s})
		}
	}
	slices.SortStableFunc(fits, func(a, b ranked) int { return b.score - a.score })
	out := make([]Command, len(fits))
	for i, f := range fits {
		out[i] = f.c
	}
	return out
}

// fuzzy scores how well letters fit a title, and whether they do at all.
func fuzzy(title, letters string) (score int, ok bool) {
	want := []rune(strings.ToLower(strings.ReplaceAll(letters, " ", "")))
	if strings.HasPrefix(strings.ToLower(title), strings.ToLower(strings.TrimSpace(letters))) {
		score += 20
	}
	before, near := ' ', false
	for _, r := range strings.ToLower(title) {
		if len(want) == 0 {
			break
		}
		if r != want[0] {
			before, near = r, false
			continue
		}
		score++
		if near {
			score += 3
		}
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			score += 5
		}
		want, before, near = want[1:], r, true
	}
	return score - len([]rune(title))/12, len(want) == 0
}
