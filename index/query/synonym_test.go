package query

import (
	"slices"
	"strings"
	"testing"
)

// TestSynonyms: what texts answer for, by lines of the list.
func TestSynonyms(t *testing.T) {
	s := readSynonyms("# a comment\n\noom, out of memory\npg > database\nslow, latency\nload balancer, lb\n")
	for text, want := range map[string]string{
		"the OOM killer":          "out memori",
		"pods ran out of memory":  "oom|out memori",
		"out there":               "",
		"memory, out":             "",
		"pg is full":              "databas",
		"the database":            "",
		"slower":                  "",
		"high latency, latencies": "slow|slow",
		"a load balancer":         "lb|load balanc",
		"the LB":                  "load balanc",
		"":                        "",
	} {
		got := strings.Join(s.Answers(Wholes(text)), "|")
		if got != want {
			t.Errorf("%q answers for %q, want %q", text, got, want)
		}
	}
}

// TestBuiltInSynonyms: every line of the list is a group, no member is lost among stop
// words, and none is written twice.
func TestBuiltInSynonyms(t *testing.T) {
	lines := map[string]bool{}
	for line := range strings.Lines(synonymText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if lines[line] {
			t.Errorf("%q is there twice", line)
		}
		lines[line] = true
		members := strings.FieldsFunc(line, func(c rune) bool { return c == ',' || c == '>' })
		if keys := memberKeys(strings.ReplaceAll(line, ">", ",")); len(members) < 2 || len(keys) != len(members) {
			t.Errorf("%q has members %q", line, keys)
		}
		for _, member := range members {
			if terms := Wholes(member); len(terms) == 1 && len(strings.Fields(member)) > 1 || len(terms) > 4 {
				t.Errorf("%q is known as %q", member, terms)
			}
		}
	}
	if len(lines) < 200 {
		t.Errorf("%d groups", len(lines))
	}
	if got := BuiltInSynonyms().Answers([]string{"k8s"}); !slices.Contains(got, "kubernet") {
		t.Errorf("k8s answers for %q", got)
	}
}
