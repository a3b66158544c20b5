package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

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
	for n, b := range blocks {
		switch b.Kind {
		case markdown.List:
			if (b.Ordered || !numbered) && !taught(blocks, n) {
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

// taught reports whether the n-th block is a list of what was learned: the last
// paragraph above it that introduces anything says so.
func taught(blocks []markdown.Block, n int) bool {
	for n--; n >= 0; n-- {
		text := strings.TrimSpace(blocks[n].Text)
		if blocks[n].Kind == markdown.Paragraph && strings.HasSuffix(text, ":") {
			return claimsOf(text).has(learnedClaim)
		}
	}
	return false
}

// maxGroup is the number of words of an entry that is too short to be an action.
const maxGroup = 2

// groupEntry returns the name of a group: an entry with a list inside it that ends in
// a colon, is bold, or is a name of at most maxGroup words.
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
	return strings.TrimSpace(name), (colon || allBold || len(strings.Fields(text)) <= maxGroup) && len(strings.Fields(text)) <= maxLabel
}

// add reads one action.
func (r *actionReader) add(b markdown.Block, box markdown.Box, line int) {
	text := oneLine(b.Text)
	a := incident.Action{Kind: r.kind, Status: r.status, Line: line, Basis: incident.Explicit}
	a.Link = firstLink(b.Spans)
	a.Owner, text = ownerIn(text)
	said, text := statusIn(text)
	if status := firstOf(boxed(box, said), struck(b.Spans)); status != nil {
		a.Status = status
	} else if box == markdown.Unchecked {
		a.Status = state("open")
	}
	if a.Owner == nil {
		a.Owner, text = ownerIn(text)
	}
	a.Due, text = r.dueIn(text)
	if a.Text = strings.TrimSpace(text); !isNothing(a.Text) && !isAdvice(a.Text) {
		r.actions = append(r.actions, a)
	}
}

// isNothing reports whether an entry says that there is none: "N/A", "-", "None."
func isNothing(text string) bool {
	return nothing[strings.TrimRight(strings.ToLower(text), ".")]
}

// isAdvice reports whether a text is left over from a template: it speaks to the
// authors of the list, or is nothing but a place to fill in: "<action>", "[owner]".
func isAdvice(text string) bool {
	end := len(text) - 1
	for _, pair := range [...]string{"<>", "[]", "{}"} {
		if text[0] == pair[0] && text[end] == pair[1] {
			return true
		}
	}
	return claimsOf(text).has(adviceClaim)
}

var nothing = map[string]bool{"": true, "-": true, "–": true, "—": true, "n/a": true, "na": true, "none": true, "tbd": true, "tbc": true, "todo": true}

func firstLink(spans []markdown.Span) *string {
	for _, s := range spans {
		if s.Link != "" && s.Style&markdown.Image == 0 {
			return &s.Link
		}
	}
	return nil
}

var (
	ownerField = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)` + fieldNamed("owner") + `\s*[:=：]\s*(@?[\pL\pN][\pL\pN _.'/&@-]{0,38}?[\pL\pN])\s*(?:[)\].;,）。、]|$)\s*`)
	})
	ownerSaid = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)` + fieldNamed("owner") + `\s+@?([\pL\pN][\pL\pN _.'-]{0,30}[\pL\pN])[)\]]\s*`)
	})
	ownerHead = regexp.MustCompile(`^[(\[]?@([\w][\w.-]*\w)[)\]]?\s*[:：–-]\s*`)
	ownerTail = regexp.MustCompile(`\s*(?:[(\[]@([\w][\w.-]*\w)[)\]]|[–—-]\s*@([\w][\w.-]*\w))\s*\.?$`)
)

// ownerIn returns who took an action on, and the text without it: "Owner: x", or a
// mention set apart at the beginning or the end.
func ownerIn(text string) (*string, string) {
	forms := []*regexp.Regexp{ownerHead, ownerTail}
	if ownerBegins().in(text) {
		forms = []*regexp.Regexp{ownerField(), ownerSaid(), ownerHead, ownerTail}
	} else if !strings.Contains(text, "@") {
		return nil, text
	}
	for _, form := range forms {
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

var dueField = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)` + fieldNamed("due") + `\s*(?:[:=：]|by|on)?\s*([\pL\pN][\pL\pN, /.-]{4,40})[)\].;）。]?\s*$`)
})

// fieldNamed is the form of the name of a field, set apart from the text before it.
func fieldNamed(kind string) string {
	names := make([]string, 0, len(words().fields[kind]))
	for _, name := range words().fields[kind] {
		names = append(names, regexp.QuoteMeta(name))
	}
	return `(?:^|[\s([（,;；。、–—-]+)(?:` + strings.Join(names, "|") + `)`
}

// dueIn returns the day by which an action is due, and the text without it.
func (c calendar) dueIn(text string) (incident.Time, string) {
	if !dueBegins().in(text) {
		return incident.Time{}, text
	}
	m := dueField().FindStringSubmatchIndex(text)
	if m == nil {
		return incident.Time{}, text
	}
	due, ok := c.asDate(text[m[2]:m[3]])
	if !ok {
		return incident.Time{}, text
	}
	return due, text[:m[0]]
}

// table reads actions from a table with a column for them.
func (r *actionReader) table(table markdown.Block) {
	if len(table.Children) < 2 {
		return
	}
	header := cells(table.Children[0])
	text := column(header, "action")
	if text < 0 {
		return
	}
	owner, status, due := column(header, "owner"), column(header, "status"), column(header, "due")
	kind, link := column(header, "kind"), column(header, "link")
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
			a.Status = firstOf(statusOfCell(texts[status]), a.Status)
		}
		if due >= 0 && due < len(texts) {
			a.Due, _ = r.asDate(texts[due])
		}
		if link >= 0 && link < len(row.Children) {
			a.Link = firstOf(firstLink(row.Children[link].Spans), a.Link)
		}
	}
}

// column returns the number of the first column with a name of the kind, -1 for none.
func column(header []string, kind string) int {
	for i, name := range header {
		if columnNamed(name, kind) {
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
