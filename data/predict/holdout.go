package predict

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A HoldOut says which runs are kept from fitting, to be scored. It is
// written as a text: "odd" or "even" seeds, "none", every so many, such as
// "every 3", or seeds by name, such as "1,3,5". The zero value is odd seeds.
type HoldOut string

// The rules that have names.
const (
	OddSeeds  HoldOut = "odd"
	EvenSeeds HoldOut = "even"
	NoSeeds   HoldOut = "none"
)

// ParseHoldOut reads a rule.
func ParseHoldOut(text string) (HoldOut, error) {
	switch h := HoldOut(strings.TrimSpace(text)); h {
	case "":
		return OddSeeds, nil
	case OddSeeds, EvenSeeds, NoSeeds:
		return h, nil
	default:
		if rest, is := strings.CutPrefix(string(h), "every "); is {
			if k, err := strconv.Atoi(strings.TrimSpace(rest)); err != nil || k < 2 {
				return "", fmt.Errorf("hold out every 2 seeds or more; %q is no such rule", text)
			}
			return h, nil
		}
		if slices.Contains(h.seeds(), "") {
			return "", fmt.Errorf("held-out seeds are odd, even, none, every 3, or a list such as 1,3,5; %q is none of these", text)
		}
		return h, nil
	}
}

// every is k of the rule "every k", 0 of another rule.
func (h HoldOut) every() int {
	rest, _ := strings.CutPrefix(string(h), "every ")
	k, err := strconv.Atoi(strings.TrimSpace(rest))
	if err != nil || rest == string(h) {
		return 0
	}
	return k
}

func (h HoldOut) seeds() []string {
	out := strings.Split(string(h), ",")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// String says the rule in words, such as "odd seeds held out".
func (h HoldOut) String() string {
	switch h {
	case "", OddSeeds:
		return "odd seeds held out"
	case EvenSeeds:
		return "even seeds held out"
	case NoSeeds:
		return "no seeds held out"
	}
	if k := h.every(); k > 0 {
		return fmt.Sprintf("seeds divisible by %d held out", k)
	}
	return "seeds " + strings.Join(h.seeds(), ", ") + " held out"
}

// holds tells for each run whether it is held out. Runs whose seed is no
// whole number are counted within their arm instead.
func (h HoldOut) holds(o *Observed) map[string]bool {
	out, nth := map[string]bool{}, map[string]int{}
	for _, s := range o.Series {
		if _, known := out[s.Run]; known {
			continue
		}
		number, err := strconv.Atoi(s.Seed)
		if err != nil {
			number = nth[s.Arm]
		}
		nth[s.Arm]++
		switch h {
		case "", OddSeeds:
			out[s.Run] = number%2 != 0
		case EvenSeeds:
			out[s.Run] = number%2 == 0
		case NoSeeds:
			out[s.Run] = false
		default:
			k := h.every()
			out[s.Run] = k > 0 && number%k == 0 || k == 0 && slices.Contains(h.seeds(), s.Seed)
		}
	}
	return out
}
