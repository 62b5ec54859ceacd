package formats

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"witnessmark/data"
)

// spoken path segments: a name, a separator and a value.
var (
	namedSegment = regexp.MustCompile(`^([A-Za-z][A-Za-z_]*?)([_=-]?)(\d+)$`)
	equalSegment = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_.]*)=([^=]+)$`)
)

// guessTemplate makes a template of one path: a segment such as "seed_3"
// gives the seed, the segment before it the condition, "checkpoint-200" the
// step and "lr=1e-4" the field lr. Fields that are taken stay literal.
func guessTemplate(file string, taken func(string) bool) string {
	segments := strings.Split(slashed(file), "/")
	out := slices.Clone(segments)
	first := len(out)
	for i := len(out) - 1; i >= 0; i-- {
		pattern, name := segmentTemplate(segments[i])
		if name == "" || taken(name) || i == len(out)-1 && name != data.Seed {
			continue
		}
		out[i], first = pattern, i
		if name == data.Seed && i > 0 && !taken(data.Condition) && plausibleCondition(segments[i-1]) {
			out[i-1], first = "{"+data.Condition+"}", i-1
		}
	}
	if first == len(out) {
		return ""
	}
	for i := first; i < len(out); i++ {
		if out[i] == segments[i] && strings.ContainsAny(out[i], "{}*") {
			out[i] = "*"
		}
	}
	return strings.Join(out[first:], "/")
}

// segmentTemplate returns the pattern and field of a segment that names one.
func segmentTemplate(s string) (pattern, name string) {
	if m := equalSegment.FindStringSubmatch(s); m != nil {
		return m[1] + "={" + canonical(m[1]) + "}", canonical(m[1])
	}
	base, ext := s, ""
	if i := strings.IndexByte(s, '.'); i > 0 {
		base, ext = s[:i], s[i:]
	}
	m := namedSegment.FindStringSubmatch(base)
	if m == nil {
		return "", ""
	}
	switch canonical(m[1]) {
	case data.Seed:
		return m[1] + m[2] + "{seed}" + ext, data.Seed
	case data.Step:
		return m[1] + m[2] + "{step}" + ext, data.Step
	}
	return "", ""
}

// folderNames are segments that hold files of a kind, not of a condition.
var folderNames = []string{"results", "result", "raw", "raw_results", "runs", "logs", "output", "outputs", "data", "metrics", "evals", "eval", "checkpoints", "experiments", "tmp", ".", ""}

func plausibleCondition(s string) bool {
	return !slices.Contains(folderNames, strings.ToLower(s)) && !strings.ContainsAny(s, "{}*=:") && strings.ContainsFunc(s, func(r rune) bool { return r > '9' })
}

// GuessTemplate makes a template of the paths of one kind of file: segments
// that differ among them become fields, named by what they say, or by
// "folder 1", "folder 2" … counted from the left. With one path, or with
// paths of different depths, it judges by the first alone.
func GuessTemplate(paths []string) string {
	var rows [][]string
	for _, p := range paths {
		rows = append(rows, strings.Split(slashed(p), "/"))
		if len(rows[len(rows)-1]) != len(rows[0]) {
			rows = rows[:1]
			break
		}
	}
	none := func(string) bool { return false }
	if len(rows) < 2 {
		if len(paths) == 0 {
			return ""
		}
		return guessTemplate(paths[0], none)
	}
	return differing(rows)
}

func differing(rows [][]string) string {
	out := slices.Clone(rows[0])
	named := strings.Split(guessTemplate(strings.Join(rows[0], "/"), func(string) bool { return false }), "/")
	first, nameless := len(out), 0
	for i := range out {
		if !slices.ContainsFunc(rows, func(r []string) bool { return r[i] != out[i] }) {
			continue
		}
		first = min(first, i)
		from := len(out) - len(named)
		switch {
		case i >= from && strings.Contains(named[i-from], "{"):
			out[i] = named[i-from]
		case i == len(out)-1:
			out[i] = "*"
		default:
			nameless++
			out[i] = "{folder " + strconv.Itoa(nameless) + "}"
		}
	}
	return strings.Join(out[min(first, len(out)-1):], "/")
}

// A PathPart is one segment of a path with the field it gives, for show.
type PathPart struct {
	Text  string
	Field string // "" for a segment that gives none
	Value string
}

// PathParts splits a path and says which parts the template takes.
func PathParts(file string, t Template) []PathPart {
	fields, _ := t.MatchBeside(file)
	var out []PathPart
	for _, s := range strings.Split(slashed(file), "/") {
		part := PathPart{Text: s}
		for _, name := range t.fields {
			if v := fields[name]; v != "" && strings.Contains(s, v) {
				part.Field, part.Value = name, v
			}
		}
		out = append(out, part)
	}
	return out
}

// runStem returns a run's name without the parts that repeat its other
// fields: "strong_lr_5e6" with lr 5e-06 is "strong".
func runStem(name string, fields data.Fields) string {
	for _, f := range slices.Sorted(maps.Keys(fields)) {
		v := fields[f]
		if f == data.Run || v == "" || len(v) > 40 {
			continue
		}
		for _, s := range spellings(v) {
			for _, sep := range []string{"_", "-", "=", ""} {
				name = cutPart(name, f+sep+s)
			}
		}
	}
	return name
}

// spellings returns how a value is written in names: 5e-06 also as 5e-6, 5e6
// and 0.000005.
func spellings(v string) []string {
	x, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return []string{v}
	}
	e := strconv.FormatFloat(x, 'e', -1, 64)
	short := strings.NewReplacer("e-0", "e-", "e+0", "e").Replace(e)
	return []string{v, e, short, strings.Replace(short, "e-", "e", 1), strconv.FormatFloat(x, 'f', -1, 64)}
}

// cutPart removes a part that stands between separators.
func cutPart(name, part string) string {
	i := strings.Index(name, part)
	if i < 0 {
		return name
	}
	before, after := name[:i], name[i+len(part):]
	if before != "" && !strings.ContainsRune("_-", rune(before[len(before)-1])) || after != "" && !strings.ContainsRune("_-", rune(after[0])) {
		return name
	}
	if kept := strings.Trim(strings.TrimRight(before, "_-")+after, "_-"); kept != "" {
		return kept
	}
	return name
}
