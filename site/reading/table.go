package reading

import (
	"regexp"
	"strings"

	"faultline/site/markdown"
)

// columns are the numbers of a table's columns by their part in a timeline; -1 =
// there is none.
type columns struct{ date, time, text, actor int }

// tableEntries reads the rows of a table with a column of times.
func (p *part) tableEntries(table markdown.Block, timeline bool) group {
	g := group{part: p}
	if len(table.Children) < 2 {
		return g
	}
	header, rows := cells(table.Children[0]), table.Children[1:]
	c := columnsOf(header, rows, timeline)
	if c.time < 0 && c.date < 0 || c.text < 0 {
		return g
	}
	clocks := 0
	zone := zoneIn(header[max(c.time, c.date, 0)])
	for _, row := range rows {
		e, ok := c.entry(cells(row), zone)
		if ok {
			e.line, e.anchor, e.links = row.Line, p.anchor, linksIn(row)
			g.entries = append(g.entries, e)
		}
		if e.when.clock {
			clocks++
		}
	}
	if !timeline && clocks < min(formRows, len(rows)) {
		g.entries = nil
	}
	return g
}

// columnsOf finds the columns by their names, that of times also by its cells.
func columnsOf(header []string, rows []markdown.Block, timeline bool) columns {
	c := columns{-1, -1, -1, -1}
	claim := func(column *int, kind string) {
		for i, name := range header {
			if *column < 0 && columnNamed(name, kind) && i != c.time && i != c.date && i != c.text {
				*column = i
			}
		}
	}
	claim(&c.time, "time")
	claim(&c.date, "date")
	claim(&c.text, "text")
	claim(&c.actor, "actor")
	if c.time < 0 && c.date < 0 && (timeline || header[0] == "") && mostlyTimes(rows) {
		c.time = 0
	}
	for i := range header {
		if c.text < 0 && i != c.time && i != c.date && i != c.actor {
			c.text = i
		}
	}
	return c
}

// columnNamed reports whether the heading of a column begins with a name of the
// kind, or holds one in a script without spaces.
func columnNamed(heading, kind string) bool {
	heading = normalize(heading)
	for _, name := range words().columns[kind] {
		rest, begins := strings.CutPrefix(heading, name)
		if begins && (rest == "" || rest[0] == ' ') || unspaced(name) && strings.Contains(heading, name) {
			return true
		}
	}
	return false
}

func mostlyTimes(rows []markdown.Block) bool {
	times := 0
	for _, row := range rows {
		if len(row.Children) > 0 {
			if w, _, ok := readWhen(oneLine(row.Children[0].Text)); ok && (w.clock || w.dated()) {
				times++
			}
		}
	}
	return 2*times > len(rows)
}

// entry reads one row of a table. Rows that a template left behind ("HH:mm") are
// no entries; a time in words is a label.
func (c columns) entry(cells []string, zone string) (entry, bool) {
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return cells[i]
	}
	written := strings.TrimSpace(cell(c.date) + " " + cell(c.time))
	e := entry{text: cell(c.text), when: when{written: written}}
	if actor := cell(c.actor); actor != "" {
		e.actor = &actor
	}
	if e.text == "" || written == "" || placeholder.MatchString(written) {
		return e, false
	}
	if offset, _, ok := readOffset(written); ok {
		e.offset = &offset
		return e, true
	}
	if w, _, ok := readWhen(written); ok {
		e.when = w
		if w.zone == "" {
			e.when.zone = zone
		}
	}
	return e, true
}

var placeholder = regexp.MustCompile(`(?i)\b(?:hh|yyyy|dd|mm):?(?:mm)?\b|^[^0-9]*\?\?+[^0-9]*$|-\?\?|^[.…-]+$`)

// zoneIn reads the zone of a table's header: "Time (UTC)".
func zoneIn(header string) string {
	for word := range strings.FieldsFuncSeq(header, func(r rune) bool { return r == ' ' || r == '(' || r == ')' || r == '[' || r == ']' }) {
		if m := zoneForm.FindStringSubmatch(word); m != nil && len(m[0]) == len(word) {
			return m[1]
		}
	}
	if m := bracketedForm.FindStringSubmatch(header); m != nil && words().zones[normalize(m[1])] != "" {
		return m[1]
	}
	return ""
}

var bracketedForm = regexp.MustCompile(`[(\[]\s*(?:in\s+|all\s+times\s+)?(\pL[\pL /]*?)\s*[)\]]`)
