package formats

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"testing"
)

const benchRows = 1_000_000

// benchFile is a file in memory.
func benchFile(path string, text []byte) File {
	return File{Path: path, Size: int64(len(text)), Open: func() (io.ReadSeekCloser, error) { return closer{bytes.NewReader(text)}, nil }}
}

// sampleTableText writes samples of 250 runs at 8 checkpoints, 500 a
// checkpoint: 17-digit scores, two metrics' and three monitors' columns.
func sampleTableText() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := bytes.NewBufferString("run,condition,model,seed,checkpoint,sample_id,epoch,is_hack,reward,monitor_a_score,monitor_a_flag,monitor_b_score,probe_score\n")
	for i := range benchRows {
		run := i / 4000
		fmt.Fprintf(b, "run_%03d,cond_%d,org/model-%d,%d,%d,item_%03d,1,%d,%s,%s,%d,%s,%s\n",
			run, run%10, run%3, run/10, i/500%8*100, i%500, r.IntN(2),
			float(r.Float64()), float(r.Float64()), r.IntN(2), float(r.Float64()), float(r.NormFloat64()))
	}
	return b.Bytes()
}

func float(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// longTableText writes the same size of table with one metric and one
// monitor a row, named in columns.
func longTableText() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := bytes.NewBufferString("run,condition,model,seed,checkpoint,sample,epoch,metric,value,monitor,score,flag\n")
	for i := range benchRows {
		run := i / 4000
		fmt.Fprintf(b, "run_%03d,cond_%d,org/model-%d,%d,%d,item_%03d,1,metric_%d,%s,monitor_%d,%s,%d\n",
			run, run%10, run%3, run/10, i/500%8*100, i%500, i%2, float(r.Float64()), i%3, float(r.Float64()), r.IntN(2))
	}
	return b.Bytes()
}

func sampleLinesText() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for i := range benchRows {
		run := i / 4000
		fmt.Fprintf(&b, `{"run": "run_%03d", "condition": "cond_%d", "model": "org/model-%d", "seed": %d, "checkpoint": %d, "sample_id": "item_%03d", "epoch": 1, "is_hack": %d, "reward": %s, "monitor_a_score": %s, "monitor_a_flag": %t, "probe_score": %s}`+"\n",
			run, run%10, run%3, run/10, i/500%8*100, i%500, r.IntN(2), float(r.Float64()), float(r.Float64()), r.IntN(2) == 1, float(r.Float64()))
	}
	return b.Bytes()
}

func benchmarkRead(b *testing.B, path string, text []byte, rows int) {
	f := benchFile(path, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r := newRecorder()
		format, err := Detect(f)
		if err == nil {
			err = format.Read(context.Background(), f, Mapping{}, r)
		}
		if n := r.tables[0].Len() + r.tables[1].Len(); err != nil || n != rows {
			b.Fatal(err, n, r.problems)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

func BenchmarkCSV(b *testing.B)     { benchmarkRead(b, "samples.csv", sampleTableText(), benchRows) }
func BenchmarkLongCSV(b *testing.B) { benchmarkRead(b, "long.csv", longTableText(), benchRows) }
func BenchmarkQuotedCSV(b *testing.B) {
	text := bytes.ReplaceAll(sampleTableText(), []byte("org/"), []byte(`"org"/`))
	benchmarkRead(b, "samples.csv", text, benchRows)
}
func BenchmarkJSONL(b *testing.B) { benchmarkRead(b, "samples.jsonl", sampleLinesText(), benchRows) }

func BenchmarkInspect(b *testing.B) {
	members := []member{{"header.json", header}}
	body := `"input": "` + string(bytes.Repeat([]byte("word "), 400)) + `", "scores": {"match": {"value": "C", "explanation": "fine"}}, "events": [` +
		string(bytes.Repeat([]byte(`{"event": "model", "text": "some text of an event"},`), 800)) + `0]`
	for i := range 500 {
		members = append(members, sampleJSON(strconv.Itoa(i), 1, body))
	}
	text := []byte(evalFile(b, members...))
	benchmarkRead(b, "log.eval", text, 500+2)
}
