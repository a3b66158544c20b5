package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

// maxEntity is the length of the longest character reference, "&" and ";" included.
const maxEntity = 34

// plain resolves the backslashes and character references of inline text.
func plain(value []byte) string {
	if bytes.IndexByte(value, '\\') < 0 && bytes.IndexByte(value, '&') < 0 {
		return string(value)
	}
	var b strings.Builder
	b.Grow(len(value))
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && i+1 < len(value) && util.IsPunct(value[i+1]):
			i++
			b.WriteByte(value[i])
		case c == '&':
			text, length := reference(value[i:])
			b.WriteString(text)
			i += length - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// reference resolves the character reference at the start of value and returns its
// length; anything else that begins with "&" is that character.
func reference(value []byte) (string, int) {
	stop := bytes.IndexByte(value[:min(len(value), maxEntity)], ';')
	if stop < 2 {
		return "&", 1
	}
	written := string(value[:stop+1])
	text := html.UnescapeString(written)
	if text == written || strings.HasSuffix(text, ";") && text != ";" {
		return "&", 1
	}
	if text == "\x00" {
		text = "\uFFFD"
	}
	return text, stop + 1
}
