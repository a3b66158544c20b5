package record

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"faultline/site/incident"
)

func TestParseConfig(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      incident.Config
	}{
		{"empty", "", incident.Config{}},
		{"comment alone", "# nothing\n", incident.Config{}},
		{"keys without values", "title:\nseverities:\n", incident.Config{}},
		{"everything", "\ufefftitle: Ours\r\nbase_url: https://example.com/a\r\nseverities: [high, low]\r\ntimezone: Europe/London\r\n" +
			"audiences: [internal, public]\r\nrepository: https://github.com/a/b\r\nignore: ['drafts/**', '*.txt']\r\neditor: idea\r\nraw_html: false\r\n",
			incident.Config{Title: "Ours", BaseURL: "https://example.com/a/", Severities: []string{"high", "low"}, Timezone: "Europe/London",
				Audiences: []string{"internal", "public"}, Repository: "https://github.com/a/b", Ignore: []string{"drafts/**", "*.txt"}, Editor: "idea", PlainHTML: true}},
		{"one value is a list of one", "ignore: drafts/**\n", incident.Config{Ignore: []string{"drafts/**"}}},
		{"unknown zone is none", "timezone: unknown\n", incident.Config{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems := ParseConfig("faultline.yaml", []byte(c.src))
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestParseConfigFaults(t *testing.T) {
	for _, c := range []struct{ name, src, want, hint string }{
		{"unknown key", "titel: x\n", `warning unknown-key 1:1 unknown key "titel"`, `did you mean "title"?`},
		{"wrong type", "title: [x]\n", `error wrong-type 1:8 "title" is a list where text is expected`, "title: Example"},
		{"wrong type in a list", "ignore: [[x]]\n", `error wrong-type 1:10 part of "ignore" is a list`, "ignore: [drafts"},
		{"no truth value", "raw_html: maybe\n", `error wrong-type 1:11 "raw_html" is text where true or false is expected`, "raw_html: false"},
		{"relative base URL", "base_url: /x/\n", `error bad-url 1:11 "/x/" is not a whole URL`, "https://"},
		{"base URL for mail", "base_url: mailto:a@example.com\n", `error bad-url 1:11 "mailto:a@example.com" is no web address`, "base_url: https://"},
		{"base URL with a query", "base_url: https://example.com/?a=b\n", `error bad-url 1:11 "https://example.com/?a=b" has a query`, "base_url: https://"},
		{"base URL with a fragment", "base_url: 'https://example.com/#a'\n", `error bad-url 1:11 "https://example.com/#a" has a query or a fragment`, "base_url: https://"},
		{"base URL with a password", "base_url: https://a:b@example.com/\n", `error bad-url 1:11 "https://a:b@example.com/" holds a user name`, "base_url: https://"},
		{"zone", "timezone: PST\n", `error unknown-timezone 1:11 zone "PST" is not known`, "Europe/London"},
		{"no mapping", "- a\n", `error wrong-type 1:1 the configuration is a list`, "title:"},
		{"syntax", "title: x: y\n", `error yaml-syntax 1:8 unexpected colon`, "quotes"},
		{"binary", "\x00\x01", `error binary-file 0:0 file is not text`, "UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := ParseConfig("faultline.yaml", []byte(c.src))
			if len(problems) != 1 {
				t.Fatalf("problems: %v", problems)
			}
			p := problems[0]
			got := fmt.Sprintf("%s %s %d:%d %s", p.Level, p.Rule, p.Line, p.Column, p.Text)
			if !strings.HasPrefix(got, c.want) || !strings.Contains(p.Hint, c.hint) {
				t.Errorf("got %s, hint %s", got, p.Hint)
			}
		})
	}
}
