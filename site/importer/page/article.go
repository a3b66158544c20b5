package page

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// content is what of a page is kept.
type content struct {
	report  *html.Node
	replies []*html.Node
	whole   bool // the report could not be told from the rest
}

// articleOf finds the report of a page and takes out of it what is none.
func articleOf(doc *html.Node) content {
	body := first(doc, named("body"))
	if body == nil {
		body = doc
	}
	remove(body, unseen)
	var c content
	for _, n := range all(body, isReplies) {
		if title := first(n, named("h1")); title == nil && n.Parent != nil {
			c.replies = append(c.replies, detach(n))
		}
	}
	c.replies = append(laterPosts(body), c.replies...)
	dropAround(body)
	c.report, c.whole = choose(body)
	for _, r := range append([]*html.Node{c.report}, c.replies...) {
		dropAround(r)
	}
	return c
}

// Elements that show no text of the page: machinery, and what is hidden.
var (
	machinery = elements("script style noscript template svg canvas button select textarea dialog nav object embed head")
	hidden    = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)
	roles     = elements("navigation search dialog alertdialog menu menubar toolbar tablist")
)

func unseen(n *html.Node) bool {
	return machinery[n.Data] || has(n, "hidden") || hidden.MatchString(attr(n, "style")) || roles[attr(n, "role")] ||
		attr(n, "aria-hidden") == "true" && isBlank(n)
}

// replyNames are the names, whole, that pages give to the box of their comments.
var replyNames = elements(`comments comment-list commentlist comments-area comments-section comment-section comments-container
	post-comments disqus_thread respond replies webmentions comments-wrapper article-comments page-comments`)

func isReplies(n *html.Node) bool {
	if isHeading(n) || phrase[n.Data] || n.Data == "body" || n.Data == "html" || n.Data == "main" {
		return false
	}
	if attr(n, "itemprop") == "comment" || slices.ContainsFunc(names(n), func(name string) bool { return replyNames[strings.ToLower(name)] }) {
		return true
	}
	if !slices.Contains(names(n), "pageSection") {
		return false
	}
	title := first(n, func(d *html.Node) bool { return slices.Contains(names(d), "pageSectionTitle") })
	return title != nil && strings.HasPrefix(textOf(title), "Comments")
}

// isPost picks the posts of a thread: the first is the report, the others are replies.
func isPost(n *html.Node) bool {
	return slices.Contains(names(n), "markdown-body") || slices.Contains(names(n), "crawler-post") ||
		n.Data == "article" && strings.HasPrefix(attr(n, "id"), "post_")
}

// laterPosts takes the posts behind the first out of a thread.
func laterPosts(body *html.Node) []*html.Node {
	var posts []*html.Node
	for _, n := range all(body, isPost) {
		if !slices.ContainsFunc(slices.Collect(n.Ancestors()), isPost) {
			posts = append(posts, n)
		}
	}
	if len(posts) < 2 {
		return nil
	}
	for _, n := range posts[1:] {
		detach(n)
	}
	return posts[1:]
}

// aroundName matches the names of what stands around a report: boxes that lead to other
// pages, ask to share it, or are tools of the site.
var aroundName = regexp.MustCompile(`(?i)(?:^|[-_])(?:share|sharing|sharedaddy|social|related|recommended|read-?more|more-posts|newsletter|subscribe|subscription|signup|sign-up|promo|cta|cookies?|consent|gdpr|breadcrumbs?|sidebar|pagination|pager|skip-?link|advert|ads?|sponsored|outbrain|taboola|post-?nav|navigation|menu|toolbar|footer|site-?header|masthead|printfooter|catlinks|navbox|jump-to-nav|mw-editsection|editsection|headerlink|anchorjs-link|toc|toc-macro|table-of-contents)(?:$|[-_])`)

// dropAround takes out of a tree what stands around the report. Only what holds little
// text goes, or nothing but links, so that a name alone never costs a paragraph.
func dropAround(root *html.Node) {
	weights := weigh(root)
	whole := weights[root].text
	for _, n := range all(root, isAround) {
		w := weights[n]
		switch {
		case n.Parent == nil || boxes[n.Data] || first(n, named("h1")) != nil:
		case w.text*4 > whole && w.linked*2 < w.text:
		case landmark(n) || w.text < 200 || w.linked*10 >= w.text*3 || first(n, named("form input")) != nil:
			detach(n)
		}
	}
}

// boxes are the elements that hold the report, whatever they are called.
var boxes = elements("html body main article")

func isAround(n *html.Node) bool {
	return landmark(n) || n.Data == "form" || !isHeading(n) && slices.ContainsFunc(names(n), aroundName.MatchString)
}

// landmark reports whether an element says outright that it is not the report.
func landmark(n *html.Node) bool {
	switch attr(n, "role") {
	case "banner", "contentinfo", "complementary":
		return true
	}
	if n.Data != "footer" && n.Data != "header" && n.Data != "aside" {
		return false
	}
	for a := range n.Ancestors() { // inside the report it is a part of it
		if a.Data == "article" || a.Data == "main" {
			return n.Data == "footer"
		}
	}
	return true
}

// articleNames are the names, whole, that sites give to the box of a text, the surest
// first.
var articleNames = strings.Fields(`markdown-body crawler-post wiki-content mw-parser-output mw-content-text gh-content entry-content post-content
	article-content article-body post-body blog-post post-full-content e-content main-content article content post`)

// choose picks the part of a body that is the report, the whole of it where each
// landmark would lose more than half.
func choose(body *html.Node) (report *html.Node, whole bool) {
	weights := weigh(body)
	enough := func(n *html.Node) bool { return n != nil && weights[n].prose()*2 >= weights[body].prose() }
	for _, pick := range landmarks {
		if n := longest(body, weights, pick); enough(n) {
			return n, false
		}
	}
	return body, first(body, named("article main form nav")) != nil
}

// landmarks pick the boxes of texts, the surest first.
var landmarks = func() []func(*html.Node) bool {
	picks := []func(*html.Node) bool{func(n *html.Node) bool { return strings.Contains(attr(n, "itemprop"), "articleBody") }}
	for _, name := range articleNames {
		picks = append(picks, func(n *html.Node) bool {
			return n.Data != "body" && n.Data != "html" && slices.Contains(names(n), name)
		})
	}
	return append(picks, named("article"), func(n *html.Node) bool { return n.Data == "main" || attr(n, "role") == "main" })
}()

// longest is the element, of those that a test picks, with the most text outside of links.
func longest(root *html.Node, weights map[*html.Node]weight, picks func(*html.Node) bool) *html.Node {
	var best *html.Node
	for _, n := range all(root, picks) {
		if weights[n].prose() > weights[best].prose() {
			best = n
		}
	}
	return best
}
