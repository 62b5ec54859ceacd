package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"witnessmark/data/stats"
)

// asJSON writes what programs read.
func asJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// finite is nil for NaN: JSON's null.
func finite(v float64) *float64 {
	if v != v {
		return nil
	}
	return &v
}

func known(q stats.Quantity) *float64 {
	v, err := q.Value()
	if err != nil {
		return nil
	}
	return &v
}

func points(q stats.Quantity) *float64 {
	v := known(q)
	if v != nil {
		*v *= 100
	}
	return v
}

func times(v *float64, by float64) *float64 {
	if v == nil {
		return nil
	}
	out := by * *v
	return &out
}

func full(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'g', -1, 64)
}

// shown writes a number of a table, with a true minus.
func shown(v *float64) string {
	if v != nil && math.Abs(*v) >= 100 {
		return fixed(v, 1)
	}
	return fixed(v, 4)
}

func fixed(v *float64, digits int) string {
	if v == nil {
		return "not estimable"
	}
	return strings.Replace(strconv.FormatFloat(*v, 'f', digits, 64), "-", "−", 1)
}

// signed writes a number with its sign: true minus, or plus.
func signed(v *float64, digits int) string {
	text := fixed(v, digits)
	if v != nil && *v > 0 {
		return "+" + text
	}
	return text
}

func bounded(v, lo, hi *float64) string {
	if lo == nil || hi == nil {
		return shown(v)
	}
	return shown(v) + " [" + shown(lo) + ", " + shown(hi) + "]"
}

func noted(v *float64) string {
	if v == nil {
		return "none"
	}
	return signed(v, 2)
}

func covered(v *float64) string {
	if v == nil {
		return "not stated"
	}
	return fmt.Sprintf("%.0f %%", 100**v)
}

func count(v *float64) string {
	if v == nil {
		return "unknown"
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// short keeps a long text, such as a prompt, from spreading a table.
func short(s string) string {
	const most = 48
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
