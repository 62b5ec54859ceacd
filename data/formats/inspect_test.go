package formats

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A member is one entry of a test archive.
type member struct{ name, body string }

// evalFile writes a .eval file, deflated.
func evalFile(t testing.TB, members ...member) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.Create(m.name)
		if err == nil {
			_, err = io.WriteString(w, m.body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// zstdFile writes a .eval file whose members are several Zstandard frames.
func zstdFile(t testing.TB, frame int, members ...member) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		var packed []byte
		for rest := []byte(m.body); len(rest) > 0; rest = rest[min(frame, len(rest)):] {
			packed = enc.EncodeAll(rest[:min(frame, len(rest))], packed)
		}
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: m.name, Method: zstdMethod, CRC32: crc32.ChecksumIEEE([]byte(m.body)),
			CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(m.body)),
		})
		if err == nil {
			_, err = w.Write(packed)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const header = `{"version": 2, "status": "success",
 "eval": {"eval_id": "E1", "run_id": "R1", "task": "honesty", "task_id": "T1", "created": "2026-01-02T03:04:05Z", "model": "org/tiny",
  "task_args": {"mode": "attack", "seed": 3, "model": "org/other", "depth": {"a": 1}}, "tags": ["pilot", "x"], "metadata": {"condition": "praise", "step": 200},
  "model_args": {"api_key": "sk-1", "quant": "int8"}, "model_generate_config": {"temperature": 0.7, "seed": 11, "max_connections": 4},
  "model_roles": {"grader": {"model": "org/judge"}}, "scorers": [{"name": "match"}, {"name": "rubric"}], "config": {"epochs": 2}},
 "plan": {"config": {"max_tokens": 64}},
 "results": {"scores": [
  {"name": "match", "scorer": "match", "reducer": "mean", "scored_samples": 3, "metrics": {"accuracy": {"name": "accuracy", "value": 0.5}, "stderr": {"value": 0.1}, "bootstrap": {"value": NaN}}},
  {"name": "tone", "scorer": "rubric", "metrics": {"mean": {"value": 4.5}}}]}}`

func sampleJSON(id string, epoch int, rest string) member {
	return member{
		fmt.Sprintf("samples/%s_epoch_%d.json", strings.Trim(id, `"`), epoch),
		fmt.Sprintf(`{"id": %s, "epoch": %d, %s}`, id, epoch, rest),
	}
}

var samples = []member{
	sampleJSON("1", 1, `"input": "Say why.", "target": "so", "scores": {"match": {"value": "C", "explanation": "it is"}, "rubric": {"value": {"tone": 7, "care": NaN}}},
	 "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Say why."},
	  {"role": "assistant", "content": [{"type": "reasoning", "reasoning": "Because."}, {"type": "text", "text": "attachment://abc"}], "tool_calls": [{"function": "bash", "arguments": {"cmd": "ls"}}]},
	  {"role": "tool", "function": "bash", "content": "tc://none", "error": {"message": "timeout"}}],
	 "attachments": {"abc": "The whole answer."}, "events": [{"event": "new_kind", "deep": [[[]]]}], "metadata": {"subject": "ethics", "level": 2}`),
	sampleJSON("1", 2, `"input": [{"role": "user", "content": "Say why."}], "scores": {"match": {"value": "N"}}, "output": {"choices": [{"message": {"content": "<think>Hm.</think>No."}}]}`),
	sampleJSON(`"1b"`, 1, `"input": "x", "scores": {"match": {"value": "P"}, "rubric": {"value": "GOOD"}}`),
	sampleJSON("2", 1, `"input": "x", "error": {"message": "TimeoutError('30 s')", "traceback": "…"}`),
	sampleJSON("3", 1, `"input": "x", "limit": {"type": "token", "limit": 100}`),
	sampleJSON("4", 1, `"input": "x", "limit": {"type": "message", "limit": 10}, "scores": {"match": {"value": "I"}}`),
	sampleJSON("5", 1, `"input": "x", "scores": {"match": {"value": NaN}, "monitor_careful@org/watch": {"value": {"0": 3, "1": 8.5}, "explanation": "odd"}, "monitor_other@m": {"value": null}}`),
	sampleJSON("6", 1, `"input": "x", "scores": {"end_of_trajectory_monitor": {"value": "unscored", "metadata": {"scores": [{"action": 0, "value": 2}, {"action": 1, "value": "unscored"}]}}, "match": {"value": true}}`),
}

func TestInspectLog(t *testing.T) {
	log := append([]member{{"_journal/start.json", "{}"}, {"header.json", header}}, samples...)
	for name, file := range map[string]string{"deflate": evalFile(t, log...), "zstd": zstdFile(t, 100, log...)} {
		t.Run(name, func(t *testing.T) {
			compareGolden(t, "testdata/inspect/log.golden", readText(t, "log.eval", file, Mapping{}).dump(100))
		})
	}
	t.Run("json", func(t *testing.T) {
		var bodies []string
		for _, s := range samples {
			bodies = append(bodies, s.body)
		}
		doc := strings.TrimSuffix(header, "}") + `, "samples": [` + strings.Join(bodies, ",") + "]}"
		compareGolden(t, "testdata/inspect/log.golden", readText(t, "log.json", doc, Mapping{}).dump(100))
	})
}

func TestInspectLogsOfOtherLayouts(t *testing.T) {
	start := member{"_journal/start.json", `{"version": 2, "eval": {"eval_id": "E2", "task": "t", "model": "m"}, "plan": {}}`}
	for name, c := range map[string]struct {
		members []member
		want    []string
	}{
		"unfinished, from its journal": {
			[]member{
				start, {"_journal/summaries/1.json", `[{"id": 1, "epoch": 1, "scores": {"match": {"value": "I"}}}]`},
				{"_journal/summaries/2.json", `[{"id": 1, "epoch": 1, "scores": {"match": {"value": "C"}}}, {"id": 2, "epoch": 1, "error": "boom"}]`},
			},
			[]string{`status:started`, `item "1" epoch 1 match.label="C" match.value=1`, `item "2" epoch 1 excluded "error"`, "did not finish", "2 samples were taken from the log's summaries"},
		},
		"written twice, the last copy counts": {
			[]member{{"header.json", header}, sampleJSON("1", 1, `"scores": {"match": {"value": "I"}}`), sampleJSON("1", 1, `"scores": {"match": {"value": "C"}}`)},
			[]string{"samples: 1 rows", `match.label="C"`, "1 member was written again"},
		},
		"one sample under two names": {
			[]member{
				{"header.json", header}, {"samples/a.json", `{"id": 1, "epoch": 1, "scores": {"match": {"value": "I"}}}`},
				{"samples/b.json", `{"id": 1, "epoch": 1, "scores": {"match": {"value": "C"}}}`},
			},
			[]string{"samples: 2 rows", `excluded "a later copy is in the log" match.label="I"`, "1 sample is in the log more than once"},
		},
		"chunked, with one chunk missing": {
			[]member{
				{"header.json", header}, {"samples/x/y_epoch_1/sample.json", `{"id": "x/y", "epoch": 1, "scores": {"match": {"value": "C"}}}`},
				{"samples/x/y_epoch_1/messages/0.json", `[{"role": "user", "content": "attachment://1"}]`},
				{"samples/x/y_epoch_1/messages/2.json", `[{"role": "assistant", "content": "late"}]`},
				{"samples/x/y_epoch_1/attachments/0.json", `["no", "the question"]`},
				{"samples/x/y_epoch_1/events/0.json", `[`},
			},
			[]string{"samples: 1 rows", `item "x/y" epoch 1`, `messages 1– missing`},
		},
		"a whole sample goes before its chunks": {
			[]member{
				{"header.json", header}, {"samples/1_epoch_1/sample.json", `{"id": 1, "epoch": 1, "scores": {"match": {"value": "I"}}}`},
				{"samples/1_epoch_1.json", `{"id": 1, "epoch": 1, "scores": {"match": {"value": "C"}}}`},
			},
			[]string{"samples: 1 rows", `match.label="C"`},
		},
		"old: one score, metrics beside its scorer": {
			[]member{
				{"header.json", `{"status": "success", "eval": {"run_id": "r", "task": "t", "model": "m"}, "results": {"scorer": {"name": "includes"}, "metrics": {"accuracy": {"value": 1}}}}`},
				sampleJSON("1", 1, `"input": "x", "score": {"value": "C"}, "transcript": {"events": [], "content": {}}`),
			},
			[]string{`includes.label="C" includes.value=1`, "grader:includes source_of_value:reported", "includes.value=1\n"},
		},
		"damaged sample": {
			[]member{{"header.json", header}, {"samples/1_epoch_1.json", `{"id": 1, `}, sampleJSON("2", 1, `"scores": {"match": {"value": 0.25}}`)},
			[]string{`item "2" epoch 1 match.value=0.25`, "1 sample was skipped; 1 imported", "samples/1_epoch_1.json is not valid JSON"},
		},
		"no scores at all": {
			[]member{{"header.json", `{"version": 7, "status": "error", "eval": {"eval_id": "E", "task": "t"}}`}, sampleJSON("1", 1, `"scores": {}`)},
			[]string{"samples: 1 rows", "status error", "version is 7"},
		},
		"names that are no paths": {
			[]member{{"header.json", header}, {"samples/../../etc/passwd.json", `{"id": "../..", "epoch": 1, "scores": {"match": {"value": "C"}}}`}, {`samples/C:\x.json`, `{"id": "b", "epoch": 1}`}},
			[]string{`item "../.."`, `item "b"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := readText(t, "x.eval", evalFile(t, c.members...), Mapping{}).dump(100)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
		})
	}
}

func TestInspectTakesRolesOfScoresAndFieldsOfThePath(t *testing.T) {
	log := evalFile(t, member{"header.json", header}, sampleJSON("1", 1, `"scores": {"judge": {"value": 6}, "match": {"value": "C"}}`))
	r := readText(t, "runs/praise/seed_4/log.eval", log, Mapping{
		Template: "{condition}/seed_{seed}/*.eval",
		Columns:  map[string]Assign{"judge": {Role: RoleScore, As: "watcher"}, "match": {Role: RoleIgnore}},
	})
	if ids := r.tables[0].ColumnIDs(); !slices.Equal(ids, []column.ID{{Name: "watcher", Kind: column.Score}}) {
		t.Errorf("columns %v", ids)
	}
	if f := r.runs[0].Fields; f[data.Seed] != "4" || f[data.Condition] != "praise" || f["task_args.seed"] != "3" {
		t.Errorf("fields %v", f)
	}
}

func TestRealInspectLogs(t *testing.T) {
	files, _ := Walk([]string{realFile(t, "formats/inspect").Path})
	want := map[string]string{
		"theory-of-mind_zstd-multiframe.eval":                              "100 samples, 83 C, 17 I, reported 0.83",
		"2025-02-11T15-18-04-05-00_popularity_mj7khqpMM4GBCfVQozKgzB.eval": "10 samples, 8 C, 2 I, reported 0.8",
		"log_streaming.eval":                                               "4 samples, 3 C, 1 I, reported 0.75",
		"2025-05-12T20-28-13-04-00_no-samples.json":                        "0 samples, 0 C, 0 I, reported 0.6667",
		"2025-02-11T15-17-00-05-00_popularity_dPiJifoWeEQBrfWsAopzWr.eval": "10 samples, 0 C, 0 I, reported NaN",
	}
	for _, f := range files {
		format, err := Detect(f)
		if err != nil || format.Name() != "inspect" {
			t.Errorf("%s: %v, %v", f.Path, format, err)
			continue
		}
		r := readFile(t, f, Mapping{})
		name := f.Path[strings.LastIndexByte(f.Path, '/')+1:]
		if w, ok := want[name]; ok && inBrief(r) != w {
			t.Errorf("%s: %s, want %s", name, inBrief(r), w)
		}
		for _, p := range r.problems {
			if p.Bad {
				t.Errorf("%s: %s", name, p.Text)
			}
		}
	}
}

func inBrief(r *recorder) string {
	letters := map[string]int{}
	samples, _ := r.tables[0].Table()
	for _, c := range samples.Columns {
		for row := range samples.Len() {
			if c.Kind == column.Label {
				letters[cellText(&c, row)]++
			}
		}
	}
	reported := "NaN"
	if r.tables[1].Len() > 0 {
		reported = fmt.Sprintf("%.4g", r.tables[1].At(0, 0))
	}
	return fmt.Sprintf("%d samples, %d C, %d I, reported %s", samples.Len(), letters[`"C"`], letters[`"I"`], reported)
}

func FuzzInspect(f *testing.F) {
	f.Add([]byte(header), []byte(samples[0].body))
	f.Add([]byte(`{"status":"","eval":{"task":{}}}`), []byte(`{"id":[],"scores":{"a":{"value":[[1]]}},"messages":[{"content":[{"type":7}]}]}`))
	f.Fuzz(func(t *testing.T, head, sample []byte) {
		log := evalFile(t, member{"header.json", string(head)}, member{"samples/1_epoch_1.json", string(sample)})
		readText(t, "x.eval", log, Mapping{})
		if doc := textFile("x.json", string(head)); (Inspect{}).Match("x.json", head) {
			readFile(t, doc, Mapping{})
		}
	})
}
