package formats

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unsafe"
)

// A reading is what came of reading a cell as a number.
type reading uint8

const (
	isNumber   reading = iota
	isMissing          // empty, or a word for it
	isText             // something else
	outOfRange         // a number beyond 64-bit floats
	isInfinite
	isVerdict // text where a verdict was expected
)

// missingWords are cells that stand for no value, in lower case.
var missingWords = []string{"na", "n/a", "#n/a", "null", "none", "nan", "-", "--", "?", "<na>", "missing"}

// yesWords and noWords are cells that stand for 1 and 0, in lower case.
var (
	yesWords = []string{"yes", "true", "y", "t", "flagged", "positive", "detected", "suspicious", "pass", "passed", "correct"}
	noWords  = []string{"no", "false", "n", "f", "unflagged", "not flagged", "negative", "clean", "not detected", "benign", "fail", "failed", "incorrect"}
)

// unknownWords are verdicts that are neither yes nor no.
var unknownWords = []string{"unknown", "unsure", "unclear", "ambiguous", "undecided", "maybe", "error", "parse_error", "refusal"}

// number reads a cell as a number. Percent signs divide by 100 and true and
// false are 1 and 0; nothing else is interpreted.
func number(cell []byte) (float64, reading) {
	if v, ok := fastFloat(cell); ok {
		return v, isNumber
	}
	return slowNumber(bytes.TrimSpace(cell))
}

func slowNumber(cell []byte) (float64, reading) {
	if len(cell) == 0 {
		return math.NaN(), isMissing
	}
	if digits, ok := bytes.CutSuffix(cell, []byte("%")); ok {
		return percent(bytes.TrimSpace(digits))
	}
	if v, r := parsed(cell); r != isText {
		return v, r
	}
	return wordNumber(cell)
}

// percent reads the number before a percent sign: 18.1 % is the float next
// to 0.181, which 18.1 / 100 is not.
func percent(digits []byte) (float64, reading) {
	if d, ok := scanDecimal(digits); ok {
		d.exponent -= 2
		if v, ok := d.value(); ok {
			return v, isNumber
		}
	}
	v, r := slowNumber(digits)
	return v / 100, r
}

// parsed reads decimal notation only: strconv would also take hexadecimal
// floats and underscores, which are identifiers in result files.
func parsed(cell []byte) (float64, reading) {
	if c := cell[len(cell)-1]; c > '9' || c < '.' || bytes.ContainsAny(cell, "_xX") {
		return math.NaN(), isText
	}
	v, err := strconv.ParseFloat(unsafe.String(unsafe.SliceData(cell), len(cell)), 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return math.NaN(), outOfRange
	case err != nil:
		return math.NaN(), isText
	}
	return v, isNumber
}

func wordNumber(cell []byte) (float64, reading) {
	if len(cell) > 12 {
		return math.NaN(), isText
	}
	switch word := strings.ToLower(string(cell)); {
	case word == "true":
		return 1, isNumber
	case word == "false":
		return 0, isNumber
	case word == "inf" || word == "+inf" || word == "-inf" || strings.TrimLeft(word, "+-") == "infinity":
		return math.NaN(), isInfinite
	case slices.Contains(missingWords, word):
		return math.NaN(), isMissing
	}
	return math.NaN(), isText
}

// verdict reads a monitor's answer: 1, 0, unknown, or no answer.
func verdict(cell []byte) (v float64, unknown bool, r reading) {
	if v, r := number(cell); r == isNumber {
		return v, false, r
	}
	word := strings.ToLower(strings.Trim(string(bytes.TrimSpace(cell)), ".!\"'*"))
	switch {
	case slices.Contains(yesWords, word):
		return 1, false, isNumber
	case slices.Contains(noWords, word):
		return 0, false, isNumber
	case slices.Contains(unknownWords, word):
		return math.NaN(), true, isNumber
	case word == "" || slices.Contains(missingWords, word):
		return math.NaN(), false, isMissing
	}
	return math.NaN(), false, isText
}

// stepNumber reads a training step: a number, or the digits at the end of a
// name such as "checkpoint-200".
func stepNumber(cell []byte) (float64, reading) {
	if v, r := number(cell); r != isText {
		return v, r
	}
	end := bytes.TrimSpace(cell)
	i := len(end)
	for i > 0 && end[i-1] >= '0' && end[i-1] <= '9' {
		i--
	}
	if i == len(end) || i == 0 || !strings.ContainsRune("-_ =/:p", rune(end[i-1])) {
		return math.NaN(), isText
	}
	return number(end[i:])
}
