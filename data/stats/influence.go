package stats

// An Influence is what one seed, or one pair of seeds, does to a mean.
type Influence struct {
	Index   int     // position of the value left out
	Without float64 // the mean of the others
	Change  float64 // Without less the mean of all
	Flips   bool    // whether the mean changes its sign
}

// LeaveOneOut returns the mean without each value in turn, in the order of
// the values; for a paired comparison, pass the differences. NotEstimable for
// fewer than two values.
func LeaveOneOut(values []float64) ([]Influence, error) {
	m, err := Mean(values)
	if err != nil {
		return nil, err
	}
	if len(values) < 2 {
		return nil, Because("leaving out the only value leaves none")
	}
	out := make([]Influence, len(values))
	for i, without := range JackknifeMeans(values) {
		out[i] = Influence{Index: i, Without: without, Change: without - m, Flips: without*m < 0}
	}
	return out, nil
}

// MostInfluential returns the Influence with the largest change.
func MostInfluential(values []float64) (Influence, error) {
	all, err := LeaveOneOut(values)
	if err != nil {
		return Influence{}, err
	}
	most := all[0]
	for _, one := range all[1:] {
		if one.Change*one.Change > most.Change*most.Change {
			most = one
		}
	}
	return most, nil
}
