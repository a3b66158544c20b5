package problem

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// What an author wrote must not reach the terminal as anything but text.
func TestWriteStaysOnItsLine(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	l := List{{Rule: "a", Path: "a\x1b[2J\nb\xff.md", Line: 1, Text: "unknown key \"" + long + "\" in the \x07 file",
		Excerpt: "> 1 |\tx\x1b[0m\n> 2 | y"}}
	var b strings.Builder
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	first, rest, _ := strings.Cut(b.String(), "\n")
	if !strings.HasPrefix(first, "a\ufffd[2J\ufffdb\ufffd.md:1: unknown key \"xxx") || !strings.HasSuffix(first, "xxx\" in the \ufffd file (error, a)") {
		t.Errorf("got %q", first)
	}
	if len([]rune(first)) > 400 {
		t.Errorf("the line has %d characters", len([]rune(first)))
	}
	if want := "> 1 |\tx\ufffd[0m\n> 2 | y\n"; rest != want {
		t.Errorf("got the excerpt %q, want %q", rest, want)
	}
}

func TestProblemWithoutPlace(t *testing.T) {
	if got := (Problem{Text: "theme is broken"}).String(); got != "theme is broken" {
		t.Errorf("got %q", got)
	}
}

func TestBrief(t *testing.T) {
	list := List{{Rule: "a", Line: 1}, {Rule: "a", Line: 2}, {Rule: "b"}, {Rule: "a", Line: 3}}
	brief, rest := list.Brief(2)
	if len(brief) != 3 || rest != 1 || brief[1].Line != 2 || brief[2].Rule != "b" {
		t.Errorf("%v and %d more", brief, rest)
	}
	if brief, rest := list.Brief(3); len(brief) != 4 || rest != 0 {
		t.Errorf("%v and %d more", brief, rest)
	}
}

func TestReasonLeavesThePathOut(t *testing.T) {
	_, err := os.Open(filepath.Join(t.TempDir(), "secret-place"))
	if got := Reason(fmt.Errorf("read: %w", err)); got == "" || strings.Contains(got, "secret-place") {
		t.Errorf("got %q", got)
	}
	if got := Reason(errors.New("plain")); got != "plain" {
		t.Errorf("got %q", got)
	}
}
