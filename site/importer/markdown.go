package importer

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/problem"
	"faultline/site/record"
)

// isText reports whether a source may be a text that people wrote, which JSON is not.
func isText(src Source) bool { return !isJSON(head(src)) }

// readMarkdown takes a text as it is, whatever its front matter is written for, with
// the images and files beside it that it links to.
func readMarkdown(src Source) ([]Report, problem.List) {
	plain, problems, ok := document(src)
	if !ok {
		return nil, problems
	}
	r := Report{Path: src.Path, Key: src.Key, Name: src.name(), Text: plain}
	i, _ := r.Incident(record.Options{})
	if i == nil {
		return []Report{r}, problems
	}
	doc := markdown.Parse([]byte(i.Body), i.BodyLine)
	r.Files = filesBeside(src.Path, doc.Links(true))
	for _, p := range doc.Check(true) {
		if p.Rule == "shortcode" && !strings.Contains(p.Text, "{{< track ") { // of which the time is read
			p.Path = src.Path
			problems = append(problems, p)
		}
	}
	return []Report{r}, problems
}

// document is the text of a source that is one report. It is false, with the problem
// that says why, for what is no text or too long for a report.
func document(src Source) ([]byte, problem.List, bool) {
	if len(src.Data) > record.MaxBytes {
		return nil, problem.List{{Rule: "file-too-large", Path: src.Path,
			Text: fmt.Sprintf("text of %d MiB is larger than the %d MiB of a report that are read", len(src.Data)>>20, record.MaxBytes>>20),
			Hint: "move logs and dumps into a file of their own beside it"}}, false
	}
	plain, problems, ok := text(src)
	return []byte(plain), problems, ok
}

// pageEndings are those of files that are reports themselves, or pages.
var pageEndings = []string{"", ".md", ".markdown", ".html", ".htm", ".php", ".erb", ".org", ".com", ".io", ".net"}

// filesBeside are the files that links of the text at file lead to, each once. A path
// from the root of a site leads nowhere on disk.
func filesBeside(file string, links []incident.Link) []File {
	var files []File
	for _, l := range links {
		u, err := url.Parse(l.Destination)
		if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.HasPrefix(u.Path, "/") ||
			slices.Contains(pageEndings, strings.ToLower(path.Ext(u.Path))) {
			continue
		}
		link, _, _ := strings.Cut(l.Destination, "#")
		link, _, _ = strings.Cut(link, "?")
		if !slices.ContainsFunc(files, func(f File) bool { return f.Path == link }) {
			files = append(files, File{Path: link, From: filepath.Join(filepath.Dir(file), filepath.FromSlash(unescaped(link)))})
		}
	}
	return files
}
