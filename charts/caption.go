package charts

import "strings"

// mostInCaption is how many rows a caption lists of a panel, fewInCaption of
// how many it says everything, and mostNotes how many notes it has.
const (
	mostInCaption = 12
	fewInCaption  = 6
	mostNotes     = 2
)

// inestimable is what is said in place of an estimate.
const inestimable = "not estimable"

// Caption writes the words that go under a figure in a paper: what is shown
// and how, the estimates as they are printed beside the marks, and what the
// reader must be told besides. Every number in it is one that the chart
// prints, so a caption is never of other data than its figure.
func Caption(s Spec) string {
	said := []string{s.Subtitle}
	for _, p := range s.Panels {
		if p.X.Title != "" && strings.HasPrefix(s.Subtitle, strings.TrimSuffix(p.X.Title, " (%)")) {
			p.X.Title = "" // the subtitle begins with it
		}
		said = append(said, p.words(len(s.Panels) > 1))
	}
	notes := s.Notes
	if len(notes) > mostNotes+1 {
		notes = append(notes[:mostNotes:mostNotes], "and "+Count(float64(len(s.Notes)-mostNotes), "further note"))
	}
	said = append(said, notes...)
	var out []string
	for _, text := range said {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, stopped(upperFirst(text)))
		}
	}
	return strings.Join(out, " ")
}

// stopped ends a sentence.
func stopped(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// Gist is one line on a chart's unit and interval, for a small picture of it:
// the sentence of the subtitle that names an interval, else the last.
func Gist(s Spec) string {
	sentences := strings.Split(s.Subtitle, ". ")
	for _, word := range []string{"interval", "pointwise", "paired"} {
		for _, sentence := range sentences {
			if strings.Contains(sentence, word) {
				return upperFirst(strings.TrimPrefix(sentence, "Right: "))
			}
		}
	}
	return upperFirst(sentences[len(sentences)-1])
}

// words are the estimates that a panel prints, as a sentence; "" where it
// prints none.
func (p Panel) words(named bool) string {
	list, what := p.estimates(), p.Head
	switch {
	case len(list) > 0:
	case p.Y.Kind == Rows:
		list = p.printed()
	case p.X.Kind == Rows:
		list = p.changes()
	default:
		list = p.ends()
	}
	if len(list) == 0 {
		list, what = p.marked(), p.Head
	}
	if len(list) == 0 {
		return ""
	}
	if what == "" && (named || len(p.estimates()) > 0) && p.X.Kind != Rows {
		what = p.X.Title
	}
	if over := len(list) - mostInCaption; over > 1 {
		list = append(list[:mostInCaption:mostInCaption], "and "+Whole.Text(float64(over), 0)+" more")
	}
	text := strings.Join(list, "; ")
	if what == "" {
		return text
	}
	return what + ": " + text
}

// estimates are those that are printed over their marks.
func (p Panel) estimates() (out []string) {
	for _, l := range p.Layers {
		if l.Mark == "estimate" && len(l.Text) > 0 {
			out = append(out, joined(" ", l.Name, joined(", ", l.Text...)))
		}
	}
	return out
}

// printed are the estimates right of the rows.
func (p Panel) printed() (out []string) {
	many, without := len(p.Side) > fewInCaption, 0
	for _, b := range p.Side {
		name, text := p.Y.rowName(b.At), b.words(many)
		switch {
		case name == "":
		case many && strings.HasPrefix(text, inestimable):
			without++
		default:
			out = append(out, name+" "+text)
		}
	}
	if without > 0 {
		out = append(out, Count(float64(without), "row")+" "+inestimable)
	}
	if len(p.Side) > 0 || p.X.Kind != Rows {
		return out
	}
	for _, l := range p.Layers {
		if l.Mark != "cell" || len(l.Text) > mostInCaption {
			continue
		}
		for i, text := range l.Text {
			out = append(out, joined(", ", p.Y.rowName(l.Y.at(i)), p.X.rowName(l.X.at(i)))+" "+text)
		}
	}
	return out
}

// changes are the texts beside lines between two conditions.
func (p Panel) changes() (out []string) {
	name := ""
	if n := len(p.X.Rows); n > 0 {
		name = p.X.rowName(p.X.Rows[n-1].At)
	}
	for _, b := range p.Side {
		out = append(out, joined(" ", name, b.words(false)))
		name = ""
	}
	return out
}

// ends are the texts at the ends of lines.
func (p Panel) ends() (out []string) {
	for _, b := range p.Side {
		out = append(out, b.words(false))
	}
	return out
}

// marked are the estimates that can be read by pointing at them.
func (p Panel) marked() (out []string) {
	for _, l := range p.Layers {
		if l.Mark != "cross" && l.Mark != "point" {
			continue
		}
		for _, t := range l.Source {
			if head, _, _ := strings.Cut(t.Text, "\n"); t.Unit < 0 && head != "" {
				out = append(out, head)
			}
		}
	}
	return out
}

// rowName is the name of the row at a place, without what else is said there.
func (a Axis) rowName(at float64) string {
	for _, b := range a.Rows {
		if b.At == at && len(b.Forms) > 0 && len(b.Forms[0]) > 0 {
			return b.Forms[0][0].Text
		}
	}
	return ""
}

// words are a block's fullest form on one line: its interval follows its
// estimate, and counts follow in parentheses unless it is to be brief.
func (b Block) words(brief bool) string {
	if len(b.Forms) == 0 {
		return ""
	}
	head, rest, counts := []string{}, []string{}, false
	for _, l := range b.Forms[0] {
		text := strings.TrimSpace(l.Text)
		switch {
		case text == "":
			counts = len(head) > 0
		case counts:
			rest = append(rest, text)
		case len(head) == 1 && head[0] == inestimable:
			head = []string{inestimable + ", because " + text}
		case l.Muted && len(head) == 1 && !b.Forms[0][0].Bold && b.Forms[0][0].Role == "" && !b.Forms[0][0].Muted:
			rest = append(rest, text)
		case l.Role != "" && l.Role != indent && len(head) > 0:
			head = append(head, "and "+text)
		default:
			head = append(head, text)
		}
	}
	text := strings.Join(head, " ")
	if len(rest) > 0 && !brief {
		text += " (" + strings.Join(rest, ", ") + ")"
	}
	return text
}
