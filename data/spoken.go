package data

import "strings"

// written are words of names that are written in another way than their
// letters say.
var written = map[string]string{
	"cot": "CoT", "rl": "RL", "em": "EM", "sft": "SFT", "llm": "LLM", "id": "ID", "ood": "OOD", "kl": "KL", "ip": "IP", "auroc": "AUROC", "tpr": "TPR", "fpr": "FPR",
}

// Written returns a word of a name as people write it: "CoT" for cot.
func Written(word string) string {
	if w, ok := written[strings.ToLower(word)]; ok {
		return w
	}
	return word
}

// Spoken writes an identifier as words: negative_inoculation is shown as
// "negative inoculation", cot_pressure as "CoT pressure". Text with spaces is
// somebody's own and stays.
func Spoken(name string) string {
	if strings.ContainsAny(name, " \n") || !strings.Contains(name, "_") {
		return name
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' })
	for i, w := range words {
		words[i] = Written(w)
	}
	return strings.Join(words, " ")
}
