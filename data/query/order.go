package query

import "strings"

// ParseOrder reads a column's name, with - in front for descending order.
// The error is a *SyntaxError.
func ParseOrder(text string) (Order, error) {
	name, descending := strings.CutPrefix(strings.TrimSpace(text), "-")
	if name == "" {
		return Order{}, &SyntaxError{Query: text, Off: len(text), Msg: "a column to sort by is missing"}
	}
	return Order{Field: name, Descending: descending}, nil
}

// String returns the text that ParseOrder reads.
func (o Order) String() string {
	if o.Descending {
		return "-" + o.Field
	}
	return o.Field
}

// MarshalText returns the canonical text.
func (o Order) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText parses text; errors are *SyntaxError.
func (o *Order) UnmarshalText(text []byte) error {
	v, err := ParseOrder(string(text))
	if err == nil {
		*o = v
	}
	return err
}
