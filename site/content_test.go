package site

import (
	"bytes"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"faultline/content"
	"faultline/index"
	"faultline/site/incident"
	"faultline/site/problem"
)

// exampleSite is the site of the example library, with a base URL so that it has
// every kind of page.
func exampleSite(t *testing.T) *Site {
	t.Helper()
	lib, err := Load(content.Library, LoadOptions{BaseURL: "https://example.org/library/", Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(lib, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExampleLibraryIsClean(t *testing.T) {
	lib, err := Load(content.Library, LoadOptions{Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(lib.Incidents) < 5 {
		t.Errorf("the example library holds %d incidents", len(lib.Incidents))
	}
	for _, p := range lib.Problems {
		if p.Level != problem.Note {
			t.Errorf("%v\n  hint: %s", p, p.Hint)
		}
	}
}

// TestEveryPageAndLink requests every file of the example site and follows every
// link and source in it to a file, and every fragment to an id.
func TestEveryPageAndLink(t *testing.T) {
	s := exampleSite(t)
	paths, err := s.Paths()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]map[string]bool{} // by path, of pages
	links := map[string][]string{}
	for _, p := range paths {
		data, err := s.File(p)
		if err != nil {
			t.Errorf("%s: %v", p, err)
		}
		ids[p] = map[string]bool{}
		if path.Ext(p) == ".html" {
			links[p] = scan(t, data, ids[p])
		}
	}
	followed := 0
	for page, destinations := range links {
		for _, destination := range destinations {
			followed += follow(t, page, destination, ids)
		}
	}
	if followed < 100 {
		t.Errorf("only %d links were followed", followed)
	}
}

// follow checks one link of a page; it returns 1 for one that stays in the site.
func follow(t *testing.T, page, destination string, ids map[string]map[string]bool) int {
	u, err := url.Parse(destination)
	if err != nil {
		t.Errorf("%s: link %q: %v", page, destination, err)
		return 0
	}
	if u.IsAbs() {
		return 0
	}
	if strings.HasPrefix(u.Path, "/") && page != "404.html" {
		t.Errorf("%s: link %q is not relative", page, destination)
	}
	target := page
	if u.Path != "" {
		target = path.Join(path.Dir(page), strings.TrimPrefix(u.Path, "/library/"))
		if strings.HasSuffix(u.Path, "/") || path.Ext(target) == "" {
			target = path.Join(target, "index.html")
		}
	}
	found, ok := ids[target]
	if !ok {
		t.Errorf("%s: link %q leads to no file (%s)", page, destination, target)
	} else if u.Fragment != "" && !found[u.Fragment] {
		t.Errorf("%s: link %q leads to no id", page, destination)
	}
	return 1
}

// scan collects the links of a page and its ids, and fails on what the content
// security policy forbids.
func scan(t *testing.T, data []byte, ids map[string]bool) (links []string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		for _, a := range node.Attr {
			switch {
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("id %q occurs twice", a.Val)
				}
				ids[a.Val] = true
			case a.Key == "href" || a.Key == "src":
				links = append(links, a.Val)
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("attribute %s=%q is forbidden by the content security policy", a.Key, a.Val)
			}
		}
	}
	return links
}

// TestPassagesLeadToTheirPlace follows every passage of a search to an id of its page.
func TestPassagesLeadToTheirPlace(t *testing.T) {
	s := exampleSite(t)
	x, err := OpenIndex(s.lib, "")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	led := map[string]bool{}
	for _, q := range []string{"certificate", "replica promoted", "alert", "rollback", "cluster retries", "monitoring tests", "deploy"} {
		result, err := x.Search(q, index.Options{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range result.Hits {
			page, err := s.File(hit.URL + "index.html")
			if err != nil {
				t.Fatal(err)
			}
			ids := map[string]bool{"": true}
			scan(t, page, ids)
			for _, p := range hit.Passages {
				if !ids[p.Anchor] {
					t.Errorf("%s: %q leads to no id %q", hit.URL, p.Heading, p.Anchor)
				}
				led[p.Anchor] = true
			}
		}
	}
	for _, anchor := range []string{incident.SummaryAnchor, incident.SymptomAnchor, incident.WrongTurnAnchor, incident.LessonAnchor, incident.ActionAnchor} {
		if !led[anchor] {
			t.Errorf("no passage leads to %s", anchor)
		}
	}
}

func TestFileThatDoesNotExist(t *testing.T) {
	for _, name := range []string{"nothing", "../go.mod", "incidents/nothing/index.html", ""} {
		if _, err := exampleSite(t).File(name); !isNotExist(err) {
			t.Errorf("%q: got %v", name, err)
		}
	}
}

func isNotExist(err error) bool {
	return err != nil && strings.Contains(err.Error(), fs.ErrNotExist.Error())
}
