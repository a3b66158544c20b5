package markdown

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// abbreviationForm is a line that says what an abbreviation stands for, as MkDocs and
// PHP Markdown Extra read it: "*[SLA]: Service Level Agreement".
var abbreviationForm = regexp.MustCompile(`^\*\[[^\[\]\n]{1,40}\]:[ \t]+[^\n]*[^*\s][ \t]*\n?$`)

// abbreviations makes a list of a paragraph of such lines, each without its asterisk.
type abbreviations struct{}

func (abbreviations) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	if node.Parent() == nil || node.Parent().Kind() != ast.KindDocument {
		return
	}
	list := ast.NewList('*')
	list.IsTight = true
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		if !abbreviationForm.Match(line.Value(reader.Source())) {
			return
		}
		entry, words := ast.NewListItem(2), ast.NewTextBlock()
		definition := text.NewSegment(line.Start+1, line.Stop)
		words.Lines().Append(definition.TrimRightSpace(reader.Source()))
		entry.AppendChild(entry, words)
		list.AppendChild(list, entry)
	}
	node.Parent().ReplaceChild(node.Parent(), node, list)
}
