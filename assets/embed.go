// Package assets holds what is built into the program: the icon, and two
// sample studies as the result files that a team would have on disk. They are
// imported like any other files, by the same readers.
//
//	simulated-inoculation  made by data/simulate, with known truth; nothing in it was observed
//	published-figures      numbers from papers and posts, each with its citation and how it was read
package assets

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:generate go test ../data/simulate -run Bundled -update
//go:generate go test . -run Icon -update

//go:embed Icon.png Icon.svg
var icons embed.FS

//go:embed simulated-inoculation published-figures mappings
var studies embed.FS

// A Study is a bundled sample study.
type Study struct {
	Name  string // of its folder, and of the study file to make
	Title string // shown
	About string // one sentence
	Runs  string // file of the table of runs, which is imported first; "" for none
}

// Studies returns the bundled studies in the order in which they are offered.
func Studies() []Study {
	return []Study{
		{
			Name:  "simulated-inoculation",
			Title: "Simulated inoculation",
			About: "Simulated: six prompting conditions, 48 runs, 26\u202f360 samples with transcripts and two monitors, true rates known",
			Runs:  "runs.csv",
		},
		{
			Name:  "published-figures",
			Title: "Published figures",
			About: "Numbers printed in papers and posts or read off their plots, each with its citation",
		},
	}
}

// Files is the study's folder.
func (s Study) Files() fs.FS { return sub(s.Name) }

// Mapping is the meaning of the columns of the study's files, as the JSON of
// a formats.Mapping.
func (s Study) Mapping() []byte { return read(studies, "mappings/"+s.Name+".json") }

// IconPNG is the program's icon, 512 × 512.
func IconPNG() []byte { return read(icons, "Icon.png") }

// IconSVG is the same drawing, to be scaled.
func IconSVG() []byte { return read(icons, "Icon.svg") }

// sub and read panic only where the program was built without its files,
// which a test of this package rules out.
func sub(name string) fs.FS {
	folder, err := fs.Sub(studies, name)
	if err != nil {
		panic(fmt.Sprintf("assets: %v", err))
	}
	return folder
}

func read(from embed.FS, name string) []byte {
	content, err := from.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("assets: %v", err))
	}
	return content
}
