package markdown

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// balanced fails unless every start tag of the page has its end tag, in order,
// ids are unique, and no attribute runs code.
func balanced(t *testing.T, page string) {
	t.Helper()
	var open []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("open at the end: %v", open)
			}
			return
		case html.StartTagToken:
			token := z.Token()
			harmlessTag(t, token, ids)
			if !slices.Contains([]string{"br", "col", "hr", "img", "wbr", "input"}, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("end of %q inside %v", name, open)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("unexpected %q", z.Raw())
		}
	}
}

func harmlessTag(t *testing.T, token html.Token, ids map[string]bool) {
	t.Helper()
	if slices.Contains([]string{"script", "style", "iframe", "object", "form", "base", "link", "meta"}, token.Data) {
		t.Fatalf("element %q", token.Data)
	}
	for _, a := range token.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			t.Fatalf("attribute %q of %q", a.Key, token.Data)
		case a.Key == "id" && ids[a.Val]:
			t.Fatalf("id %q twice", a.Val)
		case a.Key == "id":
			ids[a.Val] = true
		case (a.Key == "href" || a.Key == "src") && strings.Contains(schemeOf(a.Val), "script"):
			t.Fatalf("%s %q", a.Key, a.Val)
		}
	}
}
