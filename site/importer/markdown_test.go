package importer

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"faultline/site/record"
)

// TestConventions reads Markdown as other tools and people write it: nothing of it
// changes, and what can be known is.
func TestConventions(t *testing.T) {
	for _, tt := range []struct{ path, text, title, day string }{
		{"a.md", "# Disk full\n\n**Date**: 2024-03-01\n", "Disk full", "2024-03-01"},
		{"b.md", "---\ntitle: Disk full\nlayout: post\ntags: [disk]\n---\n\nOn 1 March 2024 it was full.\n", "Disk full", "2024-03-01"},
		{"c.md", "+++\ntitle = \"Disk full\"\n[extra]\nx = 1\n+++\n\nOn 1 March 2024 it was full.\n", "Disk full", "2024-03-01"},
		{"d.html.md.erb", "---\ntitle: Disk full\n---\n<%= partial 'x' %>\n\nOn 1 March 2024 it was full.\n", "Disk full", "2024-03-01"},
		{"2024-03-01-e.markdown", "Disk full\n=========\n\n| When | What |\n|---|---|\n| 2024-03-01 10:00 | full |\n", "Disk full", "2024-03-01"},
		{"f.md", "<div align=\"center\">\n\n# Disk full\n\n</div>\n\nOn 1 March 2024 it was full.\n", "Disk full", "2024-03-01"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			r := page0(t, tt.path, tt.text)
			i, problems := r.Incident(record.Options{})
			if string(r.Text) != tt.text || i.Title != tt.title || !strings.HasPrefix(i.Date.String(), tt.day) {
				t.Errorf("title %q, date %s, problems %v, text %q", i.Title, i.Date, problems, r.Text)
			}
		})
	}
}

func TestMarkdownEncoding(t *testing.T) {
	r := page0(t, "a.md", "\xff\xfe#\x00 \x00A\x00\n\x00")
	if string(r.Text) != "# A\n" {
		t.Errorf("got %q", r.Text)
	}
}

func TestMarkdownFiles(t *testing.T) {
	const text = "# T\n\n![a](img/a%20b.png) ![again](img/a%20b.png \"t\") [log](../logs/x.txt?raw#L1) [page](other.md) " +
		"![web](https://example.com/x.png) ![root](/x.png) [folder](img/)\n\n<img src=\"graph.svg\">\n"
	r := page0(t, filepath.FromSlash("in/a.md"), text)
	var got []string
	for _, f := range r.Files {
		got = append(got, fmt.Sprintf("%s < %s", f.Path, filepath.ToSlash(f.From)))
	}
	want := []string{"img/a%20b.png < in/img/a b.png", "../logs/x.txt < logs/x.txt", "graph.svg < in/graph.svg"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestShortcodes(t *testing.T) {
	_, problems := Read(Source{Path: "a.md", Data: []byte("---\ntitle: T\n---\nx\n\n{{< figure src=\"a.png\" >}}\n")}, "")
	if len(problems) != 1 || problems[0].Rule != "shortcode" || problems[0].Line != 6 || problems[0].Path != "a.md" {
		t.Errorf("problems %+v", problems)
	}
}

func TestTooLarge(t *testing.T) {
	for _, path := range []string{"a.md", "a.txt"} {
		reports, problems := Read(Source{Path: path, Data: make([]byte, record.MaxBytes+1)}, "")
		if len(reports) > 0 || len(problems) != 1 || problems[0].Rule != "file-too-large" {
			t.Errorf("%s: %d reports, problems %v", path, len(reports), problems)
		}
	}
}

// TestNoText names what a file is that only looks like a report by its name.
func TestNoText(t *testing.T) {
	for _, path := range []string{"a.md", "a.txt", "a.html"} {
		for says, data := range map[string]string{"a PDF": "%PDF-1.7\n", "ZIP": "PK\x03\x04\x14\x00\x06\x00", "not text": strings.Repeat("\x00\x01\x02\x03", 99)} {
			reports, problems := Read(Source{Path: path, Data: []byte(data)}, "")
			if len(reports) > 0 || len(problems) != 1 || problems[0].Rule != "binary-file" || !strings.Contains(problems[0].Text, says) {
				t.Errorf("%s, %s: %d reports, problems %v", path, says, len(reports), problems)
			}
		}
	}
}
