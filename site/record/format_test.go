package record

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"faultline/site/yaml"
)

var (
	fieldRow   = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\| (yes|no) \\| ([^|]*) \\|$")
	settingRow = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\|$")
)

// TestFormat holds the authors' manual equal to the table of fields: the same keys
// in the same order, of the same types.
func TestFormat(t *testing.T) {
	manual := readManual(t)
	var got, want []string
	for _, m := range fieldRow.FindAllStringSubmatch(manual, -1) {
		got = append(got, m[1]+": "+strings.TrimSpace(m[2])+", required: "+m[3])
		if len(m[4]) < 10 {
			t.Errorf("the manual does not say how to decide on %q", m[1])
		}
	}
	for _, f := range Fields() {
		required := "no"
		if f.Required {
			required = "yes"
		}
		want = append(want, f.Key+": "+f.Type+", required: "+required)
	}
	if !slices.Equal(got, want) {
		t.Errorf("content/FORMAT.md has\n\t%s\nthe code has\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// TestFormatOfConfig does the same for faultline.yaml.
func TestFormatOfConfig(t *testing.T) {
	_, section, found := strings.Cut(readManual(t), "\n## faultline.yaml\n")
	if !found {
		t.Fatal("content/FORMAT.md has no section on faultline.yaml")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var got, want []string
	for _, m := range settingRow.FindAllStringSubmatch(section, -1) {
		got = append(got, m[1])
	}
	for _, s := range settings {
		want = append(want, s.key)
	}
	if !slices.Equal(got, want) {
		t.Errorf("content/FORMAT.md has %v, the code has %v", got, want)
	}
}

func readManual(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../content/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestExamples checks that the example that a hint shows is one that the field
// takes.
func TestExamples(t *testing.T) {
	for _, f := range Fields() {
		src := "---\ntitle: x\ndate: 2024-01-02\n" + f.Key + ": " + f.Example + "\n---\n"
		if f.Key == "title" || f.Key == "date" {
			src = "---\n" + f.Key + ": " + f.Example + "\n---\n"
		}
		inc, problems := Parse("2024-01-02-x.md", []byte(src), Options{})
		if n := problems.Count(0); n > 0 || len(inc.Extra) > 0 {
			t.Errorf("%s: %s: %v", f.Key, f.Example, problems)
		}
		for _, p := range problems {
			if p.Rule == "unknown-key" || p.Rule == "no-timezone" {
				t.Errorf("%s: %s: %v", f.Key, f.Example, p)
			}
		}
		if f.Meaning == "" || strings.HasSuffix(f.Meaning, ".") {
			t.Errorf("%s: the meaning %q is not one sentence without a full stop", f.Key, f.Meaning)
		}
	}
	for _, s := range settings {
		if _, problems := ParseConfig("faultline.yaml", []byte(s.key+": "+s.example+"\n")); len(problems) > 0 {
			t.Errorf("%s: %s: %v", s.key, s.example, problems)
		}
		if n, problems := yaml.Parse("x", []byte(s.key+": "+s.example), 1); n == nil || len(problems) > 0 {
			t.Errorf("%s: %v", s.key, problems)
		}
	}
}
