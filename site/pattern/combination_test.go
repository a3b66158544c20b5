package pattern

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
)

// repeated gives n incidents the same fields.
func repeated(from, n int, fields string) []string {
	var notes []string
	for i := range n {
		notes = append(notes, fmt.Sprintf("i%03d 2020-01-%02d %s", from+i, 1+i%28, fields))
	}
	return notes
}

func combinationOf(t *testing.T, found Combinations, id string) Combination {
	t.Helper()
	at := slices.IndexFunc(found.Found, func(c Combination) bool { return c.ID == id })
	if at < 0 {
		var ids []string
		for _, c := range found.Found {
			ids = append(ids, c.ID)
		}
		t.Fatalf("%s is not among %s", id, strings.Join(ids, " "))
	}
	return found.Found[at]
}

func TestCombinationsSayWhatChanceGives(t *testing.T) {
	notes := slices.Concat(
		repeated(0, 12, "cause:overload factor:retries impact:outage"),
		repeated(100, 12, "cause:bug factor:no-tests impact:slow"),
		repeated(200, 12, "cause:bug factor:no-tests impact:outage"),
		repeated(300, 12, "cause:overload factor:retries impact:slow"),
	)
	found := Find(library(t, notes...)).Tally(People).Combinations(MiningOptions{})
	pair := combinationOf(t, found, "cause-overload--factor-retries")
	if pair.Verdict != More || pair.N != 24 || pair.Of != 48 || pair.Table.Expected() != 12 {
		t.Errorf("%+v", pair)
	}
	if got := pair.Words(); got != "seen together 24 times, 12 expected: 2.0 times as often as by chance (1.8 to 2.0)" {
		t.Error(got)
	}
	// The pair and an impact that comes with it as it comes with anything.
	three := combinationOf(t, found, "cause-overload--factor-retries--impact-outage")
	if three.Verdict != Chance || three.Table.Expected() != 12 {
		t.Errorf("a surprising pair makes three surprising: %+v", three)
	}
	if got := three.Words(); got != "seen together 12 times, 12 expected: no more than chance" {
		t.Error(got)
	}
	if found.Found[0].Verdict != More || found.Claimed != 2 || found.Raised() {
		t.Errorf("%d claimed, first %+v", found.Claimed, found.Found[0])
	}
}

func TestNothingIsClaimedOnTwoIncidents(t *testing.T) {
	notes := slices.Concat(repeated(0, 2, "cause:a factor:b"), repeated(100, 60, "cause:x factor:y"))
	f := Find(library(t, notes...))
	if found := f.Tally(People).Combinations(MiningOptions{Support: 1}); found.Asked != 3 || len(found.Found) != 1 {
		t.Errorf("%+v", found)
	}
	g, _ := f.Lookup(Cause, "a")
	if c := f.Tally(People).Companions(g, Factor)[0]; c.Verdict != TooFew || c.Words() != "seen together twice: too few to say" {
		t.Errorf("%+v, %s", c, c.Words())
	}
}

// TestWhatNobodyTaggedIsNoPattern holds that incidents without tags do not make those of the
// others look as if they sought each other.
func TestWhatNobodyTaggedIsNoPattern(t *testing.T) {
	notes := slices.Concat(
		repeated(0, 9, "cause:a factor:b"), repeated(20, 9, "cause:a factor:c"),
		repeated(40, 9, "cause:d factor:b"), repeated(60, 9, "cause:d factor:c"),
		repeated(100, 300, "cause:unknown service:api"),
	)
	f := Find(library(t, notes...))
	for _, c := range f.Tally(People).Combinations(MiningOptions{}).Found {
		if c.Verdict.Notable() || c.Of != 36 {
			t.Errorf("%s: %s, of %d", c.ID, c.Words(), c.Of)
		}
	}
}

func TestWhatIsTheSameByNameIsNoCombination(t *testing.T) {
	v := &incident.Vocabulary{}
	v.Set(incident.Term{ID: "wide", Dimension: incident.Cause})
	v.Set(incident.Term{ID: "narrow", Dimension: incident.Cause, Parent: "wide"})
	v.Set(incident.Term{ID: "loop", Dimension: incident.Cause, Parent: "loop"})
	lib := library(t, slices.Concat(
		repeated(0, 8, "cause:wide,narrow service:Redis tech:redis impact:outage"),
		repeated(50, 8, "cause:loop service:api tech:go impact:slow"),
		repeated(90, 3, "cause:other service:Redis tech:go impact:outage"),
	)...)
	lib.Vocabulary = v
	f := Find(lib)
	found := f.Tally(People).Combinations(MiningOptions{})
	c := combinationOf(t, found, "cause-narrow--impact-outage--service-redis")
	if c.N != 8 {
		t.Errorf("%+v", c)
	}
	for _, c := range found.Found {
		if strings.Contains(c.ID, "service-redis--tech-redis") || strings.Contains(c.ID, "cause-narrow--cause-wide") {
			t.Errorf("%s is the same by definition", c.ID)
		}
	}
	if at := slices.IndexFunc(found.Found, func(c Combination) bool { return c.ID == "service-api--tech-go" }); at >= 0 {
		t.Error("names alone are no combination")
	}
	for pair, want := range map[[2]string]bool{{"ebs", "amazon ebs"}: true, {"github", "github actions"}: true, {"go", "golang"}: false, {"x", "a x b"}: false} {
		if got := f.wider(&Group{Facet: Service, key: pair[0]}, &Group{Facet: Technology, key: pair[1]}); got != want {
			t.Errorf("%v: %t", pair, got)
		}
	}
	redis, _ := f.Lookup(Service, "redis")
	wide, _ := f.Lookup(Cause, "wide")
	for _, c := range []Companion{f.Tally(People).Companions(redis, Technology)[0], f.Tally(People).Companions(wide, Cause)[0]} {
		if c.Verdict != ByName || c.Words() != "seen together 8 times: one is the other by definition" {
			t.Errorf("%+v: %s", c, c.Words())
		}
	}
}

func TestAHabitOfOneOrganization(t *testing.T) {
	f := Find(library(t, slices.Concat(
		repeated(0, 12, "org:Shop cause:cart tech:php impact:a"),
		repeated(20, 12, "org:Shop cause:cart tech:php impact:b"),
		repeated(50, 40, "org:Bank cause:vault tech:cobol impact:c"),
	)...))
	c := combinationOf(t, f.Tally(People).Combinations(MiningOptions{}), "cause-cart--tech-php")
	if c.Verdict != OwnHabit || c.Organization == nil || c.Organization.ID != "shop" || c.Own.N != 24 || c.Own.Lift() != 1 {
		t.Errorf("%+v", c)
	}
	if got := c.Words(); got != "seen together 24 times, 9.0 expected: more than chance, but all are from one organization, of whose own 24 incidents 24 were expected to have them" {
		t.Error(got)
	}
	shop, _ := f.Lookup(Organization, "shop")
	own := slices.Concat(repeated(0, 12, "org:Shop cause:a factor:b"), repeated(50, 12, "org:Shop cause:c factor:d"), repeated(80, 9, "cause:c factor:d"))
	c = combinationOf(t, Find(library(t, own...)).Tally(People).Combinations(MiningOptions{}), "cause-a--factor-b")
	if c.Verdict != More || c.Own.N != 24 || shop.N() != 24 {
		t.Errorf("what surprises within the organization too is no habit: %+v", c)
	}
}

// TestOneSentenceIsOneFact holds that two terms which the same words suggest are no pattern.
func TestOneSentenceIsOneFact(t *testing.T) {
	notes := slices.Concat(repeated(0, 12, "cause:clock? trigger:skew?"), repeated(50, 40, "cause:a trigger:b"))
	for apart, want := range map[int]Verdict{0: ByWording, 2: ByWording, 3: More, 12: More} {
		lib := library(t, notes...)
		for i, inc := range lib.Incidents[:12] {
			inc.Terms[incident.Cause][0].Evidence = []incident.Evidence{{Text: "The clock jumped.", Line: 3}}
			inc.Terms[incident.Trigger][0].Evidence = []incident.Evidence{{Text: "The clock jumped.", Line: 3}, {Text: "Then it stood.", Line: 4}}
			if i < apart {
				inc.Terms[incident.Trigger][0].Evidence = inc.Terms[incident.Trigger][0].Evidence[1:]
			}
		}
		f := Find(lib)
		c := combinationOf(t, f.Tally(Both).Combinations(MiningOptions{}), "cause-clock--trigger-skew")
		if c.Verdict != want || c.OneSentence != 12-apart {
			t.Errorf("%d apart: %s, %d", apart, c.Words(), c.OneSentence)
		}
		g, _ := f.Lookup(Cause, "clock")
		if got := f.Tally(Both).Companions(g, Trigger)[0]; got.Verdict != want {
			t.Errorf("%d apart: %s", apart, got.Words())
		}
	}
}

func TestCombinationIDsFitAURL(t *testing.T) {
	long := &Group{Facet: Service, ID: strings.Repeat("é", 50)}
	other := &Group{Facet: Technology, ID: strings.Repeat("x", 90)}
	id := combinationID([]*Group{long, other})
	if len(id) > 120 || strings.ToValidUTF8(id, "") != id || id != combinationID([]*Group{other, long}) {
		t.Errorf("%q", id)
	}
	if again := combinationID([]*Group{long, {Facet: Technology, ID: strings.Repeat("x", 91)}}); again == id {
		t.Error("two combinations have one id")
	}
}

func TestCombinationsAreBounded(t *testing.T) {
	var notes []string
	for i := range 300 {
		notes = append(notes, fmt.Sprintf("i%d 2020 cause:c%d,c%d factor:f%d,f%d impact:p%d service:s%d", i, i%7, i%5, i%11, i%3, i%4, i%9))
	}
	found := Find(library(t, notes...)).Tally(People).Combinations(MiningOptions{Work: 100, Limit: 5})
	if !found.Raised() || found.Support <= 3 || found.Tried > 100 || len(found.Found) != 5 || found.More == 0 {
		t.Errorf("support %d, %d tried, %d found, %d more", found.Support, found.Tried, len(found.Found), found.More)
	}
}

// TestLibrariesAtTheEdge holds that the findings of odd libraries claim nothing and end.
func TestLibrariesAtTheEdge(t *testing.T) {
	for name, notes := range map[string][]string{
		"none":           nil,
		"one":            {"a 2020 cause:x factor:y service:s"},
		"all the same":   repeated(0, 5000, "trigger:t cause:c factor:f,g detection:d mitigation:m impact:i service:s tech:z org:o"),
		"one in many":    slices.Concat(repeated(0, 400, "cause:x"), repeated(500, 400, "cause:y")),
		"unknown alone":  repeated(0, 9, "cause:unknown factor:unknown"),
		"undated, bare":  {"a -", "b -"},
		"suggested only": repeated(0, 9, "cause:x? factor:y?"),
	} {
		f := Find(library(t, notes...))
		for _, c := range Countings {
			tally := f.Tally(c)
			found := tally.Combinations(MiningOptions{})
			for _, comb := range found.Found {
				if comb.Verdict.Notable() {
					t.Errorf("%s, %s: %s: %s", name, c, comb.ID, comb.Words())
				}
			}
			for _, rows := range Mined {
				m := tally.Matrix(rows, Cause, 3)
				for _, row := range m.Cells {
					for _, cell := range row {
						if cell.Verdict == More {
							t.Errorf("%s, %s: %s", name, c, cell.Words())
						}
					}
				}
				for _, g := range f.Groups(rows) {
					tally.Behind(g)
					tally.Remedies(g)
					tally.WorksFor(g, Cause)
				}
			}
			tally.News()
		}
		f.Calendar(f.Incidents())
	}
}

func TestCountingsCountApart(t *testing.T) {
	f := Find(library(t, "a 2019 cause:x service:api", "b 2020 cause:x? service:api", "c 2021 cause:y?,x? cause:x", "d 2022 cause:unknown"))
	g, _ := f.Lookup(Cause, "x")
	api, _ := f.Lookup(Service, "api")
	for c, want := range map[Counting]string{People: "[c a] 2 known, api 2", Suggested: "[b] 2 known, api 2", Both: "[c b a] 3 known, api 2"} {
		tally := f.Tally(c)
		var ids []string
		for _, inc := range tally.Incidents(g) {
			ids = append(ids, inc.ID)
		}
		if got := fmt.Sprintf("%v %d known, api %d", ids, tally.Known(Cause), tally.Count(api)); got != want || tally.Count(g) != len(ids) || tally.Counting() != c {
			t.Errorf("%s: %s, want %s", c, got, want)
		}
		if f.Tally(c) != tally {
			t.Errorf("%s is counted twice", c)
		}
	}
}

func TestMatrixSaysWhatIsRare(t *testing.T) {
	f := Find(library(t, slices.Concat(
		repeated(0, 30, "cause:a factor:b"), repeated(50, 30, "cause:c factor:d"), repeated(90, 1, "cause:a factor:d"), repeated(95, 2, "cause:e factor:g"),
	)...))
	m := f.Tally(People).Matrix(Cause, Factor, 2)
	var got []string
	for i, row := range m.Rows {
		for j, column := range m.Columns {
			c := m.Cells[i][j]
			got = append(got, fmt.Sprintf("%s×%s %d %s", row.Group.ID, column.Group.ID, c.Table.Both, c.Verdict))
		}
	}
	want := []string{"a×d 1 less", "a×b 30 more", "c×d 30 more", "c×b 0 less"}
	if !slices.Equal(got, want) || m.MoreRows != 1 || m.MoreColumns != 1 || m.Of != 63 {
		t.Errorf("%v, %+v", got, m)
	}
	if words := m.Cells[1][1].Words(); words != "seen together never, 14 expected: less than chance" {
		t.Error(words)
	}
	same := f.Tally(People).Matrix(Cause, Cause, 0)
	if same.Cells[0][0].Verdict != ByName || same.Cells[0][0].Table.Both != 31 {
		t.Errorf("%+v", same.Cells[0][0])
	}
}
