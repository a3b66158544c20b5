package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Marked gives a text that was pasted out of a browser the marks of Markdown for what
// Parse sees in it: "# " and "## " before headings, "- " for bullets, entries indented
// as they belong together, two spaces where a line ends. Other tools then show it as
// our pages do. It stays line for line the same; marks that are there stay too.
func Marked(src []byte) []byte {
	d := Parse(src, 1)
	m := marks{doc: d, lines: bytes.Split(d.source, []byte("\n")), edits: map[int]mark{}}
	eachBlock(d.root, m.block)
	var out bytes.Buffer
	for i, line := range m.lines {
		if i > 0 {
			out.WriteByte('\n')
		}
		e := m.edits[i]
		out.WriteString(e.before)
		out.Write(line[min(e.cut, len(line)):])
		out.WriteString(e.behind)
	}
	return out.Bytes()
}

// mark is what changes on one line: cut bytes at its start, and what is put around it.
type mark struct {
	cut            int
	before, behind string
}

type marks struct {
	doc   *Document
	lines [][]byte
	edits map[int]mark
}

func (m *marks) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		m.heading(n)
	case *ast.List:
		if n.Marker == 0 {
			m.list(n)
		}
	case *ast.CodeBlock:
		m.code(n)
	case *ast.Paragraph, *ast.TextBlock:
		m.breaks(n)
	}
}

// code sets code in further that stands below bullets: it would be an entry's text.
func (m *marks) code(n *ast.CodeBlock) {
	if list, ok := n.PreviousSibling().(*ast.List); !ok || list.Marker != 0 {
		return
	}
	for i := range n.Lines().Len() {
		if at := m.lineAt(n.Lines().At(i).Start); len(bytes.TrimSpace(m.lines[at])) > 0 {
			m.edits[at] = mark{before: "  "}
		}
	}
}

// lineAt is the number of the line, counted from 0, that holds an offset.
func (m *marks) lineAt(offset int) int { return m.doc.lines.at(offset) - 1 }

// heading marks a heading that has no mark of its own.
func (m *marks) heading(h *ast.Heading) {
	if h.Lines().Len() == 0 {
		return
	}
	at := m.lineAt(h.Lines().At(0).Start)
	line := bytes.TrimLeft(m.lines[at], " \t")
	underlined := at+1 < len(m.lines) && len(bytes.Trim(m.lines[at+1], " \t=-")) == 0 && len(bytes.TrimSpace(m.lines[at+1])) > 0
	if bytes.HasPrefix(line, []byte("#")) || underlined || h.Parent().Kind() != ast.KindDocument {
		return
	}
	m.edits[at] = mark{cut: len(m.lines[at]) - len(line), before: strings.Repeat("#", h.Level) + " "}
}

// list marks the entries of a list of bullets. How deep each is shows in how far its
// bullet is indented. In a quote or an entry of another list the bullets alone change.
func (m *marks) list(list *ast.List) {
	var depths []int // of the bullets of the open entries, outermost first
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		body := item.FirstChild()
		if body == nil || body.Lines().Len() == 0 {
			continue
		}
		at := m.lineAt(body.Lines().At(0).Start)
		line := m.lines[at]
		depth := len(line) - len(bytes.TrimLeft(line, " \t"))
		width := bulletWidth(line[depth:], true)
		if list.Parent().Kind() != ast.KindDocument || width == 0 {
			m.bullet(at)
			continue
		}
		for len(depths) > 0 && depths[len(depths)-1] >= depth {
			depths = depths[:len(depths)-1]
		}
		indent := strings.Repeat("  ", len(depths))
		depths = append(depths, depth)
		text := bytes.TrimLeft(line[depth+width:], " \t\u00a0")
		m.edits[at] = mark{cut: len(line) - len(text), before: indent + "- "}
		m.continued(item, at, indent+"  ")
	}
}

// bullet changes the first bullet of a line that has other marks before it.
func (m *marks) bullet(at int) {
	line := m.lines[at]
	i := bytes.IndexAny(line, bullets+looseBullets)
	if i < 0 {
		return
	}
	rest := bytes.TrimLeft(line[i+bulletWidth(line[i:], false):], " \t")
	m.edits[at] = mark{cut: len(line) - len(rest), before: string(line[:i]) + "- "}
}

// continued indents the lines of an entry behind its first.
func (m *marks) continued(item ast.Node, first int, indent string) {
	for n := item.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindParagraph && n.Kind() != ast.KindTextBlock {
			continue
		}
		for i := range n.Lines().Len() {
			if at := m.lineAt(n.Lines().At(i).Start); at != first {
				m.edits[at] = mark{cut: len(m.lines[at]) - len(bytes.TrimLeft(m.lines[at], " \t")), before: indent}
			}
		}
	}
}

// breaks marks the line ends that Parse keeps and Markdown would not.
func (m *marks) breaks(leaf ast.Node) {
	for n := leaf.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok || !t.HardLineBreak() {
			continue
		}
		at := m.lineAt(t.Segment.Start)
		if line := m.lines[at]; !bytes.HasSuffix(line, []byte("  ")) && !bytes.HasSuffix(line, []byte(`\`)) && at+1 < len(m.lines) {
			e := m.edits[at]
			e.behind = strings.Repeat(" ", 2)
			m.edits[at] = e
		}
	}
}
