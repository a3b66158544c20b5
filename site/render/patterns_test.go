package render

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"faultline/site/incident"
	"faultline/site/pattern"
)

// overloaded is n incidents of which every second was an overload without an alert, and the
// others a failed failover that few people understood.
func overloaded(t *testing.T, n int) *incident.Library {
	return weekly(t, n, func(i int, inc *incident.Incident) {
		inc.Terms[incident.Cause] = []incident.Tag{by([]string{"overload", "failed-failover"}[i%2])}
		inc.Terms[incident.Factor] = []incident.Tag{by([]string{"no-alert", "knowledge-silo"}[i%2])}
		least := incident.Span(time.Duration(10+50*(i%2)+i%7) * time.Minute)
		inc.Duration = incident.Duration{Least: least, Most: least, Basis: incident.Stated}
	})
}

func placed(r *Renderer, url string) place { return r.place(url + "index.html") }

// TestOrdinaryPagesNeedNoStudies holds that a server which is asked for a page that does not
// depend on what recurs, or for one that does not exist, does not find out what recurs.
func TestOrdinaryPagesNeedNoStudies(t *testing.T) {
	r := renderer(t, library(t), Options{})
	r.late = func() map[string]route {
		t.Error("the pages on what recurs are made")
		return nil
	}
	for _, p := range []string{"index.html", "incidents/index.html", "incidents/mail/index.html", "causes/index.html", "causes/overload/index.html", "search/index.html", "vocabulary/index.html", "feed.xml", "404.html", "robots.txt"} {
		page(t, r, p)
	}
	if _, err := r.Page("incidents/nothing/index.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestCountingsOfLibraries(t *testing.T) {
	given, told := by("overload"), suggested("overload", .5)
	for _, test := range []struct {
		tags string // of each incident: p of people, s suggested, - none
		want string // the countings, the usual one in brackets
	}{
		{"", "[people]"}, {"---", "[people]"}, {"pp-", "[people]"}, {"ss-", "[suggested]"},
		{"pps", "[people] suggested both"}, {"pss", "people suggested [both]"}, {"ps", "[people] suggested both"},
	} {
		var incidents []*incident.Incident
		for _, tag := range test.tags {
			inc := &incident.Incident{}
			switch tag {
			case 'p':
				inc.Terms[incident.Cause] = []incident.Tag{given}
			case 's':
				inc.Terms[incident.Cause] = []incident.Tag{told}
			}
			incidents = append(incidents, inc)
		}
		var got []string
		counted := countingsOf(incidents)
		for _, c := range counted.all {
			if got = append(got, c.String()); c == counted.usual {
				got[len(got)-1] = "[" + c.String() + "]"
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: %s, want %s", test.tags, got, test.want)
		}
	}
}

// TestSwitchShowsEachCountingOnce holds that every page that has a switch has a part for each
// of its choices, one choice checked, and that without a choice there is one part.
func TestSwitchShowsEachCountingOnce(t *testing.T) {
	for name, lib := range map[string]*incident.Library{"people and texts": extremes(t)["one tag for all"], "people": overloaded(t, 20)} {
		switched := 0
		for p, doc := range pages(t, renderer(t, lib, Options{})) {
			var radios, checked, parts []string
			elements(doc, func(e *html.Node) {
				classes := strings.Fields(attr(e, "class"))
				switch {
				case attr(e, "name") == "counting":
					radios = append(radios, attr(e, "value"))
					if slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
						checked = append(checked, attr(e, "value"))
					}
				case slices.Contains(classes, "counted"):
					parts = append(parts, classes[len(classes)-1])
				}
			})
			if len(radios) > 0 {
				switched++
			}
			if len(radios) > 0 && (len(checked) != 1 || name == "people") {
				t.Errorf("%s, %s: choices %v, of which %v are checked", name, p, radios, checked)
			}
			slices.Sort(parts)
			parts = slices.Compact(parts)
			slices.Sort(radios)
			if len(radios) > 0 && !slices.Equal(radios, parts) || len(radios) == 0 && len(parts) > 1 {
				t.Errorf("%s, %s: the choices %v show the parts %v", name, p, radios, parts)
			}
		}
		if switched == 0 && name != "people" {
			t.Errorf("%s: no page has a switch", name)
		}
	}
}

func TestMatrixLeadsToTheSearch(t *testing.T) {
	r := renderer(t, overloaded(t, 40), Options{})
	m := r.cells(placed(r, matrixURL(pairs()[0])), pairs()[0], pattern.People)
	if want := "40 of 40 incidents name both a cause and a contributing factor. 4 pairs meet more or less often than chance gives."; m.Sentence != want {
		t.Errorf("%q, want %q", m.Sentence, want)
	}
	cell := m.Rows[0].Cells[0]
	if m.Rows[0].Label != "Failed failover" && m.Rows[0].Label != "Overload" || cell.N+m.Rows[0].Cells[1].N != 20 {
		t.Errorf("the first row is %+v", m.Rows[0])
	}
	found := map[string]bool{}
	for _, row := range m.Rows {
		for _, cell := range row.Cells {
			found[cell.URL] = cell.N == 20
			if cell.N == 20 && (cell.Heat != 4 || cell.Class != "more" || !strings.Contains(cell.Says, "20 times")) {
				t.Errorf("a cell of all of a row's incidents is %+v", cell)
			}
		}
	}
	for _, url := range []string{"../../../search/?cause=overload&factor=no-alert", "../../../search/?cause=failed-failover&factor=knowledge-silo"} {
		if !found[url] {
			t.Errorf("no cell of 20 leads to %s, but %v", url, found)
		}
	}
}

func TestMatrixIsBounded(t *testing.T) {
	lib := termsOf(t, 300)
	for i, inc := range lib.Incidents {
		inc.Terms[incident.Factor] = []incident.Tag{by(fmt.Sprintf("t%d", i%45))}
	}
	r := renderer(t, lib, Options{})
	m := r.cells(placed(r, matrixURL(pairs()[0])), pairs()[0], pattern.People)
	if len(m.Rows) != mostRows || len(m.Columns) != mostColumns {
		t.Errorf("%d rows and %d columns", len(m.Rows), len(m.Columns))
	}
	for _, row := range m.Rows {
		if len(row.Cells) != mostColumns {
			t.Fatalf("a row has %d cells", len(row.Cells))
		}
	}
	if !strings.Contains(m.Sentence, "Rarer ones are left out: 20 rows and 25 columns.") {
		t.Errorf("%q", m.Sentence)
	}
}

// TestCombinationsAreListedWithPages holds that a list is bounded, and that each combination
// on it has a page.
func TestCombinationsAreListedWithPages(t *testing.T) {
	lib := weekly(t, 400, func(i int, inc *incident.Incident) {
		for k, d := range incident.Dimensions {
			inc.Terms[d] = []incident.Tag{by(fmt.Sprintf("t%d-%d", k, i%(5+k)))}
		}
	})
	r := renderer(t, lib, Options{})
	view := r.combinations(placed(r, combinationsURL))
	listed := 0
	for _, v := range view.Variants {
		for _, judged := range v.Judged {
			for _, c := range judged.Found {
				listed++
				if path := strings.TrimPrefix(c.URL, "../../") + "index.html"; !slices.Contains(r.Paths(), path) {
					t.Errorf("%s has no page", path)
				}
			}
		}
	}
	if listed == 0 || listed > mostCombinations || view.Variants[0].More == 0 {
		t.Errorf("%d combinations are listed and %d left out", listed, view.Variants[0].More)
	}
	n := 0
	for _, p := range r.Paths() {
		if strings.HasPrefix(p, combinationsURL) {
			n++
		}
	}
	if n <= listed || n > 3*mostCombinations+1 {
		t.Errorf("%d pages of combinations", n)
	}
}

// TestCombinationsLeftOutAreCounted holds that a page tells of all combinations, also of those
// that package pattern found and did not return.
func TestCombinationsLeftOutAreCounted(t *testing.T) {
	r := renderer(t, overloaded(t, 40), Options{})
	found := pattern.Combinations{Found: make([]pattern.Combination, 2), Support: 3, Asked: 3, Claimed: 4, More: 1200}
	got := r.combinationsSentence(found, pattern.People)
	for _, want := range []string{"1,202 combinations ", "4 are more than chance gives"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}

func TestCombinationSetsIncidentsSideBySide(t *testing.T) {
	lib := overloaded(t, 100)
	lib.Incidents[0].Actions = []incident.Action{{Text: "Watch it", Kind: ptr("detect")}, {Text: "Add room", Kind: ptr("prevent")}}
	r := renderer(t, lib, Options{})
	view := r.combination(placed(r, combinationsURL+"cause-overload--factor-no-alert/"), "cause-overload--factor-no-alert")
	if len(view.Variants) != 1 || len(view.Choices) != 0 || view.Heading != "Overload and No alert" {
		t.Fatalf("%q has %d variants and the choices %v", view.Heading, len(view.Variants), view.Choices)
	}
	v := view.Variants[0]
	if len(v.Rows) != mostAside || v.More != 50-mostAside || !strings.HasPrefix(v.Sentence, "50 of the 100 incidents ") {
		t.Errorf("%d rows, %d more: %s", len(v.Rows), v.More, v.Sentence)
	}
	if got := promisedAgainst(lib.Incidents[0]); !slices.Equal(got, []string{"Add room", "Watch it"}) {
		t.Errorf("what prevents comes first: %q", got)
	}
}

// TestListsArePaged holds that families and actions go on on pages of their own, each linked.
func TestListsArePaged(t *testing.T) {
	lib := weekly(t, 2*(mostFamilies+1), func(i int, inc *incident.Incident) {
		if i%2 == 1 {
			inc.Related.RepeatOf = []string{fmt.Sprintf("i%05d", i-1)}
		}
		for k := range 3 {
			inc.Actions = append(inc.Actions, incident.Action{Text: fmt.Sprintf("Step%d of plan%d", k, i)})
		}
		inc.Terms = [len(inc.Terms)][]incident.Tag{}
	})
	r := renderer(t, lib, Options{})
	for _, test := range []struct {
		url, entry string
		size, all  int
	}{{familiesURL, `<section class="entry"`, mostFamilies, mostFamilies + 1}, {everyAction, `<article class="entry promise"`, mostActions, 6 * (mostFamilies + 1)}} {
		left, n := test.all, 0
		for ; left > 0; n++ {
			text := page(t, r, numbered(test.url, n)+"index.html")
			want := min(left, test.size)
			if got := strings.Count(text, test.entry); got != want {
				t.Errorf("page %d of %s has %d entries, want %d", n+1, test.url, got, want)
			}
			if strings.Count(text, `aria-current="page"`) == 0 || !strings.Contains(text, "page-2/") {
				t.Errorf("page %d of %s does not lead to the others", n+1, test.url)
			}
			left -= want
		}
		if _, err := r.Page(numbered(test.url, n) + "index.html"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s has a page without entries", test.url)
		}
	}
}

func TestEntriesOfTheLedgerAreBounded(t *testing.T) {
	lib := weekly(t, 100, func(i int, inc *incident.Incident) {
		inc.Organization = ptr("One")
		inc.Related.RepeatOf = []string{"i00000"}
		inc.Terms[incident.Factor] = []incident.Tag{by("known-issue-open")}
		inc.Actions = []incident.Action{{Text: "Alert on the queue of the standby"}}
	})
	r := renderer(t, lib, Options{})
	ledger := r.ledger(placed(r, ledgerURL))
	if len(ledger.Again) != 1 || len(ledger.Struck) != 0 { // what was promised again says there what struck
		t.Fatalf("%d promised again, %d struck", len(ledger.Again), len(ledger.Struck))
	}
	again := ledger.Again[0]
	if len(again.Made) != mostMade || again.MoreMade != 100-mostMade || len(again.Struck) != mostMade || again.MoreStruck != 99-mostMade {
		t.Errorf("%d of %d made and %d of %d struck are shown", len(again.Made), again.MoreMade, len(again.Struck), again.MoreStruck)
	}
	if want := "Promised in 100 reports; no report says what became of it."; again.Says != want {
		t.Errorf("%q, want %q", again.Says, want)
	}
	newest := ledger.Known[0]
	if len(newest.Earlier) != mostMade || newest.MoreEarlier != 99-mostMade || len(newest.Promised) != mostMade {
		t.Errorf("%d earlier ones and %d promises, %d more", len(newest.Earlier), len(newest.Promised), newest.MoreEarlier)
	}
	family := r.families(placed(r, familiesURL), 0).Families[0]
	if len(family.Members) != mostMembers || family.More != 100-mostMembers {
		t.Errorf("%d members and %d more", len(family.Members), family.More)
	}
	if ledger.Again[0].ID == "" || ledger.Oldest[0].ID != "" {
		t.Error("an id stands where the action is told first, and there alone")
	}
}

func TestWrongTurnsByWhatWasSeen(t *testing.T) {
	hour := incident.Duration{Least: 3600e9, Most: 3600e9, Basis: incident.Stated}
	lib := weekly(t, 40, func(i int, inc *incident.Incident) {
		inc.Terms[incident.Impact] = []incident.Tag{by([]string{"slow", "outage-full"}[i%2])}
		if i%4 == 0 {
			inc.WrongTurns = []incident.WrongTurn{{Note: incident.Note{Text: "We suspected the network"}}, {Note: incident.Note{Text: "We waited"}, Cost: hour}}
		}
	})
	r := renderer(t, lib, Options{})
	view := r.wrongTurns(placed(r, wrongURL))
	v := view.Variants[0]
	if want := "The reports of 10 of 40 incidents tell of 20 wrong turns; 10 say how long it took, 10\u00a0h together."; v.Sentence != want {
		t.Errorf("%q, want %q", v.Sentence, want)
	}
	if len(v.Symptoms) != 1 || v.Symptoms[0].Tag.Label != "Slow" || len(v.Symptoms[0].Turns) != 20 {
		t.Fatalf("symptoms %+v", v.Symptoms)
	}
	if want := "Responders were misled in 10 of the 20 incidents with it; 10 say how long it took, 10\u00a0h together."; v.Symptoms[0].Sentence != want {
		t.Errorf("%q, want %q", v.Symptoms[0].Sentence, want)
	}
	if turn := v.Symptoms[0].Turns[1]; turn.Cost != "1\u00a0h" || turn.Row.Heading == "" {
		t.Errorf("%+v", turn)
	}
	if got := r.wrongSentence(pattern.WrongTurns{Of: 3}); got != "No report of 3 incidents tells of a wrong turn." {
		t.Error(got)
	}
}

func TestDurationsCompareGroupsWithTheOthers(t *testing.T) {
	r := renderer(t, overloaded(t, 100), Options{})
	view := r.durations(placed(r, durationsURL))
	if len(view.Phases) != len(pattern.Phases) || view.Phases[0].Sentence != "None of 100 incidents tells it." || !strings.HasPrefix(view.Phases[3].Sentence, "Median ") {
		t.Errorf("phases %+v", view.Phases)
	}
	changed := 0
	for _, d := range view.Facets {
		for _, g := range d.Groups {
			if g.Changed {
				changed++
				if g.N != 50 || !strings.Contains(g.Says, "in the median") {
					t.Errorf("%+v", g)
				}
			}
		}
	}
	if changed != 2 {
		t.Errorf("%d groups of causes differ from the others, want both", changed)
	}
}

func TestCurvesAreBounded(t *testing.T) {
	var incidents []*incident.Incident
	for i := range 20_000 {
		length := incident.Span(time.Duration(60+i*i/90) * time.Second)
		incidents = append(incidents, &incident.Incident{Duration: incident.Duration{Least: length, Most: length, Basis: incident.Stated}})
	}
	chart := ecdf("fl:x", "Lengths", lengths{"All", "", pattern.Durations(incidents, pattern.Whole)})
	path := chart.Curves[0].Path
	if n := strings.Count(path, "H"); n > ecdfWidth/finest+3 || n < 100 {
		t.Errorf("%d steps", n)
	}
	if !strings.HasPrefix(path, fmt.Sprintf("M0 %d", ecdfHeight)) || !strings.HasSuffix(path, fmt.Sprintf("V0.0H%d", ecdfWidth)) {
		t.Errorf("the curve does not run from nothing to all: %.30s … %s", path, path[len(path)-30:])
	}
}

func TestManyIncidentsAreDotsOfMonths(t *testing.T) {
	lib := overloaded(t, 5*mostDots)
	r := renderer(t, lib, Options{})
	in := r.found.Incidents()
	few, marks := r.dots(in[:mostDots])
	if len(few) != mostDots || few[0].R != smallDot || len(marks) == 0 {
		t.Errorf("%d dots, %d years", len(few), len(marks))
	}
	months, _ := r.dots(in)
	if len(months) >= mostDots || !strings.HasSuffix(months[1].Title, ": 28 incidents") || months[1].R != largeDot {
		t.Errorf("%d dots, the second %+v", len(months), months[1])
	}
}

func TestTimeSaysWhenIncidentsBegan(t *testing.T) {
	lib := weekly(t, 700, func(i int, inc *incident.Incident) {
		inc.Started = at(t, inc.Date.From.Format("2006-01-02")+"T10:30")
		if i < 5 || i > 600 {
			inc.Terms[incident.Factor] = []incident.Tag{by("no-alert")}
		}
	})
	r := renderer(t, lib, Options{})
	view := r.time(placed(r, timeURL))
	total := 0
	for _, day := range view.Week.Days {
		for hour, h := range day.Hours {
			total += h.N
			if h.N > 0 && hour != 10 || h.Heat > 4 {
				t.Errorf("%s %d o’clock: %+v", day.Name, hour, h)
			}
		}
	}
	if total != 700 || len(view.Months.Bars) != 25 || len(view.Months.Ticks) > mostTicks {
		t.Errorf("%d incidents with an hour, %d months, %d years named", total, len(view.Months.Bars), len(view.Months.Ticks))
	}
	if !strings.Contains(page(t, r, timeURL+"index.html"), "No alert") {
		t.Error("nothing is said of the factor that came back")
	}
	for _, day := range view.Days {
		if len(day.Rows) > mostOfDay || len(day.Key) != len("06-30") {
			t.Errorf("%q has %d rows", day.Key, len(day.Rows))
		}
	}
}

func TestTermSaysWhatEndedItAndWhatItWorksFor(t *testing.T) {
	helped := func(says string) func(*incident.Tag) { return func(tag *incident.Tag) { tag.Effective = &says } }
	lib := weekly(t, 12, func(i int, inc *incident.Incident) {
		inc.Terms[incident.Cause] = []incident.Tag{by("overload")}
		inc.Terms[incident.Impact] = []incident.Tag{by("slow")}
		inc.Terms[incident.Mitigation] = []incident.Tag{by("rollback", helped([]string{"no", "yes", "partly"}[i%3]))}
		inc.Lessons = []incident.Lesson{{Note: incident.Note{Text: fmt.Sprintf("Lesson number %d of %d", i, i*i)}}}
		inc.Actions = []incident.Action{{Text: fmt.Sprintf("Step%d of the plan%d for %d", i, i*i, i*i*i)}}
	})
	r := renderer(t, lib, Options{})
	study := func(f pattern.Facet, id string) GroupStudy {
		g, _ := r.found.Lookup(f, id)
		all := r.groupStudies(placed(r, g.URL()), g)
		if len(all) != 1 {
			t.Fatalf("%s has %d studies", id, len(all))
		}
		return all[0]
	}
	slow := study(pattern.Impact, "slow")
	if len(slow.Behind) != 1 || slow.Behind[0].N != 12 || slow.Behind[0].Of != 12 || slow.Behind[0].Label != "Overload" {
		t.Errorf("behind it are %+v", slow.Behind)
	}
	if want := (Remedy{slow.Remedies[0].Tag, 12, 4, 4, 4, 0}); slow.Remedies[0] != want {
		t.Errorf("it was ended by %+v", slow.Remedies)
	}
	if len(slow.Lessons) != mostLessons || len(slow.Open) != mostOpen || len(slow.Dots) != 12 {
		t.Errorf("%d lessons, %d open actions, %d dots", len(slow.Lessons), len(slow.Open), len(slow.Dots))
	}
	rollback := study(pattern.Mitigation, "rollback")
	if len(rollback.Works) != 2 || rollback.Remedies != nil || !strings.Contains(rollback.Sentence, "It helped in 8 of the 12 that say whether it did.") {
		t.Errorf("a mitigation: %q, works for %+v", rollback.Sentence, rollback.Works)
	}
}

func TestNothingIsSaidOfTwo(t *testing.T) {
	r := renderer(t, overloaded(t, 4), Options{})
	g, _ := r.found.Lookup(pattern.Cause, "overload")
	if got := r.groupStudies(placed(r, g.URL()), g); got != nil {
		t.Errorf("a term of two incidents has %d studies", len(got))
	}
	v := r.combinations(placed(r, combinationsURL)).Variants[0]
	if len(v.Judged) != 0 || !strings.Contains(v.Sentence, "no pattern is claimed on fewer") {
		t.Errorf("%q with %d sorts of combinations", v.Sentence, len(v.Judged))
	}
}

// TestOneMoreIsSingular holds that a page which leaves one thing out says so in the singular, and
// sets the thousands of many apart.
func TestOneMoreIsSingular(t *testing.T) {
	th := renderer(t, &incident.Library{}, Options{}).theme
	for _, n := range []int{1, 1200} {
		for name, view := range map[string]any{
			"combination.html":  CombinationPage{Variants: []CombinationSeen{{More: n}}},
			"combinations.html": CombinationsPage{Variants: []Combinations{{More: n}}},
			"group.html":        GroupPage{Studies: []GroupStudy{{More: n, Evidence: []Quoted{{}}}}},
			"families.html":     FamiliesPage{Families: []Family{{More: n}}},
			"ledger.html":       LedgerPage{Again: []Promise{{MoreMade: n}}, Known: []Known{{Earlier: make([]Row, 1), MorePromised: n}}},
			"wrong-turns.html":  WrongTurnsPage{Variants: []WrongTurns{{More: n}}},
		} {
			var b strings.Builder
			if err := th.pages[name].ExecuteTemplate(&b, "main", view); err != nil {
				t.Fatal(err)
			}
			if want := map[int]string{1: "1 ", 1200: "1,200 "}[n]; !strings.Contains(b.String(), want) {
				t.Errorf("%s does not say %q", name, want)
			}
			if wrong := regexp.MustCompile(`\b(1 \w+ \w+s|1200 .*)\b`).FindString(b.String()); wrong != "" {
				t.Errorf("%s says %q", name, wrong)
			}
		}
	}
}
