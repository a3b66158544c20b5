package record

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"faultline/site/problem"
)

// MaxBytes is the size of the largest file that is read: thousands of pages.
const MaxBytes = 16 << 20

// Decode makes UTF-8 text with \n line ends of the bytes of a file that is no
// incident, as Parse does for one that is. It is false, with the problem that says
// why, for bytes that are no text.
func Decode(path string, src []byte) ([]byte, problem.List, bool) { return decode(path, src) }

// decode makes UTF-8 text with \n line ends of a file's bytes, line for line. It is
// false, with the problem that says why, for bytes that are no text.
func decode(path string, src []byte) ([]byte, problem.List, bool) {
	if len(src) > MaxBytes {
		return nil, problem.List{{Rule: "file-too-large", Path: path,
			Text: fmt.Sprintf("file of %d MiB is larger than the %d MiB that are read", len(src)>>20, MaxBytes>>20),
			Hint: "move logs and dumps into a file of their own beside it"}}, false
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return nil, problem.List{{Rule: "utf-16", Path: path, Text: "file is in UTF-16", Hint: "save it as UTF-8"}}, false
	}
	if binary(src) {
		return nil, problem.List{{Rule: "binary-file", Path: path, Text: "file is not text",
			Hint: "save it as UTF-8, or rename it so that it does not look like a report"}}, false
	}
	var problems problem.List
	text := lineEnds(src)
	if i := bytes.IndexByte(text, 0); i >= 0 {
		p := problem.Problem{Rule: "nul-byte", Level: problem.Warning, Path: path,
			Text: fmt.Sprintf("text holds NUL bytes: %d", bytes.Count(text, []byte{0})),
			Hint: "remove what no editor shows; it stands as \ufffd in the page"}
		p.Line, p.Column = place(text, i)
		problems = append(problems, p)
		text = bytes.ReplaceAll(text, []byte{0}, []byte("\ufffd"))
	}
	if !utf8.Valid(text) {
		valid, p := toUTF8(text)
		p.Path = path
		return valid, append(problems, p), true
	}
	return text, problems, true
}

// binary reports whether a file is no text in any encoding that is read, from its
// first bytes: text has no NUL at its very start and few other control characters.
func binary(src []byte) bool {
	head := src[:min(len(src), 32)]
	if bytes.IndexByte(head, 0) >= 0 {
		return true
	}
	sample := src[:min(len(src), 8<<10)]
	control, foreign := 0, 0
	for i := 0; i < len(sample); {
		c := sample[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b' {
				control++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(sample[i:])
		if r == utf8.RuneError && size == 1 {
			foreign++
		}
		i += size
	}
	return control*10 > len(sample) || foreign*10 > 3*len(sample)
}

// lineEnds turns CRLF and CR into LF. Text without CR is returned as it is.
func lineEnds(src []byte) []byte {
	if bytes.IndexByte(src, '\r') < 0 {
		return src
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
}

// toUTF8 repairs text that is not UTF-8: as Windows-1252 where all of it can be
// that, else by replacing what cannot be read.
func toUTF8(text []byte) ([]byte, problem.Problem) {
	p := problem.Problem{Rule: "invalid-utf-8", Level: problem.Warning, Hint: "save the file as UTF-8"}
	p.Line, p.Column = place(text, firstInvalid(text))
	if windows1252(text) {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(text); err == nil {
			p.Text = "text is not UTF-8; it was read as Windows-1252"
			return decoded, p
		}
	}
	p.Text = "text is not UTF-8; what cannot be read is shown as \ufffd"
	return bytes.ToValidUTF8(text, []byte("\ufffd")), p
}

// windows1252 reports whether the text can be Windows-1252: it has no character of
// several bytes in UTF-8, and none of the five bytes that the code page leaves open.
func windows1252(text []byte) bool {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if size > 1 {
			return false
		}
		if r == utf8.RuneError && charmap.Windows1252.DecodeByte(text[i]) < 0xA0 && text[i] < 0xA0 {
			return false
		}
		i += size
	}
	return true
}

func firstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}

// place is the line and column of the byte at i, in characters.
func place(text []byte, i int) (line, column int) {
	before := text[:i]
	start := bytes.LastIndexByte(before, '\n') + 1
	return 1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(before[start:])
}
