package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"

	"witnessmark/data/store"
	"witnessmark/views/figure"
)

// sparse are studies with next to nothing in them, by the file that they are
// imported from.
var sparse = map[string]string{
	"empty":         "",
	"one run":       "condition,seed,step,hack_count,n_rollouts\nneutral,1,0,3,10\n",
	"one seed":      "condition,seed,step,hack_count,n_rollouts\nneutral,1,0,3,10\nneutral,1,10,4,10\ninoculation,1,0,0,10\ninoculation,1,10,0,10\n",
	"means missing": "condition,seed,step,loss,loss_sd\nneutral,1,0,NaN,NaN\nneutral,1,10,,\ninoculation,1,0,nan,\ninoculation,1,10,0.5,NaN\n",
	"one sample":    "run,item,hack,judge_flag,judge_score,cot\na,q1,1,YES,0.9,I changed the tests\n",
}

// commandsOn are all commands, with the flags that they need to do something.
// STUDY and DIR are replaced, and M by the study's first measure.
var commandsOn = []string{
	"ask STUDY --measure M",
	"ask STUDY --measure M --by condition,step --format json",
	"ask STUDY --diff a,b",
	"ask DIR/none.study --measure M",
	"compare STUDY --measure M --baseline neutral",
	"compare STUDY --measure M --baseline neutral --pair item --margin 5 --note",
	"contrasts STUDY",
	"contrasts STUDY --measure M --format csv",
	"contrasts STUDY --add x --of inoculation --against neutral --measure M",
	"contrasts STUDY --delete x",
	"monitors STUDY",
	"monitors STUDY --by condition,step --truth M --threshold refit",
	"monitors STUDY --truth M --threshold frozen:0 --format json",
	"figures STUDY -o DIR/figures",
	"predict STUDY five-patterns --measure M",
	"predict STUDY two-behaviors --fit --hold-out odd",
	"predict STUDY two-behaviors --keep",
	"models STUDY",
	"models STUDY --export five-patterns",
	"models STUDY --delete DIR/none",
	"models STUDY --export DIR/none",
	"models STUDY --import DIR/none",
	"score STUDY",
	"score STUDY --from 20,40 --measure M --format json",
	"export STUDY --tables DIR/tables",
	"export STUDY --tables STUDY",
	"check STUDY",
	"check STUDY --update",
}

// bare is what no reader should meet: the insides of the program.
var bare = regexp.MustCompile(`%!|runtime error|goroutine |sql: |SQL logic|\bNaN\b|[+-]Inf\b|<nil>|index out of|nil pointer|: :|no \w+ ""|here:$`)

// TestSparseStudiesGetSentences runs every command and every chart on studies
// with next to nothing in them.
func TestSparseStudiesGetSentences(t *testing.T) {
	for name, results := range sparse {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			study, measure := sparseStudy(t, dir, results)
			lines := commandsOn
			for _, id := range figure.IDs() {
				for _, flags := range []string{"", " --measure M --by condition --baseline neutral", " --model five-patterns --measure M"} {
					lines = append(lines, "chart STUDY "+id+" -o DIR/"+id+".svg"+flags)
				}
			}
			for _, line := range lines {
				args := strings.Fields(line)
				for i, a := range args {
					args[i] = strings.NewReplacer("STUDY", study, "DIR", dir).Replace(a)
					if a == "M" {
						args[i] = measure
					}
				}
				wantsASentence(t, line, args)
			}
		})
	}
}

// sparseStudy makes a study and tells its first measure, "hack" of none.
func sparseStudy(t *testing.T, dir, results string) (path, measure string) {
	t.Helper()
	path = filepath.Join(dir, "sparse.study")
	s, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if results == "" {
		return path, "hack"
	}
	file := filepath.Join(dir, "results.csv")
	if err := os.WriteFile(file, []byte(results), 0o644); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if code := run(t.Context(), []string{"import", path, file}, &said, &said); code != exitOK {
		t.Fatalf("import: %d\n%s", code, said.String())
	}
	if s, err = store.OpenReadOnly(path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	x, err := s.Index(t.Context())
	if err != nil || len(x.Measures()) == 0 {
		t.Fatalf("measures %v %v", x, err)
	}
	return path, x.Measures()[0].Name
}

// wantsASentence runs the program: it must do what was asked and say so, or
// say in plain words why not.
func wantsASentence(t *testing.T, line string, args []string) {
	t.Helper()
	var out, errs bytes.Buffer
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s: panic: %v\n%s", line, p, debug.Stack())
		}
	}()
	code := run(context.WithoutCancel(t.Context()), args, &out, &errs)
	said := out.String() + errs.String()
	if at := bare.FindString(said); at != "" {
		t.Errorf("%s: says %q\n%s", line, at, said)
	}
	switch {
	case code == exitOK && strings.TrimSpace(said) == "":
		t.Errorf("%s: says nothing", line)
	case code != exitOK && !strings.HasPrefix(errs.String(), "witnessmark: "):
		t.Errorf("%s: ends with %d without a reason\n%s", line, code, said)
	}
	if os.Getenv("SHOW") != "" {
		t.Logf("%d %s\n%s", code, line, said)
	}
}
