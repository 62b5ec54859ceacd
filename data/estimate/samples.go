package estimate

import (
	"context"

	"witnessmark/data/frame"
)

func (p *plan) samples(ctx context.Context) (frame.Frame, error) { return frame.Frame{}, ctx.Err() }
