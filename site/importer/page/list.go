package page

import (
	"regexp"
	"slices"
	"strconv"

	"golang.org/x/net/html"
)

// mendLists nests lists as they look, and makes lists of terms and of tasks plain ones.
func mendLists(root *html.Node) {
	terms := all(root, named("dl"))
	slices.Reverse(terms) // the inner ones first
	for _, n := range terms {
		mendTerms(n)
	}
	for _, n := range all(root, named("ul ol")) {
		mendLevel(n)
	}
	for _, n := range all(root, named("ul ol")) {
		nestStray(n)
	}
	for _, n := range all(root, named("li")) {
		mendTask(n)
	}
	for _, n := range all(root, func(n *html.Node) bool { return n.Data == "input" }) {
		if attr(n, "type") == "checkbox" {
			replace(n, box(has(n, "checked")))
		} else {
			detach(n)
		}
	}
}

// mendTerms makes "- **term**: meaning" of a list of terms.
func mendTerms(dl *html.Node) {
	list := element("ul")
	for _, n := range termsOf(dl) {
		last := list.LastChild
		switch {
		case n.Data == "dt" && n.Type == html.ElementNode:
			list.AppendChild(element("li", wrapped(n, "strong")))
		case last == nil:
			list.AppendChild(element("li", entryOf(n)))
		case last.LastChild.Data == "strong":
			last.AppendChild(textNode(": "))
			last.AppendChild(entryOf(n))
		default:
			last.AppendChild(element("p", entryOf(n)))
		}
	}
	replace(dl, list)
}

// entryOf is a meaning, or what stands in its place, as a part of an entry.
func entryOf(n *html.Node) *html.Node {
	if n.Data == "dd" && n.Type == html.ElementNode {
		return wrapped(n, "span")
	}
	return detach(n)
}

// termsOf are the terms and meanings of a list, whether or not each pair has a box.
func termsOf(dl *html.Node) []*html.Node {
	var terms []*html.Node
	for _, n := range children(dl) {
		if n.Type == html.ElementNode && n.Data == "div" {
			terms = append(terms, children(n)...)
		} else {
			terms = append(terms, n)
		}
	}
	return slices.DeleteFunc(terms, func(n *html.Node) bool {
		return n.Type != html.ElementNode && isSpace(n.Data) || n.Type == html.CommentNode
	})
}

// levelForm matches the class by which Google Docs says how deep a list is, which it
// writes beside the list that it belongs into.
var levelForm = regexp.MustCompile(`\blst-[\w]+-(\d+)\b`)

func levelOf(n *html.Node) (int, bool) {
	m := levelForm.FindStringSubmatch(attr(n, "class"))
	if m == nil || n.Data != "ul" && n.Data != "ol" {
		return 0, false
	}
	level, err := strconv.Atoi(m[1])
	return level, err == nil
}

// mendLevel moves a list that is deeper than the one before it into the last entry of
// that, or joins it where both are of one depth.
func mendLevel(n *html.Node) {
	level, ok := levelOf(n)
	before := elementBefore(n)
	if !ok || before == nil {
		return
	}
	at, ok := levelOf(before)
	for deepest := before; ok && at < level; {
		entry := lastElement(before)
		if entry == nil || entry.Data != "li" {
			break
		}
		if deepest = lastElement(entry); deepest == nil {
			entry.AppendChild(detach(n))
			return
		}
		inner, is := levelOf(deepest)
		if !is {
			entry.AppendChild(detach(n))
			return
		}
		before, at = deepest, inner
	}
	if ok && at == level && before.Data == n.Data {
		move(n, before)
		detach(n)
	}
}

func elementBefore(n *html.Node) *html.Node {
	for n = n.PrevSibling; n != nil && n.Type != html.ElementNode; n = n.PrevSibling {
		if n.Type == html.TextNode && !isSpace(n.Data) {
			return nil
		}
	}
	return n
}

func lastElement(n *html.Node) *html.Node {
	for n = n.LastChild; n != nil && n.Type != html.ElementNode; n = n.PrevSibling {
	}
	return n
}

// nestStray moves a list that stands in another one, outside of its entries, into the
// entry before it.
func nestStray(n *html.Node) {
	if n.Parent == nil || n.Parent.Data != "ul" && n.Parent.Data != "ol" {
		return
	}
	if entry := elementBefore(n); entry != nil && entry.Data == "li" {
		entry.AppendChild(detach(n))
		return
	}
	li := element("li")
	n.Parent.InsertBefore(li, n)
	li.AppendChild(detach(n))
}

// mendTask gives an entry of Confluence's list of tasks its box.
func mendTask(li *html.Node) {
	if li.Parent == nil {
		return
	}
	for _, name := range names(li.Parent) {
		if name == "inline-task-list" {
			checked := false
			for _, class := range names(li) {
				checked = checked || class == "checked"
			}
			li.InsertBefore(box(checked), li.FirstChild)
			return
		}
	}
}

// box is the checkbox of a task.
func box(checked bool) *html.Node {
	if checked {
		return raw("[x] ")
	}
	return raw("[ ] ")
}
