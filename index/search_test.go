package index

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"faultline/index/web"
	"faultline/site/incident"
)

// note makes an incident of a title, a body and a year; options add to it.
func note(id, title, body string, year int, options ...func(*incident.Incident)) *incident.Incident {
	at := time.Date(year, 3, 4, 0, 0, 0, 0, time.UTC)
	i := &incident.Incident{
		Path: "incidents/" + id + ".md", ID: id, URL: "incidents/" + id + "/", Title: title,
		Date:     incident.Time{From: at, To: at, Precision: incident.Day},
		Sections: []incident.Section{{Heading: "What happened", Anchor: "what-happened"}},
	}
	for line := range strings.SplitSeq(body, "\n") {
		i.Sections[0].Passages = append(i.Sections[0].Passages, incident.Passage{Text: line})
	}
	for _, option := range options {
		option(i)
	}
	return i
}

func service(names ...string) func(*incident.Incident) {
	return func(i *incident.Incident) { i.Services = names }
}

func cause(ids ...string) func(*incident.Incident) {
	return func(i *incident.Incident) {
		for _, id := range ids {
			i.Terms[incident.Cause] = append(i.Terms[incident.Cause], incident.Tag{ID: id})
		}
	}
}

// fixture is a library small enough to know by heart.
func fixture() *incident.Library {
	lib := &incident.Library{Vocabulary: &incident.Vocabulary{}, Incidents: []*incident.Incident{
		note("replica", "Replica was not promoted", "The primary failed and no replica was promoted\nFailover was done by hand", 2017, service("Payments API"), cause("failover-failure")),
		note("cert", "Certificate expired", "The certificate of the gateway expired\nNobody was told that it would", 2019, service("Gateway"), cause("expired-certificate", "config-change")),
		note("sysctl", "Forwarding switched off", "A change of net.ipv4.ip_forward reached the NAT instances\nConnection refused everywhere", 2019, cause("config-change")),
		note("pods", "Pods in CrashLoopBackOff", "Every pod was in CrashLoopBackOff after the deploy\nThe connection was lost and then refused", 2021, service("Payments worker", "Gateway")),
		note("kana", "データベース障害", "データベース接続が失敗した", 2020, func(i *incident.Incident) { i.Date = incident.Time{} }),
	}}
	lib.Vocabulary.Set(incident.Term{Dimension: incident.Cause, ID: "config-change", Label: "Configuration change", Definition: "A setting was changed and took effect where it was not meant to"})
	return lib
}

func ids(r Result) string {
	var list []string
	for _, h := range r.Hits {
		list = append(list, h.ID)
	}
	return strings.Join(list, " ")
}

// TestSearch says what a query finds, and in what order.
func TestSearch(t *testing.T) {
	x := open(t, "", fixture())
	for q, want := range map[string]string{
		"":                             "",
		"unheardof":                    "",
		"replica":                      "replica",
		"REPLICAS":                     "replica",
		"replica unheardof":            "replica",
		"certificate replica":          "cert replica",
		"connection":                   "sysctl pods",
		"refused connection":           "sysctl pods",
		`"connection refused"`:         "sysctl",
		`"refused everywhere"`:         "sysctl",
		`"promoted failover"`:          "",
		`"was not promoted"`:           "replica",
		`"no replica was"`:             "replica",
		"+connection +deploy":          "pods",
		"+connection deploy":           "pods sysctl",
		"connection -deploy":           "sysctl",
		`connection -"then refused"`:   "sysctl",
		"ip_forward":                   "sysctl",
		"+ip_forward":                  "sysctl",
		"forward":                      "sysctl",
		"crash":                        "pods",
		"title:connection":             "",
		"title:certificate":            "cert",
		"cause:config-change":          "cert sysctl",
		`cause:"configuration CHANGE"`: "cert sysctl",
		"cause:config":                 "",
		"cause:config-change expired":  "cert",
		"-cause:config-change gateway": "pods",
		"service:gateway":              "pods cert",
		"service:payments":             "pods replica",
		`service:"payments api"`:       "replica",
		`service:"api payments"`:       "replica",
		"service:pay":                  "",
		"date:2019":                    "cert sysctl",
		"date:2019-03":                 "cert sysctl",
		"date:2019-04":                 "",
		"date:2019-03-04 refused":      "sysctl",
		"id:pods":                      "pods",
		"setting took effect":          "cert sysctl",
		"データベース":                       "kana",
		`"接続が失敗"`:                      "kana",
		"the replica of the":           "replica",
		"nobody was told":              "cert",
	} {
		r, err := x.Search(q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
		if r.Total != len(r.Hits) || r.Query != q {
			t.Errorf("%q is answered as %q with %d of %d hits", q, r.Query, len(r.Hits), r.Total)
		}
	}
}

// TestStopWordsAlone: words that say nothing are all that there is to search for.
func TestStopWordsAlone(t *testing.T) {
	x := open(t, "", fixture())
	if r, _ := x.Search("the", Options{Limit: 10}); r.Total != 4 {
		t.Errorf("“the” is in %d incidents, want 4", r.Total)
	}
	if r, _ := x.Search("the kana", Options{Limit: 10}); r.Total != 0 {
		t.Errorf("“the kana” finds %d incidents, want none", r.Total)
	}
}

// TestEqualScores: the newest first, then by path, and the limit cuts the last.
func TestEqualScores(t *testing.T) {
	lib := &incident.Library{}
	for _, id := range []string{"c", "a", "b"} {
		lib.Incidents = append(lib.Incidents, note(id, "Same", "same text", 2018), note("new-"+id, "Same", "same text", 2020))
	}
	x := open(t, "", lib)
	for _, q := range []string{"same", "-unheardof date:2018 date:2018-03", "text"} {
		r, err := x.Search(q, Options{Limit: 4})
		if err != nil {
			t.Fatal(err)
		}
		want := "new-a new-b new-c a"
		if strings.Contains(q, "date") {
			want = "a b c"
		}
		if ids(r) != want {
			t.Errorf("%q finds %q, want %q", q, ids(r), want)
		}
	}
	if r, err := x.Search("same", Options{Limit: 0}); err != nil || r.Total != 6 || len(r.Hits) != 0 {
		t.Errorf("a limit of 0 gives %d hits of %d (%v)", len(r.Hits), r.Total, err)
	}
	if r, err := x.Search("same", Options{Limit: -1}); err != nil || r.Total != 6 || len(r.Hits) != 0 {
		t.Errorf("a negative limit gives %d hits of %d (%v)", len(r.Hits), r.Total, err)
	}
}

// TestResultJSON pins the contract with scripts.
func TestResultJSON(t *testing.T) {
	x := open(t, "", fixture())
	r, err := x.Search("title:データベース", Options{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	r.Hits[0].Score = 1
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"query":"title:データベース","total":1,"notes":[],"facets":[],"hits":[{"path":"incidents/kana.md","id":"kana","url":"incidents/kana/","title":"データベース障害","date":null,"score":1,` +
		`"passages":[{"heading":"What happened","anchor":"what-happened","text":"データベース接続が失敗した","parts":[{"text":"データベース","hit":true},{"text":"接続が失敗した","hit":false}]}],` +
		`"organization":null,"services":[],"severity":null,"lasted":null,"restored":null,"wrong_turn":null,"why":[{"kind":"word","text":"データベース","asked":null,"tag":null}]}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if empty, _ := json.Marshal(Result{Hits: []Hit{{}}}); !strings.Contains(string(empty), `"notes":[]`) || !strings.Contains(string(empty), `"passages":[]`) {
		t.Errorf("empty lists are %s", empty)
	}
}

// show writes passages with their hits in brackets.
func show(passages []Passage) []string {
	var list []string
	for _, p := range passages {
		text, whole := "", ""
		for _, part := range p.Parts {
			whole += part.Text
			if part.Hit {
				text += "[" + part.Text + "]"
			} else {
				text += part.Text
			}
		}
		if whole != p.Text {
			text = "PARTS DIFFER FROM TEXT: " + p.Text
		}
		list = append(list, text)
	}
	return list
}

func TestPassages(t *testing.T) {
	long := strings.Repeat("filler ", 40)
	sections := []web.Section{{Passages: []web.Passage{
		{Text: "The replica was not promoted."}, {Text: "Nothing here."}, {Text: "replica, replica"},
		{Text: long + "the replica was promoted (by hand). " + long}, {Text: "replica, replica"}, {Text: "promoted"}, {Text: strings.Repeat("x", 500) + " etcd"},
		{Text: "fail-over of net.core.somaxconn"},
	}}}
	word := func(weight int, terms ...string) needle { return needle{terms: terms, weight: weight, of: weight} }
	for name, test := range map[string]struct {
		needles []needle
		want    []string
	}{
		"rarer words first, more matches next, each text once": {[]needle{word(5, "replica"), word(7, "promot")}, []string{
			"The [replica] was not [promoted].",
			"… " + strings.Repeat("filler ", 12) + "the [replica] was [promoted] (by hand)." + strings.Repeat(" filler", 11) + " …",
			"[promoted]",
		}},
		"words that follow each other": {[]needle{word(5, "not", "promot")}, []string{"The replica was [not promoted]."}},
		"nothing found":                {[]needle{word(5, "gone")}, []string{"The replica was not promoted."}},
		"nothing asked":                {nil, []string{"The replica was not promoted."}},
		"a word longer than a passage": {[]needle{word(5, strings.Repeat("x", 64))}, []string{"[" + strings.Repeat("x", 203) + "] …"}},
		"parts of a word":              {[]needle{word(5, "somaxconn"), word(2, "over")}, []string{"fail-[over] of net.core.[somaxconn]"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := show(extract(sections, test.needles)); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
	if got := extract(nil, nil); got == nil || len(got) != 0 {
		t.Errorf("an incident without text has passages %v", got)
	}
}

// TestFrontMatterHasPassages: what stands in the front matter alone is found and shown.
func TestFrontMatterHasPassages(t *testing.T) {
	summary := "Sudden silence of the pager"
	i := note("x", "Title", "Body", 2020, func(i *incident.Incident) {
		i.Summary = &summary
		i.Symptoms = []incident.Note{{Text: "queue depth grew", Basis: incident.FrontMatter}, {Text: "from the body", Basis: incident.Prose}}
		i.WrongTurns = []incident.WrongTurn{{Note: incident.Note{Text: "blamed the network", Basis: incident.FrontMatter}}}
		i.Lessons = []incident.Lesson{{Note: incident.Note{Text: "rehearse restores", Basis: incident.FrontMatter}}}
		i.Timeline = []incident.Row{{Text: "paged the vendor", Basis: incident.FrontMatter}}
		i.Actions = []incident.Action{{Text: "automate rotation", Basis: incident.FrontMatter}}
	})
	x := open(t, "", &incident.Library{Incidents: []*incident.Incident{i}})
	for q, heading := range map[string]string{
		"silence": "Summary", "queue": "Symptoms", "blamed": "Wrong turns", "rehearse": "Lessons", "vendor": "Timeline", "rotation": "Action items",
		"symptom:queue": "Symptoms", "wrong:network": "Wrong turns",
	} {
		r, err := x.Search(q, Options{Limit: 1})
		if err != nil || r.Total != 1 || r.Hits[0].Passages[0].Heading != heading {
			t.Errorf("%q gives %+v (%v), want a passage below %q", q, r.Hits, err, heading)
		}
	}
	if r, _ := x.Search("symptom:network", Options{Limit: 1}); r.Total != 0 {
		t.Error("a wrong turn is taken for a symptom")
	}
}

// TestConcurrentSearch is for the race detector.
func TestConcurrentSearch(t *testing.T) {
	x := open(t, "", fixture())
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 5 {
				if r, err := x.Search(`"connection refused" service:gateway replica`, Options{Limit: 3}); err != nil || r.Total != 0 {
					t.Errorf("got %+v, %v", r, err)
				}
			}
		})
	}
	group.Wait()
}

// TestHostileText: what people paste is never the end.
func TestHostileText(t *testing.T) {
	x := open(t, "", newGadget(3).library(10))
	for _, q := range []string{strings.Repeat("replica ", 2000), strings.Repeat(`"`, 999), "\xff\xfe", strings.Repeat("a", 10_000), "=cause:x", "\x00", "id:", "cause:\"", strings.Repeat("+-", 500)} {
		if _, err := x.Search(q, Options{Limit: 5}); err != nil {
			t.Errorf("%.20q: %v", q, err)
		}
	}
}

// TestSeverityIsAWord: who types sev1 means the incidents that are, and sees why.
func TestSeverityIsAWord(t *testing.T) {
	lib := &incident.Library{}
	for _, severity := range []string{"sev1", "sev2"} {
		i := note(severity, "Outage of the shop", "Everything was down.", 2019)
		i.Severity = &severity
		lib.Incidents = append(lib.Incidents, i)
	}
	lib.Incidents[1].Title = "Outage that was not sev 1"
	x := open(t, "", lib)
	e := client(t, x)
	for _, q := range []string{"sev1", "SEV1 outage"} {
		compare(t, x, e, q)
		r, err := x.Search(q, Options{Limit: 2})
		if err != nil || len(r.Hits) == 0 || r.Hits[0].ID != "sev1" || len(r.Hits[0].Why) == 0 || r.Hits[0].Why[0].Text != "sev1" {
			t.Errorf("%q finds %+v (%v)", q, r.Hits, err)
		}
	}
}

// TestValuesAreNamedOnce: a note that lists values has no term twice, as its id and as a
// label of the same words.
func TestValuesAreNamedOnce(t *testing.T) {
	v := &incident.Vocabulary{}
	lib := &incident.Library{Vocabulary: v}
	for _, term := range []incident.Term{{ID: "bad-constant", Label: "Bad constant"}, {ID: "bad-pool", Label: "Pool too small"}} {
		term.Dimension = incident.Cause
		v.Set(term)
		i := &incident.Incident{ID: term.ID, Path: term.ID + ".md", Title: "Outage"}
		i.Terms[incident.Cause] = []incident.Tag{{ID: term.ID, Provenance: incident.Author}}
		lib.Incidents = append(lib.Incidents, i)
	}
	x := open(t, "", lib)
	const want = "“cause:x” is a value that no incident has; there are “bad-constant”, “bad-pool”, “Pool too small”"
	if r, err := x.Search("cause:x", Options{}); err != nil || len(r.Notes) != 1 || r.Notes[0] != want {
		t.Errorf("got %q (%v), want %s", r.Notes, err, want)
	}
	if r, err := x.Search(`cause:"BAD  constant"`, Options{}); err != nil || r.Total != 1 {
		t.Errorf("the label finds %d (%v)", r.Total, err)
	}
}

// TestNamesOfTerms: a term is found by what else it is called and by the id that it had,
// as a value and, what it is called, in words.
func TestNamesOfTerms(t *testing.T) {
	lib := fixture()
	term, _ := lib.Vocabulary.Lookup(incident.Cause, "config-change")
	term.Aliases, term.Formerly = []string{"Fat finger"}, []string{"settings"}
	lib.Vocabulary.Set(term)
	x := open(t, "", lib)
	for _, q := range []string{"cause:settings", `cause:"fat finger"`, "cause:setti*", "fat finger", "cause:config-change"} {
		r, err := x.Search(q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r); got != "cert sysctl" && got != "sysctl cert" {
			t.Errorf("%q finds %q, want the two that a configuration change caused", q, got)
		}
	}
}
