package markdown

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Code beyond these bounds is not highlighted: the lexers are made of regular
// expressions, some of which are slow on what nobody reads anyway.
const (
	maxHighlighted = 64 << 10 // bytes of a block
	maxCodeLine    = 2 << 10  // bytes of a line
)

// code writes a code block. Only a language that the author named is highlighted.
func (r *renderer) code(source []byte, language string) {
	if !r.highlight {
		return
	}
	r.out.WriteString(`<pre class="chroma" tabindex="0"><code`)
	if language != "" {
		r.out.WriteString(` class="language-` + escape(language) + `"`)
	}
	r.out.WriteString(">")
	text := string(source)
	if spans, ok := highlighted(text, language); ok {
		r.out.WriteString(spans)
	} else {
		r.out.WriteString(escape(text))
	}
	r.out.WriteString("</code></pre>\n")
}

// lexersByName maps the names, aliases and plain file extensions of the known
// languages, in lower case, to their lexers. The first of a name wins.
var lexersByName = sync.OnceValue(func() map[string]chroma.Lexer {
	byName := map[string]chroma.Lexer{}
	add := func(name string, l chroma.Lexer) {
		name = strings.ToLower(name)
		if _, taken := byName[name]; !taken {
			byName[name] = l
		}
	}
	all := lexers.GlobalLexerRegistry.Lexers
	for _, l := range all {
		add(l.Config().Name, l)
		for _, alias := range l.Config().Aliases {
			add(alias, l)
		}
	}
	for _, l := range all {
		for _, glob := range l.Config().Filenames {
			if extension, ok := strings.CutPrefix(glob, "*."); ok {
				add(extension, l)
			}
		}
	}
	return byName
})

// highlighted returns the HTML of code, false when it is to be shown plain.
func highlighted(text, language string) (spans string, ok bool) {
	lexer, known := lexersByName()[language]
	if !known || len(text) > maxHighlighted || longestLine(text) > maxCodeLine {
		return "", false
	}
	defer func() {
		if recover() != nil { // lexers tell of their own faults by panicking
			spans, ok = "", false
		}
	}()
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, text)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	b.Grow(2 * len(text))
	written := 0
	for t := tokens(); t != chroma.EOF; t = tokens() {
		writeToken(&b, t)
		written += utf8.RuneCountInString(t.Value)
	}
	return b.String(), written >= utf8.RuneCountInString(text)
}

func longestLine(text string) int {
	longest := 0
	for line := range bytes.Lines([]byte(text)) {
		longest = max(longest, len(line))
	}
	return longest
}

func writeToken(b *strings.Builder, t chroma.Token) {
	class := classOf(t.Type)
	if class == "" {
		b.WriteString(escape(t.Value))
		return
	}
	b.WriteString(`<span class="` + class + `">` + escape(t.Value) + `</span>`)
}
