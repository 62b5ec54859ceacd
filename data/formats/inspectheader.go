package formats

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
)

// SourceOfValue is the context field that keeps numbers reported in a log's
// header apart from those computed from its samples: it is "reported" for
// the former and absent for the latter.
const SourceOfValue = "source_of_value"

// A log is an Inspect log being read.
type log struct {
	file       File
	mapping    Mapping
	to         Sink
	header     object
	table      *column.Builder
	first      int
	run, ctx   int32
	context    data.Fields
	step       float64
	rows       map[string]int // by sample and epoch
	unfinished bool
	lost, thin int
	tally      tallies
	metrics    map[string]bool  // those described to the sink
	graded     map[string]grade // by score
	monitors   map[string]data.Monitor
}

// tallies count what happened to samples.
type tallies struct {
	samples, failed, limited, unscored, repeated int
	texts                                        map[string]int // values that are no numbers, by scorer
	example                                      map[string]string
	detached                                     int
}

func newLog(f File, m Mapping, to Sink) *log {
	return &log{
		file: f, mapping: m, to: to, table: to.Table(true), first: to.Table(true).Len(), step: math.NaN(),
		rows: map[string]int{}, metrics: map[string]bool{}, graded: map[string]grade{}, monitors: map[string]data.Monitor{},
		tally: tallies{texts: map[string]int{}, example: map[string]string{}},
	}
}

// begin declares the run and its context.
func (l *log) begin() {
	if v := textOf(l.header["version"]); v != "1" && v != "2" && v != "" {
		l.problem("", "The log's version is "+v+", which is newer than known; read as far as understood.", 1, false)
	}
	p, problems := newPlan(Mapping{Template: l.mapping.Template, Constant: l.mapping.Constant}, nil, l.file.Path)
	for _, problem := range problems {
		l.to.Problem(problem)
	}
	fields := l.runFields(p.runConst)
	if v, r := stepNumber([]byte(cmp.Or(p.fixedStep, fields[data.Step]))); r == isNumber {
		l.step = v
		delete(fields, data.Step)
	}
	l.run = l.to.Run(l.identity(), fields)
	if to, ok := l.to.(Identified); ok {
		to.Identity("inspect " + path.Ext(slashed(l.file.Path)) + " " + l.identity())
	}
	l.context = data.Fields{data.Eval: textOf(at(l.header, "eval", "task")), data.Grader: l.graders()}
	for name, v := range p.ctxConst {
		l.context[name] = v
	}
	dropEmpty(l.context)
	l.ctx = l.to.Context(l.context)
	l.to.Alias("task", data.Eval)
	l.to.Alias("model", data.BaseModel)
	l.to.Alias("scorer", data.Grader)
	l.to.Alias("id", data.Item)
}

func dropEmpty(f data.Fields) {
	for name, v := range f {
		if v == "" {
			delete(f, name)
		}
	}
}

// identity is the run's key: the log's eval_id, or for old logs a hash of
// what tells them apart, so that .eval and .json of one log are one run.
func (l *log) identity() string {
	eval := l.header["eval"]
	if id := textOf(at(eval, "eval_id")); id != "" {
		return id
	}
	sum := sha256.Sum256([]byte(textOf(at(eval, "run_id")) + "\x00" + textOf(at(eval, "task_id")) + "\x00" + textOf(at(eval, "created"))))
	return hex.EncodeToString(sum[:11])
}

// statuses in our words.
var statuses = map[string]string{"success": "complete", "cancelled": "canceled"}

// runFields returns what the header says of the run; fields of the path and
// constants go before it.
func (l *log) runFields(fixed data.Fields) data.Fields {
	eval := l.header["eval"]
	out := data.Fields{}
	for name, v := range fixed {
		out[name] = v
	}
	status := textOf(l.header["status"])
	if l.unfinished {
		status = "started"
	}
	l.put(out, "", object{
		data.Run: l.identity(), data.BaseModel: textOf(at(eval, "model")), data.Status: cmp.Or(statuses[status], status),
		"created": at(eval, "created"), "eval_set_id": at(eval, "eval_set_id"), "task_id": at(eval, "task_id"), "solver": at(eval, "solver"),
		"dataset": at(eval, "dataset", "name"), "commit": at(eval, "revision", "commit"), "tags": firstOf(l.header["tags"], at(eval, "tags")),
		"task_version": at(eval, "task_version"), "epochs": at(eval, "config", "epochs"), "message_limit": at(eval, "config", "message_limit"),
		"token_limit": at(eval, "config", "token_limit"),
	})
	if l.header["invalidated"] == true {
		out["invalidated"] = "true"
	}
	for role, model := range objectOf(at(eval, "model_roles")) {
		l.put(out, "role.", object{role: firstOf(at(model, "model"), model)})
	}
	l.put(out, "", generation(objectOf(at(eval, "model_generate_config"))))
	l.put(out, "", generation(objectOf(at(l.header, "plan", "config"))))
	l.put(out, "task_args.", objectOf(at(eval, "task_args")))
	l.put(out, "model_args.", objectOf(at(eval, "model_args")))
	l.put(out, "metadata.", objectOf(firstOf(l.header["metadata"], at(eval, "metadata"))))
	return out
}

func firstOf(nodes ...node) node {
	for _, n := range nodes {
		if n != nil {
			return n
		}
	}
	return nil
}

// generation returns the settings of generation without those of the
// connection. The sampling seed is not the training seed.
func generation(config object) object {
	out := object{}
	for name, v := range config {
		switch name {
		case "max_connections", "max_retries", "timeout", "attempt_timeout", "batch", "cache_prompt", "system_message":
		case "seed":
			out["sampling_seed"] = v
		default:
			out[name] = v
		}
	}
	return out
}

// put adds fields under their canonical or own names; where that name is
// taken, or belongs to evaluations, under the name with the prefix.
func (l *log) put(to data.Fields, prefix string, from object) {
	for _, name := range sortedKeys(from) {
		l.putOne(to, prefix, name, from[name], 0)
	}
}

func (l *log) putOne(to data.Fields, prefix, name string, v node, depth int) {
	if o, nested := v.(object); nested && depth < 3 {
		for _, k := range sortedKeys(o) {
			l.putOne(to, prefix, name+"."+k, o[k], depth+1)
		}
		return
	}
	text := inlineOf(v)
	word := traits{plain: plainName(name)}
	if text == "" || len(text) > 20000 || prefix == "model_args." && word.hasWord(append(secretWords, "key")...) {
		return
	}
	as := name
	if prefix != "" {
		as = canonical(name)
		if _, taken := to[as]; taken || isContextName(as) || as == data.Run {
			as = prefix + name
		}
		l.alias(prefix+name, as)
	}
	if _, taken := to[as]; !taken {
		to[as] = text
	}
}

func (l *log) alias(original, as string) {
	if original != as {
		l.to.Alias(original, as)
	}
}

// graders names the scorers, with the model that grades where a role says it.
func (l *log) graders() string {
	var names []string
	for _, s := range listOf(at(l.header, "eval", "scorers")) {
		names = appendNew(names, textOf(at(s, "name")))
	}
	if len(names) == 0 {
		for _, s := range l.reportedScores() {
			names = appendNew(names, cmp.Or(textOf(s["scorer"]), textOf(s["name"])))
		}
	}
	names = slices.DeleteFunc(names, isMonitorScore)
	model := firstOf(at(l.header, "eval", "model_roles", "grader", "model"), at(l.header, "eval", "model_roles", "judge", "model"))
	for _, s := range listOf(at(l.header, "eval", "scorers")) {
		model = firstOf(model, at(s, "options", "model"), at(s, "params", "model"))
	}
	out := strings.Join(names, ", ")
	if m := textOf(model); m != "" && out != "" {
		out += " (" + m + ")"
	}
	return out
}

func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// reportedScores returns results.scores, in its present or its old form.
func (l *log) reportedScores() []object {
	results := objectOf(l.header["results"])
	if results["scores"] == nil && results["metrics"] != nil {
		name := firstOf(at(results, "scorer", "name"), results["scorer"])
		return []object{{"name": name, "scorer": name, "metrics": results["metrics"]}}
	}
	var out []object
	for _, s := range listOf(results["scores"]) {
		out = append(out, objectOf(s))
	}
	return out
}

// report keeps the header's metrics as summaries in a context of their own.
func (l *log) report() {
	for _, s := range l.reportedScores() {
		name, scorer := textOf(s["name"]), cmp.Or(textOf(s["scorer"]), textOf(s["name"]))
		metric := scorer
		if name != scorer && name != "" {
			metric = scorer + "/" + name
		}
		context := data.Fields{data.Eval: l.context[data.Eval], data.Grader: l.context[data.Grader], SourceOfValue: "reported", "reducer": textOf(s["reducer"])}
		dropEmpty(context)
		l.reportScore(metric, context, s)
	}
}

// means are the metrics whose standard error Inspect writes as "stderr".
var means = []string{"accuracy", "mean"}

func (l *log) reportScore(metric string, context data.Fields, s object) {
	metrics := objectOf(s["metrics"])
	values := map[column.ID]float64{}
	mean := ""
	for _, m := range means {
		if mean == "" && metrics[m] != nil {
			mean = m
		}
	}
	for _, key := range sortedKeys(metrics) {
		v, ok := l.reportedValue(metrics[key])
		if !ok {
			l.problem("header", fmt.Sprintf("reported %s of %s is no finite number; left out", key, metric), 1, false)
			continue
		}
		switch {
		case key == mean:
			values[column.ID{Name: metric, Kind: column.Value}] = v
		case key == "stderr" && mean != "":
			values[column.ID{Name: metric, Kind: column.SE}] = v
		case key == "std" && mean != "":
			values[column.ID{Name: metric, Kind: column.SD}] = v
		default:
			values[column.ID{Name: metric + "/" + key, Kind: column.Value}] = v
		}
	}
	if len(values) == 0 {
		return
	}
	if n, r := number([]byte(textOf(s["scored_samples"]))); r == isNumber && mean != "" {
		values[column.ID{Name: metric, Kind: column.N}] = n
	}
	l.addReported(context, values)
}

func (l *log) reportedValue(n node) (float64, bool) {
	if v := at(n, "value"); v != nil {
		n = v
	}
	v, r := number([]byte(textOf(n)))
	return v, r == isNumber
}

func (l *log) addReported(context data.Fields, values map[column.ID]float64) {
	t := l.to.Table(false)
	row := t.Row(l.run, l.to.Context(context), l.step)
	ids := slices.SortedFunc(maps.Keys(values), func(a, b column.ID) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), int(a.Kind)-int(b.Kind))
	})
	for _, id := range ids {
		t.SetAt(row, t.Column(id.Name, id.Kind), values[id])
		if id.Kind == column.Value && !l.metrics[id.Name] {
			l.metrics[id.Name] = true
			l.to.Metric(data.Metric{Name: id.Name, Lo: math.NaN(), Hi: math.NaN()})
		}
	}
}
