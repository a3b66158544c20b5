package importer

import (
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"faultline/site/frontmatter"
	"faultline/site/importer/page"
	"faultline/site/problem"
)

// repliesHeading stands above what is on a page below its report. What is read of a
// text ends there.
const repliesHeading = "Replies"

// documentForm matches how a web page begins. A piece of one is told by its first element
// only where the file's name agrees, as Markdown may begin with HTML too.
var (
	documentForm = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b|<html\b)`)
	pieceForm    = regexp.MustCompile(`(?is)^\s*(?:<!--.*?-->\s*)*<[a-z][a-z0-9]*[\s>]`)
)

func isHTML(src Source) bool {
	start := head(src)
	switch strings.ToLower(path.Ext(src.Path)) {
	case ".html", ".htm", ".xhtml":
		return documentForm.MatchString(start) || pieceForm.MatchString(start) || strings.Contains(start, "</")
	case ".md", ".markdown", ".erb":
		return false
	}
	return documentForm.MatchString(start)
}

// readHTML makes a report of a web page.
func readHTML(src Source) ([]Report, problem.List) {
	html, problems, ok := text(src)
	if !ok {
		return nil, problems
	}
	name := src.name()
	p, found, ok := page.Parse(html, name+savedPage)
	for _, f := range found {
		f.Path = src.Path
		problems = append(problems, f)
	}
	if !ok {
		return nil, problems
	}
	r := Report{Path: src.Path, Key: src.Key, Name: name, Text: pageText(p)}
	for _, f := range p.Files {
		file := File{Path: f.Path, Data: f.Data}
		if f.Data == nil {
			file.From = filepath.Join(filepath.Dir(src.Path), filepath.FromSlash(unescaped(f.Path)))
		}
		r.Files = append(r.Files, file)
	}
	return []Report{r}, problems
}

// pageText is the Markdown of a page, with front matter for where it was published.
func pageText(p page.Page) []byte {
	var b strings.Builder
	b.Write(sourceOf(p))
	if p.Title != "" {
		b.WriteString("# " + p.Title + "\n\n")
	}
	if p.Author != "" && !strings.Contains(p.Body, p.Author) {
		b.WriteString("By " + p.Author + "\n\n")
	}
	b.WriteString(p.Body + "\n")
	if p.Replies != "" {
		b.WriteString("\n## " + repliesHeading + "\n\n" + lowered(p.Replies) + "\n")
	}
	return []byte(b.String())
}

// sourceOf is the front matter that says where a page was published, nothing where it
// does not say.
func sourceOf(p page.Page) []byte {
	var source []frontmatter.Field
	if p.URL != "" {
		source = append(source, frontmatter.Field{Key: "url", Value: frontmatter.Text(p.URL)})
	}
	if p.Publisher != "" {
		source = append(source, frontmatter.Field{Key: "publisher", Value: frontmatter.Text(p.Publisher)})
	}
	if p.Published != "" {
		source = append(source, frontmatter.Field{Key: "published", Value: frontmatter.Time(p.Published)})
	}
	if source == nil {
		return nil
	}
	return frontmatter.New(frontmatter.Field{Key: "source", Value: frontmatter.Map(source...)})
}

// headingForm matches the marks of a heading.
var headingForm = regexp.MustCompile(`(?m)^#{1,4} `)

// lowered makes headings two levels deeper, so that they stand below another.
func lowered(markdown string) string { return headingForm.ReplaceAllString(markdown, "##$0") }
