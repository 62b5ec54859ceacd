package predict

import (
	"fmt"
	"math"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// The columns that frames of this package have besides those of package frame.
const (
	PatternColumn     = "pattern"
	IdentifiedColumn  = "identified" // 0 where the data cannot tell this part from others
	PredictedColumn   = "predicted"
	PredictedLoColumn = "predicted_lo"
	PredictedHiColumn = "predicted_hi"
	ForecastColumn    = "forecast"
	BinLoColumn       = "bin_lo"
	BinHiColumn       = "bin_hi"
	PriorColumn       = "prior"
	ContrastColumn    = "contrast"
	DeployedColumn    = "deployed" // 1 for steps of deployment
	WhenColumn        = "when"     // a step in words
	ContextColumn     = "context"
	SamplesColumn     = "samples"   // until a gap is expected to settle which holds
	PredictsColumn    = "predicts " // before a mechanism's name
)

// FitNote is the ID of the note that says how a frame's numbers were fitted,
// for a chart's subtitle.
const FitNote = "fit"

// sheet builds a frame column by column, a cell at a time.
type sheet struct {
	f  frame.Frame
	at map[string]int
}

func newSheet(text []string, num ...string) *sheet {
	s := &sheet{at: map[string]int{}}
	for _, name := range text {
		s.at[name] = len(s.f.Columns)
		s.f.Columns = append(s.f.Columns, frame.Column{Name: name, Text: []string{}})
	}
	for _, name := range num {
		s.at[name] = len(s.f.Columns)
		s.f.Columns = append(s.f.Columns, frame.Column{Name: name, Num: []float64{}})
	}
	return s
}

func (s *sheet) text(name, v string) *sheet {
	c := &s.f.Columns[s.at[name]]
	c.Text = append(c.Text, v)
	return s
}

func (s *sheet) num(name string, v float64) *sheet { return s.maybe(name, v, "") }

// maybe adds a number, or NaN with the reason.
func (s *sheet) maybe(name string, v float64, why string) *sheet {
	c := &s.f.Columns[s.at[name]]
	if why != "" {
		v = math.NaN()
		for len(c.Why) < len(c.Num) {
			c.Why = append(c.Why, "")
		}
	}
	if c.Num = append(c.Num, v); why != "" || c.Why != nil {
		c.Why = append(c.Why, why)
	}
	return s
}

func (s *sheet) quantity(name string, q stats.Quantity) *sheet {
	v, err := q.Value()
	return s.maybe(name, v, stats.Reason(err))
}

func (s *sheet) keys(keys []frame.Key) { s.f.Keys = append(s.f.Keys, keys) }

func (s *sheet) note(id, text string, bad bool) {
	if text != "" {
		s.f.Notes = append(s.f.Notes, frame.Note{Row: -1, ID: id, Text: text, Bad: bad})
	}
}

// roles paint patterns by what they mean: the intended motivation as a
// placebo, those that hack as what discourages, schemers apart.
var roles = map[motive.Category]string{
	motive.Intended: "irrelevant", motive.Follower: "irrelevant",
	motive.Persona: "discouraging", motive.SeekerReward: "discouraging", motive.SeekerAction: "discouraging", motive.SeekerInfluence: "discouraging",
	motive.Kludge: "inoculation_general", motive.Schemer: "other", motive.Wireheader: "baseline",
}

// notes say whose equations the numbers come from and what was fitted.
func (c *Computed) notes(s *sheet) {
	s.note("label", motive.Label, false)
	s.note(FitNote, c.FitWords(), false)
}

// FitWords say what was fitted, on which runs.
func (c *Computed) FitWords() string {
	if c.Fit == nil {
		return fmt.Sprintf("model as given, η %.3f", c.Model.Params.Eta)
	}
	e := c.Fit.Eta
	return fmt.Sprintf("fitted η %.3f [%.3f, %.3f] and %s, %s", e.Value, e.Lo, e.Hi, plural(len(c.Fit.Offsets), "offset"), c.Options.HoldOut)
}

func b2f(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// merged tells whether a pattern acts like another.
func (c *Computed) merged(pattern int) bool {
	for _, g := range c.Identified.Groups {
		for _, i := range g.Patterns {
			if i == pattern {
				return true
			}
		}
	}
	return false
}

// stacked is the order of stacking: identified patterns first.
func (c *Computed) stacked() []int {
	var out []int
	for _, merged := range []bool{false, true} {
		for i := range c.Model.Patterns {
			if c.merged(i) == merged {
				out = append(out, i)
			}
		}
	}
	return out
}

// RatesFrame is the rates of arms at the checkpoints beside what was
// observed, for charts.Predicted: a row an arm, evaluation and checkpoint.
// Deployment is left out, since nothing of it is observed.
func (c *Computed) RatesFrame() frame.Frame {
	s := newSheet([]string{c.seen.By, data.Eval, data.EvalPrompt, data.Family, frame.Method},
		data.Step, PredictedColumn, PredictedLoColumn, PredictedHiColumn, frame.Value, frame.Lo, frame.Hi, frame.Level, frame.K, frame.N, frame.Seeds)
	for _, r := range c.Rates() {
		if r.Deployment >= 0 {
			continue
		}
		s.text(c.seen.By, r.Arm).text(data.Eval, r.Eval).text(data.EvalPrompt, r.EvalPrompt)
		s.text(data.Family, first(c.seen.Arm(r.Arm).Family, familyOf("", r.Arm))).text(frame.Method, r.Interval.Method)
		s.num(data.Step, r.Step).quantity(PredictedColumn, r.Predicted).num(PredictedLoColumn, math.NaN()).num(PredictedHiColumn, math.NaN())
		s.quantity(frame.Value, r.Observed).maybe(frame.Lo, r.Interval.Lo, r.Why).maybe(frame.Hi, r.Interval.Hi, r.Why)
		s.num(frame.Level, c.Options.level()).num(frame.K, r.K).num(frame.N, r.N).num(frame.Seeds, float64(r.Runs))
		s.keys(Series{Arm: r.Arm, Eval: r.Eval, EvalPrompt: r.EvalPrompt, Grader: r.Grader}.Keys(c.seen.By))
	}
	s.note("label", motive.Label, false)
	if words := c.FitWords(); c.heldOutOnly() {
		s.note(FitNote, words+", and shown here", false)
	} else {
		s.note(FitNote, words, false)
	}
	return s.f
}

// TornadoFrame is the share of a pattern after the last step of an arm, with
// each weight of the prior at 0 and at twice its value, for charts.Tornado.
// A fitted model is fitted anew for each of them, so that only what the data
// leave open moves. Weights of 0 stay 0 and are left out.
func (c *Computed) TornadoFrame(arm, pattern string) frame.Frame {
	s := newSheet([]string{PriorColumn, PatternColumn}, frame.Lo, frame.Hi, frame.Value)
	stands := c.lastShare(arm, pattern)
	for _, name := range motive.Weights {
		m := c.given
		weight := m.Prior.Weight(name)
		at := *weight
		if at == 0 {
			continue
		}
		s.text(PriorColumn, name).text(PatternColumn, pattern).quantity(frame.Value, stands)
		s.keys([]frame.Key{{Field: c.seen.By, Value: arm}})
		*weight = 0
		s.quantity(frame.Lo, c.again(m).lastShare(arm, pattern))
		*weight = 2 * at
		s.quantity(frame.Hi, c.again(m).lastShare(arm, pattern))
	}
	c.notes(s)
	return s.f
}

// again computes another model in the same way; nil where it has no answer.
func (c *Computed) again(m motive.Model) *Computed {
	p := c.Options
	p.Readings = c.Readings
	out, err := Compute(m, c.seen, p)
	if err != nil {
		return nil
	}
	return out
}

// lastShare is a pattern's share after the last step of an arm.
func (c *Computed) lastShare(arm, pattern string) stats.Quantity {
	if c == nil {
		return stats.Unknown("the model has no answer there")
	}
	p, ok := c.Path(arm)
	for i, q := range c.Model.Patterns {
		if ok && q.Name == pattern {
			return stats.Known(p.Training.Last()[i])
		}
	}
	return stats.Unknown("the model has no such pattern")
}

// Doubtful is the pattern whose share depends most on what the data cannot
// say: a schemer among those that act alike, else the last of them, else the
// model's last pattern.
func (c *Computed) Doubtful() string {
	last := c.Model.Patterns[len(c.Model.Patterns)-1].Name
	for _, g := range c.Identified.Groups {
		last = g.Names[len(g.Names)-1]
		for _, i := range g.Patterns {
			if c.Model.Patterns[i].Category == motive.Schemer {
				return c.Model.Patterns[i].Name
			}
		}
	}
	return last
}

// CalibrationFrame is what the model said of held-out runs, for
// charts.Calibration: see Table.Calibrate.
func (f Forecast) CalibrationFrame(bins int, threshold float64) frame.Frame {
	s := newSheet([]string{frame.Method}, ForecastColumn, frame.Value, frame.Lo, frame.Hi, frame.Level, frame.K, frame.N, BinLoColumn, BinHiColumn)
	all, _, _ := f.Calibrate(OfModel, bins, threshold)
	for _, b := range all {
		s.text(frame.Method, b.Rate.Method).num(ForecastColumn, b.Forecast)
		s.num(frame.Value, b.Rate.Value).num(frame.Lo, b.Rate.Lo).num(frame.Hi, b.Rate.Hi).num(frame.Level, b.Rate.Level)
		s.num(frame.K, float64(b.K)).num(frame.N, float64(b.N)).num(BinLoColumn, b.Lo).num(BinHiColumn, b.Hi)
	}
	s.note("label", motive.Label, false)
	s.note(FitNote, fmt.Sprintf("%s, from step %g, η %.3f of the other runs", plural(len(f.Outcomes), "held-out run"), f.From, f.Eta.Value), false)
	return s.f
}

// Frame is the contrasts for charts.Mechanisms, a row a contrast, in points.
func (p Panel) Frame() frame.Frame {
	num := []string{}
	for _, name := range motive.Mechanisms {
		num = append(num, PredictsColumn+name)
	}
	s := newSheet([]string{ContrastColumn, frame.DiffVia}, append(num, frame.Diff, frame.DiffLo, frame.DiffHi, frame.Level, frame.Pairs)...)
	for _, t := range p.Rows {
		e := stats.Estimate{}
		if t.Estimate != nil {
			e = *t.Estimate
		}
		s.text(ContrastColumn, t.Contrast.Title).text(frame.DiffVia, e.Method)
		for m, name := range motive.Mechanisms {
			s.num(PredictsColumn+name, float64(t.Contrast.Sign[m]))
		}
		s.maybe(frame.Diff, e.Value, t.Why).maybe(frame.DiffLo, e.Lo, t.Why).maybe(frame.DiffHi, e.Hi, t.Why).num(frame.Level, e.Level).num(frame.Pairs, pairsOf(t))
		s.keys(t.Keys)
	}
	s.note(FitNote, p.Compared(), false)
	for _, text := range p.Sentences() {
		s.note("mechanisms", text, false)
	}
	return s.f
}

// pairsOf is NaN where nothing was paired.
func pairsOf(t Tested) float64 {
	if t.Pairs == 0 {
		return math.NaN()
	}
	return float64(t.Pairs)
}

// Compared says which acts were compared under which evaluation prompt.
func (p Panel) Compared() string {
	text := "undesired " + first(p.Arms[Undesired], "act not found") + ", desired " + first(p.Arms[Desired], "act not found")
	if prompt := p.Arms[NeutralEval]; prompt != "" {
		text += ", eval prompt " + prompt
	}
	return text
}
