package formats

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// maxText is how much of one body of text is kept.
const maxText = 4 << 20

// texts adds the sample's bodies of text.
func (l *log) texts(row int, s object) error {
	r := resolver{log: l, attachments: s["attachments"], old: at(s, "transcript", "content")}
	messages := listOf(s["messages"])
	answer, thought := r.answer(s, messages)
	for _, t := range []struct{ part, body string }{
		{"prompt", r.input(s["input"])},
		{"messages", r.transcript(messages)},
		{"cot", thought},
		{"action", answer},
		{"rationale", r.rationale(s)},
		{"target", r.plain(inlineOf(s["target"]))},
		{"error", textOf(firstOf(at(s, "error", "message"), s["error"]))},
	} {
		if strings.TrimSpace(t.body) == "" {
			continue
		}
		if err := l.to.Text(row-l.first, t.part, bounded(t.body)); err != nil {
			return err
		}
	}
	return nil
}

func bounded(body string) string {
	if len(body) <= maxText {
		return body
	}
	return strings.ToValidUTF8(body[:maxText], "") + fmt.Sprintf("\n[… %s bytes left out]", thousands(len(body)-maxText))
}

// A resolver writes content as text and puts attachments in their places.
type resolver struct {
	log         *log
	attachments node
	old         node // where logs of 2024 keep them
}

var reference = regexp.MustCompile(`^(attachment|tc)://(\S+)$`)

// plain returns a text, or the attachment that it refers to.
func (r resolver) plain(text string) string {
	m := reference.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	for _, from := range []node{r.attachments, r.old} {
		if v := textOf(at(from, m[2])); v != "" {
			return v
		}
		if i, err := strconv.Atoi(m[2]); err == nil && i >= 0 && i < len(listOf(from)) {
			return textOf(listOf(from)[i])
		}
	}
	r.log.tally.detached++
	return "[attachment not in file]"
}

// input writes the sample's input: a text, or the messages of one.
func (r resolver) input(n node) string {
	if list := listOf(n); len(list) == 1 {
		text, _ := r.content(at(list[0], "content"))
		return text
	} else if len(list) > 1 {
		return r.transcript(list)
	}
	return r.plain(textOf(n))
}

// content writes a message's content, and apart from it the reasoning in it.
func (r resolver) content(n node) (text, thought string) {
	if s, ok := n.(string); ok {
		return cutThink(r.plain(s))
	}
	var texts, thoughts []string
	for _, part := range listOf(n) {
		switch kind := textOf(at(part, "type")); kind {
		case "text":
			t, also := cutThink(r.plain(textOf(at(part, "text"))))
			texts, thoughts = appendText(texts, t), appendText(thoughts, also)
		case "reasoning":
			t := textOf(at(part, "reasoning"))
			if at(part, "redacted") == true {
				t = cmp.Or(textOf(at(part, "summary")), "[redacted]")
			}
			thoughts = appendText(thoughts, r.plain(t))
		default:
			texts = appendText(texts, "["+cmp.Or(kind, "part")+"]")
		}
	}
	return strings.Join(texts, "\n"), strings.Join(thoughts, "\n\n")
}

func appendText(list []string, s string) []string {
	if s == "" {
		return list
	}
	return append(list, s)
}

// cutThink takes reasoning in <think> marks out of a text.
func cutThink(text string) (rest, thought string) {
	from := strings.Index(text, "<think>")
	to := strings.Index(text, "</think>")
	switch {
	case to < 0 || from > to:
		return text, ""
	case from < 0: // templates that put the opening mark into the prompt
		return strings.TrimSpace(text[to+len("</think>"):]), strings.TrimSpace(text[:to])
	}
	return strings.TrimSpace(text[:from] + text[to+len("</think>"):]), strings.TrimSpace(text[from+len("<think>") : to])
}

// answer returns what the model said in the end, and all of its reasoning.
func (r resolver) answer(s object, messages []node) (answer, thought string) {
	var thoughts []string
	for _, m := range messages {
		if textOf(at(m, "role")) != "assistant" {
			continue
		}
		text, t := r.content(at(m, "content"))
		thoughts = appendText(thoughts, t)
		if text = r.withCalls(text, m); text != "" {
			answer = text
		}
	}
	if choices := listOf(at(s, "output", "choices")); len(choices) > 0 {
		text, t := r.content(at(choices[0], "message", "content"))
		if text != "" {
			answer = text
		}
		if len(thoughts) == 0 {
			thoughts = appendText(thoughts, t)
		}
	}
	if answer == "" {
		answer, _ = cutThink(r.plain(textOf(at(s, "output", "completion"))))
	}
	return answer, strings.Join(thoughts, "\n\n")
}

// withCalls adds the message's tool calls to its text.
func (r resolver) withCalls(text string, m node) string {
	for _, call := range listOf(at(m, "tool_calls")) {
		if text != "" {
			text += "\n"
		}
		text += "→ " + textOf(at(call, "function")) + " " + r.arguments(at(call, "arguments"))
	}
	return text
}

func (r resolver) arguments(n node) string {
	o := objectOf(n)
	if len(o) == 1 {
		for _, v := range o {
			return r.plain(inlineOf(v))
		}
	}
	return inlineOf(n)
}

// transcript writes messages one after another, each under its role.
func (r resolver) transcript(messages []node) string {
	var b strings.Builder
	for _, m := range messages {
		role := cmp.Or(textOf(at(m, "role")), "message")
		if f := textOf(at(m, "function")); f != "" {
			role += ": " + f
		}
		text, thought := r.content(at(m, "content"))
		fmt.Fprintf(&b, "[%s]\n", role)
		if thought != "" {
			fmt.Fprintf(&b, "(thinking)\n%s\n(end of thinking)\n", thought)
		}
		b.WriteString(r.withCalls(text, m))
		if e := textOf(at(m, "error", "message")); e != "" {
			b.WriteString("\n[error] " + e)
		}
		b.WriteString("\n\n")
		if b.Len() > 2*maxText {
			break
		}
	}
	return strings.TrimSpace(b.String())
}

// rationale joins the explanations of scores, each under its scorer where
// there are several.
func (r resolver) rationale(s object) string {
	scores := objectOf(s["scores"])
	if scores == nil && s["score"] != nil {
		scores = object{"score": s["score"]}
	}
	var parts []string
	for _, name := range sortedKeys(scores) {
		text := r.plain(textOf(at(scores[name], "explanation")))
		if text == "" {
			continue
		}
		if len(scores) > 1 {
			text = name + ":\n" + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n\n")
}
