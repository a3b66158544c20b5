package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
)

// stock is what generated incidents and queries are written with: everyday words,
// identifiers, names with accents, and scripts with and without spaces.
var stock = strings.Fields(`the a of and not to was in on by
	replica failover promoted primary database postgres connection refused timeout latency pods nodes cluster
	kubernetes certificate expired rotated deploys deployed deployment rollback configuration limits memory disk
	alerts alerting nobody noticed customers payments checkout queue consumer retry storms cache stampede
	ip_forward net.core.somaxconn CrashLoopBackOff x509 HTTP503 v1.17.9 2019-07-05 10.0.0.1 /var/lib/etcd
	ERR_CONN_RESET don't customer's e-mail fail-over user@example.com O'Neill C++ k8s VMs 429 503
	São Zürich naïve Straße İstanbul café Ωmega кластер упал кэш 원인 データベース 接続 障害 数据库 故障 ฐานข้อมูล ล่ม 🔥 ﬁle`)

// gadget makes incidents and queries, the same for the same seed.
type gadget struct{ *rand.Rand }

func newGadget(seed uint64) gadget { return gadget{rand.New(rand.NewPCG(seed, 1))} }

func (g gadget) word() string { return stock[g.IntN(len(stock))] }

func (g gadget) words(least, most int) string {
	list := make([]string, least+g.IntN(most-least+1))
	for i := range list {
		list[i] = g.word()
	}
	return strings.Join(list, []string{" ", " ", " ", ", ", " — ", "\n"}[g.IntN(6)])
}

func (g gadget) one(list ...string) string { return list[g.IntN(len(list))] }

func (g gadget) maybe(text string) *string {
	if g.IntN(3) == 0 {
		return nil
	}
	return &text
}

func (g gadget) passage() incident.Passage {
	return incident.Passage{Text: g.words(1, 45), Code: g.IntN(8) == 0}
}

func (g gadget) section() incident.Section {
	s := incident.Section{Heading: g.words(0, 4)}
	s.Anchor = strings.ReplaceAll(s.Heading, " ", "-")
	for range g.IntN(5) {
		s.Passages = append(s.Passages, g.passage())
	}
	return s
}

// incident makes the incident with the number; every fourth has no date.
func (g gadget) incident(n int) *incident.Incident {
	i := &incident.Incident{
		Path: fmt.Sprintf("incidents/%d/%s.md", n, g.one("a", "é", "b c")), ID: fmt.Sprintf("%s-%d", g.one("db", "Netz", "原因"), n),
		Title: g.words(1, 7), Summary: g.maybe(g.words(3, 20)), Organization: g.maybe(g.one("Monzo", "Hosted Graphite", "Zürich Bank")),
		Severity: g.maybe(g.one("SEV-1", "SEV-2", "minor")), Services: []string{g.one("Payments API", "checkout", "Zürich gateway")},
		Technologies: []string{g.one("PostgreSQL", "C++", "etcd"), g.one("Linux", "データベース")}, Labels: []string{g.one("dns", "on call")},
	}
	i.URL = "incidents/" + i.ID + "/"
	if n%4 > 0 {
		day := time.Date(2015+g.IntN(4), time.Month(1+g.IntN(12)), 1+g.IntN(3), 0, 0, 0, 0, time.UTC)
		i.Date = incident.Time{From: day, To: day, Precision: []incident.Precision{incident.Year, incident.Month, incident.Day, incident.Day}[g.IntN(4)]}
	}
	if g.IntN(3) > 0 {
		least := incident.Span(time.Duration(g.IntN(400)+1) * time.Duration(g.IntN(600)+1) * time.Second)
		i.Duration = incident.Duration{Least: least, Most: least + incident.Span(time.Duration(g.IntN(2))*time.Hour), Basis: incident.Stated}
	}
	i.Terms[incident.Cause] = []incident.Tag{{ID: g.one("config-change", "capacity", "expired-certificate")}}
	i.Terms[incident.Factor] = []incident.Tag{{ID: g.one("staging-differs", "no-alert")}, {ID: "single-expert", Provenance: incident.Suggested}}
	for range 1 + g.IntN(4) {
		i.Sections = append(i.Sections, g.section())
	}
	i.Symptoms = []incident.Note{{Text: g.words(2, 9), Basis: incident.FrontMatter}}
	i.WrongTurns = []incident.WrongTurn{{Note: incident.Note{Text: g.words(2, 40), Anchor: g.one("", "a", "原因"), Basis: incident.Basis(g.one(string(incident.Prose), string(incident.FrontMatter)))}}}
	g.restore(i)
	return i
}

// restore says, in most incidents, how service was restored.
func (g gadget) restore(i *incident.Incident) {
	if g.IntN(3) > 0 {
		i.Terms[incident.Mitigation] = []incident.Tag{
			{ID: "restart", Provenance: incident.Suggested},
			{ID: g.one("rollback", "Neustart\u00a0é"), Provenance: incident.Provenance(g.one("author", "accepted", "suggested")), Effective: g.maybe(g.one("yes", "no", "partly"))},
		}
	}
	if i.Date.Precision == incident.Day {
		i.Mitigated = incident.Time{From: i.Date.From.Add(time.Hour), To: i.Date.From.Add(time.Hour), Precision: incident.Minute}
		i.Timeline = []incident.Row{{At: i.Mitigated, Text: g.words(1, 40), Basis: incident.Explicit}}
	}
	if g.IntN(2) == 0 {
		i.Sections[0].Kind = incident.ResolutionSection
	}
}

// library makes a library of so many incidents.
func (g gadget) library(count int) *incident.Library {
	lib := &incident.Library{Vocabulary: &incident.Vocabulary{}}
	lib.Vocabulary.Set(incident.Term{Dimension: incident.Cause, ID: "config-change", Label: "Configuration change", Definition: "A setting was changed and the change was at fault"})
	lib.Vocabulary.Set(incident.Term{Dimension: incident.Factor, ID: "staging-differs", Label: "Staging differs", Definition: "The test environment differed from production"})
	lib.Vocabulary.Set(incident.Term{Dimension: incident.Mitigation, ID: "restart", Label: "Restarted", Definition: "Something was started afresh", Aliases: []string{"bounced", "再起動 retry"}})
	for n := range count {
		lib.Incidents = append(lib.Incidents, g.incident(n))
	}
	return lib
}

// query makes a query of every kind that the language has, and some that it has not.
func (g gadget) query() string {
	switch g.IntN(13) {
	case 0, 1:
		return g.words(1, 8)
	case 2:
		return `"` + g.words(1, 3) + `"`
	case 3:
		return "+" + g.word() + " " + g.words(1, 3)
	case 4:
		return g.words(1, 2) + " -" + g.word()
	case 5:
		return g.one("title", "symptom", "wrong") + ":" + g.word() + " " + g.words(0, 2)
	case 6:
		return g.filter() + " " + g.words(0, 3)
	case 7:
		return g.filter() + " -" + g.filter()
	case 8:
		return g.words(0, 2) + ` +"` + g.words(2, 2) + `" ` + g.words(0, 2)
	case 9:
		return g.words(1, 2) + " unheardof" + fmt.Sprint(g.IntN(9)) + " " + g.one("", "!?", "--", `"`, ":", "(", "cause:", "+-x")
	case 10:
		return g.words(1, 3) + g.one(" the", " and of the", "?!", "…", " 🔥", "\x00", "​")
	case 11:
		return g.misspelled() + " " + g.misspelled()
	default:
		return g.one("the", "to the", "the of a", "", " ", "+", "-the", "データベース接続", "ล่ม", "原因", `"`, "panic: runtime error", "HTTP 503 - upstream", "date:2017-10 replica", "id:db-1")
	}
}

// expression makes a query of the grammar, groups so deep at most.
func (g gadget) expression(depth int) string {
	clauses := make([]string, 1+g.IntN(4))
	for i := range clauses {
		clauses[i] = g.choice(depth)
	}
	return strings.Join(clauses, " ")
}

func (g gadget) choice(depth int) string {
	text := g.clause(depth)
	for g.IntN(4) == 0 {
		text += " OR " + g.clause(depth)
	}
	return text
}

func (g gadget) clause(depth int) string {
	sign := g.one("", "", "", "", "+", "-")
	if depth > 0 && g.IntN(5) == 0 {
		return sign + g.one("", "", "", "title:", "cause:", "date:") + "(" + g.expression(depth-1) + ")"
	}
	return sign + g.value()
}

func (g gadget) value() string {
	switch g.IntN(8) {
	case 0:
		return g.one("", "title:", "symptom:") + `"` + g.words(1, 3) + `"`
	case 1:
		return g.filter()
	case 2:
		return g.one("", "", "title:", "wrong:") + g.cut(g.word()) + "*"
	case 3:
		return g.one("", "", "symptom:") + g.misspelled() + g.one("~", "~", "~1", "~2")
	case 4:
		return g.span()
	case 5:
		return g.one("service:", "cause:", "tech:", "severity:", "id:", "org:") + g.one("pay*", "Z*", "co*", "db-*", "confg-change~", "chekout~", "monzo~2", "nope", "se*")
	default:
		return g.word()
	}
}

// cut is how a word begins.
func (g gadget) cut(word string) string {
	letters := []rune(word)
	return string(letters[:1+g.IntN(len(letters))])
}

// span is a range, mostly of what can be.
func (g gadget) span() string {
	field := g.IntN(3)
	values := [][]string{
		{"2015", "2016-02", "2016-02-02", "2017", "2017-12", "2018-06-03", "2019", "2016-02-30", "2016-13", "0000", "banana", "2017-1"},
		{"1m", "30m", "1h", "1h30m", "2d", "45s", "90", "1.5 hours", "1w", "12", "1.0005h", "banana", "h"},
		{"1", "2", "SEV-1", "sev-2", "minor", "9", "critical", "0"},
	}[field]
	name := []string{"date:", "duration:", "severity:"}[field]
	switch g.IntN(4) {
	case 0:
		return name + g.one(values...)
	case 1:
		return name + g.one(values...) + ".." + g.one(values...)
	case 2:
		return name + g.one("..", "<", "<=") + g.one(values...)
	default:
		return name + g.one(">", ">=", "=", "=>", "") + g.one(values...) + g.one("", "", "..", "..2016..")
	}
}

// misspelled is a word with a slip.
func (g gadget) misspelled() string {
	letters := []rune(g.word())
	at := g.IntN(len(letters))
	switch g.IntN(3) {
	case 0:
		letters = slices.Delete(letters, at, at+1)
	case 1:
		letters = slices.Insert(letters, at, 'e')
	default:
		letters[at], letters[0] = letters[0], letters[at]
	}
	return string(letters)
}

func (g gadget) filter() string {
	return g.one("cause:config-change", `cause:"Configuration Change"`, "cause:nothing", "service:payments", `service:"zurich gateway"`, "org:monzo",
		"tech:c++", "tech:postgresql", "severity:sev-1", `tag:"on call"`, "date:2017", "date:2016-03", "date:2016-03-02", "factor:staging-differs", `gap:"—"`)
}
