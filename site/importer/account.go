package importer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
)

// account is one incident of a source that holds many, on its way to a Report.
type account struct {
	id    string    // what the source calls it, for ever; "" = nothing, then its words name it
	title string    // "" where the text gives it
	day   time.Time // of the incident, in its own zone; zero = not known
	line  int       // of the source
	front []frontmatter.Field
	body  strings.Builder
}

// set adds a key to the front matter. A value of nothing is left out.
func (a *account) set(key string, v frontmatter.Value) {
	a.front = append(a.front, frontmatter.Field{Key: key, Value: v})
}

// text adds a text, on one line, where there is one.
func (a *account) text(key, s string) {
	if s = oneLine(s); s != "" {
		a.set(key, frontmatter.Text(s))
	}
}

// texts adds a list of text, each once, where there is any.
func (a *account) texts(key string, words []string) {
	var list []string
	for _, w := range words {
		if w = oneLine(w); w != "" && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	if len(list) > 0 {
		a.set(key, frontmatter.Texts(list...))
	}
}

// source says where the report was published: its address, by whom and on which day,
// each "" where nobody tells.
func (a *account) source(url, publisher, published string) {
	var fields []frontmatter.Field
	if webAddress(url) {
		fields = append(fields, frontmatter.Field{Key: "url", Value: frontmatter.Text(url)})
	}
	if publisher = oneLine(publisher); publisher != "" {
		fields = append(fields, frontmatter.Field{Key: "publisher", Value: frontmatter.Text(publisher)})
	}
	if published != "" {
		fields = append(fields, frontmatter.Field{Key: "published", Value: frontmatter.Time(published)})
	}
	if len(fields) > 0 {
		a.set("source", frontmatter.Map(fields...))
	}
}

// section adds a heading with the text below it, where there is text.
func (a *account) section(heading, text string) {
	if text = strings.TrimSpace(text); text != "" {
		fmt.Fprintf(&a.body, "\n## %s\n\n%s\n", heading, text)
	}
}

// paragraph adds text under no heading of its own.
func (a *account) paragraph(text string) {
	if text = strings.Trim(text, "\n"); strings.TrimSpace(text) != "" {
		a.body.WriteString("\n" + text + "\n")
	}
}

// markdown is the account as a file, its keys in the order of content/FORMAT.md.
func (a *account) markdown() []byte {
	slices.SortStableFunc(a.front, func(x, y frontmatter.Field) int { return cmp.Compare(keyOrder[x.Key], keyOrder[y.Key]) })
	return append(frontmatter.New(a.front...), a.body.String()...)
}

// keyOrder is the place of each key in the front matter.
var keyOrder = func() map[string]int {
	order := map[string]int{}
	for n, f := range record.Fields() {
		order[f.Key] = n
	}
	return order
}()

// reportsOf makes reports of the incidents of a source, in its order, each with a name
// and a key of its own. Neither changes when the source grows.
func reportsOf(src Source, accounts []*account) ([]Report, problem.List) {
	if len(accounts) == 0 {
		return nil, problem.List{{Rule: "no-incidents", Level: problem.Note, Path: src.Path, Text: "no incident was found in it", Hint: "look whether it is the file that was meant"}}
	}
	problems := identify(src, accounts)
	names := namesOf(accounts)
	reports := make([]Report, len(accounts))
	for n, a := range accounts {
		path := src.Path
		if len(accounts) > 1 {
			path = fmt.Sprintf("%s#%d", src.Path, n+1)
		}
		reports[n] = Report{Path: path, Key: src.Key + "#" + a.id, Name: names[n], Text: a.markdown()}
	}
	return reports, problems
}

// identify gives every incident an id of its own: the source's, else a digest of what
// it says. The second of an id keeps it with a number behind.
func identify(src Source, accounts []*account) problem.List {
	var problems problem.List
	seen, taken := map[string]int{}, map[string]bool{}
	for _, a := range accounts {
		given := a.id != ""
		if !given {
			a.id = digest(a.title, a.day.String())
		}
		id := a.id
		seen[id]++
		if given && seen[id] > 1 {
			problems = append(problems, problem.Problem{Rule: "duplicate-id", Level: problem.Warning, Path: src.Path, Line: a.line,
				Text: fmt.Sprintf("id %q is that of another incident", id), Hint: "both are imported; give each an id of its own in the source"})
		}
		for ; taken[a.id]; seen[id]++ {
			a.id = fmt.Sprintf("%s-%d", id, seen[id])
		}
		taken[a.id] = true
	}
	return problems
}

// digest names words in twelve letters.
func digest(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:6])
}

// namesOf gives every incident a name: its day and its title. Of several with the same
// day and title the earliest has that name, and the others have their ids behind it,
// so that no name changes when the source tells of a new incident.
func namesOf(accounts []*account) []string {
	order := make([]int, len(accounts))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := accounts[i], accounts[j]
		return cmp.Or(a.day.Compare(b.day), cmp.Compare(len(a.id), len(b.id)), cmp.Compare(a.id, b.id))
	})
	names, taken := make([]string, len(accounts)), map[string]bool{}
	for _, n := range order {
		name := nameOf(accounts[n])
		if taken[name] {
			name += "-" + slugOfID(accounts[n].id)
		}
		for base, k := name, 2; taken[name]; k++ {
			name = fmt.Sprintf("%s-%d", base, k)
		}
		names[n], taken[name] = name, true
	}
	return names
}

// The lengths in bytes at which the parts of a name are cut.
const (
	maxNameTitle = 80
	maxNameID    = 40
)

func nameOf(a *account) string {
	name := cutSlug(incident.Slug(a.title), maxNameTitle)
	if name == "" {
		name = slugOfID(a.id)
	}
	if !a.day.IsZero() {
		name = a.day.Format(time.DateOnly) + "-" + name
	}
	return name
}

// slugOfID is an id as a part of a name, a digest of one that is long or has no letter.
func slugOfID(id string) string {
	if slug := incident.Slug(id); slug != "" && len(slug) <= maxNameID {
		return slug
	}
	return digest(id)
}

// cutSlug shortens a slug to n bytes, behind a word where it can.
func cutSlug(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = strings.ToValidUTF8(s[:n], "")
	if i := strings.LastIndexByte(s, '-'); i > n/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, "-")
}

// oneLine is a text with single spaces between its words.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// webAddress reports whether a text is an address that a page may link to.
func webAddress(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.ContainsAny(s, " \n\t<>\"")
}
