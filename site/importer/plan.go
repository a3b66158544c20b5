package importer

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"faultline/site/diff"
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
)

// folder is where incidents are imported to, below the library's root.
const folder = "incidents"

// Library is the library that an import goes into.
type Library struct {
	root    *os.Root
	opt     record.Options
	byKey   map[string]*incident.Incident // those imported before, by source
	bySum   map[string]*incident.Incident // the same, by the sum of their text
	owner   map[string]string             // path of the incident that has an id, by the id folded
	sources map[string]string             // path of the report of this import, by its key
}

// Open takes the library at root with the incidents that it has now, drafts too.
func Open(root *os.Root, incidents []*incident.Incident, opt record.Options) *Library {
	l := &Library{root: root, opt: opt, byKey: map[string]*incident.Incident{}, bySum: map[string]*incident.Incident{}, owner: map[string]string{}, sources: map[string]string{}}
	for _, i := range incidents {
		l.owner[incident.Fold(i.ID)] = i.Path
		if i.Imported != nil && i.Imported.Source != "" {
			l.byKey[i.Imported.Source], l.bySum[i.Imported.SHA256] = i, i
		}
	}
	return l
}

// Kind says what an import does with an incident.
type Kind string

// The kinds of change. A conflict is an update of which the author's version of some
// lines stays.
const (
	New       Kind = "new"
	Updated   Kind = "updated"
	Unchanged Kind = "unchanged"
	Conflict  Kind = "conflict"
)

// Change is what an import does to one file of the library.
type Change struct {
	Kind     Kind
	Path     string // of the incident's file, below the library's root
	Report   Report
	Incident *incident.Incident // as read from the source; nil for one that is unchanged
	before   []byte             // nil for a new file
	after    []byte
}

// Diff is the change as a unified diff, "" where there is none. Of a new file it shows
// the front matter and how long the report is.
func (c Change) Diff() string {
	switch c.Kind {
	case Unchanged:
		return ""
	case New:
		above := bytes.TrimSuffix(c.after, []byte(c.Incident.Body))
		end := min(len(bytes.TrimRight(above, "\n"))+1, len(c.after)) // behind the fence
		return diff.Unified(c.Path, nil, c.after[:end]) + fmt.Sprintf(" (and %d lines of the report, %d files beside it)\n", bytes.Count(c.after[end:], []byte("\n")), len(c.Report.Files))
	}
	return diff.Unified(c.Path, c.before, c.after)
}

// Plan says what the reports of one source would change. Nothing is written. A report
// that cannot be imported is a problem and no change.
func (l *Library) Plan(src Source, format string, reports []Report) ([]Change, problem.List) {
	var problems problem.List
	var changes []Change
	earlier := sync.OnceValue(func() map[string]Report { return l.earlier(src, format) })
	for _, r := range reports {
		c, found := l.change(src, r, earlier)
		problems = append(problems, found...)
		if c.Kind != "" {
			changes = append(changes, c)
		}
	}
	return changes, problems
}

// earlier reads the original that the last import of the source has kept: the reports
// that it made of it, by key. There is none at the first import.
func (l *Library) earlier(src Source, format string) map[string]Report {
	data, err := l.root.ReadFile(sourceFile(src.Key))
	if err != nil {
		return nil
	}
	src.Data = data
	reports, _ := Read(src, format)
	byKey := map[string]Report{}
	for _, r := range reports {
		byKey[r.Key] = r
	}
	return byKey
}

// change plans the file of a report: a new one, or that which an earlier import made.
func (l *Library) change(src Source, r Report, earlier func() map[string]Report) (Change, problem.List) {
	if other, twice := l.sources[r.Key]; twice {
		return Change{}, problem.List{{Rule: "same-source", Path: r.Path, Text: fmt.Sprintf("is called %q, as %q is", r.Key, other),
			Hint: "import the folder that holds both, so that their names differ"}}
	}
	l.sources[r.Key] = r.Path
	r, problems := withFiles(src, r)
	sum := sumOf(r.Text)
	known := cmp.Or(l.byKey[r.Key], l.bySum[sum])
	if known != nil && known.Imported.SHA256 == sum {
		return Change{Kind: Unchanged, Path: known.Path, Report: r}, problems
	}
	next, found := l.compose(r)
	problems = append(problems, found...)
	if next.incident == nil {
		return Change{}, problems
	}
	c := Change{Kind: New, Path: pathOf(r), Report: r, Incident: next.incident, after: next.text}
	if known == nil {
		c, found = l.claim(c)
	} else {
		base, _ := withFiles(src, earlier()[r.Key])
		c, found = l.again(c, known, base)
	}
	return c, append(problems, found...)
}

// claim takes the id of a new incident, unless another has it.
func (l *Library) claim(c Change) (Change, problem.List) {
	id := incident.Fold(c.Incident.ID)
	if other, taken := l.owner[id]; taken {
		return Change{}, problem.List{{Rule: "id-taken", Path: c.Report.Path, Text: fmt.Sprintf("the id %q is that of %q already", c.Incident.ID, other),
			Hint: "rename one of the two files, or give it an id: of its own"}}
	}
	l.owner[id] = c.Path
	return c, nil
}

// again plans the file of an incident that was imported before, from a source that has
// changed since.
func (l *Library) again(c Change, known *incident.Incident, base Report) (Change, problem.List) {
	text, err := fs.ReadFile(l.root.FS(), known.Path)
	if err != nil {
		return Change{}, problem.List{unreadable(known.Path, err)}
	}
	c.Path, c.before = known.Path, text
	return l.update(c, base)
}

// update brings a changed source into a file that an earlier import wrote.
func (l *Library) update(c Change, base Report) (Change, problem.List) {
	was, _ := l.compose(base)
	if was.incident == nil {
		c.Kind, c.after = Conflict, c.before
		return c, problem.List{{Rule: "import-conflict", Path: c.Path, Text: fmt.Sprintf("%q changed, and what was imported from it is no longer kept", c.Report.Path),
			Hint: "your file stays as it is; remove it and import again to take the source's version"}}
	}
	merged, conflicts, err := diff.Merge(was.text, c.before, c.after)
	if err != nil {
		merged = c.before
	}
	var problems problem.List
	for _, k := range conflicts {
		theirs, source := apart(k.Theirs, k.Source)
		problems = append(problems, problem.Problem{Rule: "import-conflict", Path: c.Path, Line: k.Line,
			Text: fmt.Sprintf("you wrote %q where the source now says %q", theirs, source),
			Hint: "your text stays; the source's is in " + sourceFile(c.Report.Key)})
	}
	switch {
	case len(conflicts) > 0:
		c.Kind = Conflict
	case string(merged) == string(c.before):
		c.Kind = Unchanged
	default:
		c.Kind = Updated
	}
	c.after = merged
	return c, problems
}

// maxShown is the length in characters at which a text is cut in a message.
const maxShown = 60

// apart shows two texts on one line each from the sentence in which they differ.
func apart(a, b string) (string, string) {
	a, b = oneLine(a), oneLine(b)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if at := strings.LastIndex(a[:same], ". "); at >= 0 {
		return "…" + cut(a[at+2:]), "…" + cut(b[at+2:])
	}
	return cut(a), cut(b)
}

// cut shortens a text to its beginning.
func cut(s string) string {
	if runes := []rune(s); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return s
}

// pathOf is the path of the report's file. An incident with images is a folder.
func pathOf(r Report) string {
	if len(r.Files) > 0 {
		return path.Join(folder, r.Name, "index.md")
	}
	return path.Join(folder, r.Name+".md")
}
