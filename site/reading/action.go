package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// actionsOf reads the promises of the sections made for them.
func actionsOf(parts []*part, c calendar) []incident.Action {
	r := actionReader{calendar: c}
	for _, p := range parts {
		if p.kind != incident.ActionSection {
			continue
		}
		r.part = p
		r.kind, r.status = groupOf(p)
		r.blocks(p.blocks)
	}
	for i := range r.actions {
		r.actions[i].ID = "a" + strconv.Itoa(i+1)
	}
	return r.actions
}

// actionReader reads the actions of one group after the other.
type actionReader struct {
	calendar
	part    *part
	kind    *string // of the open group
	status  *string
	actions []incident.Action
}

// groupOf returns the kind that a sub-heading gives its actions, and their status
// where the heading states one: "Immediate actions (completed)".
func groupOf(p *part) (kind, status *string) {
	name := p.title
	if bracket := statusBracket.FindStringSubmatch(name); bracket != nil {
		status = statusNamed(bracket[1])
		name = strings.TrimSpace(strings.TrimSuffix(name, bracket[0]))
	} else if s := statusNamed(name); s != nil {
		return nil, s
	}
	if p.own || name == "" {
		return nil, status
	}
	return &name, status
}

// blocks reads lists and tables; where there are none, every paragraph is an action
// but for one that introduces another. Bullets beside numbered actions are details.
func (r *actionReader) blocks(blocks []markdown.Block) {
	numbered := slices.ContainsFunc(blocks, func(b markdown.Block) bool { return b.Kind == markdown.List && b.Ordered })
	lists := false
	for _, b := range blocks {
		switch b.Kind {
		case markdown.List:
			if b.Ordered || !numbered {
				r.list(b)
			}
			lists = true
		case markdown.Table:
			r.table(b)
			lists = true
		}
	}
	if lists || r.part.weak {
		return
	}
	for _, b := range blocks {
		if b.Kind == markdown.Paragraph && !strings.HasSuffix(strings.TrimSpace(b.Text), ":") {
			r.add(b, markdown.NoBox, b.Line)
		}
	}
}

// list reads the entries of a list. An entry that only names a group gives its
// name to the list inside it.
func (r *actionReader) list(list markdown.Block) {
	for _, e := range list.Children {
		if len(e.Children) == 0 || e.Children[0].Kind != markdown.Paragraph {
			continue
		}
		first := e.Children[0]
		if name, ok := groupEntry(e); ok {
			kind, status := r.kind, r.status
			r.kind, r.status = groupOf(&part{title: name})
			r.blocks(e.Children[1:])
			r.kind, r.status = kind, status
			continue
		}
		r.add(first, e.Check, e.Line)
	}
}

// groupEntry returns the name of a group: a short entry with a list inside it and
// no end of a sentence.
func groupEntry(e markdown.Block) (string, bool) {
	text := firstText(e)
	if len(e.Children) < 2 || e.Children[1].Kind != markdown.List || e.Check != markdown.NoBox {
		return "", false
	}
	name, colon := strings.CutSuffix(text, ":")
	allBold := e.Children[0].Spans != nil
	for _, s := range e.Children[0].Spans {
		allBold = allBold && s.Style&markdown.Strong != 0
	}
	return strings.TrimSpace(name), (colon || allBold) && len(strings.Fields(text)) <= maxLabel
}

// add reads one action.
func (r *actionReader) add(b markdown.Block, box markdown.Box, line int) {
	text := oneLine(b.Text)
	a := incident.Action{Kind: r.kind, Status: r.status, Line: line, Basis: incident.Explicit}
	a.Link = firstLink(b.Spans)
	if status := statusOf(b, box, text); status != nil {
		a.Status = status
	}
	text = stripStatus(text)
	a.Owner, text = ownerIn(text)
	a.Due, text = r.dueIn(text)
	if a.Text = strings.TrimSpace(text); a.Text != "" {
		r.actions = append(r.actions, a)
	}
}

func firstLink(spans []markdown.Span) *string {
	for _, s := range spans {
		if s.Link != "" && s.Style&markdown.Image == 0 {
			return &s.Link
		}
	}
	return nil
}

// statusWords are the words for the states of an action.
var statusWords = map[string]string{
	"open": "open", "todo": "open", "to do": "open", "not started": "open", "planned": "open", "pending": "open", "backlog": "open",
	"in progress": "in-progress", "wip": "in-progress", "ongoing": "in-progress", "started": "in-progress", "doing": "in-progress", "in review": "in-progress",
	"done": "done", "completed": "done", "complete": "done", "closed": "done", "fixed": "done", "finished": "done", "implemented": "done", "merged": "done", "shipped": "done",
	"dropped": "dropped", "wont do": "dropped", "wont fix": "dropped", "wontfix": "dropped", "cancelled": "dropped", "canceled": "dropped", "rejected": "dropped", "abandoned": "dropped",
}

func statusNamed(word string) *string {
	if s, ok := statusWords[normalize(word)]; ok {
		return &s
	}
	return nil
}

var (
	statusBracket = regexp.MustCompile(`[(\[]([A-Za-z' -]{3,14})[)\]]\s*\.?\s*$`)
	statusPrefix  = regexp.MustCompile(`^(?i)[(\[]?(done|todo|wip|in progress|completed|fixed|won't do|won't fix)[)\]]?\s*[:：-]\s+|^[(\[](?i)(done|todo|wip|in progress|completed|fixed|won't do|won't fix)[)\]]\s+`)
	statusField   = regexp.MustCompile(`(?i)[\s([,;–-]+status\s*[:=]\s*([a-z' -]{3,14}?)\s*[)\].;,]?\s*$`)
	doneMarks     = "✅✔☑🎉"
	droppedMarks  = "❌✖🚫"
)

// statusOf returns the status that an action states: a ticked box, a mark, a word
// in brackets, or all of its text struck through.
func statusOf(b markdown.Block, box markdown.Box, text string) *string {
	state := func(s string) *string { return &s }
	if box == markdown.Checked {
		return state("done")
	}
	for _, form := range [...]*regexp.Regexp{statusBracket, statusPrefix, statusField} {
		if m := form.FindStringSubmatch(text); m != nil {
			if s := statusNamed(strings.Join(m[1:], "")); s != nil {
				return s
			}
		}
	}
	first := []rune(text + " ")[0]
	switch {
	case strings.ContainsRune(doneMarks, first):
		return state("done")
	case strings.ContainsRune(droppedMarks, first):
		return state("dropped")
	case allStruck(b.Spans):
		return state("done")
	case box == markdown.Unchecked:
		return state("open")
	}
	return nil
}

func allStruck(spans []markdown.Span) bool {
	struck := false
	for _, s := range spans {
		if strings.TrimSpace(s.Text) == "" || s.Link != "" {
			continue
		}
		if s.Style&markdown.Struck == 0 {
			return false
		}
		struck = true
	}
	return struck
}

// stripStatus takes the mark and the word of the status from an action's text.
func stripStatus(text string) string {
	text = strings.TrimLeft(text, doneMarks+droppedMarks+"\uFE0F ")
	if m := statusPrefix.FindString(text); m != "" {
		text = text[len(m):]
	}
	for _, form := range [...]*regexp.Regexp{statusField, statusBracket} {
		if m := form.FindStringSubmatchIndex(text); m != nil && statusNamed(text[m[2]:m[3]]) != nil {
			text = text[:m[0]]
		}
	}
	return strings.TrimSpace(text)
}

var (
	ownerField = regexp.MustCompile(`(?i)[\s([,;–—-]*\b(?:owners?|assignees?|assigned to|dri|responsible)\s*[:=]\s*(@?[\pL\pN][\pL\pN _.'/&@-]{0,38}?[\pL\pN])\s*(?:[)\].;,]|$)\s*`)
	ownerHead  = regexp.MustCompile(`^[(\[]?@([\w][\w.-]*\w)[)\]]?\s*[:：–-]\s*`)
	ownerTail  = regexp.MustCompile(`\s*(?:[(\[]@([\w][\w.-]*\w)[)\]]|[–—-]\s*@([\w][\w.-]*\w))\s*\.?$`)
)

// ownerIn returns who took an action on, and the text without it: "Owner: x", or a
// mention set apart at the beginning or the end.
func ownerIn(text string) (*string, string) {
	for _, form := range [...]*regexp.Regexp{ownerField, ownerHead, ownerTail} {
		m := form.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		group := m[2:4]
		if group[0] < 0 {
			group = m[4:6]
		}
		owner := strings.TrimPrefix(text[group[0]:group[1]], "@")
		rest := strings.TrimSpace(text[:m[0]] + " " + text[m[1]:])
		return &owner, rest
	}
	return nil, text
}

var dueField = regexp.MustCompile(`(?i)[\s([,;–—-]*\b(?:due|deadline|eta|due date)\s*(?:[:=]|by|on)?\s*([\pL\pN][\pL\pN, /.-]{4,30})[)\].;]?\s*$`)

// dueIn returns the day by which an action is due, and the text without it.
func (c calendar) dueIn(text string) (incident.Time, string) {
	m := dueField.FindStringSubmatchIndex(text)
	if m == nil {
		return incident.Time{}, text
	}
	due, ok := c.asDate(text[m[2]:m[3]])
	if !ok {
		return incident.Time{}, text
	}
	return due, text[:m[0]]
}

var (
	actionColumn = regexp.MustCompile(`(?i)^(?:actions?|action items?|items?|tasks?|to-?do|descriptions?|what|improvements?|follow-?ups?|measures?|maßnahme)\b`)
	ownerColumn  = regexp.MustCompile(`(?i)^(?:owners?|assignees?|assigned|who|dri|responsible|team|by whom|verantwortlich)\b`)
	statusColumn = regexp.MustCompile(`(?i)^(?:status|state|done|completed)\b`)
	dueColumn    = regexp.MustCompile(`(?i)^(?:due|deadline|eta|target|by when|when|date|frist)\b`)
	kindColumn   = regexp.MustCompile(`(?i)^(?:type|kind|category|priority)\b`)
	linkColumn   = regexp.MustCompile(`(?i)^(?:links?|tickets?|issues?|bugs?|jira|tracking|pr|reference)\b`)
)

// table reads actions from a table with a column for them.
func (r *actionReader) table(table markdown.Block) {
	if len(table.Children) < 2 {
		return
	}
	header := cells(table.Children[0])
	text := column(header, actionColumn)
	if text < 0 {
		return
	}
	owner, status, due := column(header, ownerColumn), column(header, statusColumn), column(header, dueColumn)
	kind, link := column(header, kindColumn), column(header, linkColumn)
	for _, row := range table.Children[1:] {
		if text >= len(row.Children) || strings.TrimSpace(row.Children[text].Text) == "" {
			continue
		}
		before := len(r.actions)
		r.add(row.Children[text], markdown.NoBox, row.Line)
		if len(r.actions) == before {
			continue
		}
		a, texts := &r.actions[before], cells(row)
		set(&a.Owner, texts, owner)
		set(&a.Kind, texts, kind)
		if status >= 0 && status < len(texts) {
			a.Status = firstOf(statusNamed(texts[status]), a.Status)
		}
		if due >= 0 && due < len(texts) {
			a.Due, _ = r.asDate(texts[due])
		}
		if link >= 0 && link < len(row.Children) {
			a.Link = firstOf(firstLink(row.Children[link].Spans), a.Link)
		}
	}
}

// column returns the number of the first column with a name of the form, -1 for none.
func column(header []string, form *regexp.Regexp) int {
	for i, name := range header {
		if form.MatchString(name) {
			return i
		}
	}
	return -1
}

func set(to **string, texts []string, column int) {
	if column < 0 || column >= len(texts) {
		return
	}
	if text := strings.TrimPrefix(texts[column], "@"); strings.Trim(text, "-–—?/ ") != "" {
		*to = &text
	}
}

func firstOf(a, b *string) *string {
	if a != nil {
		return a
	}
	return b
}
