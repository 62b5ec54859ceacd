package assets

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"witnessmark/data/formats"
	"witnessmark/data/simulate"
)

func TestStudiesHaveFilesAndMappings(t *testing.T) {
	for _, s := range Studies() {
		names, err := fs.Glob(s.Files(), "*")
		if err != nil || len(names) == 0 {
			t.Errorf("%s: no files (%v)", s.Name, err)
		}
		if s.Runs != "" && !slices.Contains(names, s.Runs) {
			t.Errorf("%s: no table of runs %s", s.Name, s.Runs)
		}
		strict := json.NewDecoder(bytes.NewReader(s.Mapping()))
		strict.DisallowUnknownFields()
		var m formats.Mapping
		if err := strict.Decode(&m); err != nil {
			t.Errorf("%s: mapping: %v", s.Name, err)
		}
		for name, a := range m.Columns {
			if a.Of != "" && m.Columns[a.Of].Role == "" {
				t.Errorf("%s: column %s counts out of %s, which has no role", s.Name, name, a.Of)
			}
		}
	}
}

// TestPublishedFiguresAreTraceable wants a citation and a way of reading on
// every number, and numbers that agree with themselves.
func TestPublishedFiguresAreTraceable(t *testing.T) {
	for _, row := range append(published(t, "published-figures.csv"), published(t, "published-counts.csv")...) {
		where := row["where"]
		if row["citation"] == "" || !slices.Contains([]string{"printed", "read off a plot"}, row["how_read"]) {
			t.Errorf("%s: citation %q, how read %q", where, row["citation"], row["how_read"])
		}
		if row["run"] != row["study"]+"/"+row["condition"] {
			t.Errorf("%s: does not name its study and condition", where)
		}
		checkNumbers(t, where, row)
	}
}

func checkNumbers(t *testing.T, where string, row map[string]string) {
	t.Helper()
	number := map[string]float64{}
	for _, name := range []string{"value", "n", "lo", "hi", "step", "sycophancy elicited", "out_of"} {
		if row[name] == "" {
			continue
		}
		v, err := strconv.ParseFloat(row[name], 64)
		if err != nil {
			t.Errorf("%s: %s is %q", where, name, row[name])
		}
		number[name] = v
	}
	value, valued := number["value"]
	lo, low := number["lo"]
	hi, high := number["hi"]
	if !valued && !low && !high && number["out_of"] == 0 {
		t.Errorf("%s: no number at all", where)
	}
	if valued && (low && value < lo || high && value > hi) {
		t.Errorf("%s: %g is outside its own bounds", where, value)
	}
	if k := number["sycophancy elicited"]; k > number["out_of"] {
		t.Errorf("%s: %g of %g", where, k, number["out_of"])
	}
}

func published(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	file, err := Studies()[1].Files().Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for line, record := range all[1:] {
		row := map[string]string{"where": fmt.Sprintf("%s, line %d", name, line+2)}
		for i, name := range all[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// TestAboutCountsTheSamples keeps the sentence that people read true.
func TestAboutCountsTheSamples(t *testing.T) {
	n := 0
	for range simulate.New(simulate.Seed).Samples() {
		n++
	}
	want := fmt.Sprintf("%d runs, %d\u202f%03d samples", len(simulate.Runs()), n/1000, n%1000)
	if about := Studies()[0].About; !strings.Contains(about, want) {
		t.Errorf("%q does not say %q", about, want)
	}
}
