package formats

import (
	"path"
	"slices"
	"strings"

	"witnessmark/data"
)

// measureWords are parts of the names of numbers that are results.
var measureWords = []string{
	"accuracy", "acc", "loss", "rate", "reward", "score", "mean", "count", "f1", "precision", "recall", "auc", "auroc", "metric", "metrics",
	"result", "results", "perplexity", "exact", "match", "kl", "entropy", "std", "stderr", "total", "n",
}

// isSettings tells whether a single record is a run's settings: by the
// file's name, else by having no key that sounds like a result.
func isSettings(file string, t *table) bool {
	stem := strings.ToLower(path.Base(slashed(file)))
	if slices.ContainsFunc(configWords, func(w string) bool { return strings.Contains(stem, w) }) {
		return true
	}
	for i, name := range t.names {
		c := traits{plain: plainName(name)}
		if _, r := number([]byte(t.cell(0, i))); r == isNumber && c.hasWord(measureWords...) && !slices.Contains(settingNames, c.plain) {
			return false
		}
	}
	return true
}

// cell returns a sampled cell, "" where there is none.
func (t *table) cell(row, col int) string {
	if row >= len(t.rows) || col >= len(t.rows[row].cells) {
		return ""
	}
	return t.rows[row].cells[col]
}

// secretWords are parts of the names of settings that are never taken.
var secretWords = []string{"password", "secret", "token", "apikey", "api", "credential", "credentials", "email", "username"}

// readSettings gives a record of settings to the run that the path names.
func readSettings(f File, m Mapping, t *table, to Sink) error {
	names := m.Columns
	m = Complete(m, t.columns(), f.Path)
	m.Identity = nil
	p, problems := newPlan(Mapping{Template: m.Template, Constant: m.Constant, Rows: RowsConfig}, nil, f.Path)
	for _, problem := range problems {
		to.Problem(problem)
	}
	if p.byFile != "" && !isKindOfFile(slashed(f.Path)) || len(t.names) == 0 {
		to.Problem(data.Problem{File: f.Path, Text: "Nothing was imported: there are no results, and neither the file's name nor its path says which run these settings are of.", Count: 1})
		return nil
	}
	fields := p.runFields(nil)
	key := p.runKey(fields)
	leaves := map[string][]string{}
	for i, name := range t.names {
		v := t.cell(0, i)
		as := settingName(name, m.Columns[name], names[name], fields)
		if v == "" || as == "" {
			continue
		}
		fields[as] = flatList(v)
		if _, leaf, nested := cutLast(name); nested && as == name {
			leaves[leaf] = append(leaves[leaf], name)
		} else if as != name {
			to.Alias(name, as)
		}
	}
	to.Run(key, fields)
	aliasLeaves(leaves, fields, to)
	to.Progress(f.Size)
	return nil
}

// settingName returns the field that a setting becomes, "" for none. What
// the path says is not overwritten, and what describes an evaluation keeps
// its own name: settings are of the run.
func settingName(name string, guess, given Assign, have data.Fields) string {
	c := traits{plain: plainName(name)}
	switch {
	case given.Role == RoleIgnore || given.Role == "" && c.hasWord(secretWords...) && !c.hasWord("max", "prompt"):
		return ""
	case given.As != "":
		return given.As
	case guess.Role == RoleField && guess.As != "" && have[guess.As] == "":
		return guess.As
	}
	return name
}

// flatList writes a JSON list of scalars with commas between.
func flatList(v string) string {
	if !strings.HasPrefix(v, "[") {
		return v
	}
	n, err := decodeJSON([]byte(v))
	if err != nil {
		return v
	}
	return inlineOf(n)
}

// aliasLeaves makes a nested setting known by its last part, where that is
// the only one of the name: "batch_size" for "training.batch_size".
func aliasLeaves(leaves map[string][]string, fields data.Fields, to Sink) {
	for _, leaf := range sortedKeys(leaves) {
		if _, taken := fields[leaf]; !taken && len(leaves[leaf]) == 1 && canonical(leaf) == leaf {
			to.Alias(leaf, leaves[leaf][0])
		}
	}
}
