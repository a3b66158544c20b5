package page

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestHostile reads pages that no person writes. Each must be done in a few seconds,
// and lose no word that it shows.
func TestHostile(t *testing.T) {
	deep := func(open, close string, n int) string {
		return "<p>before</p>" + strings.Repeat(open, n) + "middle" + strings.Repeat(close, n) + "<p>after</p>"
	}
	pages := map[string]string{
		"lists":         deep("<ul><li>", "</li></ul>", 10_000),
		"tables":        deep("<table><tr><td>", "</td></tr></table>", 10_000),
		"tables, 100":   deep("<table><tr><td>a</td><td>", "</td></tr></table>", 100),
		"quotes":        deep("<blockquote>", "</blockquote>", 10_000),
		"quotes, 400":   deep("<blockquote>", "</blockquote>", 400),
		"lists, 200":    deep("<ul><li>", "</li></ul>", 200),
		"divs":          deep("<div class='related share comments'>", "</div>", 480),
		"bold":          deep("<b>", "", 20_000),
		"links":         deep("<a href=x>", "", 20_000),
		"open":          deep("<p><font><a><i>", "", 2_000),
		"spans":         deep("<span style='font-weight:700;font-style:italic'>", "</span>", 400),
		"colspan":       "<p>before</p><table>" + strings.Repeat("<tr><td colspan=100000 rowspan=100000>middle</td></tr>", 500) + "</table><p>after</p>",
		"long line":     "<p>before</p>" + strings.Repeat("middle ", 300_000) + "<p>after</p>",
		"one word":      "<p>before</p><p>" + strings.Repeat("middle", 300_000) + "<p>after</p>",
		"stars":         "<p>before middle</p><p>" + strings.Repeat("*_`[", 200_000) + "</p><p>after</p>",
		"entities":      "<p>before middle</p>" + strings.Repeat("&amp;lt;&#x10FFFF;&NotEqualTilde;", 50_000) + "<p>after</p>",
		"cells":         "<p>before middle</p><table>" + strings.Repeat("<tr>"+strings.Repeat("<td>x", 20), 2_000) + "</table><p>after</p>",
		"attributes":    "<p>before middle</p><p " + strings.Repeat("a=b ", 100_000) + ">after</p>",
		"classes":       "<p>before middle</p><div class='" + strings.Repeat("a-share-b ", 100_000) + "'></div><p>after</p>",
		"headings":      "<p>before middle</p>" + strings.Repeat("<h1>x</h1>", 20_000) + "<p>after</p>",
		"images":        "<p>before middle</p>" + strings.Repeat("<img src=a.png alt=x>", 20_000) + "<p>after</p>",
		"terms":         "<p>before middle</p>" + strings.Repeat("<dl><dt>a<dd>b", 200) + "<p>after</p>",
		"siblings":      "<p>before middle</p>" + strings.Repeat("<ul class=lst-kix_a-1><li>x</ul>", 10_000) + "<p>after</p>",
		"code in cells": "<p>before middle</p><table>" + strings.Repeat("<tr><td><pre>1</pre><td><pre>x</pre>", 3_000) + "</table><p>after</p>",
		"entity bomb":   `<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>before middle &b; after</p>`,
		"cut in a tag":  "<p>before</p><p>middle</p><p>after <a href='http://exa",
		"cut in style":  "<p>before middle after</p><style>p { color:",
	}
	for name, src := range pages {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p, problems, ok := Parse("<html><body>"+src, "")
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			for _, word := range []string{"before", "middle", "after"} {
				if !strings.Contains(p.Body+p.Replies, word) {
					t.Errorf("ok %v, %v: %q is lost in %.300q", ok, problems, word, p.Body)
				}
			}
			t.Log(time.Since(start), len(p.Body))
		})
	}
}

func TestNothingToRead(t *testing.T) {
	for src, rule := range map[string]string{
		"":                                     "empty-page",
		"<html><body><script>x()</script>":     "empty-page",
		strings.Repeat("<p>x</p>", MaxBytes/7): "file-too-large",
	} {
		if _, problems, ok := Parse(src, ""); ok || len(problems) != 1 || problems[0].Rule != rule {
			t.Errorf("Parse(%.40q): ok %v, %v, want %s", src, ok, problems, rule)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"<table><tr><td rowspan=3>a<td>b<tr><th colspan=2><ul><li>c</table>",
		"<dl><dd>a<dt>b<dd>c<dd>d</dl><ol><ul><li>x</ul><li>y</ol>",
		"<article><h1>a</h1><pre><code class=language-go>x\n<b>y</b></code></pre></article><div id=comments><p>z</div>",
		"<p>a<sup><a href=#f>1</a></sup><ol><li id=f><p>note <a href=#r>↩</a></ol>",
		"<ul class=lst-kix_1-0><li>a</ul><ul class=lst-kix_1-2><li>b</ul><ul class=lst-kix_1-1><li>c</ul>",
		"<img src='data:image/png;base64,AAAA'><img src=a_files/b.png><a href='javascript:x'>y</a>",
		"<details><summary>a</summary>b</details><s>c</s><input type=checkbox checked>d",
		"<dl><dd><dd>meaning<p>stray</p><dt>term</dl>",
		"<td>a<pre>b|c</pre><table><tr><td><pre>b|c\n\nd</pre><td>e</table>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		p, _, ok := Parse(src, "")
		if ok && (p.Body == "" || !utf8.ValidString(src) != !utf8.ValidString(p.Body) && utf8.ValidString(src)) {
			t.Errorf("Parse(%q) = %+v", src, p)
		}
	})
}

// wordForm matches words that no escaping changes.
var wordForm = regexp.MustCompile(`[a-z]{4,}`)

// FuzzWords checks that no word of a page's report is lost on its way to Markdown.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{
		"<table><tr><td>first<table><tr><td>second<td>third</table><th>fourth<tr><td colspan=3><ul><li>fifth<pre>sixth</pre></ul></table>",
		"<ol>stray<li>entry<ul>loose<li>deeper</ul></ol><dl>astray<dt>term<dd>meaning</dl>",
		"<p>word<sup>note</sup><a name=here>anchor</a><a href=#>button</a><code>code</code><pre>block<br>line</pre>",
		"<details><summary>summary</summary>hidden</details><figure><img alt=picture><figcaption>caption</figure>",
		"<tABle><td><td>0aa</tABle>aa<table><td>beside<pre></table><dl><dd><dd>aa</dl>",
		"<h1>title</h1><h2><a href=#x>heading</a></h2><blockquote>quote<h3></h3></blockquote><b>bold<i>both</b>slanted</i>",
		"<ul class=lst-kix_1-0><li>alpha</ul><ol class=lst-kix_1-1><li>beta</ol>gamma<ul class=lst-kix_1-1><li>delta</ul>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if strings.Contains(src, "](") || len(src) > 2000 {
			return
		}
		doc, _ := parse(src)
		report := articleOf(doc).report
		words := wordForm.FindAllString(textOf(report), -1)
		markdown := (&tidier{files: new([]File)}).markdown(report)
		for _, word := range words {
			if !strings.Contains(wordsOf(markdown), word) {
				t.Errorf("%q is lost of %q: %q", word, src, markdown)
			}
		}
	})
}
