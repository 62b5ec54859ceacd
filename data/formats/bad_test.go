package formats

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"

	"witnessmark/data"
	"witnessmark/data/column"
)

const small = "condition,seed,step,reward\nplain,0,0,0.5\nplain,0,1,0.25\nwarm,1,0,1\n"

func gzipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.String()
}

func zstded(text string) string {
	enc, _ := zstd.NewWriter(nil)
	return string(enc.EncodeAll([]byte(text), nil))
}

func wide(text string, big, bom bool) string {
	var b bytes.Buffer
	units := utf16.Encode([]rune(text))
	if bom {
		units = append([]uint16{0xfeff}, units...)
	}
	for _, u := range units {
		pair := []byte{byte(u), byte(u >> 8)}
		if big {
			slices.Reverse(pair)
		}
		b.Write(pair)
	}
	return b.String()
}

// TestWrappings reads one table in many wrappings, and wants the same numbers.
func TestWrappings(t *testing.T) {
	for name, text := range map[string]string{
		"a.csv":           small,
		"crlf.csv":        strings.ReplaceAll(small, "\n", "\r\n"),
		"mac.csv":         strings.ReplaceAll(small, "\n", "\r"),
		"bom.csv":         "\xef\xbb\xbf" + small,
		"tabs.tsv":        strings.ReplaceAll(small, ",", "\t"),
		"tabs.txt":        strings.ReplaceAll(small, ",", "\t"),
		"semicolons.csv":  strings.ReplaceAll(small, ",", ";"),
		"bars.csv":        strings.ReplaceAll(small, ",", "|"),
		"quoted.csv":      strings.ReplaceAll(small, "plain", `"plain"`),
		"blank.csv":       strings.ReplaceAll(small, "\n", "\n\n"),
		"noend.csv":       strings.TrimSuffix(small, "\n"),
		"utf16le.csv":     wide(small, false, true),
		"utf16be.csv":     wide(small, true, true),
		"utf16lenobom":    wide(small, false, false),
		"a.csv.gz":        gzipped(small),
		"two.csv.gz":      gzipped(small[:40]) + gzipped(small[40:]),
		"a.csv.zst":       zstded(small),
		"two.csv.zst":     zstded(small[:40]) + zstded(small[40:]),
		"not really.gz":   small,
		"base64.csv":      base64.StdEncoding.EncodeToString([]byte(small)),
		"trailing,.csv":   strings.ReplaceAll(small, "\n", ",\n"),
		"nul.csv":         strings.Replace(small, "pla", "p\x00la", 1),
		"rows.jsonl":      "{\"condition\":\"plain\",\"seed\":0,\"step\":0,\"reward\":0.5}\n{\"condition\":\"plain\",\"seed\":0,\"step\":1,\"reward\":0.25}\n\n{\"seed\":1,\"reward\":1e0,\"condition\":\"warm\",\"step\":0}",
		"rows.ndjson.zst": zstded("{\"condition\":\"plain\",\"seed\":0,\"step\":0,\"reward\":0.5}\n{\"condition\":\"plain\",\"seed\":0,\"step\":1,\"reward\":0.25}\n{\"seed\":1,\"reward\":1,\"condition\":\"w\\u0061rm\",\"step\":0}"),
		"rows.json":       `[{"condition":"plain","seed":0,"step":0,"reward":0.5},{"condition":"plain","seed":0,"step":1,"reward":0.25},{"condition":"warm","seed":1,"step":0,"reward":1}]`,
		"pretty.log":      "{\n\"condition\":\"plain\",\"seed\":0,\"step\":0,\"reward\":0.5}\n{\"condition\":\"plain\",\"seed\":0,\n\"step\":1,\"reward\":0.25}{\"condition\":\"warm\",\"seed\":1,\"step\":0,\"reward\":1}",
		"holder.json":     `{"note": null, "rows": [{"condition":"plain","seed":0,"step":0,"reward":0.5},{"condition":"plain","seed":0,"step":1,"reward":0.25},{"condition":"warm","seed":1,"step":0,"reward":1}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(t, name, text, Mapping{})
			table, _ := r.tables[1].Table()
			reward := table.Col(column.ID{Name: "reward", Kind: column.Value})
			if table.Len() != 3 || len(r.runs) != 2 || reward == nil {
				t.Fatalf("%d rows of %d runs:\n%s", table.Len(), len(r.runs), r.dump(10))
			}
			got := []float64{number64(reward, 0), number64(reward, 1), number64(reward, 2)}
			if !slices.Equal(got, []float64{0.5, 0.25, 1}) || r.runs[1].Key != "condition=warm, seed=1" || r.runs[0].Fields[data.Condition] != "plain" {
				t.Errorf("rewards %v of %v", got, r.runs)
			}
		})
	}
}

// TestHopelessFiles wants the reason in plain words, and nothing imported.
func TestHopelessFiles(t *testing.T) {
	whole := evalFile(t, member{"header.json", header}, samples[0])
	for name, c := range map[string]struct{ text, want string }{
		"zero.csv":      {"", "The file is empty (0 bytes)"},
		"lfs.jsonl":     {"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n", "Git LFS pointer"},
		"page.csv":      {" <!DOCTYPE html><html>", "web page"},
		"login.json":    {"<HTML><body>", "web page"},
		"weights.pt":    {"\x80\x02}q\x01", "pickle"},
		"noise.csv":     {"a,b\n\x01\x02\x03\x04\x05", "binary file"},
		"book.csv":      {"PK\x03\x04\x14\x00", "zip archive"},
		"header.csv":    {"a,b,c\n", "No data rows"},
		"cut.eval":      {whole[:len(whole)-30], "cut off"},
		"other.eval":    {evalFile(t, member{"x.txt", "x"}), "not an Inspect log"},
		"broken.json":   {`[`, "may still be being written"},
		"scalars.json":  {`[1, 2]`, "no objects"},
		"deep.jsonl":    {strings.Repeat(`{"a":`, 2000) + "1" + strings.Repeat("}", 2000) + "\n", "nested deeper than 1,000 levels"},
		"prose.jsonl":   {strings.Repeat("not json at all\n", 30), "does not look like JSONL"},
		"cut.csv.gz":    {gzipped(strings.Repeat(small, 9000))[:100], "cut off or damaged"},
		"table.parquet": {"PAR1\x15\x04", "Write it as CSV"},
		"bomb.jsonl.gz": {gzipped(strings.Repeat("\n", 80<<20)), "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			f := textFile(name, c.text)
			format, err := Detect(f)
			if err != nil {
				if !errors.Is(err, ErrUnknown) {
					t.Errorf("%v is no ErrUnknown", err)
				}
				if !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v, want %q", err, c.want)
				}
				return
			}
			r := newRecorder()
			if err := format.Read(context.Background(), f, Mapping{}, r); err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(r.problems, func(p data.Problem) bool {
				return strings.Contains(p.Text, c.want) && p.Bad && p.Count > 0 && p.File == name
			}) {
				t.Errorf("problems %v, want %q", r.problems, c.want)
			}
			if n := r.tables[0].Len() + r.tables[1].Len(); n > 0 {
				t.Errorf("%d rows imported", n)
			}
		})
	}
}

// TestDamagedRows wants bad rows counted at their place, and the others read.
func TestDamagedRows(t *testing.T) {
	long := `{"step":9,"pad":"` + strings.Repeat("x", maxLine) + "\"}\n"
	for name, c := range map[string]struct {
		text, place, want string
		rows              int
	}{
		"ragged.csv":   {small + "warm,1,1,0.5,9\n", "line 5", "row has 5 cells, header has 4", 3},
		"short.csv":    {small + "warm,1,1\n", "line 5", "row has 3 cells, header has 4", 4},
		"quote.csv":    {small + "\"warm,1,1,0.5\nwarm,1,2,0.5\n", "line 5", "never closed", 4},
		"range.csv":    {small + "warm,1,1,1e999\n", "line 5", "out of range", 4},
		"infinite.csv": {small + "warm,1,1,-inf\n", "line 5", "infinite", 4},
		"text.csv":     {small + "warm,1,1,\"1,5\"\n", "line 5", `column reward: 1 cell is not a number: "1,5"`, 4},
		"step.csv":     {small + "warm,1,end,1\n", "line 5", `"end" is not a step`, 4},
		"partial.jsonl": {
			"{\"step\":1,\"loss\":2}\n{\"step\":2,\"loss\":1}\n{\"step\":3,\"lo", "line 3", "last line is incomplete", 2,
		},
		"damaged.jsonl": {"{\"step\":1,\"loss\":2}\n{\"step\":2,,}\n{\"step\":3,\"loss\":NaN}\n", "line 2", "expected a string", 2},
		"long.jsonl":    {"{\"step\":1,\"loss\":2}\n" + long + "{\"step\":3,\"loss\":1}\n", "line 2", "longer than 64 MB", 2},
		"list.jsonl":    {"{\"step\":1,\"loss\":2}\n[1,2]\n", "line 2", "expected an object", 1},
		"cut.json":      {`[{"step":1,"loss":2},{"step":2,"lo`, "", "may still be being written", 1},
		"latin.csv":     {strings.Replace(small, "warm", "w\xe4rm", 1), "", "Windows-1252", 3},
		"headless.csv":  {"1,2,3\n4,5,6\n", "", "numbers only", 2},
		"names.csv":     {"step,,loss,loss\n1,2,3,4\n2,3,4,5\n", "", `repeats the name "loss"`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := readText(t, name, c.text, Mapping{})
			if n := r.tables[1].Len(); n != c.rows {
				t.Errorf("%d rows, want %d\n%s", n, c.rows, r.dump(9))
			}
			if !slices.ContainsFunc(r.problems, func(p data.Problem) bool { return strings.Contains(p.Text, c.want) && p.Place == c.place }) {
				t.Errorf("problems %v, want %q at %q", r.problems, c.want, c.place)
			}
		})
	}
}

func TestWordsOfAMapping(t *testing.T) {
	text := "who;what;how much;n\nann;calm;0,5;10\nbob;loud;1.000,25;20\n"
	r := readText(t, "x.csv", text, Mapping{
		DecimalComma: true, Constant: map[string]string{data.Eval: "kindness", data.BaseModel: "tiny"},
		Columns: map[string]Assign{
			"who": {Role: RoleField, As: data.Seed}, "what": {Role: RoleField, As: data.Condition},
			"how much": {Role: RoleMetric, As: "warmth"}, "n": {Role: RoleN, As: "warmth"},
		},
	})
	got := r.dump(9)
	for _, want := range []string{"base_model=tiny, condition=calm, seed=ann", "context 0 map[eval:kindness]", "warmth.value=0.5 warmth.n=10", "warmth.value=1000.25", "alias who = seed"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestConflictingFieldsOfARunAreReported(t *testing.T) {
	text := "run,step,lr,loss\na,1,0.1,3\na,2,0.1,2\nb,1,0.1,3\na,1,0.2,5\na,2,0.2,5\n"
	r := readText(t, "x.csv", text, Mapping{Columns: map[string]Assign{"lr": {Role: RoleField, As: "lr"}}})
	if !slices.ContainsFunc(r.problems, func(p data.Problem) bool {
		return strings.Contains(p.Text, "field lr has several values within one run")
	}) {
		t.Errorf("problems %v", r.problems)
	}
}

func TestErrorsOfTheSinkAndOfTheUserEndARead(t *testing.T) {
	text := "id,verdict,response\n" + strings.Repeat("1,yes,a text of some length to keep\n2,no,another text of some length\n", 30000)
	f := textFile("x.csv", text)
	r := newRecorder()
	r.failText = errors.New("disk full")
	if err := (CSV{}).Read(context.Background(), f, Mapping{}, r); !errors.Is(err, r.failText) {
		t.Errorf("%v, want the sink's error", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	before := runtime.NumGoroutine()
	for _, format := range All {
		if err := format.Read(ctx, f, Mapping{}, newRecorder()); format.Name() == "csv" && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want canceled", format.Name(), err)
		}
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines were left behind", after-before)
	}
}

func TestWalkPassesOverWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b/x.csv", "a.csv", ".hidden/c.csv", "d.eval/inner.json"} {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte("x"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	linked := os.Symlink(dir, filepath.Join(dir, "loop")) == nil
	files, problems := Walk([]string{dir, filepath.Join(dir, "none.csv"), filepath.Join(dir, "a.csv")})
	var names []string
	for _, f := range files {
		rel, _ := filepath.Rel(dir, f.Path)
		names = append(names, filepath.ToSlash(rel))
	}
	if !slices.Equal(names, []string{"a.csv", "b/x.csv", "d.eval/inner.json"}) {
		t.Errorf("files %v", names)
	}
	said := fmt.Sprint(problems)
	if linked && !strings.Contains(said, "a symbolic link, not a regular file") || !strings.Contains(said, "There is no such file") {
		t.Errorf("problems %v", problems)
	}
}

func TestOtherFilesOfAFolderAreNotMistaken(t *testing.T) {
	metrics := Mapping{Rows: RowsSummaries, Columns: map[string]Assign{"loss": {Role: RoleMetric, As: "loss"}}, Template: "{condition}/seed_{seed}/metrics.csv"}
	for path, c := range map[string]struct{ text, want string }{
		"warm/seed_1/config.json":   {`{"lr": 0.1, "save_every": 5}`, `run 0 "condition=warm, seed=1" map[condition:warm lr:0.1 save_every:5 seed:1]`},
		"warm/seed_1/samples.jsonl": {`{"sample_id": "a", "verdict": "yes", "reason": "the reason for the verdict"}`, "samples: 1 rows"},
		"logs/eval-set.json":        {`{"eval_set_id": "x", "tasks": [{"name": "t"}]}`, "only lists logs"},
		"x/wandb-metadata.json":     {`{"os": "Linux", "email": "a@b.c"}`, "Nothing was imported"},
		"x/empty.json":              {`{}`, "Nothing was imported"},
	} {
		got := readText(t, path, c.text, metrics).dump(3)
		if !strings.Contains(got, c.want) || strings.Contains(got, "a@b.c") {
			t.Errorf("%s: no %q in\n%s", path, c.want, got)
		}
	}
}

func TestLinesLongerThanTheSample(t *testing.T) {
	long := strings.Repeat("word ", 400_000)
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, `{"sample_id": "i%d", "response": %q, "correct": true}`+"\n", i, long)
	}
	r := readText(t, "x.jsonl", b.String(), Mapping{})
	if r.tables[0].Len() != 3 || len(r.texts) != 3 || len(r.problems) != 0 {
		t.Errorf("%d rows, %d texts, %v", r.tables[0].Len(), len(r.texts), r.problems)
	}
}
