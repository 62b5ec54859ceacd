package query

import (
	"math"
	"testing"
)

func TestEdits(t *testing.T) {
	inf := math.Inf(1)
	edit := func(text string, do func(Filter) Filter, want string) {
		t.Helper()
		if got := do(mustParse(t, text)).String(); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	narrow := func(f Filter) Filter { return f.Narrow("c", "x y") }
	edit("", narrow, `c:"x y"`)
	edit("a:1 c:q,r", narrow, `a:1 c:"x y"`)
	edit("-c:q s>1", narrow, `s>1 c:"x y"`)
	edit("a OR b", narrow, `(a OR b) c:"x y"`)
	edit("", func(f Filter) Filter { return f.Narrow("p", "") }, `p:""`)

	exclude := func(f Filter) Filter { return f.Exclude("c", "x") }
	edit("", exclude, "-c:x")
	edit("-c:q", exclude, "-c:q,x")
	edit("-c:q,x", exclude, "-c:q,x")
	edit("c:x,y", exclude, "c:y -c:x")
	edit("c:x", exclude, "-c:x")

	toggle := func(f Filter) Filter { return f.Toggle("c", "x") }
	edit("a", toggle, "a c:x")
	edit("c:y", toggle, "c:y,x")
	edit("c:y,x", toggle, "c:y")
	edit("c:x a", toggle, "a")

	edit("s>=1 a", func(f Filter) Filter { return f.Range("s", 100, 200) }, "a s:100..200")
	edit("s:1..2", func(f Filter) Filter { return f.Range("s", 0.25, inf) }, "s>=0.25")
	edit("s:1..2", func(f Filter) Filter { return f.Range("s", -inf, -3) }, "s<=-3")
	edit("s:1..2", func(f Filter) Filter { return f.Range("s", -inf, inf) }, "")

	edit("a:1 b:2 c:3", func(f Filter) Filter { return f.Without(1) }, "a:1 c:3")
	edit("a:1", func(f Filter) Filter { return f.Without(7) }, "a:1")
	edit("a:1", func(f Filter) Filter { return f.With(mustParse(t, "b:2 a:1")) }, "a:1 b:2")
	edit("a OR b", func(f Filter) Filter { return f.With(mustParse(t, "c OR d")) }, "(a OR b) (c OR d)")
	edit("a:1 -a:2 (a:3 OR b:1) b:2", func(f Filter) Filter { return f.Drop("a") }, "(a:3 OR b:1) b:2")
}

func TestEditsLeaveTheOriginalAlone(t *testing.T) {
	f := mustParse(t, "c:x,y -d:z s>1")
	before := f.String()
	f.Exclude("c", "x")
	f.Toggle("c", "w")
	f.Exclude("d", "w")
	f.Without(0)
	f.Narrow("c", "q")
	if f.String() != before {
		t.Errorf("became %s", f)
	}
}

func TestChosen(t *testing.T) {
	allowed, excluded := mustParse(t, "c:x,1e-4 -c:z c:1..2 c>3").Chosen("c")
	if len(allowed) != 2 || len(excluded) != 1 || excluded[0] != "z" {
		t.Errorf("allowed %q, excluded %q", allowed, excluded)
	}
}
