package markdown

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// ink is one way in which code is set: a class and its colours on light and dark
// ground. Every colour has a contrast of at least 4.5:1 on paper and on panel.
type ink struct {
	class       string
	light, dark string
	extra       string // further declarations
	types       []chroma.TokenType
}

// inks are tried in order; a token's type, then its sub-category, then its
// category decides. What is not here is set like the text around it.
var inks = []ink{
	{"k", "#7a3d8f", "#cfa6e8", "", []chroma.TokenType{chroma.Keyword, chroma.OperatorWord, chroma.NameTag}},
	{"kt", "#24598f", "#8ab8ea", "", []chroma.TokenType{chroma.KeywordType, chroma.NameClass, chroma.NameException, chroma.NameNamespace}},
	{"nf", "#1d5f8a", "#86c1ee", "", []chroma.TokenType{chroma.NameFunction, chroma.NameFunctionMagic, chroma.NameBuiltin, chroma.NameDecorator}},
	{"nv", "#80500a", "#dfae5a", "", []chroma.TokenType{chroma.NameVariable, chroma.NameAttribute, chroma.NameProperty, chroma.NameConstant, chroma.NameLabel}},
	{"m", "#8f2450", "#ea92b6", "", []chroma.TokenType{chroma.LiteralNumber, chroma.KeywordConstant, chroma.Literal}},
	{"s", "#1d6b5c", "#74c7b3", "", []chroma.TokenType{chroma.LiteralString}},
	{"se", "#a3341a", "#f0906f", "", []chroma.TokenType{chroma.LiteralStringEscape, chroma.LiteralStringInterpol, chroma.LiteralStringRegex, chroma.LiteralStringSymbol}},
	{"c", "#5b6168", "#a3a9b0", "font-style:italic", []chroma.TokenType{chroma.Comment}},
	{"cp", "#5b6168", "#a3a9b0", "", []chroma.TokenType{chroma.CommentPreproc, chroma.CommentPreprocFile, chroma.GenericOutput, chroma.GenericPrompt, chroma.GenericSubheading}},
	{"gh", "#1c2024", "#e8e6df", "font-weight:bold", []chroma.TokenType{chroma.GenericHeading, chroma.GenericStrong}},
	{"gd", "#a3341a", "#f0906f", "", []chroma.TokenType{chroma.GenericDeleted, chroma.GenericError, chroma.GenericTraceback}},
	{"gi", "#1d6b5c", "#74c7b3", "", []chroma.TokenType{chroma.GenericInserted}},
}

// classes maps token types to the classes of inks.
var classes = sync.OnceValue(func() map[chroma.TokenType]string {
	m := map[chroma.TokenType]string{}
	for _, i := range inks {
		for _, t := range i.types {
			m[t] = i.class
		}
	}
	return m
})

// classOf returns the class of a token, "" for none.
func classOf(t chroma.TokenType) string {
	for _, kind := range [...]chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class, ok := classes()[kind]; ok {
			return class
		}
	}
	return ""
}

// StyleSheet returns the CSS of highlighted code. Its colours are custom
// properties, light by default and dark where the reader's system or a data-theme
// attribute of the root element asks for it.
func StyleSheet() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, ":root{%s}\n", properties(func(i ink) string { return i.light }))
	dark := properties(func(i ink) string { return i.dark })
	fmt.Fprintf(&b, "@media (prefers-color-scheme:dark){:root:not([data-theme=light]){%s}}\n", dark)
	fmt.Fprintf(&b, ":root[data-theme=dark]{%s}\n", dark)
	for _, i := range inks {
		rules := "color:var(--code-" + i.class + ")"
		if i.extra != "" {
			rules += ";" + i.extra
		}
		fmt.Fprintf(&b, ".chroma .%s{%s}\n", i.class, rules)
	}
	return []byte(b.String())
}

func properties(color func(ink) string) string {
	var all []string
	for _, i := range inks {
		all = append(all, "--code-"+i.class+":"+color(i))
	}
	return strings.Join(slices.Compact(all), ";")
}
