package contrast

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Source is a file that numbers came from.
type Source struct {
	Import int64 // its number in the study
	Path   string
	SHA256 string // in hexadecimal
	Date   string // of the import, 2026-11-21
}

// A Provenance says which runs and files are behind a row and its baseline.
type Provenance struct {
	Runs    []string // of the row
	Base    []string // of the baseline
	Files   []Source // in the order of import
	Graders []string
	Text    string
}

func (c *comparison) source() Provenance {
	own := c.background(c.row)
	p := Provenance{Runs: own.Runs, Graders: own.Graders}
	imports := slices.Clone(own.Imports)
	if c.base >= 0 {
		base := c.background(c.base)
		p.Base = base.Runs
		imports = append(imports, base.Imports...)
	}
	slices.Sort(imports)
	for _, id := range slices.Compact(imports) {
		if i := slices.IndexFunc(c.st.Sources, func(s Source) bool { return s.Import == id }); i >= 0 {
			p.Files = append(p.Files, c.st.Sources[i])
		}
	}
	p.Text = p.words()
	return p
}

// words names a single file, and counts several.
func (p Provenance) words() string {
	parts := []string{count(len(p.Runs)+len(p.Base), "run")}
	switch n := len(p.Files); {
	case n == 1:
		parts = append(parts, path.Base(strings.ReplaceAll(p.Files[0].Path, `\`, "/")))
	case n > 1:
		parts = append(parts, count(n, "file"))
	}
	if n := len(p.Files); n > 0 {
		last := p.Files[n-1]
		parts = append(parts, "imported "+last.Date, fmt.Sprintf("sha256 %.8s…", last.SHA256))
	}
	return strings.Join(parts, ", ")
}
