package formats

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"witnessmark/data"
)

// JSON reads one JSON document: a list of objects, an object that holds one,
// objects by id, or a single object of results or settings.
type JSON struct{}

// maxDocument is how much of a document is held in memory.
const maxDocument = 1 << 30

// Name returns "json".
func (JSON) Name() string { return "json" }

// Help says what the format is.
func (JSON) Help() string {
	return "One JSON document (.json): a list of objects, an object that holds one, objects by id, or one object of results; settings give fields to the run that their path names"
}

// Match knows documents by their first character.
func (JSON) Match(name string, head []byte) bool {
	t := bytes.TrimSpace(head)
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".txt", ".log", "":
		return len(t) > 0 && (t[0] == '{' || t[0] == '[')
	}
	return false
}

// Read reads the document.
func (JSON) Read(ctx context.Context, f File, m Mapping, to Sink) error {
	src, err := openTable(f, m.Encoding)
	if err != nil {
		return refused(f, to, err)
	}
	defer src.Close()
	doc, err := readDocument(src)
	if err != nil {
		return refused(f, to, err)
	}
	src.report(f, to)
	if len(doc.rows) == 0 {
		to.Problem(data.Problem{File: f.Path, Text: "The document holds no objects.", Count: 1, Bad: true})
		return nil
	}
	return doc.read(ctx, f, m, to)
}

// A document is a JSON file's records, as text.
type document struct {
	rows     [][]byte
	ids      []string          // keys of the records, where they had some
	constant map[string]string // what stands beside the list of records
	single   bool              // one record, which may hold settings
	fault    error             // where reading stopped
}

func readDocument(src *source) (*document, error) {
	text, err := readUpTo(src, maxDocument)
	if err != nil {
		return nil, err
	}
	if len(text) == maxDocument {
		return nil, refusal("The document is larger than 1 GB. Write it as JSON lines, which are read piece by piece.")
	}
	t := &jsonText{data: text}
	doc := &document{}
	for t.peek() != 0 && doc.fault == nil {
		doc.fault = doc.value(t)
	}
	if doc.fault != nil && len(doc.rows) == 0 {
		return nil, refusal(documentFault(doc.fault))
	}
	doc.single = len(doc.rows) == 1
	doc.look()
	return doc, nil
}

func documentFault(err error) string {
	at := 0
	if e, ok := err.(*jsonError); ok {
		at = e.at
	}
	return fmt.Sprintf("Byte %s: %s. The file may still be being written.", thousands(at), err)
}

// value takes a top-level value: records, or a list of them.
func (d *document) value(t *jsonText) error {
	if t.peek() != '[' {
		raw, err := t.skip()
		if err == nil && raw[0] == '{' {
			d.rows = append(d.rows, raw)
		}
		return err
	}
	return t.elements(func(int) error {
		raw, err := t.skip()
		if err == nil && raw[0] == '{' {
			d.rows = append(d.rows, raw)
		}
		return err
	})
}

// listNames are keys under which documents hold their records, most telling first.
var listNames = []string{"samples", "results", "data", "rows", "records", "runs", "log_history", "history", "examples", "entries", "items"}

// look looks into a single object for a list of records, or records by id.
func (d *document) look() {
	if !d.single {
		return
	}
	keys, values, err := membersOf(d.rows[0])
	if err != nil {
		return
	}
	best := -1
	objects := 0
	for i, v := range values {
		if v[0] == '{' {
			objects++
		}
		if listOfObjects(v) && (best < 0 || listRank(keys[i]) < listRank(keys[best])) {
			best = i
		}
	}
	switch {
	case best >= 0:
		d.list(keys, values, best)
	case objects == len(values) && objects > 1 && alike(values):
		d.ids, d.rows, d.single = keys, values, false
	}
}

func listRank(key string) int {
	if i := slices.Index(listNames, plainName(key)); i >= 0 {
		return i
	}
	return len(listNames)
}

// membersOf returns the keys and the values' text of an object.
func membersOf(raw []byte) (keys []string, values [][]byte, err error) {
	t := &jsonText{data: raw}
	err = t.members(func(key []byte) error {
		keys = append(keys, cleanText(key))
		v, err := t.skip()
		values = append(values, v)
		return err
	})
	return keys, values, err
}

func listOfObjects(raw []byte) bool {
	if raw[0] != '[' {
		return false
	}
	t := &jsonText{data: raw, at: 1}
	return t.peek() == '{'
}

// alike tells whether objects share a key, as records by id do and the parts
// of nested settings do not.
func alike(values [][]byte) bool {
	seen := map[string]int{}
	for _, v := range values {
		keys, _, err := membersOf(v)
		if err != nil {
			return false
		}
		for _, k := range keys {
			seen[k]++
		}
	}
	for _, n := range seen {
		if n == len(values) {
			return true
		}
	}
	return false
}

// list takes the records of one key, and what stands beside them: texts, and
// numbers that are settings.
func (d *document) list(keys []string, values [][]byte, at int) {
	t := &jsonText{data: values[at]}
	d.rows, d.single, d.constant = nil, false, map[string]string{}
	d.fault = d.value(t)
	for i, v := range values {
		if i == at || v[0] == '{' || v[0] == '[' {
			continue
		}
		n, err := decodeJSON(v)
		text := textOf(n)
		_, isText := n.(string)
		known := isText || slices.Contains(settingNames, plainName(keys[i])) || canonical(keys[i]) != keys[i]
		if err == nil && text != "" && len(text) <= 2000 && known && !slices.Contains(ignoredNames, plainName(keys[i])) {
			d.constant[canonical(keys[i])] = text
		}
	}
}

// read passes the records to the sink.
func (d *document) read(ctx context.Context, f File, m Mapping, to Sink) error {
	t := d.sample()
	m = d.complete(f, m, t)
	if m.Rows == RowsConfig {
		return readSettings(f, m, t, to)
	}
	m = Complete(m, t.columns(), f.Path)
	p, problems := newPlan(m, t.names, f.Path)
	p.numbered = t.lacksSteps(p)
	for _, problem := range problems {
		to.Problem(problem)
	}
	w := newWriter(f, p, to)
	w.line, w.unit = 1, "record"
	if err := d.write(ctx, w, d.rows); err != nil {
		return err
	}
	if d.fault != nil {
		w.problem("", documentFault(d.fault)+" Records before that were read.", 1, true)
	}
	w.finish()
	return nil
}

// complete adds to the mapping what the document says beside its records,
// and whether they are settings.
func (d *document) complete(f File, m Mapping, t *table) Mapping {
	for name, v := range d.constant {
		if _, ok := m.Constant[name]; !ok && !slices.Contains(t.names, name) {
			m.Constant = withField(m.Constant, name, v)
		}
	}
	if (m.Rows == "" || foreign(m, t.columns())) && d.single && isSettings(f.Path, t) {
		m.Rows = RowsConfig
	}
	return m
}

func withField(m map[string]string, name, v string) map[string]string {
	out := map[string]string{name: v}
	for k, old := range m {
		out[k] = old
	}
	return out
}

// sample finds all keys and takes some rows.
func (d *document) sample() *table {
	t := &table{}
	r := t.rowReader()
	if d.ids != nil {
		t.names = append(t.names, "id")
		r.index["id"] = 0
	}
	for i, raw := range d.rows {
		if r.read(raw) != nil || r.marker {
			continue
		}
		if d.ids != nil {
			d.setID(r, i)
		}
		if len(t.rows) < sampleRows {
			t.rows = append(t.rows, sampledRow{i + 1, texts(r.row)})
		}
	}
	return t
}

// setID gives a record its key, unless it has an id of its own.
func (d *document) setID(r *rowReader, i int) {
	if len(r.row) == 0 {
		r.row = append(r.row, nil)
	}
	if len(r.row[0]) == 0 {
		r.row[0] = []byte(d.ids[i])
	}
}

func (d *document) write(ctx context.Context, w *writer, rows [][]byte) error {
	const most = 8192
	for from := 0; from < len(rows); from += most {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := rows[from:min(from+most, len(rows))]
		b := newBatch(w.plan)
		r := newRowReader(w.plan.names)
		for i, raw := range part {
			b.line = i
			if err := r.read(raw); err != nil {
				b.faultLine(err, true)
				continue
			}
			if d.ids != nil {
				d.setID(r, from+i)
			}
			b.addObject(r)
		}
		if err := w.take(b, len(part)); err != nil {
			return err
		}
	}
	return nil
}
