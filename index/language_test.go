package index

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"faultline/index/query"
	"faultline/site/incident"
)

func lasted(minutes int) func(*incident.Incident) {
	return func(i *incident.Incident) {
		span := incident.Span(time.Duration(minutes) * time.Minute)
		i.Duration = incident.Duration{Least: span, Most: span, Basis: incident.Stated}
	}
}

func severe(name string) func(*incident.Incident) {
	return func(i *incident.Incident) { i.Severity = &name }
}

// ranged is a library of what ranges are about.
func ranged() *incident.Library {
	year := func(i *incident.Incident) { i.Date.Precision = incident.Year }
	return &incident.Library{Config: incident.Config{Severities: []string{"sev1", "sev2", "sev3"}}, Incidents: []*incident.Incident{
		note("a", "Replica lost", "replication stopped", 2017, lasted(20), severe("sev1"), cause("config-change")),
		note("b", "Replicas lost", "the queue was full", 2018, lasted(90), severe("SEV2"), cause("capacity")),
		note("c", "Certificate expired", "certificates are renewed", 2019, lasted(3000), cause("expired-certificate")),
		note("d", "Old outage", "replica", 2019, year, severe("whatever")),
	}}
}

// TestLanguage says what groups, choices, ranges, beginnings and spellings find.
func TestLanguage(t *testing.T) {
	x := open(t, "", ranged())
	for q, want := range map[string]string{
		"date:2019": "d c", "date:2019-03": "c", "date:2019-03-04": "c", "date:>=2018": "d c b", "date:>2018": "d c", "date:<2018": "a",
		"date:<=2018": "b a", "date:2017..2018": "b a", "date:..2018-03-04": "b a", "date:>2018-03-04": "d c", "date:>=2019-01-02": "c",
		"date:2018-3-4": "b", "-date:2019": "b a", "date:(2017 OR 2018) replica": "a b",
		"duration:>1h": "c b", "duration:>=90m": "c b", "duration:<1h30m": "a", "duration:90": "b", "duration:>2d": "c", "duration:10m..2h": "b a",
		`duration:"> 1.5 hours"`: "c", "duration:1200s": "a", "-duration:>1m": "d",
		"severity:<=2": "b a", "severity:1": "a", "severity:>sev1": "b", "severity:sev1..sev2": "b a", "severity:>=3": "", "severity:whatever": "d",

		"replica OR certificate date:2019": "d c", "lost -(queue OR certificate)": "a", "cause:capacity OR cause:config-change": "b a",
		"cause:(capacity OR config-change) lost": "b a", "+(queue OR stopped)": "b a", "+(queue OR stopped) +lost -full": "a",
		"(cause:capacity OR certificate)": "c b", "-replica": "c", "-(-replica)": "d b a", "queue OR -replica": "b c", "(lost -queue) expired": "c a",
		"lost (replication stopped)": "a b", "lost OR": "b a", "OR": "", "lost or found": "b a",

		"repl*": "d a b", "replicat*": "a", "certificatio*": "c", "+repl* -lost": "d", "title:repl*": "a b", "cause:c*": "b a", "cause:config-ch*": "a",
		"title:repl* OR title:old": "d a b", "xyz*": "", "certifcate~": "c", "title:replcia~": "a b", "cause:capacitty~": "b", "lsot~": "", "lots~": "a b",
		"lst~": "", "lott~1": "a b", "queeu~": "b",
	} {
		r, err := x.Search(q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		got, list := strings.Fields(ids(r)), strings.Fields(want)
		slices.Sort(got)
		slices.Sort(list)
		if !slices.Equal(got, list) {
			t.Errorf("%s finds %q, want %q", q, got, list)
		}
	}
}

// TestNotes: what cannot be is said, with the nearest that can.
func TestNotes(t *testing.T) {
	x := open(t, "", ranged())
	for q, want := range map[string]string{
		"cause:nope":              "“cause:nope” is a value that no incident has; there are “capacity”, “config-change”, “expired-certificate”",
		"cause:certificate":       "the nearest is “expired-certificate”",
		"cause:confg-change":      "“config-change” is searched for instead",
		"-cause:confg-change":     "the nearest is “config-change”",
		"id:e":                    "there are “a”, “b”, “c” and 1 more",
		"team:x":                  "“team:x” is a value that no incident has; none says what it is",
		"cause:*":                 "“cause:*” is a value that no incident has; there are",
		"sev:1":                   "“sev:” is no field and is searched as text; “severity:” is one",
		"dns Year:2019":           "“year:” is no field and is searched as text; “date:” is one",
		"sev:<=2":                 "“sev:” is no field and is searched as text; “severity:” is one",
		"caus:dns":                "“caus:” is no field and is searched as text; “cause:” is one",
		"casue:dns":               "“cause:” is one",
		"organization:x":          "“org:” is one",
		"replica AND lost":        "“AND” is read as a word; what must be there has a plus sign: +word",
		"NOT replica":             "“NOT” is read as a word; what must not be there has a minus sign: -word",
		"\x00\u202e→":             "“\ufffd\ufffd→” has no word",
		"org:monzo":               "“org:monzo” is a value that no incident has",
		"cause:zz*":               "“cause:zz” is a value",
		"date:2024-99-99":         "a date is written 2024, 2024-12 or 2024-12-31; the nearest date is “2024-12-31”; those of this library run from 2017-03-04 to 2019-12-31",
		"date:>=2023-02-29":       "the nearest date is “2023-02-28”",
		"date:>=2030":             "“date:>=2030” matches nothing; those of this library run from",
		"date:soon":               "a date is written",
		"date:>":                  "a date is written",
		"duration:>banana":        "“duration:>banana” matches nothing: a duration is written 45s, 30m, 1h30m or 2d; those of this library run from 20m to 2d2h",
		"severity:<=banana":       "those of this library run from sev1 to sev2",
		"severity:9":              "there are “sev1”, “SEV2”, “whatever”",
		"(replica":                "“(” is not closed",
		`replica "open`:           "is not closed",
		"service:>=2 x":           "has no order",
		"replica OR":              "“OR” stands between",
		"certifcate":              "no incident has “certifcate”; “Certificate” is searched for instead",
		"+(replica OR certifcte)": "“Certificate” is searched for instead",
		"- + ( )":                 "has no word",
	} {
		r, err := x.Search(q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(r.Notes, "\n"), want) {
			t.Errorf("%s has the notes %q, want %q", q, r.Notes, want)
		}
	}
	for _, q := range []string{"panic: runtime error", "HTTP 503 - upstream", "cause:capacity", "main() failed", "date:2019 replica OR queue", "replica or queue",
		"http://replica", "10:30", "std::move", "data: lost", "REPLICA NOT LOST", "replica lost AND"} {
		if r, _ := x.Search(q, Options{Limit: 10}); len(r.Notes) > 0 && !strings.Contains(r.Notes[0], "searched for instead") {
			t.Errorf("%s has the notes %q", q, r.Notes)
		}
	}
}

// TestNamesInOtherWords: a service or technology is found by what people call it.
func TestNamesInOtherWords(t *testing.T) {
	technology := func(names ...string) func(*incident.Incident) {
		return func(i *incident.Incident) { i.Technologies = names }
	}
	x := open(t, "", &incident.Library{Incidents: []*incident.Incident{
		note("a", "A", "text", 2019, technology("PostgreSQL 9.6", "Kubernetes")), note("b", "B", "text", 2020, technology("MySQL")),
	}})
	e := client(t, x)
	for q, want := range map[string]string{"tech:postgres": "a", "tech:pg": "a", "tech:k8s": "a", "-tech:postgresql": "b", "tech:(k8s OR mysql)": "b a", "tech:oracle": "", "tech:9.6": "a"} {
		compare(t, x, e, q)
		if r, _ := x.Search(q, Options{Limit: 9}); ids(r) != want {
			t.Errorf("%s finds %q, want %q", q, ids(r), want)
		}
	}
}

// TestManyTerms: a beginning of too many terms stands for the most usual, and says so.
func TestManyTerms(t *testing.T) {
	t.Parallel()
	lib := &incident.Library{}
	for n := range 150 {
		lib.Incidents = append(lib.Incidents, note(fmt.Sprint("i", n), "Many", "zq"+string([]byte{'a' + byte(n/26), 'a' + byte(n%26)}), 2020))
	}
	lib.Incidents = append(lib.Incidents, note("last", "Many", "zqft", 2020))
	x := open(t, "", lib)
	r, err := x.Search("zq*", Options{Limit: 200})
	if err != nil || r.Total < 101 || r.Total > 110 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "“zq*” stands for very many words") {
		t.Errorf("%d hits, notes %q (%v)", r.Total, r.Notes, err)
	}
	e := client(t, x)
	for _, q := range []string{"zq*", "zqb*", "zqab~", "zqabc~2", "id:i1*"} {
		compare(t, x, e, q)
	}
}

// TestBadInput: whatever is asked is answered soon, and alike in both places.
func TestBadInput(t *testing.T) {
	t.Parallel()
	x := open(t, "", newGadget(3).library(40))
	e := client(t, x)
	for name, q := range map[string]string{
		"long": strings.Repeat("replica failover ", 600), "one word": strings.Repeat("a", 10_000), "many words": many("w%d ", 2000),
		"long phrase": `"` + many("w%d ", 2000) + `"`, "many beginnings": many("w%dx* ", 1500), "many spellings": many("replica%d~2 ", 800),
		"many ranges": many("date:>=20%d ", 700), "many values": many("cause:x%d ", 900), "many choices": many("a%d OR ", 1200),
		"parentheses": strings.Repeat("(", 1000) + "replica" + strings.Repeat(")", 1000), "open": strings.Repeat("(", 1000) + "replica",
		"closed": "replica" + strings.Repeat(")", 1000), "signed groups": strings.Repeat("-(+replica ", 1000) + strings.Repeat(")", 1000),
		"groups": strings.Repeat("(replica OR failover) ", 450), "quotes": strings.Repeat(`"`, 9999), "colons": strings.Repeat("cause:", 1600),
		"stars": strings.Repeat("*~", 5000), "operators": strings.Repeat("+ - OR ( ) ", 900), "stop words": "the of a to was not in",
		"emoji": "🔥 👩‍💻 🔥*", "right to left": "\u202eשלום עולם\u202c مُحَمَّد", "Japanese": "データベース 接続 原因*", "Thai": "ฐานข้อมูล ล่ม", "Turkish": "İSTANBUL ıstanbul",
		"German": "STRASSE straße zürich ZURICH", "control": "rep\x00lica\x01 \x7f\u0085 failover\x1b[0m", "half a character": "replica \ufffd",
		"markup": `<script>alert("x")</script> <b>replica</b>`, "script": "__proto__:x constructor:y cause:__proto__ severity:<=constructor",
	} {
		start := time.Now()
		if _, err := x.Search(q, Options{Limit: 10}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
		compare(t, x, e, q)
	}
}

func many(form string, count int) string {
	var b strings.Builder
	for n := range count {
		fmt.Fprintf(&b, form, n+10)
	}
	return b.String()
}

// TestScripts: text is found in every script, whatever the case and accents of its letters,
// and so are pictures.
func TestScripts(t *testing.T) {
	t.Parallel()
	x := open(t, "", &incident.Library{Incidents: []*incident.Incident{
		note("a", "İstanbul Straße 🔥", "Zürich 東京 ล่มสลาย ✅done", 2020),
		note("b", "תקלה במסד הנתונים", "انقطاع في قاعدةِ البيانات", 2020),
		note("c", "Авария БАЗЫ данных", "데이터베이스에서 오류 👩🏽‍💻 🔥", 2020),
	}})
	e := client(t, x)
	for want, asked := range map[string][]string{
		"a":   {"istanbul", "ISTANBUL", "İSTANBUL", "ıstanbul", "strasse", "STRASSE", "straße", "STRAẞE", "ZURICH", "zur*", "istambul~", "東京", "東*", "ล่ม", `"ล่มสลาย"`, "✅", "🔥 -авария", "title:🔥"},
		"b":   {"תקלה", "במסד*", `"מסד הנתונים" OR תקלה`, "قاعدة", `"قاعدة البيانات"`, "title:הנתונים", "\u202eתקלה\u202c"},
		"c":   {"базы", "АВАРИЯ", "данны*", "데이터", "오류", "👩‍💻"},
		"":    {"→", "⁉", "大阪"},
		"a c": {"🔥", "🔥*"},
	} {
		for _, q := range asked {
			compare(t, x, e, q)
			if r, _ := x.Search(q, Options{Limit: 9}); ids(r) != want {
				t.Errorf("%s finds %q, want %q", q, ids(r), want)
			}
		}
	}
}

// TestReadNumbers says how values of numbers are read and written.
func TestReadNumbers(t *testing.T) {
	for text, want := range map[string]int{
		"45s": 45, "30m": 1800, "30min": 1800, "90": 5400, "1h30m": 5400, "1.5h": 5400, "1 hour 30 minutes": 5400, "2 days": 172_800, "1w": 604_800, "3HRS": 10_800,
		"": -1, "h": -1, "1x": -1, "1h30": -1, "-5m": -1, "1.2345h": -1, "12345678": -1,
	} {
		got, ok := readSeconds(text, nil)
		if ok != (want >= 0) || ok && got != (extent{want, want}) {
			t.Errorf("%q is read as %v (%v), want %d", text, got, ok, want)
		}
	}
	for text, want := range map[string]string{
		"2019": "2019-01-01 2019-12-31", "2019-2": "2019-02-01 2019-02-28", "2020-02": "2020-02-01 2020-02-29", "2019-07-04": "2019-07-04 2019-07-04", "0001-01-01": "0001-01-01 0001-01-01",
		"0000": "", "2019-13": "", "2019-02-29": "", "2019-00": "", "19": "", "2019-07-04T10:00": "", "2019-1-": "",
	} {
		got := ""
		if e, ok := readDays(text, nil); ok {
			got = writeDay(e.low, nil) + " " + writeDay(e.high, nil)
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
	for n, want := range map[int]string{0: "0s", 45: "45s", 60: "1m", 5400: "1h30m", 86_400: "1d", 90_061: "1d1h", 3601: "1h1s"} {
		if got := writeSeconds(n, nil); got != want {
			t.Errorf("%d seconds are written %q, want %q", n, got, want)
		}
	}
}

// TestScale: names that end in numbers have these, others their places; without a scale
// the numbers in use count.
func TestScale(t *testing.T) {
	sources := []*source{{Incident: &incident.Incident{Severity: ptr("P0")}}, {Incident: &incident.Incident{Severity: ptr("minor")}}}
	for _, test := range []struct {
		named []string
		want  string
	}{
		{nil, "map[p0:0]"},
		{[]string{"P0", "P1", "P4"}, "map[p0:0 p1:1 p4:4]"},
		{[]string{"Critical", "Major", "sev9"}, "map[critical:1 major:2 sev9:3]"},
	} {
		if got := fmt.Sprint(newScale(test.named, sources)); got != test.want {
			t.Errorf("%q makes %s, want %s", test.named, got, test.want)
		}
	}
}

func ptr(s string) *string { return &s }

// TestReadmeNamesTheResult: scripts find in the README what --json prints, key by key.
func TestReadmeNamesTheResult(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shape, _ := strings.Cut(string(text), "client returns:")
	_, shape, _ = strings.Cut(shape, "```")
	shape, _, ok := strings.Cut(shape, "```")
	named := regexp.MustCompile(`[a-z_]+`).FindAllString(shape, -1)
	word := new(string)
	result := Result{Facets: []Facet{{Values: []FacetValue{{}}}}, Hits: []Hit{{
		Organization: word, Restored: &Restored{}, WrongTurn: &WrongTurn{}, Passages: []Passage{{Parts: []Part{{}}}}, Why: []Reason{{}},
	}}}
	printed, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, m := range regexp.MustCompile(`"([a-z_]+)":`).FindAllStringSubmatch(string(printed), -1) {
		keys = append(keys, m[1])
	}
	slices.Sort(named)
	slices.Sort(keys)
	if !ok || !slices.Equal(named, keys) {
		t.Errorf("the README names %q, a result has %q", named, keys)
	}
}

// TestReadmeNamesTheFields: what a query can name is what the README says.
func TestReadmeNamesTheFields(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(text), "The fields are")
	list, _, ok := strings.Cut(list, ".")
	var named []string
	for _, m := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(list, -1) {
		named = append(named, m[1])
	}
	slices.Sort(named)
	if !ok || !slices.Equal(named, Fields()) {
		t.Errorf("the README names the fields %q, the language has %q", named, Fields())
	}
	for _, name := range Fields() {
		if kindOf(name) == query.NoField {
			t.Errorf("%s is no field", name)
		}
	}
}
