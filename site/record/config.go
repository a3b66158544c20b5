package record

import (
	"fmt"
	"net/url"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// setting is a key of faultline.yaml.
type setting struct {
	key, example string
	read         func(*reader, *incident.Config, *yaml.Node)
}

// settings is the one table of faultline.yaml.
var settings = []setting{
	{"title", "Example Shop incidents", func(r *reader, c *incident.Config, n *yaml.Node) { c.Title, _ = r.scalar(n) }},
	{"base_url", "https://incidents.example.com/", (*reader).baseURL},
	{"severities", "[sev1, sev2, sev3]", func(r *reader, c *incident.Config, n *yaml.Node) { c.Severities = r.list(n) }},
	{"timezone", "Europe/London", (*reader).libraryTimezone},
	{"audiences", "[internal, public]", func(r *reader, c *incident.Config, n *yaml.Node) { c.Audiences = r.list(n) }},
	{"repository", "https://github.com/example/incidents", func(r *reader, c *incident.Config, n *yaml.Node) {
		c.Repository = r.webAddress(n)
	}},
	{"ignore", "[drafts/**, archive/*.md]", func(r *reader, c *incident.Config, n *yaml.Node) { c.Ignore = r.list(n) }},
	{"editor", "vscode", func(r *reader, c *incident.Config, n *yaml.Node) { c.Editor, _ = r.scalar(n) }},
	{"raw_html", "false", func(r *reader, c *incident.Config, n *yaml.Node) {
		if n.Kind != yaml.Bool {
			r.wrongType(n, "true or false")
		}
		c.PlainHTML = n.Kind == yaml.Bool && strings.EqualFold(n.Text, "false")
	}},
}

// ParseConfig reads faultline.yaml. Fields that are wrong keep their zero value.
func ParseConfig(path string, src []byte) (incident.Config, problem.List) {
	var config incident.Config
	text, problems, ok := decode(path, src)
	if !ok {
		return config, problems
	}
	root, syntax := yaml.Parse(path, text, 1)
	r := &reader{path: path, problems: append(problems, syntax...), given: places{}}
	if root == nil {
		return config, r.problems
	}
	if root.Kind != yaml.Mapping {
		r.report(problem.Error, root, "wrong-type", "the configuration is "+root.Kind.String(), "write one key: value to a line, such as title: Our incidents")
		return config, r.problems
	}
	keys := make([]string, len(settings))
	for i, s := range settings {
		keys[i] = s.key
		if n := root.Get(s.key); n != nil && n.Kind != yaml.Null {
			r.field = Field{Key: s.key, Example: s.example}
			r.given[s.key] = n
			s.read(r, &config, n)
		}
	}
	r.mapping(root, keys...)
	return config, r.problems
}

// baseURL reads the site's address.
func (r *reader) baseURL(c *incident.Config, n *yaml.Node) {
	s := r.webAddress(n)
	if s == "" {
		return
	}
	address, err := ParseBaseURL(s)
	if err != nil {
		r.report(problem.Error, n, "bad-url", err.Error(), r.example())
		return
	}
	c.BaseURL = address
}

// ParseBaseURL reads the address of a site and ends it with a slash. It is an error
// for what is no http or https address or has a query, a fragment or a password.
func ParseBaseURL(s string) (string, error) {
	s = strings.TrimSpace(s)
	if why := badLink(s); why != "" {
		return "", fmt.Errorf("%q %s", s, why)
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https":
		return "", fmt.Errorf("%q is no web address", s)
	case u.User != nil:
		return "", fmt.Errorf("%q holds a user name, which every page would show", s)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", fmt.Errorf("%q has a query or a fragment, behind which no page can stand", s)
	}
	return strings.TrimRight(u.String(), "/") + "/", nil
}

// webAddress reads an http or https URL, "" when it is none.
func (r *reader) webAddress(n *yaml.Node) string {
	s := r.link(n)
	if s == nil {
		return ""
	}
	if !strings.HasPrefix(*s, "http") {
		r.report(problem.Error, n, "bad-url", fmt.Sprintf("%q is no web address", *s), r.example())
		return ""
	}
	return *s
}

func (r *reader) libraryTimezone(c *incident.Config, n *yaml.Node) {
	r.incident = &incident.Incident{}
	if r.timezone(n); r.zone != nil {
		c.Timezone = *r.incident.Timezone
	}
}
