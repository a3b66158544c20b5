package cue

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// found lists the cues that stand in a text, with the words that they took.
func found(t *testing.T, text string, cues ...string) []string {
	t.Helper()
	patterns := make([]Pattern, len(cues))
	for i, c := range cues {
		p, err := Parse(c)
		if err != nil {
			t.Fatalf("%q: %v", c, err)
		}
		patterns[i] = p
	}
	words := Words(text, nil)
	var list []string
	for _, m := range Compile(patterns).Find(&Search{}, words) {
		list = append(list, fmt.Sprintf("%s=%s", cues[m.Pattern], text[words[m.From].Start:words[m.To-1].End]))
	}
	return list
}

func TestMatches(t *testing.T) {
	for _, c := range []struct{ cue, text, want string }{
		{"no alert", "There was No alerting at all", "No alerting"},
		{"no alert", "no other alert", ""},
		{"ran out .. memory", "it ran out of the physical memory", "ran out of the physical memory"},
		{"ran out .. memory", "it ran out memory", "ran out memory"},
		{"ran out .. memory", "it ran out of one two three four memory", ""},
		{"ran out .. memory", "it ran out of one two three memory", "ran out of one two three memory"},
		{"roll|rolled back", "we rolled it; then rolled back", "rolled back"},
		{"expir*", "The certificate's expiration", "expiration"},
		{"exp*", "we hit this exactly", ""},
		{"# errors", "5xx errors", "5xx errors"},
		{"# errors", "many errors", ""},
		{"did not fire", "The alert didn't fire", "didn't fire"},
		{"can't connect", "we cannot connect", "cannot connect"},
		{"did not fire", "it didnt fire", "didnt fire"},
		{"can not fire", "it cant fire", "cant fire"},
		{"we'll add", "we will add", "we will add"},
		{"we'll add", "we add", ""},
		{"unable|cannot reach", "it did not reach", "not reach"},
		{"they've|they fixed", "", "error"},
		{"the certificate expired", "our certificate expired", "certificate expired"},
		{"fail-over", "a fail over", "fail over"},
		{"(page|alert) fired", "the page fired", "page fired"},
		{"a|page fired", "", "error"},
		{"retry .. retry|storm", "retry the retry", "retry the retry"},
		{"déployé", "Déployé hier", "Déployé"},
		{"issue", "see https://a.example/issue/3 and www.issue.example, or a-b.com/issue?x=issue", ""},
		{"issue", "see (https://a.example/x), an issue", "issue"},
		{"issue .. com", "an issue at a.com", "issue at a.com"},
		{"disk/cpu", "the disk/cpu", "disk/cpu"},
		{"#% of requests", "some 25% of requests", "25% of requests"},
		{"# of requests", "some 25% of requests", "25% of requests"},
		{"#% of requests", "some 25 of requests", ""},
		{"=restarted", "restarts, restart, Restarted", "Restarted"},
		{"was =restarted|fixed", "it was fixes", "was fixes"},
		{"people's phones", "the people’s phones rang", "people’s phones"},
	} {
		if c.want == "error" {
			if _, err := Parse(c.cue); err == nil {
				t.Errorf("%q: no error", c.cue)
			}
			continue
		}
		var want []string
		if c.want != "" {
			want = []string{c.cue + "=" + c.want}
		}
		if got := found(t, c.text, c.cue); !slices.Equal(got, want) {
			t.Errorf("%q in %q: got %q, want %q", c.cue, c.text, got, want)
		}
	}
}

func TestManyCuesAreFoundInOnePass(t *testing.T) {
	got := found(t, "the disk was full because the disk alert was full of noise",
		"disk .. full", "disk alert", "disk full", "full of noise", "disk was full", "alert .. noise")
	want := []string{"disk .. full=disk was full", "disk was full=disk was full", "disk alert=disk alert",
		"disk .. full=disk alert was full", "alert .. noise=alert was full of noise", "full of noise=full of noise"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFaultsOfCues(t *testing.T) {
	for cue, want := range map[string]string{
		"":                                "match everything",
		"the":                             "match everything",
		"it was .. to":                    "match everything",
		"#":                               "match everything",
		"#% of":                           "match everything",
		"=the":                            "not one word",
		"=of":                             "match everything",
		"di=sk":                           "wrong place",
		"=fail-over":                      "not one word",
		"or|disk":                         "match everything",
		".. disk":                         "between two words",
		"disk ..":                         "between two words",
		"disk .. .. full":                 "between two words",
		"di*":                             "shorter than 3",
		"a*b disk":                        "wrong place",
		"disk | full":                     "holds no word",
		"fail-over|restart":               "read as 2 words",
		"disk ->":                         "holds no word",
		"(disk":                           "wrong place",
		"b c d e f g h i j k l m n o p q": "more than 12",
	} {
		if _, err := Parse(cue); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", cue, err, want)
		}
	}
	for _, cue := range []string{"it was not us", "no alert", "dns", "was down", "# percent"} {
		if _, err := Parse(cue); err != nil {
			t.Errorf("%q: %v", cue, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range []string{"roll|rolled back", "ran out .. memory", "expir* # (a|b)", "can't", "=rolled #%", ".. *", "||", "()"} {
		f.Add(c, "the disk ran out of memory; it can't roll back 5 times")
	}
	f.Fuzz(func(t *testing.T, cue, text string) {
		p, err := Parse(cue)
		if err != nil {
			return
		}
		if len(p.places) == 0 {
			t.Fatal("a pattern without places")
		}
		words := Words(text, nil)
		for _, m := range Compile([]Pattern{p}).Find(&Search{}, words) {
			if m.From < 0 || m.To > len(words) || m.To-m.From < p.Places() {
				t.Fatalf("match %v of %d words", m, len(words))
			}
		}
		own := Words(strings.NewReplacer("|", " ", "..", " ", "*", " ", "#%", " 1% ", "#", " 1 ", "=", " ", "(", " ", ")", " ").Replace(cue), nil)
		if simple := !strings.ContainsAny(cue, "|.*#=()"); simple && len(Compile([]Pattern{p}).Find(&Search{}, own)) == 0 {
			t.Fatalf("%q does not match itself", cue)
		}
	})
}
