package render

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// How much of a kind the page of a group shows.
const (
	companions   = 5
	mostRemedies = 12
	mostLessons  = 8
	mostOpen     = 8
	mostEvidence = 12
	mostDots     = 120
)

// GroupStudy is what the incidents of a group have to say, counted in one way.
type GroupStudy struct {
	Class    string // of the counting
	Sentence string
	Dots     []Dot // the incidents on an axis of time
	Years    []AxisMark
	Behind   []With // the causes of an impact or a way of detection
	With     []Companions
	Noticed  string // how fast
	Remedies []Remedy
	Works    []Works // what a mitigation works for
	Lasted   *ECDF
	Compared string
	Lessons  []Note
	Open     []Open
	Evidence []Quoted
	More     int // quotes that are not shown
}

// Dot is an incident on an axis of time, or all of a month. R is its radius.
type Dot struct {
	X     string
	R     int
	Title string
}

// Companions is what a group comes with in one facet.
type Companions struct {
	Label string // of the facet
	Class string
	Tags  []With
}

// With is a value that comes with the group: N of the Of incidents that name any.
type With struct {
	Count
	Says    string // what chance would give
	Notable bool
}

// Remedy is how a mitigation did.
type Remedy struct {
	Tag                          Tag
	N, Worked, Partly, Vain, Not int
}

// Works is what a mitigation was tried for, in one facet.
type Works struct {
	Label string
	Rows  []Remedy
}

// Open is an action that no report says was done.
type Open struct {
	Text  string
	From  Row
	Again int
}

// Quoted is a sentence of a report.
type Quoted struct {
	Quote
	Row       Row
	Suggested bool
}

// studied reports whether a group has enough incidents to say more of it than which they are.
func studied(g *pattern.Group) bool {
	return g.Facet <= pattern.Organization && g.All() >= pattern.Least
}

// groupStudies are the studies of a group in every way of counting that differs.
func (r *Renderer) groupStudies(p place, g *pattern.Group) []GroupStudy {
	if !studied(g) {
		return nil
	}
	countings := r.countings.all
	if len(g.Suggested) == 0 || g.N() == 0 {
		countings = []pattern.Counting{r.only(g)}
	}
	var list []GroupStudy
	for _, c := range countings {
		list = append(list, r.groupStudy(p, g, c))
	}
	return list
}

// only is the way to count a group that either people or texts give.
func (r *Renderer) only(g *pattern.Group) pattern.Counting {
	switch {
	case g.N() == 0:
		return pattern.Suggested
	case g.Facet > pattern.Impact:
		return r.countings.usual
	default:
		return pattern.People
	}
}

func (r *Renderer) groupStudy(p place, g *pattern.Group, c pattern.Counting) GroupStudy {
	tally := r.found.Tally(c)
	in := tally.Incidents(g)
	s := GroupStudy{Class: c.String(), Sentence: strings.TrimSpace(r.told(in))}
	s.Dots, s.Years = r.dots(in)
	if g.Facet == pattern.Impact || g.Facet == pattern.Detection {
		behind := tally.Behind(g)
		s.Behind = p.withs(behind[:min(mostRemedies, len(behind))])
	}
	s.With = r.companions(p, tally, g)
	s.Noticed = noticed(in)
	if g.Facet == pattern.Mitigation {
		s.Sentence = strings.TrimSpace(s.Sentence + workedSentence(g))
		s.Works = p.works(tally, g)
	} else {
		s.Remedies = p.remedies(tally.Remedies(g))
	}
	r.length(&s, p, g, in)
	s.Lessons = p.lessonsOf(r.found.LessonsOf(in, mostLessons))
	s.Open = p.openActions(r.found.OpenActions(in, mostOpen))
	quotes, all := tally.Evidence(g, mostEvidence)
	s.Evidence, s.More = p.quoted(quotes), all-len(quotes)
	return s
}

// dots places the incidents on the library's years, each by its day or, where there are
// many, all of a month together. Those before the axis are left out.
func (r *Renderer) dots(in []*incident.Incident) ([]Dot, []AxisMark) {
	first, last := r.years.first, r.years.last
	if last == 0 {
		return nil, nil
	}
	in = slices.DeleteFunc(slices.Clone(in), func(inc *incident.Incident) bool {
		return !inc.Date.Date().Known() || inc.Date.Date().From.Year() < first
	})
	share := func(t time.Time) string {
		return percent(100 * (float64(t.Year()-first) + float64(t.YearDay()-1)/366) / float64(last-first+1))
	}
	dots := make([]Dot, 0, min(len(in), mostDots))
	if len(in) > mostDots {
		dots = dotsOfMonths(in, share)
	} else {
		for _, inc := range in {
			dots = append(dots, Dot{share(inc.Date.Date().From), smallDot, shortDate(inc.Date) + " " + inc.Title})
		}
	}
	var marks []AxisMark
	for year := first; year <= last; year++ {
		marks = append(marks, AxisMark{X: percent(100 * float64(year-first) / float64(last-first+1)), Label: yearName(year)})
	}
	return dots, thinned(marks, mostTicks)
}

// Radii of dots.
const smallDot, largeDot = 5, 9

// dotsOfMonths makes one dot of the incidents of a month, the larger the more there are, and
// one of those of which only the year is known. The incidents are in the order of their days.
func dotsOfMonths(in []*incident.Incident, share func(time.Time) string) []Dot {
	most := 0
	var months [][]*incident.Incident
	for _, inc := range in {
		if n := len(months); n == 0 || monthName(months[n-1][0]) != monthName(inc) {
			months = append(months, nil)
		}
		last := &months[len(months)-1]
		*last = append(*last, inc)
		most = max(most, len(*last))
	}
	var dots []Dot
	for _, month := range months {
		from := month[0].Date.Date().From
		start := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
		dots = append(dots, Dot{share(start), smallDot + (largeDot-smallDot)*len(month)/most, monthName(month[0]) + ": " + phrase.Count(len(month), "incident")})
	}
	return dots
}

// monthName names the month of an incident's day, or its year where only that is known.
func monthName(inc *incident.Incident) string {
	if day := inc.Date.Date(); day.Precision >= incident.Month {
		return day.From.Format("January 2006")
	}
	return yearName(inc.Date.Date().From.Year())
}

// longestAxis is how many years an axis has at most.
const longestAxis = 60

// years are the first and the last year of an axis, zero where no incident has a date.
type years struct{ first, last int }

// yearsOfAxis are those of the incidents, the newest first, or the last of them.
func yearsOfAxis(incidents []*incident.Incident) years {
	var y years
	for _, inc := range incidents {
		if day := inc.Date.Date(); day.Known() {
			y.first, y.last = day.From.Year(), max(y.last, day.From.Year())
		}
	}
	y.first = max(y.first, y.last-longestAxis+1)
	return y
}

func (r *Renderer) companions(p place, tally *pattern.Tally, g *pattern.Group) []Companions {
	var with []Companions
	for _, f := range slices.Concat(pattern.Dimensions, []pattern.Facet{pattern.Service, pattern.Technology, pattern.Organization}) {
		found := tally.Companions(g, f)
		if f == g.Facet && len(found) == 0 || f == pattern.Cause && (g.Facet == pattern.Impact || g.Facet == pattern.Detection) {
			continue
		}
		c := Companions{Label: f.Plural(), Class: f.String(), Tags: p.withs(found[:min(companions, len(found))])}
		if len(c.Tags) > 0 {
			with = append(with, c)
		}
	}
	return with
}

func (p place) withs(found []pattern.Companion) []With {
	var list []With
	for _, c := range found {
		list = append(list, With{Count{p.tag(c.Group), c.N, c.Of}, c.Words(), c.Verdict.Notable()})
	}
	return list
}

// noticed says how fast the incidents were noticed.
func noticed(in []*incident.Incident) string {
	d := pattern.Durations(in, pattern.ToDetect)
	if d.N == 0 {
		return ""
	}
	return fmt.Sprintf("From the beginning until somebody noticed: %s in the median, %s.", unbroken(d.Median), sample(d.N))
}

func (p place) remedies(found []pattern.Outcome) []Remedy {
	var list []Remedy
	for _, o := range found[:min(mostRemedies, len(found))] {
		list = append(list, Remedy{p.tag(o.Group), o.N(), o.Worked, o.Partly, o.Vain, o.Unsaid})
	}
	return list
}

func (p place) works(tally *pattern.Tally, g *pattern.Group) []Works {
	var list []Works
	for _, f := range []pattern.Facet{pattern.Cause, pattern.Impact} {
		if rows := p.remedies(tally.WorksFor(g, f)); len(rows) > 0 {
			list = append(list, Works{f.Plural(), rows})
		}
	}
	return list
}

// length compares how long the group's incidents took with how long all others did.
func (r *Renderer) length(s *GroupStudy, p place, g *pattern.Group, in []*incident.Incident) {
	c := r.found.Beside(in, pattern.Whole)
	if c.B.N < pattern.Least {
		return
	}
	groups := []lengths{{groupLabel(g), "", c.B}}
	if c.A.N > 0 {
		groups = append(groups, lengths{"All others", p.to(durationsURL), c.A})
	}
	chart := ecdf("fl:lasted-"+s.Class, "How long they lasted", groups...)
	s.Lasted, s.Compared = &chart, "Beside all other incidents: "+c.Words()+"."
}

func (p place) lessonsOf(learned []pattern.Learned) []Note {
	var list []Note
	for _, l := range learned {
		first := l.Taught[0]
		list = append(list, Note{Text: l.Text, URL: p.to(first.Incident.URL)})
	}
	return list
}

func (p place) openActions(open []pattern.OpenAction) []Open {
	var list []Open
	for _, o := range open {
		list = append(list, Open{phrase.Shorten(o.Text, 2*longestAction), p.row(o.Here[0].Incident), o.Again()})
	}
	return list
}

func (p place) quoted(quotes []pattern.Quote) []Quoted {
	var list []Quoted
	for _, q := range quotes {
		at := template.URL(p.to(q.Incident.URL) + fragment(q.Evidence.Anchor))
		list = append(list, Quoted{Quote{unmarked(q.Evidence.Text), at, q.Evidence.Line}, p.row(q.Incident), q.Tag.Provenance == incident.Suggested})
	}
	return list
}
