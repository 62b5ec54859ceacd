package formats

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// FuzzCSV reads any bytes as a table. Where encoding/csv reads the text too,
// both must find the same cells.
func FuzzCSV(f *testing.F) {
	f.Add("a,b\n1,2\n\"x\ny\",\"d\"\"d\"\n")
	f.Add("a;b\r\n1;2\r\n\r\n3;\"4\"")
	f.Add("a\n\"unclosed\nmore\n")
	f.Add("a,a,,\n,,,\n1,2,3,4,5,6\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range []Mapping{{}, {Delimiter: ","}, {NoHeader: true}} {
			file := textFile("x.csv", text)
			if (CSV{}).Match("x.csv", []byte(text)) {
				r := newRecorder()
				if err := (CSV{}).Read(t.Context(), file, m, r); err != nil {
					t.Fatal(err)
				}
				r.dump(5)
			}
		}
		if want, ok := standardCells(text); ok {
			if got := ourCells(text); !slices.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%q: cells %q, want %q", text, got, want)
			}
		}
	})
}

// standardCells returns the cells that encoding/csv finds, where the two
// readings must agree: it reads quotes within cells as errors, and cuts
// carriage returns inside of quotes.
func standardCells(text string) ([][]string, bool) {
	if strings.ContainsAny(text, "\r") {
		return nil, false
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	cells, err := r.ReadAll()
	return cells, err == nil
}

func ourCells(text string) [][]string {
	s := scanner{data: []byte(text), delim: ',', quoted: strings.Contains(text, `"`)}
	var out [][]string
	for row := s.next(); row != nil; row = s.next() {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = string(c)
		}
		out = append(out, cells)
	}
	return out
}

// FuzzBlocks cuts any text into blocks, and wants every byte back.
func FuzzBlocks(f *testing.F) {
	f.Add("a,b\n\"x\ny\",2\n3,4", 3)
	f.Add("\"\n\n\n", 1)
	f.Fuzz(func(t *testing.T, text string, size int) {
		src, err := openSource(textFile("x.csv", "x"+text), "")
		if err != nil || !src.plain {
			return
		}
		r := newBlocks(src, ',', int64(size&0xfff))
		var all []byte
		lines := 0
		for {
			b, err := r.next(nil)
			if err != nil {
				break
			}
			all = append(all, b.data...)
			if lines += b.lines; b.fault != nil && b.data != nil {
				t.Error("a fault with data")
			}
		}
		if !strings.Contains(text, `"`) && string(all) != "x"+text {
			t.Errorf("blocks of %q are %q", text, all)
		}
	})
}

// FuzzJSONL reads any bytes as lines of JSON. Top-level numbers of lines that
// encoding/json reads must come out the same.
func FuzzJSONL(f *testing.F) {
	f.Add([]byte(`{"a": 1, "b": {"c": "x\u00e9\ud83d\ude00"}, "d": [1, {"e": NaN}]}` + "\n" + `{"a": -Infinity}`))
	f.Add([]byte(`{"__resume_marker__": true}` + "\n{}\n{\"a\":"))
	f.Add([]byte(`{"":0,"":1,"a.b":1,"a":{"b":2}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := textFile("x.jsonl", string(text))
		for _, format := range []Format{JSONL{}, JSON{}} {
			r := newRecorder()
			if err := format.Read(t.Context(), file, Mapping{}, r); err != nil {
				t.Fatal(err)
			}
			r.dump(5)
		}
		line, _, _ := bytes.Cut(text, []byte("\n"))
		compareWithJSON(t, line)
	})
}

func compareWithJSON(t *testing.T, line []byte) {
	var want map[string]any
	if json.Unmarshal(line, &want) != nil || want == nil || bytes.ContainsRune(line, '\uFFFD') {
		return
	}
	n, err := decodeJSON(line)
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	for key, w := range want {
		v := objectOf(n)[key]
		switch w := w.(type) {
		case float64:
			if x, r := number([]byte(textOf(v))); r == isNumber && x != w {
				t.Errorf("%q: %s is %g, want %g", line, key, x, w)
			}
		case string:
			if textOf(v) != strings.ReplaceAll(w, "\x00", "") && !strings.ContainsRune(w, '\uFFFD') {
				t.Errorf("%q: %s is %q, want %q", line, key, textOf(v), w)
			}
		case bool:
			if v != w {
				t.Errorf("%q: %s is %v", line, key, v)
			}
		}
	}
}

// FuzzNumber compares numbers with strconv's.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"0.1", "-12.50", "1e-7", "123456789012345", "0.000000000000001", "18.1%", "1_000", "0x1p3", "+5", ".5", "-", "1e999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, r := number([]byte(s))
		want, err := strconv.ParseFloat(s, 64)
		if r == isNumber && err == nil && v != want && !(v != v && want != want) {
			t.Errorf("%q is %v, want %v", s, v, want)
		}
		if (r == isNumber) == math.IsNaN(v) || r == isNumber && math.IsInf(v, 0) {
			t.Errorf("%q: %v as %d", s, v, r)
		}
	})
}
