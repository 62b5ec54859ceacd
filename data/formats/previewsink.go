package formats

import (
	"maps"

	"witnessmark/data"
	"witnessmark/data/column"
)

// roleOfKind is the role that fills each kind of column.
var roleOfKind = map[column.Kind]Role{
	column.Value: RoleMetric, column.K: RoleK, column.N: RoleN, column.SD: RoleSD, column.SE: RoleSE,
	column.Lo: RoleLo, column.Hi: RoleHi, column.Score: RoleScore, column.Flag: RoleFlag, column.Label: RoleLabel,
}

// A lookSink keeps what a preview shows of a file.
type lookSink struct {
	tables   [2]*column.Builder
	keys     map[string]int32
	runs     []data.Fields
	problems []data.Problem
	most     int // rows of samples
}

func newTables() [2]*column.Builder {
	return [2]*column.Builder{column.NewBuilder(true), column.NewBuilder(false)}
}

// Run keeps the run's fields.
func (s *lookSink) Run(key string, fields data.Fields) int32 {
	i, ok := s.keys[key]
	if !ok {
		if s.keys == nil {
			s.keys = map[string]int32{}
		}
		i = int32(len(s.runs))
		s.keys[key], s.runs = i, append(s.runs, data.Fields{})
	}
	maps.Copy(s.runs[i], fields)
	return i
}

// Table returns the builder.
func (s *lookSink) Table(attempts bool) *column.Builder {
	if attempts {
		return s.tables[0]
	}
	return s.tables[1]
}

// Problem keeps the problem.
func (s *lookSink) Problem(p data.Problem) { s.problems = append(s.problems, p) }

// Text ends the reading after enough samples.
func (s *lookSink) Text(row int, _, _ string) error {
	if row >= s.most {
		return errEnough
	}
	return nil
}

// The rest is not shown.
func (*lookSink) Context(data.Fields) int32  { return 0 }
func (*lookSink) Metric(data.Metric)         {}
func (*lookSink) Monitor(data.Monitor)       {}
func (*lookSink) Alias(string, string)       {}
func (*lookSink) Prediction(data.Prediction) {}
func (*lookSink) Progress(int64)             {}

func (CSV) sample(f File, m Mapping) (*table, Mapping, error) {
	t, err := sampleTable(f, m)
	return t, m, err
}

func (JSONL) sample(f File, m Mapping) (*table, Mapping, error) {
	t, err := sampleLines(f, m)
	return t, m, err
}

func (JSON) sample(f File, m Mapping) (*table, Mapping, error) {
	src, err := openTable(f, m.Encoding)
	if err != nil {
		return nil, m, err
	}
	defer src.Close()
	doc, err := readDocument(src)
	if err != nil {
		return nil, m, err
	}
	t := doc.sample()
	t.notes = src.notes
	return t, doc.complete(f, m, t), nil
}
