package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// Where no section says that it is a timeline, the form must: this many rows, and
// this share of a list's entries, begin with a clock.
const (
	formRows  = 3
	formShare = .6
)

// entry is a row before its day is known.
type entry struct {
	when   when
	offset *incident.Span
	text   string
	actor  *string
	line   int
	anchor string
	links  []string
}

// group is a run of entries that share their days: a list, a table, the lines of
// a part, or all time headings.
type group struct {
	part    *part
	entries []entry
}

// timelineOf reads the rows of every timeline of the document, in document order; those
// that are written newest first, as status pages do, are turned round.
func timelineOf(parts []*part, c calendar, title int) []incident.Row {
	s := scribe{calendar: c}
	headings := 0
	for _, p := range parts {
		if w, _, ok := readWhen(p.title); ok && w.clock && p.line != title {
			headings++
		}
	}
	for _, p := range parts {
		s.enter(p, title)
		if inside(p, incident.ActionSection, incident.LessonSection, incident.WellSection, incident.WrongSection, incident.LuckySection) {
			continue
		}
		p.readTimes(&s, title, headings > 1)
	}
	if len(s.rows) == 0 {
		s.rows = postsOf(parts, c)
	}
	if newestFirst(s.rows) {
		slices.Reverse(s.rows)
	}
	return s.rows
}

// newestFirst reports whether every row is earlier than the one above it, or as early.
func newestFirst(rows []incident.Row) bool {
	for i, row := range rows {
		if !row.At.Clock() || i > 0 && row.At.From.After(rows[i-1].At.From) {
			return false
		}
	}
	return len(rows) > 1 && rows[len(rows)-1].At.From.Before(rows[0].At.From)
}

// readTimes writes the rows of one part.
func (p *part) readTimes(s *scribe, title int, timeHeadings bool) {
	timeline := p.kind == incident.TimelineSection
	before := len(s.rows)
	if p.line != title && (timeline || timeHeadings) {
		if e, ok := p.headingEntry(); ok && e.when.clock {
			s.write(group{p, []entry{e}})
		}
	}
	s.write(p.lineEntries(timeline))
	lists := timeline || timelineByForm(p.blocks)
	for _, b := range p.blocks {
		switch b.Kind {
		case markdown.List:
			s.writeList(p, b, lists)
		case markdown.Table:
			s.write(p.tableEntries(b, timeline))
		}
	}
	if e, ok := p.headingEntry(); ok && timeline && len(s.rows) == before && e.text != "" && p.justDay() {
		s.write(group{p, []entry{e}})
	}
}

// scribe writes rows and carries the day from one to the next.
type scribe struct {
	calendar
	rows  []incident.Row
	day   time.Time
	last  *when // the clock written last on the day
	under *part // the part that gave the day, or the top part that it is carried in
}

// enter takes the day of a part's heading, and forgets that of another section.
func (s *scribe) enter(p *part, title int) {
	if top := topOf(p); top != s.under {
		s.under, s.day, s.last = top, time.Time{}, nil
	}
	if p.line == title {
		return
	}
	if w, ok := dateIn(p.title); ok && !w.clock {
		if day := s.dayOf(w, s.day); !day.IsZero() {
			s.day, s.last = day, nil
		}
	}
}

// topOf returns the part below the title that p stands in.
func topOf(p *part) *part {
	for p.parent != nil && p.parent.parent != nil && p.parent.level > 1 {
		p = p.parent
	}
	return p
}

// dateIn finds a date in a heading: "October 21, 2025 - Redis overload", "Day 2: 3 May".
func dateIn(title string) (when, bool) {
	for i, word := 0, title; ; {
		if w, _, ok := readWhen(word); ok && w.dated() {
			return w, true
		}
		next := strings.IndexAny(title[i:], " (")
		if next < 0 {
			return when{}, false
		}
		i += next + 1
		word = title[i:]
	}
}

// write adds the rows of a group.
func (s *scribe) write(g group) {
	descending := descends(g.entries)
	zone := g.part.zone()
	for _, e := range g.entries {
		if e.when.zone == "" {
			e.when.zone = zone
		}
		day := s.turn(e.when, descending)
		at := incident.Time{}
		if e.offset == nil && (e.when.clock || e.when.dated()) {
			at = s.resolve(e.when, day)
		}
		if e.actor == nil {
			e.actor, e.text = cutActor(e.text)
		}
		s.rows = append(s.rows, incident.Row{
			At: at, Offset: e.offset, Label: e.when.written, Text: e.text, Actor: e.actor,
			Line: e.line, Anchor: e.anchor, Basis: incident.Explicit, Links: e.links,
		})
	}
}

// zone returns the zone that the headings above a part's rows state, the nearest
// first: "22:04-23:00 UTC: split", "Timeline (in UTC)".
func (p *part) zone() string {
	for ; p != nil; p = p.parent {
		if w, _, ok := readWhen(p.title); ok && w.clock && w.zone != "" {
			return w.zone
		}
		if p.own && p.kind == incident.TimelineSection {
			return zoneIn(p.title)
		}
	}
	return ""
}

func (s *scribe) today() time.Time {
	if s.day.IsZero() {
		return s.calendar.day
	}
	return s.day
}

// turn moves to the day of the next row and returns it: the one that it names, else the
// next one when the clock jumps back by more than half a day. Behind a row that lasted
// until another day, that day goes on.
func (s *scribe) turn(w when, descending bool) time.Time {
	if w.dated() && s.held {
		return s.dayOf(w, s.today())
	}
	if w.dated() {
		s.day, s.last = s.dayOf(w, s.today()), nil
	} else if w.clock && s.last != nil && !s.today().IsZero() {
		switch jump := w.minutes() - s.last.minutes(); {
		case jump < -halfDay && !descending:
			s.day = s.today().AddDate(0, 0, 1)
		case jump > halfDay && descending:
			s.day = s.today().AddDate(0, 0, -1)
		}
	}
	day := s.today()
	if w.clock {
		s.last = &w
		if w.end != nil && w.end.dated() {
			s.day, s.last = s.dayOf(*w.end, day), w.end
		}
	}
	return day
}

// halfDay is the number of minutes beyond which a jump of the clock is a new day.
const halfDay = 12 * 60

func (w when) minutes() int { return w.hour*60 + w.minute }

// descends reports whether a list is written newest first. Jumps over midnight do
// not tell.
func descends(entries []entry) bool {
	up, down := 0, 0
	for i := 1; i < len(entries); i++ {
		a, b := entries[i-1].when, entries[i].when
		if !a.clock || !b.clock || b.dated() && a.dated() && a.day != b.day {
			continue
		}
		switch jump := b.minutes() - a.minutes(); {
		case jump > 0 && jump <= halfDay:
			up++
		case jump < 0 && jump >= -halfDay:
			down++
		}
	}
	return down > up
}

// headingEntry reads "### 15:36" or "### 2017-10-17 07:42: first report", or a day
// under which no clocks stand. What happened is the rest of the heading, unless it is a
// remark in brackets, else the first text below it that is more than a link.
func (p *part) headingEntry() (entry, bool) {
	w, rest, ok := readWhen(p.title)
	if !ok {
		return entry{}, false
	}
	e := entry{when: w, text: oneLine(trimBehindTime(rest)), line: p.line, anchor: p.anchor}
	remark := remarkForm.MatchString(strings.TrimSpace(rest))
	if e.text != "" && !remark {
		return e, true
	}
	e.when.approximate = e.when.approximate || remark && strings.Contains(rest, "?")
	if below := p.firstTold(); below != "" {
		e.text = below
	}
	return e, true
}

// remarkForm is what stands behind a time and says something of the time alone:
// "(maybe earlier?)".
var remarkForm = regexp.MustCompile(`^\([^()]*\)$`)

// firstTold returns the first text of a part that is more than a link, else the link's.
func (p *part) firstTold() string {
	first := ""
	for _, b := range p.blocks {
		passages := appendPassages(nil, b)
		if len(passages) == 0 {
			continue
		}
		if first == "" {
			first = passages[0].Text
		}
		if !justLink(b) {
			return passages[0].Text
		}
	}
	return first
}

// justLink reports whether a paragraph is a link and nothing else.
func justLink(b markdown.Block) bool {
	linked := func(s markdown.Span) bool { return s.Link != "" || strings.TrimSpace(s.Text) == "" }
	return b.Kind == markdown.Paragraph && len(b.Spans) > 0 && !slices.ContainsFunc(b.Spans, func(s markdown.Span) bool { return !linked(s) })
}

// justDay reports whether the heading is a date and nothing else.
func (p *part) justDay() bool {
	w, rest, ok := readWhen(p.title)
	return ok && w.dated() && !w.clock && strings.TrimSpace(rest) == ""
}

// trimBehindTime takes away what separates a time from its text.
func trimBehindTime(rest string) string {
	return strings.TrimSpace(strings.TrimLeft(rest, " \t\n:：-–—|,;)]*_>"))
}

// separated reports whether what follows a date sets it off as a label: "2 May: text".
func separated(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest == "" || strings.ContainsAny(rest[:1], ":|-)]") || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, "：")
}

// timed reads a text that begins with a time or an offset. dates reports whether a
// date alone will do.
func timed(text string, dates bool) (entry, bool) {
	text = afterUpdate(text)
	if offset, rest, ok := readOffset(text); ok {
		return entry{when: when{written: strings.TrimSpace(strings.TrimSuffix(text, rest))}, offset: &offset, text: trimBehindTime(rest)}, true
	}
	w, rest, ok := readWhen(text)
	if !ok && dates {
		if e, ok := readAgo(text); ok {
			return e, true
		}
		return labelTimed(text)
	}
	if !ok || !w.clock && (!dates || !separated(rest)) {
		return entry{}, false
	}
	return entry{when: w, text: trimBehindTime(rest)}, true
}

// labelTimed reads a row that names the fact first: "First detected: 2023-11-01 10:15".
// In a timeline that is the whole row.
func labelTimed(text string) (entry, bool) {
	if len(text) > 2*maxLabelSize {
		return entry{}, false
	}
	s := appendStatement(nil, text, 0)
	if len(s) == 0 || !s[0].fact.clock() {
		return entry{}, false
	}
	w, rest, ok := readWhen(s[0].value)
	if !ok || !w.clock || trimBehindTime(rest) != "" {
		return entry{}, false
	}
	label, _, _ := strings.Cut(text, s[0].value)
	return entry{when: w, text: strings.TrimRight(label, " :：-–—")}, true
}

// updateForm is the label that the updates of a status message begin with, in front of
// their time: "[Update - 2023-03-29 15h50 UTC]".
var updateForm = regexp.MustCompile(`^(?i)\[?(?:update|edit|edited)(?:\s?#?\d{1,2})?\s?[-–—:(,]*\s*`)

// afterUpdate returns the text behind such a label, where a time follows it.
func afterUpdate(text string) string {
	if text == "" || text[0] != '[' && text[0]|' ' != 'u' && text[0]|' ' != 'e' {
		return text
	}
	rest := text[len(updateForm.FindString(text)):]
	if w, _, ok := readWhen(rest); !ok || !w.clock {
		return text
	}
	return rest
}

// behind returns what stands behind the first place of a part of a text.
func behind(text, part string) string {
	_, rest, _ := strings.Cut(text, part)
	return rest
}

var offsetForm = regexp.MustCompile(`^(?i)T\s?([+-])\s?(?:(\d{1,3}):(\d{2})|0\b|(\d{1,4})\s?(h|hours?|m|min|mins|minutes?|s|sec|seconds?)\b)`)

// readOffset reads a time since the start of the incident: "T+15m", "T-00:05".
func readOffset(text string) (incident.Span, string, bool) {
	m := offsetForm.FindStringSubmatch(text)
	if m == nil {
		return 0, text, false
	}
	d := time.Duration(0)
	if m[2] != "" {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi(m[3])
		d = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	} else if m[4] != "" {
		d = amount(m[4], m[5])
	}
	if m[1] == "-" {
		d = -d
	}
	return incident.Span(d), text[len(m[0]):], true
}

// lineEntries reads the paragraphs of a part whose lines begin with a time. A line
// without one goes on with the row before it.
func (p *part) lineEntries(timeline bool) group {
	g := group{part: p}
	clocks := 0
	for _, b := range p.blocks {
		if b.Kind != markdown.Paragraph {
			continue
		}
		if e, ok := tracked(b); ok {
			e.anchor = p.anchor
			g.entries = append(g.entries, e)
			clocks += formRows
			continue
		}
		if inline := p.inlineEntries(b); inline != nil {
			g.entries = append(g.entries, inline...)
			clocks += len(inline)
			continue
		}
		clocks += g.addLines(b, timeline)
	}
	if !timeline && clocks < formRows {
		g.entries = nil
	}
	return g
}

// addLines adds the lines of a paragraph that begin with a time, and returns their number.
// What stands on the others belongs to the row above them; that may be a time alone in a
// paragraph of its own.
func (g *group) addLines(b markdown.Block, timeline bool) int {
	rows := 0
	open := len(g.entries) > 0 && g.entries[len(g.entries)-1].text == ""
	for _, l := range linesOf(b) {
		e, ok := timed(l.text, timeline)
		switch {
		case ok && (timeline || separated(behind(l.text, e.when.written)) || len(b.Spans) > 0):
			e.line, e.anchor, e.links = l.at, g.part.anchor, appendLinks(nil, l.spans)
			g.entries = append(g.entries, e)
			open = true
			rows++
		case open:
			last := &g.entries[len(g.entries)-1]
			last.text, last.links = strings.TrimSpace(last.text+" "+l.text), appendLinks(last.links, l.spans)
		}
	}
	return rows
}

// trackForm matches the call by which cState's updates state their time, wherever in
// the update it stands.
var trackForm = regexp.MustCompile(`\{\{[<%]\s*track\s+["“]([^"”]+)["”]\s*[>%]\}\}`)

// tracked reads the update that a paragraph is.
func tracked(b markdown.Block) (entry, bool) {
	for _, l := range linesOf(b) {
		m := trackForm.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		w, _, ok := readWhen(m[1])
		return entry{when: w, text: oneLine(strings.Replace(b.Text, m[0], " ", 1)), line: l.at}, ok
	}
	return entry{}, false
}

// writeList writes the entries of a list that begin with a time. An entry that is a
// date and nothing else gives its day to the list inside it.
func (s *scribe) writeList(p *part, list markdown.Block, timeline bool) {
	if !timeline && !timelineByForm([]markdown.Block{list}) {
		for _, c := range list.Children {
			s.writeNested(p, c, false)
		}
		return
	}
	g := group{part: p}
	for _, c := range list.Children {
		e, ok := timed(firstText(c), true)
		if ok && (e.text != "" || e.when.clock) {
			e.line, e.anchor, e.links = c.Line, p.anchor, linksIn(c)
			g.entries = append(g.entries, e)
		}
		if !hasNested(c) {
			continue
		}
		s.write(g)
		g.entries = nil
		if ok && e.text == "" && !e.when.clock {
			s.turn(e.when, false)
		}
		s.writeNested(p, c, timeline && !ok || ok && !e.when.clock)
	}
	s.write(g)
}

func hasNested(entry markdown.Block) bool {
	return slices.ContainsFunc(entry.Children, func(b markdown.Block) bool { return b.Kind == markdown.List || b.Kind == markdown.Table })
}

func (s *scribe) writeNested(p *part, c markdown.Block, timeline bool) {
	for _, b := range c.Children {
		switch b.Kind {
		case markdown.List:
			s.writeList(p, b, timeline)
		case markdown.Table:
			s.write(p.tableEntries(b, timeline))
		}
	}
}

// timelineByForm reports whether most entries of the lists begin with a clock.
func timelineByForm(blocks []markdown.Block) bool {
	clocks, entries := 0, 0
	for _, b := range blocks {
		if b.Kind != markdown.List {
			continue
		}
		entries += len(b.Children)
		for _, c := range b.Children {
			if w, _, ok := readWhen(firstText(c)); ok && w.clock {
				clocks++
			}
		}
	}
	return clocks >= formRows && float64(clocks) >= formShare*float64(entries)
}

// linksIn returns the links of a block and of what stands in it, but for nested rows.
func linksIn(b markdown.Block) []string {
	links := appendLinks(nil, b.Spans)
	for _, c := range b.Children {
		if c.Kind != markdown.List && c.Kind != markdown.Table {
			links = append(links, linksIn(c)...)
		}
	}
	return links
}

// appendLinks adds the destinations of spans, each once though its text has several styles.
func appendLinks(links []string, spans []markdown.Span) []string {
	for _, s := range spans {
		if s.Link != "" && s.Style&markdown.Image == 0 && !slices.Contains(links, s.Link) {
			links = append(links, s.Link)
		}
	}
	return links
}
