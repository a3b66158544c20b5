package importer

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/problem"
	"faultline/site/record"
)

// TestBrokenSources imports what can be imported of sources that are broken, and says
// where they are.
func TestBrokenSources(t *testing.T) {
	const incident = `{"id": "a", "name": "One", "impact": "minor", "incident_updates": [{"status": "resolved", "body": "Over.", "created_at": "2024-01-02T03:04:05Z"}]}`
	for _, c := range []struct {
		name, path, text string
		reports          int
		rule             string
		line             int
	}{
		{"cut JSON", "a.json", "{\"incidents\": [\n" + incident + ",\n" + `{"id": "b", "name": "Tw`, 1, "bad-json", 3},
		{"JSON with a comma too many", "a.json", "{\"incidents\": [\n" + incident + ",\n]}", 1, "bad-json", 3},
		{"something behind JSON", "a.json", "{\"incidents\": [\n" + incident + "]}\nxx", 1, "bad-json", 3},
		{"wrong types", "a.json", "{\"incidents\": [\n{\"id\": 7, \"name\": [1], \"impact\": {}, \"incident_updates\": \"none\"}]}", 1, "wrong-type", 2},
		{"null everywhere", "a.json", `{"page": null, "incidents": [null, {"id": null, "name": null, "incident_updates": [null], "components": null, "impact": null}]}`, 1, "", 0},
		{"a date that cannot be", "a.json", "{\"incidents\": [\n\n{\"id\": \"a\", \"name\": \"One\", \"started_at\": \"2024-02-30T01:00:00Z\", \"incident_updates\": []}]}", 1, "bad-time", 3},
		{"two of one id", "a.json", "{\"incidents\": [" + incident + ",\n" + incident + "]}", 2, "duplicate-id", 2},
		{"deep JSON", "a.json", `{"incidents": [` + incident + `, ` + strings.Repeat("[", 20000) + `]}`, 1, "bad-json", 1},
		{"cut feed", "a.atom", "<feed><title>X</title>\n<entry><id>1</id><title>One</title></entry>\n<entry><id>2</id><tit", 1, "bad-xml", 3},
		{"entity bomb", "a.rss", `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + "\n<rss><channel><item><title>&b;</title><guid>1</guid></item></channel></rss>", 1, "", 0},
		{"feed without dates", "a.rss", "<rss><channel><item><title>One</title><pubDate>yesterday</pubDate></item></channel></rss>", 1, "bad-time", 1},
		{"unknown zone", "a.rss", "<rss><channel>\n<item><title>One</title><pubDate>Mon, 15 Jan 2024 10:30:00 +0000</pubDate><description>&lt;p&gt;&lt;small&gt;Jan 15, 16:00 IST&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - Over.&lt;/p&gt;</description></item></channel></rss>", 1, "unknown-timezone", 2},
		{"issue of wrong types", "a.json", "[{\"number\": \"x\", \"title\": null, \"body\": 3,\n\"labels\": \"incident\", \"comments\": [3]}]", 1, "wrong-type", 2},
		{"CSV without title", "a.csv", "date,summary\n2024-01-01,Search failed\n", 1, "no-title", 1},
		{"CSV of something else", "a.csv", "path,bytes\na.txt,12\n", 0, "no-title", 1},
		{"CSV with a quote that is not closed", "a.csv", "title,date,summary\nOne,2024-01-01,\"so\nTwo,2024-01-02,x\n", 1, "", 0},
		{"CSV of a header alone", "a.csv", "title,date,summary\n", 0, "no-incidents", 0},
		{"page without incidents", "a.json", `{"page": {"name": "X"}, "incidents": []}`, 0, "no-incidents", 0},
		{"feed without entries", "a.rss", "<rss><channel><title>X</title></channel></rss>", 0, "no-incidents", 0},
		{"JSON of something else", "a.json", `{"a": [1]}`, 0, "unknown-format", 0},
	} {
		reports, problems := Read(Source{Path: c.path, Key: c.path, Data: []byte(c.text)}, "")
		if len(reports) != c.reports {
			t.Errorf("%s: %d reports, want %d; %v", c.name, len(reports), c.reports, problems)
		}
		if c.rule == "" && len(problems) > 0 {
			t.Errorf("%s: problem %v", c.name, problems[0])
		}
		if c.rule != "" && !has(problems, c.rule, c.line) {
			t.Errorf("%s: no %s in line %d: %v", c.name, c.rule, c.line, problems)
		}
	}
}

func has(problems problem.List, rule string, line int) bool {
	for _, p := range problems {
		if p.Rule == rule && p.Line == line && p.Path != "" && p.Hint != "" {
			return true
		}
	}
	return false
}

// TestNamesOutliveGrowth imports a source again that tells of more: what was there has
// the name and the key that it had.
func TestNamesOutliveGrowth(t *testing.T) {
	one := func(id string) string {
		return `{"id": "` + id + `", "name": "Slow", "created_at": "2024-01-02T03:04:05Z", "incident_updates": []}`
	}
	read := func(text string) map[string]string {
		reports, _ := Read(Source{Path: "a.json", Key: "a.json", Data: []byte(`{"incidents": [` + text + `]}`)}, "")
		names := map[string]string{}
		for _, r := range reports {
			names[r.Key] = r.Name
		}
		return names
	}
	before := read(one("b") + "," + one("a"))
	after := read(strings.Replace(one("z"), "2024", "2025", 1) + "," + one("c") + "," + one("b") + "," + one("a"))
	for key, name := range before {
		if after[key] != name {
			t.Errorf("%s was called %q and is called %q", key, name, after[key])
		}
	}
	if len(after) != 4 || after["a.json#a"] != "2024-01-02-slow" || after["a.json#b"] != "2024-01-02-slow-b" {
		t.Errorf("names are %v", after)
	}
}

// TestManyIncidents reads as many incidents as the oldest pages hold, ten times over,
// with all names alike.
func TestManyIncidents(t *testing.T) {
	const n = 100_000
	var b strings.Builder
	b.WriteString(`{"incidents": [`)
	for i := range n {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `{"id": "i%d", "name": "Slow", "created_at": "2024-01-02T03:04:05Z", "incident_updates": [{"status": "resolved", "body": "Over.", "created_at": "2024-01-02T03:04:05Z"}]}`, i)
	}
	b.WriteString("]}")
	reports, problems := Read(Source{Path: "a.json", Key: "a.json", Data: []byte(b.String())}, "")
	if len(reports) != n || len(problems) > 0 {
		t.Fatalf("%d reports, %d problems", len(reports), len(problems))
	}
	names := map[string]bool{}
	for _, r := range reports {
		names[r.Name] = true
	}
	if len(names) != n {
		t.Errorf("%d names", len(names))
	}
}

// TestHostileText keeps text that means something to a browser or to YAML, and lets none
// of it out of its place.
func TestHostileText(t *testing.T) {
	hostile := []string{"<script>alert(1)</script>", "---\nid: stolen\n---", "\"\n: {", "a\u2028b", "\x1b[31mred", "{{< shortcode >}}", "# heading"}
	for _, text := range hostile {
		quoted := fmt.Sprintf("%q", text)
		quoted = strings.ReplaceAll(quoted, `\x1b`, `\u001b`)
		src := Source{Path: "a.json", Key: "a.json", Data: []byte(`[{"number": 1, "title": ` + quoted + `, "body": ` + quoted + `, "state": "open", "labels": [` + quoted + `]}]`)}
		reports, problems := Read(src, "")
		if len(reports) != 1 {
			t.Fatalf("%q: %v", text, problems)
		}
		if i, _ := record.Parse("a.md", reports[0].Text, record.Options{}); i.ID != "a" || reports[0].Key != "a.json#1" {
			t.Errorf("%q changed the id to %q", text, i.ID)
		}
		if !strings.Contains(string(reports[0].Text), strings.TrimSpace(text)) {
			t.Errorf("%q is lost in %s", text, reports[0].Text)
		}
	}
}

// FuzzSources reads anything in every format: no panic, and every report has a name, a
// key of its own and a text.
func FuzzSources(f *testing.F) {
	for name := range sampleFormats {
		f.Add(sample(f, name).Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []string{"statuspage", "statuspage-history", "feed", "github", "csv", "list"} {
			reports, problems := Read(Source{Path: "a", Key: "a", Data: data}, format)
			keys, names := map[string]bool{}, map[string]bool{}
			for _, r := range reports {
				if r.Name == "" || keys[r.Key] || names[r.Name] || len(r.Text) == 0 {
					t.Fatalf("%s: report %q is called %q: %s", format, r.Key, r.Name, r.Text)
				}
				keys[r.Key], names[r.Name] = true, true
			}
			for _, p := range problems {
				if p.Path == "" || p.Text == "" || p.Line < 0 {
					t.Fatalf("%s: problem %+v", format, p)
				}
			}
		}
	})
}

// TestLongSources reads what is long in one place. What takes time by the square of it
// never ends.
func TestLongSources(t *testing.T) {
	const n = 1 << 18
	for name, text := range map[string]string{
		"a.md":   "# A\n\n# B\n\n" + strings.Repeat("[A](https://a.example). What happened there is long.\n\n", 5) + strings.Repeat("on\n", n),
		"b.csv":  "title,date,summary\n" + strings.Repeat("x,2024-01-01,\"", n),
		"c.rss":  "<rss><channel><title>" + strings.Repeat("Status ", n) + "</title></channel></rss>",
		"d.rss":  "<rss><channel><item><description>" + strings.Repeat("&lt;small&gt;Oct 12, 17:12 UTC&lt;/small&gt;", n/16) + "</description><pubDate>Mon, 15 Jan 2024 12:00:00 +0000</pubDate></item></channel></rss>",
		"e.rss":  "<rss>" + strings.Repeat("<item>", 9000),
		"f.json": `[{"number": 1, "title": "` + strings.Repeat("status ", n) + `", "body": "` + strings.Repeat(`\n# `, n) + `"}]`,
		"g.json": `{"incidents": [` + strings.Repeat(`{"id": "1", "name": "a", "incident_updates": []},`, n/16) + `{}]}`,
	} {
		if reports, problems := Read(Source{Path: name, Key: name, Data: []byte(text)}, ""); len(reports)+len(problems) == 0 && name != "c.rss" {
			t.Errorf("%s says nothing", name)
		}
	}
}
