package formats

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"witnessmark/data"
)

// Inspect reads the evaluation logs of Inspect (UK AI Security Institute) of
// every age: .eval archives and .json documents.
type Inspect struct{}

// Name returns "inspect".
func (Inspect) Name() string { return "inspect" }

// Help says what the format is.
func (Inspect) Help() string {
	return "Evaluation logs of Inspect (.eval and .json): samples with scores, monitors' scores and texts; reported metrics are kept beside"
}

var (
	evalKey   = regexp.MustCompile(`"eval"\s*:\s*\{`)
	statusKey = regexp.MustCompile(`"status"\s*:\s*"`)
	taskKey   = regexp.MustCompile(`"(run_id|task_id|eval_id|task)"\s*:`)
)

// Match knows archives by their first member, documents by their first keys.
func (Inspect) Match(name string, head []byte) bool {
	if bytes.HasPrefix(head, zipMagic) {
		return strings.ToLower(path.Ext(name)) == ".eval" || bytes.Contains(head, []byte("_journal/")) || bytes.Contains(head, []byte("header.json"))
	}
	t := bytes.TrimSpace(head)
	return isListing(name, t) || len(t) > 0 && t[0] == '{' && evalKey.Match(t) && statusKey.Match(t) && taskKey.Match(t)
}

// isListing knows the files that Inspect keeps beside logs to list them.
func isListing(name string, head []byte) bool {
	switch path.Base(name) {
	case "eval-set.json":
		return bytes.Contains(head, []byte(`"eval_set_id"`))
	case "logs.json", "listing.json":
		return bytes.Contains(head, []byte(`"task_id"`)) && bytes.Contains(head, []byte(`.eval"`))
	}
	return false
}

// Read reads the log.
func (Inspect) Read(ctx context.Context, f File, m Mapping, to Sink) error {
	src, err := openSource(f, "")
	if err != nil {
		return refused(f, to, err)
	}
	defer src.Close()
	l := newLog(f, m, to)
	if isListing(src.name, src.head) {
		l.problem("", "This file only lists logs; the logs themselves are imported.", 1, false)
		return nil
	}
	if src.zip {
		err = l.readArchive(ctx)
	} else {
		err = l.readDocument(ctx, src)
	}
	if err != nil {
		return refused(f, to, err)
	}
	return nil
}

// readArchive reads a .eval file.
func (l *log) readArchive(ctx context.Context) error {
	rc, err := l.file.Open()
	if err != nil {
		return err
	}
	defer rc.Close()
	size, err := rc.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	a, err := openArchive(rc, size)
	if err != nil {
		return err
	}
	if err := l.readHeader(a); err != nil {
		return err
	}
	l.begin()
	if a.twice > 0 {
		l.problem("", countOf(a.twice, "member was", "members were")+" written again; the last copy of each counts", a.twice, false)
	}
	if err := l.readSamples(ctx, a); err != nil {
		return err
	}
	if err := l.readSummaries(a); err != nil {
		return err
	}
	l.finish()
	return nil
}

func (l *log) readHeader(a *archive) error {
	name := "header.json"
	if !a.has(name) {
		name = "_journal/start.json"
		l.unfinished = true
	}
	if !a.has(name) {
		return refusal("This is a zip file but not an Inspect log (no header.json).")
	}
	raw, err := a.read(name)
	if err != nil {
		return err
	}
	n, err := decodeJSON(raw)
	if err != nil {
		return refusal(fmt.Sprintf("%s is not valid JSON: %s.", name, err))
	}
	l.header = objectOf(n)
	return nil
}

// readSamples reads the members with samples: one each, or several for a
// sample written in chunks.
func (l *log) readSamples(ctx context.Context, a *archive) error {
	chunked := map[string]bool{}
	for _, name := range a.names {
		if dir, ok := strings.CutSuffix(name, "/sample.json"); ok && strings.HasPrefix(name, "samples/") {
			chunked[dir] = !a.has(dir + ".json")
		}
	}
	for _, name := range a.names {
		if err := ctx.Err(); err != nil {
			return err
		}
		dir, whole := strings.CutSuffix(name, "/sample.json")
		var err error
		switch {
		case !strings.HasPrefix(name, "samples/"):
			continue
		case whole && chunked[dir]:
			err = l.readChunked(a, dir)
		case strings.HasSuffix(name, ".json") && !partOfChunked(name, chunked):
			err = l.readMember(a, name)
		}
		if err != nil {
			return err
		}
		l.to.Progress(a.bytes)
	}
	return nil
}

func partOfChunked(name string, chunked map[string]bool) bool {
	for dir := path.Dir(name); len(dir) > len("samples"); dir = path.Dir(dir) {
		if _, ok := chunked[dir]; ok {
			return true
		}
	}
	return false
}

func (l *log) readMember(a *archive, name string) error {
	raw, err := a.read(name)
	if err == nil {
		var s object
		if s, err = decodeSample(raw); err == nil {
			return l.sample(s)
		}
		err = refusal(fmt.Sprintf("%s is not valid JSON: %s.", name, err))
	}
	return l.skipped(name, err)
}

// skipped counts a sample that could not be read; errors of the disk end the
// reading.
func (l *log) skipped(name string, err error) error {
	var r refusal
	if !errors.As(err, &r) {
		return err
	}
	l.lost++
	l.problem("member "+name, string(r)+" Skipped.", 1, true)
	return nil
}

// lazyKeys are the parts of a sample that hold most of its bytes and no
// result.
var lazyKeys = map[string]bool{
	"events": true, "store": true, "timelines": true, "events_data": true, "model_usage": true, "role_usage": true,
	"error_retries": true, "files": true, "setup": true, "sandbox": true, "message_pool": true,
}

// decodeSample decodes a sample without its events.
func decodeSample(raw []byte) (object, error) {
	t := &jsonText{data: raw}
	out := object{}
	err := t.members(func(key []byte) error {
		name := string(key)
		if lazyKeys[name] {
			_, err := t.skip()
			return err
		}
		n, err := t.node(1)
		out[name] = n
		return err
	})
	return out, err
}

// readChunked puts a sample together that was written in chunks.
func (l *log) readChunked(a *archive, dir string) error {
	raw, err := a.read(dir + "/sample.json")
	var s object
	if err == nil {
		s, err = decodeSample(raw)
	}
	if err != nil {
		return l.skipped(dir+"/sample.json", asRefusal(err))
	}
	if s["metadata"] == nil && a.has(dir+"/metadata.json") {
		if raw, err := a.read(dir + "/metadata.json"); err == nil {
			s["metadata"], _ = decodeJSON(raw)
		}
	}
	for _, part := range []string{"messages", "attachments"} {
		if list, missing := l.chunks(a, dir, part); len(list) > 0 || missing >= 0 {
			s[part] = list
			if missing >= 0 {
				l.problem("member "+dir, fmt.Sprintf("%s %d– missing; the sample was imported without them", part, missing), 1, false)
			}
		}
	}
	return l.sample(s)
}

func asRefusal(err error) error {
	var bad *jsonError
	if errors.As(err, &bad) {
		return refusal("Not valid JSON: " + bad.text + ".")
	}
	return err
}

// chunks joins the chunks of a list. Chunks are named by the index of their
// first element; missing is the first index that no chunk has, −1 for none.
func (l *log) chunks(a *archive, dir, part string) (list []node, missing int) {
	names, starts := a.numbered(dir + "/" + part + "/")
	for i, name := range names {
		if starts[i] != len(list) {
			return list, len(list)
		}
		raw, err := a.read(name)
		if err != nil {
			return list, len(list)
		}
		n, err := decodeJSON(raw)
		if err != nil {
			return list, len(list)
		}
		list = append(list, listOf(n)...)
	}
	return list, -1
}

// readSummaries takes the samples that have no member of their own: those of
// logs that keep no samples, or that were not finished.
func (l *log) readSummaries(a *archive) error {
	names, _ := a.numbered("_journal/summaries/")
	if a.has("summaries.json") {
		names = []string{"summaries.json"}
	}
	latest := map[string]object{}
	var order []string
	for _, name := range names {
		raw, err := a.read(name)
		var n node
		if err == nil {
			n, err = decodeJSON(raw)
		}
		if err != nil {
			l.problem("member "+name, err.Error(), 1, false)
			continue
		}
		for _, s := range listOf(n) {
			key := sampleKey(objectOf(s))
			if latest[key] == nil {
				order = append(order, key)
			}
			latest[key] = objectOf(s)
		}
	}
	for _, key := range order {
		if _, seen := l.rows[key]; !seen {
			l.thin++
			if err := l.sample(latest[key]); err != nil {
				return err
			}
		}
	}
	return nil
}

// readDocument reads a .json log.
func (l *log) readDocument(ctx context.Context, src *source) error {
	text, err := readUpTo(src, maxDocument)
	if err != nil {
		return err
	}
	if len(text) == maxDocument {
		return refusal("The log is larger than 1 GB. Convert it with `inspect log convert` to .eval, which is read sample by sample.")
	}
	var samples []byte
	t := &jsonText{data: text}
	l.header = object{}
	err = t.members(func(key []byte) error {
		name := string(key)
		if name == "samples" {
			var err error
			samples, err = t.skip()
			return err
		}
		n, err := t.node(1)
		l.header[name] = n
		return err
	})
	if err != nil {
		return refusal(documentFault(err))
	}
	if len(objectOf(l.header["eval"])) == 0 {
		return refusal("This is not an Inspect log (no eval).")
	}
	l.begin()
	if err := l.readList(ctx, samples); err != nil {
		return err
	}
	l.finish()
	return nil
}

func (l *log) readList(ctx context.Context, raw []byte) error {
	if len(raw) == 0 || raw[0] != '[' {
		return nil
	}
	t := &jsonText{data: raw}
	return t.elements(func(i int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		raw, err := t.skip()
		if err != nil {
			return refusal(documentFault(err))
		}
		s, err := decodeSample(raw)
		if err != nil {
			return l.skipped(fmt.Sprintf("sample %d", i+1), asRefusal(err))
		}
		l.to.Progress(int64(t.at))
		return l.sample(s)
	})
}

func (l *log) problem(place, text string, count int, bad bool) {
	l.to.Problem(data.Problem{File: l.file.Path, Place: place, Text: text, Count: count, Bad: bad})
}
