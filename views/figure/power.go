package figure

import (
	"context"

	"witnessmark/data/contrast"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
)

// PowerOf names the one group whose power curve is drawn; "" for all.
const PowerOf = "power.of"

// powerCurves asks what the comparisons of a state could have shown, and what
// more seeds or items would.
func powerCurves(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	q := groups(s)
	q.By = q.By[:1]
	f, err := contrast.Study{Index: x}.PowerCurves(ctx, q, s.Option(PowerOf, ""))
	return []frame.Frame{f}, err
}
