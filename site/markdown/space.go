package markdown

import (
	"bytes"
	"regexp"
)

var (
	noBreakSpace = []byte("\u00a0")
	zeroWidth    = []byte("\u200b")

	// hardStart is what a keyboard or a word processor makes of the start of a line: a
	// marker with a no-break or invisible space before or behind it, which Markdown
	// takes for text.
	hardStart = regexp.MustCompile(`^(?:[ \t]|\x{a0}|\x{200b}|\x{feff})*(?:(?:#{1,6}|[-*+]|\d{1,9}[.)]|>)(?:[ \t]|\x{a0})|\x60{3}|~{3}|\|)`)
)

// symbols are what word processors write with the characters of a symbol font, which
// no other font has. All are three bytes long.
var symbols = [...][2][]byte{
	{[]byte("\uf0b7"), []byte("•")},
	{[]byte("\uf0a7"), []byte("▪")},
	{[]byte("\uf0d8"), []byte("➢")},
	{[]byte("\uf0e0"), []byte("→")},
	{[]byte("\uf0fc"), []byte("✓")},
	{[]byte("\uf0fe"), []byte("☑")},
	{[]byte("\uf0a8"), []byte("☐")},
}

// restoreSymbols gives the characters of symbol fonts that texts are pasted with the
// ones that every font has.
func restoreSymbols(src []byte) []byte {
	if !bytes.Contains(src, []byte("\xef\x82")) && !bytes.Contains(src, []byte("\xef\x83")) {
		return src
	}
	for _, s := range symbols {
		src = bytes.ReplaceAll(src, s[0], s[1])
	}
	return src
}

// softenSpaces turns the no-break spaces around the markers that lines begin with into
// plain ones and drops invisible ones, outside fenced code.
func softenSpaces(src []byte) []byte {
	if !bytes.Contains(src, noBreakSpace) && !bytes.Contains(src, zeroWidth) && !bytes.Contains(src, byteOrderMark) {
		return src
	}
	out := make([]byte, 0, len(src))
	var fence []byte
	for line := range bytes.Lines(src) {
		if fence == nil {
			line = softenStart(line)
		}
		fence = fenceAfter(line, fence)
		out = append(out, line...)
	}
	return out
}

func softenStart(line []byte) []byte {
	start := hardStart.Find(line)
	if len(start) == 0 {
		return line
	}
	soft := bytes.ReplaceAll(start, noBreakSpace, []byte(" "))
	soft = bytes.ReplaceAll(bytes.ReplaceAll(soft, zeroWidth, nil), byteOrderMark, nil)
	return append(soft, line[len(start):]...)
}

// fenceAfter returns the marker of the fence that is open behind the line, nil for
// none. open is the one before it.
func fenceAfter(line, open []byte) []byte {
	text := bytes.TrimLeft(line, " ")
	if len(line)-len(text) > 3 {
		return open
	}
	if open != nil {
		if bytes.HasPrefix(text, open) && len(bytes.Trim(text, string(open[:1])+" \t\n")) == 0 {
			return nil
		}
		return open
	}
	for _, c := range []string{"`", "~"} {
		if n := len(text) - len(bytes.TrimLeft(text, c)); n >= 3 {
			return text[:n]
		}
	}
	return nil
}
