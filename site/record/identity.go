package record

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// maxID is the length of an id in bytes: disks and hosts take names of 255 bytes,
// and "index.html.tmp" and the like must fit beside it.
const maxID = 160

// extensions are the endings that a report's file name may pile up.
var extensions = []string{".md", ".markdown", ".txt", ".html", ".htm", ".erb"}

// PathID returns the id that a file has by its path alone: the slug of the path
// without its extensions and without a leading "incidents/". An index.md has that of
// its folder. It is never empty, and a very long path is shortened to a name that
// still is its own.
func PathID(file string) string {
	id := pathSlug(file)
	switch {
	case id == "":
		return "incident-" + digest(file)
	case incident.Reserved(id):
		return "incident-" + id
	case len(id) > maxID:
		return OwnID(file)
	}
	return id
}

// OwnID returns an id that no other file has, whatever else is in the library: that
// of the path with a digest of the path behind it.
func OwnID(file string) string {
	return strings.TrimPrefix(cutRunes(pathSlug(file), maxID-9)+"-"+digest(file), "-")
}

func pathSlug(file string) string {
	return incident.Slug(norm.NFC.String(reportName(strings.TrimPrefix(file, "incidents/"))))
}

// reportName is the path of a report without its extensions, that of its folder for
// an index.md inside one.
func reportName(file string) string {
	name := trimExtensions(file)
	if folder := path.Dir(name); folder != "." && strings.EqualFold(path.Base(name), "index") {
		return folder
	}
	return name
}

// digest names a path in eight letters.
func digest(file string) string {
	sum := sha256.Sum256([]byte(file))
	return hex.EncodeToString(sum[:4])
}

// cutRunes returns at most n bytes of s, whole characters only.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimRight(s[:n], "-")
}

func trimExtensions(name string) string {
	for {
		ext := path.Ext(name)
		if !slices.Contains(extensions, strings.ToLower(ext)) || ext == path.Base(name) {
			return name
		}
		name = strings.TrimSuffix(name, ext)
	}
}

// URL returns the address of an incident's page, relative to the site's root.
func URL(id string) string { return "incidents/" + id + "/" }

func (r *reader) id(n *yaml.Node) {
	s, ok := r.scalar(n)
	if !ok {
		return
	}
	s = norm.NFC.String(s)
	if !validID(s) {
		hint := "write letters and digits with hyphens between them"
		if slug := incident.Slug(s); slug != "" && len(slug) <= maxID {
			hint = fmt.Sprintf("write %q", slug)
		}
		r.report(problem.Error, n, "invalid-id", fmt.Sprintf("id %q cannot be part of a URL", s), hint)
		return
	}
	r.incident.ID, r.incident.URL = s, URL(s)
}

// validID reports whether an id can be a folder on every disk and part of a URL.
func validID(s string) bool {
	if s == "" || len(s) > maxID || strings.Trim(s, ".-") != s || incident.Reserved(s) || strings.EqualFold(s, "index.html") {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return true
}

// aliases reads former ids and paths. They become files of the site, so they must
// not lead out of it.
func (r *reader) aliases(n *yaml.Node) {
	for _, item := range items(n) {
		s, ok := r.scalar(item)
		if !ok {
			continue
		}
		alias := strings.Trim(s, "/")
		if u, err := url.Parse(alias); err != nil || u.Scheme != "" || u.RawQuery != "" || u.Fragment != "" ||
			alias == "" || path.Clean("/" + alias)[1:] != alias || strings.ContainsAny(alias, "\\\x00") {
			r.report(problem.Error, item, "invalid-alias", fmt.Sprintf("alias %q is not a path inside the site", s),
				"write a former id, or a former address without host, query and fragment")
			continue
		}
		if !slices.Contains(r.incident.Aliases, alias) {
			r.incident.Aliases = append(r.incident.Aliases, alias)
		}
	}
}

// givenTitle reads a title, on one line however it was written.
func (r *reader) givenTitle(n *yaml.Node) {
	s, _ := r.scalar(n)
	r.incident.Title = strings.Join(strings.Fields(s), " ")
}

// summary reads plain text. Of links, which other tools allow here, the words stay.
func (r *reader) summary(n *yaml.Node) {
	s := r.optional(n)
	if s != nil && strings.Contains(*s, "](") {
		var words []string
		for _, b := range markdown.Parse([]byte(*s), n.Line).Blocks() {
			words = append(words, b.Text)
		}
		if plain := strings.TrimSpace(strings.Join(words, "\n")); plain != "" {
			s = &plain
		}
	}
	r.incident.Summary = s
}

var statuses = []string{string(incident.Draft), string(incident.Published)}

func (r *reader) status(n *yaml.Node) {
	s, ok := r.scalar(n)
	if !ok {
		return
	}
	if !slices.Contains(statuses, s) {
		r.illegal(n, "unknown-status", "status", s, statuses)
		return
	}
	r.incident.Status = incident.Status(s)
}

// audience is kept even where it is unknown: losing it could show the incident to
// people who must not see it.
func (r *reader) audience(n *yaml.Node) {
	r.incident.Audience = r.optional(n)
	s, known := r.incident.Audience, r.opt.Config.Audiences
	if s != nil && len(known) > 0 && !slices.Contains(known, *s) {
		r.illegal(n, "unknown-audience", "audience", *s, known)
	}
}

// severity is written as the library writes it; one that it does not know is kept
// as it is, since reports that came from elsewhere have a scale of their own.
func (r *reader) severity(n *yaml.Node) {
	s := r.optional(n)
	if s == nil {
		return
	}
	known, ok := r.knownSeverity(*s)
	if !ok {
		r.illegal(n, "unknown-severity", "severity", *s, r.opt.Config.Severities)
		p := &r.problems[len(r.problems)-1]
		p.Level, p.Hint = problem.Warning, p.Hint+"; a scale of your own is severities: in faultline.yaml"
	}
	r.incident.Severity = &known
}

// knownSeverity returns the library's spelling of a severity. It is false for one
// that the library, having a scale, does not have.
func (r *reader) knownSeverity(s string) (string, bool) {
	for _, known := range r.opt.Config.Severities {
		if strings.EqualFold(known, s) {
			return known, true
		}
	}
	return s, len(r.opt.Config.Severities) == 0
}
