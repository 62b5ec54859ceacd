package formats

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

// A job is a block on its way through the parsers.
type job struct {
	block
	buf   []byte
	batch *batch
	err   error
	ready chan struct{}
}

// A pipeline reads blocks, parses several side by side, and hands them on in
// the order of the file, so that the outcome does not depend on timing. Only
// the calling goroutine touches the sink.
type pipeline struct {
	blocks *blocks
	parse  func(*batch, block)
	writer *writer
	sealed func(*writer) error // called after each batch; an error ends the read
}

// workers is how many blocks are parsed at a time.
func workers() int { return max(1, min(runtime.GOMAXPROCS(0), 4)) }

// run reads to the end, or until ctx is done or the sink fails.
func (p *pipeline) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	var wait sync.WaitGroup
	defer wait.Wait()
	defer cancel()
	n := workers()
	jobs, order, free := make(chan *job, n), make(chan *job, 2*n), make(chan *job, 3*n+2)
	wait.Go(func() { p.read(ctx, jobs, order, free) })
	for range n {
		wait.Go(func() { p.work(jobs) })
	}
	for j := range order {
		<-j.ready
		if j.err != nil {
			return j.err
		}
		if err := p.hand(ctx, j); err != nil {
			return err
		}
		select {
		case free <- j:
		default:
		}
	}
	return ctx.Err()
}

func (p *pipeline) hand(ctx context.Context, j *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := p.writer.take(j.batch, j.lines); err != nil {
		return err
	}
	p.writer.to.Progress(j.done)
	if p.sealed != nil {
		return p.sealed(p.writer)
	}
	return nil
}

func (p *pipeline) read(ctx context.Context, jobs, order chan<- *job, free <-chan *job) {
	defer close(order)
	defer close(jobs)
	for {
		j := &job{}
		select {
		case j = <-free:
		default:
		}
		j.ready = make(chan struct{})
		j.block, j.err = p.blocks.next(j.buf)
		if errors.Is(j.err, io.EOF) {
			return
		}
		if cap(j.data) > 0 {
			j.buf = j.data[:0]
		}
		failed := j.err != nil
		if failed {
			close(j.ready)
		}
		select {
		case order <- j:
		case <-ctx.Done():
			return
		}
		if failed {
			return
		}
		select {
		case jobs <- j:
		case <-ctx.Done():
			close(j.ready)
			return
		}
	}
}

func (p *pipeline) work(jobs <-chan *job) {
	for j := range jobs {
		if j.batch == nil {
			j.batch = newBatch(p.writer.plan)
		}
		j.batch.reset()
		if j.fault != nil {
			j.batch.fault(j.fault, []byte(j.detail))
		} else {
			p.parse(j.batch, j.block)
		}
		close(j.ready)
	}
}
