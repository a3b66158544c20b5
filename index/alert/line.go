package alert

import (
	"slices"
	"strings"
)

// maxDepth is how often a value may hold another text to be divided.
const maxDepth = 4

// level says how grave a line is.
type level uint8

const (
	unstated level = iota
	grave
	doubtful
	quiet
)

// line is a line of the text, or of a value in it. Key is the name of that value, ""
// for running text; group is the object or line that the value is part of, 0 for none.
type line struct {
	key, text string
	group     int
}

// divider divides a text into lines: those of JSON and of name=value into their values.
type divider struct {
	*words
	left   *omissions
	lines  []line
	levels []level // by group
	frame  bool    // the line before was the place of a line of code
}

// divide divides a text that is the value with the key, "" for none.
func (d *divider) divide(text, key string, group, depth int) {
	for text != "" {
		start := objectStart(text)
		for part := range strings.SplitSeq(text[:start], "\n") {
			d.line(part, key, group, depth)
		}
		text = text[start:]
		text = text[d.object(text, depth):]
	}
}

// group returns the number of a new group.
func (d *divider) group() int {
	d.levels = append(d.levels, unstated)
	return len(d.levels) - 1
}

// value reads a value by its key.
func (d *divider) value(key, text string, group, depth int) {
	switch {
	case d.has("level", key) && d.levelOf(lower(text)) != unstated:
		d.levels[group] = d.levelOf(lower(text))
	case d.has("secret", key) && looksSecret(text):
		d.left.add("secrets", "…")
	case d.has("where", key):
		d.left.add("labels of place and time", unquoted(text))
	case depth < maxDepth:
		d.divide(clean(text), key, group, depth+1)
	default:
		d.lines = append(d.lines, line{key, clean(text), group})
	}
}

// levelOf returns the level that a word in lower case names.
func (d *words) levelOf(word string) level {
	switch {
	case d.has("error", word):
		return grave
	case d.has("warning", word):
		return doubtful
	case d.has("info", word):
		return quiet
	}
	return unstated
}

// line reads a line of running text or of a value.
func (d *divider) line(text, key string, group, depth int) {
	indented := text != "" && isBlank(text[0])
	text = unquoted(text)
	switch {
	case text == "":
		return
	case d.isRoutine(text):
		d.left.add("lines of every report", text)
		return
	case isFrame(text):
		d.frame = strings.HasPrefix(text, "File ")
		d.left.add("stack frames", text)
		return
	case d.frame && indented:
		d.frame = false
		return
	}
	d.frame = false
	if name, value := d.named(text); name != "" && depth <= maxDepth {
		if group == 0 {
			group = d.group()
		}
		d.value(name, value, group, depth+1)
		return
	}
	d.lines = append(d.lines, line{key, text, group})
	d.pairs(group, depth)
}

// unquoted returns the line without the marks of quoting and lists before it, and the
// blanks around it.
func unquoted(text string) string {
	start := span(text, 0, func(c byte) bool { return isBlank(c) || c == '>' || c == '|' || c == '#' })
	for start < len(text) && strings.IndexByte("*-+", text[start]) >= 0 && (start+1 == len(text) || isBlank(text[start+1])) {
		start = span(text, start+1, isBlank)
	}
	text = strings.TrimPrefix(text[start:], "•")
	end := len(text)
	for end > 0 && isBlank(text[end-1]) {
		end--
	}
	return text[span(text[:end], 0, isBlank):end]
}

func (d *divider) isRoutine(text string) bool {
	text = lower(text)
	for _, beginning := range d.routine {
		if strings.HasPrefix(text, beginning) {
			return true
		}
	}
	return false
}

// known reports whether a key says what its value is.
func (d *divider) known(key string) bool {
	return d.has("name", key) || d.has("message", key) || d.has("cause", key) || d.has("level", key) || d.has("where", key) || d.has("secret", key)
}

// longestName is the length of the longest name before a colon, in bytes.
const longestName = 32

// named returns the key of "Name: value" and "name = value", and the value, where the
// key is known.
func (d *divider) named(text string) (key, value string) {
	end := span(text, 0, func(c byte) bool { return c < 0x80 && c != ':' && c != '=' })
	if end == len(text) || end > longestName || text[end] >= 0x80 {
		return "", ""
	}
	value = text[end+1:]
	if value != "" && !isBlank(value[0]) && value[0] != '*' && value[0] != '`' {
		return "", ""
	}
	if key = keyOf(text[:end]); !d.known(key) {
		return "", ""
	}
	return key, value
}

// pairs takes what is written as name=value with a known name out of the last line.
func (d *divider) pairs(group, depth int) {
	at := len(d.lines) - 1
	text := d.lines[at].text
	var rest strings.Builder
	for pos := 0; pos < len(text); {
		end := span(text, pos, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '-' })
		if end > pos && end < len(text) && text[end] == '=' && (pos == 0 || !isDigit(text[pos])) {
			value, after := pairValue(text, end+1)
			if key := keyOf(text[pos:end]); d.known(key) && depth <= maxDepth {
				if group == 0 {
					group = d.group()
					d.lines[at].group = group
				}
				d.value(key, value, group, depth+1)
				rest.WriteString(" , ")
				pos = after
				continue
			}
		}
		end = min(len(text), span(text, end, func(c byte) bool { return !isBlank(c) && c != ',' && c != '{' && c != '(' })+1)
		rest.WriteString(text[pos:end])
		pos = end
	}
	d.lines[at].text = rest.String()
	if !says(d.lines[at].text) {
		d.lines = slices.Delete(d.lines, at, at+1)
	}
}

// says reports whether a text has a letter or digit, or is not ASCII.
func says(text string) bool {
	return count(text, func(c byte) bool { return isLetter(c) || isDigit(c) || c >= 0x80 }) > 0
}

// pairValue returns the value at pos, in quotes or up to the next blank, and its end.
func pairValue(text string, pos int) (string, int) {
	if pos < len(text) && text[pos] == '"' {
		return quoted(text, pos)
	}
	end := span(text, pos, func(c byte) bool { return !isBlank(c) && c != ',' && c != '}' && c != ')' })
	return text[pos:end], end
}
