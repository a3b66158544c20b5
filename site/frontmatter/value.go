package frontmatter

import (
	"strconv"

	"faultline/site/yaml"
)

// Value is what a change writes: text, a number, a list, a mapping. The zero Value is
// nothing, written as an empty value.
type Value struct {
	kind   yaml.Kind
	text   string
	plain  bool // text that stands without quotes although it looks like a date
	items  []Value
	fields []Field
}

// Field is a key with its value.
type Field struct {
	Key   string
	Value Value
}

// Text is text, in quotes where YAML would read something else without them.
func Text(s string) Value { return Value{kind: yaml.Text, text: s} }

// Time is a date or a time as content/FORMAT.md writes it, such as
// "2024-03-05T09:02Z" or "~2024-03-05": without quotes in YAML, and in TOML where that
// knows the form.
func Time(s string) Value {
	if _, err := strconv.Atoi(s); err == nil {
		return Value{kind: yaml.Int, text: s} // a year alone
	}
	return Value{kind: yaml.Text, text: s, plain: true}
}

// Bool is true or false.
func Bool(b bool) Value {
	if b {
		return Value{kind: yaml.Bool, text: "true"}
	}
	return Value{kind: yaml.Bool, text: "false"}
}

// List is a list.
func List(values ...Value) Value { return Value{kind: yaml.List, items: values} }

// Texts is a list of text.
func Texts(words ...string) Value {
	v := Value{kind: yaml.List}
	for _, w := range words {
		v.items = append(v.items, Text(w))
	}
	return v
}

// Map is a mapping with its keys in the order given, each once.
func Map(fields ...Field) Value { return Value{kind: yaml.Mapping, fields: fields} }

// Term is the id of a term, and with a source such as "accepted" the mapping
// {id: …, source: …}. An empty source is the author's.
func Term(id, source string) Value {
	if source == "" {
		return Text(id)
	}
	return Map(Field{"id", Text(id)}, Field{"source", Text(source)})
}
