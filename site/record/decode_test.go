package record

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
	"faultline/site/problem"
)

// parse reads a report and returns it with those of its problems that are worse than
// notes, by rule and place.
func parse(path, src string) (*incident.Incident, string) {
	inc, problems := Parse(path, []byte(src), Options{})
	var found []string
	for _, p := range problems {
		if p.Level != problem.Note {
			found = append(found, fmt.Sprintf("%s %s %d:%d", p.Level, p.Rule, p.Line, p.Column))
		}
	}
	return inc, strings.Join(found, "; ")
}

const report = "---\ntitle: Über\nstarted: 2024-01-02T09:00Z\n---\nThe story\nof it.\n"

func TestBytes(t *testing.T) {
	crlf := strings.ReplaceAll(report, "\n", "\r\n")
	for _, c := range []struct{ name, src, want, title, body string }{
		{"plain", report, "", "Über", "The story\nof it.\n"},
		{"CRLF", crlf, "", "Über", "The story\nof it.\n"},
		{"CR", strings.ReplaceAll(report, "\n", "\r"), "", "Über", "The story\nof it.\n"},
		{"byte order mark", "\ufeff" + report, "", "Über", "The story\nof it.\n"},
		{"byte order mark and CRLF", "\ufeff" + crlf, "", "Über", "The story\nof it.\n"},
		{"spaces behind the fences", strings.ReplaceAll(report, "---\n", "--- \t\n"), "", "Über", "The story\nof it.\n"},
		{"no line end at the end", strings.TrimSuffix(report, "\n"), "", "Über", "The story\nof it."},
		{"fence at the very end", "---\ntitle: A\ndate: 2024-01-02\n---", "", "A", ""},
		{"dots close YAML", "---\ntitle: A\ndate: 2024-01-02\n...\nText", "", "A", "Text"},
		{"NUL in the text", strings.Replace(report, "story\n", "st\x00ry\n", 1), "warning nul-byte 5:7", "Über", "The st\ufffdry\nof it.\n"},
		{"Windows-1252", strings.Replace(strings.Replace(report, "Ü", "\xdc", 1), "of", "\x93of\x94", 1),
			"warning invalid-utf-8 2:8", "Über", "The story\n“of” it.\n"},
		{"neither UTF-8 nor Windows-1252", strings.Replace(report, "of", "\x93of", 1), "warning invalid-utf-8 6:1", "Über", "The story\n\ufffdof it.\n"},
		{"bytes that no code page has", strings.Replace(strings.Replace(report, "Ü", "U", 1), "of", "\x81of", 1),
			"warning invalid-utf-8 6:1", "Uber", "The story\n\ufffdof it.\n"},
		{"empty", "", "warning empty-file 0:0", "a file", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			inc, problems := parse("a_file.md", c.src)
			if inc == nil {
				t.Fatalf("no incident: %s", problems)
			}
			if problems != c.want || inc.Title != c.title || inc.Body != c.body {
				t.Errorf("got %q, title %q, body %q", problems, inc.Title, inc.Body)
			}
			if c.body != "" && strings.HasPrefix(c.name, "CR") && inc.BodyLine != 5 {
				t.Errorf("the body is on line %d", inc.BodyLine)
			}
		})
	}
}

func TestNoText(t *testing.T) {
	for _, c := range []struct{ name, src, rule string }{
		{"image", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary-file"},
		{"UTF-16", "\xff\xfet\x00i\x00t\x00l\x00e\x00", "utf-16"},
		{"UTF-16 of the other order", "\xfe\xff\x00t\x00i\x00t\x00l\x00e", "utf-16"},
		{"UTF-16 without a mark", "t\x00i\x00t\x00l\x00e\x00", "binary-file"},
		{"control characters", strings.Repeat("ab\x01\x02", 100), "binary-file"},
		{"Shift JIS", strings.Repeat("\x8f\xe1\x8aQ\x95\xf1\x8d\x90", 50), "binary-file"},
		{"large", strings.Repeat("x", MaxBytes+1), "file-too-large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inc, problems := Parse("a.md", []byte(c.src), Options{})
			if inc != nil || len(problems) != 1 || problems[0].Rule != c.rule || problems[0].Level != problem.Error || problems[0].Hint == "" {
				t.Errorf("got %v, %v", inc, problems)
			}
		})
	}
}

// Lines of problems and of statements are those of the file, whatever its line ends.
func TestLines(t *testing.T) {
	src := "---\r\ntitle: A\r\n\r\nsymptoms:\r\n  - It broke\r\ncuases: [x]\r\n---\r\n\r\n# Lessons\r\n"
	for _, ends := range []string{"\r\n", "\n", "\r"} {
		inc, problems := Parse("2024-01-02.md", []byte(strings.ReplaceAll(src, "\r\n", ends)), Options{})
		i := 0
		for i < len(problems) && problems[i].Rule != "unknown-key" {
			i++
		}
		if i == len(problems) || problems[i].Line != 6 {
			t.Errorf("%q: problems %v", ends, problems)
		}
		if len(inc.Symptoms) != 1 || inc.Symptoms[0].Line != 5 || inc.BodyLine != 8 {
			t.Errorf("%q: symptoms %v, body on line %d", ends, inc.Symptoms, inc.BodyLine)
		}
	}
}

func TestPathID(t *testing.T) {
	long := strings.Repeat("sehr-", 60) + "lang.md"
	for _, c := range []struct{ path, want string }{
		{"incidents/2017-10-10-gocardless.md", "2017-10-10-gocardless"},
		{"2020-02-12.html.md.erb.md", "2020-02-12"},
		{"crates.io-malicious.md", "crates-io-malicious"},
		{"PM2019-009 - Kubernetes IP starvation.md", "pm2019-009-kubernetes-ip-starvation"},
		{"2024/incidents/Checkout.markdown", "2024-incidents-checkout"},
		{"notes/障害報告 1.txt", "notes-障害報告-1"},
		{"u\u0308ber.md", "über"},
		{"#what's \"this\"?.md", "what-s-this"},
		{"!!!.md", "incident-" + digest("!!!.md")},
		{".md", "md"},
		{"2024-01-02-queue/index.md", "2024-01-02-queue"},
		{"incidents/Queue/INDEX.markdown", "queue"},
		{"incidents/index.md", "index"},
		{"index.md", "index"},
		{"con.md", "incident-con"},
		{"LPT1.txt", "incident-lpt1"},
		{"console.md", "console"},
		{long, cutRunes(strings.TrimSuffix(long, ".md"), maxID-9) + "-" + digest(long)},
	} {
		got := PathID(c.path)
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.path, got, c.want)
		}
		if !validID(got) {
			t.Errorf("%q: %q is no valid id", c.path, got)
		}
	}
	if a, b := PathID(strings.Repeat("ü", 200)+"a.md"), PathID(strings.Repeat("ü", 200)+"b.md"); a == b || len(a) > maxID {
		t.Errorf("long paths share %q or are too long", a)
	}
}

func TestEarlier(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2024-01-02T09:00Z", "2024-01-02T09:01Z", true},
		{"2024-01-02T09:00Z", "2024-01-02T09:00:30Z", false},
		{"2024-01-02T09:00Z", "2024-01-02T09:00Z", false},
		{"2024-01-02T11:00+02:00", "2024-01-02T09:30Z", true},
		{"~2024-01-02T09:00Z", "2024-01-02T09:10Z", false},
		{"2024-01-02", "2024-01-02T09:00Z", false},
		{"2024-01-02", "2024-01-03T09:00Z", false}, // west of Greenwich it is still the 2nd
		{"2024-01-02", "2024-01-04T09:00Z", true},
		{"2024-01", "2024-01-20T09:00Z", false},
		{"2024-01-02T09:00", "2024-01-02T12:00Z", false},
		{"", "2024-01-02T12:00Z", false},
	} {
		if got := earlier(mustTime(t, c.a), mustTime(t, c.b)); got != c.want {
			t.Errorf("%q before %q: got %v", c.a, c.b, got)
		}
	}
}

func mustTime(t *testing.T, s string) incident.Time {
	t.Helper()
	if s == "" {
		return incident.Time{}
	}
	at, err := incident.ParseTime(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestParseOffset(t *testing.T) {
	for s, want := range map[string]time.Duration{"+16m": 16 * time.Minute, "T+1h30m": 90 * time.Minute, "-5m": -5 * time.Minute} {
		if got, ok := parseOffset(s); !ok || got != incident.Span(want) {
			t.Errorf("%q: got %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"16m", "+", "+soon", "+1h..2h", "2017-10-10", "T"} {
		if got, ok := parseOffset(s); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

func TestFileWithoutWords(t *testing.T) {
	for _, src := range []string{"", "\ufeff", "\n", " \r\n\t\r\n"} {
		_, problems := Parse("a.md", []byte(src), Options{})
		if len(problems) != 1 || problems[0].Rule != "empty-file" {
			t.Errorf("%q: got %v", src, problems)
		}
	}
}

func TestPathDate(t *testing.T) {
	for path, want := range map[string]string{
		"2016-03-14-review-of-outage-2012-12-24.md": "2012-12-24",
		"2012-12-24-outage-reviewed-2016-03-14.md":  "2012-12-24",
		"2016-03-14-outage.md":                      "2016-03-14",
		"2016-03-14-outage-2012-99-24.md":           "",
		"outage.md":                                 "",
	} {
		if got := pathDate(path).String(); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
