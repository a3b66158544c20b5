package frontmatter

import (
	"slices"
	"strings"

	"faultline/site/record"
	"faultline/site/yaml"
)

// editor collects the splices that make the front matter say what is wanted.
type editor struct {
	*layout
	style
	setting bool // the change sets a whole value
	splices []splice
	refusal *refused
}

// refused says at which line an edit cannot be made, and why.
type refused struct {
	line       int
	text, hint string
}

func (e *editor) refuse(line int, text, hint string) {
	if e.refusal == nil {
		e.refusal = &refused{line, text, hint}
	}
}

func (e *editor) splice(from, to int, text string) {
	e.splices = append(e.splices, splice{from, to, text})
}

func (e *editor) insert(at int, text string) { e.splice(at, at, text) }

// slot is where a value stands.
type slot struct {
	place yaml.Part
	flow  bool // in brackets or braces, where everything is on one line
	below int  // the column of a collection that is written below the key or dash
}

func (e *editor) slot(parent *node, p part) slot {
	return slot{place: p.place, flow: parent.span.Flow, below: p.place.Start - e.start(p.place.Start) + 2}
}

// value makes the node say what is wanted.
func (e *editor) value(n *node, want Value, s slot) {
	kind := n.tree.Kind
	switch {
	case n.value().equal(want):
	case n.span.Alias && want.kind >= yaml.List && !e.setting:
		e.refuse(e.line(n.span.Start), "value is an alias of one that stands elsewhere", "write the value out in its place, then edit it")
	case n.span.Alias:
		e.replace(n, want, s)
	case kind == yaml.Mapping && want.kind == kind && len(want.fields) > 0 && (len(n.parts) > 0 || !n.span.Flow):
		e.mapping(n, want, nil)
	case kind == yaml.List && want.kind == kind && len(want.items) > 0 && len(n.parts) > 0:
		e.list(n, want.items)
	default:
		e.replace(n, want, s)
	}
}

// mapping changes, removes and adds keys. rank orders those of the whole front matter.
func (e *editor) mapping(n *node, want Value, rank map[string]int) {
	wanted := want.byKey()
	gone := make([]bool, len(n.parts))
	own := make(map[string]bool, len(n.parts))
	for i, p := range n.parts {
		own[p.key] = true
		v, ok := wanted[p.key]
		if gone[i] = !ok; ok {
			e.value(p.value, v, e.slot(n, p))
		}
	}
	e.removeAll(n, gone)
	for _, f := range want.fields {
		if own[f.Key] {
			continue
		}
		inherited := n.tree.Get(f.Key)
		switch {
		case inherited == nil, e.setting && !valueOf(inherited).equal(f.Value):
			e.addEntry(n, f, rank)
		case !valueOf(inherited).equal(f.Value):
			e.refuse(inherited.Line, "key \""+f.Key+"\" comes from a merge key", "write the key out in its place, then edit it")
		}
	}
	for _, inherited := range n.tree.Entries[len(n.parts):] {
		if _, ok := wanted[inherited.Key]; !ok {
			e.refuse(inherited.Line, "key \""+inherited.Key+"\" comes from a merge key", "remove it where it stands")
		}
	}
}

// list makes the entries those that are wanted, with as few splices as it takes.
func (e *editor) list(n *node, want []Value) {
	gone := make([]bool, len(n.parts))
	last := -1
	for _, m := range match(n, want) {
		switch {
		case m.old < 0:
			e.addItem(n, last, want[m.new])
		case m.new < 0:
			gone[m.old], last = true, m.old
		default:
			last = m.old
			e.value(n.parts[m.old].value, want[m.new], e.slot(n, n.parts[m.old]))
		}
	}
	e.removeAll(n, gone)
}

// replace writes the value in the place of the node.
func (e *editor) replace(n *node, want Value, s slot) {
	v, at := n.span, s.place
	from := v.Start
	if v.Tag {
		from = v.From
	}
	wide := !s.flow && e.wide(want)
	block := !v.Flow && len(v.Parts) > 0
	switch {
	case at.Table || v.Fixed:
		e.refuse(e.line(at.Start), "value is a table of its own", "edit it by hand")
	case at.Bare:
		e.insert(at.Colon, ": "+e.inline(want, true))
	case want.kind == yaml.Null && !s.flow:
		e.splice(at.Colon, v.End, "")
	case v.Start == v.End && wide:
		e.insert(e.end(at.Colon), "\n"+strings.Repeat(" ", s.below)+e.lines(want, s.below))
	case v.Start == v.End:
		e.insert(at.Colon, " "+e.inline(want, s.flow))
	case wide && block:
		e.splice(v.Start, v.End, e.lines(want, v.Start-e.start(v.Start)))
	case wide:
		e.splice(at.Colon, v.End, "")
		e.insert(e.end(v.End), "\n"+strings.Repeat(" ", s.below)+e.lines(want, s.below))
	case block && e.line(at.Colon) != e.line(v.Start):
		e.insert(at.Colon, " "+e.inline(want, s.flow))
		e.splice(e.end(at.Colon), v.End, "")
	default:
		e.splice(from, v.End, e.likeBefore(string(e.text[v.Start:v.End]), want, s.flow))
	}
}

// likeBefore writes a value with the quotes that stood there before.
func (e *editor) likeBefore(old string, want Value, flow bool) string {
	if want.kind == yaml.Text && !want.plain && strings.HasPrefix(old, `"`) {
		return double(want.text)
	}
	if text, ok := e.single(want.text); ok && want.kind == yaml.Text && !want.plain && old[0] == '\'' {
		return text
	}
	return e.inline(want, flow)
}

// removeAll takes parts away, neighbors together.
func (e *editor) removeAll(n *node, gone []bool) {
	for i := 0; i < len(gone); i++ {
		if !gone[i] {
			continue
		}
		j := i
		for j+1 < len(gone) && gone[j+1] {
			j++
		}
		e.remove(n, i, j)
		i = j
	}
}

// remove takes the parts i to j away.
func (e *editor) remove(n *node, i, j int) {
	first, last := n.parts[i].place, n.parts[j].place
	fixed := n.span.Fixed || slices.ContainsFunc(n.parts[i:j+1], func(p part) bool { return p.place.Table })
	switch {
	case fixed:
		e.refuse(e.line(first.Start), "value is a table of its own", "remove it by hand")
	case n.span.Flow && e.alone(first, last):
		e.splice(e.start(first.Start), e.below(last.End()), "")
		if comma := e.comma(last.End()); j == len(n.parts)-1 && i > 0 && comma < 0 {
			before := e.comma(n.parts[i-1].place.End())
			e.splice(before, before+1, "")
		}
	case !n.span.Flow && e.first(first.Start):
		e.splice(e.start(first.Start), e.below(last.End()), "")
	case j < len(n.parts)-1:
		e.splice(first.Start, n.parts[j+1].place.Start, "")
	case i > 0 && n.span.Flow:
		e.splice(n.parts[i-1].place.End(), last.End(), "")
	default:
		e.refuse(e.line(first.Start), "nothing would be left of the value", "remove it by hand")
	}
}

// comma is the place of the comma behind a part in brackets, -1 where there is none.
func (e *editor) comma(end int) int {
	for at := end; at < len(e.text); at++ {
		switch c := e.text[at]; {
		case c == ',':
			return at
		case c == '#':
			at = e.end(at)
		case c != ' ' && c != '\t' && c != '\n':
			return -1
		}
	}
	return -1
}

// alone reports whether the lines of parts in brackets hold nothing else but commas
// and comments.
func (e *editor) alone(first, last yaml.Part) bool {
	rest := strings.TrimSpace(string(e.text[last.End():e.end(last.End())]))
	rest = strings.TrimSpace(strings.TrimPrefix(rest, ","))
	return e.first(first.Start) && (rest == "" || rest[0] == '#')
}

// addItem adds an entry to a list behind the one that is given, -1 for the front.
func (e *editor) addItem(n *node, behind int, v Value) {
	switch {
	case n.span.Fixed:
		e.refuse(e.line(n.span.Start), "list is written as tables of their own", "add the entry by hand")
	case n.span.Flow:
		e.addFlow(n, behind, e.inline(v, true))
	default:
		neighbor := n.parts[max(behind, 0)]
		column := neighbor.place.Start - e.start(neighbor.place.Start)
		dash := e.dash(neighbor)
		tall := neighbor.value.tree.Kind == yaml.Mapping && !neighbor.value.span.Flow
		e.addLine(n, behind, column, dash+e.item(v, column+len(dash), tall))
	}
}

// dash is the dash of an entry with the spaces behind it.
func (e *editor) dash(p part) string {
	dash := string(e.text[p.place.Start:p.value.span.From])
	if strings.TrimRight(dash[1:], " ") != "" || len(dash) == 1 {
		return "- "
	}
	return dash
}

// addLine adds lines of a list or mapping behind one of its parts.
func (e *editor) addLine(n *node, behind, column int, text string) {
	pad := strings.Repeat(" ", column)
	if behind < 0 {
		e.insert(n.parts[0].place.Start, text+"\n"+pad)
		return
	}
	e.insert(e.below(n.parts[behind].place.End()), pad+text+"\n")
}

// addFlow adds a part in brackets, on a line of its own where its neighbor has one.
func (e *editor) addFlow(n *node, behind int, text string) {
	if behind < 0 {
		e.insert(n.parts[0].place.Start, text+", ")
		return
	}
	p := n.parts[behind].place
	comma := e.comma(p.End())
	switch line := "\n" + string(e.text[e.start(p.Start):p.Start]) + text; {
	case !e.alone(p, p):
		e.insert(p.End(), ", "+text)
	case comma < 0:
		e.insert(p.End(), ",")
		e.insert(e.end(p.End()), line)
	default:
		e.insert(e.end(comma), line+",")
	}
}

// ranks is the order of keys in content/FORMAT.md.
var ranks = func() map[string]int {
	ranks := map[string]int{}
	for i, f := range record.Fields() {
		ranks[f.Key] = i + 1
	}
	return ranks
}()

// addEntry adds a key where rank has its place, at the end of the mapping where it has
// none.
func (e *editor) addEntry(n *node, f Field, rank map[string]int) {
	plain := slices.DeleteFunc(slices.Clone(n.parts), func(p part) bool { return p.place.Table })
	behind, ahead := neighbors(plain, f.Key, rank)
	n = &node{tree: n.tree, span: n.span, parts: plain}
	switch {
	case n.span.Fixed:
		e.refuse(e.line(n.span.Start), "mapping is written key by key", "add the key by hand")
	case n.span.Flow && len(plain) > 0:
		e.addFlow(n, behind, e.entry(f, true))
	case len(plain) == 0:
		e.insert(n.span.Start, e.field(f, 0)+"\n")
	default:
		column := plain[0].place.Start - e.start(plain[0].place.Start)
		if behind < 0 {
			e.insert(e.overComments(plain[ahead].place.Start), strings.Repeat(" ", column)+e.field(f, column)+"\n")
			return
		}
		e.addLine(n, behind, column, e.field(f, column))
	}
}

// neighbors returns the part that a new key follows, or -1 and the one that it
// precedes.
func neighbors(parts []part, key string, rank map[string]int) (behind, ahead int) {
	own, known := rank[key]
	behind, ahead = -1, -1
	for i, p := range parts {
		switch other := rank[p.key]; {
		case other == 0:
		case other < own && (behind < 0 || other > rank[parts[behind].key]):
			behind = i
		case other > own && ahead < 0:
			ahead = i
		}
	}
	if !known || behind < 0 && ahead < 0 {
		return len(parts) - 1, -1
	}
	return behind, ahead
}

// overComments is the start of the first of the comment lines right above the place,
// else of its own line.
func (e *editor) overComments(at int) int {
	start := e.start(at)
	for start > 0 {
		above := e.start(start - 1)
		if line := strings.TrimSpace(string(e.text[above:start])); line == "" || line[0] != '#' {
			break
		}
		start = above
	}
	return start
}
