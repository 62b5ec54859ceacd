package store_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"witnessmark/data/formats"
)

func export(t *testing.T, text string) (dir string, files []string) {
	t.Helper()
	s := create(t)
	add(t, s, "two.txt", text)
	dir = filepath.Join(t.TempDir(), "plain")
	files, err := s.Export(t.Context(), dir)
	ok(t, err)
	return dir, files
}

// table reads a CSV file as lines of cells joined by |, of some columns only.
func table(t *testing.T, path string, columns ...string) string {
	t.Helper()
	body, err := os.ReadFile(path)
	ok(t, err)
	records, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	ok(t, err)
	at := map[string]int{}
	for i, name := range records[0] {
		at[name] = i
	}
	var b strings.Builder
	for _, r := range records[1:] {
		for i, c := range columns {
			if _, is := at[c]; !is {
				t.Fatalf("%s has no column %s: %v", path, c, records[0])
			}
			b.WriteString(map[bool]string{true: "|"}[i > 0] + r[at[c]])
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestExportHasEveryGrainInPlainTables(t *testing.T) {
	dir, files := export(t, two)
	for _, f := range files {
		if info, err := os.Stat(filepath.Join(dir, f)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", f, err)
		}
	}
	for name, want := range map[string]string{
		"samples.csv:run,step,item,excluded,hack,judge.flag": `neu-01|10|q1||1|yes
neu-01|10|q2||0|no
neu-01|20|q1||1|unknown
ino-01|10|q1||0|no
ino-01|10|q2|incoherent||
`,
		"counts.csv:run,step,metric,k,n":         "ino-01|10|solved|3|10\n",
		"summaries.csv:run,step,metric,value,sd": "neu-01|10|loss|0.5|0.1\nneu-01|20|loss|0.4|\n",
		"texts.csv:row,part,text":                "0|prompt|Solve the task honestly\n0|action|I changed the tests\n3|action|I solved it\n",
		"runs.csv:name,condition,lr":             "neu-01|neutral|\nino-01|inoculation|1e-4\n",
		"contexts.csv:eval,grader":               "hacks|tests\n",
		"predictions.csv:model,condition,p":      "persistence|neutral|0.4\n",
		"problems.csv:file,text,count":           "two.txt|a line was not understood|2\n",
		"conditions.csv:label,role":              "neutral|baseline\ninoculation|inoculation_specific\n",
		"monitors.csv:name,kind,threshold":       "judge|llm_cot|0.5\n",
		"metrics.csv:name,lo,hi,better":          "hack|0|1|-1\n",
		"imports.csv:path,rows":                  "two.txt|8\n",
		"rollup.csv:run,step,kind,name,n,k":      "",
	} {
		file, columns, _ := strings.Cut(name, ":")
		got := table(t, filepath.Join(dir, file), strings.Split(columns, ",")...)
		if want != "" && got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestExportedParquetSaysTheSame(t *testing.T) {
	dir, files := export(t, two)
	for _, name := range files {
		if !strings.HasSuffix(name, ".parquet") {
			continue
		}
		body, err := os.ReadFile(filepath.Join(dir, name))
		ok(t, err)
		f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
		ok(t, err)
		records, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(name, ".parquet")+".csv"))
		ok(t, err)
		lines, err := csv.NewReader(bytes.NewReader(records)).ReadAll()
		ok(t, err)
		var columns []string
		for _, c := range f.Schema().Fields() {
			columns = append(columns, c.Name())
		}
		if got, want := fmt.Sprint(columns), fmt.Sprint(lines[0]); got != want {
			t.Errorf("%s: columns %s, want %s", name, got, want)
		}
		if f.NumRows() != int64(len(lines)-1) {
			t.Errorf("%s: %d rows, the CSV file has %d", name, f.NumRows(), len(lines)-1)
		}
	}
	type sample struct {
		Run   string   `parquet:"run,optional"`
		Item  string   `parquet:"item,optional"`
		Hack  *float64 `parquet:"hack,optional"`
		Judge string   `parquet:"judge.flag,optional"`
	}
	rows, err := parquet.ReadFile[sample](filepath.Join(dir, "samples.parquet"))
	ok(t, err)
	if len(rows) != 5 || rows[0].Run != "neu-01" || *rows[0].Hack != 1 || rows[2].Judge != "unknown" || rows[4].Hack != nil {
		t.Errorf("%+v", rows)
	}
}

func TestExportedTextIsNoFormula(t *testing.T) {
	dir, _ := export(t, "run r condition=-neutral lr=-0.5 note==1+1 who=@me plus=+a\nsample r 1 =q hack=-1\ntext cot =cmd()\n")
	if got := table(t, filepath.Join(dir, "runs.csv"), "condition", "lr", "note", "who", "plus"); got != "'-neutral|-0.5|'=1+1|'@me|'+a\n" {
		t.Errorf("runs %s", got)
	}
	if got := table(t, filepath.Join(dir, "texts.csv"), "text"); got != "'=cmd()\n" {
		t.Errorf("texts %s", got)
	}
	if got := table(t, filepath.Join(dir, "samples.csv"), "item", "hack"); got != "'=q|-1\n" {
		t.Errorf("samples %s", got)
	}
}

func TestExportedSamplesCanBeImportedAgain(t *testing.T) {
	dir, _ := export(t, two)
	path := filepath.Join(dir, "samples.csv")
	info, err := os.Stat(path)
	ok(t, err)
	s := create(t)
	r, err := s.Import(t.Context(), disk(path, info.Size()), formats.CSV{}, noMapping, nil)
	if err != nil || r.Samples != 5 || r.Runs != 2 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestExportIntoAFileSaysSo(t *testing.T) {
	s := create(t)
	path := filepath.Join(t.TempDir(), "taken")
	ok(t, os.WriteFile(path, nil, 0o644))
	if _, err := s.Export(t.Context(), path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("%v", err)
	}
}
