package markdown

import (
	"strings"
	"testing"
)

// typical is a report of about 8 KB with a timeline, a table and a code block.
var typical = []byte("# Title\n\n## Summary\n\n" + strings.Repeat("Some *words* of `text` with a [link](a.md) and more.\n", 60) +
	"\n## Timeline\n\n" + strings.Repeat("- 10:15 something happened to the cluster\n", 40) +
	"\n| Time | Event |\n|---|---|\n" + strings.Repeat("| 10:15 | something |\n", 20) +
	"\n```go\n" + strings.Repeat("func main() { fmt.Println(\"x\") }\n", 20) + "```\n")

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(typical)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(typical, 1).Blocks()
	}
}

func BenchmarkHTML(b *testing.B) {
	b.SetBytes(int64(len(typical)))
	b.ReportAllocs()
	d := Parse(typical, 1)
	for b.Loop() {
		d.HTML(HTMLOptions{})
	}
}
