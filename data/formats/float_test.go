package formats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// TestNumbersEqualThoseOfTheStandardLibrary reads a million random decimals
// in several notations, bit for bit.
func TestNumbersEqualThoseOfTheStandardLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200_000 {
		for _, text := range []string{
			strconv.FormatFloat(r.NormFloat64(), 'g', -1, 64),
			strconv.FormatFloat(r.Float64()*math.Pow(10, float64(r.IntN(90)-45)), 'e', -1, 64),
			strconv.FormatFloat(r.ExpFloat64()*100, 'f', r.IntN(20), 64),
			fmt.Sprintf("%d.%018d", r.IntN(9), r.Int64N(1e18)),
			strconv.FormatUint(r.Uint64(), 10),
		} {
			want, _ := strconv.ParseFloat(text, 64)
			if got, reading := number([]byte(text)); reading != isNumber || math.Float64bits(got) != math.Float64bits(want) {
				t.Fatalf("%s is %v, want %v", text, got, want)
			}
		}
	}
}

func TestNumbersAsTheyStandInFiles(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "-0": math.Copysign(0, -1), "007": 7, "5e-06": 5e-6, "1E3": 1000, "18.1%": 0.181, " 50 % ": 0.5, "true": 1, "False": 0,
		"9007199254740993": 9007199254740992, ".5": 0.5, "5.": 5, "+1.5": 1.5, "1e-400": 0, "0.1e1": 1, "00000000000000000000001": 1,
	} {
		if got, r := number([]byte(text)); r != isNumber || math.Float64bits(got) != math.Float64bits(want) {
			t.Errorf("%q is %v (%d), want %v", text, got, r, want)
		}
	}
	for text, want := range map[string]reading{
		"": isMissing, "NaN": isMissing, "n/a": isMissing, "None": isMissing, "?": isMissing, "-": isMissing, "inf": isInfinite, "-Infinity": isInfinite,
		"1e999": outOfRange, "1,5": isText, "0x10": isText, "1_000": isText, "1e": isText, "e5": isText, ".": isText, "1.2.3": isText, "--1": isText, "12 apples": isText,
	} {
		if got, r := number([]byte(text)); r != want || got == got && r != isText {
			t.Errorf("%q reads as %v (%d), want %d", text, got, r, want)
		}
	}
}
