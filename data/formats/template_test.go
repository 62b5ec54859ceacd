package formats

import (
	"fmt"
	"strings"
	"testing"
)

func TestTemplateTakesFieldsFromTheEndOfPaths(t *testing.T) {
	metrics := "/data/out/hack/think/4k/inoculation/seed_9/raw_results/metrics_stream.jsonl"
	for _, c := range []struct{ template, path, want string }{
		{"{condition}/seed_{seed}/raw_results/metrics_stream.jsonl", metrics, "map[condition:inoculation seed:9]"},
		{"{condition}/seed_{seed}/**", metrics, "map[condition:inoculation seed:9]"},
		{"{condition}/seed_{seed}/**/metrics_stream.jsonl", metrics, "map[condition:inoculation seed:9]"},
		{"hack/**/{condition}/*/*/*", metrics, "map[condition:inoculation]"},
		{"{condition}/s*_{seed}/*/*.jsonl", metrics, "map[condition:inoculation seed:9]"},
		{"", metrics, "map[]"},
		{"seed_{seed}.csv", metrics, "no match"},
		{"{model}/x", `C:\runs\llama\x`, "map[base_model:llama]"},
		{"{domain}_{framing}_{condition}.jsonl", "m/legal_casual_vibe_off.jsonl", "map[condition:vibe_off domain:legal framing:casual]"},
		{"{seed}/{seed}.csv", "1/1.csv", "map[seed:1]"},
		{"{seed}/{seed}.csv", "1/2.csv", "no match"},
		{"checkpoint-{checkpoint}/x.json", "a/checkpoint-200/x.json", "map[step:200]"},
	} {
		tpl, err := ParseTemplate(c.template)
		if err != nil {
			t.Errorf("%q: %v", c.template, err)
			continue
		}
		if got := matched(tpl.Match(c.path)); got != c.want {
			t.Errorf("%q on %q: %s, want %s", c.template, c.path, got, c.want)
		}
	}
}

func TestTemplateFindsOtherFilesOfTheRun(t *testing.T) {
	for _, c := range []struct{ template, path, want string }{
		{"{condition}/seed_{seed}/raw/metrics.jsonl", "a/b/neutral/seed_3/input/config.json", "map[condition:neutral seed:3]"},
		{"{condition}/seed_{seed}/raw/metrics.jsonl", "a/b/neutral/seed_3/config.json", "map[condition:neutral seed:3]"},
		{"{condition}/{seed}/raw/metrics.jsonl", "a/b/neutral/3/input/config.json", "map[condition:neutral seed:3]"},
		{"{condition}/seed_{seed}/raw/metrics.jsonl", "a/b/neutral/config.json", "no match"},
		{"{condition}.csv", "a/other/config.json", "no match"},
	} {
		tpl, err := ParseTemplate(c.template)
		if err != nil {
			t.Fatal(err)
		}
		if got := matched(tpl.MatchBeside(c.path)); got != c.want {
			t.Errorf("%q beside %q: %s, want %s", c.template, c.path, got, c.want)
		}
	}
}

func matched(fields map[string]string, ok bool) string {
	if !ok {
		return "no match"
	}
	return fmt.Sprint(fields)
}

func TestTemplateSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"a/{seed":   "{ without }",
		"a}/b":      "} without {",
		"{}/b":      "without a name",
		"{a{b}}/c":  "{ without }",
		"x/{ }.csv": "without a name",
	} {
		if _, err := ParseTemplate(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	f.Add("{condition}/seed_{seed}/**", "a/b/seed_1/c")
	f.Add("**/*.csv", "x.csv")
	f.Add("{a}{b}", "//")
	f.Fuzz(func(t *testing.T, text, path string) {
		tpl, err := ParseTemplate(text)
		if err != nil {
			return
		}
		fields, ok := tpl.MatchBeside(path)
		if !ok && fields != nil {
			t.Error("fields without a match")
		}
		for name, v := range fields {
			if name == "" || v == "" || strings.Contains(v, "/") {
				t.Errorf("field %q = %q", name, v)
			}
		}
	})
}
