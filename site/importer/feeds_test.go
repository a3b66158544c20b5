package importer

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site/problem"
	"faultline/site/record"
)

var update = flag.Bool("update", false, "write what is read of testdata/sources as what is expected")

// sample reads a file of testdata/sources.
func sample(t testing.TB, name string) Source {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/sources", name))
	if err != nil {
		t.Fatal(err)
	}
	return Source{Path: name, Key: name, Data: data}
}

// sampleFormats says which format each sample is in.
var sampleFormats = map[string]string{
	"statuspage.json": "statuspage", "history.json": "statuspage-history", "history.atom": "feed", "history.rss": "feed",
	"issues.json": "github", "issue-rest.json": "github", "incidents.csv": "csv", "semicolon.csv": "csv", "list.md": "list",
	"report-with-links.md": "markdown", "cstate.md": "markdown",
}

// TestOneFormatClaims fails where a sample is claimed by another format than its own,
// whatever its name says. The last format takes what no other does.
func TestOneFormatClaims(t *testing.T) {
	for name, want := range sampleFormats {
		for _, path := range []string{name, "-"} {
			if want == "csv" && path == "-" && name == "semicolon.csv" {
				continue // its columns are known in German only in part
			}
			src := sample(t, name)
			src.Path = path
			var claims []string
			for _, f := range formats[:len(formats)-1] {
				if f.detect(src) && f.name != "text" {
					claims = append(claims, f.name)
				}
			}
			if got := strings.Join(claims, " "); got != want && !(want == "markdown" && got == "") {
				t.Errorf("%s as %q is claimed by %q, want %s", name, path, got, want)
			}
		}
	}
}

// TestSamples compares what is read of each sample with its golden file.
func TestSamples(t *testing.T) {
	for name := range sampleFormats {
		t.Run(name, func(t *testing.T) {
			got := told(Read(sample(t, name), ""))
			golden := filepath.Join("testdata/golden", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal([]byte(got), want) {
				t.Errorf("%s is read as\n%s\nwant\n%s", name, got, want)
			}
		})
	}
}

// told writes reports for people: what the library would read of each, its body, and
// the problems of the source.
func told(reports []Report, problems problem.List) string {
	var b strings.Builder
	for _, r := range reports {
		i, _ := record.Parse(r.Path, r.Text, record.Options{})
		fmt.Fprintf(&b, "=== %s | %s | %s\n", r.Path, r.Key, r.Name)
		line := func(key, value string) {
			if value != "" {
				fmt.Fprintf(&b, "%s: %s\n", key, value)
			}
		}
		line("title", i.Title)
		line("organization", orNone(i.Organization))
		line("services", strings.Join(i.Services, " | "))
		line("severity", orNone(i.Severity))
		line("tags", strings.Join(i.Labels, " | "))
		line("timezone", orNone(i.Timezone))
		line("date", i.Date.String())
		line("clocks", strings.Join([]string{i.Started.String(), i.Detected.String(), i.Mitigated.String(), i.Resolved.String()}, " | "))
		if i.Duration.Known() {
			line("duration", i.Duration.String()+" "+string(i.Duration.Basis))
		}
		line("source", strings.Join([]string{orNone(i.Source.URL), orNone(i.Source.Publisher), i.Source.Published.String()}, " | "))
		for _, row := range i.Timeline {
			line("row", strings.Join([]string{row.At.String(), orNone(row.Actor), row.Text}, " | "))
		}
		for _, action := range i.Actions {
			line("action", action.Text)
		}
		for _, extra := range i.Extra {
			line("extra", extra.Key)
		}
		b.WriteString("---\n" + strings.Trim(i.Body, "\n") + "\n")
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s %s\n  hint: %s\n", p.Level, p.Rule, p, p.Hint)
	}
	return b.String()
}

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
