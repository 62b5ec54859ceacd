package formats

import (
	"fmt"
	"testing"
)

const mark = `{"__resume_marker__": true}` + "\n"

func point(seed, step, loss int) string {
	return fmt.Sprintf(`{"condition": "plain", "seed": %d, "step": %d, "loss": 0.%d}`+"\n", seed, step, loss)
}

func TestResumedRunsAreNamedWithTheirStep(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"resumed": {point(3, 1, 5) + mark + point(3, 2, 4),
			"[line 2 plain/seed_3 resumed at step 2]"},
		"resumed, a step twice": {point(3, 1, 5) + point(3, 2, 4) + mark + point(3, 2, 3) + point(3, 3, 2),
			"[line 3 plain/seed_3 resumed at step 2, 1 step counted once]"},
		"resumed twice": {point(3, 1, 5) + mark + point(3, 2, 4) + mark + point(3, 2, 3),
			"[line 2 plain/seed_3 resumed 2 times, first at step 2, 1 step counted once]"},
		"several runs": {point(3, 1, 5) + mark + point(3, 1, 4) + point(4, 1, 5) + mark + point(4, 1, 4),
			"[line 2 runs were resumed 2 times, first plain/seed_3 at step 1 line 3 2 repeated steps replaced by the later lines, first step 1 of plain/seed_3]"},
		"no mark": {point(3, 1, 5) + point(3, 1, 4) + point(3, 2, 5) + point(3, 2, 4),
			"[line 2 plain/seed_3 repeats 2 steps, first step 1, replaced by the later lines]"},
		"a mark at the end": {point(3, 1, 5) + mark,
			"[line 2 plain/seed_3 resumed at an unknown step]"},
	} {
		var said []string
		for _, p := range readFile(t, textFile("metrics.jsonl", c.text), Mapping{}).problems {
			said = append(said, p.Place+" "+p.Text)
		}
		if got := fmt.Sprint(said); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}
