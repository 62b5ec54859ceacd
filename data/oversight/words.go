package oversight

import (
	"strconv"
	"strings"
)

// decimal writes a number as people do.
func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// percent writes a fraction as "12.3 %", with a non-breaking space.
func percent(x float64) string {
	return strings.Replace(strconv.FormatFloat(100*x, 'f', 1, 64), "-", "−", 1) + "\u00a0%"
}

// count says "1 run" or "30 runs".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}

// grouped writes a whole number with narrow spaces between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteRune('\u202f')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func were(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
