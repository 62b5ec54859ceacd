package formats

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
)

// sampleKey identifies a sample within its log. The kind of id is part of
// it: 1 and "1" are two samples.
func sampleKey(s object) string {
	kind := "#"
	if _, text := s["id"].(string); text {
		kind = "\""
	}
	return kind + textOf(s["id"]) + "\x00" + textOf(s["epoch"])
}

// sample adds one sample's row and texts.
func (l *log) sample(s object) error {
	if s == nil {
		return nil
	}
	key := sampleKey(s)
	if earlier, again := l.rows[key]; again {
		l.tally.repeated++
		l.table.ExcludeAt(earlier, "a later copy is in the log")
	}
	l.tally.samples++
	row := l.table.Row(l.run, l.ctx, l.step)
	l.rows[key] = row
	l.table.Item(textOf(s["id"]))
	if epoch, r := number([]byte(textOf(s["epoch"]))); r == isNumber && epoch >= 1 && epoch < math.MaxInt32 {
		l.table.Epoch(int(epoch))
	}
	scored := l.scores(s)
	l.outcome(s, scored)
	l.classes(objectOf(s["metadata"]))
	return l.texts(row, s)
}

// outcome marks samples that failed, or that a limit ended before they were
// scored. A sample that reached a limit and was scored all the same counts,
// as it does in Inspect, and carries the limit as a label.
func (l *log) outcome(s object, scored bool) {
	limit := cmp.Or(textOf(at(s, "limit", "type")), textOf(s["limit"]))
	if limit != "" {
		l.label("limit", limit)
	}
	switch {
	case s["error"] != nil && textOf(firstOf(at(s, "error", "message"), s["error"])) != "":
		l.tally.failed++
		l.table.Exclude(errorReason(textOf(firstOf(at(s, "error", "message"), s["error"]))))
	case limit != "" && !scored:
		l.tally.limited++
		l.table.Exclude("limit: " + limit)
	case s["invalidation"] != nil:
		l.table.Exclude("invalidated")
	}
}

// errorReason is "error", with the error's kind where the message begins
// with one, so that reasons stay few.
func errorReason(message string) string {
	kind, _, ok := strings.Cut(message, "(")
	if ok && len(kind) < 40 && strings.HasSuffix(kind, "Error") && !strings.ContainsAny(kind, " \n") {
		return "error: " + kind
	}
	return "error"
}

// maxClasses is how many keys of samples' metadata are kept.
const maxClasses = 40

// classes keeps short metadata of a sample: texts as labels, numbers as
// values.
func (l *log) classes(metadata object) {
	for i, key := range sortedKeys(metadata) {
		if i == maxClasses {
			return
		}
		switch v := metadata[key].(type) {
		case string:
			if v != "" && len(v) <= 80 && !strings.Contains(v, "\n") {
				l.label("metadata."+key, v)
			}
		case bool, literal:
			if x, r := number([]byte(textOf(v))); r == isNumber {
				l.set("metadata."+key, column.Value, x)
			}
		}
	}
}

func (l *log) set(name string, kind column.Kind, v float64) {
	l.table.Set(l.table.Column(name, kind), v)
}

func (l *log) label(name, text string) {
	l.table.SetLabel(l.table.Column(name, column.Label), text)
}

// scores adds the sample's scores and reports whether there are any.
func (l *log) scores(s object) bool {
	scores := objectOf(s["scores"])
	if scores == nil && s["score"] != nil {
		name := "score"
		if r := l.reportedScores(); len(r) > 0 {
			name = cmp.Or(textOf(r[0]["scorer"]), textOf(r[0]["name"]), name)
		}
		scores = object{name: s["score"]}
	}
	for _, name := range sortedKeys(scores) {
		l.score(name, objectOf(scores[name]))
	}
	l.messageScores(s)
	return len(scores) > 0
}

// isMonitorScore knows scores that monitors give, by the names that control
// settings use: monitor_<name>@<model>, max_suspicion_scorer and the like.
func isMonitorScore(name string) bool {
	plain := plainName(name)
	return strings.HasPrefix(plain, "monitor") || strings.Contains(plain, "suspicion") || strings.HasSuffix(plain, "_monitor") || strings.HasSuffix(plain, "_monitor_scorer")
}

func (l *log) score(name string, score object) {
	given := l.mapping.Columns[name]
	switch {
	case given.Role == RoleIgnore:
		return
	case given.Role == RoleScore || given.Role == RoleFlag || given.Role == "" && isMonitorScore(name):
		l.monitorScore(cmp.Or(given.As, name), score)
		return
	}
	l.scoreValue(cmp.Or(given.As, name), score["value"])
}

// scoreValue adds a score's value: several for a value of several parts.
func (l *log) scoreValue(name string, value node) {
	switch v := value.(type) {
	case object:
		for _, k := range sortedKeys(v) {
			l.scoreValue(name+"/"+k, v[k])
		}
		return
	case []node:
		for i, e := range v {
			l.scoreValue(fmt.Sprintf("%s/%d", name, i+1), e)
		}
		return
	}
	x, label, r := scoreNumber(value)
	if label != "" {
		l.label(name, label)
	}
	switch r {
	case isNumber:
		_, answered := value.(bool)
		l.graded[name] = l.graded[name] | gradeOf(answered || label != "")
		l.set(name, column.Value, x)
	case isMissing:
		l.tally.unscored++
	default:
		l.tally.texts[name]++
		if l.tally.example[name] == "" {
			l.tally.example[name] = clip(label, 40)
		}
	}
}

// A grade says of a score whether its values are letters and answers, which
// lie between 0 and 1, or numbers of an unknown scale, or both.
type grade uint8

const (
	byLetter grade = 1
	byNumber grade = 2
)

func gradeOf(letter bool) grade {
	if letter {
		return byLetter
	}
	return byNumber
}

// scoreNumber converts a score as Inspect does: C is 1, P is 0.5, I and N
// (no answer) are 0, yes and no, numbers in text. Where Inspect would warn
// and take 0, this says that there is no number. NaN and null are unscored.
// The label is the text of a value that is no number itself.
func scoreNumber(value node) (x float64, label string, r reading) {
	switch v := value.(type) {
	case nil:
		return math.NaN(), "unscored", isMissing
	case bool:
		x, r = number([]byte(textOf(v)))
		return x, "", r
	case literal:
		x, r = number([]byte(v))
		if r != isNumber {
			return math.NaN(), "unscored", isMissing
		}
		return x, "", r
	}
	text := strings.TrimSpace(textOf(value))
	switch text {
	case "C":
		return 1, text, isNumber
	case "P":
		return 0.5, text, isNumber
	case "I", "N":
		return 0, text, isNumber
	}
	switch strings.ToLower(text) {
	case "yes", "true":
		return 1, text, isNumber
	case "no", "false":
		return 0, text, isNumber
	}
	if x, r := number([]byte(text)); r == isNumber {
		return x, "", r
	}
	return math.NaN(), clip(text, 80), isText
}

// monitorScore adds a monitor's score of a sample. Of a score by action, the
// highest is the sample's; an absent score is missing, not a low one. No
// scale is assumed.
func (l *log) monitorScore(name string, score object) {
	m := data.Monitor{Name: name, Lo: math.NaN(), Hi: math.NaN(), Threshold: math.NaN()}
	if _, model, ok := strings.Cut(name, "@"); ok {
		m.Model = model
	}
	v, parts := highest(score["value"])
	if v != v {
		v, parts = highest(actionScores(score))
	}
	if parts > 1 {
		m.Scope = "highest of a sample's actions"
	}
	was, known := l.monitors[name]
	if known && m.Scope == "" {
		m.Scope = was.Scope
	}
	l.monitors[name] = m
	flag, unknown, r := verdict([]byte(textOf(score["value"])))
	_, worded := score["value"].(string)
	_, yesno := score["value"].(bool)
	switch {
	case (worded || yesno) && unknown:
		l.set(name, column.Flag, float64(column.Unknown))
	case (worded || yesno) && r == isNumber && (flag == 0 || flag == 1):
		l.set(name, column.Flag, flag)
	case v == v:
		l.set(name, column.Score, v)
	default:
		l.tally.unscored++
	}
}

// highest returns the highest number in a value: itself, its "max", or the
// highest of its parts; NaN when there is none.
func highest(value node) (v float64, parts int) {
	v = math.NaN()
	switch n := value.(type) {
	case object:
		if n["max"] != nil {
			return highest(n["max"])
		}
		for _, e := range n {
			x, _ := highest(e)
			v, parts = higher(v, x), parts+1
		}
	case []node:
		for _, e := range n {
			x, _ := highest(e)
			v, parts = higher(v, x), parts+1
		}
	case literal, string:
		if x, r := number([]byte(textOf(n))); r == isNumber {
			return x, 1
		}
	}
	return v, parts
}

func higher(a, b float64) float64 {
	if a != a || b > a {
		return b
	}
	return a
}

// actionScores returns the scores that newer logs list by action in a
// score's metadata.
func actionScores(score object) node {
	var out []node
	for _, s := range listOf(at(score, "metadata", "scores")) {
		out = append(out, at(s, "value"))
	}
	return out
}

// suspicionKeys are keys of a message's metadata under which monitors leave
// a score.
var suspicionKeys = []string{"suspicion", "suspicion_score", "monitor_score"}

// messageScores takes the score that a monitor left in the last assistant
// message.
func (l *log) messageScores(s object) {
	messages := listOf(s["messages"])
	for _, m := range slices.Backward(messages) {
		if textOf(at(m, "role")) != "assistant" {
			continue
		}
		for _, key := range suspicionKeys {
			if v, _ := highest(at(m, "metadata", key)); v == v {
				l.monitors[key] = data.Monitor{Name: key, Lo: math.NaN(), Hi: math.NaN(), Threshold: math.NaN()}
				l.set(key, column.Score, v)
			}
		}
		return
	}
}

// finish describes and reports.
func (l *log) finish() {
	for i, id := range l.table.ColumnIDs() {
		if id.Kind != column.Value || l.metrics[id.Name] {
			continue
		}
		l.metrics[id.Name] = true
		m := data.Metric{Name: id.Name, Lo: math.NaN(), Hi: math.NaN()}
		if m.Binary = l.table.Binary(i, l.first); m.Binary || l.graded[id.Name] == byLetter {
			m.Lo, m.Hi = 0, 1
		}
		l.to.Metric(m)
	}
	for _, name := range sortedKeys(l.monitors) {
		l.to.Monitor(l.monitors[name])
	}
	l.report()
	l.summarize()
	l.to.Progress(l.file.Size)
}

// summarize reports what happened to samples.
func (l *log) summarize() {
	t := l.tally
	if l.unfinished {
		l.problem("", "The log has no header: the evaluation did not finish.", 1, false)
	}
	if status := textOf(l.header["status"]); status != "success" && status != "" && !l.unfinished {
		l.problem("", fmt.Sprintf("The evaluation ended with status %s.", status), 1, false)
	}
	l.counted(l.lost, "sample was", "samples were", fmt.Sprintf("skipped; %s imported", thousands(t.samples)), true)
	l.counted(l.thin, "sample was", "samples were", "taken from the log's summaries, whose texts are shortened", false)
	l.counted(t.repeated, "sample is", "samples are", "in the log more than once; the last copy counts", false)
	l.counted(t.failed, "sample", "samples", "ended with an error; excluded", false)
	l.counted(t.limited, "sample", "samples", "reached a limit without a score; excluded", false)
	l.counted(t.unscored, "score is", "scores are", "missing (unscored); not counted as 0", false)
	l.counted(t.detached, "attachment is", "attachments are", "not in the file", false)
	for _, name := range sortedKeys(t.texts) {
		l.counted(t.texts[name], "value of "+name+" is", "values of "+name+" are", fmt.Sprintf("not a number, such as %q; kept as a label", t.example[name]), false)
	}
	if t.samples == 0 && l.lost == 0 {
		l.problem("", "The log holds no samples; only reported metrics were imported.", 1, false)
	}
}

func (l *log) counted(n int, one, many, what string, bad bool) {
	if n > 0 {
		l.problem("", countOf(n, one, many)+" "+what, n, bad)
	}
}
