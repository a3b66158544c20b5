package problem

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	ids := []string{"failed-failover", "deploy", "severity", "service"}
	for word, want := range map[string]string{
		"failed-failovr": "failed-failover", "delpoy": "deploy", "sevrity": "severity", "deploys": "deploy",
		"banana": "", "": "", "severity": "severity",
	} {
		if got := Nearest(word, ids); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

func TestWriteGivesPlaceLevelAndHint(t *testing.T) {
	l := List{
		{Rule: "b", Level: Warning, Path: "x.md", Line: 10, Text: "late"},
		{Rule: "a", Level: Error, Path: "x.md", Line: 2, Column: 5, Text: `unknown "y"`, Hint: "use z", Excerpt: "> 2 | y"},
		{Rule: "c", Level: Note, Path: "a.md", Text: "whole file"},
	}
	l.Sort()
	var b strings.Builder
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	want := "a.md: whole file (note, c)\n" +
		"x.md:2:5: unknown \"y\" (error, a)\n> 2 | y\n  hint: use z\n" +
		"x.md:10: late (warning, b)\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if l.Count(Error) != 1 || l.Count(Warning) != 1 || l.Count(Note) != 1 {
		t.Error("miscounted")
	}
}
