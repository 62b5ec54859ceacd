package store_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/formats"
	"witnessmark/data/store"
)

// lines is a small format for tests, a record a line, of words:
//
//	run KEY field=value …       declares a run
//	context field=value …       declares a context
//	sample KEY STEP ITEM name=value …
//	mean KEY STEP name=value …  name, name.k, name.n, name.sd
//	text PART body …            of the last sample
//	metric NAME LO HI BETTER, monitor NAME KIND, alias ORIGINAL FIELD
//	predict CONDITION P, identity ID, problem …
type lines struct{ stop func() } // stop is called at the word "stop"

func (lines) Name() string              { return "lines" }
func (lines) Help() string              { return "Records of words, for tests." }
func (lines) Match(string, []byte) bool { return true }

func (l lines) Read(ctx context.Context, f formats.File, m formats.Mapping, to formats.Sink) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	p := &lineParser{to: to, runs: map[string]int32{}, ctx: -1}
	done := int64(0)
	for in := bufio.NewScanner(r); in.Scan(); {
		done += int64(len(in.Bytes())) + 1
		to.Progress(done)
		if in.Text() == "stop" {
			l.stop()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if words := strings.Fields(in.Text()); len(words) > 0 {
			if err := p.line(words); err != nil {
				return err
			}
		}
	}
	return nil
}

type lineParser struct {
	to   formats.Sink
	runs map[string]int32
	ctx  int32 // −1 until one is declared
	row  int
}

func pairs(words []string) data.Fields {
	f := data.Fields{}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		f[name] = value
	}
	return f
}

func (p *lineParser) line(w []string) error {
	switch w[0] {
	case "run":
		p.runs[w[1]] = p.to.Run(w[1], pairs(w[2:]))
	case "context":
		p.ctx = p.to.Context(pairs(w[1:]))
	case "sample", "mean":
		p.numbers(w)
	case "text":
		return p.to.Text(p.row, w[1], strings.Join(w[2:], " "))
	case "metric":
		lo, hi, better := number(w[2]), number(w[3]), int(number(w[4]))
		p.to.Metric(data.Metric{Name: w[1], Lo: lo, Hi: hi, Better: better, Binary: lo == 0 && hi == 1})
	case "monitor":
		p.to.Monitor(data.Monitor{Name: w[1], Kind: w[2], Lo: math.NaN(), Hi: math.NaN(), Threshold: 0.5})
	case "alias":
		p.to.Alias(w[1], w[2])
	case "predict":
		p.to.Prediction(data.Prediction{Model: "persistence", Condition: w[1], Metric: "hack", Quantity: "rate",
			P: number(w[2]), Lo: math.NaN(), Hi: math.NaN(), Step: math.NaN()})
	case "identity":
		p.to.(interface{ Identity(string) }).Identity(w[1])
	case "problem":
		p.to.Problem(data.Problem{Text: strings.Join(w[1:], " "), Bad: true})
	case "fail":
		return errors.New("the file is cut off")
	}
	return nil
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// noMapping leaves every meaning to the format.
var noMapping = formats.Mapping{}

var kinds = map[string]column.Kind{"k": column.K, "n": column.N, "sd": column.SD, "flag": column.Flag, "score": column.Score}

func (p *lineParser) numbers(w []string) {
	attempts := w[0] == "sample"
	b := p.to.Table(attempts)
	if p.ctx < 0 {
		p.ctx = p.to.Context(nil)
	}
	p.row = b.Row(p.runs[w[1]], p.ctx, number(w[2]))
	rest := w[3:]
	if attempts {
		b.Item(w[3])
		rest = w[4:]
	}
	for name, value := range pairs(rest) {
		base, kind, _ := strings.Cut(name, ".")
		if base == "excluded" {
			b.Exclude(value)
			continue
		}
		b.Set(b.Column(base, kinds[kind]), number(value))
	}
}

// file makes a File of text.
func file(path, text string) formats.File {
	return formats.File{Path: path, Size: int64(len(text)), Open: func() (io.ReadSeekCloser, error) {
		return nopCloser{bytes.NewReader([]byte(text))}, nil
	}}
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

// create makes an empty study that is closed with the test.
func create(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "test.study"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// add imports text as a file and returns the report.
func add(t testing.TB, s *store.Store, path, text string) store.Report {
	t.Helper()
	r, err := s.Import(t.Context(), file(path, text), lines{}, formats.Mapping{}, nil)
	if err != nil {
		t.Fatalf("import %s: %v", path, err)
	}
	return r
}

func set(t testing.TB, s *store.Store) *column.Set {
	t.Helper()
	c, err := s.Set(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// two is a small study: two conditions, two steps, samples and means.
const two = `
run a condition=neutral seed=1
run b condition=inoculation seed=1 lr=1e-4
context eval=hacks grader=tests
metric hack 0 1 -1
monitor judge llm_cot
sample a 10 q1 hack=1 judge.flag=1
text prompt Solve the task honestly
text action I changed the tests
sample a 10 q2 hack=0 judge.flag=0
sample a 20 q1 hack=1 judge.flag=254
sample b 10 q1 hack=0 judge.flag=0
text action I solved it
sample b 10 q2 hack=nan excluded=incoherent
mean a 10 loss=0.5 loss.sd=0.1
mean a 20 loss=0.4
mean b 10 solved.k=3 solved.n=10
problem a line was not understood
problem a line was not understood
predict neutral 0.4
`
