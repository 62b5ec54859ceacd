package query

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func mustParse(t testing.TB, text string) Filter {
	t.Helper()
	f, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

func TestCanonicalText(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"  \t\n":                         "",
		"condition:neutral, inoculation": "condition:neutral,inoculation",
		"step >= 100":                    "step>=100",
		"step>=1e2 AND -status=error":    "step>=1e2 -status:error",
		"status!=a,b":                    "-status:a,b",
		"-(-a)":                          "a",
		"NOT (a b)":                      "-(a b)",
		"(a b) c":                        "a b c",
		"(a OR b) OR c":                  "a OR b OR c",
		"a (b OR c)":                     "a (b OR c)",
		"(a b) OR c":                     "a b OR c",
		"-(a OR b)":                      "-(a OR b)",
		`"a b":"c d"`:                    `"a b":"c d"`,
		`"OR"`:                           `"OR"`,
		`NOT:x`:                          `"NOT":x`,
		`x:"*"`:                          `x:"*"`,
		`x:"1..2"`:                       `x:"1..2"`,
		`x:1..2`:                         `x:1..2`,
		`x:../shared`:                    `x:../shared`,
		`x:"tab\tquote\"back\\line\n"`:   `x:"tab\tquote\"back\\line\n"`,
		`path:C:\runs`:                   `path:C:\runs`,
		`m:a:b`:                          `m:a:b`,
		`"-5"`:                           `"-5"`,
		`x:-5`:                           `x:-5`,
		"a\u00a0b":                       "a b",
		"train/loss:* -cot.score:*":      "train/loss:* -cot.score:*",
	} {
		f := mustParse(t, text)
		if got := f.String(); got != want {
			t.Errorf("%q\n got  %q\n want %q", text, got, want)
		}
		if again := mustParse(t, f.String()); !reflect.DeepEqual(again, f) {
			t.Errorf("%q: parsing %q again gives another filter", text, f)
		}
	}
}

func TestSyntaxErrorsPointAtTheirPlace(t *testing.T) {
	for text, want := range map[string]SyntaxError{
		"condition:": {Off: 10, Msg: "a value is missing after :"},
		"a:1,":       {Off: 4, Msg: "a value is missing after ,"},
		"step>=":     {Off: 6, Msg: "a number is missing after >="},
		"step>=many": {Off: 6, Msg: "a number is missing after >="},
		`ab "open`:   {Off: 3, Msg: "this quote is never closed"},
		`x:"a\q"`:    {Off: 4, Msg: `write \\ for a backslash between quotes`},
		"a (b":       {Off: 2, Msg: "this ( is never closed"},
		"a b)":       {Off: 3, Msg: "this ) closes nothing"},
		"()":         {Off: 1, Msg: "a term is missing here"},
		"a OR":       {Off: 4, Msg: "a term is missing here"},
		"OR a":       {Off: 0, Msg: "a term is missing here"},
		"a -":        {Off: 2, Msg: "a term is missing after -"},
		"NOT ":       {Off: 0, Msg: "a term is missing after NOT"},
		":x":         {Off: 0, Msg: "a field name is missing here"},
		",":          {Off: 0, Msg: `"," was not expected here`},
		`a"b c"`:     {Off: 1, Msg: "a space is missing here, or quotes around the text"},
		"name:f(x)":  {Off: 6, Msg: "a space is missing here, or quotes around the text"},
		"x:*,1":      {Off: 2, Msg: "a * stands alone; put it in quotes to search for it"},
		"x:200..100": {Off: 2, Msg: "the range 200..100 runs backwards"},
		"x~":         {Off: 2, Msg: "a value is missing after ~"},
	} {
		var got *SyntaxError
		if _, err := Parse(text); !errors.As(err, &got) {
			t.Errorf("%q: got %v, want a syntax error", text, err)
			continue
		}
		if want.Query = text; *got != want {
			t.Errorf("%q\n got  %+v\n want %+v", text, *got, want)
		}
	}
}

func TestDeepNestingIsAnError(t *testing.T) {
	for _, open := range []string{"(", "-", "NOT "} {
		if _, err := Parse(strings.Repeat(open, 1e6) + "a"); err == nil {
			t.Errorf("a million times %q was accepted", open)
		}
	}
}

func TestFieldsAndTerms(t *testing.T) {
	f := mustParse(t, "condition:a -seed:1 (step>2 OR condition:b) word")
	if got, want := f.Fields(), []string{"", "condition", "seed", "step"}; !slices.Equal(got, want) {
		t.Errorf("fields %q, want %q", got, want)
	}
	var terms []string
	for _, term := range f.Terms() {
		terms = append(terms, term.String())
	}
	if want := []string{"condition:a", "-seed:1", "step>2 OR condition:b", "word"}; !slices.Equal(terms, want) {
		t.Errorf("terms %q, want %q", terms, want)
	}
	if terms := (Filter{}).Terms(); terms != nil {
		t.Errorf("the zero filter has terms %v", terms)
	}
}

func TestLabels(t *testing.T) {
	for text, want := range map[string]Label{
		"condition:a,b": {"condition", "is", "a or b"},
		"-condition:a":  {"condition", "is not", "a"},
		"step>=100":     {"step", "≥", "100"},
		"seed:*":        {"seed", "is recorded", ""},
		"bad":           {"any field", "contains", "bad"},
		"a:1 OR b:2":    {"", "", "a is 1 or b is 2"},
	} {
		if got := mustParse(t, text).Label(); got != want {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
}

func TestQueryPartsTravelAsText(t *testing.T) {
	q := Query{
		Where: mustParse(t, `condition:"a b" step>=1`), Steps: Last(10),
		Sort: []Order{{Field: "value", Descending: true}, {Field: "seed"}},
	}
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"last:10"`, `["-value","seed"]`, `condition:\"a b\" step\u003e=1`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%s lacks %s", text, part)
		}
	}
	var back Query
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, q) {
		t.Errorf("got %+v, want %+v", back, q)
	}
}

// Whatever can be parsed, its canonical text means the same and stays as it
// is; whatever cannot, is an error with a place in the text.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"condition:neutral,inoculation step>=100 -status:error hack>0.5",
		`"a b":"c\n\\d" OR (x:1..2 -y~z) NOT "OR"`, "x:* -(a b:c) d!=1,2", "a OR b c OR -(d OR e)", "x:..5,\"\" <",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, err := Parse(text)
		if err != nil {
			var bad *SyntaxError
			if !errors.As(err, &bad) || bad.Off < 0 || bad.Off > len(text) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		second, err := Parse(first.String())
		if err != nil {
			t.Fatalf("%q: canonical %q: %v", text, first, err)
		}
		if second.String() != first.String() || second.Sentence() != first.Sentence() || !reflect.DeepEqual(first, second) {
			t.Fatalf("%q: canonical %q is read as %q", text, first, second)
		}
		for i := range first.Terms() {
			first.Without(i)
		}
		look := func(field string) (Value, bool) { return Text("1"), field != "step" }
		rest, answer := first.Reduce(look)
		if answer != first.Decide(look) {
			t.Fatalf("%q: reduced %v, decided %v", text, answer, first.Decide(look))
		}
		if answer == Maybe && rest.Decide(look) != Maybe {
			t.Fatalf("%q: what remains, %q, is decided", text, rest)
		}
	})
}
