// Package views is the window. A view turns the desk's State into one
// question (Ask), and shows the answer (Show); the host asks, waits and keeps
// answers from overtaking each other, so that a view has no goroutine, no
// lock and no error dialog of its own. What a person does becomes a
// desk.Change, and the next question follows from the new State:
//
//	State ──Ask──▶ Query ──Study──▶ Frame ──Show──▶ tables and charts
//	  ▲                                                  │
//	  └──────────────────── Change ◀─────────────────────┘
//
// To add a view, write one file with Ask, Show and Content, add a line to
// Kinds, and tell its story in a test (see package viewtest).
package views

import (
	"context"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// A View shows one side of a study. All methods are called on the UI thread.
type View interface {
	// Ask says what the view must know to show a state. It looks at the
	// state and the facts only.
	Ask(s desk.State) query.Query
	// Show shows a state with the answer to its question.
	Show(s desk.State, answer frame.Frame)
	// Content returns what is on screen, always the same object.
	Content() fyne.CanvasObject
}

// Abilities that a view may have beside those of View.
type (
	// Tooled views have controls in the header.
	Tooled interface{ Tools() []fyne.CanvasObject }
	// Reporting views say in the status bar what is on screen.
	Reporting interface{ Report() string }
	// Charting views have a chart to copy, save and present.
	Charting interface{ Chart() (charts.Spec, bool) }
	// Unasking views ask nothing of the study.
	Unasking interface{ AsksNothing() }
	// Emptiable views say what to do where an answer has no rows.
	Emptiable interface{ Empty(s desk.State) Advice }
	// Answering views have their question answered in a way of their own. It
	// runs off the UI thread, so it looks at nothing of the view.
	Answering interface {
		Answer(ctx context.Context, s Study, q query.Query) (frame.Frame, error)
	}
	// Presenting views have a way of their own to fill the screen.
	Presenting interface{ Present() }
	// Keyed views take keys that nothing else has the focus for; Key reports
	// whether it took one.
	Keyed interface{ Key(e *fyne.KeyEvent) bool }
	// Copying views have something to put on the clipboard as a table.
	Copying interface{ Table() string }
)

// Advice is what is said where there is nothing to show: one sentence, and
// one button.
type Advice struct {
	Text   string
	Action string // "" for no button
	Do     func()
}

// A Kind is an entry of the sidebar.
type Kind struct {
	ID, Title string
	Help      string // one sentence, shown as a tooltip and in the palette
	Icon      theme.Icon
	Count     func(*Facts) int // shown in the sidebar; nil or −1 for none
	Unlisted  bool             // reached in another way than through the sidebar
	New       func(Place) View
}

// Kinds lists the views in the order of the sidebar; Ctrl 1 opens the first.
func Kinds() []Kind {
	return []Kind{
		{ID: "runs", Title: "Runs", Help: "Which runs there are, how they end, and how two of them differ", Icon: theme.Runs, Count: (*Facts).runs, New: newRuns},
		{ID: "conditions", Title: "Conditions", Help: "Prompting conditions side by side, with differences from a baseline", Icon: theme.Conditions, Count: (*Facts).conditions, New: newConditions},
		{ID: "checkpoints", Title: "Checkpoints", Help: "A measure over training, every seed drawn", Icon: theme.Checkpoints, Count: (*Facts).checkpoints, New: newCheckpoints},
		{ID: "monitors", Title: "Monitors", Help: "What monitors catch and miss at a threshold, over training and beside each other", Icon: theme.Monitors, Count: (*Facts).monitors, New: newMonitors},
		{ID: "predictions", Title: "Predictions", Help: "What motivation models predict, beside the runs and simple rivals", Icon: theme.Predictions, New: newPredictions},
		{ID: "samples", Title: "Samples", Help: "What a model was asked and did: the texts behind a number, beside the same item under the baseline", Icon: theme.Samples, Count: (*Facts).samples, New: newSamples},
		{ID: "figures", Title: "Figures", Help: "Charts pinned for a meeting: in order, with captions from their numbers, to export and to present", Icon: theme.Figures, Count: (*Facts).figured, New: newFigures},
		{ID: "import", Title: "Import", Help: "Read result files into the study", Icon: theme.Import, Unlisted: true, New: newImports},
		{ID: "welcome", Title: "Welcome", Help: "Open or make a study", Icon: theme.Study, Unlisted: true, New: newWelcome},
	}
}

func kindOf(id string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.ID == id {
			return k, true
		}
	}
	return Kind{}, false
}

// A Place is what a view may use of the window that it is in.
type Place struct {
	Desk    *desk.Desk
	Tasks   task.Runner
	Study   func() Study    // nil while none is open
	Facts   func() *Facts   // of the open study; empty while none is open
	Passing func() *Passing // the runs behind the answer that is shown
	Bench   Bench
	Version string // of the program
	boards  *boards
}

// A Bench does for a view what concerns the whole window.
type Bench interface {
	Canvas() fyne.Canvas
	// Copy puts text on the clipboard and says what it was.
	Copy(text, what string)
	// SaveChart asks for a size, a format and a file, and writes the chart there.
	SaveChart(charts.Spec)
	// WriteChart asks for a file, proposing a name, and writes the chart there.
	WriteChart(name string, spec charts.Spec, style charts.Style)
	// ChooseFolder asks for a folder to write into.
	ChooseFolder(title string, picked func(dir string))
	// Pin puts the chart on the board of figures.
	Pin(charts.Spec)
	// Stage fills the screen with something until it is closed; see part.Stage.
	Stage(what fyne.CanvasObject, key func(fyne.KeyName) bool, closed func()) *part.Stage
	// Menu opens a menu at a place.
	Menu(at fyne.Position, items ...*fyne.MenuItem)
	// Say shows a line in the status bar for a while.
	Say(text string)
	// Offer says what was done, with a way to undo it.
	Offer(text string)
	// Progress shows in the status bar how much of something is done; with ""
	// that nothing goes on any more.
	Progress(what string, share float64, much string)
	// Width returns the width that a person gave a table's column, and KeepWidth
	// remembers it.
	Width(table, column string) (float32, bool)
	KeepWidth(table, column string, width float32)
	// Fail shows an error of something that was started.
	Fail(what string, err error)
	// Changed brings the header and the status bar in line with a view that
	// has changed after it was shown.
	Changed()
	// Reload reads the study's facts again after it was changed.
	Reload()
	// OpenStudy opens a study file.
	OpenStudy(path string)
	// ChooseStudy asks for a study file to open, or with create to make.
	ChooseStudy(create bool)
	// ChooseFiles asks for result files or a folder to import.
	ChooseFiles(folder bool, picked func(paths []string))
	// Choose asks for files; see Choice.
	Choose(c Choice, picked func(paths []string))
	// ImportFiles opens the import with files or folders.
	ImportFiles(paths []string)
	// Author returns who signed predictions last, and KeepAuthor remembers it.
	Author() string
	KeepAuthor(name string)
	// Recent lists study files that were open before, the latest first.
	Recent() []string
	// Bundled lists the sample studies that come with the program.
	Bundled() []Bundle
	// OpenBundle makes a study of a sample and opens it.
	OpenBundle(Bundle)
}

// A Bundle is a sample study that comes with the program.
type Bundle struct{ ID, Title, Help string }
