package theme

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
)

// An Icon is the outline of a symbol on a 16 by 16 grid, drawn with a line of
// one color.
type Icon string

// The icons.
const (
	Runs        Icon = "M2 4 H14 M2 8 H14 M2 12 H14"
	Conditions  Icon = "M3 2 V14 M3 5 H9 M3 11 H12 M9 3.4 V6.6 M12 9.4 V12.6"
	Checkpoints Icon = "M2 13 L6 8 L9 10 L14 3"
	Monitors    Icon = eye
	Predictions Icon = "M2 14 L14 2 M2 2 V14 H14"
	Samples     Icon = "M3 2 H13 V14 H3 Z M5.5 5 H10.5 M5.5 8 H10.5 M5.5 11 H8.5"
	Figures     Icon = "M2 3 H14 V11 H2 Z M8 11 V14 M5 14 H11"
	Pin         Icon = "M5 2 H11 L10 7 L12 9 H4 L6 7 Z M8 9 V14"
	Import      Icon = "M8 2 V10 M4.5 6.5 L8 10 L11.5 6.5 M2 13.5 H14"
	Export      Icon = "M8 10 V2 M5 5 L8 2 L11 5 M3 9 V14 H13 V9"
	Lock        Icon = "M4 7 H12 V14 H4 Z M5.5 7 V5 C5.5 1.7 10.5 1.7 10.5 5 V7"
	Search      Icon = "M7 2.5 C13 2.5 13 11.5 7 11.5 C1 11.5 1 2.5 7 2.5 Z M10.5 10.5 L14 14"
	Down        Icon = "M4 6 L8 10 L12 6"
	Up          Icon = "M4 10 L8 6 L12 10"
	Right       Icon = "M6 4 L10 8 L6 12"
	Close       Icon = "M4 4 L12 12 M12 4 L4 12"
	Plus        Icon = "M8 3 V13 M3 8 H13"
	Check       Icon = "M3 8.5 L6.5 12 L13 4.5"
	Warning     Icon = "M8 2 L14.5 14 H1.5 Z M8 6.5 V10 M8 12 V12.2"
	Undo        Icon = "M4 6 H10 C14.6 6 14.6 13 10 13 H7 M4 6 L7 3 M4 6 L7 9"
	Redo        Icon = "M12 6 H6 C1.4 6 1.4 13 6 13 H9 M12 6 L9 3 M12 6 L9 9"
	Funnel      Icon = "M2 3 H14 L9.4 8.5 V13 L6.6 11.6 V8.5 Z"
	TextForm    Icon = "M3 3 H13 M8 3 V13"
	Compare     Icon = "M3 6 H13 L10 3 M13 10 H3 L6 13"
	Copy        Icon = "M5 5 H13 V14 H5 Z M3 11 V2 H11"
	File        Icon = "M4 2 H9 L12 5 V14 H4 Z M9 2 V5 H12"
	Folder      Icon = "M2 4 H6.5 L8 6 H14 V13 H2 Z"
	Eye         Icon = eye
	EyeOff      Icon = "M2 8 C4.5 3.5 11.5 3.5 14 8 M3 13 L13 3"
	More        Icon = "M3 8 H3.2 M8 8 H8.2 M13 8 H13.2"
	Arrow       Icon = "M8 3 V13 M5 10 L8 13 L11 10"
	ArrowUp     Icon = "M8 13 V3 M5 6 L8 3 L11 6"
	Play        Icon = "M5 3 L13 8 L5 13 Z"
	Study       Icon = "M2 4 C2 1.5 14 1.5 14 4 C14 6.5 2 6.5 2 4 Z M2 4 V12 C2 14.5 14 14.5 14 12 V4"
	Refresh     Icon = "M13 8 C13 14.5 3 14.5 3 8 C3 1.5 10 2 12 4.5 M12 1.5 V4.5 H9"
	Present     Icon = "M2 3 H14 V11 H2 Z M7 5.5 L10 7 L7 8.5 Z"

	eye Icon = "M1.5 8 C4.5 2.3 11.5 2.3 14.5 8 C11.5 13.7 4.5 13.7 1.5 8 Z M8 6 C10.7 6 10.7 10 8 10 C5.3 10 5.3 6 8 6 Z"
)

// Resource returns the icon as a picture in a color.
func (i Icon) Resource(ink color.Color) fyne.Resource {
	c := color.NRGBAModel.Convert(ink).(color.NRGBA)
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><path d="%s" fill="none" stroke="#%02x%02x%02x" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
		string(i), c.R, c.G, c.B)
	return fyne.NewStaticResource(fmt.Sprintf("%x-%s.svg", c, string(i)), []byte(svg))
}
