package health

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
)

// vocabulary has these causes and factors.
func vocabulary() *incident.Vocabulary {
	v := &incident.Vocabulary{}
	for _, id := range []string{"bug", "overload", "time-out", "worn-out", "unknown"} {
		v.Set(incident.Term{Dimension: incident.Cause, ID: id, Label: strings.ToUpper(id)})
	}
	v.Set(incident.Term{Dimension: incident.Cause, ID: "old", Label: "Old", Deprecated: "say bug"})
	for _, id := range []string{"no-alert", "no-test", "runbook-gap"} {
		v.Set(incident.Term{Dimension: incident.Factor, ID: id, Label: id, Aliases: []string{id + "-alias"}})
	}
	return v
}

// tagged is an incident with causes and factors: "bug +overload ?time-out" are of the
// author, accepted and suggested; "!x" is outside the vocabulary.
func tagged(n int, causes, factors string) *incident.Incident {
	inc := &incident.Incident{Path: fmt.Sprintf("%02d.md", n)}
	for d, words := range map[incident.Dimension]string{incident.Cause: causes, incident.Factor: factors} {
		for _, w := range strings.Fields(words) {
			tag := incident.Tag{ID: strings.TrimLeft(w, "+?"), Provenance: incident.Author}
			switch w[0] {
			case '+':
				tag.Provenance = incident.Accepted
			case '?':
				tag.Provenance = incident.Suggested
			case '!':
				value, _ := json.Marshal([]string{w[1:]})
				inc.Extra = append(inc.Extra, incident.Extra{Key: d.Key(), Value: value})
				continue
			}
			inc.Terms[d] = append(inc.Terms[d], tag)
		}
	}
	return inc
}

func library(incidents ...*incident.Incident) *incident.Library {
	return &incident.Library{Vocabulary: vocabulary(), Incidents: incidents}
}

func TestCoverage(t *testing.T) {
	lib := library(tagged(1, "bug +overload", ""), tagged(2, "+overload ?bug", ""), tagged(3, "?bug", ""), tagged(4, "unknown", ""), tagged(5, "!odd", ""), tagged(6, "!odd", ""))
	d := Of(lib, nil).Dimensions[incident.Cause]
	if d.Author != 2 || d.Accepted != 1 || d.Suggested != 1 || d.None != 2 || d.Unknown != 1 || d.Terms != 4 {
		t.Errorf("%+v", d)
	}
	if got := fmt.Sprint(d.Unused, d.Strays); got != "[{Cause cause time-out} {Cause cause worn-out}] [{odd 2}]" && got != "[{cause cause time-out} {cause cause worn-out}] [{odd 2}]" {
		t.Error(got)
	}
	asked := Of(lib, func(inc *incident.Incident) (ids [len(incident.Dimensions)][]string, ok bool) {
		ids[incident.Cause] = []string{"bug"}
		return ids, true
	}).Dimensions[incident.Cause]
	if asked.Author != 2 || asked.Suggested != 3 || asked.None != 0 {
		t.Errorf("with the texts asked: %+v", asked)
	}
}

func TestBroadAndInseparable(t *testing.T) {
	lib := library(
		tagged(1, "overload", "no-alert"), tagged(2, "overload bug", "no-alert no-test"), tagged(3, "overload", "no-test"),
		tagged(4, "overload", "runbook-gap"), tagged(5, "overload", ""), tagged(6, "worn-out bug", "runbook-gap"), tagged(7, "bug", ""),
		tagged(8, "time-out", "no-alert"), tagged(9, "time-out", "no-alert"), tagged(10, "", "no-test"),
	)
	h := Of(lib, nil)
	if len(h.Broad) != 1 || h.Broad[0].ID != "overload" || h.Broad[0].N != 5 || h.Broad[0].Of != 9 || h.Broad[0].With != 4 || h.Broad[0].Used != 6 {
		t.Errorf("broad: %+v", h.Broad)
	}
	if len(h.Inseparable) != 0 {
		t.Errorf("inseparable: %+v", h.Inseparable)
	}
	for _, n := range []int{0, 1, 7, 8} { // those with no-alert
		lib.Incidents[n].Terms[incident.Impact] = []incident.Tag{{ID: "slow", Provenance: incident.Author}}
	}
	if h = Of(lib, nil); len(h.Inseparable) != 1 || h.Inseparable[0].N != 4 || h.Inseparable[0].A.ID != "no-alert" || h.Inseparable[0].B.ID != "slow" {
		t.Errorf("inseparable: %+v", h.Inseparable)
	}
}

func TestDisagreement(t *testing.T) {
	texts := map[string]string{"01.md": "bug overload", "02.md": "overload", "03.md": "overload", "04.md": "bug"}
	suggest := func(inc *incident.Incident) (ids [len(incident.Dimensions)][]string, ok bool) {
		said, ok := texts[inc.Path]
		ids[incident.Cause] = strings.Fields(said)
		return ids, ok
	}
	lib := library(tagged(1, "bug", ""), tagged(2, "bug", ""), tagged(3, "bug", ""), tagged(4, "+time-out", ""), tagged(5, "bug", ""))
	h := Of(lib, suggest)
	var got []string
	for _, d := range h.Disagreements {
		got = append(got, fmt.Sprintf("%s %d/%d/%d of %d %s", d.ID, d.AuthorOnly, d.Both, d.TextOnly, d.Of, d.Example))
	}
	if want := "overload 0/0/3 of 3 01.md|bug 2/1/0 of 3 02.md"; strings.Join(got, "|") != want || h.Read != 4 {
		t.Errorf("got %s, %d read", strings.Join(got, "|"), h.Read)
	}
	if len(Of(lib, nil).Disagreements) > 0 {
		t.Error("there is disagreement with nobody")
	}
}

func TestNear(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"Checkout", "checkout", "check-out"}, "check-out~Checkout: capitals, spaces or hyphens|check-out~checkout: capitals, spaces or hyphens|Checkout~checkout: capitals, spaces or hyphens"},
		{[]string{"timeouts", "time out", "timeout"}, "time out~timeout: capitals, spaces or hyphens|timeout~timeouts: forms of the same words|time out~timeouts: one letter"},
		{[]string{"retry storm", "storm-of-retries", "storm retries"}, "retry storm~storm retries: forms of the same words"},
		{[]string{"overlaod", "overload"}, "overlaod~overload: one letter"},
		{[]string{"checkout", "checkot", "chekcout"}, "checkot~checkout: one letter|checkout~chekcout: one letter"},
		{[]string{"us-east-1", "us-east-2", "us-east-12"}, ""},
		{[]string{"api", "apt"}, ""},
		{[]string{"payment", "shipment"}, ""},
		{[]string{"原因", "原因 "}, "原因~原因 : capitals, spaces or hyphens"},
		{[]string{"---", "!", ""}, ""},
	} {
		var incidents []*incident.Incident
		for i, name := range c.names {
			inc := tagged(i, "", "")
			inc.Labels = []string{name}
			incidents = append(incidents, inc)
		}
		var got []string
		for _, n := range Of(library(incidents...), nil).Near {
			pair := []string{n.Rare.Name, n.Usual.Name}
			slices.SortFunc(pair, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
			got = append(got, fmt.Sprintf("%s~%s: %s", pair[0], pair[1], n.Why))
		}
		want := strings.Split(c.want, "|")
		if c.want == "" {
			want = nil
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q", c.names, got)
		}
	}
}

// Ids that are near a term, its label or an alias name the term.
func TestNearTerms(t *testing.T) {
	lib := library(tagged(1, "!overlaod", "!NO-ALERT-ALIAS"), tagged(2, "overload", ""), tagged(3, "!worn-outs", ""))
	var got []string
	for _, n := range Of(lib, nil).Near {
		got = append(got, fmt.Sprintf("%s: %s %d, %s %d", n.Field, n.Rare.Name, n.Rare.N, n.Usual.Name, n.Usual.N))
	}
	want := "cause: overlaod 1, overload 1|cause: worn-outs 1, worn-out 0|factor: NO-ALERT-ALIAS 1, no-alert 0"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
}
