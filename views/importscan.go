package views

import (
	"cmp"
	"context"
	"maps"
	"path/filepath"
	"slices"

	"witnessmark/data"
	"witnessmark/data/formats"
	"witnessmark/data/store"
)

// A batch is files of one kind, which share a mapping: those of one name and
// one format.
type batch struct {
	Name    string
	Format  formats.Format
	Files   []formats.File
	Bytes   int64
	Mapping formats.Mapping
	Guessed string        // the template as it was guessed
	Look    *formats.Look // of the first file; nil until it is read
}

// A found is what lies below the paths that were dropped.
type found struct {
	Batches  []*batch
	Problems []data.Problem // files that no format knows, and what could not be read
}

// scan finds the files below paths and tells their formats by their names and
// first bytes.
func scan(ctx context.Context, paths []string, remembered func(folder string) (formats.Mapping, bool)) (found, error) {
	files, problems := formats.Walk(paths)
	out := found{Problems: problems}
	byKind := map[[2]string]*batch{}
	for _, f := range files {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		format, err := formats.Detect(f)
		if err != nil {
			out.Problems = append(out.Problems, data.Problem{File: f.Path, Text: plainError(err), Count: 1, Bad: true})
			continue
		}
		kind := [2]string{kindName(f.Path), format.Name()}
		b := byKind[kind]
		if b == nil {
			b = &batch{Name: kind[0], Format: format}
			byKind[kind] = b
			out.Batches = append(out.Batches, b)
		}
		b.Files = append(b.Files, f)
		b.Bytes += f.Size
	}
	for _, b := range out.Batches {
		b.guess(remembered)
	}
	slices.SortStableFunc(out.Batches, func(a, b *batch) int { return cmp.Compare(len(b.Files), len(a.Files)) })
	return out, nil
}

// kindName is the name that files of one kind share.
func kindName(path string) string { return filepath.Base(path) }

// guess proposes a template from the paths, unless the folder has a mapping
// from an earlier import.
func (b *batch) guess(remembered func(folder string) (formats.Mapping, bool)) {
	if m, ok := remembered(filepath.Dir(b.Files[0].Path)); ok {
		b.Mapping, b.Guessed = m, m.Template
		return
	}
	b.Mapping.Template = guessTemplate(b.Files)
	b.Guessed = b.Mapping.Template
}

// guessTemplate judges by the first path, which names seeds and conditions
// even where they are the same for all; where that fits not all files, by
// what differs among them.
func guessTemplate(files []formats.File) string {
	if len(files) < 2 {
		return ""
	}
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = f.Path
	}
	first := formats.GuessTemplate(paths[:1])
	t, err := formats.ParseTemplate(first)
	if err != nil || first == "" || slices.ContainsFunc(paths, func(p string) bool { _, ok := t.MatchBeside(p); return !ok }) {
		return formats.GuessTemplate(paths)
	}
	return first
}

// template is what takes fields from the paths: as it was set, or as the
// reader guesses.
func (b *batch) template() string {
	if b.Mapping.Template == "" && b.Look != nil {
		return b.Look.Mapping.Template
	}
	return b.Mapping.Template
}

// assign gives a column another meaning than was guessed.
func (b *batch) assign(column string, a formats.Assign) {
	a.Sure = true
	columns := maps.Clone(b.Mapping.Columns)
	if columns == nil {
		columns = map[string]formats.Assign{}
	}
	columns[column] = a
	b.Mapping.Columns = columns
}

// An outcome is what an import, or a dry run, came to.
type outcome struct {
	Dry      bool
	Reports  []store.Report
	Files    int // read whole
	All      int
	Failed   []data.Problem // files that could not be imported
	Canceled bool
}

// progress is how far an import has come.
type progress struct {
	File, Files int
	Name        string
	Share       float64 // of all bytes
}

// importAll reads the files of batches into a study, one after another. A
// file is in the study whole or not at all: what was read before canceling
// stays.
func importAll(ctx context.Context, s Study, batches []*batch, dry bool, tell func(progress)) outcome {
	out := outcome{Dry: dry}
	var total, done int64
	for _, b := range batches {
		out.All += len(b.Files)
		total += b.Bytes
	}
	read := s.Import
	if dry {
		read = s.DryRun
	}
	for _, b := range batches {
		for _, f := range b.Files {
			report, err := read(ctx, f, b.Format, b.Mapping, func(p store.Progress) {
				tell(progress{out.Files, out.All, b.Name, float64(done+p.Done) / float64(max(1, total))})
			})
			if ctx.Err() != nil {
				out.Canceled = true
				return out
			}
			done += f.Size
			out.Files++
			if err != nil {
				out.Failed = append(out.Failed, data.Problem{File: f.Path, Text: plainError(err), Count: 1, Bad: true})
				continue
			}
			out.Reports = append(out.Reports, report)
			tell(progress{out.Files, out.All, b.Name, float64(done) / float64(max(1, total))})
		}
	}
	return out
}

// Sum adds up the reports.
func (o outcome) Sum() (sum store.Report, already int) {
	for _, r := range o.Reports {
		if r.Already {
			already++
		}
		sum = sum.With(r)
	}
	return sum, already
}

// Problems lists what could not be taken as it stood, like things together
// and what left data out first.
func (o outcome) Problems() []data.Problem {
	sum, _ := o.Sum()
	return alike(append(slices.Clone(o.Failed), sum.Problems...))
}

// alike joins problems of different files that say the same.
func alike(all []data.Problem) []data.Problem {
	var out []data.Problem
	at := map[[2]any]int{}
	files := map[int]int{}
	for _, p := range all {
		key := [2]any{p.Text, p.Bad}
		if i, ok := at[key]; ok {
			out[i].Count += max(1, p.Count)
			if p.File != out[i].File {
				files[i]++
			}
			continue
		}
		at[key] = len(out)
		p.Count = max(1, p.Count)
		out = append(out, p)
	}
	for i, n := range files {
		out[i].Place = moreFiles(out[i].Place, n)
	}
	slices.SortStableFunc(out, func(a, b data.Problem) int { return btoi(b.Bad) - btoi(a.Bad) })
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
