package diff

import (
	"strings"
	"testing"
)

// TestMerge brings a source's changes into a file that its author edited.
func TestMerge(t *testing.T) {
	const base = "title\nstarted 15:09\nresolved 16:59\n\nIt broke.\nWe mended it.\n"
	for _, c := range []struct {
		name, theirs, next, want string
		conflicts                int
	}{
		{"nobody changed anything", base, base, base, 0},
		{"the source alone", base, strings.Replace(base, "broke", "fell over", 1), strings.Replace(base, "broke", "fell over", 1), 0},
		{"the author alone", strings.Replace(base, "15:09", "15:10", 1), base, strings.Replace(base, "15:09", "15:10", 1), 0},
		{"both, far apart",
			strings.Replace(base, "15:09", "15:10", 1), strings.Replace(base, "We mended", "They mended", 1),
			"title\nstarted 15:10\nresolved 16:59\n\nIt broke.\nThey mended it.\n", 0},
		{"both, the same", strings.Replace(base, "15:09", "15:10", 1), strings.Replace(base, "15:09", "15:10", 1), strings.Replace(base, "15:09", "15:10", 1), 0},
		{"both, the same line", strings.Replace(base, "15:09", "15:10", 1), strings.Replace(base, "15:09", "15:11", 1), strings.Replace(base, "15:09", "15:10", 1), 1},
		{"one conflict leaves the rest", strings.Replace(base, "15:09", "15:10", 1),
			strings.NewReplacer("15:09", "15:11", "We mended", "They mended").Replace(base),
			"title\nstarted 15:10\nresolved 16:59\n\nIt broke.\nThey mended it.\n", 1},
		{"the author adds below, the source above", base + "\nLessons.\n", "note\n" + base, "note\n" + base + "\nLessons.\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			merged, conflicts, err := Merge([]byte(base), []byte(c.theirs), []byte(c.next))
			if err != nil {
				t.Fatal(err)
			}
			if string(merged) != c.want || len(conflicts) != c.conflicts {
				t.Errorf("merged to %q with conflicts %+v", merged, conflicts)
			}
		})
	}
}

func TestConflictNamesBothTextsAndTheAuthorsLine(t *testing.T) {
	base := "one\ntwo\nthree\n"
	_, conflicts, err := Merge([]byte(base), []byte("zero\none\ntwo of mine\nthree\n"), []byte("one\ntwo of theirs\nthree\n"))
	if err != nil || len(conflicts) != 1 {
		t.Fatalf("%+v, %v", conflicts, err)
	}
	if want := (Conflict{3, "two of mine\n", "two of theirs\n"}); conflicts[0] != want {
		t.Errorf("conflict %+v, want %+v", conflicts[0], want)
	}
}

func FuzzMerge(f *testing.F) {
	f.Add("a\nb\n", "a\nc\n", "a\nb\nd\n")
	f.Fuzz(func(t *testing.T, base, theirs, next string) {
		merged, conflicts, err := Merge([]byte(base), []byte(theirs), []byte(next))
		if err != nil {
			return // the author's file stays as it is
		}
		if base == next && string(merged) != theirs {
			t.Errorf("an unchanged source changed the author's file %q to %q", theirs, merged)
		}
		if base == theirs && (string(merged) != next || len(conflicts) > 0) {
			t.Errorf("an unedited file became %q, not %q", merged, next)
		}
	})
}
