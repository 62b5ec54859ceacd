package formats

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
)

func TestPreviewShowsRolesRowsAndProblems(t *testing.T) {
	f := textFile("out/praise/seed_3/metrics.csv", "progress/batch,hack_count,n_rollouts,note\n0,1,64,a\n1,2,64,a\n2,x,64,a\n3,5,64,a\n")
	look, err := Preview(context.Background(), f, Mapping{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if look.Format != "csv" || look.Fixed || len(look.Rows) != 2 || look.Rows[1].Line != 3 || look.Rows[1].Cells[1] != "2" {
		t.Errorf("rows %v of %s", look.Rows, look.Format)
	}
	roles := map[string]Role{}
	for _, c := range look.Columns {
		roles[c.Name] = c.Assign.Role
	}
	if want := (map[string]Role{"progress/batch": RoleStep, "hack_count": RoleK, "n_rollouts": RoleOutOf, "note": RoleField}); !maps.Equal(roles, want) {
		t.Errorf("roles %v, want %v", roles, want)
	}
	if c := look.Columns[1]; c.Assign.Of != "n_rollouts" || !c.Assign.Sure || c.Lines != 4 || c.Of != 4 || !slices.Equal(c.Values, []string{"1", "2", "x", "5"}) {
		t.Errorf("column %+v", c)
	}
	if look.Mapping.Template != "{condition}/seed_{seed}/metrics.csv" || look.Runs[0][data.Condition] != "praise" {
		t.Errorf("template %q, runs %v", look.Mapping.Template, look.Runs)
	}
	if want := []PathPart{{"out", "", ""}, {"praise", data.Condition, "praise"}, {"seed_3", data.Seed, "3"}, {"metrics.csv", "", ""}}; !slices.Equal(look.Path, want) {
		t.Errorf("path %v", look.Path)
	}
	if len(look.Problems) != 1 || look.Problems[0].Place != "line 4" {
		t.Errorf("problems %v", look.Problems)
	}
}

func TestPreviewOfALogStopsEarly(t *testing.T) {
	members := []member{{"header.json", header}}
	for i := range 200 {
		members = append(members, sampleJSON(fmt.Sprint(i), 1, `"input": "x", "scores": {"match": {"value": "C"}, "rubric": {"value": {"tone": 2}}}`))
	}
	look, err := Preview(context.Background(), textFile("x.eval", evalFile(t, members...)), Mapping{}, 3)
	if err != nil || !look.Fixed || look.Format != "inspect" || len(look.Rows) != 3 || look.Columns[0].Of > 60 {
		t.Fatalf("%v: %+v", err, look)
	}
	if c := look.Columns[0]; c.Name != "match" || !slices.Equal(c.Values, []string{"C"}) || c.Assign.Role != RoleLabel {
		t.Errorf("column %+v", c)
	}
}

func TestPreviewOfWhatIsNoData(t *testing.T) {
	if _, err := Preview(context.Background(), textFile("x.png", "\x89PNG\r\n"), Mapping{}, 3); !errors.Is(err, ErrUnknown) {
		t.Errorf("%v, want ErrUnknown", err)
	}
	look, err := Preview(context.Background(), textFile("x.csv", "a,b\n"), Mapping{Template: "{"}, 3)
	if err != nil || !strings.Contains(fmt.Sprint(look.Problems), "{ without }") {
		t.Errorf("%v, %v", err, look.Problems)
	}
}

func TestMappingsSurviveJSON(t *testing.T) {
	m := Mapping{
		Template: "{condition}/**", Columns: map[string]Assign{"a": {Role: RoleK, As: "hack", Of: "n", Sure: true}}, Constant: map[string]string{"eval": "x"},
		Rows: RowsSummaries, Identity: []string{"seed"}, Condition: FromRunName, Delimiter: ";", NoHeader: true, DecimalComma: true, Encoding: "windows-1252",
	}
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back Mapping
	if err := json.Unmarshal(raw, &back); err != nil || fmt.Sprint(back) != fmt.Sprint(m) {
		t.Errorf("%v, %v from %s", err, back, raw)
	}
}

func TestTemplatesGuessedFromPaths(t *testing.T) {
	for _, c := range []struct {
		paths []string
		want  string
	}{
		{[]string{"/x/4k/inoculation/seed_9/raw/m.jsonl"}, "{condition}/seed_{seed}/raw/m.jsonl"},
		{[]string{"/x/results/seed9/m.jsonl"}, "seed{seed}/m.jsonl"},
		{[]string{"run/lr=1e-4/checkpoint-200/eval.csv"}, "lr={lr}/checkpoint-{step}/eval.csv"},
		{[]string{"plain/metrics.csv"}, ""},
		{[]string{"a/big/warm/s1/m.csv", "a/big/cold/s1/m.csv"}, "{folder 1}/s1/m.csv"},
		{[]string{"a/big/warm/seed_1/m.csv", "a/small/cold/seed_2/m.csv"}, "{folder 1}/{condition}/seed_{seed}/m.csv"},
		{[]string{"a/one.csv", "a/two.csv"}, "*"},
		{[]string{"a/one.csv", "a/b/two.csv"}, ""},
		{nil, ""},
	} {
		if got := GuessTemplate(c.paths); got != c.want {
			t.Errorf("%v: %q, want %q", c.paths, got, c.want)
		}
	}
}

func TestFormatsAreNamedAndExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All {
		if f.Name() == "" || len(f.Help()) < 20 || seen[f.Name()] {
			t.Errorf("format %q: %q", f.Name(), f.Help())
		}
		seen[f.Name()] = true
		if got, ok := Named(f.Name()); !ok || got.Name() != f.Name() {
			t.Errorf("%s is not found by its name", f.Name())
		}
	}
	if _, ok := Named("none"); ok {
		t.Error("a format without a name")
	}
}
