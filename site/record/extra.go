package record

import (
	"bytes"
	"encoding/json"

	"faultline/site/yaml"
)

// toJSON writes a tree as JSON, keys in their order.
func toJSON(n *yaml.Node) json.RawMessage {
	var b bytes.Buffer
	writeJSON(&b, n)
	return b.Bytes()
}

func writeJSON(b *bytes.Buffer, n *yaml.Node) {
	switch n.Kind {
	case yaml.Null:
		b.WriteString("null")
	case yaml.List:
		writeList(b, n.Items)
	case yaml.Mapping:
		writeMapping(b, n.Entries)
	case yaml.Text:
		writeText(b, n.Text)
	default:
		// Numbers and truth values that JSON writes otherwise (0x1F, .5, True) stay text.
		if json.Valid([]byte(n.Text)) {
			b.WriteString(n.Text)
		} else {
			writeText(b, n.Text)
		}
	}
}

func writeList(b *bytes.Buffer, items []*yaml.Node) {
	b.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			b.WriteByte(',')
		}
		writeJSON(b, item)
	}
	b.WriteByte(']')
}

func writeMapping(b *bytes.Buffer, entries []yaml.Entry) {
	b.WriteByte('{')
	for i, e := range entries {
		if i > 0 {
			b.WriteByte(',')
		}
		writeText(b, e.Key)
		b.WriteByte(':')
		writeJSON(b, e.Value)
	}
	b.WriteByte('}')
}

func writeText(b *bytes.Buffer, s string) {
	text, _ := json.Marshal(s) // a string is always written
	b.Write(text)
}
