package reading

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// TestCases reads the reports of testdata; the first lines of a case say what it is
// about.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := tell(Read(markdown.Parse(archive.Files[0].Data, 1), Options{}))
			compareLines(t, got, string(archive.Files[1].Data))
		})
	}
}

// TestSpacesOfWordProcessors reads times whose spaces are not those of a keyboard.
func TestSpacesOfWordProcessors(t *testing.T) {
	f := facts("# T\n\nDate:\u00a012\u00a0mars\u00a02024\n\n##\u00a0Timeline\n\n2:05\u202fPM\u00a0UTC\u00a0\u2013 down\n\n-\u00a0\u200e3:05\u202fPM\u00a0UTC: up\n")
	var got []string
	for _, row := range f.Timeline {
		got = append(got, row.At.String()+" "+row.Text)
	}
	if want := []string{"2024-03-12T14:05Z down", "2024-03-12T15:05Z up"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Errorf("line %d\n got %s\nwant %s", i+1, a, b)
		}
	}
}

// tell writes facts one on a line, unknown ones not at all.
func tell(f Facts) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	words := func(name string, s Found[string]) {
		if s.Known() {
			say("%s %d %q", name, s.Line, s.Value)
		}
	}
	times := func(name string, s Found[incident.Time]) {
		if s.Known() {
			say("%s %d %s", name, s.Line, s.Value)
		}
	}
	if f.Language != "" && f.Language != "en" {
		say("language %s", f.Language)
	}
	words("title", f.Title)
	times("date", f.Date)
	words("timezone", f.Timezone)
	words("severity", f.Severity)
	times("started", f.Started)
	times("detected", f.Detected)
	times("mitigated", f.Mitigated)
	times("resolved", f.Resolved)
	if f.Duration.Known() {
		say("duration %d %s", f.Duration.Line, f.Duration.Value)
	}
	words("summary", f.Summary)
	for _, r := range f.Timeline {
		kind := map[incident.Basis]string{incident.Explicit: "row", incident.Prose: "told"}[r.Basis]
		say("%s %d %q %s", kind, r.Line, r.Label, tellRow(r))
	}
	for _, n := range f.Symptoms {
		say("symptom %d %q", n.Line, n.Text)
	}
	for _, n := range f.WrongTurns {
		say("wrong-turn %d %q", n.Line, n.Text)
	}
	for _, l := range f.Lessons {
		say("lesson %d %s %q", l.Line, l.Kind, l.Text)
	}
	for _, a := range f.Actions {
		say("action %d %s", a.Line, tellAction(a))
	}
	for _, s := range f.Sections {
		say("section %d %s %d %q", s.Line, s.Kind, s.Level, s.Heading)
	}
	return b.String()
}

func tellRow(r incident.Row) string {
	s := r.At.String()
	if s == "" {
		s = "-"
	}
	if r.Offset != nil {
		s += " offset=" + r.Offset.String()
	}
	s += fmt.Sprintf(" %q", r.Text)
	if r.Actor != nil {
		s += " by=" + *r.Actor
	}
	if r.Anchor != "" {
		s += " #" + r.Anchor
	}
	return s
}

func tellAction(a incident.Action) string {
	s := a.ID
	if a.Kind != nil {
		s += fmt.Sprintf(" kind=%q", *a.Kind)
	}
	if a.Owner != nil {
		s += " owner=" + *a.Owner
	}
	if a.Status != nil {
		s += " status=" + *a.Status
	}
	if a.Due.Known() {
		s += " due=" + a.Due.String()
	}
	if a.Link != nil {
		s += " link=" + *a.Link
	}
	return s + fmt.Sprintf(" %q", a.Text)
}
