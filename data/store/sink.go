package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A sink holds what a format found in one file until it is written. It
// touches no study.
type sink struct {
	ctx  context.Context
	path string // of the file, for problems that name none

	runs        []runDraft
	runAt       map[string]int32
	contexts    []string // canonical JSON of the fields
	contextAt   map[string]int32
	tables      map[bool]*column.Builder // by attempts
	metrics     map[string]data.Metric
	monitors    map[string]data.Monitor
	aliases     map[string]string
	predictions []data.Prediction
	identity    string
	problems    problems
	texts       spool
	progress    func(done int64)
}

// A runDraft is a run as the file describes it.
type runDraft struct {
	key    string
	fields data.Fields
}

func newSink(ctx context.Context, path string, progress func(int64)) *sink {
	return &sink{
		ctx: ctx, path: path, progress: progress,
		runAt: map[string]int32{}, contextAt: map[string]int32{},
		tables:  map[bool]*column.Builder{},
		metrics: map[string]data.Metric{}, monitors: map[string]data.Monitor{}, aliases: map[string]string{},
	}
}

func (s *sink) Run(key string, fields data.Fields) int32 {
	i, ok := s.runAt[key]
	if !ok {
		i = int32(len(s.runs))
		s.runAt[key] = i
		s.runs = append(s.runs, runDraft{key: key, fields: data.Fields{}})
	}
	maps.Copy(s.runs[i].fields, fields)
	return i
}

func (s *sink) Context(fields data.Fields) int32 {
	key := canonical(fields)
	i, ok := s.contextAt[key]
	if !ok {
		i = int32(len(s.contexts))
		s.contextAt[key] = i
		s.contexts = append(s.contexts, key)
	}
	return i
}

// canonical returns the fields as JSON with sorted names, "{}" for none.
func canonical(fields data.Fields) string {
	if len(fields) == 0 {
		return "{}"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(fields) // texts always have a form in JSON
	return string(bytes.TrimRight(b.Bytes(), "\n"))
}

func (s *sink) Table(attempts bool) *column.Builder {
	if s.tables[attempts] == nil {
		s.tables[attempts] = column.NewBuilder(attempts)
	}
	return s.tables[attempts]
}

func (s *sink) Metric(m data.Metric) {
	s.metrics[m.Name] = mergeMetric(s.metrics[m.Name], m, s.metrics[m.Name].Name != "")
}

// mergeMetric adds what is known of a metric to what was known before.
func mergeMetric(old, m data.Metric, known bool) data.Metric {
	if !known {
		return m
	}
	m.Lo, m.Hi = orNum(m.Lo, old.Lo), orNum(m.Hi, old.Hi)
	m.Better, m.Binary = cmp.Or(m.Better, old.Better), m.Binary || old.Binary
	return m
}

// orNum returns v, or other where v is NaN.
func orNum(v, other float64) float64 {
	if v != v {
		return other
	}
	return v
}

func (s *sink) Monitor(m data.Monitor) {
	if old, ok := s.monitors[m.Name]; ok {
		m.Kind, m.Scope = cmp.Or(m.Kind, old.Kind), cmp.Or(m.Scope, old.Scope)
		m.Oversight, m.Model = cmp.Or(m.Oversight, old.Oversight), cmp.Or(m.Model, old.Model)
		m.Lo, m.Hi, m.Threshold = orNum(m.Lo, old.Lo), orNum(m.Hi, old.Hi), orNum(m.Threshold, old.Threshold)
		m.TrainedAgainst = m.TrainedAgainst || old.TrainedAgainst
	}
	s.monitors[m.Name] = m
}

func (s *sink) Text(row int, part, body string) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	return s.texts.add(row, part, body)
}

func (s *sink) Alias(original, field string) { s.aliases[original] = field }

func (s *sink) Prediction(p data.Prediction) { s.predictions = append(s.predictions, p) }

func (s *sink) Problem(p data.Problem) {
	p.File = cmp.Or(p.File, s.path)
	s.problems.add(p)
}

func (s *sink) Progress(done int64) { s.progress(done) }

// Identity lets a format say what the file is, such as an eval's id: another
// file of the same identity is a newer state of it, and replaces it. It is an
// ability of this sink beyond formats.Sink.
func (s *sink) Identity(id string) { s.identity = id }

// subject returns a digest of what the runs and contexts are, except for
// names that come from the file's own: two files with the same bytes and the
// same subject are copies of one another, while the same bytes for another
// condition or seed are another result.
func (s *sink) subject() []byte {
	var all []string
	for _, r := range s.runs {
		fields := maps.Clone(r.fields)
		delete(fields, data.Run)
		delete(fields, data.Source)
		all = append(all, "run "+canonical(fields))
	}
	for _, c := range s.contexts {
		all = append(all, "context "+c)
	}
	slices.Sort(all)
	h := sha256.New()
	for _, line := range all {
		h.Write([]byte(line + "\n"))
	}
	return h.Sum(nil)
}

// problems are problems grouped by what they say, in order of appearance.
type problems struct {
	all  []data.Problem
	at   map[data.Problem]int
	rest int // further ones, of which only the number is kept
}

// maxProblems is how many different problems of one file are told apart.
const maxProblems = 1000

func (p *problems) add(one data.Problem) {
	one.Count = max(one.Count, 1)
	group := data.Problem{File: one.File, Text: one.Text, Bad: one.Bad}
	if i, ok := p.at[group]; ok {
		p.all[i].Count += one.Count
		return
	}
	if len(p.all) == maxProblems {
		p.rest += one.Count
		return
	}
	if p.at == nil {
		p.at = map[data.Problem]int{}
	}
	p.at[group] = len(p.all)
	p.all = append(p.all, one)
}

// list returns the problems, and a last one that counts those not listed.
func (p *problems) list() []data.Problem {
	if p.rest == 0 {
		return p.all
	}
	return append(slices.Clone(p.all), data.Problem{File: p.all[0].File, Text: "further problems of other kinds", Count: p.rest, Bad: true})
}
