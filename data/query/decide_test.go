package query

import (
	"math"
	"math/rand/v2"
	"testing"
)

var sampleRun = map[string]string{"condition": "neutral", "lr": "0.0001", "seed": "07", "prompt": "Do NOT hack", "empty": ""}

func lookRun(field string) (Value, bool) {
	if field == AnyText {
		return Text("neutral\nDo NOT hack"), false
	}
	return Text(sampleRun[field]), field != "score"
}

func TestDecide(t *testing.T) {
	for text, want := range map[string]Ternary{
		"":                             Yes,
		"condition:neutral":            Yes,
		"condition:Neutral":            No,
		"condition~NEUT":               Yes,
		"lr:1e-4":                      Yes,
		"lr:1e-4,x":                    Yes,
		"lr:0.001":                     No,
		"seed:7":                       Yes,
		"seed:6..8":                    Yes,
		"seed>7":                       No,
		"seed>=7":                      Yes,
		"seed<7":                       No,
		"seed<=7":                      Yes,
		"condition>0":                  No,
		"-condition>0":                 Yes,
		"empty:*":                      No,
		`empty:""`:                     Yes,
		"gone!=x":                      Yes,
		"hack":                         Yes,
		"zebra":                        Maybe,
		"score>0":                      Maybe,
		"-score>0":                     Maybe,
		"score>0 condition:x":          No,
		"score>0 OR condition:neutral": Yes,
		"score>0 OR condition:x":       Maybe,
		"-(score>0 condition:x)":       Yes,
	} {
		f := mustParse(t, text)
		if got := f.Decide(lookRun); got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}

func TestReduceKeepsWhatIsOpen(t *testing.T) {
	f := mustParse(t, "condition:neutral (score>0 OR lr:5) -score:1 zebra")
	rest, answer := f.Reduce(lookRun)
	if answer != Maybe || rest.String() != "score>0 -score:1 zebra" {
		t.Errorf("got %d, %s", answer, rest)
	}
}

func TestMask(t *testing.T) {
	nan := math.NaN()
	columns := map[string][]Column{
		"score": {{Num: []float64{0, 0.5, 1, nan, 0.25}}},
		"flag":  {{Code: []uint8{0, 1, 254, 255, 1}}},
		"label": {{Code: []uint8{0, 1, 1, 255, 0}, Dict: []string{"refused", "Complied"}}},
		"item":  {{Index: []int32{0, 1, 2, -1, 0}, Dict: []string{"1", "2", "q3"}}},
		"epoch": {{Index: []int32{1, 2, 3, 1, 2}}},
		"coded": {{Num: []float64{0, 1, nan, 1, 0}, Dict: []string{"a", "b"}}},
	}
	columns[AnyText] = []Column{columns["label"][0], columns["item"][0]}
	for text, want := range map[string]string{
		"":                    "11111",
		"score>=0.5":          "01100",
		"score>0.5":           "00100",
		"score<0.5":           "10001",
		"score<=0.5":          "11001",
		"-score<0.5":          "01110",
		"score:0.5,1":         "01100",
		"score:0.2..0.6":      "01001",
		"score:*":             "11101",
		`score:""`:            "00010",
		"score~5":             "01001",
		"flag:1":              "01001",
		"flag:unknown":        "00100",
		"flag>=0":             "11001",
		"-flag:*":             "00010",
		"label:Complied":      "01100",
		"label~com":           "01100",
		"item:1,q3":           "10101",
		`item:""`:             "00010",
		"epoch>1":             "01101",
		"coded:b":             "01010",
		"-coded:b":            "10101",
		"gone:1":              "00000",
		"-gone:*":             "11111",
		"com":                 "01100",
		"q3 OR refused":       "10101",
		"score>=0.5 flag:1":   "01000",
		"-(score>0 epoch>=2)": "10010",
	} {
		mask := mustParse(t, text).Mask(func(field string) []Column { return columns[field] })
		var bits [1]uint64
		mask.Fill(bits[:], 0, 5)
		got := ""
		for i := range 5 {
			got += string('0' + rune(bits[0]>>i&1))
		}
		if got != want || bits[0]>>5 != 0 {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
		mask.Fill(bits[:], 2, 4)
		if part := mask.Word(2, 2); bits[0] != part || part&1 != uint64(want[2]-'0') {
			t.Errorf("%s: rows 2 and 3 are %b, want %s", text, bits[0], want[2:4])
		}
	}
}

// Deciding value by value and testing by column are one language.
func TestMaskAgreesWithDecide(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const rows = 200
	num, code := make([]float64, rows), make([]uint8, rows)
	for i := range rows {
		num[i], code[i] = float64(rng.IntN(8))/4, uint8(rng.IntN(3))
		if rng.IntN(5) == 0 {
			num[i], code[i] = math.NaN(), 255
		}
	}
	cols := map[string][]Column{"x": {{Num: num}}, "c": {{Code: code}}}
	for _, text := range []string{"x>1", "x<1 OR c:1", "-(x:0.5..1.5 c!=2)", "x:* -c:*", `x:0,1,"" c:0..1`, "x~. -c:0"} {
		f := mustParse(t, text)
		var bits [4]uint64
		f.Mask(func(field string) []Column { return cols[field] }).Fill(bits[:], 0, rows)
		for i := range rows {
			one := f.Decide(func(field string) (Value, bool) {
				if field == "x" {
					return Num(num[i]), true
				}
				if code[i] == 255 {
					return Value{}, true
				}
				return Num(float64(code[i])), true
			})
			if (one == Yes) != (bits[i/64]>>(i%64)&1 == 1) {
				t.Fatalf("%s: row %d (x %v, c %v) is decided %d", text, i, num[i], code[i], one)
			}
		}
	}
}

func BenchmarkMask10M(b *testing.B) {
	const rows = 10_000_000
	score, flag := make([]float64, rows), make([]uint8, rows)
	for i := range rows {
		score[i], flag[i] = float64(i*7919%1000)/1000, uint8(i%3)
	}
	cols := map[string][]Column{"score": {{Num: score}}, "flag": {{Code: flag}}}
	bits := make([]uint64, rows/64+1)
	for _, text := range []string{"score>=0.5", "score:0.2..0.4", "flag:1", "score>=0.5 flag:1"} {
		b.Run(text, func(b *testing.B) {
			mask := mustParse(b, text).Mask(func(field string) []Column { return cols[field] })
			for b.Loop() {
				mask.Fill(bits, 0, rows)
			}
		})
	}
}
