package formats

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A plan is a mapping made ready for one file: which cells of a row go
// where. It is read-only while rows are read, so that blocks of rows can be
// read side by side.
type plan struct {
	names    []string // of columns
	samples  bool
	runCols  []fieldCol // fields of the run, by column
	ctxCols  []fieldCol
	step     int // columns; −1 for none
	item     int
	epoch    int
	name     int // column that names the metric
	monitor  int // column that names the monitor
	excluded []int
	plain    []plainCol // columns of one number each
	counts   []countCol
	labels   []fieldCol
	texts    []fieldCol
	named    []plainCol // columns of the metric or monitor that the row names
	rowN     int        // column with the number behind every value of the row
	valued   []int      // indexes into plain: what rowN is the number of
	predict  []predictCol

	runConst  data.Fields
	ctxConst  data.Fields
	fixedStep string
	identity  []string
	derive    string // Mapping.Condition
	fallback  string // identity of a run by its file, for runs that no field names
	byFile    string // the name of such runs; "" where fields name runs
	comma     bool   // decimal comma
	numbered  bool   // rows without a step are numbered
}

// A fieldCol is a column with the name of its field, part or label.
type fieldCol struct {
	col int
	as  string
}

// A plainCol is a column that is one column of the table.
type plainCol struct {
	col int
	id  column.ID
}

// A countCol is a count, what it is out of, and its reported rate.
type countCol struct {
	col, of, rate int // of and rate are −1 where there is none
	as            string
}

// A predictCol is a predicted value with its bounds, −1 where there is none.
type predictCol struct {
	col, lo, hi int
	as          string
}

// newPlan makes the plan for the columns in their order. The mapping must be
// complete for them.
func newPlan(m Mapping, names []string, file string) (*plan, []data.Problem) {
	p := &plan{
		names: names, samples: m.Rows == RowsSamples, identity: m.Identity, derive: m.Condition, comma: m.DecimalComma,
		step: -1, item: -1, epoch: -1, name: -1, monitor: -1, rowN: -1,
		runConst: data.Fields{}, ctxConst: data.Fields{}, fallback: fallbackKey(file), byFile: fileName(file),
	}
	problems := p.takePath(m, file)
	for i, name := range names {
		if a, ok := m.Columns[name]; ok {
			p.assign(i, a)
		}
	}
	p.finish(m)
	return p, problems
}

// takePath takes constants and the fields of the path.
func (p *plan) takePath(m Mapping, file string) []data.Problem {
	for name, v := range m.Constant {
		p.constant(name, v)
	}
	t, err := ParseTemplate(m.Template)
	if err != nil {
		return []data.Problem{{File: file, Text: err.Error() + "; no fields taken from the path", Count: 1}}
	}
	fields, ok := t.MatchBeside(file)
	if !ok {
		return []data.Problem{{File: file, Text: fmt.Sprintf("the path does not match the template %s; no fields taken from it", t), Count: 1}}
	}
	for name, v := range fields {
		p.constant(name, v)
	}
	return nil
}

func (p *plan) constant(name, v string) {
	switch {
	case name == data.Step:
		p.fixedStep = v
	case isContextName(name):
		p.ctxConst[name] = v
	default:
		p.runConst[name] = v
	}
}

func (p *plan) assign(i int, a Assign) {
	as := a.As
	if as == "" {
		as = p.names[i]
	}
	switch a.Role {
	case RoleField:
		p.runCols = append(p.runCols, fieldCol{i, as})
	case RoleContext:
		p.ctxCols = append(p.ctxCols, fieldCol{i, as})
	case RoleStep:
		p.step = i
	case RoleItem:
		p.item = i
	case RoleEpoch:
		p.epoch = i
	case RoleName:
		p.name = i
	case RoleMonitor:
		p.monitor = i
	case RoleExcluded:
		p.excluded = append(p.excluded, i)
	case RoleLabel:
		p.labels = append(p.labels, fieldCol{i, as})
	case RoleText:
		p.texts = append(p.texts, fieldCol{i, as})
	case RolePredicted:
		p.predict = append(p.predict, predictCol{i, -1, -1, as})
	case RoleK:
		p.counts = append(p.counts, countCol{i, slices.Index(p.names, a.Of), -1, as})
	default:
		p.measure(i, a, as)
	}
}

// kinds are the kinds of column that roles of single numbers fill.
var kinds = map[Role]column.Kind{
	RoleMetric: column.Value, RoleValue: column.Value, RoleSD: column.SD, RoleSE: column.SE, RoleN: column.N,
	RoleLo: column.Lo, RoleHi: column.Hi, RoleScore: column.Score, RoleFlag: column.Flag,
}

func (p *plan) measure(i int, a Assign, as string) {
	kind, ok := kinds[a.Role]
	switch {
	case !ok: // ignored, totals, and rates, which finish joins to their counts
	case a.As == "" && a.Role == RoleN:
		p.rowN = i
	case a.As == "" && a.Role != RoleMetric:
		p.named = append(p.named, plainCol{i, column.ID{Kind: kind}})
	default:
		p.plain = append(p.plain, plainCol{i, column.ID{Name: as, Kind: kind}})
	}
}

// finish joins rates to counts, and gives what rests on a name that no
// column holds the name of its own column.
func (p *plan) finish(m Mapping) {
	for i, name := range p.names {
		if a := m.Columns[name]; a.Role == RoleRate {
			p.joinRate(i, a.As)
		}
	}
	p.settleNamed()
	p.joinBounds()
	if p.rowN >= 0 && p.name >= 0 {
		p.named = append(p.named, plainCol{p.rowN, column.ID{Kind: column.N}})
		p.rowN = -1
	}
	for i, c := range p.plain {
		if c.id.Kind == column.Value {
			p.valued = append(p.valued, i)
		}
	}
	if len(p.identity) == 0 {
		p.identity = p.allFields()
	}
	if slices.ContainsFunc(p.identity, func(f string) bool { return slices.Contains(keyOrder, f) }) {
		p.byFile = ""
	}
}

// joinBounds gives predictions the bounds that stand beside them.
func (p *plan) joinBounds() {
	p.plain = slices.DeleteFunc(p.plain, func(c plainCol) bool {
		for j := range p.predict {
			switch of := &p.predict[j]; {
			case c.id.Name != p.names[of.col]:
			case c.id.Kind == column.Lo:
				of.lo = c.col
				return true
			case c.id.Kind == column.Hi:
				of.hi = c.col
				return true
			}
		}
		return false
	})
}

func (p *plan) joinRate(i int, as string) {
	for j := range p.counts {
		if p.counts[j].as == as {
			p.counts[j].rate = i
			return
		}
	}
	p.plain = append(p.plain, plainCol{i, column.ID{Name: cmp.Or(as, p.names[i]), Kind: column.Value}})
}

func (p *plan) settleNamed() {
	p.named = slices.DeleteFunc(p.named, func(c plainCol) bool {
		by := p.name
		if c.id.Kind == column.Score || c.id.Kind == column.Flag {
			by = p.monitor
		}
		if by >= 0 {
			return false
		}
		c.id.Name = p.names[c.col]
		p.plain = append(p.plain, c)
		return true
	})
}

// allFields is the identity of runs that no mapping gives: the run's name,
// else every field of it but its status.
func (p *plan) allFields() []string {
	var out []string
	for name := range p.runConst {
		out = append(out, name)
	}
	for _, c := range p.runCols {
		out = append(out, c.as)
	}
	if slices.Contains(out, data.Run) {
		return []string{data.Run}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(f string) bool { return f == data.Status || f == data.Source })
}

// keyOrder puts the fields that people name runs by first in a run's key.
var keyOrder = []string{data.Run, data.BaseModel, data.Method, data.Condition, data.TrainPrompt, data.Seed}

// runKey returns a run's identity: the values of the identity's fields.
func (p *plan) runKey(fields data.Fields) string {
	if len(p.identity) == 1 && p.identity[0] == data.Run && fields[data.Run] != "" {
		return fields[data.Run]
	}
	names := slices.Clone(p.identity)
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	var parts []string
	if p.byFile != "" {
		parts = append(parts, p.fallback)
	}
	for _, name := range names {
		if v := fields[name]; v != "" {
			parts = append(parts, name+"="+v)
		}
	}
	if len(parts) == 0 {
		return p.fallback
	}
	return strings.Join(parts, ", ")
}

func rank(name string) int {
	if i := slices.Index(keyOrder, name); i >= 0 {
		return i
	}
	return len(keyOrder)
}

// runFields returns the fields of a run from its cells.
func (p *plan) runFields(cells []string) data.Fields {
	out := data.Fields{}
	for name, v := range p.runConst {
		out[name] = v
	}
	setFields(out, p.runCols, cells)
	if p.byFile != "" && out[data.Run] == "" {
		out[data.Run] = p.byFile
	}
	switch prompt, prompted := out[data.TrainPrompt]; {
	case out[data.Condition] != "" || p.derive == "":
	case p.derive == FromRunName:
		out[data.Condition] = runStem(out[data.Run], out)
	case prompted && prompt != "":
		out[data.Condition] = prompt
	default:
		out[data.Condition] = NoPrompt
	}
	return out
}

func (p *plan) ctxFields(cells []string) data.Fields {
	out := data.Fields{}
	for name, v := range p.ctxConst {
		out[name] = v
	}
	setFields(out, p.ctxCols, cells)
	return out
}

// setFields sets what is not missing. The words null and none are kept: they
// name models and conditions in real files; NaN is how pandas writes nothing.
func setFields(to data.Fields, cols []fieldCol, cells []string) {
	for i, c := range cols {
		if v := strings.TrimSpace(cells[i]); v != "" && v != "NaN" && v != "nan" {
			to[c.as] = v
		}
	}
}

// pivots tells whether several rows can be about one sample, each with a
// metric or monitor of its own.
func (p *plan) pivots() bool { return p.samples && p.item >= 0 && len(p.named) > 0 }

// measures tells whether any column holds a number or text to keep.
func (p *plan) measures() bool {
	return len(p.plain)+len(p.counts)+len(p.named)+len(p.labels)+len(p.texts)+len(p.predict) > 0
}

// fallbackKey identifies a run by its file where nothing else does, or by
// its folder where the file's name says only what kind of file it is.
func fallbackKey(file string) string {
	file = slashed(file)
	if isKindOfFile(file) {
		return "folder=" + runFolder(file)
	}
	return "file=" + file
}

func isKindOfFile(file string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(path.Base(file)), ".")
	dir := path.Base(path.Dir(file))
	return dir != "." && dir != "/" && (slices.Contains(kindStems, stem) || slices.ContainsFunc(configWords, func(w string) bool { return strings.Contains(stem, w) }))
}

// runFolder is the folder of a file's run: every checkpoint of a run has a
// folder of its own within it.
func runFolder(file string) string {
	dir := path.Dir(file)
	if strings.HasPrefix(path.Base(dir), "checkpoint-") && path.Dir(dir) != "." {
		return path.Dir(dir)
	}
	return dir
}

// configWords are parts of the names of files that hold settings.
var configWords = []string{"config", "params", "hparams", "settings", "hyperparameters", "_args"}

// fileName names a run by its file where nothing else does: the file's stem,
// or its folder where the stem says only what kind of file it is.
func fileName(file string) string {
	file = slashed(file)
	if isKindOfFile(file) {
		return path.Base(runFolder(file))
	}
	stem, _, _ := strings.Cut(path.Base(file), ".")
	return stem
}

var kindStems = []string{"metrics", "metrics_stream", "results", "log", "logs", "trainer_state", "history", "train_metrics", "summary", "config", "eval", "evals", "all_results", "eval_results", "train_results"}
