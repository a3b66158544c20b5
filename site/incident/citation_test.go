package incident

import (
	"fmt"
	"testing"
)

// An action is named by its id, alone or behind the id of its incident.
func TestCitedActions(t *testing.T) {
	library := []*Incident{
		reported(t, "old", "2023", "A1", "B1"),
		reported(t, "may", "2024-05-02", "A1", "a1", "C1"),
		reported(t, "june", "2024-06-02", "D1"),
		reported(t, "undated", "", "E1"),
	}
	library[0].Aliases = []string{"older"}
	x := IndexActions(library)
	for _, test := range []struct{ by, name, want string }{
		{"june", "B1", "old#B1"},
		{"june", "C1", "may#C1"},
		{"june", "old#A1", "old#A1"},
		{"june", "older#A1", "old#A1"},
		{"june", "a1", "may#a1"},
		{"june", "E1", "undated#E1"},
		{"june", "A1", "several old#A1 may#A1"},
		{"may", "A1", "old#A1"},
		{"old", "C1", "later may#C1"},
		{"old", "A1", "later old#A1 may#A1"},
		{"june", "june#D1", "later june#D1"},
		{"june", "D1", "later june#D1"},
		{"june", "Z9", "none"},
		{"june", "old#Z9", "none"},
		{"june", "nobody#A1", "none"},
		{"june", "", "none"},
		{"june", "#A1", "none"},
	} {
		actions, doubt := x.Cited(x.Incident(test.by), test.name)
		got := [...]string{NoSuchAction: "none", LaterAction: "later", SeveralActions: "several"}[doubt]
		for _, c := range actions {
			got += fmt.Sprintf(" %s#%s", c.Incident.ID, c.Action.ID)
		}
		if doubt == NoDoubt {
			got = got[1:]
		}
		if got != test.want {
			t.Errorf("%s names %q: got %q, want %q", test.by, test.name, got, test.want)
		}
	}
}

func TestNamesThatMayBeMeant(t *testing.T) {
	x := IndexActions([]*Incident{reported(t, "old", "2023", "B1", "A1"), reported(t, "new", "2024", "A1")})
	for name, want := range map[string]string{"A": "[A1 B1]", "old#A": "[old#B1 old#A1]", "nobody#A": "[A1 B1]"} {
		if got := fmt.Sprint(x.Names(name)); got != want {
			t.Errorf("%q may be %s, want %s", name, got, want)
		}
	}
}

func reported(t *testing.T, id, date string, actions ...string) *Incident {
	t.Helper()
	inc := &Incident{ID: id}
	if date != "" {
		at, err := ParseTime(date, nil)
		if err != nil {
			t.Fatal(err)
		}
		inc.Date = at
	}
	for _, a := range actions {
		inc.Actions = append(inc.Actions, Action{ID: a})
	}
	return inc
}

func TestBefore(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"2024-01-01", "2024-01-02", true},
		{"2024-01-02", "2024-01-01", false},
		{"2024-01-01", "2024-01-01", false},
		{"2024-01-01", "2024-01-01T10:00", false},
		{"2024", "2024-05", false},
		{"2024-05", "2024", false},
		{"2023", "2024-01-01", true},
		{"2024-05", "2024-06-01", true},
		{"2024-05-01..2024-05-03", "2024-05-02", false},
		{"2024-01-01T10:00", "2024-01-01T10:01", true},
		{"", "2024", false},
		{"2024", "", false},
	} {
		a, b := reported(t, "a", test.a).Date, reported(t, "b", test.b).Date
		if got := a.Before(b); got != test.want {
			t.Errorf("%q before %q: %v", test.a, test.b, got)
		}
	}
}
