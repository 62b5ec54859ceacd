package estimate

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// SampleKey is the key field under which a row of a list of samples carries
// the sample's place: "import:ordinal", the import's number in the study and
// the row's position in its source.
const SampleKey = "sample"

// TotalNote is the ID of the note that says how many samples the filter lets
// through, of how many.
const TotalNote = "total"

// A sample is one row of a table of attempts.
type sample struct {
	cell cell
	row  int32
	rank float64 // by the first order asked for
}

// samples lists the samples that the filter lets through: a row each, with
// what is known of the run and evaluation, and every metric, label and
// monitor column.
func (p *plan) samples(ctx context.Context) (frame.Frame, error) {
	s, err := p.scan(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	l := &listing{scan: s}
	if err := l.findOrders(); err != nil {
		return frame.Frame{}, err
	}
	for _, run := range s.runs {
		if err := ctx.Err(); err != nil {
			return frame.Frame{}, err
		}
		l.addRun(run)
	}
	l.finish()
	return l.table(), nil
}

// A listing collects the page of samples asked for.
type listing struct {
	*scan
	orders  []sampleOrder
	found   []sample // unordered: of the page; ordered: all that may be on it
	passing int
}

// A sampleOrder gives each sample a number to sort by.
type sampleOrder struct {
	rank       func(sample) float64
	descending bool
}

// addRun adds the samples of a run within the window.
func (l *listing) addRun(run int32) {
	rest, _ := l.where.Reduce(l.x.lookRun(run))
	cells := slices.DeleteFunc(slices.Clone(l.x.cells[run]), func(c cell) bool { return !l.x.tables[c.table].Attempts })
	var steps []int32
	for _, c := range cells {
		if n := len(steps); n == 0 || steps[n-1] != c.step {
			steps = append(steps, c.step)
		}
	}
	within := l.window(steps)
	for _, c := range cells {
		if within(c.step) {
			l.addCell(run, c, rest)
		}
	}
}

func (l *listing) addCell(run int32, c cell, rest query.Filter) {
	at := l.x.tables[c.table].Cells[c.at]
	state := l.context(run, c.context, rest)
	answer, mask := state.answer, allRows
	if answer == query.Maybe {
		mask, answer = l.maskOf(state, c)
	}
	if answer == query.No {
		return
	}
	for from := int(at.From); from < int(at.To); from += 64 {
		n := min(64, int(at.To)-from)
		w := ^uint64(0) >> (64 - n)
		if mask >= 0 {
			w = l.compiled[mask].Word(from, n)
		}
		l.addRows(c, from, w)
	}
}

func (l *listing) addRows(c cell, from int, w uint64) {
	if len(l.orders) == 0 && l.beside(bits.OnesCount64(w)) {
		return
	}
	for ; w != 0; w &= w - 1 {
		l.add(sample{cell: c, row: int32(from + bits.TrailingZeros64(w))})
	}
}

// beside counts rows that are wholly before or after the page.
func (l *listing) beside(n int) bool {
	before := l.passing+n <= l.q.Offset
	after := l.q.Limit > 0 && l.passing >= l.q.Offset+l.q.Limit
	if before || after {
		l.passing += n
	}
	return before || after
}

func (l *listing) add(s sample) {
	at := l.passing
	l.passing++
	if len(l.orders) == 0 {
		if at >= l.q.Offset && (l.q.Limit == 0 || at < l.q.Offset+l.q.Limit) {
			l.found = append(l.found, s)
		}
		return
	}
	s.rank = l.orders[0].rank(s)
	if keep := l.q.Offset + l.q.Limit; l.q.Limit > 0 && len(l.found) >= 2*keep+1024 {
		l.cut(keep)
	}
	l.found = append(l.found, s)
}

// cut keeps the first samples in the order asked for.
func (l *listing) cut(keep int) {
	slices.SortStableFunc(l.found, l.compareSamples)
	l.found = l.found[:min(keep, len(l.found))]
}

func (l *listing) finish() {
	if len(l.orders) == 0 {
		return
	}
	l.cut(len(l.found))
	from := min(l.q.Offset, len(l.found))
	to := len(l.found)
	if l.q.Limit > 0 {
		to = min(to, from+l.q.Limit)
	}
	l.found = l.found[from:to]
}

func (l *listing) compareSamples(a, b sample) int {
	for i, o := range l.orders {
		x, y := a.rank, b.rank
		if i > 0 {
			x, y = o.rank(a), o.rank(b)
		}
		if c := compareNumbers(x, y, o.descending); c != 0 {
			return c
		}
	}
	return 0
}

// compareNumbers puts missing numbers last in either direction.
func compareNumbers(x, y float64, descending bool) int {
	order := 0
	switch {
	case x != x || y != y:
		return btoi(x != x) - btoi(y != y)
	case x < y:
		order = -1
	case x > y:
		order = 1
	}
	if descending {
		return -order
	}
	return order
}

func (l *listing) findOrders() error {
	for _, o := range l.q.Sort {
		f := l.x.find(o.Field)
		if f == nil {
			return l.x.unknownField(o.Field)
		}
		l.orders = append(l.orders, sampleOrder{l.rankOf(f), o.Descending})
	}
	return nil
}

// rankOf returns the number by which samples are sorted in a field: their
// own, or the place of their text among all texts; NaN where there is none.
func (l *listing) rankOf(f *field) func(sample) float64 {
	switch f.level {
	case OfStep:
		return func(s sample) float64 { return l.x.steps[s.cell.step] }
	case OfSample:
		return l.rankInTables(f)
	}
	texts := make([]string, len(f.dict))
	for i, v := range f.dict {
		texts[i] = v.Text
	}
	ranks := ranked(texts)
	return func(s sample) float64 {
		at := l.x.tables[s.cell.table].Cells[s.cell.at]
		return ranks[f.at(at.Run, at.Context)]
	}
}

// ranked gives each text its place in the natural order, NaN to "".
func ranked(texts []string) []float64 {
	legend := legend{texts: texts}
	legend.rank()
	out := make([]float64, len(texts))
	for i, r := range legend.ranks {
		if out[i] = float64(r); texts[i] == "" {
			out[i] = math.NaN()
		}
	}
	return out
}

func (l *listing) rankInTables(f *field) func(sample) float64 {
	columns := make([][]query.Column, len(l.x.tables))
	var texts []string
	for i := range l.x.tables {
		if l.x.tables[i].Attempts {
			columns[i] = l.x.columns(&l.x.tables[i])(f.name)
		}
		for _, c := range columns[i] {
			texts = append(texts, c.Dict...)
		}
	}
	slices.Sort(texts)
	texts = slices.Compact(texts)
	places := map[string]float64{}
	for i, r := range ranked(texts) {
		places[texts[i]] = r
	}
	return func(s sample) float64 {
		for _, c := range columns[s.cell.table] {
			if v := rankIn(c, int(s.row), places); v == v {
				return v
			}
		}
		return math.NaN()
	}
}

func rankIn(c query.Column, row int, places map[string]float64) float64 {
	number := rawNumber(c, row)
	switch {
	case c.Dict != nil:
		if v, ok := places[textOf(c, number)]; ok {
			return v
		}
		return math.NaN()
	case c.Code != nil && number >= float64(column.Unknown), c.Index != nil && number < 0:
		return math.NaN()
	case c.Num != nil:
		return c.Num[row]
	}
	return number
}

// table makes the frame of the page.
func (l *listing) table() frame.Frame {
	f := frame.Frame{Keys: make([][]frame.Key, len(l.found))}
	for _, name := range []string{data.Run, data.Condition, data.Seed, data.Eval, data.EvalPrompt, data.Grader} {
		if fl := l.x.fields[name]; len(fl.dict) > 1 {
			f.Columns = append(f.Columns, l.text(name, func(s sample) string {
				at := l.x.tables[s.cell.table].Cells[s.cell.at]
				return fl.dict[fl.at(at.Run, at.Context)].Text
			}))
		}
	}
	f.Columns = append(f.Columns,
		l.number(data.Step, func(s sample) float64 { return l.x.steps[s.cell.step] }, "no step"),
		l.text(data.Item, func(s sample) string { return l.x.tables[s.cell.table].ItemAt(int(s.row)) }),
		l.number(data.Epoch, l.epoch, "no epoch"))
	f.Columns = append(f.Columns, l.measured()...)
	f.Columns = append(f.Columns, l.labels()...)
	f.Columns = append(f.Columns, l.text(excludedField, func(s sample) string {
		return l.x.tables[s.cell.table].ReasonAt(int(s.row))
	}))
	for i, s := range l.found {
		t := l.x.tables[s.cell.table]
		f.Keys[i] = []frame.Key{
			{Field: SampleKey, Value: strconv.FormatInt(t.Import, 10) + ":" + strconv.Itoa(t.OrdinalAt(int(s.row)))},
			{Field: data.Run, Value: l.x.set.Runs[t.Cells[s.cell.at].Run].Name},
		}
	}
	f.Notes = append(f.Notes, frame.Note{Row: -1, ID: TotalNote, Text: l.total()})
	if l.setAside > 0 {
		f.Notes = append(f.Notes, frame.Note{Row: -1, ID: "set-aside", Text: count(l.setAside, "run") + " set aside"})
	}
	return f
}

func (l *listing) total() string {
	all := 0
	for _, t := range l.x.tables {
		if t.Attempts {
			all += t.Len()
		}
	}
	return fmt.Sprintf("%s of %s", grouped(l.passing), count(all, "sample"))
}

func (l *listing) epoch(s sample) float64 {
	if e := l.x.tables[s.cell.table].EpochAt(int(s.row)); e > 0 {
		return float64(e)
	}
	return math.NaN()
}

func (l *listing) text(name string, of func(sample) string) frame.Column {
	c := frame.Column{Name: name, Text: make([]string, len(l.found))}
	for i, s := range l.found {
		c.Text[i] = of(s)
	}
	return c
}

func (l *listing) number(name string, of func(sample) float64, why string) frame.Column {
	var t tally
	for _, s := range l.found {
		t.add(of(s), why)
	}
	return t.column(name, "")
}

// measured makes a column of each measure that samples have.
func (l *listing) measured() []frame.Column {
	var out []frame.Column
	for id, m := range l.x.measures {
		var t tally
		any := false
		for i := range l.x.tables {
			_, ok := l.x.tables[i].samples[id]
			any = any || ok
		}
		if !any {
			continue
		}
		for _, s := range l.found {
			col, ok := l.x.tables[s.cell.table].samples[id]
			switch {
			case !ok:
				t.add(math.NaN(), "not recorded")
			case col.IsUnknown(int(s.row)):
				t.add(math.NaN(), "unknown")
			default:
				t.add(col.At(int(s.row)), "not recorded")
			}
		}
		out = append(out, t.column(m.Name, ""))
	}
	return out
}

func (l *listing) labels() []frame.Column {
	var names []string
	for _, t := range l.x.set.Tables {
		for _, c := range t.Columns {
			if c.Kind == column.Label && t.Attempts && !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	slices.SortFunc(names, natural)
	out := make([]frame.Column, len(names))
	for i, name := range names {
		out[i] = l.text(name, func(s sample) string {
			if c := l.x.tables[s.cell.table].Col(column.ID{Name: name, Kind: column.Label}); c != nil {
				return c.TextAt(int(s.row))
			}
			return ""
		})
	}
	return out
}
