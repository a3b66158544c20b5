package frontmatter

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"faultline/site/yaml"
)

// widest is how long a list or mapping in brackets may grow before it is written line
// by line.
const widest = 100

// style writes values: those of YAML in the safest plain form, those of TOML in theirs.
type style struct{ toml bool }

// inline writes the value on one line. flow says that it stands in brackets or braces.
func (s style) inline(v Value, flow bool) string {
	switch v.kind {
	case yaml.List:
		parts := make([]string, len(v.items))
		for i, item := range v.items {
			parts[i] = s.inline(item, true)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case yaml.Mapping:
		parts := make([]string, len(v.fields))
		for i, f := range v.fields {
			parts[i] = s.entry(f, true)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return s.scalar(v, flow)
}

// entry writes a key with its value on one line.
func (s style) entry(f Field, flow bool) string {
	return strings.TrimRight(s.key(f.Key)+s.colon()+s.inline(f.Value, flow), " ")
}

func (s style) colon() string {
	if s.toml {
		return " = "
	}
	return ": "
}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

func (s style) key(key string) string {
	if plainKey.MatchString(key) && (s.toml || !words[strings.ToLower(key)]) {
		return key
	}
	return double(key)
}

// scalar writes text, a number or a truth value.
func (s style) scalar(v Value, flow bool) string {
	switch {
	case v.kind == yaml.Null && flow:
		return "null"
	case v.kind != yaml.Text:
		return v.text
	case s.toml && v.plain && tomlTime.MatchString(v.text):
		return v.text
	case !s.toml && bare(v, flow):
		return v.text
	}
	return double(v.text)
}

var tomlTime = regexp.MustCompile(`^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$`)

// words are those that some reader of YAML takes for something else than text.
var words = map[string]bool{
	"": true, "~": true, "null": true, "true": true, "false": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true,
	".nan": true, "<<": true, "=": true,
}

// number matches what some reader of YAML takes for a number, times in base 60 among
// them, and dated what it takes for a date.
var (
	number = regexp.MustCompile(`^[-+]?(\.?\d[\d_,.:]*([eE][-+]?\d*)?|0[xob][0-9a-fA-F_]*|\.inf|\.Inf|\.INF)$`)
	dated  = regexp.MustCompile(`^\d{4}-\d`)
)

// bare reports whether text reads as itself without quotes.
func bare(v Value, flow bool) bool {
	t := v.text
	switch {
	case words[strings.ToLower(t)], strings.TrimSpace(t) != t,
		strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`", rune(t[0])),
		strings.Contains(t, ": "), strings.HasSuffix(t, ":"), strings.Contains(t, " #"),
		flow && strings.ContainsAny(t, ",[]{}"),
		strings.ContainsFunc(t, unsafe):
		return false
	}
	return v.plain || !number.MatchString(t) && !dated.MatchString(t)
}

// unsafe reports a character that is not safe outside quotes.
func unsafe(r rune) bool {
	return !unicode.IsGraphic(r) || r != ' ' && unicode.IsSpace(r) || r == '\ufeff'
}

// double writes text in double quotes, in a form that YAML and TOML share.
func double(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unsafe(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		case unsafe(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// single writes text in single quotes; it is false for text that needs escapes. TOML
// has none for a single quote.
func (s style) single(text string) (string, bool) {
	fits := !strings.ContainsFunc(text, unsafe) && !(s.toml && strings.Contains(text, "'"))
	return "'" + strings.ReplaceAll(text, "'", "''") + "'", fits
}

// wide reports whether a value is better written line by line. TOML has no such form.
func (s style) wide(v Value) bool {
	if s.toml || len(v.items)+len(v.fields) == 0 {
		return false
	}
	for _, item := range v.items {
		if item.kind == yaml.Mapping || s.wide(item) {
			return true
		}
	}
	for _, f := range v.fields {
		if s.wide(f.Value) {
			return true
		}
	}
	return len(s.inline(v, false)) > widest
}

// lines writes a list or mapping line by line, the first without its indentation and
// the last without its end.
func (s style) lines(v Value, indent int) string {
	pad := "\n" + strings.Repeat(" ", indent)
	var parts []string
	for _, item := range v.items {
		parts = append(parts, "- "+s.item(item, indent+2, len(s.inline(item, false)) > widest))
	}
	for _, f := range v.fields {
		parts = append(parts, s.field(f, indent))
	}
	return strings.Join(parts, pad)
}

// field writes a key with its value, line by line where that is better.
func (s style) field(f Field, indent int) string {
	if !s.wide(f.Value) {
		return s.entry(f, false)
	}
	return s.key(f.Key) + ":\n" + strings.Repeat(" ", indent+2) + s.lines(f.Value, indent+2)
}

// item writes what stands behind a dash, in the column; tall says that a mapping is
// written key by key.
func (s style) item(v Value, column int, tall bool) string {
	if tall && v.kind == yaml.Mapping && len(v.fields) > 0 {
		return s.lines(v, column)
	}
	return s.inline(v, false)
}
