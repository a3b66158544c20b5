package page

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// mendNotes makes footnotes of numbers that lead to an entry of a list, and keeps other
// raised text apart from the word before it.
func mendNotes(root *html.Node) {
	targets := map[string]*html.Node{}
	for _, n := range all(root, named("li")) {
		if id := attr(n, "id"); id != "" {
			targets["#"+id] = n
		}
	}
	for _, n := range all(root, named("sup")) {
		mark := strings.Trim(textOf(n), "[]^ ")
		a := first(n, func(a *html.Node) bool { return a.Data == "a" && strings.HasPrefix(attr(a, "href"), "#") })
		switch {
		case mark == "":
		case a == nil && isNumber(mark):
			replace(n, textNode("^"+mark))
		case a == nil:
			unwrap(n)
		case targets[attr(a, "href")] != nil && isNumber(mark):
			replace(n, raw(fmt.Sprintf("[^%s]", mark)))
			mendNote(targets[attr(a, "href")], mark)
			delete(targets, attr(a, "href"))
		default:
			replace(n, textNode("["+mark+"]"))
		}
	}
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// backForm matches the text of a link back to where a footnote is cited.
var backForm = regexp.MustCompile(`^[\s↩︎↑^\x{fe0e}]*$`)

// mendNote makes a paragraph of an entry that is a footnote, and puts it behind the list.
func mendNote(li *html.Node, mark string) {
	remove(li, func(n *html.Node) bool { return n.Data == "a" && backForm.MatchString(textOf(n)) })
	note := element("p", raw(fmt.Sprintf("[^%s]: ", mark)))
	for _, p := range all(li, named("p div")) {
		unwrap(p)
	}
	move(li, note)
	list := li.Parent
	detach(li)
	for _, c := range children(list) { // those before it have gone already
		if c.Type == html.TextNode && isSpace(c.Data) {
			detach(c)
		}
	}
	if list.Parent == nil {
		return
	}
	list.Parent.InsertBefore(note, list)
	if list.FirstChild == nil {
		detach(list)
	}
}
