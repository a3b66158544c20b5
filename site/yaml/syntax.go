package yaml

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"

	"faultline/site/problem"
)

// fault is a syntax error, its place relative to the text that was parsed.
type fault struct {
	line, column int
	message      string // the reader's
}

// trace moves the fault from the token at which the reader stopped to the place
// where the author went wrong, where that is another.
func (f *fault) trace(tk *token.Token) {
	switch {
	case strings.Contains(f.message, "must be specified"):
		if bracket := openBracket(tk); bracket != nil && bracket.Position.Line < f.line {
			f.line, f.column = bracket.Position.Line, bracket.Position.Column
		}
	case strings.Contains(f.message, "mapping value is not allowed"):
		// The token is the text before the colon with the lines it continues.
		if _, last, ok := cutLast(strings.TrimSpace(tk.Origin), "\n"); ok {
			f.line += strings.Count(strings.TrimSpace(tk.Origin), "\n")
			f.column = 1 + utf8.RuneCountInString(last) - utf8.RuneCountInString(strings.TrimLeft(last, " "))
		}
	case tk.Prev != nil && quoted(tk.Prev) && strings.Contains(tk.Prev.Origin, "\n"):
		// A quote that was not closed is closed by the next one that opens.
		f.line, f.column = tk.Prev.Position.Line, tk.Prev.Position.Column
		f.message = "double-quoted"
	}
}

// openBracket returns the bracket or brace that is still open before the token.
func openBracket(tk *token.Token) *token.Token {
	closed := 0
	for tk = tk.Prev; tk != nil; tk = tk.Prev {
		switch tk.Type {
		case token.SequenceEndType, token.MappingEndType:
			closed++
		case token.SequenceStartType, token.MappingStartType:
			if closed--; closed < 0 {
				return tk
			}
		}
	}
	return nil
}

func quoted(tk *token.Token) bool {
	return tk.Type == token.DoubleQuoteType || tk.Type == token.SingleQuoteType
}

// cutLast cuts s around the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// advice translates the reader's messages, the first that fits.
var advice = []struct{ part, text, hint string }{
	{"too deep", "lists and mappings lie too deep in each other", fmt.Sprintf("at most %d levels are read", maxDepth)},
	{"unreadable", "this YAML cannot be read", "write it more simply: one key: value to a line"},
	{"double-quoted", "quote is not closed", `add the closing "`},
	{"single-quoted", "quote is not closed", "add the closing '; an apostrophe inside is written twice"},
	{"']' not found", "bracket is not closed", "add the closing ]"},
	{"or ']' must", "bracket is not closed, or a comma is missing", "add the closing ] or the comma before this word"},
	{"'}' must", "brace is not closed, or a comma is missing", "add the closing } or the comma before this word"},
	{"token '}'", "brace is not closed", "add the closing }"},
	{"flow map content", "brace is not closed", "add the closing }"},
	{"corresponding to", "closing bracket without an opening one", "remove it, or put quotes around the text"},
	{`found character '` + "\t", "tab in the indentation", "indent with spaces"},
	{"tab character", "tab in the indentation", "indent with spaces"},
	{"mapping value is not allowed", "unexpected colon", "put quotes around text that holds \": \", or mend the indentation"},
	{"reserved character", "text cannot begin with this character", "put quotes around the text"},
	{"directive", "text cannot begin with %", "put quotes around the text"},
	{"unknown escape", `unknown escape in a quoted text`, `write \\ for a backslash, or use single quotes`},
	{"unexpected key name", "line without a key", "write key: value, or mend the indentation"},
	{"non-map value", "line without a key", "write key: value, or mend the indentation"},
	{"block sequence entries", "list entry on the line of its key", "put each - entry on a line of its own"},
	{"invalid key", "key is not text", "only text can be a key"},
	{"expected sequence element", "comma without an entry before it", "remove the comma"},
	{"unexpected scalar", "comma without an entry before it", "remove the comma"},
	{"number of indent", "block of text with a wrong indentation", "remove the digit behind | or >, and indent the text by two spaces"},
	{"surrogate", "escape in a quoted text stands for no character", `write the character itself, or \\ for a backslash`},
	{"anchor value", "anchor without a value", "put quotes around text that begins with &"},
	{"pre-defined", "unexpected text", "put quotes around the whole value, or mend the indentation"},
	{"not allowed in this context", "unexpected text", "mend the indentation: entries of one list start in the same column"},
}

// explain returns what is wrong, in our words, and what to do.
func (f *fault) explain() (text, hint string) {
	for _, a := range advice {
		if strings.Contains(f.message, a.part) {
			return a.text, a.hint
		}
	}
	return f.message, "put quotes around text with special characters"
}

// syntax reports the fault of a piece that begins below shift lines.
func (d *document) syntax(f *fault, shift int) {
	text, hint := f.explain()
	line := d.clamp(f.line + shift)
	d.report(problem.Problem{
		Rule: "yaml-syntax", Line: line, Column: f.column, Text: text, Hint: hint,
		Excerpt: d.excerpt(line, f.column),
	})
}

// salvage reads each top-level key by itself, so that only the broken ones are
// lost, and each fault is found where its key is. When no key is broken by itself,
// the fault of the whole is reported.
func (b *builder) salvage(whole *fault) *Node {
	pieces := split(b.src)
	if len(pieces) < 2 {
		b.syntax(whole, 0)
		return nil
	}
	root := &Node{Kind: Mapping, Line: b.firstLine, Column: 1}
	broken := false
	for _, p := range pieces {
		bodies, f := parse(p.src)
		if f != nil {
			b.syntax(f, p.shift)
			broken = true
			continue
		}
		b.shift = p.shift
		if m := b.root(bodies); m != nil && m.Kind == Mapping {
			b.adopt(root, m)
		}
	}
	if !broken {
		b.syntax(whole, 0)
	}
	return root
}

// adopt moves the entries of m to the root.
func (b *builder) adopt(root, m *Node) {
	for _, e := range m.Entries {
		if root.Get(e.Key) != nil {
			b.duplicate(e, root.line(e.Key))
			continue
		}
		root.Entries = append(root.Entries, e)
	}
}

// line is where the mapping has the key.
func (n *Node) line(key string) int {
	for _, e := range n.Entries {
		if e.Key == key {
			return e.Line
		}
	}
	return 0
}

// piece is the text of one top-level key, below shift lines.
type piece struct {
	src   []byte
	shift int
}

var topKey = regexp.MustCompile(`^("[^"]*"|'[^']*'|[^\s#"'\[\]{},&*!|>%@-][^:]*):(\s|$)`)

// split cuts a document before each line that begins with a key.
func split(src []byte) []piece {
	var pieces []piece
	shift, start, end := 0, 0, 0
	top := 0 // lines above the piece
	for line := range bytes.Lines(src) {
		if end > start && topKey.Match(line) {
			pieces = append(pieces, piece{src[start:end], top})
			start, top = end, shift
		}
		end += len(line)
		shift++
	}
	return append(pieces, piece{src[start:end], top})
}

// excerpt shows the line of the document between its neighbors, marked, with a
// caret below the column. Long lines are cut.
func (d *document) excerpt(line, column int) string {
	const width = 96
	lines := strings.Split(string(d.src), "\n")
	var b strings.Builder
	for n := max(1, line-1); n <= min(len(lines), line+1); n++ {
		text := strings.TrimRight(lines[n-1], "\r")
		if n != line && strings.TrimSpace(text) == "" {
			continue
		}
		mark := ' '
		if n == line {
			mark = '>'
		}
		fmt.Fprintf(&b, "%c %4d | %s\n", mark, n+d.firstLine-1, cut(text, width))
		if n == line && column > 0 && column <= width {
			fmt.Fprintf(&b, "       | %s^\n", blank(text, column-1))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// blank is as wide as the first n characters of the text, tabs kept.
func blank(text string, n int) string {
	var b strings.Builder
	for _, r := range text {
		if n--; n < 0 {
			break
		}
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

func cut(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:width]) + "…"
}
