package index

import (
	"slices"
	"strings"
	"testing"
)

// TestSpelling: a word that no incident has stands for one that it is like; a word
// that somebody insists on does not.
func TestSpelling(t *testing.T) {
	x := open(t, "", fixture())
	for q, want := range map[string]string{
		"replcia": "replica", "certifcate": "cert", "conection": "sysctl pods", "gatewey expired": "cert pods", "promotd": "replica",
		"eplica":        "", // the first two letters are taken to be right
		"rpelica":       "",
		"+replcia":      "",
		`"replcia"`:     "",
		"title:replcia": "",
		"-replcia pods": "pods",
		"past":          "", // too short, though "pass" were near
		"rep1ica":       "", // a name or number, not a word
		"ip_forwerd":    "sysctl",
	} {
		r, err := x.Search(q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
	r, _ := x.Search("replcia pods", Options{Limit: 1})
	if want := []string{"no incident has “replcia”; “Replica” is searched for instead"}; !slices.Equal(r.Notes, want) {
		t.Errorf("notes are %q, want %q", r.Notes, want)
	}
	if r, _ := x.Search("replica", Options{Limit: 1}); len(r.Notes) != 0 {
		t.Errorf("a word that is there has notes %q", r.Notes)
	}
}

// TestSpellingPrefersTheCommon: of words as near as each other, the one that more
// incidents have, then the first.
func TestSpellingPrefersTheCommon(t *testing.T) {
	lib := fixture()
	lib.Incidents = append(lib.Incidents, note("a", "Shards", "shards", 2020), note("b", "Sharps", "sharps", 2020), note("c", "Sharps", "sharps", 2020))
	x := open(t, "", lib)
	if r, _ := x.Search("sharts", Options{Limit: 9}); ids(r) != "b c" {
		t.Errorf("finds %q, want the two with sharps", ids(r))
	}
}

// TestSpellingOfForms: a misspelling is held against the word as it was typed and against
// the forms of terms, not only against stems.
func TestSpellingOfForms(t *testing.T) {
	lib := fixture()
	lib.Incidents = append(lib.Incidents, note("a", "Ingress", "ingress", 2020), note("b", "Lag", "replication was late", 2020))
	x := open(t, "", lib)
	for q, want := range map[string]string{
		"ingres":      "a", // of which the stemmer takes an ending
		"replicaton":  "b", // whose stem is far from that of replication
		"repliction":  "b",
		"+replicaton": "",
	} {
		r, err := x.Search(q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
}

// TestSpellingOfValues: a value that no incident has stands for one as near as a misspelt
// word, unless somebody insists on it or it has digits.
func TestSpellingOfValues(t *testing.T) {
	x := open(t, "", fixture())
	for _, test := range []struct{ q, want, note string }{
		{"cause:config-chnage", "cert sysctl", "no incident has “cause:config-chnage”; “config-change” is searched for instead"},
		{`service:"payment api"`, "replica", ""}, // its words are those of a value
		{"service:gatewy", "pods cert", "no incident has “service:gatewy”; “Gateway” is searched for instead"},
		{"+cause:config-chnage", "", "“cause:config-chnage” is a value that no incident has; the nearest is “config-change”"},
		{"cause:certificate", "", "“cause:certificate” is a value that no incident has; the nearest is “expired-certificate”"},
		{"id:replica2", "", "“id:replica2” is a value that no incident has; the nearest is “replica”"},
	} {
		r, err := x.Search(test.q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r); got != test.want || strings.Join(r.Notes, "|") != test.note {
			t.Errorf("%q finds %q with %q, want %q with %q", test.q, got, r.Notes, test.want, test.note)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"disk", "disk", 0}, {"disk", "dsik", 1}, {"disk", "dis", 1}, {"disk", "disks", 1}, {"disk", "desk", 1},
		{"kubernet", "kubrent", 2}, {"prometh", "promehteus", 3}, {"a", "abcd", 3}, {"é原", "原é", 1},
	} {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if got := distance([]rune(pair[0]), []rune(pair[1])); got != test.want && (got < 3 || test.want < 3) {
				t.Errorf("distance of %q and %q is %d, want %d", pair[0], pair[1], got, test.want)
			}
		}
	}
}
