package markdown

import "testing"

func TestSpacesThatMarkdownTakesForText(t *testing.T) {
	for src, want := range map[string]string{
		"##\u00a0Timeline\n":                            "## Timeline\n",
		"\u200b## Timeline\n":                           "## Timeline\n",
		"a\n\ufeff# b\n":                                "a\n# b\n",
		"-\u00a0one\n\u00a0\u00a0-\u00a0two\n":          "- one\n  - two\n",
		"1.\u00a0one\n":                                 "1. one\n",
		">\u00a0quote\u00a0here\n":                      "> quote\u00a0here\n",
		"\u00a0| a | b |\n":                             " | a | b |\n",
		"10\u00a0km and -\u00a05\n":                     "10\u00a0km and -\u00a05\n",
		"\u00a0an indented line\n":                      "\u00a0an indented line\n",
		"```\n-\u00a0x\n```\n-\u00a0y\n":                "```\n-\u00a0x\n```\n- y\n",
		"~~~~\n~~~\n-\u00a0x\n~~~~\n-\u00a0y":           "~~~~\n~~~\n-\u00a0x\n~~~~\n- y",
		"\u00a0```\n-\u00a0x\n    ```\n```\n-\u00a0y\n": " ```\n-\u00a0x\n    ```\n```\n- y\n",
		"plain\n": "plain\n",
	} {
		if got := string(softenSpaces([]byte(src))); got != want {
			t.Errorf("%q became %q, want %q", src, got, want)
		}
	}
}

func TestBulletsOfSymbolFonts(t *testing.T) {
	d := Parse([]byte("Parts:\n\uf0b7 one\n\uf0b7 two \uf0e0 three\n\n`\uf0b7` \uf123\n"), 1)
	const want = "<p>Parts:</p>\n<ul><li>one</li>\n<li>two → three</li>\n</ul>\n<p><code>•</code> \uf123</p>\n"
	if got := page(t, d, HTMLOptions{}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
