package charts

import "math"

// An Along says what the horizontal axis of curves is.
type Along string

// The axes. Steps since the onset are negative before it.
const (
	Steps      Along = ""
	Epochs     Along = "epoch"
	Tokens     Along = "tokens"
	Fraction   Along = "fraction"
	SinceOnset Along = "onset"
)

// title names the axis.
func (a Along) title() string {
	switch a {
	case Epochs:
		return "Epoch"
	case Tokens:
		return "Training tokens"
	case Fraction:
		return "Part of the run's training"
	case SinceOnset:
		return "Steps since the seed's onset"
	}
	return "Training step"
}

// Place writes a place on the axis within a sentence: "step 85".
func (a Along) Place(x float64) string {
	switch a {
	case Epochs:
		return "epoch " + Free.Text(x, 0)
	case Tokens:
		return Large.Text(x, 0) + " tokens"
	case Fraction:
		return Percent.Text(x, 0) + " of training"
	case SinceOnset:
		switch {
		case x == 0:
			return "the step of the onset"
		case x < 0:
			return Count(-x, "step") + " before the onset"
		}
		return Count(x, "step") + " after the onset"
	}
	return "step " + stepName(x)
}

// stepAxis is the axis of real steps, labeled at its end, or what is chosen
// in its place.
func (o Options) stepAxis(steps Values) Axis {
	lo, hi, ok := extent(steps)
	if !ok {
		lo, hi = 0, 1
	}
	a := Axis{Lo: lo, Hi: hi, Format: Whole, Title: given(o.StepLabel, o.Along.title()), NoGrid: true, Last: true}
	switch {
	case o.Along == Fraction:
		a.Lo, a.Hi, a.Format, a.Last = math.Min(0, lo), math.Max(1, hi), Percent, false
	case o.Along == Tokens:
		a.Format, a.Last = Large, false
	case hi-lo < 3 || hi != math.Round(hi):
		a.Format, a.Last = Free, false
	}
	if lo > 0 && lo < (hi-lo)*0.15 {
		a.Lo = 0
	}
	if a.Lo == a.Hi {
		a.Lo, a.Hi, a.Last = lo-1, hi+1, false
	}
	if least := leastPositive(steps); o.LogX && lo >= 0 && least < hi {
		a.Kind, a.Least, a.Lo = LogZero, least, math.Min(lo, least)
	}
	return a
}

// logValues makes the axis of a measure logarithmic, where it has positive
// values that differ; 0 keeps a place.
func (a Axis) logValues(values ...Values) Axis {
	least := math.Inf(1)
	for _, v := range values {
		least = math.Min(least, leastPositive(v))
	}
	if !(least < a.Hi) {
		return a
	}
	round := math.Pow(10, math.Floor(math.Log10(least)+1e-9)) // a whole power of ten below
	a.Kind, a.Least, a.Lo, a.Ticks = LogZero, math.Max(round, a.Hi*1e-6), 0, nil
	a.Title = joined(", ", a.Title, "log scale, linear below "+a.Format.tickText(a.Least, a.Least))
	return a
}

// leastPositive is infinite where no value is positive.
func leastPositive(v Values) float64 {
	least := math.Inf(1)
	for _, x := range v {
		if x > 0 {
			least = math.Min(least, x)
		}
	}
	return least
}

// changeAxis is an axis of changes, symmetric about 0.
func (o Options) changeAxis(values ...Values) Axis {
	m := symmetric(values...)
	unit := ""
	if o.Scale == pointScale {
		m, unit = math.Min(m, 1), "percentage points"
	}
	return Axis{Lo: -m, Hi: m, Format: o.valueFormat(), Title: unit}
}
