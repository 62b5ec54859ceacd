package figure

import (
	"fmt"
	"strings"
)

// Numbered is the name of a figure's file that sorts in the order of the talk:
// 03-most-seeds-never-pass.png.
func Numbered(number int, title, end string) string {
	return fmt.Sprintf("%02d-%s%s", number, FileName(title, "figure"), end)
}

// FileName makes a file's name of a title.
func FileName(title, otherwise string) string {
	const most = 60
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= most {
			break
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return otherwise
}
