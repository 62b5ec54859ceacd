package stats

import "math"

// A TrueRate is a rate corrected for the errors of the monitor or judge that
// measured it.
type TrueRate struct {
	Apparent         Quantity // the flag rate
	Raw              Quantity // corrected, may lie outside 0–1
	Value            Quantity // Raw, clipped to 0–1
	KnownLo, KnownHi Quantity // interval if sensitivity and specificity were known
	DeltaSE          Quantity // standard error of Raw, with theirs estimated
	Lo, Hi           Quantity // Lang–Reiczigel interval, with theirs estimated: the default
	N                int
	Level            float64
}

// A Validation is how a monitor or judge did on samples with known truth:
// KSe of NSe positives were flagged, KSp of NSp negatives were not.
type Validation struct{ KSe, NSe, KSp, NSp int }

// RoganGladen corrects flagged of n by a Validation: (flag rate + Sp − 1)/
// (Se + Sp − 1). It holds only where sensitivity and specificity are those of
// the same checkpoint. All but Apparent is unknown where the monitor is no
// better than chance (Se + Sp ≤ 1).
//
// Rogan & Gladen (1978), Am J Epidemiol 107:71; Lang & Reiczigel (2014), Prev
// Vet Med 113:13.
func RoganGladen(flagged, n int, v Validation, level float64) (TrueRate, error) {
	for _, c := range [][2]int{{flagged, n}, {v.KSe, v.NSe}, {v.KSp, v.NSp}} {
		if err := checkCount(c[0], c[1]); err != nil {
			return TrueRate{}, err
		}
	}
	if err := checkLevel(level); err != nil {
		return TrueRate{}, err
	}
	r := TrueRate{Apparent: from(Rate(flagged, n)), N: n, Level: level}
	if why := v.usable(r.Apparent); !why.OK() {
		r.Raw, r.Value, r.KnownLo, r.KnownHi, r.DeltaSE, r.Lo, r.Hi = why, why, why, why, why, why, why
		return r, nil
	}
	r.correct(flagged, n, v)
	return r, nil
}

// usable is the apparent rate, or the reason why nothing can be made of it.
func (v Validation) usable(apparent Quantity) Quantity {
	if !apparent.OK() {
		return apparent
	}
	if v.NSe == 0 || v.NSp == 0 {
		return Unknown("no validated samples show how often this monitor is right on %s", missingKind(v))
	}
	if t := testOf(float64(v.KSe), float64(v.NSe), float64(v.KSp), float64(v.NSp)); t.youden() <= 0 {
		return Unknown("this monitor is no better than chance (sensitivity %.3g, specificity %.3g)", t.se, t.sp)
	}
	return apparent
}

func missingKind(v Validation) string {
	if v.NSe == 0 {
		return "positives"
	}
	return "negatives"
}

// A diagnostic is a test with its error rates and the samples they rest on.
type diagnostic struct{ se, nSe, sp, nSp float64 }

func testOf(kSe, nSe, kSp, nSp float64) diagnostic {
	return diagnostic{kSe / nSe, nSe, kSp / nSp, nSp}
}

func (t diagnostic) youden() float64 { return t.se + t.sp - 1 }

func (t diagnostic) corrected(apparent float64) float64 {
	return (apparent + t.sp - 1) / t.youden()
}

// errorTerms are the parts of the variance that Se and Sp bring.
func (t diagnostic) errorTerms() (se, sp float64) {
	return t.se * (1 - t.se) / t.nSe, t.sp * (1 - t.sp) / t.nSp
}

// deltaSE is the standard error of a corrected rate by the delta method.
func (t diagnostic) deltaSE(apparent, n float64) float64 {
	rate := t.corrected(apparent)
	se, sp := t.errorTerms()
	return math.Sqrt(apparent*(1-apparent)/n+rate*rate*se+(1-rate)*(1-rate)*sp) / t.youden()
}

func (r *TrueRate) correct(flagged, n int, v Validation) {
	z := critical(r.Level)
	t := testOf(float64(v.KSe), float64(v.NSe), float64(v.KSp), float64(v.NSp))
	apparent := r.Apparent.value
	r.Raw = Known(t.corrected(apparent))
	r.Value = Known(unit(r.Raw.value))
	lo, hi := wilson(apparent, float64(n), z)
	r.KnownLo, r.KnownHi = Known(unit(t.corrected(lo))), Known(unit(t.corrected(hi)))
	r.DeltaSE = Known(t.deltaSE(apparent, float64(n)))
	r.Lo, r.Hi = langReiczigel(float64(flagged), float64(n), v, z)
}

// langReiczigel adds z²/2 to the counts of the rate and one success and one
// failure to those of Se and Sp, and shifts the middle.
func langReiczigel(flagged, n float64, v Validation, z float64) (lo, hi Quantity) {
	t := testOf(float64(v.KSe+1), float64(v.NSe+2), float64(v.KSp+1), float64(v.NSp+2))
	if t.youden() <= 0 {
		lo = Unknown("so few validated samples do not tell this monitor from chance")
		return lo, lo
	}
	apparent := (flagged + z*z/2) / (n + z*z)
	rate := t.corrected(apparent)
	se, sp := t.errorTerms()
	mid := rate + 2*z*z*(rate*se-(1-rate)*sp)
	half := z * t.deltaSE(apparent, n+z*z)
	return Known(unit(mid - half)), Known(unit(mid + half))
}

// unit clips to 0–1.
func unit(v float64) float64 { return max(0, min(1, v)) }

// Estimate returns the corrected rate with the Lang–Reiczigel interval.
func (r TrueRate) Estimate() (Estimate, error) {
	for _, q := range []Quantity{r.Value, r.Lo, r.Hi} {
		if _, err := q.Value(); err != nil {
			return Estimate{}, err
		}
	}
	return Estimate{
		Value: r.Value.value, Lo: r.Lo.value, Hi: r.Hi.value, Level: r.Level, N: r.N, Unit: Samples, Method: "Rogan–Gladen, Lang–Reiczigel",
		Notes: []string{"holds only if the monitor errs here as it did on the validated samples"},
	}, nil
}
